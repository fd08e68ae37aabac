"""Projects: their paths, their configuration, their protected refs."""

import pytest

from pullcord.projects import Project, ProtectedRef, protections_of

WIDGETS = Project(7, "Widgets", "widgets", 3, "acme/tools", "https://git.example.test/widgets.git")


def test_a_project_is_below_its_namespace():
    assert WIDGETS.full_path == "acme/tools/widgets"


@pytest.mark.parametrize(
    ("path", "file"), [(None, ".gitlab-ci.yml"), ("", ".gitlab-ci.yml"), ("ci/main.yml", "ci/main.yml")]
)
def test_where_the_configuration_is(path, file):
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
def test_a_star_stands_for_anything_and_nothing_else_does(name, ref, covered):
    assert ProtectedRef("branch", name).covers("branch", ref) is covered
    assert not ProtectedRef("branch", name).covers("tag", ref)


def test_all_protections_that_cover_a_ref_are_found():
    main, every, tag = ProtectedRef("branch", "main"), ProtectedRef("branch", "*"), ProtectedRef("tag", "*")

    assert protections_of([main, every, tag], "branch", "main") == [main, every]
    assert protections_of([main, every, tag], "tag", "main") == [tag]
    assert protections_of([], "branch", "main") == []
