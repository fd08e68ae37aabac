"""The steps of a rotation, with stores in memory. The real tables are in tests/integration/rotation."""

from copy import replace
from datetime import UTC, datetime, timedelta

import pytest

from pullcord.peppers import PepperSet
from pullcord.rekeying import StoredToken
from pullcord.times import Runtime
from pullcord.tokens import TokenRecord, bound_to_digest, keys_by_pepper
from pullcord.usecases.rotation.rotate_pepper import (
    KEYRING_SECONDS,
    STEPS,
    RotationDeps,
    RotationTooSoon,
    RotationUnfinished,
    RotationUnsafe,
    rotate,
)

PEPPERS = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:Peppers-a1b2c3"


class Versions:
    """Versions of the secret. read: the one that functions read."""

    def __init__(self):
        self.values, self.read = {"v0": PepperSet("zero")}, "v0"

    def are_of(self, secret):
        return secret == PEPPERS

    def current(self):
        return self.values[self.read]

    def stored(self, version):
        return self.values.get(version)

    def store(self, version, peppers):
        assert version not in self.values
        self.values[version] = peppers

    def promote(self, version):
        self.read = version


class Tokens:
    """Tokens by id, and their records by digest. meanwhile: called once, before the next change."""

    def __init__(self):
        self.stored, self.by_digest, self.moved, self.meanwhile = {}, {}, None, None

    def add(self, number, peppers):
        digests = peppers.keyring.digested(f"token {number}", bound_to_digest("personal", 1, number), bytes)
        self.stored[number] = StoredToken(("user#1", number), keys_by_pepper(digests), revoked=False)
        self.by_digest |= {digest.key: TokenRecord("personal", number, 1).with_digest(digest) for digest in digests}

    def pages(self):
        yield list(self.stored.values())

    def again(self, stored):
        return self.stored.get(stored.place[1])

    def records(self, digests):
        return {digest: self.by_digest[digest] for digest in digests if digest in self.by_digest}

    def rekey(self, rekeys):
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        return [rekey.stored for rekey in rekeys if not self.write(rekey)]

    def write(self, rekey):
        number = rekey.stored.place[1]
        if self.stored.get(number) != rekey.stored:
            return False
        self.stored[number] = replace(rekey.stored, digests=rekey.digests)
        self.by_digest |= rekey.added
        for key in rekey.deleted:
            del self.by_digest[key]
        return True

    def moved_at(self):
        return self.moved

    def move_at(self, seconds):
        self.moved = seconds


class Rotation:
    """A rotation of the pepper at a time that only tests move."""

    def __init__(self):
        self.versions, self.tokens = Versions(), Tokens()
        self.now, self.seconds_left = datetime(2026, 3, 1, tzinfo=UTC), 900.0
        runtime = Runtime(lambda: self.now, lambda size: b"r" * size, None)
        self.deps = RotationDeps(self.versions, self.tokens, runtime, lambda: self.seconds_left)

    def step(self, name, version="v1", secret=PEPPERS):
        rotate({"Step": name, "SecretId": secret, "ClientRequestToken": version}, self.deps)

    def run(self, version="v1"):
        for name in STEPS:
            self.step(name, version)


@pytest.fixture
def rotation():
    return Rotation()


def test_functions_read_the_new_pepper_only_after_the_last_step(rotation):
    for name in ("createSecret", "setSecret", "testSecret"):
        rotation.step(name)
        assert rotation.versions.current() == PepperSet("zero")
    rotation.step("finishSecret")

    assert rotation.versions.current() == PepperSet("72" * 32, "zero")


@pytest.mark.parametrize("name", STEPS)
def test_a_repeated_step_changes_nothing(rotation, name):
    rotation.tokens.add(1, PepperSet("zero"))
    for step in STEPS:
        rotation.step(step)
        if step == name:
            before = dict(rotation.tokens.by_digest), dict(rotation.versions.values), rotation.versions.read
            rotation.step(step)
            assert (rotation.tokens.by_digest, rotation.versions.values, rotation.versions.read) == before


