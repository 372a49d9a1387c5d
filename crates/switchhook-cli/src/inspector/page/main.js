// The page: what is listed, what is chosen, what the keys do.

import { get, getText, keepPlace, listen, place, post, remove } from "./api.js";
import { byId, el, toClipboard, toast } from "./dom.js";
import { edit } from "./editor.js";
import { admits, parse, search } from "./filter.js";
import { choose, drop, put, show, step } from "./list.js";
import { TABS, render, renderEmpty } from "./tabs.js";

const deliveries = new Map();
const revealed = new Set();
let about = { about: "", signs: false };
let filter = parse("");
let found = new Set();
let chosen = null;
let detail = null;
let tab = TABS.some(({ id }) => id === place("tab")) ? place("tab") : "event";
let thing = null;

/* What is listed. */

const visible = (delivery) => admits(filter, delivery, found);

function hear(event, data) {
  if (event === "list") {
    [...deliveries.keys()].forEach(drop);
    deliveries.clear();
    for (const delivery of data) add(delivery, false);
    const wanted = Number(place("d"));
    if (chosen === null && deliveries.has(wanted)) select(wanted, document.body.dataset.view === "detail");
  } else if (event === "delivery") {
    add(data, true);
    if (data.number === chosen || tab === "timeline" || tab === "attempts") refreshSoon();
    if (filter.text) searchSoon();
  } else if (event === "gone") {
    for (const number of [...deliveries.keys()].filter((number) => number <= data)) {
      deliveries.delete(number);
      drop(number);
    }
    if (chosen !== null && chosen <= data) select(null);
  }
  count();
}

function add(delivery, fresh) {
  deliveries.set(delivery.number, delivery);
  put(delivery, visible(delivery), select, fresh);
  if (delivery.number === chosen) choose(chosen);
}

function count() {
  const shown = [...deliveries.values()].filter(visible).length;
  byId("count").textContent = shown === deliveries.size ? `${shown}` : `${shown} of ${deliveries.size}`;
  if (chosen === null) renderEmpty(byId("detail"), about, deliveries.size);
  document.title = `${deliveries.size ? `(${deliveries.size}) ` : ""}switchhook inspector`;
}

function filterAgain() {
  for (const delivery of deliveries.values()) show(delivery.number, visible(delivery));
  count();
}

let searching;
let waiting;

/** Bodies are with the listener: it is asked when nobody has typed for a moment. */
function searchSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    searching?.abort();
    searching = new AbortController();
    try {
      found = await search(filter.text, searching.signal);
      filterAgain();
    } catch (error) {
      if (error.name !== "AbortError") toast(error.message);
    }
  }, 120);
}

byId("filter").addEventListener("input", (event) => {
  filter = parse(event.target.value);
  found = new Set();
  filterAgain();
  if (filter.text) searchSoon();
});

/* What is chosen. */

async function select(number, open = false) {
  chosen = number;
  if (open) document.body.dataset.view = "detail";
  choose(number);
  keepPlace({ d: number, tab });
  if (number === null) {
    detail = null;
    thing = null;
    document.body.dataset.view = "list";
    count();
    return;
  }
  await refresh();
}

let asked = 0;
let later;

let due = null;

/** A burst of deliveries is asked for once. */
function refreshSoon() {
  due ??= setTimeout(refresh, 200);
}

async function refresh() {
  clearTimeout(due);
  due = null;
  if (chosen === null) return;
  const mine = ++asked;
  try {
    const next = await get(`deliveries/${chosen}${revealed.has(chosen) ? "?reveal=1" : ""}`);
    // A later question may have been answered before.
    if (mine !== asked) return;
    detail = next;
    if (!detail.things.includes(thing)) thing = detail.things[0] || null;
    const sid = thing && tab === "timeline" ? await get(`timeline?sid=${encodeURIComponent(thing)}`) : null;
    if (mine !== asked) return;
    paint(sid);
    // The inbox does not say when a worker is done with a delivery.
    clearTimeout(later);
    const state = detail.attempts.kept?.state;
    if (tab === "attempts" && state && state !== "done" && state !== "dead") later = setTimeout(refresh, 1000);
  } catch (error) {
    toast(error.message);
  }
}

function paint(timeline) {
  const position = byId("detail").scrollTop;
  render(byId("detail"), { detail, tab, thing, timeline, signs: about.signs, inbox: about.inbox }, actions);
  byId("detail").scrollTop = position;
}

