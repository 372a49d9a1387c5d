// The life of one thing: when its deliveries came, and what is odd about their order.

import { duration, el, short, statusClass, svg, timeOfDay } from "./dom.js";

const WIDTH = 720;
const MARGIN = 24;
const CLOSE = 13;

/** The picture and the list of the deliveries about a SID. */
export function timeline({ detail, thing, timeline: steps }, actions) {
  if (!thing) return el("p", { class: "note-box" }, "It names no SID that others could share.");
  if (!steps) return el("p", { class: "note-box" }, "…");
  return [
    el("div", { class: "things" }, detail.things.map((sid) => el(
      "button",
      { class: "chip", type: "button", title: sid, "aria-pressed": String(sid === thing), click: () => actions.thing(sid) },
      short(sid),
    ))),
    picture(steps, detail.number, actions),
    list(steps, detail.number, actions),
  ];
}

/** Where each delivery stands: by time, those that are too close to each other above each other. */
function placed(steps) {
  const times = steps.map(({ at }) => Date.parse(at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const scale = (WIDTH - 2 * MARGIN) / Math.max(1, last - first);
  const ends = [];
  return steps.map((step, at) => {
    const x = times.length === 1 ? WIDTH / 2 : MARGIN + (times[at] - first) * scale;
    let level = ends.findIndex((end) => x - end >= CLOSE);
    if (level < 0) level = ends.length;
    ends[level] = x;
    return { step, x, level };
  });
}

function picture(steps, here, actions) {
  const points = placed(steps);
  const levels = 1 + Math.max(0, ...points.map(({ level }) => level));
  const shownLevels = Math.min(levels, 8);
  const base = 16 + shownLevels * CLOSE;
  const height = base + 26;
  const y = ({ level }) => base - 12 - Math.min(level, 7) * CLOSE;
  const of = (number) => points.find(({ step }) => step.number === number);
  const marks = points.map((point) => {
    const { step, x } = point;
    const kind = step.verdict === "refused" ? "refused" : step.duplicate_of ? "duplicate" : step.late_after ? "late" : step.verdict;
    const circle = svg("circle", { class: `${kind}${step.number === here ? " here" : ""}`, cx: x, cy: y(point), r: 5.5, click: () => actions.select(step.number) });
    circle.append(svg("title", {}, `${step.number}  ${step.event || step.path}  ${step.status}${oddities(step).map((text) => `, ${text}`).join("")}`));
    return circle;
  });
  const ties = points.filter(({ step }) => step.duplicate_of || step.late_after).map((point) => {
    const other = of(point.step.duplicate_of || point.step.late_after);
    if (!other) return null;
    const top = Math.min(y(point), y(other)) - 12;
    return svg("path", { class: "tie", d: `M${other.x} ${y(other)} Q${(other.x + point.x) / 2} ${top} ${point.x} ${y(point)}` });
  });
  const gaps = points.flatMap((point, at) => {
    if (!point.step.missing || at === 0) return [];
    const from = points[at - 1].x;
    const width = Math.max(4, point.x - from - 8);
    return [svg("rect", { class: "gap", x: from + 4, y: 6, width, height: base - 6 }, svg("title", {}, `missing: ${counts(point.step.missing)}`))];
  });
  const [first, last] = [steps[0].at, steps[steps.length - 1].at];
  return svg(
    "svg",
    { class: "life", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": `${steps.length} deliveries over ${duration(Date.parse(last) - Date.parse(first))}` },
    gaps,
    svg("line", { class: "axis", x1: MARGIN - 10, x2: WIDTH - MARGIN + 10, y1: base, y2: base }),
    points.map((point) => svg("line", { class: "stem", x1: point.x, x2: point.x, y1: y(point), y2: base })),
    ties,
    marks,
    svg("text", { x: MARGIN - 10, y: height - 8 }, timeOfDay(first)),
    steps.length > 1 && svg("text", { x: WIDTH - MARGIN + 10 - 12 * 6.7, y: height - 8 }, timeOfDay(last)),
    steps.length > 1 && svg("text", { x: WIDTH / 2 - 30, y: height - 8 }, duration(Date.parse(last) - Date.parse(first))),
  );
}

const counts = ([from, to]) => (from === to ? `no. ${from}` : `no. ${from} to ${to}`);

/** What is odd about a delivery, in words. */
function oddities({ duplicate_of: duplicate, late_after: late, verdict, refusal }) {
  return [
    verdict === "refused" && (refusal || "refused").replaceAll("-", " "),
    duplicate && `duplicate of ${duplicate}`,
    late && `late: ${late} was newer and came before`,
  ].filter(Boolean);
}

function list(steps, here, actions) {
  const start = Date.parse(steps[0].at);
  const rows = steps.map((step) => {
    const { number, at, event, path, status, position, missing, verdict, origin } = step;
    const odd = oddities(step).map((text) => el("span", { class: `chip ${verdict === "refused" ? "bad" : "warn"}` }, text));
    const again = origin && el("span", { class: "chip" }, `${origin.kind} of ${origin.of}`);
    return [
      missing && el("tr", { class: "gap" }, el("td", { colspan: 5 }, `Missing here, or not sent to this listener: ${counts(missing)} of the provider's count`)),
      el(
        "tr",
        { class: number === here ? "here" : null, data: { step: number }, click: () => actions.select(number) },
        el("td", { class: "number mono dim" }, `+${((Date.parse(at) - start) / 1000).toFixed(3)} s`),
        el("td", { class: "number mono dim" }, position === null ? "" : position),
        el("td", { class: `mono ${statusClass(status)}` }, status),
        el("td", {}, event || path, " ", odd, " ", again),
        el("td", { class: "number mono dim" }, number),
      ),
    ];
  });
  const head = ["since the first", "count", "status", "event", "no."];
  return el("table", { class: "steps" }, el("thead", {}, el("tr", {}, head.map((name, at) => el("th", { scope: "col", class: at < 2 || at === 4 ? "number" : null }, name)))), el("tbody", {}, rows));
}
