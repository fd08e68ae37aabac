import pytest

from pullcord.git import (
    AmbiguousRef,
    CommitNotFound,
    Credentials,
    Policy,
    RefNotFound,
    RepositoryUnavailable,
    commit_cache,
    open_repository,
)
from tests.integration.git.hosts import serve
from tests.unit.git.workshop import Worktree


class Shelf(dict):
    """A cache that counts."""

    def put(self, key, content):
        self[key] = content


@pytest.fixture(params=["version 2", "version 2 without filter", "version 0", "version 0 without filter"])
def any_host(request, repositories, authority):
    with serve(repositories, authority, old="version 0" in request.param) as host:
        name = "plain.git" if "without" in request.param else "project.git"
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        with open_repository(host.url(name), policy) as repository:
            yield repository


def test_refs_resolve_to_commits(any_host, source):
    assert any_host.resolve("main").sha == source.git("rev-parse", "main")
    assert any_host.resolve("refs/heads/both").kind == "branch"
    assert any_host.resolve("v1.0").sha == source.git("rev-parse", "v1.0^{commit}")
    assert any_host.default_branch() == "main"
    assert [branch.name for branch in any_host.branches()] == ["both", "feature/new", "main", "main-2"]
    assert [tag.name for tag in any_host.tags()] == ["both", "v1.0"]
    with pytest.raises(AmbiguousRef):
        any_host.resolve("both")
    with pytest.raises(RefNotFound):
        any_host.resolve("mai")


def test_commits_and_files_are_read(any_host):
    sha = any_host.resolve("main").sha

    assert any_host.commit(sha).title == "Go on"
    assert any_host.paths(sha) == [".gitlab-ci.yml", "README", "src/main.c"]
    assert any_host.read(sha, ".gitlab-ci.yml") == b"build: {script: make}\n"
    assert any_host.read(sha, "gone") is None


def test_an_annotated_tag_has_its_message(any_host):
    assert any_host.tag_message(any_host.resolve("v1.0")) == "First release\n"


def test_what_a_branch_changed_is_found_though_the_histories_part_far_back(any_host, source):
    main, feature = any_host.resolve("main").sha, any_host.resolve("feature/new").sha

    assert any_host.merge_base(main, feature) == source.git("merge-base", "main", "feature/new")
    assert any_host.changed(main, feature) == {"docs/new.md"}
    assert any_host.differences(main, feature) == {"docs/new.md", "README"}


def test_a_trigger_costs_four_requests_on_one_connection_at_first_and_two_ever_after(host, policy):
    shelf = Shelf()
    for expected in (["GET", "POST", "POST", "POST"], ["GET", "POST"]):
        host.requests.clear()
        host.connections = 0
        commit_cache.RECENT = commit_cache.RecentlyUsed(0)
        with open_repository(host.url("project.git"), policy, cache=shelf) as repository:
            sha = repository.resolve("main").sha
            assert repository.commit(sha).title == "Go on"
            assert repository.read(sha, ".gitlab-ci.yml") == b"build: {script: make}\n"
            assert len(repository.paths(sha)) == 3
        assert (host.methods, host.connections) == (expected, 1)
    assert len(shelf) == 3


def test_names_that_no_ref_can_have_never_reach_the_wire(host, policy):
    with open_repository(host.url("project.git"), policy) as repository:
        for name in ("a..b", "a b", "a\n0000", "x" * 1025, "", "f" * 40, "HEAD^", "a:b", "\ud800"):
            with pytest.raises(RefNotFound):
                repository.resolve(name)
    assert host.connections == 0


def test_only_matching_refs_are_asked_for(repositories, authority):
    bodies = []

    def listen(handler):
        bodies.append(handler.body)
        return False

    with serve(repositories, authority, trick=listen) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        with open_repository(host.url("project.git"), policy) as repository:
            repository.resolve("main")

    assert [line[4:] for line in bodies[1].splitlines() if b"ref-prefix" in line] == [
        b"ref-prefix refs/heads/main",
        b"ref-prefix refs/tags/main",
        b"ref-prefix HEAD",
    ]


def test_a_push_between_two_questions_is_seen(host, policy, source):
    with open_repository(host.url("project.git"), policy) as repository:
        before = repository.resolve("main-2").sha
        source.git("update-ref", "refs/heads/main-2", "main")
        after = repository.resolve("main-2").sha
        source.git("update-ref", "refs/heads/main-2", before)

    assert (before == after, after) == (False, source.git("rev-parse", "main"))


