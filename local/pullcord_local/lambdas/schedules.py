"""Schedules: functions invoked at fixed rates."""

import json
import sys
import threading
from collections.abc import Callable, Iterable

from pullcord_local.inventory import Schedule, rate_seconds
from pullcord_local.lambdas.invocation import Outcome, Throttled


class Schedules:
    """Background threads that invoke each schedule's function; first after one interval, as on AWS."""

    def __init__(self, schedules: Iterable[Schedule], invoke: Callable[[str, bytes], Outcome]) -> None:
        self.schedules = list(schedules)
        self.invoke = invoke
        self.stopped = threading.Event()

    def start(self) -> None:
        """Start a thread for each schedule."""
        for schedule in self.schedules:
            name = f"schedule-{schedule.name}"
            threading.Thread(target=self.run, args=(schedule,), name=name, daemon=True).start()

    def stop(self) -> None:
        """Stop the threads."""
        self.stopped.set()

    def run(self, schedule: Schedule) -> None:
        """Invoke a schedule's function at every interval until stopped."""
        while not self.stopped.wait(rate_seconds(schedule.expression)):
            self.call(schedule)

    def call(self, schedule: Schedule) -> None:
        """Invoke a schedule's function once. No caller waits for the result, so a failure is printed on standard error."""
        try:
            outcome = self.invoke(schedule.function_arn.split(":")[6], json.dumps(schedule.event).encode())
        except Throttled:
            return
        if outcome.failed:
            print(f"pullcord: schedule {schedule.name}: {outcome.payload.decode()}", file=sys.stderr)
