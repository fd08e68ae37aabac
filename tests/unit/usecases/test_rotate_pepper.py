"""The steps of a rotation, in a world of dictionaries. The real tables are in tests/integration/rotation."""

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
    RotationTooSoon,
    RotationUnfinished,
    RotationUnsafe,
)


class Versions:
    """Versions of the secret; `now` is the one that functions read."""

    def __init__(self):
        self.values, self.now = {"v0": PepperSet("zero")}, "v0"

    def current(self):
        return self.values[self.now]

    def stored(self, version):
        return self.values.get(version)

    def store(self, version, peppers):
        assert version not in self.values
        self.values[version] = peppers

    def promote(self, version):
        self.now = version


class Tokens:
    """Tokens by place, and what digests lead to. meanwhile: called once, before the next change."""

    def __init__(self):
        self.kept, self.leads, self.moved, self.meanwhile = {}, {}, None, None

    def add(self, number, peppers):
        digests = peppers.keyring.digested(f"token {number}", bound_to_digest("personal", 1, number), bytes)
        self.kept[number] = StoredToken(("user#1", number), keys_by_pepper(digests), revoked=False)
        self.leads |= {digest.key: TokenRecord("personal", number, 1).under(digest) for digest in digests}

    def pages(self):
        yield list(self.kept.values())

    def again(self, kept):
        return self.kept.get(kept.place[1])

    def found(self, digests):
        return {digest: self.leads[digest] for digest in digests if digest in self.leads}

    def renew(self, renewals):
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        return [made.kept for made in renewals if not self.renewed(made)]

    def renewed(self, made):
        if self.kept.get(made.kept.place[1]) != made.kept:
            return False
        self.kept[made.kept.place[1]] = replace(made.kept, digests=made.digests)
        self.leads |= made.added
        for key in made.gone:
            del self.leads[key]
        return True

    def moved_at(self):
        return self.moved

    def move_at(self, seconds):
        self.moved = seconds


class World:
    def __init__(self):
        self.versions, self.tokens = Versions(), Tokens()
        self.now, self.left = datetime(2026, 3, 1, tzinfo=UTC), 900.0
        runtime = Runtime(lambda: self.now, lambda size: b"r" * size, None)
        self.deps = rotate_pepper.RotationDeps(self.versions, self.tokens, runtime, lambda: self.left)

    def step(self, name, version="v1"):
        STEPS[name](version, self.deps)

    def run(self, version="v1"):
        for name in STEPS:
            self.step(name, version)


@pytest.fixture
def world():
    return World()


def test_functions_read_the_new_pepper_only_after_the_last_step(world):
    for name in ("createSecret", "setSecret", "testSecret"):
        world.step(name)
        assert world.versions.current() == PepperSet("zero")
    world.step("finishSecret")

    assert world.versions.current() == PepperSet("72" * 32, "zero")


@pytest.mark.parametrize("name", STEPS)
def test_a_step_done_twice_is_done_once(world, name):
    world.tokens.add(1, PepperSet("zero"))
    for step in STEPS:
        world.step(step)
        if step == name:
            before = dict(world.tokens.leads), dict(world.versions.values), world.versions.now
            world.step(step)
            assert (world.tokens.leads, world.versions.values, world.versions.now) == before


def test_a_new_rotation_waits_until_the_keyrings_before_the_last_are_forgotten(world):
    world.run()
    world.now += timedelta(seconds=KEYRING_SECONDS - 1)
    with pytest.raises(RotationTooSoon):
        world.step("createSecret", "v2")

    world.now += timedelta(seconds=1)
    world.run("v2")

    assert world.versions.now == "v2"


def test_a_rotation_that_has_begun_goes_on_at_any_time(world):
    world.step("createSecret")
    world.tokens.move_at(world.deps.runtime.seconds)

    world.run()


@pytest.mark.parametrize("name", ["setSecret", "testSecret", "finishSecret"])
def test_no_step_begins_work_that_it_has_no_time_for(world, name):
    world.tokens.add(1, PepperSet("zero"))
    world.step("createSecret")
    world.left = 29

    with pytest.raises(RotationUnfinished):
        world.step(name)
    assert len(world.tokens.leads) == 1


def test_a_version_that_was_never_made_cannot_be_used(world):
    with pytest.raises(RotationUnsafe):
        world.step("finishSecret", "v9")
    assert world.versions.now == "v0"


def test_a_version_made_beside_another_one_is_not_safe(world):
    world.step("createSecret")
    world.versions.values["v0"] = PepperSet("written by hand")

    with pytest.raises(RotationUnsafe):
        world.step("testSecret")


def test_a_token_whose_hash_cannot_be_read_stops_the_rotation(world):
    world.tokens.add(1, PepperSet("zero"))
    world.tokens.add(2, PepperSet("zero"))
    key, found = next(iter(world.tokens.leads.items()))
    world.tokens.leads[key] = replace(found, sealed_hash=found.sealed_hash[:-1] + b"\0")
    world.step("createSecret")
    world.step("setSecret")

    with pytest.raises(RotationUnsafe):
        world.step("testSecret")
    assert len(world.tokens.kept[2].digests) == 2


def test_a_token_that_claims_a_digest_that_is_not_there_stops_the_rotation(world):
    world.tokens.add(1, PepperSet("zero"))
    world.step("createSecret")
    world.step("setSecret")
    del world.tokens.leads[world.versions.values["v1"].keyring.digests("token 1")[0]]

    with pytest.raises(RotationUnsafe):
        world.step("testSecret")


def test_a_token_made_between_two_steps_is_seen_to(world):
    world.step("createSecret")
    world.step("setSecret")
    world.tokens.add(1, PepperSet("zero"))
    world.step("testSecret")

    assert set(world.versions.values["v1"].keyring.digests("token 1")) == set(world.tokens.leads)


def test_a_token_revoked_under_our_hands_stays_revoked(world):
    world.tokens.add(1, PepperSet("zero"))
    world.step("createSecret")

    def revoke():
        world.tokens.kept[1] = replace(world.tokens.kept[1], revoked=True)
        world.tokens.leads = {key: replace(found, revoked=True) for key, found in world.tokens.leads.items()}

    world.tokens.meanwhile = revoke
    world.step("setSecret")

    assert [found.revoked for found in world.tokens.leads.values()] == [True, True]


def test_a_token_deleted_under_our_hands_stays_deleted(world):
    world.tokens.add(1, PepperSet("zero"))
    world.step("createSecret")

    def delete():
        world.tokens.kept.clear()
        world.tokens.leads.clear()

    world.tokens.meanwhile = delete
    world.run()

    assert world.tokens.leads == {}


def test_a_token_that_never_stands_still_leaves_the_step_unfinished(world):
    world.tokens.add(1, PepperSet("zero"))
    world.step("createSecret")
    world.tokens.renewed = lambda _made: False

    with pytest.raises(RotationUnfinished):
        world.step("setSecret")
