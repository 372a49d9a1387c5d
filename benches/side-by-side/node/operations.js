// What the official library for Node does, and what it costs: ../compare.py asks on stdin.
"use strict";

const { readFileSync } = require("node:fs");
const querystring = require("node:querystring");
const readline = require("node:readline");
const qs = require("qs");
const twilio = require("twilio");
const { streamReply, menuReply } = require("./replies.js");

const requests = JSON.parse(readFileSync(process.argv[2], "utf8"));

// An operation: its answer, for the comparison, and what is measured.
const operations = {
  versions: () => ({
    answer: { node: process.version, twilio: require("twilio/package.json").version, express: require("express/package.json").version },
  }),
  "check-26": () => check(requests["incoming-call"]),
  "check-33": () => check(requests["call-status"]),
  "parse-check-26": () => parseAndCheck(asExpress, requests["incoming-call"]),
  "parse-check-33": () => parseAndCheck(asExpress, requests["call-status"]),
  "own-parse-check-26": () => parseAndCheck(querystring.parse, requests["incoming-call"]),
  "own-parse-check-33": () => parseAndCheck(querystring.parse, requests["call-status"]),
  "twiml-stream": () => writing(() => streamReply("+15550001111", "+15550002222", "CA00112233445566778899aabbccddeeff")),
  "twiml-20": () => writing(menuReply),
  "swml-10": () => ({ missing: "npm has no builder of SignalWire that was found" }),
};

function check({ url, key, cases }) {
  const parsed = cases.map(({ body, signature }) => [querystring.parse(body), signature]);
  const verdict = ([params, signature]) => twilio.validateRequest(key, signature, url, params);
  return { answer: parsed.map(verdict), run: () => insist(verdict(parsed[0])) };
}

// What express.urlencoded({ extended: false }) does with a body.
function asExpress(body) {
  return qs.parse(body, { allowPrototypes: true, depth: 0, parameterLimit: 1000, arrayLimit: 1000, strictDepth: true });
}

function parseAndCheck(parse, { url, key, cases }) {
  const verdict = ({ body, signature }) => twilio.validateRequest(key, signature, url, parse(body));
  return { answer: cases.map(verdict), run: () => insist(verdict(cases[0])) };
}

function writing(reply) {
  return { answer: reply(), run: reply };
}

function insist(valid) {
  if (!valid) throw new Error("a valid signature was refused");
}

// Runs for so many seconds of CPU time, after as much as it takes to find out how often that is.
function measure(run, seconds) {
  let batch = 1;
  while (timed(run, batch).cpu < seconds / 20) batch *= 2;
  const spent = { count: 0, cpu: 0, wall: 0 };
  while (spent.cpu < seconds) {
    const { cpu, wall } = timed(run, batch);
    spent.count += batch;
    spent.cpu += cpu;
    spent.wall += wall;
  }
  return spent;
}

function timed(run, times) {
  const before = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < times; i++) run();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const [verb, name, seconds] = line.split(" ");
  const { answer, missing, run } = operations[name]();
  const said = verb === "measure" ? measure(run, Number(seconds)) : { answer, missing };
  process.stdout.write(JSON.stringify(said) + "\n");
});
