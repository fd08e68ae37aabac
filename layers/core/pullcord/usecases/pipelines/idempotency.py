"""Idempotency: repeated calls make one pipeline and get the same answer.

A call says that it may be a repeat by an idempotency key or a webhook's delivery id, never by its parameters.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from pullcord.errors import Conflict, Unavailable
from pullcord.peppers import Keyring
from pullcord.requests import FirstCall, IdempotencyKey
from pullcord.times import Runtime
from pullcord.usecases.ports import Requests

WAIT_SECONDS = 25
"""Time that a repeat waits for the first call's outcome; API Gateway waits for 30 s."""
DEAD_AFTER = 35
"""Seconds after which a first call without an outcome has died: longer than any call can run."""
PAUSE = 0.2


def idempotency_key(
    key: str | None, scope: str, parameters: Mapping[str, object], keyring: Keyring
) -> IdempotencyKey | None:
    """The key of a call; None for a call without one.

    scope:      within which the caller's key is unique, such as the id of the trigger
    parameters: of the call; the token does not count
    """
    if key is None:
        return None
    sent = {name: value for name, value in parameters.items() if name != "token"}
    text = json.dumps(sent, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return IdempotencyKey(f"{scope}#{digest}", keyring.fingerprints(text))


def replay(
    first: FirstCall,
    key: IdempotencyKey,
    requests: Requests,
    run: Callable[[], Mapping[str, Any]],
    runtime: Runtime,
) -> Mapping[str, Any]:
    """The outcome of the first call: stored already, waited for, or finished by running its workflow again.

    run: runs the workflow for the first call's request, which makes the same pipeline or finds it made
    Raises Conflict when the first call had other parameters, Unavailable when it takes too long.
    """
    if not set(first.fingerprints) & set(key.fingerprints):
        text = f"409 Conflict - this idempotency key was used with another body, for pipeline {first.request_id}"
        raise Conflict(text, code="idempotency_key_reused", details={"pipeline": first.request_id})
    waited = 0.0
    while first.outcome is None:
        if runtime.seconds - first.started_at > DEAD_AFTER:
            outcome = run()
            requests.store_outcome(key.key, outcome)
            return outcome
        if waited > WAIT_SECONDS:
            raise Unavailable("503 Service Unavailable - the first call with this idempotency key is still running")
        runtime.sleep(PAUSE)
        waited += PAUSE
        first = requests.first(key.key) or first
    return first.outcome
