"""Many requests to the service in one process: `python -m tests.e2e.fuzz.attack REQUESTS [SEED]` prints what came of it.

Half of them are made from the description, half are requests of real clients with damaged bytes. Every round begins
with a fresh deployment, so that what one request leaves behind slows no thousandth one down, and so that a failure can
be had again: its round's number is the seed.
"""

import json
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pullcord_local.account import isolate

isolate()

from tests.counting import steps  # noqa: E402 - moto and boto3 must find a machine of their own
from tests.e2e.fuzz.described import asked, complaint  # noqa: E402
from tests.e2e.fuzz.in_process import Handlers  # noqa: E402
from tests.e2e.fuzz.making import Maker  # noqa: E402
from tests.e2e.fuzz.mutating import Mutator  # noqa: E402
from tests.e2e.fuzz.world import Lost, World  # noqa: E402
from tests.e2e.repositories import Repository  # noqa: E402

CONFIGURATION = """\
spec:
  inputs:
    env: {default: none, options: [none, staging]}
    debug: {type: boolean, default: false}
    n: {type: number, default: 1}
    list: {type: array, default: []}
    word: {default: a, regex: '^[a-z]+$'}
---
variables: {LEVEL: $A}
build: {script: "echo $[[ inputs.env ]] $[[ inputs.word ]]", rules: [{if: '$CI_COMMIT_BRANCH && $A !~ /^x+$/'}, {if: $B_1}]}
test: {script: "true", variables: {N: "$[[ inputs.n ]]", DEBUG: "$[[ inputs.debug ]]"}, parallel: {matrix: [{OS: [linux, mac]}]}}
odd: {script: "echo $[[ inputs.list ]]", needs: [build], rules: [{if: '$LEVEL == "odd"', when: manual}]}
"""
ROUND = 1000
MAX_STEPS = 2_000_000
"""Steps of one request, ten times what the dearest of a usual run takes; beyond, one would say that it hangs."""
MAX_FAILURES = 20
DANGEROUS = re.compile(rb"DELETE|PUT|POST /api/v4/[^? ]*(users|personal_access_tokens|members|archive)")
"""Requests that may take away what others need."""


@dataclass
class Report:
    """What came of the requests."""

    requests: int = 0
    unanswered: int = 0
    lost: int = 0
    statuses: Counter = field(default_factory=Counter)
    operations: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    failures: list[dict] = field(default_factory=list)
    dearest: int = 0


def attack(report: Report, seed: int, many: int, repository: str) -> None:
    """One round; over when it is full or when an attack has taken away even the first administrator."""
    functions = Handlers(decode_slashes=seed % 2 == 1)
    try:
        world = World(functions.send, functions.root_token, repository)
        makers = Maker(seed, world), Mutator(seed, world)
        for number in range(many):
            raw = makers[number % 2].one()
            status = one(report, functions, raw, seed)
            if 200 <= status < 300 and DANGEROUS.match(raw):
                world.mend()
    except Lost:
        report.lost += 1
    finally:
        functions.stop()


def one(report: Report, functions: Handlers, raw: bytes, seed: int) -> int:
    """Send one request and judge the answer; the status, 0 for none."""
    method, _, rest = raw.partition(b"\n")[0].rstrip(b"\r").decode("latin-1").partition(" ")
    report.requests += 1
    replies = []
    try:
        taken = steps(lambda: replies.append(functions.send(raw)))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a failure to be reported
        fail(report, raw, seed, f"{type(error).__name__}: {error}")
        return 0
    report.dearest = max(report.dearest, taken)
    if taken > MAX_STEPS:
        fail(report, raw, seed, f"took {taken} steps")
    (reply,) = replies
    if reply is None:
        report.unanswered += 1
        return 0
    report.statuses[reply.status] += 1
    operation = asked(method, rest.rpartition(" ")[0])
    report.operations[f"{operation.method} {operation.path}" if operation else "none"] += 1
    if wrong := complaint(operation, reply, method):
        fail(report, raw, seed, wrong, reply.body[:500].decode("utf-8", "replace"))
    return reply.status


def fail(report: Report, raw: bytes, seed: int, wrong: str, body: str = "") -> None:
    """Count it, and keep the first of its kind, the request as Python text: it may hold any byte."""
    kind = wrong[:80]
    report.wrong[kind] += 1
    if report.wrong[kind] == 1 and len(report.failures) < MAX_FAILURES:
        report.failures.append({"wrong": wrong, "request": repr(raw[:3000]), "answer": body, "seed": seed})


def main(many: int, seed: int = 0) -> Report:
    """Rounds until so many requests were sent."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(Path(folder) / "widgets", {".gitlab-ci.yml": CONFIGURATION}).url
        while report.requests < many:
            attack(report, seed, min(ROUND, many - report.requests), repository)
            seed += 1
    return report


if __name__ == "__main__":
    begun = time.time()
    found = main(*map(int, sys.argv[1:]))
    facts = {**vars(found), "seconds": round(time.time() - begun, 1)}
    sys.stdout.write(f"\n{json.dumps(facts)}\n")
