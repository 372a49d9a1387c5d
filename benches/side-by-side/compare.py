"""Asks every party the same, compares the answers, measures, prints the table: see ../README.md."""

import argparse
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HERE = Path(__file__).parent

OPERATIONS = {
    "check-26": "check of a signature, 26 parameters",
    "check-33": "check of a signature, 33 parameters",
    "parse-check-26": "parse + check, 26 parameters",
    "parse-check-33": "parse + check, 33 parameters",
    "own-parse-check-26": "the same by the languages' own parsers, 26",
    "own-parse-check-33": "the same by the languages' own parsers, 33",
    "twiml-stream": "TwiML: Connect/Stream, 3 parameters",
    "twiml-20": "TwiML: 20 verbs",
    "swml-10": "SWML: 10 methods",
}
# switchhook starts at the raw request in all of these, so that they are one operation there.
SAME_TO_SWITCHHOOK = [
    [f"{operation}-{count}" for operation in ("check", "parse-check", "own-parse-check")] for count in (26, 33)
]
WEBHOOK = "HTTP: verify, decode, answer in TwiML"
GOALS = [
    (operation, party, least)
    for operations, node, python in [
        (["parse-check-26", "parse-check-33"], 15, 150),
        (["webhook"], 6, 25),
    ]
    for operation in operations
    for party, least in [("node", node), ("python", python)]
]


