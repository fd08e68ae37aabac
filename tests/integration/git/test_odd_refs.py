"""Refs of hosts that are no branches and no tags of commits."""

import pytest

from pullcord.git import CommitNotFound, RefNotFound, open_repository
from tests.unit.git.workshop import Worktree


@pytest.fixture(scope="module")
def odd(repositories):
    """Tags of all that can be tagged, and a merge request's refs."""
    tree = Worktree(repositories / "project.git")
    made = {
        "of-tree": tree.git("rev-parse", "main^{tree}"),
        "of-file": tree.git("rev-parse", "main:README"),
        "of-tag": tree.git("rev-parse", "refs/tags/v1.0"),
    }
    for name, sha in made.items():
        tree.git("tag", name, sha)
        tree.git("tag", "-a", "-m", name, f"annotated-{name}", sha)
    tree.git("update-ref", "refs/merge-requests/7/head", "feature/new")
    tree.git("update-ref", "refs/merge-requests/7/merge", "main")
    tree.git("update-ref", "refs/pull/7/head", "main")
    yield tree
    for ref in tree.git("for-each-ref", "--format=%(refname)", "refs/merge-requests", "refs/pull", "refs/tags").split():
        if "of-" in ref or "/7/" in ref:
            tree.git("update-ref", "-d", ref)


@pytest.mark.parametrize("name", ["of-tree", "of-file", "annotated-of-tree", "annotated-of-file"])
def test_a_tag_of_something_else_than_a_commit_is_found_and_its_commit_is_not(host, policy, odd, name):
    with open_repository(host.url("project.git"), policy) as repository:
        resolved = repository.resolve(name)
        with pytest.raises(CommitNotFound):
            repository.commit(resolved.sha)
        with pytest.raises(CommitNotFound):
            repository.paths(resolved.sha)
        with pytest.raises(CommitNotFound):
            repository.changed(resolved.sha, odd.git("rev-parse", "main"))
        assert name in [tag.name for tag in repository.tags()]


@pytest.mark.parametrize("name", ["of-tag", "annotated-of-tag"])
def test_a_tag_of_a_tag_counts_as_the_commit_at_the_end(host, policy, odd, name):
    with open_repository(host.url("project.git"), policy) as repository:
        assert repository.resolve(name).sha == odd.git("rev-parse", "v1.0^{commit}")


def test_refs_of_merge_requests_resolve_by_their_full_names_alone(host, policy, odd):
    with open_repository(host.url("project.git"), policy) as repository:
        head, merge = (repository.resolve(f"refs/merge-requests/7/{name}") for name in ("head", "merge"))
        assert (head.sha, head.kind) == (odd.git("rev-parse", "feature/new"), "merge_request")
        assert (merge.sha, merge.name) == (odd.git("rev-parse", "main"), "refs/merge-requests/7/merge")
        assert repository.find("refs/merge-requests/7/head") == head.sha
        for name in ("merge-requests/7/head", "7/head", "refs/merge-requests/7/hea", "refs/pull/7/head", "pull/7/head"):
            with pytest.raises(RefNotFound):
                repository.resolve(name)
