"""What a rotation makes of a kept token."""

import pytest

from pullcord.peppers import Keyring, PepperSet, SealBroken
from pullcord.rekeying import StoredToken, is_rekeyed, rekey
from pullcord.tokens import TokenRecord, bound_to_digest, bound_to_trigger, keys_by_pepper

OLD = PepperSet("second", "first")
NEW = OLD.rotated("third")
TOKEN = "glptt-0123"
FOUND = TokenRecord("trigger", 11, 1, 7)


def stored(peppers=OLD, found=FOUND):
    """A token as functions with these peppers have written it: its own item, and what its digests lead to."""
    keyring = peppers.keyring
    digests = keyring.digested(TOKEN, bound_to_digest("trigger", 7, 11), bytes)
    sealed = keyring.seal(TOKEN.encode(), bound_to_trigger(7, 11), bytes(12))
    return StoredToken(("project#7", "trigger#11"), keys_by_pepper(digests), sealed), {
        digest.key: found.under(digest) for digest in digests
    }


def test_a_token_gets_the_digest_that_it_lacks_and_keeps_the_others():
    kept, found = stored()

    made = rekey(kept, found, NEW.keyring, bytes, retire_old=False)

    assert list(made.added) == [NEW.keyring.current.digest(TOKEN)]
    assert set(made.digests.values()) == {*OLD.keyring.digests(TOKEN), *NEW.keyring.digests(TOKEN)}
    assert (made.gone, made.sealed) == ((), kept.sealed)


def test_when_peppers_retire_their_digests_go_and_the_seal_is_renewed():
    kept, found = stored()

    made = rekey(kept, found, NEW.keyring, bytes, retire_old=True)

    assert set(made.digests.values()) == set(NEW.keyring.digests(TOKEN))
    assert made.gone == (Keyring(["first"]).current.digest(TOKEN),)
    assert Keyring(["third"]).open(made.sealed, bound_to_trigger(7, 11)) == TOKEN.encode()


def test_a_digest_of_a_rotation_that_was_given_up_goes_too():
    kept, found = stored(OLD.rotated("given up"))

    made = rekey(kept, found, NEW.keyring, bytes, retire_old=True)

    assert set(made.digests.values()) == set(NEW.keyring.digests(TOKEN))
    assert made.gone == (Keyring(["given up"]).current.digest(TOKEN),)


def test_what_a_new_digest_leads_to_says_the_same():
    revoked = TokenRecord("trigger", 11, 1, 7, "2027-01-01", True, ("api",))
    kept, found = stored(found=revoked)

    (made,) = rekey(kept, found, NEW.keyring, bytes, retire_old=False).added.values()

    assert (made.kind, made.token_id, made.user_id, made.project_id) == ("trigger", 11, 1, 7)
    assert (made.expires_at, made.revoked, made.scopes) == ("2027-01-01", True, ("api",))
    assert made.pepper == NEW.keyring.current.id


@pytest.mark.parametrize(("peppers", "retiring", "done"), [
    (OLD, False, False),
    (OLD, True, False),
    (NEW, False, True),
    (NEW, True, True),
    (NEW.rotated("given up"), True, False),
])  # fmt: skip
def test_a_token_is_settled_when_it_has_what_it_needs_and_owes_nothing(peppers, retire_old, done):
    assert is_rekeyed(stored(peppers)[0], NEW.keyring, retire_old=retire_old) is done


def test_a_token_that_nobody_can_find_is_left_alone():
    kept, _ = stored()
    foreign, found = stored(PepperSet("foreign"))

    assert rekey(kept, {}, NEW.keyring, bytes, retire_old=True) is None
    assert rekey(foreign, found, NEW.keyring, bytes, retire_old=True) is None


def test_a_hash_that_was_put_elsewhere_is_not_taken_for_this_tokens():
    kept, found = stored()
    moved = {
        key: TokenRecord("trigger", 12, 1, 7, sealed_hash=one.sealed_hash, pepper=one.pepper)
        for key, one in found.items()
    }

    with pytest.raises(SealBroken):
        rekey(kept, moved, NEW.keyring, bytes, retire_old=False)


def test_a_token_whose_seal_is_broken_is_found_all_the_same():
    kept, found = stored()
    broken = StoredToken(kept.place, kept.digests, kept.sealed[:-1] + b"\0")

    made = rekey(broken, found, NEW.keyring, bytes, retire_old=True)

    assert set(made.digests.values()) == set(NEW.keyring.digests(TOKEN))
    assert made.sealed == broken.sealed
