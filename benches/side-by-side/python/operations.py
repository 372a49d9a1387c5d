"""What the official libraries for Python do, and what it costs: ../compare.py asks on stdin."""

import json
import os
import platform
import sys
import time
from importlib.metadata import version
from urllib.parse import parse_qsl

os.environ["SIGNALWIRE_LOG_MODE"] = "off"

from signalwire.core.swml_builder import SWMLBuilder
from signalwire.core.swml_service import SWMLService
from starlette.formparsers import FormParser
from twilio.request_validator import RequestValidator

from replies import menu_reply, stream_reply

PACKAGES = ["twilio", "signalwire-sdk", "fastapi", "uvicorn"]


def check(request):
    validator = RequestValidator(request["key"])
    parsed = [(own_parser(case), case["signature"]) for case in request["cases"]]

    def verdict(case):
        return validator.validate(request["url"], *case)

    return [verdict(case) for case in parsed], lambda: insist(verdict(parsed[0]))


def parse_and_check(parse, request):
    validator = RequestValidator(request["key"])

    def verdict(case):
        return validator.validate(request["url"], parse(case), case["signature"])

    return [verdict(case) for case in request["cases"]], lambda: insist(verdict(request["cases"][0]))


def own_parser(case):
    return dict(parse_qsl(case["body"], keep_blank_values=True))


def as_fastapi(case):
    """What `await request.form()` does with a body."""

    async def chunks():
        yield case["body"].encode()

    try:
        FormParser(None, chunks()).parse().send(None)
    except StopIteration as parsed:
        return parsed.value
    raise RuntimeError("the parser waits")


def insist(valid):
    if not valid:
        raise ValueError("a valid signature was refused")


def writing(reply):
    return reply(), reply


def swml():
    builder = SWMLBuilder(SWMLService(name="side-by-side"))

    def document():
        return (
            builder.reset()
            .answer()
            .record_call(stereo=True, format="mp3")
            .say("Welcome to our service")
            .set(tries=0)
            .prompt(play="say:Press 1 for sales", max_digits=1)
            .request(url="https://example.com/hours", method="GET", save_variables=True)
            .play(url="https://example.com/hold.mp3")
            .connect(to="+15550001111", **{"from": "+15550002222"}, timeout=20)
            .send_sms(to_number="+15550003333", from_number="+15550002222", body="We missed you.")
            .hangup()
            .render()
        )

    return writing(document)


def operations(requests):
    incoming, status = requests["incoming-call"], requests["call-status"]
    sid = "CA00112233445566778899aabbccddeeff"
    return {
        "versions": lambda: ({"python": platform.python_version()} | {name: version(name) for name in PACKAGES}, None),
        "check-26": lambda: check(incoming),
        "check-33": lambda: check(status),
        "parse-check-26": lambda: parse_and_check(as_fastapi, incoming),
        "parse-check-33": lambda: parse_and_check(as_fastapi, status),
        "own-parse-check-26": lambda: parse_and_check(own_parser, incoming),
        "own-parse-check-33": lambda: parse_and_check(own_parser, status),
        "twiml-stream": lambda: writing(lambda: stream_reply("+15550001111", "+15550002222", sid)),
        "twiml-20": lambda: writing(menu_reply),
        "swml-10": swml,
    }


def measure(run, seconds):
    """Runs for so many seconds of CPU time, after as much as it takes to find out how often that is."""
    batch = 1
    while timed(run, batch)[0] < seconds / 20:
        batch *= 2
    spent = {"count": 0, "cpu": 0, "wall": 0}
    while spent["cpu"] < seconds:
        cpu, wall = timed(run, batch)
        spent["count"] += batch
        spent["cpu"] += cpu
        spent["wall"] += wall
    return spent


def timed(run, times):
    cpu, start = time.process_time(), time.perf_counter()
    for _ in range(times):
        run()
    return time.process_time() - cpu, time.perf_counter() - start


def main():
    with open(sys.argv[1]) as file:
        known = operations(json.load(file))
    for line in sys.stdin:
        verb, name, *seconds = line.split()
        answer, run = known[name]()
        said = measure(run, float(seconds[0])) if verb == "measure" else {"answer": answer}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
