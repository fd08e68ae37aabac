"""What a rotation of the pepper makes of a token that is kept: new digests, a new seal, and the old ones gone."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pullcord.peppers import NONCE, Keyring, SealBroken, sealer
from pullcord.times import Random
from pullcord.tokens import Found, bound_to_trigger


@dataclass(frozen=True, slots=True)
class Kept:
    """A token's own item, as far as peppers go.

    place:   the item's key
    digests: by the peppers' ids, the keys under which the token is found
    sealed:  the token itself; None where nobody may read it again
    revoked: None where a revoked token is not kept at all
    """

    place: tuple[str, str]
    digests: Mapping[str, str]
    sealed: bytes | None = None
    revoked: bool | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """A change of a kept token, to be made wholly or not at all, and only while it is as it was.

    added:   by their keys, what new digests lead to
    digests: all of them afterwards
    gone:    keys of digests that are to be taken away
    sealed:  the token itself afterwards
    """

    kept: Kept
    added: Mapping[str, Found]
    digests: Mapping[str, str]
    gone: Sequence[str] = ()
    sealed: bytes | None = None


def settled(kept: Kept, keyring: Keyring, *, retiring: bool) -> bool:
    """Whether a token is found under every living pepper and, when others are to retire, owes nothing to them."""
    live = {pepper.id for pepper in keyring.live}
    if not retiring or not live <= kept.digests.keys():
        return live <= kept.digests.keys()
    return live == kept.digests.keys() and (kept.sealed is None or sealer(kept.sealed) == keyring.current.id)


def renewal(
    kept: Kept, found: Mapping[str, Found], keyring: Keyring, random: Random, *, retiring: bool
) -> Renewal | None:
    """What settles a token; None for one that nobody can find any more.

    found:    what its digests lead to, by their keys, read after `kept` was
    retiring: take away what only peppers that no longer live can use
    Raises `SealBroken` when the token can be found, and its hash cannot be read.
    """
    known = (found[key] for pepper, key in kept.digests.items() if pepper in keyring and key in found)
    source = next(known, None)
    if source is None:
        return None
    hashed = keyring.open(source.hashed, source.bound_to)
    live = {pepper.id for pepper in keyring.live}
    made = [
        pepper.digested(hashed, source.bound_to, random) for pepper in keyring.live if pepper.id not in kept.digests
    ]
    staying = {pepper: key for pepper, key in kept.digests.items() if pepper in live or not retiring}
    return Renewal(
        kept,
        {digest.key: source.under(digest) for digest in made},
        staying | {digest.pepper: digest.key for digest in made},
        tuple(key for pepper, key in kept.digests.items() if pepper not in staying),
        _sealed(kept, source, keyring, random) if retiring else kept.sealed,
    )


def _sealed(kept: Kept, source: Found, keyring: Keyring, random: Random) -> bytes | None:
    """The token under the current pepper. One that does not open stays as it is: it is found all the same."""
    if kept.sealed is None or sealer(kept.sealed) == keyring.current.id:
        return kept.sealed
    bound_to = bound_to_trigger(source.project_id, source.token_id)
    with suppress(SealBroken):
        return keyring.seal(keyring.open(kept.sealed, bound_to), bound_to, random(NONCE))
    return kept.sealed
