// One delivery: its head and its tabs.

import { duration, el, shown, size, statusClass, svg, timeOfDay } from "./dom.js";
import { signature } from "./signature.js";
import { timeline } from "./timeline.js";

/** The tabs in their order; of each what stands beside its name, and what it shows. */
export const TABS = [
  { id: "event", name: "Event", note: ({ detail }) => troubles(detail) || "", show: event },
  { id: "params", name: "Params", note: ({ detail }) => detail.params?.length ?? "", show: params },
  { id: "headers", name: "Headers", note: ({ detail }) => detail.headers.length, show: headers },
  { id: "raw", name: "Raw", note: () => "", show: raw },
  { id: "signature", name: "Signature", note: () => "", show: signature },
  { id: "response", name: "Response", note: ({ detail }) => detail.response.errors + detail.response.warnings || "", show: response },
  { id: "attempts", name: "Attempts", note: ({ detail }) => detail.attempts.tries.length || "", show: attempts },
  { id: "docs", name: "Docs", note: () => "", show: docs },
  { id: "timeline", name: "Timeline", note: () => "", show: timeline },
];

const troubles = (detail) => detail.fields.filter(({ state }) => state === "problem" || state === "unrecognized").length + detail.extra.length;

const table = (kind, head, rows) => el(
  "table",
  { class: kind },
  head && el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, name)))),
  el("tbody", {}, rows),
);

const box = (...text) => el("p", { class: "note-box" }, text);

/** Before anything is chosen. */
export function renderEmpty(place, about, received) {
  if (received) {
    place.replaceChildren(el("p", { class: "empty" }, "Choose a delivery: ", el("kbd", {}, "j"), " and ", el("kbd", {}, "k"), " go through the list."));
    return;
  }
  const [origin] = (about.about || "").split(" ");
  const command = `switchhook trigger twilio.video room-ended --to ${origin || location.origin}/twilio/video`;
  place.replaceChildren(el("div", { class: "empty" }, el("p", {}, "Nothing has come yet. Point a webhook here, or send one yourself:"), el("code", {}, command)));
}

/** The head of a delivery and its tab. */
export function render(place, state, actions) {
  const { detail, tab } = state;
  const current = TABS.find(({ id }) => id === tab);
  const body = el("div", { class: "body", role: "tabpanel", "aria-label": current.name }, current.show(state, actions));
  place.replaceChildren(head(state, actions), body);
  place.dataset.number = detail.number;
  place.dataset.revealed = detail.revealed;
}

function head(state, actions) {
  const { detail, tab } = state;
  const { number, event, family, status, verdict, subject, method, target, origin } = detail;
  const action = (key, name, does, more) => el("button", { type: "button", click: does, ...more }, name, key && el("kbd", {}, key));
  const chips = [
    el("span", { class: `chip ${statusClass(status)}` }, status),
    el("span", { class: `chip ${{ verified: "good", refused: "bad", trusted: "warn" }[verdict]}` }, verdict === "trusted" ? "not checked" : verdict),
    detail.disposition !== "handled" && detail.disposition !== "refused" && el("span", { class: "chip" }, detail.disposition),
    event && !detail.known && el("span", { class: "chip accent" }, "new event"),
    origin && el("button", { class: "chip", type: "button", click: () => actions.select(origin.of) }, `${origin.kind} of ${origin.of}`),
  ];
  const copySubject = () => actions.copyText(subject, "SID");
  return el(
    "div",
    { class: "head" },
    el("h2", {}, el("span", { class: "name" }, event || detail.path), el("span", { class: "family" }, family || ""), chips),
    el(
      "p",
      { class: "facts" },
      el("span", { title: detail.at }, timeOfDay(detail.at)),
      subject && el("button", { class: "plain", type: "button", title: "Copy the SID", click: copySubject }, subject),
      el("span", {}, duration(detail.ms)),
      el("span", {}, `${method} ${target}`),
      el("span", {}, `no. ${number}`),
    ),
    why(detail),
    el(
      "div",
      { class: "actions" },
      action("", "Back", actions.back, { class: "back" }),
      action("r", "Replay", actions.replay, { class: "main", id: "replay", disabled: !detail.can_replay }),
      action("e", "Edit", actions.edit, { id: "edit", disabled: !detail.can_replay }),
      action("c", "curl", () => actions.copy("curl"), { title: "Copy as a curl command" }),
      action("f", "Fixture", () => actions.copy("fixture"), { title: "Copy as a fixture" }),
      action("x", "Rust test", () => actions.copy("test"), { title: "Copy as a Rust test" }),
      action("v", detail.revealed ? "Hide" : "Reveal", actions.reveal, { id: "reveal", "aria-pressed": String(detail.revealed) }),
    ),
    el("div", { class: "tabs", role: "tablist" }, TABS.map(({ id, name, note }) => el(
      "button",
      { role: "tab", type: "button", id: `tab-${id}`, "aria-selected": String(id === tab), click: () => actions.tab(id) },
      name,
      note(state) !== "" && el("span", { class: "number" }, note(state)),
    ))),
  );
}

