"""Managing personal access tokens."""

from copy import replace
from datetime import date

import pytest

from pullcord.errors import BadRequest, Forbidden, NotFound, Unauthorized, Unprocessable
from pullcord.usecases.users import manage_personal_tokens
from pullcord.usecases.users.manage_personal_tokens import NewPersonalToken, PersonalTokenDeps, PersonalTokenFilter
from tests.unit.usecases.fakes import ADA, NOW, ROOT, Peppers, PersonalTokens, Time
from tests.unit.usecases.lists import Sequences
from tests.unit.usecases.stores import BOB, Users

WANTED = NewPersonalToken(ADA.id, "deploy", ("api",))
TODAY = date.fromisoformat(NOW[:10])


@pytest.fixture
def deps():
    tokens = PersonalTokens()
    return PersonalTokenDeps(Peppers(), tokens, tokens, Users(), Sequences(), Time().runtime)


def test_a_token_is_found_by_its_value_which_is_not_stored(deps):
    made, value = manage_personal_tokens.create_token(WANTED, ROOT, deps)

    assert value.startswith("glpat-")
    assert value not in repr(deps.personal.stored)
    assert value not in repr(deps.personal.records)
    assert manage_personal_tokens.own_token(value, deps) == made
    assert (made.user_id, made.scopes, made.created_at, made.expires_at) == (ADA.id, ("api",), NOW, "2027-03-01")


@pytest.mark.parametrize(
    ("wanted", "caller", "refusal"),
    [
        (WANTED, ADA, Forbidden),
        (replace(WANTED, user_id=99), ROOT, NotFound),
        (replace(WANTED, user_id=-1), ROOT, NotFound),
        (replace(WANTED, name=" "), ROOT, Unprocessable),
        (replace(WANTED, expires_at=date(2027, 3, 2)), ROOT, Unprocessable),
        (replace(WANTED, expires_at=date(2026, 2, 28)), ROOT, Unprocessable),
    ],
)
def test_tokens_that_cannot_be_created(deps, wanted, caller, refusal):
    with pytest.raises(refusal):
        manage_personal_tokens.create_token(wanted, caller, deps)

    assert deps.personal.stored == {}


@pytest.mark.parametrize("expires_at", [TODAY, date(2027, 3, 1)])
def test_a_token_expires_between_today_and_a_year_from_now(deps, expires_at):
    token, _ = manage_personal_tokens.create_token(replace(WANTED, expires_at=expires_at), ROOT, deps)

    assert token.expires_at == str(expires_at)


def test_administrators_list_all_tokens_and_others_their_own(deps):
    of_ada, _ = manage_personal_tokens.create_token(WANTED, ROOT, deps)
    of_bob, _ = manage_personal_tokens.create_token(replace(WANTED, user_id=BOB.id, name="other"), ROOT, deps)

    def listed(caller, **wanted):
        return [token.id for token in manage_personal_tokens.list_tokens(PersonalTokenFilter(**wanted), caller, deps)]

    assert listed(ROOT) == sorted([of_ada.id, of_bob.id], reverse=True)
    assert listed(ROOT, user_id=BOB.id) == listed(BOB) == listed(BOB, user_id=BOB.id) == [of_bob.id]
    assert listed(ROOT, search="DEP") == [of_ada.id]
    with pytest.raises(Unauthorized):
        listed(BOB, user_id=ADA.id)


def test_tokens_are_active_until_they_are_revoked(deps):
    made, _ = manage_personal_tokens.create_token(WANTED, ROOT, deps)
    assert manage_personal_tokens.list_tokens(PersonalTokenFilter(state="active"), ADA, deps) == [made]

    manage_personal_tokens.revoke_token(made, deps)

    assert manage_personal_tokens.list_tokens(PersonalTokenFilter(state="active"), ADA, deps) == []
    assert [
        token.revoked for token in manage_personal_tokens.list_tokens(PersonalTokenFilter(state="inactive"), ADA, deps)
    ] == [True]
    with pytest.raises(BadRequest):
        manage_personal_tokens.revoke_token(made, deps)


def test_only_administrators_learn_that_there_is_no_such_token(deps):
    made, _ = manage_personal_tokens.create_token(WANTED, ROOT, deps)

    assert manage_personal_tokens.find_token(made.id, ADA, deps) == made
    for token_id in (made.id, 99):
        with pytest.raises(Unauthorized):
            manage_personal_tokens.find_token(token_id, BOB, deps)
    with pytest.raises(NotFound):
        manage_personal_tokens.find_token(99, ROOT, deps)


def test_a_token_is_rotated_once_and_keeps_name_and_scopes(deps):
    old, _ = manage_personal_tokens.create_token(WANTED, ROOT, deps)
    new, value = manage_personal_tokens.rotate_token(old, None, deps)

    assert (new.name, new.scopes, new.expires_at) == (old.name, old.scopes, "2026-03-08")
    assert deps.personal.token(old.id).revoked
    assert manage_personal_tokens.own_token(value, deps) == new
    with pytest.raises(BadRequest, match="token already revoked"):
        manage_personal_tokens.rotate_token(old, None, deps)
