"""Idempotency: repeated calls make one pipeline and get the same answer.

A call says that it may be a repeat by an idempotency key or a webhook's delivery id, never by its parameters. Only a
created pipeline settles a key: after a refusal, the next call with the key is evaluated anew, since the reason for the
refusal may be gone. Calls that wait for a running one get its answer, whatever it is.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from copy import replace
from typing import Any

from pullcord.errors import Conflict, Unavailable
from pullcord.peppers import Keyring
from pullcord.requests import RECORDED, FirstCall, IdempotencyKey
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
    run: Callable[[int], Mapping[str, Any]],
    runtime: Runtime,
) -> FirstCall | None:
    """The first call with its outcome: stored already, waited for, or finished by running its workflow again.

    None: the first call died and created nothing, or its key has expired; this call is to be evaluated anew.

    run: runs the workflow of a request by id, which makes the same pipeline or finds it made
    Raises Conflict when the first call had other parameters, Unavailable when it takes too long.
    """
    waited = 0.0
    while True:
        if not set(first.fingerprints) & set(key.fingerprints):
            if _was_refused(first):
                return None
            raise _key_is_reused(first)
        if first.outcome is not None:
            return first
        if runtime.seconds - first.started_at > DEAD_AFTER:
            return _finished(first, key, requests, run)
        if waited > WAIT_SECONDS:
            raise Unavailable("503 Service Unavailable - the first call with this idempotency key is still running")
        runtime.sleep(PAUSE)
        waited += PAUSE
        latest = requests.first(key.key)
        if latest is None:
            return None
        first = latest


def _was_refused(first: FirstCall) -> bool:
    return first.outcome is not None and first.outcome["outcome"] != RECORDED


def _key_is_reused(first: FirstCall) -> Conflict:
    """The refusal of a call with other parameters than the first one, which is running or has created a pipeline."""
    running = first.outcome is None
    of_what = "a call that is still running" if running else f"pipeline {first.request_id}"
    text = f"409 Conflict - this idempotency key was used with another body, for {of_what}"
    return Conflict(text, code="idempotency_key_reused", details={} if running else {"pipeline": first.request_id})


def _finished(
    first: FirstCall, key: IdempotencyKey, requests: Requests, run: Callable[[int], Mapping[str, Any]]
) -> FirstCall | None:
    """A first call that died, with the outcome that its workflow has now; None if that is no pipeline."""
    outcome = run(first.request_id)
    requests.store_outcome(key.key, first.request_id, outcome)
    return replace(first, outcome=outcome) if outcome["outcome"] == RECORDED else None
