// Changes a delivery and has it sent again, signed by the listener's key.

import { byId, el } from "./dom.js";

/** Opens the editor; `send` gets the changes and may throw. */
export function edit(detail, signs, send) {
  const dialog = byId("editor");
  const method = el("select", { "aria-label": "Method" }, ["POST", "GET"].map((name) => el("option", { value: name }, name)));
  method.value = detail.method === "GET" ? "GET" : "POST";
  const target = el("input", { "aria-label": "Path", spellcheck: "false" });
  const before = detail.params && detail.method === "GET" ? detail.path : detail.target;
  target.value = before;
  const sent = detail.headers.find(([name]) => name === "content-type");
  const type = el("input", { "aria-label": "Content type", spellcheck: "false" });
  type.value = sent && typeof sent[1] === "string" ? sent[1] : "";
  const content = detail.params ? pairs(detail) : text(detail);
  const trouble = el("p", { class: "bad", role: "alert" });
  const submit = async () => {
    trouble.textContent = "";
    try {
      // Of a query that is hidden there are only dots here.
      const path = target.value === before ? null : target.value;
      await send({ method: method.value, target: path, content_type: type.value, ...content.read() });
      dialog.close();
    } catch (error) {
      trouble.textContent = error.message;
    }
  };
  const how = signs ? "It is signed by the listener's key, for the URL that the listener takes for its own." : "It is sent without a signature: the listener checks none.";
  dialog.replaceChildren(
    el("h2", {}, `Edit ${detail.number} and replay`),
    el("div", { class: "line" }, method, target),
    el("div", { class: "line" }, el("span", { class: "dim" }, "Content type"), type),
    content.element,
    el(
      "div",
      { class: "foot" },
      el("span", { class: "dim" }, how),
      el("button", { type: "button", click: () => dialog.close() }, "Cancel", el("kbd", {}, "Esc")),
      el("button", { type: "button", class: "main", id: "send", disabled: content.locked, click: submit }, "Send", el("kbd", {}, "Ctrl Enter")),
      trouble,
    ),
  );
  dialog.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  };
  dialog.showModal();
  (dialog.querySelector(".pairs input + input, textarea") || target).focus();
}

/** The parameters: what is hidden stays as it was, unless something is typed into it. */
function pairs(detail) {
  const grid = el("div", { class: "pairs" });
  const rows = [];
  const add = (name, value, place) => {
    const hidden = value !== null && typeof value === "object";
    const names = el("input", { "aria-label": "Name", spellcheck: "false" });
    names.value = name;
    const values = el("input", { "aria-label": `Value of ${name || "the new parameter"}`, spellcheck: "false", placeholder: hidden ? `unchanged, ${value.hidden} bytes` : "" });
    values.value = hidden ? "" : value;
    const row = { names, values, name, hidden, place };
    const cells = [names, values, el("button", { type: "button", title: "Leave it out", "aria-label": `Leave ${name} out`, click: () => {
      rows.splice(rows.indexOf(row), 1);
      cells.forEach((cell) => cell.remove());
    } }, "×")];
    rows.push(row);
    grid.append(...cells);
    return names;
  };
  detail.params.forEach(({ name, value }, place) => add(name, value, place));
  const more = el("button", { type: "button", click: () => add("", "", null).focus() }, "Add a parameter");
  return {
    element: el("div", {}, grid, el("p", { class: "foot" }, more)),
    locked: false,
    read: () => ({ params: rows.filter(({ names }) => names.value).map(({ names, values, name, hidden, place }) => (
      hidden && !values.value && names.value === name ? { keep: place } : { name: names.value, value: values.value }
    )) }),
  };
}

/** Any other body: it cannot be changed without being seen. */
function text(detail) {
  const { body, bytes } = detail.raw;
  if (detail.revealed && (body !== null || !bytes)) {
    const area = el("textarea", { "aria-label": "Body", spellcheck: "false" });
    area.value = body || "";
    return { element: area, locked: false, read: () => ({ body: area.value }) };
  }
  const why = detail.revealed ? "The body is no text and goes as it is." : "Reveal the delivery to edit its body; path and method can be changed as it is.";
  return { element: el("p", { class: "dim" }, why), locked: false, read: () => ({}) };
}
