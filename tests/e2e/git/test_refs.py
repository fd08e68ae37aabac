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


def test_a_tag_of_something_else_than_a_commit_is_refused(make):
    project = make(JOB)
    for name, target in (("of-tree", "main^{tree}"), ("of-file", "main:.gitlab-ci.yml")):
        project.repository.git("tag", name, target)
        project.repository.git("tag", "--annotate", "--message=odd", f"annotated-{name}", target)
        with project.nothing_stored():
            assert project.refused(name) == (400, base("Commit not found"))
            assert project.refused(f"refs/tags/annotated-{name}") == (400, base("Commit not found"))
    listed = {tag["name"]: tag for tag in project.read("/repository/tags")}
    assert (len(listed), listed["of-tree"]["commit"]) == (4, None)
    assert listed["of-tree"]["target"] == project.repository.git("rev-parse", "main^{tree}")


def test_a_tag_of_a_tag_runs_on_the_commit_at_the_end(make):
    project = make(JOB)
    project.repository.tag("v1", message="one")
    project.repository.git("tag", "--annotate", "--message=two", "v2", "v1")

    assert project.triggered("v2")["sha"] == project.repository.git("rev-parse", "main")


def test_a_merge_requests_ref_is_a_ref_with_its_whole_name(make):
    project = make(when('$CI_COMMIT_REF_NAME == "refs/merge-requests/7/head" && $CI_COMMIT_REF_PROTECTED == "false"'))
    project.repository.git("update-ref", "refs/merge-requests/7/head", "main")
    project.repository.git("update-ref", "refs/pull/7/head", "main")
    assert (
        project.owner.post(f"{project.at}/protected_branches", json={"name": "*", "push_access_level": 0}).status == 201
    )

    pipeline = project.triggered("refs/merge-requests/7/head")
    assert (pipeline["ref"], pipeline["tag"]) == ("refs/merge-requests/7/head", False)
    assert names(project, pipeline) == ["build", "chosen"]
    for ref in ("merge-requests/7/head", "refs/merge-requests/8/head", "refs/pull/7/head", "pull/7/head"):
        assert project.refused(ref) == (400, base("Reference not found"))


@pytest.mark.parametrize(
    "ref", ["HEAD", "heads/main", "tags/v1", "refs/heads/", "refs/remotes/origin/main", "main^", "@"]
)
def test_other_ways_to_name_a_commit_are_no_refs(make_plain, ref):
    assert make_plain.refused(ref) == (400, base("Reference not found"))


def test_a_commits_id_is_no_ref(make_plain):
    sha = make_plain.repository.git("rev-parse", "main")

    for ref in (sha, sha[:8], sha.upper()):
        assert make_plain.refused(ref) == (400, base("Reference not found"))


@pytest.fixture(scope="module")
def make_plain(make):
    project = make(JOB)
    project.repository.tag("v1")
    return project


def test_what_was_pushed_a_time_ago_counts(make):
    project = make(JOB)
    project.triggered()
    sha = project.repository.commit({".gitlab-ci.yml": "later: {script: make}\n"})

    pipeline = project.triggered()
    assert (pipeline["sha"], names(project, pipeline)) == (sha, ["later"])
