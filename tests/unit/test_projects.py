"""Projects: their paths, their configuration, their protected refs."""

import pytest

from pullcord.projects import ADMINISTRATORS, Grant, Project, ProtectedRef, protections_of, split_login, without_login

WIDGETS = Project(7, "Widgets", "widgets", 3, "acme/tools", "https://git.example.test/widgets.git")


def test_a_project_is_below_its_namespace():
    assert WIDGETS.full_path == "acme/tools/widgets"


@pytest.mark.parametrize(
    ("path", "file"), [(None, ".gitlab-ci.yml"), ("", ".gitlab-ci.yml"), ("ci/main.yml", "ci/main.yml")]
)
def test_the_configuration_has_a_default_path(path, file):
    project = Project(7, "Widgets", "widgets", 3, "acme", "", ci_config_path=path)

    assert project.config_file == file


@pytest.mark.parametrize(
    ("name", "ref", "covered"),
    [
        ("main", "main", True),
        ("main", "Main", False),
        ("main", "main2", False),
        ("*", "anything/at/all", True),
        ("release/*", "release/1.0", True),
        ("release/*", "release/1.0/fix", True),
        ("release/*", "release", False),
        ("*-stable", "1-0-stable", True),
        ("*-stable", "stable", False),
        ("v*.*", "v1.0", True),
        ("a?c", "abc", False),
        ("a?c", "a?c", True),
        ("[ab]", "a", False),
        ("[ab]", "[ab]", True),
        ("a.c", "abc", False),
    ],
)
def test_a_star_matches_anything_and_no_other_character_is_a_wildcard(name, ref, covered):
    assert ProtectedRef("branch", name).covers("branch", ref) is covered
    assert not ProtectedRef("branch", name).covers("tag", ref)


def test_all_protections_that_cover_a_ref_are_found():
    main, every, tag = ProtectedRef("branch", "main"), ProtectedRef("branch", "*"), ProtectedRef("tag", "*")

    assert protections_of([main, every, tag], "branch", "main") == [main, every]
    assert protections_of([main, every, tag], "tag", "main") == [tag]
    assert protections_of([], "branch", "main") == []


@pytest.mark.parametrize(
    ("grant", "covered"),
    [
        (Grant(1, level=30), {30, 40, 50, ADMINISTRATORS}),
        (Grant(1, level=40), {40, 50, ADMINISTRATORS}),
        (Grant(1, level=ADMINISTRATORS), {ADMINISTRATORS}),
        (Grant(1, level=0), set()),
        (Grant(1), set()),
        (Grant(1, user_id=5), {0, 30, 40, 50, ADMINISTRATORS}),
        (Grant(1, user_id=6), set()),
        (Grant(1, level=30, user_id=6), set()),
    ],
)
def test_a_grant_covers_a_level_and_above_or_one_user(grant, covered):
    assert {level for level in (0, 30, 40, 50, ADMINISTRATORS) if grant.covers(5, level)} == covered


@pytest.mark.parametrize("kind", ["push", "merge", "create"])
def test_users_who_may_push_merge_or_create_may_run_pipelines(kind):
    protection = ProtectedRef("branch", "main")._replace(**{kind: (Grant(1, level=0), Grant(2, level=40))})

    assert protection.allows_pipelines(5, 40)
    assert not protection.allows_pipelines(5, 30)


@pytest.mark.parametrize(
    ("text", "public", "login"),
    [
        ("https://git.example.com/a.git", "https://git.example.com/a.git", None),
        ("https://ada:s3cret@git.example.com/a.git", "https://git.example.com/a.git", ("ada", "s3cret")),
        ("https://ada@git.example.com/a.git", "https://git.example.com/a.git", ("ada", "")),
        ("https://:s3cret@git.example.com:8443/a", "https://git.example.com:8443/a", ("", "s3cret")),
        ("https://ada:p%40ss%2F@git.example.com/a", "https://git.example.com/a", ("ada", "p@ss/")),
        ("https://ada:p@ss:w@git.example.com/a", "https://git.example.com/a", ("ada", "p@ss:w")),
        ("HTTP://ada:s3cret@git.example.com?x=a@b#c@d", "HTTP://git.example.com?x=a@b#c@d", ("ada", "s3cret")),
        ("ftp://ada:s3cret@git.example.com/a", "ftp://git.example.com/a", ("ada", "s3cret")),
        ("https://git.example.com/a@v1/b.yml", "https://git.example.com/a@v1/b.yml", None),
        ("file.yml@acme/tools:main", "file.yml@acme/tools:main", None),
        (" https://ada:s3cret@git.example.com/a", " https://git.example.com/a", ("ada", "s3cret")),
        ("https://ada:s3 cret@git.example.com/a", "https://git.example.com/a", ("ada", "s3 cret")),
        ("https://[ada:s3cret@git.example.com/a", "https://git.example.com/a", ("[ada", "s3cret")),
        ("", "", None),
    ],
)
def test_a_login_is_split_from_a_url(text, public, login):
    assert split_login(text) == (public, login)
    assert without_login(text) == public


def test_a_configuration_is_named_without_a_login():
    project = Project(7, "Widgets", "widgets", 3, "acme", "", ci_config_path="https://ada:s3cret@ci.example.com/a.yml")

    assert project.config_file == "https://ci.example.com/a.yml"