class Party:
    """A program that is asked line by line and answers so."""

    def __init__(self, name, command, core, env=None):
        self.name = name
        command = ["taskset", "-c", str(core), *map(str, command)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | (env or {})
        )

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended when it was asked: {' '.join(map(str, words))}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Server:
    """A webhook over HTTP, one process on one core."""

    def __init__(self, name, command, core, env=None):
        self.name = name
        self.port = free_port()
        command = ["taskset", "-c", str(core), *(str(word).replace("PORT", str(self.port)) for word in command)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | (env or {}))
        self.wait_until_ready()

    def wait_until_ready(self):
        for _ in range(600):
            if self.process.poll() is not None:
                sys.exit(f"the server of {self.name} ended")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.1)
        sys.exit(f"the server of {self.name} does not listen")

    def cpu(self):
        """Seconds of all its threads, in user and system."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def post(self, url, case):
        request = urllib.request.Request(self.url(url), case["body"].encode(), headers(case))
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, ""

    def url(self, url):
        return url.replace("https://hooks.example.com", f"http://127.0.0.1:{self.port}")

    def close(self):
        self.process.terminate()
        self.process.wait()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def headers(case):
    return {
        "Host": "hooks.example.com",
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "User-Agent": "TwilioProxy/1.1",
        "X-Twilio-Signature": case["signature"],
    }


def comparable(name, answer):
    """XML as its tree, SWML as its value, verdicts as they are."""
    if name.startswith("twiml"):
        return tree(ElementTree.fromstring(answer.encode()))
    return json.loads(answer) if name.startswith("swml") else answer


def tree(element):
    """Tag, attributes, text and children; space between elements means nothing."""
    return [element.tag, element.attrib, (element.text or "").strip(), [tree(child) for child in element]]


def check_parties(parties):
    """All answers are the same, or the reason why there is none."""
    missing = {}
    for name in OPERATIONS:
        answers = {}
        for party in parties:
            said = party.ask("show", name)
            if "missing" in said:
                missing[party.name, name] = said["missing"]
            else:
                answers[party.name] = said["answer"]
        ours = answers["switchhook"]
        if "check" in name and ours != [True] + [False] * (len(ours) - 1):
            sys.exit(f"{name}: switchhook says {ours}")
        for party, answer in answers.items():
            if comparable(name, answer) != comparable(name, ours):
                sys.exit(f"{name}: {party} and switchhook differ:\n{answer}\n{ours}")
    return missing


def check_servers(servers, webhook):
    """The genuine request is answered alike, the others are refused."""
    answers = {}
    for server in servers:
        status, body = server.post(webhook["url"], webhook["cases"][0])
        if status != 200:
            sys.exit(f"the server of {server.name} answers {status}")
        answers[server.name] = tree(ElementTree.fromstring(body.encode()))
        for forged in webhook["cases"][1:]:
            status, _ = server.post(webhook["url"], forged)
            if status != 403:
                sys.exit(f"the server of {server.name} answers a forged request with {status}")
    if any(answer != answers["switchhook"] for answer in answers.values()):
        sys.exit(f"the servers' answers differ: {answers}")


def measure_operations(parties, missing, rounds, seconds):
    """Rounds in which the parties take turns: per second of CPU and of the clock."""
    taken = {}
    for name in OPERATIONS:
        asked = [party for party in parties if (party.name, name) not in missing]
        samples = {party.name: [] for party in asked}
        for turn in turns(rounds, name):
            for party in asked:
                said = party.ask("measure", name, seconds)
                if turn >= 0:
                    samples[party.name].append((said["count"] / said["cpu"], said["count"] / said["wall"]))
        taken[name] = samples
    for names in SAME_TO_SWITCHHOOK:
        pooled = [sample for name in names for sample in taken[name]["switchhook"]]
        for name in names:
            taken[name]["switchhook"] = pooled
    return {name: medians(samples) for name, samples in taken.items()}


def turns(rounds, what):
    """The rounds, after one that only warms up."""
    for turn in range(-1, rounds):
        talk(f"{what}, " + (f"round {turn + 1} of {rounds}" if turn >= 0 else "warm-up"))
        yield turn


def measure_servers(servers, webhook, work, core, rounds, seconds):
    script = work / "webhook.lua"
    script.write_text(lua(webhook["cases"][0]))
    samples = {server.name: [] for server in servers}
    for turn in turns(rounds, "webhook"):
        for server in servers:
            sample = load(server, webhook["url"], script, core, seconds)
            if turn >= 0:
                samples[server.name].append(sample)
    return medians(samples)


def load(server, url, script, core, seconds):
    """Load until the server has worked for so long, however busy the machine is."""
    served = spent = passed = 0
    while spent < seconds:
        before = server.cpu()
        command = ["taskset", "-c", core, "wrk", "-t1", "-c32", "--timeout", "30s", f"-d{seconds}s"]
        command = [str(word) for word in [*command, "-s", script, server.url(url)]]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        requests, errors, wall = (float(word) for word in output.rpartition("RESULT")[2].split())
        if errors or not requests:
            sys.exit(f"{server.name}: {errors:.0f} of {requests:.0f} requests failed")
        served += requests
        spent += server.cpu() - before
        passed += wall
    return served / spent, served / passed


def lua(case):
    """The request for wrk, and a line with what came of it."""
    lines = [f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers(case).items()]
    return "\n".join([
        'wrk.method = "POST"',
        f"wrk.body = {json.dumps(case['body'])}",
        *lines,
        "function done(summary)",
        "  local e = summary.errors",
        "  local errors = e.connect + e.read + e.write + e.status + e.timeout",
        '  print("RESULT", summary.requests, errors, summary.duration / 1e6)',
        "end",
        "",
    ])


def medians(samples):
    """For each party the medians, and how far apart the middle half of its rounds is, as a part of the median."""
    return {party: summary([cpu for cpu, _ in taken], [wall for _, wall in taken]) for party, taken in samples.items()}


def summary(cpu, wall):
    low, middle, high = statistics.quantiles(cpu, n=4, method="inclusive")
    return {"cpu": middle, "wall": statistics.median(wall), "spread": (high - low) / middle}


def rows(rates, names):
    for name, operation in [*OPERATIONS.items(), ("webhook", WEBHOOK)]:
        by_party = rates[name]
        yield {
            "operation": name,
            "what": operation,
            "per_cpu_second": {party: by_party[party]["cpu"] if party in by_party else None for party in names},
            "per_second": {party: by_party[party]["wall"] if party in by_party else None for party in names},
            "times": {party: ratio(by_party, party) for party in names if party != "switchhook"},
        }


def ratio(by_party, party):
    return by_party["switchhook"]["cpu"] / by_party[party]["cpu"] if party in by_party else None


def print_table(table, names, missing, versions, cores):
    print(f"\n{time.strftime('%Y-%m-%d')}, {processor()}, core {cores[0]}; " + "; ".join(versions))
    print("\nOperations per second of CPU time, medians; in brackets per second of the clock.\n")
    heads = ["operation", *names, *(f"× {name}" for name in names if name != "switchhook")]
    print("| " + " | ".join(heads) + " |\n|---|" + "---|" * (len(heads) - 1))
    for row in table:
        cells = [row["what"]]
        for name in names:
            cpu, wall = row["per_cpu_second"][name], row["per_second"][name]
            cells.append("—" if cpu is None else f"{figure(cpu)} ({figure(wall)})")
        cells += ["—" if times is None else f"{times:.1f}" for times in row["times"].values()]
        print("| " + " | ".join(cells) + " |")
    print()
    for (party, name), why in missing.items():
        print(f"— {party}, {OPERATIONS[name]}: {why}.")


def figure(value):
    """Two digits: the rounds differ by more than a third one would say."""
    return f"{float(f'{value:.1e}'):,.0f}"


def print_spread(rates):
    spreads = sorted(party["spread"] for by_party in rates.values() for party in by_party.values())
    print(
        f"\nThe middle half of the rounds lies within {statistics.median(spreads):.0%} of the median for half of the "
        f"figures, within {spreads[-1]:.0%} for all."
    )


def print_goals(table):
    """Whether all are met."""
    met = True
    times = {row["operation"]: row["times"] for row in table}
    print("\ngoals")
    for operation, party, least in GOALS:
        reached = times[operation][party]
        verdict = "met" if reached >= least else "MISSED"
        met &= reached >= least
        print(f"  {operation:<20}at least {least:>3} × {party:<8}{reached:>7.1f}  {verdict}")
    return met


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(": ")[2].strip()
    return os.uname().machine


def talk(what):
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what}", end="", file=sys.stderr, flush=True)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--work", type=Path, required=True, help="where the parties are installed")
    args.add_argument("--switchhook", type=Path, required=True, help="switchhook's side")
    args.add_argument("--rust", type=Path, help="the other crates' side")
    args.add_argument("--quick", action="store_true", help="short rounds")
    args.add_argument("--check", action="store_true", help="only compare the answers")
    args.add_argument("--json", action="store_true", help="one object per row")
    args = args.parse_args()

    cores = sorted(os.sched_getaffinity(0))
    core, load_core = cores[0], cores[-1]
    file = args.work / "requests.json"
    file.write_bytes(subprocess.run([args.switchhook, "requests"], capture_output=True, check=True).stdout)
    webhook = json.loads(file.read_text())["incoming-call"]
    token = webhook["key"]
    python = args.work / "venv/bin/python"
    modules = {"NODE_PATH": str(args.work / "node/node_modules"), "NODE_ENV": "production"}
    fastapi = [python, "-m", "uvicorn", "server:app", "--port", "PORT", "--no-access-log", "--log-level", "warning"]

    parties = [
        Party("switchhook", [args.switchhook, "operations", file], core),
        Party("node", ["node", HERE / "node/operations.js", file], core, modules),
        Party("python", [python, HERE / "python/operations.py", file], core, PYTHON),
    ]
    if args.rust:
        parties.append(Party("rust", [args.rust, file], core))
    servers = [
        Server("switchhook", [args.switchhook, "serve", "PORT", token], core),
        Server("node", ["node", HERE / "node/server.js", "PORT", token], core, modules),
        Server("python", [*fastapi, "--app-dir", HERE / "python"], core, PYTHON | {"TWILIO_AUTH_TOKEN": token}),
    ]
    try:
        missing = check_parties(parties)
        check_servers(servers, webhook)
        if args.check:
            print(f"{len(OPERATIONS)} operations and {len(servers)} servers agree, with {len(webhook['cases'])} requests")
            return
        rounds, seconds = (3, 0.2) if args.quick else (7, 1)
        rates = measure_operations(parties, missing, rounds, seconds)
        rates["webhook"] = measure_servers(servers, webhook, args.work, load_core, *((2, 2) if args.quick else (5, 5)))
        talk("")
        names = [party.name for party in parties]
        table = list(rows(rates, names))
        if args.json:
            for row in table:
                print(json.dumps(row))
            return
        versions = [" ".join(f"{name} {version}" for name, version in party.ask("show", "versions")["answer"].items()) for party in parties]
        print_table(table, names, missing, versions, cores)
        print_spread(rates)
        if not print_goals(table):
            sys.exit("a goal is missed")
    finally:
        for running in [*parties, *servers]:
            running.close()


PYTHON = {"PYTHONDONTWRITEBYTECODE": "1"}

if __name__ == "__main__":
    main()
