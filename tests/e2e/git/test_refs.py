"""Repositories as they are: renamed branches, no commits, odd names, annotated tags, two refs of one name."""

import json

import pytest

from tests.e2e.git.conftest import names
from tests.e2e.projects import base

JOB = "build: {script: make}\n"


def when(condition):
    return json.dumps({"build": {"script": "make"}, "chosen": {"script": "make", "rules": [{"if": condition}]}})


def test_the_default_branch_is_the_one_of_the_time(make):
    project = make(when("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"))
    assert names(project, project.triggered("main")) == ["build", "chosen"]
    project.repository.git("branch", "--move", "main", "trunk")

    assert project.refused("main") == (400, base("Reference not found"))
    assert names(project, project.triggered("trunk")) == ["build", "chosen"]
    project.repository.git("branch", "main", "trunk")
    assert names(project, project.triggered("main")) == ["build"]


def test_a_detached_head_is_no_branch_and_no_harm(make):
    project = make(when('$CI_DEFAULT_BRANCH == "main"'))
    project.repository.git("checkout", "--quiet", "--detach")
    project.repository.git("branch", "side")

    assert names(project, project.triggered("side")) == ["build", "chosen"]


def test_a_repository_without_commits_has_no_refs(make_hosted, make_at, host):
    repository, path = make_hosted(JOB)
    repository.git("update-ref", "-d", "refs/heads/main")
    project = make_at(host.url(path), repository)
    with project.nothing_stored():
        assert project.refused() == (400, base("Reference not found"))

    repository.commit({".gitlab-ci.yml": JOB})
    assert names(project, project.triggered()) == ["build"]


@pytest.mark.parametrize(
    "ref", ["feature/x#1", "v1.0-β", "a%2Fb", "user@host", "100%", "a;b&c=d", "'quoted'", '"', "-x", "$(x)"]
)
def test_legal_names_of_any_kind_are_names(make_shared_refs, ref):
    project = make_shared_refs(ref)

    assert project.triggered(ref)["ref"] == ref
    assert project.triggered(f"refs/heads/{ref}")["ref"] == ref


@pytest.fixture(scope="module")
def make_shared_refs(make):
    project = make(JOB)

    def with_branch(name):
        project.repository.git("update-ref", f"refs/heads/{name}", "main")
        return project

    return with_branch


def test_an_annotated_tag_brings_its_message(make):
    text = "build: {script: make}\nchosen: {script: make, rules: [{if: '$CI_COMMIT_TAG_MESSAGE =~ /^First release\\s+With notes$/'}]}\n"
    project = make(text)
    project.repository.tag("v1", message="First release\n\nWith notes\n")
    project.repository.tag("plain")

    annotated = project.triggered("v1")
    assert (annotated["tag"], annotated["sha"]) == (True, project.repository.git("rev-parse", "v1^{commit}"))
    assert names(project, annotated) == ["build", "chosen"]
    assert names(project, project.triggered("plain")) == names(project, project.triggered("main")) == ["build"]


def test_a_branch_and_a_tag_of_one_name_have_to_be_reported_apart(make):
    project = make(JOB)
    project.repository.tag("both")
    project.repository.branch("both", {"a": "b"})

    assert project.refused("both") == (400, base("Ref is ambiguous"))
    assert project.triggered("refs/heads/both")["tag"] is False
    assert project.triggered("refs/tags/both")["tag"] is True


def test_what_was_pushed_a_time_ago_counts(make):
    project = make(JOB)
    project.triggered()
    sha = project.repository.commit({".gitlab-ci.yml": "later: {script: make}\n"})

    pipeline = project.triggered()
    assert (pipeline["sha"], names(project, pipeline)) == (sha, ["later"])
