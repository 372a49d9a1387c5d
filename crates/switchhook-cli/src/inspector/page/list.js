// The list of deliveries, the newest first.

import { byId, duration, el, short, statusClass, timeOfDay } from "./dom.js";

const rows = new Map();

/** The row of a delivery: one line, and why it was refused. */
function row(delivery, select) {
  const { number, event, family, status, verdict, origin } = delivery;
  const name = event ? el("span", { class: "name" }, event) : el("span", { class: "name" }, `${delivery.method} ${delivery.path}`);
  return el(
    "div",
    { class: "row", role: "option", id: `row-${number}`, data: { number }, click: () => select(number, true) },
    el("span", { class: `dot ${verdict}`, title: verdict }),
    el("span", { class: "time", title: delivery.at }, timeOfDay(delivery.at)),
    el("span", { class: `status ${statusClass(status)}` }, status),
    el(
      "span",
      { class: "what" },
      el("span", { class: "title" }, name, marks(delivery, origin)),
      el("span", { class: "family", title: family }, (family || "").replace(/^twilio\./, "")),
    ),
    el("span", { class: "sid", title: delivery.subject || "" }, delivery.subject ? short(delivery.subject) : ""),
    el("span", { class: "ms" }, duration(delivery.ms)),
    (delivery.finding || delivery.refusal) && el("span", { class: "why", title: delivery.finding }, delivery.finding || words(delivery.refusal)),
  );
}

const words = (code) => code.replaceAll("-", " ");

/** What is worth knowing before one opens it. */
function marks(delivery, origin) {
  const chip = (kind, text) => el("span", { class: `chip ${kind}` }, text);
  const found = [];
  if (delivery.event && !delivery.known) found.push(chip("accent", "new"));
  if (delivery.malformed) found.push(chip("bad", "malformed"));
  if (delivery.disposition === "duplicate" || delivery.disposition === "repeated") found.push(chip("warn", delivery.disposition));
  if (delivery.failing) found.push(chip("bad", `failed ${delivery.tries}×`));
  if (origin) found.push(chip("", `${origin.kind} of ${origin.of}`));
  return found;
}

/** Puts a delivery into the list, or a changed one in its place. */
export function put(delivery, visible, select, fresh) {
  const list = byId("list");
  const made = row(delivery, select);
  made.hidden = !visible;
  const old = rows.get(delivery.number);
  if (old) {
    made.setAttribute("aria-selected", old.getAttribute("aria-selected"));
    old.replaceWith(made);
  } else {
    if (fresh) made.classList.add("fresh");
    list.prepend(made);
  }
  rows.set(delivery.number, made);
}

export function drop(number) {
  rows.get(number)?.remove();
  rows.delete(number);
}

export function show(number, visible) {
  const found = rows.get(number);
  if (found) found.hidden = !visible;
}

/** Marks the chosen row and brings it into view. */
export function choose(number) {
  byId("list").querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
  const found = rows.get(number);
  if (!found) return;
  found.setAttribute("aria-selected", "true");
  found.scrollIntoView({ block: "nearest" });
  byId("list").setAttribute("aria-activedescendant", found.id);
}

/** The number of the row that is so many places on, among those that are visible. */
export function step(from, by) {
  const visible = [...byId("list").querySelectorAll(".row:not([hidden])")];
  const at = visible.findIndex((found) => found.dataset.number === String(from));
  const next = at < 0 ? visible[0] : visible[Math.max(0, Math.min(visible.length - 1, at + by))];
  return next ? Number(next.dataset.number) : null;
}
