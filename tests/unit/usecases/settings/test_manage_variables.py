"""Managing CI/CD variables of projects, groups and the instance."""

import pytest

from pullcord.access import Level, abilities, group_abilities
from pullcord.errors import Conflict, Forbidden, Invalid, NotFound
from pullcord.usecases.auth.group_access import GroupAccess
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.settings import manage_variables
from pullcord.usecases.settings.manage_variables import SEVERAL, VariableScope
from pullcord.variables import SettingsVariable
from tests.unit.usecases.fakes import ADA, ROOT, WIDGETS
from tests.unit.usecases.lists import VersionedList
from tests.unit.usecases.stores import ACME

SCOPE = VariableScope("project", 7)
INSTANCE = VariableScope("instance")
URL = SettingsVariable("URL", "for all")
URL_OF_PRODUCTION = SettingsVariable("URL", "for production", environment_scope="production")
HIDDEN = SettingsVariable("KEY", "hidden-value", masked=True, hidden=True)


def test_variables_keep_their_order():
    store = VersionedList((URL,))
    manage_variables.create_variable(SCOPE, HIDDEN, store)
    manage_variables.update_variable(SCOPE, "URL", None, {"value": "new"}, store)

    assert [variable.value for variable in manage_variables.list_variables(SCOPE, store)] == ["new", "hidden-value"]


@pytest.mark.parametrize(("environment", "variable"), [("*", URL), ("production", URL_OF_PRODUCTION)])
def test_the_environment_scope_distinguishes_variables_of_one_key(environment, variable):
    store = VersionedList((URL, URL_OF_PRODUCTION))

    assert manage_variables.find_variable(SCOPE, "URL", environment, store) == variable


@pytest.mark.parametrize(
    ("environment", "refusal", "message"),
    [(None, Conflict, SEVERAL), ("staging", NotFound, "404 Variable Not Found")],
)
def test_a_variable_that_is_ambiguous_or_unknown_is_refused(environment, refusal, message):
    store = VersionedList((URL, URL_OF_PRODUCTION))

    with pytest.raises(refusal) as caught:
        manage_variables.find_variable(SCOPE, "URL", environment, store)
    assert caught.value.message == message


def test_a_key_is_unique_in_an_environment_scope():
    store = VersionedList((URL, URL_OF_PRODUCTION))

    with pytest.raises(Invalid) as refusal:
        manage_variables.create_variable(SCOPE, URL, store)
    assert refusal.value.problems == {"key": ["(URL) has already been taken"]}
    with pytest.raises(Invalid):
        manage_variables.update_variable(SCOPE, "URL", "production", {"environment_scope": "*"}, store)


def test_a_project_may_have_a_key_once_for_each_environment_scope():
    store = VersionedList()
    manage_variables.create_variable(SCOPE, URL, store)
    manage_variables.create_variable(SCOPE, URL_OF_PRODUCTION, store)

    assert store.rows == (URL, URL_OF_PRODUCTION)


def test_a_variable_of_the_instance_has_every_environment_as_its_scope():
    store = VersionedList()
    created = manage_variables.create_variable(INSTANCE, URL_OF_PRODUCTION, store)
    updated = manage_variables.update_variable(INSTANCE, "URL", None, {"environment_scope": "staging"}, store)

    assert (created.environment_scope, updated.environment_scope) == ("*", "*")


def test_a_key_of_the_instance_is_unique():
    store = VersionedList()
    manage_variables.create_variable(INSTANCE, URL, store)

    with pytest.raises(Invalid, match="has already been taken"):
        manage_variables.create_variable(INSTANCE, URL_OF_PRODUCTION, store)


def test_a_hidden_variable_stays_masked():
    store = VersionedList((HIDDEN,))

    with pytest.raises(Invalid):
        manage_variables.update_variable(SCOPE, "KEY", None, {"masked": False}, store)
    assert manage_variables.update_variable(SCOPE, "KEY", None, {"value": "other-value"}, store).hidden


def test_a_change_is_retried_after_changes_by_others():
    store = VersionedList((URL,), conflicts=3)

    manage_variables.delete_variable(SCOPE, "URL", None, store)

    assert store.rows == ()


def test_a_change_that_always_conflicts_is_refused_at_last():
    with pytest.raises(Conflict):
        manage_variables.create_variable(SCOPE, URL, VersionedList(conflicts=99))


@pytest.mark.parametrize(("failing", "refusal"), [("owner", NotFound), ("size", Invalid)])
def test_a_deleted_owner_and_a_list_that_is_too_large_are_refused(failing, refusal):
    with pytest.raises(refusal):
        manage_variables.create_variable(SCOPE, URL, VersionedList(failing=frozenset({failing})))


def test_maintainers_manage_the_variables_of_a_project():
    def access(level):
        return ProjectAccess(WIDGETS, ADA, abilities(ADA, level, WIDGETS), level)

    assert VariableScope.of_project(access(Level.MAINTAINER)) == VariableScope("project", WIDGETS.id)
    with pytest.raises(Forbidden):
        VariableScope.of_project(access(Level.DEVELOPER))


def test_owners_manage_the_variables_of_a_group():
    def access(level):
        return GroupAccess(ACME, ADA, level, group_abilities(ADA, level, ACME))

    assert VariableScope.of_group(access(Level.OWNER)) == VariableScope("group", ACME.id)
    with pytest.raises(Forbidden):
        VariableScope.of_group(access(Level.MAINTAINER))


def test_administrators_manage_the_variables_of_the_instance():
    assert VariableScope.of_instance(ROOT) == INSTANCE
    with pytest.raises(Forbidden):
        VariableScope.of_instance(ADA)
