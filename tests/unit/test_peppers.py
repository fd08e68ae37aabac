"""Peppers: digests of tokens, and sealed values that open in their own context alone."""

import hashlib
import hmac
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.aws.peppers import LIFETIME, Peppers, parse, serialize
from pullcord.peppers import Keyring, Pepper, PepperSet, PepperUnknown, SealBroken, sealer

NONCE = bytes(12)
TOKEN = "glptt-" + "0123456789" * 4


def test_a_digest_is_an_hmac_of_the_tokens_hash():
    pepper = Pepper("secret")

    expected = hmac.new(pepper._digest_key, hashlib.sha256(TOKEN.encode()).digest(), hashlib.sha256)
    assert pepper.digest(TOKEN) == expected.hexdigest()


def test_a_digest_of_the_hash_equals_the_tokens_digest():
    pepper = Pepper("secret")
    digest = pepper.digested(hashlib.sha256(TOKEN.encode()).digest(), "bound", bytes)

    assert digest.key == pepper.digest(TOKEN)
    assert digest.pepper == pepper.id


def test_keys_and_id_of_a_pepper_contain_neither_the_secret_nor_each_other():
    pepper = Pepper("secret")
    known = [pepper.id, pepper._digest_key.hex(), pepper._derive(b"pullcord seal", 32).hex(), b"secret".hex()]

    assert not [pair for pair in combinations(known, 2) if pair[0] in pair[1] or pair[1] in pair[0]]


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=200))
def test_every_text_has_digests(text):
    keyring = Keyring(["one", "two"])

    assert [len(digest) for digest in keyring.digests(text)] == [64, 64]


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "x" * 1_000_000, "ü", "💥"])
def test_odd_tokens_have_different_digests(text):
    assert Pepper("secret").digest(text) != Pepper("secret").digest(text + " ")


def test_a_sealed_value_opens_in_its_own_context_alone():
    keyring = Keyring(["secret"])
    sealed = keyring.seal(b"value", "trigger:7:11", NONCE)

    assert keyring.open(sealed, "trigger:7:11") == b"value"
    with pytest.raises(SealBroken):
        keyring.open(sealed, "trigger:7:12")


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_changed_seal_does_not_open(place, change):
    keyring = Keyring(["secret"])
    sealed = bytearray(keyring.seal(b"value", "place", NONCE))
    sealed[place % len(sealed)] ^= change

    with pytest.raises(SealBroken):
        keyring.open(bytes(sealed), "place")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(6), bytes(18), bytes(100)])
def test_other_bytes_do_not_open(sealed):
    with pytest.raises(SealBroken):
        Keyring(["secret"]).open(sealed, "place")


def test_a_token_is_found_by_keyrings_one_rotation_apart():
    older, newer = PepperSet("one", "zero").keyring, PepperSet("one", "zero").rotated("two").keyring

    assert set(older.digests(TOKEN)) & {digest.key for digest in newer.digested(TOKEN, "bound", bytes)}
    assert set(newer.digests(TOKEN)) & {digest.key for digest in older.digested(TOKEN, "bound", bytes)}


def test_two_peppers_are_in_force_and_all_open_their_seals():
    peppers = PepperSet("first")
    seals = []
    for secret in ("second", "third", "fourth"):
        seals.append(peppers.keyring.seal(b"value", "place", NONCE))
        peppers = peppers.rotated(secret)

    assert peppers == PepperSet("fourth", "third", ("second", "first"))
    assert len(peppers.keyring.digests(TOKEN)) == 2
    assert [peppers.keyring.open(sealed, "place") for sealed in seals] == [b"value"] * 3
    assert sealer(peppers.keyring.seal(b"value", "place", NONCE)) == Pepper("fourth").id


def test_fingerprints_have_one_in_common_after_any_number_of_rotations():
    peppers = PepperSet("first")
    before = peppers.keyring.fingerprints("body")
    for number in range(5):
        peppers = peppers.rotated(str(number))

    assert set(before) & set(peppers.keyring.fingerprints("body"))
    assert not set(before) & set(peppers.keyring.fingerprints("another body"))


@pytest.mark.parametrize("peppers", [PepperSet("a"), PepperSet("b", "a"), PepperSet("c", "b", ("a",))])
def test_a_pepper_set_is_read_as_it_was_written(peppers):
    assert parse(serialize(peppers)) == peppers


def test_the_first_pepper_is_what_secrets_manager_generates():
    assert parse('{"pepper": "generated"}') == PepperSet("generated")


class Secret:
    """The stored secret, read at a time that only `sleep` moves. reads: how many; waited: each sleep."""

    def __init__(self, monkeypatch):
        self.now, self.value, self.reads, self.waited = 1000.0, PepperSet("first"), 0, []
        monkeypatch.setattr("pullcord.aws.peppers.secret", self.read)
        self.peppers = Peppers("name", lambda: self.now, self.sleep)

    def read(self, _name):
        self.reads += 1
        return serialize(self.value)

    def sleep(self, seconds):
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def secret(monkeypatch):
    return Secret(monkeypatch)


def test_the_keyring_is_cached(secret):
    for _ in range(100):
        secret.peppers.keyring()
        secret.now += 1

    assert secret.reads == 1


@pytest.mark.parametrize("later", [LIFETIME + 1, -1])
def test_the_secret_is_read_again_when_the_keyring_is_old_or_the_clock_was_set_back(secret, later):
    secret.peppers.keyring()
    secret.now += later
    secret.value = secret.value.rotated("second")

    assert len(secret.peppers.keyring().live) == 2
    assert secret.reads == 2


def test_a_seal_of_a_newer_pepper_opens_at_once(secret):
    secret.peppers.keyring()
    secret.now += 10
    secret.value = secret.value.rotated("second")
    sealed = secret.value.keyring.seal(b"value", "place", NONCE)

    assert secret.peppers.open(sealed, "place") == b"value"
    assert (secret.reads, secret.waited) == (2, [0.0])


def test_the_secret_is_not_read_twice_in_a_second_but_waited_for(secret):
    secret.peppers.keyring()
    secret.now += 0.25
    secret.value = secret.value.rotated("second")

    assert secret.peppers.open(secret.value.keyring.seal(b"value", "place", NONCE), "place") == b"value"
    assert (secret.reads, secret.waited) == (2, [0.75])


def test_a_seal_of_an_unknown_pepper_is_broken_after_one_more_read(secret):
    secret.peppers.keyring()
    secret.now += 10

    with pytest.raises(PepperUnknown):
        secret.peppers.open(Keyring(["foreign"]).seal(b"value", "place", NONCE), "place")
    assert secret.reads == 2


def test_a_broken_seal_does_not_read_the_secret_again(secret):
    sealed = secret.peppers.seal(b"value", "place", NONCE)

    with pytest.raises(SealBroken):
        secret.peppers.open(sealed, "another place")
    assert secret.reads == 1
