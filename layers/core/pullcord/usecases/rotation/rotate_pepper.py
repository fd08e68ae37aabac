"""Put a new pepper in the current one's place, in the four steps in which Secrets Manager rotates a secret.

Every step may be tried again at any time and goes on where it stopped: what is done already costs one read.
At each moment two peppers live, and every token is found under a pepper of every keyring that a function may hold.
Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Protocol

from pullcord.peppers import NONCE, Keyring, PepperSet, SealBroken
from pullcord.rekeying import Kept, Renewal, renewal, settled
from pullcord.times import Moment
from pullcord.tokens import Found

FORGOTTEN_AFTER = 330
"""Seconds after which no function holds an older keyring: it keeps one for 300, and no call runs longer than 30."""
RESERVE = 30
"""Seconds before the end of the function's time at which a step stops by itself."""
TOGETHER = 20
"""Tokens that are renewed in one write."""
TRIES = 5
"""How often a token is looked at that somebody else changes at the same time."""


class RotationTooSoon(Exception):
    """The last rotation ended so lately that functions may hold the keyring from before it."""


class RotationUnfinished(Exception):
    """There was not enough time. Another try goes on from here."""


class RotationUnsafe(Exception):
    """The new pepper must not become the current one: tokens would be lost."""


class Versions(Protocol):
    """Versions of the secret."""

    def current(self) -> PepperSet:
        """What functions read."""
        ...

    def stored(self, version: str) -> PepperSet | None:
        """One version, None if it has no value yet."""
        ...

    def store(self, version: str, peppers: PepperSet) -> None:
        """Give a version its value; functions do not read it yet."""
        ...

    def promote(self, version: str) -> None:
        """Let functions read this version from now on."""
        ...


class Tokens(Protocol):
    """All tokens that are kept."""

    def pages(self) -> Iterator[list[Kept]]:
        """All of them, in whatever order."""
        ...

    def again(self, kept: Kept) -> Kept | None:
        """One of them as it is now."""
        ...

    def found(self, digests: Sequence[str]) -> Mapping[str, Found]:
        """What these digests lead to, without those that lead nowhere."""
        ...

    def renew(self, renewals: Sequence[Renewal]) -> list[Kept]:
        """Make changes; those tokens that were not changed because somebody else did at the same time."""
        ...

    def moved_at(self) -> int | None:
        """When the current pepper became the current one, in Unix seconds."""
        ...

    def move_at(self, seconds: int) -> None:
        """Note that it becomes so now."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that a rotation touches. seconds_left: until the function is ended."""

    versions: Versions
    tokens: Tokens
    moment: Moment
    seconds_left: Callable[[], float]


def create_secret(version: str, outside: Outside) -> None:
    """Make the new pepper. Raises RotationTooSoon."""
    if outside.versions.stored(version) is not None:
        return
    moved_at = outside.tokens.moved_at()
    if moved_at is not None and outside.moment.seconds - moved_at < FORGOTTEN_AFTER:
        raise RotationTooSoon(f"the last rotation was less than {FORGOTTEN_AFTER} seconds ago")
    outside.versions.store(version, outside.versions.current().rotated(outside.moment.random(32).hex()))


def set_secret(version: str, outside: Outside) -> None:
    """Let every token be found under the new pepper, too. Raises RotationUnfinished."""
    _settle_all(_stored(version, outside).keyring, outside, retiring=False)


def test_secret(version: str, outside: Outside) -> None:
    """Make sure that nothing gets lost; a token made since the last step is seen to. Raises RotationUnsafe."""
    peppers, current = _stored(version, outside), outside.versions.current()
    if peppers != current and peppers != current.rotated(peppers.current):
        raise RotationUnsafe("the current pepper is another one than when the rotation began")
    keyring = peppers.keyring
    for sealing in (keyring, current.keyring):
        if keyring.open(sealing.seal(b"sealed", "rotation", outside.moment.random(NONCE)), "rotation") != b"sealed":
            raise RotationUnsafe("a sealed value does not open")
    unreadable = 0
    for page in outside.tokens.pages():
        unreadable += _settle(page, keyring, outside, retiring=False)
        _check(page, keyring, outside)
    if unreadable:
        raise RotationUnsafe(f"{unreadable} tokens can be found and their hashes cannot be read")


def finish_secret(version: str, outside: Outside) -> None:
    """Let functions use the new pepper; then take away what only the one before the last could use."""
    peppers = _stored(version, outside)
    if outside.versions.current() != peppers:
        outside.tokens.move_at(outside.moment.seconds)
        outside.versions.promote(version)
    _settle_all(peppers.keyring, outside, retiring=True)


STEPS: Mapping[str, Callable[[str, Outside], None]] = {
    "createSecret": create_secret,
    "setSecret": set_secret,
    "testSecret": test_secret,
    "finishSecret": finish_secret,
}


def _stored(version: str, outside: Outside) -> PepperSet:
    peppers = outside.versions.stored(version)
    if peppers is None:
        raise RotationUnsafe("this version of the secret has no value")
    return peppers


def _settle_all(keyring: Keyring, outside: Outside, *, retiring: bool) -> None:
    for page in outside.tokens.pages():
        _settle(page, keyring, outside, retiring=retiring)


def _settle(page: Sequence[Kept], keyring: Keyring, outside: Outside, *, retiring: bool) -> int:
    """Settle every token of a page; how many cannot be read."""
    unreadable = 0
    _need_time(outside)
    due = [kept for kept in page if not settled(kept, keyring, retiring=retiring)]
    for some in batched(due, TOGETHER, strict=False):
        _need_time(outside)
        renewals, broken = _renewals(some, keyring, outside, retiring=retiring)
        unreadable += broken
        for busy in outside.tokens.renew(renewals):
            unreadable += _settle_busy(busy, keyring, outside, retiring=retiring)
    return unreadable


def _settle_busy(busy: Kept, keyring: Keyring, outside: Outside, *, retiring: bool) -> int:
    """Settle one that was changed under our hands, or find that it is gone; 1 if it cannot be read."""
    for _ in range(TRIES):
        kept = outside.tokens.again(busy)
        if kept is None or settled(kept, keyring, retiring=retiring):
            return 0
        renewals, broken = _renewals([kept], keyring, outside, retiring=retiring)
        if not outside.tokens.renew(renewals):
            return broken
    raise RotationUnfinished("a token changes again and again")


def _renewals(some: Sequence[Kept], keyring: Keyring, outside: Outside, *, retiring: bool) -> tuple[list[Renewal], int]:
    """The changes that settle some tokens, and how many of them cannot be read."""
    found = outside.tokens.found([key for kept in some for key in kept.digests.values()])
    renewals: list[Renewal] = []
    broken = 0
    for kept in some:
        try:
            made = renewal(kept, found, keyring, outside.moment.random, retiring=retiring)
        except SealBroken:
            broken += 1
        else:
            renewals += [made] if made else []
    return renewals, broken


def _check(page: Sequence[Kept], keyring: Keyring, outside: Outside) -> None:
    """Look the tokens of a page up under the new pepper. Raises RotationUnsafe."""
    new = keyring.current.id
    keys = {kept.digests[new]: kept for kept in page if new in kept.digests}
    found = outside.tokens.found(list(keys))
    for key, kept in keys.items():
        if key not in found and outside.tokens.again(kept) is not None:
            raise RotationUnsafe("a token is not found under the new pepper")


def _need_time(outside: Outside) -> None:
    if outside.seconds_left() < RESERVE:
        raise RotationUnfinished("the function's time is nearly over")