@pytest.mark.parametrize("way", ["argument", "url"])
def test_credentials_are_used_and_never_shown(repositories, authority, way):
    with serve(repositories, authority, login="ada:s3cr:t/é") as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        right, wrong = Credentials("ada", "s3cr:t/é"), Credentials("ada", "wr0ng")
        in_url = host.url("project.git").replace("://", "://ada:s3cr%3At%2F%C3%A9@")
        opened = (
            open_repository(in_url, policy) if way == "url" else open_repository(host.url("project.git"), policy, right)
        )
        with opened as repository:
            assert repository.resolve("main").kind == "branch"
        with open_repository(in_url, policy, wrong) as repository, pytest.raises(RepositoryUnavailable) as refused:
            repository.resolve("main")
        assert refused.value.reason == "authentication is required, or the credentials were refused"
        assert "s3cr" not in repr((refused.value, refused.value.details, right))
        assert "wr0ng" not in repr((refused.value, refused.value.details, wrong))


def test_a_missing_repository_and_a_missing_commit_are_unavailable(host, policy, source):
    with open_repository(host.url("gone.git"), policy) as repository, pytest.raises(RepositoryUnavailable) as refused:
        repository.resolve("main")
    assert refused.value.reason == "there is no such repository, or authentication is required"
    assert refused.value.where == f"127.0.0.1:{host.port}"
    with open_repository(host.url("project.git"), policy) as repository:
        with pytest.raises(RepositoryUnavailable):
            repository.commit("1" * 40)
        for kind in (":README", "^{tree}"):
            with pytest.raises(CommitNotFound):
                repository.commit(source.git("rev-parse", f"main{kind}"))
        assert repository.resolve("main")


def test_an_empty_repository_has_a_default_branch_and_no_refs(host, policy, repositories, source):
    source.git("init", "-q", "--bare", "-b", "trunk", str(repositories / "empty.git"))
    with open_repository(host.url("empty.git"), policy) as repository:
        assert (repository.default_branch(), repository.branches()) == ("trunk", [])


def test_a_repository_of_sha256_is_refused_by_name(host, policy, repositories, source):
    source.git("init", "-q", "--bare", "--object-format=sha256", str(repositories / "long.git"))
    with (
        open_repository(host.url("long.git"), policy) as repository,
        pytest.raises(RepositoryUnavailable, match="SHA-256"),
    ):
        repository.resolve("main")


def test_a_server_that_leaves_out_files_but_no_trees_will_do(host, policy, repositories, source):
    source.git("clone", "-q", "--bare", str(source.path), str(repositories / "trees.git"))
    trees = Worktree(repositories / "trees.git")
    trees.git("config", "uploadpack.allowFilter", "true")
    trees.git("config", "uploadpackfilter.tree.allow", "false")
    with open_repository(host.url("trees.git"), policy) as repository:
        main, feature = repository.resolve("main").sha, repository.resolve("feature/new").sha

        assert repository.changed(main, feature) == {"docs/new.md"}
        assert repository.tag_message(repository.resolve("v1.0")) == "First release\n"


def test_a_kept_connection_that_the_server_closed_is_opened_again(repositories, authority):
    def hang_up(handler):
        handler.close_connection = True
        return False

    with serve(repositories, authority, trick=hang_up) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        with open_repository(host.url("project.git"), policy) as repository:
            sha = repository.resolve("main").sha
            assert repository.read(sha, "README") == b"read\n"
        assert host.connections == len(host.requests) == 4


def test_a_revision_is_head_a_branch_a_tag_or_an_id(any_host, source):
    main = source.git("rev-parse", "main")

    assert any_host.find("HEAD") == main
    assert any_host.find("main") == any_host.find("refs/heads/main") == main
    assert any_host.find("v1.0") == source.git("rev-parse", "v1.0^{commit}")
    assert any_host.find("both") == source.git("rev-parse", "refs/tags/both")
    assert any_host.find(source.git("rev-parse", "feature/new")) == source.git("rev-parse", "feature/new")


@pytest.mark.parametrize("name", ["nope", "main^", "a b", "", "f" * 40, "f" * 64, "0" * 39])
def test_what_is_no_revision_is_not_found(any_host, name):
    with pytest.raises(RefNotFound):
        any_host.find(name)


def test_the_id_of_something_that_is_no_commit_is_not_found(any_host, source):
    with pytest.raises(RefNotFound):
        any_host.find(source.git("rev-parse", "main:README"))


def test_a_kept_commit_is_not_given_to_somebody_whom_the_remote_does_not_let_in(repositories, authority, source):
    shelf, sha = Shelf(), source.git("rev-parse", "main")
    with serve(repositories, authority, login="ada:s3cret") as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        with open_repository(host.url("project.git"), policy, Credentials("ada", "s3cret"), shelf) as repository:
            repository.find(sha)
        with (
            open_repository(host.url("project.git"), policy, cache=shelf) as repository,
            pytest.raises(RepositoryUnavailable, match="authentication is required"),
        ):
            repository.find(sha)
