"""Which CI/CD variables of projects, groups and the instance are valid."""

import pytest

from pullcord.variables import SettingsVariable, problems


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"key": "KEY"}, []),
        ({"key": "A" * 255}, []),
        ({"key": "A" * 256}, ["key"]),
        ({"key": ""}, ["key"]),
        ({"key": "A\n"}, ["key"]),
        ({"value": ""}, []),
        ({"value": "", "masked": True}, ["value"]),
        ({"value": "x" * 10_000}, []),
        ({"value": "x" * 10_001}, ["value"]),
        ({"value": "aA0_+=/@:.~-", "masked": True}, []),
        ({"value": "seven77", "masked": True}, ["value"]),
        ({"value": "eight888\n", "masked": True}, ["value"]),
        ({"value": "with space", "masked": True}, ["value"]),
        ({"value": "dollar$$", "masked": True}, ["value"]),
        ({"value": "dollar$$", "masked": True, "raw": True}, []),
        ({"environment_scope": "review/$CI_COMMIT_REF_SLUG-*"}, []),
        ({"environment_scope": "/production"}, ["environment_scope"]),
        ({"environment_scope": "production/"}, ["environment_scope"]),
        ({"environment_scope": "a\nb"}, ["environment_scope"]),
        ({"environment_scope": ""}, ["environment_scope"]),
    ],
)
def test_problems_of_a_variable_are_listed_by_field(wanted, fields):
    variable = SettingsVariable(**{"key": "KEY", "value": "a value", **wanted})

    assert list(problems(variable)) == fields
