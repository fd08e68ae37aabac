"""Variables of the instance hold in every environment, so a key is there once."""

import pytest

from pullcord.errors import Invalid
from pullcord.usecases.settings.manage_variables import VariableScope, create_variable, update_variable
from pullcord.variables import SettingsVariable


class StoredToken:
    """Variables in memory."""

    def __init__(self) -> None:
        self.all = ()

    def versioned(self, _kind, _number):
        return self.all, 0

    def store(self, _kind, _number, variables, _version):
        self.all = tuple(variables)
        return frozenset()


@pytest.fixture
def kept():
    return StoredToken()


def test_an_environment_scope_of_the_instance_is_every_environment(kept):
    assert (
        create_variable(
            VariableScope("instance"), SettingsVariable("A", "1", environment_scope="production"), kept
        ).environment_scope
        == "*"
    )
    assert (
        update_variable(VariableScope("instance"), "A", None, {"environment_scope": "staging"}, kept).environment_scope
        == "*"
    )


def test_a_key_of_the_instance_is_there_once(kept):
    create_variable(VariableScope("instance"), SettingsVariable("A", "1"), kept)

    with pytest.raises(Invalid, match="has already been taken"):
        create_variable(VariableScope("instance"), SettingsVariable("A", "2", environment_scope="production"), kept)


def test_a_key_of_a_project_is_there_once_for_each_environment(kept):
    create_variable(VariableScope("project", 7), SettingsVariable("A", "1"), kept)
    create_variable(VariableScope("project", 7), SettingsVariable("A", "2", environment_scope="production"), kept)

    assert [one.value for one in kept.all] == ["1", "2"]
