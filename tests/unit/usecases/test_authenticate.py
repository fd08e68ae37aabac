"""Who is calling."""

from copy import replace

import pytest
from pullcord.usecases.auth.authenticate import READ, WRITE, AuthDeps, caller, required

from pullcord.errors import Forbidden, InsufficientScope, InvalidToken, Unauthorized
from pullcord.tokens import TokenRecord
from tests.unit.usecases.fakes import ADA, NOW, Directory, Peppers, Time, Tokens

GOOD = TokenRecord("personal", 12, ADA.id, scopes=("api",))


@pytest.fixture
def world():
    return AuthDeps(Peppers(), Tokens(), Directory(), Time().runtime)


def test_a_token_leads_to_its_user(world):
    world.tokens.know("glpat-1", GOOD, world.peppers)

    assert caller("glpat-1", WRITE, world) == ADA


def test_a_token_of_before_the_rotation_still_does(world):
    world.tokens.know("glpat-1", GOOD, Peppers("old pepper"))

    assert caller("glpat-1", WRITE, world) == ADA


def test_without_a_token_there_is_nobody(world):
    assert caller(None, READ, world) is None
    with pytest.raises(Unauthorized):
        required(None, READ, world)


@pytest.mark.parametrize(
    ("found", "refusal"),
    [
        (replace(GOOD, kind="trigger"), Unauthorized),
        (replace(GOOD, kind="job"), Unauthorized),
        (replace(GOOD, user_id=99), Unauthorized),
        (replace(GOOD, revoked=True), InvalidToken),
        (replace(GOOD, expires_at=NOW), InvalidToken),
        (replace(GOOD, expires_at="2026-03-01"), InvalidToken),
        (replace(GOOD, revoked=True, expires_at="2020-01-01"), InvalidToken),
        (replace(GOOD, scopes=("read_api",)), InsufficientScope),
        (replace(GOOD, scopes=()), InsufficientScope),
    ],
)
def test_a_token_that_is_not_good_is_refused(world, found, refusal):
    world.tokens.know("glpat-1", found, world.peppers)

    with pytest.raises(refusal):
        caller("glpat-1", WRITE, world)


@pytest.mark.parametrize("token", ["", "unknown", "glpat-", "\ud800", "x" * 100_000])
def test_a_token_that_nobody_has_is_refused(world, token):
    with pytest.raises(Unauthorized):
        caller(token, READ, world)


def test_reading_needs_less(world):
    world.tokens.know("glpat-1", replace(GOOD, scopes=("read_api",)), world.peppers)

    assert caller("glpat-1", READ, world) == ADA


@pytest.mark.parametrize("state", ["blocked", "deactivated"])
def test_who_is_blocked_does_nothing(world, state):
    world.users.people[1] = replace(ADA, state=state)
    world.tokens.know("glpat-1", GOOD, world.peppers)

    with pytest.raises(Forbidden):
        caller("glpat-1", READ, world)