const actions = {
  select: (number) => select(number, true),
  back: () => { document.body.dataset.view = "list"; byId("list").focus(); },
  tab: (id) => { tab = id; keepPlace({ tab }); byId("detail").scrollTop = 0; refresh(); },
  thing: (sid) => { thing = sid; refresh(); },
  reveal: () => {
    if (chosen === null) return;
    if (!revealed.delete(chosen)) revealed.add(chosen);
    refresh();
  },
  replay: () => act(async () => sent(await post(`deliveries/${chosen}/replay`), "Replayed")),
  edit: () => detail && edit(detail, about.signs, async (changes) => {
    sent(await post(`deliveries/${detail.number}/edit`, changes), "Sent");
  }),
  retry: () => act(async () => {
    const { replayed } = await post(`deliveries/${chosen}/retry`);
    toast(replayed ? "The worker takes it up again" : "It is pending already");
  }),
  copy: (form) => act(async () => {
    const what = { curl: "curl command", fixture: "fixture", test: "Rust test" }[form];
    const text = await getText(`deliveries/${chosen}/copy/${form}${revealed.has(chosen) ? "?reveal=1" : ""}`);
    const signed = form === "curl" && about.signs ? ". It is signed for the public URL: whoever has it can send it" : "";
    await toClipboard(text, revealed.has(chosen) ? what : `${what}, with invented values for what is hidden${signed}`);
  }),
  copyText: (text, what) => toClipboard(text, what),
};

async function act(doing) {
  if (chosen === null) return;
  try {
    await doing();
  } catch (error) {
    toast(error.message);
  }
}

function sent({ number, status, disposition }, how) {
  const known = disposition === "duplicate" || disposition === "repeated";
  toast(`${how} as ${number}: ${status}${known ? ", known already: the handler did not run" : ""}`);
  if (number) select(number, true);
}

/* Keys. */

const KEYS = [
  ["j", "next", () => move(1)],
  ["k", "previous", () => move(-1)],
  ["Enter", "open", () => { document.body.dataset.view = "detail"; byId("detail").focus(); }],
  ["Escape", "back to the list", () => actions.back()],
  ["g", "the newest", () => { const first = step(null, 0); if (first) select(first); }],
  ["/", "filter", () => { byId("filter").focus(); byId("filter").select(); }],
  ["r", "replay", () => actions.replay()],
  ["e", "edit and replay", () => actions.edit()],
  ["c", "copy as curl", () => actions.copy("curl")],
  ["f", "copy as fixture", () => actions.copy("fixture")],
  ["x", "copy as Rust test", () => actions.copy("test")],
  ["v", "reveal or hide", () => actions.reveal()],
  ["t", "timeline", () => actions.tab("timeline")],
  ["d", "docs of the event", () => actions.tab("docs")],
  ["s", "signature", () => actions.tab("signature")],
  ["1 – 9", "tabs", null],
  ["← →", "tab to tab", null],
  ["?", "these keys", () => help()],
];

function move(by) {
  const next = step(chosen, by);
  if (next !== null) select(next);
}

function turn(by) {
  const at = TABS.findIndex(({ id }) => id === tab);
  actions.tab(TABS[(at + by + TABS.length) % TABS.length].id);
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (target.matches("input, textarea, select")) {
    if (key === "Escape" || key === "Enter") {
      event.preventDefault();
      byId("list").focus();
      if (key === "Enter") { const first = step(null, 0); if (first) select(first); }
    }
    return;
  }
  if (key === "Enter" && target.matches("button")) return;
  if (/^[1-9]$/.test(key) && TABS[key - 1]) return void actions.tab(TABS[key - 1].id);
  const same = { ArrowDown: "j", ArrowUp: "k", h: "ArrowLeft", l: "ArrowRight" }[key] || key;
  if ((key === "ArrowDown" || key === "ArrowUp") && target.closest("#detail")) return;
  if (same === "ArrowLeft" || same === "ArrowRight") return void turn(same === "ArrowLeft" ? -1 : 1);
  const row = KEYS.find(([name, , does]) => does && name === same);
  if (row) {
    event.preventDefault();
    row[2]();
  }
});

function help() {
  const dialog = byId("keys");
  const rows = KEYS.map(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)]);
  const close = el("button", { type: "button", click: () => dialog.close() }, "Close");
  dialog.replaceChildren(el("h2", {}, "Keys"), el("dl", {}, rows), el("p", { class: "foot" }, close));
  dialog.showModal();
}

byId("help").addEventListener("click", help);
byId("clear").addEventListener("click", () => remove("deliveries").catch((error) => toast(error.message)));

/* Light and dark. */

const THEMES = ["auto", "light", "dark"];

function theme(name) {
  document.documentElement.dataset.theme = name;
  byId("theme").textContent = name[0].toUpperCase() + name.slice(1);
  try { localStorage.setItem("theme", name); } catch { /* Without storage it is kept till the end. */ }
}

byId("theme").addEventListener("click", () => {
  const at = THEMES.indexOf(document.documentElement.dataset.theme);
  theme(THEMES[(at + 1) % THEMES.length]);
});

function lastTheme() {
  try {
    const last = localStorage.getItem("theme");
    return THEMES.includes(last) ? last : "auto";
  } catch {
    return "auto";
  }
}

/* The beginning. */

theme(lastTheme());
document.body.dataset.view = place("d") ? "detail" : "list";
renderEmpty(byId("detail"), about, 0);

listen(hear, (state, words) => {
  byId("live").dataset.state = state;
  byId("live").textContent = words;
  if (state !== "on") return;
  get("about").then((answer) => {
    about = answer;
    byId("about").textContent = answer.about;
    byId("about").title = answer.about;
    count();
  }).catch(() => {});
});
