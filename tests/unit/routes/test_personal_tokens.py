"""Routes of personal access tokens."""

import pytest

from pullcord.errors import BadParameters, BadRequest, NotFound, Unauthorized
from pullcord.wire import user_json
from tests.unit.routes.service import BOB, OWNER, ROOT, Service, names


class WithTokens(Service):
    """A service with a token of Ada and one of Bob. values: the tokens themselves, by username."""

    def __init__(self, user=OWNER):
        super().__init__(user)
        self.values = {owner.username: self._create(owner) for owner in (OWNER, BOB)}

    def _create(self, owner):
        caller, self.authenticator.user = self.authenticator.user, ROOT
        body = {"name": f"of {owner.username}", "scopes": ["api"]}
        value = self.call("create_personal_access_token", body, user=str(owner.id)).body["token"]
        self.authenticator.user = caller
        return value

    def token_of(self, username):
        """The stored token of a user with this name."""
        return next(token for token in self.personal.stored.values() if token.name == f"of {username}")

    def number_of(self, username):
        return str(self.token_of(username).id)


@pytest.fixture
def service():
    return WithTokens()


def test_a_user_lists_their_own_tokens_without_values(service):
    answer = service.call("list_personal_access_tokens")

    assert answer.status == 200
    assert answer.body == [user_json.personal_token(service.token_of("ada"), "2026-03-01")]
    assert answer.headers["X-Total"] == "1"


def test_an_administrator_lists_all_tokens_and_filters_them():
    service = WithTokens(ROOT)

    assert names(service.call("list_personal_access_tokens")) == ["of bob", "of ada"]
    assert names(service.call("list_personal_access_tokens", query="user_id=6")) == ["of bob"]
    assert names(service.call("list_personal_access_tokens", query="search=ada&state=active&revoked=false")) == [
        "of ada"
    ]
    assert names(service.call("list_personal_access_tokens", query="state=inactive")) == []


def test_a_token_is_read_by_its_owner_and_administrators(service):
    answer = service.call("get_personal_access_token", token=service.number_of("ada"))
    by_administrator = WithTokens(ROOT)

    assert (answer.status, answer.body) == (200, user_json.personal_token(service.token_of("ada"), "2026-03-01"))
    number = by_administrator.number_of("ada")
    assert by_administrator.call("get_personal_access_token", token=number).body["user_id"] == OWNER.id


def test_a_token_is_revoked_once(service):
    number = service.number_of("ada")

    answer = service.call("revoke_personal_access_token", token=number)
    assert (answer.status, answer.body) == (204, None)
    assert service.token_of("ada").revoked
    with pytest.raises(BadRequest):
        service.call("revoke_personal_access_token", token=number)


def test_a_token_is_rotated(service):
    old = service.token_of("ada")

    answer = service.call("rotate_personal_access_token", {"expires_at": "2026-12-24"}, token=str(old.id))

    new = service.personal.stored[answer.body["id"]]
    assert (answer.status, answer.body) == (200, user_json.personal_token(new, "2026-03-01", answer.body["token"]))
    assert (new.name, new.scopes, new.expires_at) == (old.name, old.scopes, "2026-12-24")
    assert service.personal.stored[old.id].revoked


def test_the_token_of_the_call_is_read(service):
    answer = service.call("get_own_token", credential=service.values["ada"])

    assert (answer.status, answer.body) == (200, user_json.personal_token(service.token_of("ada"), "2026-03-01"))


def test_the_token_of_the_call_is_revoked(service):
    answer = service.call("revoke_own_token", credential=service.values["ada"])

    assert (answer.status, answer.body) == (204, None)
    assert service.token_of("ada").revoked
    assert not service.token_of("bob").revoked


def test_the_token_of_the_call_is_rotated(service):
    old = service.token_of("ada")

    answer = service.call("rotate_own_token", credential=service.values["ada"])

    new = service.personal.stored[answer.body["id"]]
    assert (answer.status, answer.body["token"].startswith("glpat-")) == (200, True)
    assert (new.user_id, new.name, new.expires_at) == (OWNER.id, old.name, "2026-03-08")
    assert service.personal.stored[old.id].revoked


@pytest.mark.parametrize("operation", ["get_own_token", "revoke_own_token", "rotate_own_token"])
def test_an_unknown_token_has_nothing_to_read_or_change(service, operation):
    with pytest.raises(Unauthorized):
        service.call(operation, credential="glpat-unknown")


@pytest.mark.parametrize(
    "operation", ["get_personal_access_token", "revoke_personal_access_token", "rotate_personal_access_token"]
)
def test_tokens_of_others_are_refused_without_saying_whether_they_exist(service, operation):
    for number in (service.number_of("bob"), "99"):
        with pytest.raises(Unauthorized):
            service.call(operation, token=number)
    assert not service.token_of("bob").revoked
    with pytest.raises(NotFound):
        WithTokens(ROOT).call(operation, token="99")


@pytest.mark.parametrize(
    ("operation", "body", "parts", "phrase"),
    [
        ("get_personal_access_token", {}, {"token": "x"}, "id is invalid"),
        ("revoke_personal_access_token", {}, {"token": "x"}, "id is invalid"),
        ("rotate_personal_access_token", {}, {"token": "x"}, "id is invalid"),
        ("rotate_personal_access_token", {"expires_at": "soon"}, {"token": "5"}, "expires_at is invalid"),
        ("rotate_own_token", {"expires_at": "soon"}, {}, "expires_at is invalid"),
        ("list_personal_access_tokens", {}, {"query": "state=old"}, "state does not have a valid value"),
    ],
)
def test_parameters_are_checked(service, operation, body, parts, phrase):
    with pytest.raises(BadParameters, match=phrase):
        service.call(operation, body, **parts)
