"""How a rotation of the pepper changes a stored token."""

import pytest

from pullcord.peppers import Keyring, PepperSet, SealBroken
from pullcord.rekeying import StoredToken, is_rekeyed, rekey
from pullcord.tokens import TokenRecord, bound_to_digest, bound_to_trigger, keys_by_pepper

OLD = PepperSet("second", "first")
NEW = OLD.rotated("third")
TOKEN = "glptt-0123"
RECORD = TokenRecord("trigger", 11, 1, 7)


def token_of(peppers=OLD, record=RECORD):
    """A token as functions with these peppers have written it, and its records by digest."""
    keyring = peppers.keyring
    digests = keyring.digested(TOKEN, bound_to_digest("trigger", 7, 11), bytes)
    sealed = keyring.seal(TOKEN.encode(), bound_to_trigger(7, 11), bytes(12))
    return StoredToken(("project#7", "trigger#11"), keys_by_pepper(digests), sealed), {
        digest.key: record.with_digest(digest) for digest in digests
    }


def test_a_token_gets_the_missing_digest_and_keeps_the_others():
    stored, records = token_of()

    made = rekey(stored, records, NEW.keyring, bytes, retire_old=False)

    assert list(made.added) == [NEW.keyring.current.digest(TOKEN)]
    assert set(made.digests.values()) == {*OLD.keyring.digests(TOKEN), *NEW.keyring.digests(TOKEN)}
    assert (made.deleted, made.sealed) == ((), stored.sealed)


def test_digests_of_retired_peppers_are_deleted_and_the_token_is_sealed_again():
    stored, records = token_of()

    made = rekey(stored, records, NEW.keyring, bytes, retire_old=True)

    assert set(made.digests.values()) == set(NEW.keyring.digests(TOKEN))
    assert made.deleted == (Keyring(["first"]).current.digest(TOKEN),)
    assert Keyring(["third"]).open(made.sealed, bound_to_trigger(7, 11)) == TOKEN.encode()


def test_a_digest_of_an_abandoned_rotation_is_deleted():
    stored, records = token_of(OLD.rotated("abandoned"))

    made = rekey(stored, records, NEW.keyring, bytes, retire_old=True)

    assert set(made.digests.values()) == set(NEW.keyring.digests(TOKEN))
    assert made.deleted == (Keyring(["abandoned"]).current.digest(TOKEN),)


def test_the_record_of_a_new_digest_has_the_same_fields():
    revoked = TokenRecord("trigger", 11, 1, 7, "2027-01-01", True, ("api",))
    stored, records = token_of(record=revoked)

    (made,) = rekey(stored, records, NEW.keyring, bytes, retire_old=False).added.values()

    assert (made.kind, made.token_id, made.user_id, made.project_id) == ("trigger", 11, 1, 7)
    assert (made.expires_at, made.revoked, made.scopes) == ("2027-01-01", True, ("api",))
    assert made.pepper == NEW.keyring.current.id


@pytest.mark.parametrize(("peppers", "retire_old", "done"), [
    (OLD, False, False),
    (OLD, True, False),
    (NEW, False, True),
    (NEW, True, True),
    (NEW.rotated("abandoned"), True, False),
])  # fmt: skip
def test_a_token_is_rekeyed_when_it_has_every_digest_and_depends_on_no_old_pepper(peppers, retire_old, done):
    assert is_rekeyed(token_of(peppers)[0], NEW.keyring, retire_old=retire_old) is done


def test_a_token_that_cannot_be_found_is_not_changed():
    stored, _ = token_of()
    foreign, records = token_of(PepperSet("foreign"))

    assert rekey(stored, {}, NEW.keyring, bytes, retire_old=True) is None
    assert rekey(foreign, records, NEW.keyring, bytes, retire_old=True) is None


def test_a_sealed_hash_copied_from_another_token_is_broken():
    stored, records = token_of()
    moved = {
        key: TokenRecord("trigger", 12, 1, 7, sealed_hash=one.sealed_hash, pepper=one.pepper)
        for key, one in records.items()
    }

    with pytest.raises(SealBroken):
        rekey(stored, moved, NEW.keyring, bytes, retire_old=False)


def test_a_token_whose_seal_is_broken_gets_its_new_digests():
    stored, records = token_of()
    broken = StoredToken(stored.place, stored.digests, stored.sealed[:-1] + b"\0")

    made = rekey(broken, records, NEW.keyring, bytes, retire_old=True)

    assert set(made.digests.values()) == set(NEW.keyring.digests(TOKEN))
    assert made.sealed == broken.sealed
