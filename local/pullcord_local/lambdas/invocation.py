"""One invocation: what a function is asked and what comes back."""

import json
import queue
import uuid
from dataclasses import dataclass, field

# Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
LARGEST_PAYLOAD = 6 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a function answered, as JSON.

    failed: the payload is an error document (`errorType`, `errorMessage`, perhaps `stackTrace`)
    """

    payload: bytes
    failed: bool = False


class Throttled(Exception):
    """No sandbox became free in time."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call of a function on its way; its outcome arrives through `outcome`, once."""

    event: bytes
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    outcome: "queue.SimpleQueue[Outcome]" = field(default_factory=queue.SimpleQueue)


def failure(error_type: str, message: str) -> Outcome:
    """An error that the service reports, not the function's own code."""
    return Outcome(json.dumps({"errorType": error_type, "errorMessage": message}).encode(), failed=True)


def timed_out(request_id: str, seconds: float) -> Outcome:
    """The function took longer than its timeout."""
    return failure("Sandbox.Timedout", f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds")


def exited(request_id: str, status: int) -> Outcome:
    """The function's process ended in the middle of an invocation."""
    reason = f"signal: {-status}" if status < 0 else f"exit status {status}"
    return failure("Runtime.ExitError", f"RequestId: {request_id} Error: Runtime exited with error: {reason}")


def too_large(size: int) -> Outcome:
    """The function's answer is more than a synchronous call may carry."""
    message = f"Response payload size ({size} bytes) exceeded maximum allowed payload size ({LARGEST_PAYLOAD} bytes)."
    return failure("Function.ResponseSizeTooLarge", message)
