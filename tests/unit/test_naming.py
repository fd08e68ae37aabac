"""Rules for the paths and names of groups, projects and users."""

import pytest

from pullcord.naming import MAX_FULL_PATH_LENGTH, MAX_LENGTH, NAME_RULE, PATH_RULE, name_problem, path_of, path_problem


@pytest.mark.parametrize("path", ["widgets", "W", "_x", "a.b", "a-b_c.d", "9", "x" * MAX_LENGTH, "gitlab", "a.gitx"])
def test_a_valid_path(path):
    assert path_problem(path) is None


@pytest.mark.parametrize(
    "path",
    ["", "-x", ".x", "x.", "x-", "a b", "a/b", "ü", "x\n", "x.git", "x.GIT", "x.atom", "a\0b", "a@b", ".."],
)
def test_an_invalid_path(path):
    assert path_problem(path) == PATH_RULE


def test_the_length_of_a_path_is_limited_alone_and_with_the_groups_above():
    assert path_problem("x" * (MAX_LENGTH + 1)) == "is too long (maximum is 255 characters)"
    assert path_problem("x", "a/" * (MAX_FULL_PATH_LENGTH // 2)) is None
    too_long = path_problem("x", "a/" * (MAX_FULL_PATH_LENGTH // 2) + "x")
    assert too_long == "is too long with the groups above (maximum is 1000 characters)"


@pytest.mark.parametrize("name", ["Widgets", "9 to 5", "_x", "a+b (c) - d.e", "Größe", "🚀 rocket", "x" * MAX_LENGTH])
def test_a_valid_name(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "can't be blank"),
        (" \t", "can't be blank"),
        ("#x", NAME_RULE),
        (" x", NAME_RULE),
        ("-x", NAME_RULE),
        ("a/b", NAME_RULE),
        ("a<b>", NAME_RULE),
        ("x\n", NAME_RULE),
        ("x" * (MAX_LENGTH + 1), "is too long (maximum is 255 characters)"),
    ],
)
def test_an_invalid_name(name, problem):
    assert name_problem(name) == problem


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Widgets", "widgets"),
        ("Small Widgets", "small-widgets"),
        ("a + b", "a-b"),
        ("Größe", "gr-e"),
        ("-x-", "x"),
        ("v1.0.", "v1.0"),
        ("a_b", "a_b"),
        ("🚀", ""),
    ],
)
def test_a_path_is_derived_from_a_name(name, path):
    assert path_of(name) == path