/** Why it was refused or failed, before everything else. */
function why(detail) {
  const { signature: { refusal }, finding, malformed_why: malformed, attempts: { failure, store_error: store } } = detail;
  const lines = [malformed && `Malformed: ${malformed}`, failure, store].filter(Boolean);
  if (!refusal && !lines.length) return null;
  return el("div", { class: "verdict" }, refusal && el("strong", {}, `Refused: ${refusal}`), finding, lines.map((line) => el("div", {}, line)));
}

/* Event */

function event({ detail }, actions) {
  if (!detail.family) return box("No family of events has this path.");
  const note = ({ state, problem, kind, presence }) => {
    if (state === "missing") return presence === "subject" ? "missing, and the event is about it" : "missing";
    if (state === "problem") return problem;
    return state === "unrecognized" ? `a new value of ${kind}` : kind;
  };
  const row = (field) => el(
    "tr",
    { class: { missing: "missing", problem: "problem", unrecognized: "new" }[field.state], data: { state: field.state } },
    el("th", { scope: "row" }, field.wire),
    el("td", { class: "value" }, field.state === "missing" ? "–" : shown(field.value, actions.reveal)),
    el("td", { class: "note" }, note(field)),
  );
  const extra = (unknown) => el(
    "tr",
    { class: "new", data: { state: "unknown" } },
    el("th", { scope: "row" }, unknown.name),
    el("td", { class: "value" }, unknown.values.map((value) => el("div", {}, shown(value, actions.reveal)))),
    el("td", { class: "note" }, "not in the tables"),
  );
  const present = detail.fields.filter(({ state }) => state !== "missing");
  const missing = detail.fields.filter(({ state }) => state === "missing");
  return [
    detail.verdict === "refused" && box("Nobody has proven who sent this. It is shown as its path would read it."),
    detail.event && !detail.known && box("The tables do not have this event. All of it is kept, and handlers get it as ", el("code", {}, "Unknown"), "."),
    (present.length > 0 || detail.extra.length > 0) && table("fields", null, [present.map(row), detail.extra.map(extra)]),
    missing.length > 0 && [el("h3", {}, `Documented, and missing (${missing.length})`), table("fields", null, missing.map(row))],
    !detail.fields.length && !detail.extra.length && box("There is nothing in it that could be read."),
  ];
}

/* Params, headers, raw */

function params({ detail }, actions) {
  if (detail.params) {
    const row = ({ name, value, repeated, known }, place) => el(
      "tr",
      { class: repeated ? "problem" : known ? null : "new" },
      el("td", { class: "number dim mono" }, place + 1),
      el("th", { scope: "row" }, name),
      el("td", { class: "value" }, shown(value, actions.reveal)),
      el("td", { class: "note" }, [repeated && "repeated", !known && "not in the tables"].filter(Boolean).join(", ")),
    );
    return detail.params.length ? table("pairs", null, detail.params.map(row)) : box("No parameters came.");
  }
  if (detail.json) return el("pre", {}, detail.json);
  return box("The body is neither a form nor JSON.");
}

