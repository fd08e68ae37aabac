"""Rotate the pepper, in the four steps in which Secrets Manager rotates a secret.

Every step can be repeated at any time and continues where it stopped: work that is done already costs one read.
Two peppers are in force at any time, and every token is found under a pepper of every keyring that a function may hold.
Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from pullcord.peppers import NONCE, Keyring, PepperSet, SealBroken
from pullcord.rekeying import Rekey, StoredToken, is_rekeyed, rekey
from pullcord.times import Runtime
from pullcord.usecases.ports import PepperVersions, RekeyingTokens

KEYRING_SECONDS = 330
"""Time after which no function has an older keyring: they cache it for 300 s, and no call runs longer than 30 s."""
RESERVE_SECONDS = 30
"""Time before the function's timeout at which a step stops by itself."""
BATCH_SIZE = 20
"""Tokens that are rekeyed in one write."""
ATTEMPTS = 5
"""Attempts to rekey a token that somebody else changes at the same time."""


class RotationMisdirected(Exception):
    """The event is not about a step of this secret's rotation."""


class RotationTooSoon(Exception):
    """The last rotation is so recent that functions may still use the keyring from before it."""


class RotationUnfinished(Exception):
    """The time did not suffice. A repeated step continues from here."""


class RotationUnsafe(Exception):
    """The new pepper must not become the current one, since tokens would be lost."""


@dataclass(frozen=True, slots=True)
class RotationDeps:
    """The stores and services that a rotation uses; every `deps.` below is an effect. seconds_left: until the timeout."""

    versions: PepperVersions
    tokens: RekeyingTokens
    runtime: Runtime
    seconds_left: Callable[[], float]


def rotate(event: Mapping[str, str], deps: RotationDeps) -> None:
    """Perform the step of an event of Secrets Manager: `Step`, `SecretId`, `ClientRequestToken`.

    Raises RotationMisdirected for another secret, RotationTooSoon, RotationUnfinished and RotationUnsafe.
    """
    step = STEPS.get(event.get("Step", ""))
    if step is None or not deps.versions.are_of(event.get("SecretId", "")):
        raise RotationMisdirected("the event is not about a step of this secret's rotation")
    step(event["ClientRequestToken"], deps)


def create_secret(version: str, deps: RotationDeps) -> None:
    """Create the new pepper. Raises RotationTooSoon."""
    if deps.versions.stored(version) is not None:
        return
    moved_at = deps.tokens.moved_at()
    if moved_at is not None and deps.runtime.seconds - moved_at < KEYRING_SECONDS:
        raise RotationTooSoon(f"the last rotation was less than {KEYRING_SECONDS} seconds ago")
    deps.versions.store(version, deps.versions.current().rotated(deps.runtime.random(32).hex()))


def set_secret(version: str, deps: RotationDeps) -> None:
    """Digest every token under the new pepper, too. Raises RotationUnfinished."""
    _rekey_all(_stored_version(version, deps).keyring, deps, retire_old=False)


def test_secret(version: str, deps: RotationDeps) -> None:
    """Check that no token would be lost, and rekey tokens made since the last step. Raises RotationUnsafe."""
    peppers, current = _stored_version(version, deps), deps.versions.current()
    if peppers != current and peppers != current.rotated(peppers.current):
        raise RotationUnsafe("the current pepper is another one than when the rotation began")
    keyring = peppers.keyring
    for sealing in (keyring, current.keyring):
        if keyring.open(sealing.seal(b"sealed", "rotation", deps.runtime.random(NONCE)), "rotation") != b"sealed":
            raise RotationUnsafe("a sealed value does not open")
    unreadable = 0
    for page in deps.tokens.pages():
        unreadable += _rekey(page, keyring, deps, retire_old=False)
        _check(page, keyring, deps)
    if unreadable:
        raise RotationUnsafe(f"{unreadable} tokens can be found and their hashes cannot be read")


def finish_secret(version: str, deps: RotationDeps) -> None:
    """Make the new pepper the current one, then delete the digests of retired peppers."""
    peppers = _stored_version(version, deps)
    if deps.versions.current() != peppers:
        deps.tokens.move_at(deps.runtime.seconds)
        deps.versions.promote(version)
    _rekey_all(peppers.keyring, deps, retire_old=True)


STEPS: Mapping[str, Callable[[str, RotationDeps], None]] = {
    "createSecret": create_secret,
    "setSecret": set_secret,
    "testSecret": test_secret,
    "finishSecret": finish_secret,
}


def _stored_version(version: str, deps: RotationDeps) -> PepperSet:
    peppers = deps.versions.stored(version)
    if peppers is None:
        raise RotationUnsafe("this version of the secret has no value")
    return peppers


def _rekey_all(keyring: Keyring, deps: RotationDeps, *, retire_old: bool) -> None:
    for page in deps.tokens.pages():
        _rekey(page, keyring, deps, retire_old=retire_old)


def _rekey(page: Sequence[StoredToken], keyring: Keyring, deps: RotationDeps, *, retire_old: bool) -> int:
    """Rekey every token of a page; returns the number of unreadable ones."""
    unreadable = 0
    _require_time(deps)
    due = [stored for stored in page if not is_rekeyed(stored, keyring, retire_old=retire_old)]
    for batch in batched(due, BATCH_SIZE, strict=False):
        _require_time(deps)
        rekeys, broken = _rekeys(batch, keyring, deps, retire_old=retire_old)
        unreadable += broken
        for busy in deps.tokens.rekey(rekeys):
            unreadable += _rekey_busy(busy, keyring, deps, retire_old=retire_old)
    return unreadable


def _rekey_busy(busy: StoredToken, keyring: Keyring, deps: RotationDeps, *, retire_old: bool) -> int:
    """Rekey a token that somebody else changed meanwhile, if it still exists; 1 if it is unreadable, else 0."""
    for _ in range(ATTEMPTS):
        stored = deps.tokens.again(busy)
        if stored is None or is_rekeyed(stored, keyring, retire_old=retire_old):
            return 0
        rekeys, broken = _rekeys([stored], keyring, deps, retire_old=retire_old)
        if not deps.tokens.rekey(rekeys):
            return broken
    raise RotationUnfinished("a token changes again and again")


def _rekeys(
    batch: Sequence[StoredToken], keyring: Keyring, deps: RotationDeps, *, retire_old: bool
) -> tuple[list[Rekey], int]:
    """The changes that settle batch tokens, and how many of them cannot be read."""
    found = deps.tokens.records([key for stored in batch for key in stored.digests.values()])
    rekeys: list[Rekey] = []
    broken = 0
    for stored in batch:
        try:
            change = rekey(stored, found, keyring, deps.runtime.random, retire_old=retire_old)
        except SealBroken:
            broken += 1
        else:
            rekeys += [change] if change else []
    return rekeys, broken


def _check(page: Sequence[StoredToken], keyring: Keyring, deps: RotationDeps) -> None:
    """Look the tokens of a page up under the new pepper. Raises RotationUnsafe."""
    new = keyring.current.id
    keys = {stored.digests[new]: stored for stored in page if new in stored.digests}
    found = deps.tokens.records(list(keys))
    for key, stored in keys.items():
        if key not in found and deps.tokens.again(stored) is not None:
            raise RotationUnsafe("a token is not found under the new pepper")


def _require_time(deps: RotationDeps) -> None:
    if deps.seconds_left() < RESERVE_SECONDS:
        raise RotationUnfinished("the function's time is nearly over")
