"""Tasks of the state machine: ids in, an outcome out, and one log line for each.

Lambda's own formatter writes the lines; Powertools' logger would make a task start 3 % later. What both say is called
the same, above all `correlation_id`, so that one id finds every line of a pull.
"""

import logging
import os
import time
from collections.abc import Callable, Mapping
from typing import Any

logger = logging.getLogger("pullcord")
logger.setLevel(os.environ.get("LOG_LEVEL", "INFO"))

Ids = Mapping[str, Any]
Outcome = dict[str, object]


class Task:
    """A Lambda behind the state machine.

    done: what the line says at the end, such as "evaluated"
    """

    def __init__(self, done: str, work: Callable[[Ids], Outcome]) -> None:
        self.done = done
        self.work = work

    def perform(self, ids: Ids, _context: object) -> Outcome:
        """Lambda's entry. What the work raises goes on: the state machine tries again or fails."""
        started_at = time.monotonic()
        try:
            outcome = self.work(ids)
        except Exception as fault:
            kind = type(fault).__name__
            logger.error("fault", extra={**_fields(ids, started_at), "error": kind})  # noqa: TRY400 - its text may be a caller's
            raise
        result = {"outcome": outcome["outcome"], "code": outcome.get("code")}
        logger.info(self.done, extra={**_fields(ids, started_at), **result})
        return outcome


def _fields(ids: Ids, started_at: float) -> dict[str, object]:
    """The fields of every line. None holds a caller's text; the correlation id is the gateway's."""
    return {
        "service": os.environ.get("POWERTOOLS_SERVICE_NAME"),
        "correlation_id": {**ids.get("execution", {}), **ids}.get("correlation"),
        "request": ids["request"],
        "project": ids["project"],
        "milliseconds": round((time.monotonic() - started_at) * 1000),
    }