function headers({ detail }, actions) {
  const row = ([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", { class: "value" }, shown(value, actions.reveal)));
  return table("fields", null, detail.headers.map(row));
}

function raw({ detail }, actions) {
  const { head, body, hex, bytes, unread } = detail.raw;
  const veil = () => shown({ hidden: bytes }, actions.reveal);
  const inside = body ?? hex ?? (bytes ? veil() : "");
  return [
    el("h3", {}, "Head"), el("pre", {}, head.trimEnd()),
    el("h3", {}, `Body, ${size(bytes)}`),
    unread ? box("It was refused before its body was read.") : bytes ? el("pre", {}, inside) : box("It has no body."),
  ];
}

/* Response */

function response({ detail }, actions) {
  const { status, reason, headers: sent, kind, bytes, limit, whole, lines, errors, warnings } = detail.response;
  const used = Math.min(100, (bytes / limit) * 100);
  const gauge = el(
    "div",
    { class: `gauge${bytes > limit ? " over" : ""}`, title: "Providers read documents of up to 64 kB" },
    el("span", {}, { twiml: "TwiML", swml: "SWML", json: "JSON", text: "Text", binary: "No text", empty: "Empty" }[kind]),
    svg("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none", role: "img", "aria-label": `${used.toFixed(0)} % of 64 kB` }, svg("rect", { width: bytes ? Math.max(used, 0.6) : 0, height: 6 })),
    el("span", {}, `${size(bytes)} of ${size(limit)}`),
  );
  const line = ({ mark, text }) => el("span", { class: mark ? `mark ${mark}` : "line" }, text);
  const findings = errors + warnings;
  return [
    el("h3", {}, `${status} ${reason || ""}`),
    gauge,
    findings > 0 && el("p", { class: `note-box ${errors ? "bad" : "warn"}` }, [errors && `${errors} ${errors > 1 ? "errors" : "error"}`, warnings && `${warnings} ${warnings > 1 ? "warnings" : "warning"}`].filter(Boolean).join(", "), " that the provider would log."),
    lines.length > 0 && el("pre", { id: "document" }, lines.map(line)),
    !whole && box("The rest is cut."),
    kind === "empty" && box("It has no body: the provider needs none of what only tells something."),
    sent.length > 0 && [el("h3", {}, "Headers"), headers({ detail: { headers: sent } }, actions)],
  ];
}

/* Attempts */

function attempts({ detail, inbox }, actions) {
  const { id, tries, kept, failure } = detail.attempts;
  const fact = (name, value, kind) => value && el("tr", {}, el("th", { scope: "row" }, name), el("td", { class: `value ${kind || ""}` }, value));
  const at = (time) => time && `${timeOfDay(time)}  ${time.slice(0, 10)}`;
  const state = { pending: "waits for the worker", leased: "the worker has it", retry: "failed, and waits for its next try", done: "done", dead: "a dead letter: not tried again by itself" };
  const due = { leased: "leased until", retry: "next try", pending: "due" };
  const answered = el("tr", {}, el("td", { class: "number mono" }, "–"), el("td", { class: "mono" }, timeOfDay(detail.at)), el("td", { class: "number mono" }, duration(detail.ms)), el("td", {}, `answered ${detail.status}, ${detail.disposition}`), el("td", { class: "bad" }, failure || ""));
  const row = ({ attempt, at: time, ms, failure: why }) => el(
    "tr",
    {},
    el("td", { class: "number mono" }, attempt),
    el("td", { class: "mono" }, timeOfDay(time)),
    el("td", { class: "number mono" }, duration(ms)),
    el("td", { class: why ? "bad" : "good" }, why ? "failed" : "taken"),
    el("td", { class: "bad" }, why || ""),
  );
  return [
    kept && el("h3", {}, "In the inbox"),
    kept && table("fields", null, [
      fact("state", `${kept.state}: ${state[kept.state] || ""}`, kept.state === "dead" ? "bad" : ""),
      fact("attempts", String(kept.attempts)),
      fact("id", id),
      fact("received", at(kept.received_at)),
      fact(due[kept.state] || "due", at(kept.due_at)),
      fact("settled", at(kept.settled_at)),
      fact(kept.state === "dead" ? "died of" : "last error", kept.error, "bad"),
    ]),
    kept && (kept.state === "dead" || kept.state === "done" || kept.state === "retry") && el("p", { class: "actions" }, el("button", { type: "button", id: "retry", click: actions.retry }, "Have the worker try it again")),
    el("h3", {}, "Tries"),
    table("tries", ["try", "at", "took", "outcome", "why"], [answered, tries.map(row)]),
    !kept && inbox && box("This one is not in the inbox: it asks something and was answered at once, was refused, or has been removed."),
    !inbox && box("Without an inbox nothing is tried again. ", el("code", {}, "listen --inbox sqlite:hooks.db"), " keeps deliveries until they are handled."),
  ];
}

/* Docs */

function docs({ detail }) {
  if (!detail.docs) return box("The tables do not have this event.");
  const { family, group, event: name, discriminator, fields, patterns } = detail.docs;
  const came = new Set(detail.fields.filter(({ state }) => state !== "missing").map(({ wire }) => wire));
  const row = (field) => el(
    "tr",
    {},
    el("th", { scope: "row" }, field.wire, field.aliases.length > 0 && el("span", { class: "dim" }, ` or ${field.aliases.join(", ")}`)),
    el("td", { class: "note", title: field.unit }, field.kind),
    el("td", { class: "note" }, { subject: "what it is about", documented: "documented", also: "sometimes" }[field.presence]),
    el("td", { class: "value dim" }, field.sample),
    el("td", { class: came.has(field.wire) ? "good" : "dim" }, came.has(field.wire) ? "came" : ""),
  );
  return [
    box(`${family}, group ${group}: ${name}. `, discriminator && ["Its name comes in ", el("code", {}, discriminator), ". "], "Samples are invented."),
    table("docs", ["parameter", "type", "presence", "sample", ""], fields.map(row)),
    patterns.length > 0 && box(`Also ${patterns.join("; ")}`),
  ];
}
