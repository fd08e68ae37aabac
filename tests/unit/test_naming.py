"""Rules for the paths and names of groups, projects and users."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.naming import (
    BLANK,
    GROUP_NAME_RULE,
    MAX_FULL_PATH_LENGTH,
    MAX_LENGTH,
    NAMESPACE_PATH_RULE,
    PROJECT_NAME_RULE,
    PROJECT_PATH_RULE,
    SLUG_RULE,
    TOO_LONG,
    TOO_LONG_BELOW,
    TOO_SHORT,
    group_name_problems,
    namespace_path_problems,
    path_of,
    path_suggestion,
    project_name_problems,
    project_path_problems,
)
from tests.counting import steps

PATHS = ["widgets", "Foo_Bar", "a.b", "a-b_c.d", "99", "x" * MAX_LENGTH, "gitlab", "a.gitx", "git", "X.GIT"]


@pytest.mark.parametrize("path", [*PATHS, "W", "9", "api", "users"])
def test_a_valid_path_of_a_project(path):
    assert project_path_problems(path) == []


@pytest.mark.parametrize(
    ("path", "problems"),
    [
        ("", [BLANK, PROJECT_PATH_RULE, SLUG_RULE]),
        (" ", [BLANK, PROJECT_PATH_RULE, SLUG_RULE]),
        *((path, [PROJECT_PATH_RULE, SLUG_RULE]) for path in ("-x", "a b", "a/b", "ü", "x\n", "a\0b", "a@b", "é")),
        *((path, [PROJECT_PATH_RULE]) for path in ("x.git", "x.atom", "a.b.git")),
        *((path, [SLUG_RULE]) for path in ("_x", "x_", ".x", "x.", "x-", "a--b", "a__b", "a..b", "a-_b", "..", "_")),
        ("-", [PROJECT_PATH_RULE, SLUG_RULE]),
        ("Badges", ["Badges is a reserved name"]),
        ("create_dir", ["create_dir is a reserved name"]),
        ("x" * (MAX_LENGTH + 1), [TOO_LONG]),
    ],
)
def test_an_invalid_path_of_a_project(path, problems):
    assert project_path_problems(path) == problems


@pytest.mark.parametrize("path", [*PATHS, "badges", "user", "unsubscribe"])
def test_a_valid_path_of_a_group_and_username(path):
    assert namespace_path_problems(path) == []


@pytest.mark.parametrize(
    ("path", "problems"),
    [
        ("", [BLANK, SLUG_RULE, NAMESPACE_PATH_RULE, TOO_SHORT]),
        ("x", [TOO_SHORT]),
        ("_", [SLUG_RULE, TOO_SHORT]),
        *((path, [SLUG_RULE, NAMESPACE_PATH_RULE]) for path in ("-x", "a b", "a/b", "ü!", "x.", "a.b.", "x\n")),
        *((path, [NAMESPACE_PATH_RULE]) for path in ("x.git", "x.atom")),
        *((path, [SLUG_RULE]) for path in ("_x", "x_", ".x", "x-", "a--b", "a-.b")),
        ("API", ["API is a reserved name"]),
        ("unsubscribes", ["unsubscribes is a reserved name"]),
        ("robots.txt", ["robots.txt is a reserved name"]),
        ("x" * (MAX_LENGTH + 1), [TOO_LONG]),
    ],
)
def test_an_invalid_path_of_a_group_and_username(path, problems):
    assert namespace_path_problems(path) == problems


def test_a_subgroup_may_have_the_names_that_are_reserved_at_the_top_and_not_those_of_a_projects_pages():
    assert namespace_path_problems("api", top=False) == []
    assert namespace_path_problems("badges", top=False) == ["badges is a reserved name"]


@pytest.mark.parametrize("problems", [project_path_problems, namespace_path_problems])
def test_the_length_of_a_path_is_limited_with_the_groups_above(problems):
    assert problems("xy", "a/" * (MAX_FULL_PATH_LENGTH // 2)) == []
    assert problems("xy", "a/" * (MAX_FULL_PATH_LENGTH // 2) + "x") == [TOO_LONG_BELOW]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Widgets",
            "9 to 5",
            "_x",
            "a--b",
            "Größe",
            "Foo \u2013 Bar",
            "Ünïcode näme",
            "🚀 rocket",
            "日本語",
            "𠀀",
            "© x",
            "a.",
        ),
        "x" * MAX_LENGTH,
    ],
)
def test_a_valid_name(name):
    assert project_name_problems(name) == group_name_problems(name) == []


@pytest.mark.parametrize(
    ("name", "of_project", "of_group"),
    [
        ("a+b", [], [GROUP_NAME_RULE]),
        ("app (new)", [PROJECT_NAME_RULE], []),
        ("(new)", [PROJECT_NAME_RULE], [GROUP_NAME_RULE]),
        ("+x", [PROJECT_NAME_RULE], [GROUP_NAME_RULE]),
        ("", [BLANK, PROJECT_NAME_RULE], [BLANK, GROUP_NAME_RULE]),
        (" \t", [BLANK, PROJECT_NAME_RULE], [BLANK, GROUP_NAME_RULE]),
        *((name, [PROJECT_NAME_RULE], [GROUP_NAME_RULE]) for name in ("#x", " x", "-x", ".x", "a/b", "a<b>", "x\n")),
        *((name, [PROJECT_NAME_RULE], [GROUP_NAME_RULE]) for name in ("a:b", "a&b", "a'b", "x\x7f", "a\tb", "🪄")),
        ("x" * (MAX_LENGTH + 1), [TOO_LONG], [TOO_LONG]),
        ("#" * (MAX_LENGTH + 1), [TOO_LONG, PROJECT_NAME_RULE], [TOO_LONG, GROUP_NAME_RULE]),
    ],
)
def test_an_invalid_name(name, of_project, of_group):
    assert (project_name_problems(name), group_name_problems(name)) == (of_project, of_group)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Widgets", "Widgets"),
        ("Foo_Bar", "Foo_Bar"),
        ("a--b", "a--b"),
        ("v1.0", "v1.0"),
        ("Small Widgets", "small-widgets"),
        ("My App 1.0", "my-app-1-0"),
        ("a + b", "a-b"),
        ("x.git", "x-git"),
        ("Ünïcode näme", "unicode-name"),
        (unicodedata.normalize("NFD", "Ünïcode näme"), "unicode-name"),
        ("Straße", "strasse"),
        ("Größe", "grosse"),
        ("Łódź Žižkov", "lodz-zizkov"),
        ("Æsir Þór Œuvre", "aesir-thor-oeuvre"),
        ("Foo \u2013 Bar", "foo-bar"),
        ("naïve (2)", "naive-2"),
        ("București", "bucure-ti"),
        ("Москва", ""),
        ("-x-", "x"),
        ("_x y_", "_x-y_"),
        ("🚀", ""),
        ("", ""),
    ],
)
def test_a_path_is_derived_from_a_name(name, path):
    assert path_of(name) == path


@given(st.text(max_size=300))
def test_a_derived_path_has_nothing_but_ascii_letters_digits_and_marks(name):
    assert set(path_of(name)) <= {*string.ascii_letters, *string.digits, *"-_."}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("acme", "acme"),
        ("Acme Inc.", "AcmeInc"),
        ("ada@example.com", "ada"),
        ("-x.git.atom..", "x"),
        ("ü", "blank"),
        ("", "blank"),
    ],
)
def test_a_path_is_suggested_for_any_text(text, path):
    assert path_suggestion(text) == path


@pytest.mark.parametrize("text", ["a", "-", "a-", ".git", "ü"])
def test_a_long_text_is_judged_in_linear_time(text):
    def work(size):
        return lambda: [judge(text * size) for judge in (project_path_problems, namespace_path_problems, path_of)]

    assert steps(work(10_000)) <= 12 * steps(work(1_000))
