"""Creating the first administrator."""

import pytest

from pullcord.usecases.users.bootstrap import BootstrapDeps, bootstrap
from tests.unit.usecases.fakes import NOW, Peppers, PersonalTokens, Time
from tests.unit.usecases.stores import Users


@pytest.fixture
def deps():
    return BootstrapDeps(Peppers(), Users(stored={}), PersonalTokens(), Time().runtime)


def record_of(token, deps):
    return deps.tokens.find(deps.peppers.keyring().digests(token))


def test_root_is_an_administrator_with_their_own_namespace(deps):
    user = bootstrap("glpat-root", deps)

    assert deps.users.stored == {1: user}
    assert (user.username, user.admin, user.state, user.created_at) == ("root", True, "active", NOW)
    namespace = deps.users.namespaces[user.namespace_id]
    assert (namespace.full_path, namespace.kind, namespace.owner_id) == ("root", "user", 1)


def test_the_token_has_the_scope_api_and_does_not_expire(deps):
    bootstrap("glpat-root", deps)

    record = record_of("glpat-root", deps)
    assert (record.kind, record.user_id, record.scopes, record.expires_at) == ("personal", 1, ("api",), None)
    assert "glpat-root" not in repr(deps.tokens)


def test_the_token_is_found_under_every_pepper_in_force(deps):
    bootstrap("glpat-root", deps)

    digests = deps.peppers.keyring().digests("glpat-root")
    assert set(digests) == set(deps.tokens.records)
    assert len(digests) == 2


def test_a_repeated_call_changes_nothing(deps):
    bootstrap("glpat-root", deps)
    users, records = dict(deps.users.stored), set(deps.tokens.records)

    bootstrap("glpat-root", deps)

    assert (deps.users.stored, set(deps.tokens.records), list(deps.tokens.stored)) == (users, records, [1])


def test_another_token_replaces_the_first(deps):
    bootstrap("glpat-root", deps)
    bootstrap("glpat-other", deps)

    assert record_of("glpat-root", deps) is None
    assert record_of("glpat-other", deps).user_id == 1


def test_a_user_that_exists_already_gets_the_token(deps):
    deps.users.failing = [frozenset({"id"})]

    bootstrap("glpat-root", deps)

    assert deps.users.stored == {}
    assert record_of("glpat-root", deps).user_id == 1
