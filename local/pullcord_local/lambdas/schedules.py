"""Functions called regularly, at the rates of their schedules.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
"""

import json
import re
import sys
import threading
from collections.abc import Callable, Iterable

from pullcord_local.cloud.inventory import Schedule
from pullcord_local.lambdas.invocation import Outcome, Throttled

RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


def seconds(expression: str) -> int:
    """The time between two calls. Raises ValueError for what is not a rate."""
    match = RATE.fullmatch(expression)
    if match is None or match[1] == "0":
        raise ValueError(f"only schedules like rate(5 minutes) are supported, not {expression}")
    return int(match[1]) * SECONDS[match[2]]


class Schedules:
    """Calls each schedule's function until stopped; the first time after one interval, as on AWS."""

    def __init__(self, schedules: Iterable[Schedule], invoke: Callable[[str, bytes], Outcome]) -> None:
        self.schedules = list(schedules)
        self.invoke = invoke
        self.stopped = threading.Event()

    def start(self) -> None:
        """Keep time, in the background."""
        for schedule in self.schedules:
            name = f"schedule-{schedule.name}"
            threading.Thread(target=self.run, args=(schedule,), name=name, daemon=True).start()

    def stop(self) -> None:
        """Call nobody any more."""
        self.stopped.set()

    def run(self, schedule: Schedule) -> None:
        """Call one schedule's function again and again."""
        while not self.stopped.wait(seconds(schedule.expression)):
            self.call(schedule)

    def call(self, schedule: Schedule) -> None:
        """Call a schedule's function once. A failure is nobody's answer, so it is told on standard error."""
        try:
            outcome = self.invoke(schedule.function_arn.split(":")[6], json.dumps(schedule.event).encode())
        except Throttled:
            return
        if outcome.failed:
            print(f"pullcord: schedule {schedule.name}: {outcome.payload.decode()}", file=sys.stderr)
