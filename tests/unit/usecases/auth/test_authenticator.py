"""From a personal access token to a caller, and from a caller to their access."""

from copy import replace

import pytest

from pullcord.access import Level
from pullcord.callers import ANONYMOUS, Caller
from pullcord.errors import Forbidden, InsufficientScope, InvalidToken, NotFound, Unauthorized
from pullcord.tokens import TokenRecord
from pullcord.usecases.auth.authenticator import Authenticator
from tests.unit.usecases.fakes import ADA, NOW, TODAY, WIDGETS, Peppers, Time, TokenRecords
from tests.unit.usecases.stores import ACME, Directory, Users

RECORD = TokenRecord("personal", 12, ADA.id, scopes=("api",))
API, READ_API = ("api",), ("api", "read_api")


@pytest.fixture
def authenticator():
    return Authenticator(Peppers(), TokenRecords(), Users(), Directory(), Time().runtime)


def caller(authenticator, token="glpat-1", scopes=API, *, anonymous=False):
    return authenticator.caller(token, scopes, anonymous=anonymous)


def add(authenticator, record=RECORD, peppers=None):
    authenticator.tokens.add_record("glpat-1", record, peppers or authenticator.peppers)


def test_a_token_leads_to_its_user(authenticator):
    add(authenticator)

    assert caller(authenticator) == Caller("person", ADA, ("api",), token_id=12)


def test_a_token_from_before_the_rotation_leads_to_its_user(authenticator):
    add(authenticator, peppers=Peppers("old pepper"))

    assert caller(authenticator).user == ADA


def test_a_call_without_a_token_is_anonymous_where_that_is_allowed(authenticator):
    assert caller(authenticator, None, READ_API, anonymous=True) == ANONYMOUS
    assert ANONYMOUS.user is None
    with pytest.raises(Unauthorized) as refusal:
        caller(authenticator, None, READ_API)
    assert refusal.value.code == "no_token"


@pytest.mark.parametrize(
    ("record", "refusal", "code"),
    [
        (replace(RECORD, kind="trigger"), Unauthorized, "unknown_token"),
        (replace(RECORD, kind="job"), Unauthorized, "unknown_token"),
        (replace(RECORD, user_id=99), Unauthorized, "user_deleted"),
        (replace(RECORD, revoked=True), InvalidToken, "token_revoked"),
        (replace(RECORD, expires_at=NOW), InvalidToken, "token_expired"),
        (replace(RECORD, expires_at=TODAY), InvalidToken, "token_expired"),
        (replace(RECORD, revoked=True, expires_at="2020-01-01"), InvalidToken, "token_revoked"),
        (replace(RECORD, scopes=("read_api",)), InsufficientScope, "insufficient_scope"),
        (replace(RECORD, scopes=()), InsufficientScope, "insufficient_scope"),
    ],
)
@pytest.mark.parametrize("anonymous", [False, True])
def test_a_token_that_is_not_valid_is_refused_even_where_none_is_needed(
    authenticator, record, refusal, code, anonymous
):
    add(authenticator, record)

    with pytest.raises(refusal) as caught:
        caller(authenticator, anonymous=anonymous)
    assert caught.value.code == code


@pytest.mark.parametrize("token", ["", "unknown", "glpat-", "\ud800", "x" * 100_000])
def test_an_unknown_token_is_refused(authenticator, token):
    with pytest.raises(Unauthorized):
        caller(authenticator, token, READ_API, anonymous=True)


def test_one_of_the_scopes_is_enough(authenticator):
    add(authenticator, replace(RECORD, scopes=("read_api",)))

    assert caller(authenticator, scopes=READ_API).user == ADA


def test_a_refusal_for_scopes_lists_those_that_would_do(authenticator):
    add(authenticator, replace(RECORD, scopes=("read_user",)))

    with pytest.raises(InsufficientScope) as refusal:
        caller(authenticator, scopes=READ_API)
    assert refusal.value.message == "api read_api"


@pytest.mark.parametrize("scopes", [(), ("read_user",), ("k8s_proxy",)])
def test_a_call_that_needs_no_scope_is_allowed_with_any(authenticator, scopes):
    add(authenticator, replace(RECORD, scopes=scopes))

    assert caller(authenticator, scopes=()).scopes == scopes


@pytest.mark.parametrize("state", ["blocked", "deactivated"])
def test_a_blocked_user_is_forbidden(authenticator, state):
    authenticator.users.stored[ADA.id] = replace(ADA, state=state)
    add(authenticator)

    with pytest.raises(Forbidden) as refusal:
        caller(authenticator, scopes=READ_API)
    assert refusal.value.code == "user_blocked"


def test_a_callers_access_to_a_project_and_a_group(authenticator):
    authenticator.directory.levels[ADA.id] = 40

    project = authenticator.project(Caller("person", ADA), "acme/widgets")
    group = authenticator.group(Caller("person", ADA), "30")

    assert (project.project, project.user, project.level) == (WIDGETS, ADA, Level.MAINTAINER)
    assert (group.group, group.user, group.level) == (ACME, ADA, Level.MAINTAINER)


def test_an_anonymous_caller_sees_no_private_project_or_group(authenticator):
    with pytest.raises(NotFound, match="404 Project Not Found"):
        authenticator.project(ANONYMOUS, "7")
    with pytest.raises(NotFound, match="404 Group Not Found"):
        authenticator.group(ANONYMOUS, "30")


def test_a_membership_that_ends_today_gives_no_access(authenticator):
    authenticator.directory.members.join("project", WIDGETS.id, ADA, 40, expires_at=TODAY)
    authenticator.directory.members.join("group", ACME.id, ADA, 40, expires_at=TODAY)

    with pytest.raises(NotFound):
        authenticator.project(Caller("person", ADA), "7")
    with pytest.raises(NotFound):
        authenticator.group(Caller("person", ADA), "30")
