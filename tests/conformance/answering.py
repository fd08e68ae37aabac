"""Answers requests of `pullcord explain --batch`, each in a process of its own that has no more memory than it may use.

A line in: what to measure, and a request. A line out: what it cost and the error, or how the process ended without one.
"""

import json
import os
import resource
import sys

from pullcord_local.explain.batch import answer_line
from tests.counting import steps, timed

MEASURES = {"steps": steps, "seconds": timed}
ORDINARY = {"config": "a: {script: x, rules: [{if: '$A =~ /ab/', changes: [a]}]}"}
"""Loads all that is loaded late."""

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 128
ENDLESS = 30
"""Seconds of the processor after which a process is ended: to stop it, no judgement."""


def answer(measure: str, request: bytes) -> None:
    """Measure one request under the limits of memory and time, and say what came of it."""
    for limit, most in ((resource.RLIMIT_DATA, MOST_MEGABYTES * MEGABYTE), (resource.RLIMIT_CPU, ENDLESS)):
        resource.setrlimit(limit, (most, most))
    answers: list[str] = []
    cost = MEASURES[measure](lambda: answers.append(answer_line(request)))
    sys.stdout.write(json.dumps([cost, json.loads(answers[0])["error"]]) + "\n")
    sys.stdout.flush()


def serve() -> None:
    """Answer line by line until there is no more."""
    answer_line(json.dumps(ORDINARY).encode())
    for line in sys.stdin.buffer:
        measure, _, request = line.partition(b" ")
        if (process := os.fork()) == 0:
            answer(measure.decode(), request)
            os._exit(0)
        if status := os.waitpid(process, 0)[1]:
            sys.stdout.write(json.dumps([None, f"ended by signal {os.waitstatus_to_exitcode(status)}"]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    serve()
