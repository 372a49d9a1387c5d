// The filter: `type:`, `status:`, `sid:`, `is:`, each with a `-` before it for the others, and text.

import { get } from "./api.js";

const STATES = {
  refused: (d) => d.verdict === "refused",
  verified: (d) => d.verdict === "verified",
  trusted: (d) => d.verdict === "trusted",
  new: (d) => d.event !== null && !d.known,
  malformed: (d) => d.malformed,
  duplicate: (d) => d.disposition === "duplicate" || d.disposition === "repeated",
  replay: (d) => d.origin !== null,
  failing: (d) => d.failing || d.status >= 500,
};

const has = (whole, part) => (whole || "").toLowerCase().includes(part);

const KINDS = {
  type: (d, value) => has(`${d.family || ""} ${d.event || ""}`, value) || has(d.path, value),
  status: (d, value) => {
    const pattern = value.replaceAll("x", ".");
    return /^[0-9.]{1,3}$/.test(pattern) && new RegExp(`^${pattern}`).test(String(d.status));
  },
  sid: (d, value) => d.things.some((thing) => has(thing, value)) || has(d.subject, value),
  is: (d, value) => Object.entries(STATES).some(([name, test]) => name.startsWith(value) && test(d)),
};

/** A filter as its words say. */
export function parse(text) {
  const filter = { conditions: [], text: "" };
  const words = [];
  for (const word of text.trim().split(/\s+/)) {
    const [, not, kind, value] = /^(-?)(type|status|sid|is):(.+)$/i.exec(word) || [];
    if (kind) filter.conditions.push({ not: not === "-", test: KINDS[kind.toLowerCase()], value: value.toLowerCase() });
    else words.push(word);
  }
  filter.text = words.join(" ").toLowerCase();
  return filter;
}

/** Whether a delivery is let through; `found` has the numbers of those whose bodies have the text. */
export function admits(filter, delivery, found) {
  const holds = ({ not, test, value }) => test(delivery, value) !== not;
  if (!filter.conditions.every(holds)) return false;
  if (!filter.text || found.has(delivery.number)) return true;
  const line = [delivery.family, delivery.event, delivery.path, delivery.status, delivery.subject, delivery.refusal, delivery.finding];
  return line.concat(delivery.things).some((part) => has(String(part ?? ""), filter.text));
}

/** Asks the listener which deliveries have the text in their bodies, which the list does not have. */
export async function search(text, signal) {
  return new Set(text.length < 2 ? [] : await get(`search?text=${encodeURIComponent(text)}`, signal));
}
