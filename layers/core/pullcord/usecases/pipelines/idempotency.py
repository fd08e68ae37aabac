"""Calls that come more than once: one pipeline, ever, and the same answer for each of them.

A call says that it may be a repeat by an idempotency key or a webhook's delivery id; never by what it sends.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from pullcord.errors import Conflict, Unavailable
from pullcord.peppers import Keyring
from pullcord.requests import Admitted, Once, Pull
from pullcord.times import Moment
from pullcord.usecases.ports import Requests

PATIENCE = 25
"""Seconds that a repeat waits for the first call's outcome; API Gateway waits for 30."""
DEAD_AFTER = 35
"""Seconds after which a first call without an outcome has died: longer than any call can run."""
PAUSE = 0.2


def once(pull: Pull, trigger_id: int, keyring: Keyring) -> Once | None:
    """What makes the call unique; None for one without a key."""
    if pull.key is None:
        return None
    sent = {name: value for name, value in pull.parameters.items() if name != "token"}
    text = json.dumps(sent, sort_keys=True, ensure_ascii=False)
    key = hashlib.sha256(pull.key.encode("utf-8", "surrogatepass")).hexdigest()
    return Once(f"{trigger_id}#{key}", keyring.fingerprints(text))


def outcome(
    first: Admitted, once: Once, requests: Requests, run: Callable[[], Mapping[str, Any]], moment: Moment
) -> Mapping[str, Any]:
    """What came of the first call: at once, after waiting for it, or by doing again what it did not end.

    run: runs the workflow for the first call's request, which makes the same pipeline or finds it made
    Raises Conflict when the first call sent something else, Unavailable when it takes too long.
    """
    if not set(first.fingerprints) & set(once.fingerprints):
        text = f"409 Conflict - this idempotency key was used with another body, for pipeline {first.request_id}"
        raise Conflict(text, code="idempotency_key_reused", facts={"pipeline": first.request_id})
    waited = 0.0
    while first.outcome is None:
        if moment.seconds - first.admitted_at > DEAD_AFTER:
            again = run()
            requests.settle(once.key, again)
            return again
        if waited > PATIENCE:
            raise Unavailable("503 Service Unavailable - the first call with this idempotency key is still running")
        moment.sleep(PAUSE)
        waited += PAUSE
        first = requests.first(once.key) or first
    return first.outcome
