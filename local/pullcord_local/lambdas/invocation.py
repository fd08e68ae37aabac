"""Invocations of functions and their outcomes."""

import json
import queue
import uuid
from dataclasses import dataclass, field

# Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_PAYLOAD_BYTES = 6 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an invocation; the payload is JSON.

    failed: the payload is an error document: `errorType`, `errorMessage`, perhaps `stackTrace`
    """

    payload: bytes
    failed: bool = False


class Throttled(Exception):
    """Error: no sandbox became free in time."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """An invocation in progress; its outcome is put into `outcome`, once."""

    event: bytes
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    outcome: "queue.SimpleQueue[Outcome]" = field(default_factory=queue.SimpleQueue)


def failure(error_type: str, message: str) -> Outcome:
    """The outcome for an error that the service reports, not the function's code."""
    return Outcome(json.dumps({"errorType": error_type, "errorMessage": message}).encode(), failed=True)


def timed_out(request_id: str, seconds: float) -> Outcome:
    """The outcome of an invocation that exceeds the function's timeout."""
    return failure("Sandbox.Timedout", f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds")


def exited(request_id: str, status: int) -> Outcome:
    """The outcome of an invocation during which the function's process ended."""
    reason = f"signal: {-status}" if status < 0 else f"exit status {status}"
    return failure("Runtime.ExitError", f"RequestId: {request_id} Error: Runtime exited with error: {reason}")


def too_large(size: int) -> Outcome:
    """The outcome of an invocation whose result is larger than the payload limit."""
    message = f"Response payload size ({size} bytes) exceeded maximum allowed payload size ({MAX_PAYLOAD_BYTES} bytes)."
    return failure("Function.ResponseSizeTooLarge", message)
