from copy import replace
from dataclasses import dataclass, field
from datetime import date

import pytest

from pullcord.errors import BadRequest, Forbidden, NotFound, Unauthorized, Unprocessable
from pullcord.usecases.users import manage_personal_tokens
from pullcord.usecases.users.manage_personal_tokens import NewPersonalToken, PersonalTokenDeps, PersonalTokenFilter
from tests.unit.usecases.fakes import ADA, NOW, ROOT, Peppers, Time
from tests.unit.usecases.kept import BOB, Users

WANTED = NewPersonalToken(ADA.id, "deploy", ("api",))
TODAY = date.fromisoformat(NOW[:10])


@dataclass
class Tokens:
    """Personal access tokens by id and by digest."""

    known: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)

    def add(self, token, digests):
        self.known[token.id] = token
        self.found |= {digest.key: token.found for digest in digests}

    def token(self, token_id):
        return self.known.get(token_id)

    def of_user(self, user_id):
        return [token for token in self.known.values() if token.user_id == user_id]

    def of_all(self):
        return iter(self.known.values())

    def revoke(self, token):
        before = self.known[token.id]
        self.known[token.id] = replace(before, revoked=True)
        return not before.revoked

    def rotate(self, old, new, digests):
        if not self.revoke(old):
            return False
        self.add(new, digests)
        return True

    def find(self, digests):
        return next((self.found[digest] for digest in digests if digest in self.found), None)


@pytest.fixture
def deps():
    tokens = Tokens()
    return PersonalTokenDeps(Peppers(), tokens, tokens, Users(), Time().runtime)


def test_a_token_is_found_by_its_value_and_kept_without_it(deps):
    made, value = manage_personal_tokens.create_token(WANTED, ROOT, deps)

    assert value.startswith("glpat-")
    assert value not in repr(deps.personal.known)
    assert value not in repr(deps.personal.found)
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
def test_tokens_that_are_not_made(deps, wanted, caller, refusal):
    with pytest.raises(refusal):
        manage_personal_tokens.create_token(wanted, caller, deps)

    assert deps.personal.known == {}


@pytest.mark.parametrize("end", [TODAY, date(2027, 3, 1)])
def test_a_token_lives_from_today_to_a_year_from_now(deps, end):
    assert manage_personal_tokens.create_token(replace(WANTED, expires_at=end), ROOT, deps)[0].expires_at == str(end)


def test_who_lists_whose_tokens(deps):
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
