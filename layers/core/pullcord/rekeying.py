"""Rekeying: how a rotation of the pepper changes a stored token: new digests, a new seal, and the old digests deleted."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pullcord.peppers import NONCE, Keyring, SealBroken, sealer
from pullcord.times import Random
from pullcord.tokens import TokenRecord, bound_to_trigger


@dataclass(frozen=True, slots=True)
class StoredToken:
    """The fields of a token's own item that depend on peppers.

    place:   the item's key
    digests: by the peppers' ids, the keys under which the token is found
    sealed:  the token itself; None where it cannot be read again
    revoked: None where revoked tokens are deleted
    version: of the item; a change of the token's facts raises it
    """

    place: tuple[str, str]
    digests: Mapping[str, str]
    sealed: bytes | None = None
    revoked: bool | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Rekey:
    """A change of a stored token, written completely or not at all, on condition that the token is unchanged.

    added:   records by the keys of the new digests
    digests: all digests afterwards
    deleted: keys of the digests to delete
    sealed:  the sealed token afterwards
    """

    stored: StoredToken
    added: Mapping[str, TokenRecord]
    digests: Mapping[str, str]
    deleted: Sequence[str] = ()
    sealed: bytes | None = None


def is_rekeyed(stored: StoredToken, keyring: Keyring, *, retire_old: bool) -> bool:
    """Whether a token has a digest under every pepper in force and, with `retire_old`, depends on no other pepper."""
    live = {pepper.id for pepper in keyring.live}
    if not retire_old or not live <= stored.digests.keys():
        return live <= stored.digests.keys()
    return live == stored.digests.keys() and (stored.sealed is None or sealer(stored.sealed) == keyring.current.id)


def rekey(
    stored: StoredToken, records: Mapping[str, TokenRecord], keyring: Keyring, random: Random, *, retire_old: bool
) -> Rekey | None:
    """The change that rekeys a token; None for one that cannot be found any more.

    records:    of its digests, by key, read after `stored` was
    retire_old: delete the digests of peppers that are no longer in force
    Raises `SealBroken` when the token can be found but its hash cannot be read.
    """
    known = (records[key] for pepper, key in stored.digests.items() if pepper in keyring and key in records)
    record = next(known, None)
    if record is None:
        return None
    token_hash = keyring.open(record.sealed_hash, record.bound_to)
    live = {pepper.id for pepper in keyring.live}
    new = [
        pepper.digested(token_hash, record.bound_to, random)
        for pepper in keyring.live
        if pepper.id not in stored.digests
    ]
    kept = {pepper: key for pepper, key in stored.digests.items() if pepper in live or not retire_old}
    return Rekey(
        stored,
        {digest.key: record.with_digest(digest) for digest in new},
        kept | {digest.pepper: digest.key for digest in new},
        tuple(key for pepper, key in stored.digests.items() if pepper not in kept),
        _resealed(stored, record, keyring, random) if retire_old else stored.sealed,
    )


def _resealed(stored: StoredToken, record: TokenRecord, keyring: Keyring, random: Random) -> bytes | None:
    """The token under the current pepper. One that cannot be opened stays as it is; it is found all the same."""
    if stored.sealed is None or sealer(stored.sealed) == keyring.current.id:
        return stored.sealed
    bound_to = bound_to_trigger(record.project_id, record.token_id)
    with suppress(SealBroken):
        return keyring.seal(keyring.open(stored.sealed, bound_to), bound_to, random(NONCE))
    return stored.sealed
