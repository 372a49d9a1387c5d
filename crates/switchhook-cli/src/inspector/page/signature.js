// The tab about the signature.

import { el } from "./dom.js";

const box = (...text) => el("p", { class: "note-box" }, text);

const facts = (rows) => el("table", { class: "fields" }, el("tbody", {}, rows.filter(([, value]) => value).map(([name, value, kind]) => el(
  "tr",
  {},
  el("th", { scope: "row" }, name),
  el("td", { class: `value ${kind || ""}` }, value),
))));

const STAGES = {
  received: "as it was received, each key",
  origin: "scheme, host and port",
  path: "path: prefixes, slashes, escapes",
  query: "query: lost, sorted, encoded otherwise",
  credentials: "user name, password, fragment",
  content: "parameters and body",
  combined: "several of these at once",
};

/** What was signed, what was tried, and what to change. */
export function signature({ detail: { signature: { verdict, proof, refusal, diagnosis }, can_replay: whole } }) {
  if (verdict === "trusted") return box("Nobody has checked a signature: the listener believes everybody.");
  return [
    proof && facts([
      ["verified by", `key ${proof.key}`, "good"],
      ["algorithm", proof.algorithm],
      ["URL", proof.url.replaceAll("-", " ")],
      ["covers", { pairs: "the URL and the sorted pairs of the form", url: "the URL, which has the hash of the body, or there is none", body: "the URL and the bytes of the body" }[proof.coverage]],
      ...proof.advice.map(({ code, advice }) => [code, advice, "warn"]),
    ]),
    refusal && !diagnosis && box(whole ? "The doctor has nothing to look at." : "It was refused by its head alone, before its body was read: there is nothing to examine."),
    diagnosis && examined(diagnosis, Boolean(proof)),
  ];
}

function examined({ cause, causes, advice, argument, setting, matched, received, steps, macs }, proven) {
  return [
    !proven && el("h3", {}, "The doctor's finding"),
    !proven && facts([
      ["finding", causes.join(", "), matched ? "warn" : "bad"],
      ["what to do", advice],
      ["start with", argument && `switchhook listen ${argument}`, "good"],
      ["in code", setting],
    ]),
    !proven && matched && [el("h3", {}, "It would match so"), facts([
      ["URL", matched.url],
      ["found by", matched.source],
      ["key", matched.key],
      ["algorithm", matched.algorithm],
      ["body taken as", matched.taken.replaceAll("-", " ")],
      ["header", matched.header],
    ])],
    received && [el("h3", {}, proven ? "What was signed" : "What this listener takes for signed"), pieces(received, "signed-text")],
    !proven && matched && [el("h3", {}, "What was signed"), pieces(matched.text, "matched-text")],
    !proven && steps.length > 0 && [el("h3", {}, `What was tried: ${macs} ${macs === 1 ? "signature" : "signatures"}, until one matched or there was nothing left`), tried(steps)],
  ];
}

function pieces(text, id) {
  const kinds = [...new Set(text.map(({ part }) => part))];
  return [
    el("pre", { class: "signed", id }, text.map(({ part, text: piece }) => el("span", { class: part, title: part }, piece))),
    el("p", { class: "legend" }, kinds.map((kind) => el("span", {}, el("i", { class: kind }), { url: "URL", name: "name", value: "value", body: "body" }[kind] || kind)), el("span", {}, "Joined without anything between.")),
  ];
}

const tried = (steps) => el(
  "table",
  {},
  el("thead", {}, el("tr", {}, ["what was varied", "texts", "signatures"].map((name, at) => el("th", { scope: "col", class: at ? "number" : null }, name)))),
  el("tbody", {}, steps.map(({ stage, texts, macs, cut_short: cut }) => el(
    "tr",
    {},
    el("td", {}, STAGES[stage] || stage, cut && el("span", { class: "warn" }, " (cut short)")),
    el("td", { class: "number mono" }, texts),
    el("td", { class: "number mono" }, macs),
  ))),
);