def test_a_new_rotation_waits_until_no_function_has_an_older_keyring(rotation):
    rotation.run()
    rotation.now += timedelta(seconds=KEYRING_SECONDS - 1)
    with pytest.raises(RotationTooSoon):
        rotation.step("createSecret", "v2")

    rotation.now += timedelta(seconds=1)
    rotation.run("v2")

    assert rotation.versions.read == "v2"


def test_a_rotation_that_has_begun_continues_at_any_time(rotation):
    rotation.step("createSecret")
    rotation.tokens.move_at(rotation.deps.runtime.seconds)

    rotation.run()


@pytest.mark.parametrize("name", ["setSecret", "testSecret", "finishSecret"])
def test_a_step_without_time_is_left_unfinished(rotation, name):
    rotation.tokens.add(1, PepperSet("zero"))
    rotation.step("createSecret")
    rotation.seconds_left = 29

    with pytest.raises(RotationUnfinished):
        rotation.step(name)
    assert len(rotation.tokens.by_digest) == 1


def test_a_version_without_a_value_cannot_be_promoted(rotation):
    with pytest.raises(RotationUnsafe):
        rotation.step("finishSecret", "v9")
    assert rotation.versions.read == "v0"


def test_a_rotation_is_unsafe_if_the_current_pepper_was_changed_meanwhile(rotation):
    rotation.step("createSecret")
    rotation.versions.values["v0"] = PepperSet("written by hand")

    with pytest.raises(RotationUnsafe):
        rotation.step("testSecret")


def test_a_token_whose_hash_cannot_be_read_stops_the_rotation(rotation):
    rotation.tokens.add(1, PepperSet("zero"))
    rotation.tokens.add(2, PepperSet("zero"))
    key, record = next(iter(rotation.tokens.by_digest.items()))
    rotation.tokens.by_digest[key] = replace(record, sealed_hash=record.sealed_hash[:-1] + b"\0")
    rotation.step("createSecret")
    rotation.step("setSecret")

    with pytest.raises(RotationUnsafe):
        rotation.step("testSecret")
    assert len(rotation.tokens.stored[2].digests) == 2


def test_a_token_whose_new_digest_is_missing_stops_the_rotation(rotation):
    rotation.tokens.add(1, PepperSet("zero"))
    rotation.step("createSecret")
    rotation.step("setSecret")
    del rotation.tokens.by_digest[rotation.versions.values["v1"].keyring.digests("token 1")[0]]

    with pytest.raises(RotationUnsafe):
        rotation.step("testSecret")


def test_a_token_created_between_two_steps_is_rekeyed(rotation):
    rotation.step("createSecret")
    rotation.step("setSecret")
    rotation.tokens.add(1, PepperSet("zero"))
    rotation.step("testSecret")

    assert set(rotation.versions.values["v1"].keyring.digests("token 1")) == set(rotation.tokens.by_digest)


def test_a_token_revoked_meanwhile_stays_revoked(rotation):
    rotation.tokens.add(1, PepperSet("zero"))
    rotation.step("createSecret")

    def revoke():
        rotation.tokens.stored[1] = replace(rotation.tokens.stored[1], revoked=True)
        rotation.tokens.by_digest = {
            key: replace(record, revoked=True) for key, record in rotation.tokens.by_digest.items()
        }

    rotation.tokens.meanwhile = revoke
    rotation.step("setSecret")

    assert [record.revoked for record in rotation.tokens.by_digest.values()] == [True, True]


def test_a_token_deleted_meanwhile_stays_deleted(rotation):
    rotation.tokens.add(1, PepperSet("zero"))
    rotation.step("createSecret")

    def delete():
        rotation.tokens.stored.clear()
        rotation.tokens.by_digest.clear()

    rotation.tokens.meanwhile = delete
    rotation.run()

    assert rotation.tokens.by_digest == {}


def test_a_token_that_changes_again_and_again_leaves_the_step_unfinished(rotation):
    rotation.tokens.add(1, PepperSet("zero"))
    rotation.step("createSecret")
    rotation.tokens.write = lambda _rekey: False

    with pytest.raises(RotationUnfinished):
        rotation.step("setSecret")
