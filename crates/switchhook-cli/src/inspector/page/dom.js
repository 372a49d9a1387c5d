// Elements made of data. Text goes in as text: nothing here makes markup of it.

const ATTRIBUTES = new Set([
  "aria-controls", "aria-label", "aria-live", "aria-pressed", "aria-selected", "autocomplete", "class",
  "colspan", "cx", "cy", "d", "disabled", "height", "hidden", "id", "placeholder",
  "preserveAspectRatio", "r", "role",
  "rows", "rx", "scope", "spellcheck", "tabindex", "title", "type", "value", "viewBox", "width", "x", "x1",
  "x2", "y", "y1", "y2",
]);

const SVG = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (ATTRIBUTES.has(name)) element.setAttribute(name, value === true ? "" : String(value));
    else throw new Error(`no attribute ${name}`);
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
}

/** An element with attributes, listeners (functions) and children (nodes or text). */
export function el(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same of SVG. */
export function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

export const byId = (id) => document.getElementById(id);

let hiding;

/** Says something for a while. */
export function toast(text) {
  const place = byId("toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { place.hidden = true; }, 4000);
}

/** A text, or the dots of one that is hidden. */
export function shown(value, reveal) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  const dots = "•".repeat(Math.max(4, Math.min(value.hidden, 12)));
  return el("button", { class: "veil", type: "button", title: `${value.hidden} bytes, hidden. Press v to reveal.`, click: reveal }, dots);
}

/** A SID by its beginning and end. */
export function short(sid) {
  return sid.length > 13 ? `${sid.slice(0, 4)}…${sid.slice(-4)}` : sid;
}

/** The time of day in UTC, to the millisecond. */
export const timeOfDay = (at) => at.slice(11, 23);

/** Milliseconds as people read them. */
export function duration(ms) {
  if (ms < 1000) return `${ms.toFixed(1)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 3_600_000) return `${(ms / 60_000).toFixed(1)} min`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}

/** Bytes as people read them. */
export function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`;
}

export function statusClass(status) {
  if (status < 300) return "good";
  return status < 400 ? "warn" : "bad";
}

export async function toClipboard(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied ${what}`);
  } catch {
    // Without a permission or on plain HTTP from another machine: to be copied by hand.
    const area = el("textarea", { rows: 12, class: "mono", "aria-label": what });
    area.value = text;
    const close = el("button", { type: "button", click: () => dialog.remove() }, "Close");
    const dialog = el("dialog", { class: "editor" }, el("h2", {}, `Copy ${what}`), area, el("div", { class: "foot" }, close));
    document.body.append(dialog);
    dialog.showModal();
    area.select();
  }
}
