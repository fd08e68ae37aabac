import pytest

from pullcord.errors import Conflict, Forbidden, Invalid, NotFound
from pullcord.usecases.settings import manage_variables
from pullcord.usecases.settings.manage_variables import SEVERAL, VariableScope
from pullcord.variables import SettingsVariable
from tests.unit.usecases.fakes import ADA, ROOT
from tests.unit.usecases.kept import Lists

SCOPE = VariableScope("project", 7)
URL = SettingsVariable("URL", "for all")
URL_OF_PRODUCTION = SettingsVariable("URL", "for production", environment_scope="production")
HIDDEN = SettingsVariable("KEY", "hidden-value", masked=True, hidden=True)


def test_variables_keep_their_order():
    kept = Lists((URL,))
    manage_variables.create_variable(SCOPE, HIDDEN, kept)
    manage_variables.update_variable(SCOPE, "URL", None, {"value": "new"}, kept)

    assert [variable.value for variable in manage_variables.list_variables(SCOPE, kept)] == ["new", "hidden-value"]


@pytest.mark.parametrize(
    ("environment", "found"), [("*", URL), ("production", URL_OF_PRODUCTION), (None, Conflict), ("staging", NotFound)]
)
def test_the_environment_tells_variables_of_one_key_apart(environment, found):
    kept = Lists((URL, URL_OF_PRODUCTION))

    if isinstance(found, SettingsVariable):
        assert manage_variables.find_variable(SCOPE, "URL", environment, kept) == found
    else:
        with pytest.raises(found) as refusal:
            manage_variables.find_variable(SCOPE, "URL", environment, kept)
        assert refusal.value.message == {Conflict: SEVERAL, NotFound: "404 Variable Not Found"}[found]


def test_a_key_is_taken_once_in_an_environment():
    kept = Lists((URL, URL_OF_PRODUCTION))

    with pytest.raises(Invalid) as refusal:
        manage_variables.create_variable(SCOPE, URL, kept)
    assert refusal.value.problems == {"key": ["(URL) has already been taken"]}
    with pytest.raises(Invalid):
        manage_variables.update_variable(SCOPE, "URL", "production", {"environment_scope": "*"}, kept)


def test_what_is_hidden_stays_masked():
    kept = Lists((HIDDEN,))

    with pytest.raises(Invalid):
        manage_variables.update_variable(SCOPE, "KEY", None, {"masked": False}, kept)
    assert manage_variables.update_variable(SCOPE, "KEY", None, {"value": "other-value"}, kept).hidden


def test_a_change_that_meets_others_is_made_after_them():
    kept = Lists((URL,), meets=3)

    manage_variables.delete_variable(SCOPE, "URL", None, kept)

    assert kept.rows == ()


def test_a_change_that_always_meets_others_is_refused_at_last():
    with pytest.raises(Conflict):
        manage_variables.create_variable(SCOPE, URL, Lists(meets=99))


@pytest.mark.parametrize(("failing", "refusal"), [("owner", NotFound), ("size", Invalid)])
def test_what_does_not_fit_is_refused(failing, refusal):
    with pytest.raises(refusal):
        manage_variables.create_variable(SCOPE, URL, Lists(failing=frozenset({failing})))


def test_administrators_alone_keep_the_variables_of_the_instance():
    assert VariableScope.of_instance(ROOT) == VariableScope("instance")
    with pytest.raises(Forbidden):
        VariableScope.of_instance(ADA)
