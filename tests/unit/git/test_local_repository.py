from datetime import datetime

import pytest

from pullcord.git import AmbiguousRef, CommitNotFound, Policy, RefNotFound, RepositoryUnavailable, open_repository
from tests.unit.git.workshop import Worktree

ON_DISK = Policy(allowed=("file://",))


@pytest.mark.parametrize(
    ("name", "expected", "revision"),
    [
        ("main", ("main", "branch"), "refs/heads/main"),
        ("refs/heads/main", ("main", "branch"), "refs/heads/main"),
        ("feature/new", ("feature/new", "branch"), "refs/heads/feature/new"),
        ("refs/heads/v1.0", ("v1.0", "branch"), "refs/heads/v1.0"),
        ("refs/tags/v1.0", ("v1.0", "tag"), "refs/tags/v1.0^{commit}"),
        ("v1.1", ("v1.1", "tag"), "refs/tags/v1.1^{commit}"),
        ("light", ("light", "tag"), "refs/tags/light"),
    ],
)
def test_short_and_full_names_resolve_to_the_commit(project, on_disk, name, expected, revision):
    found = on_disk.resolve(name)

    assert (found.name, found.kind) == expected
    assert found.sha == project.git("rev-parse", revision)


def test_a_short_name_that_is_branch_and_tag_is_ambiguous(on_disk):
    with pytest.raises(AmbiguousRef, match=r"^Ref is ambiguous$"):
        on_disk.resolve("v1.0")


@pytest.mark.parametrize(
    "name",
    [
        "gone",
        "feature",
        "main/below",
        "refs/heads/gone",
        "refs/tags/main",
        "HEAD",
        "heads/main",
        "",
        "a..b",
        "../../config",
        "main\n",
        "\ud800",
    ],
)
def test_an_unknown_name_is_not_found(on_disk, name):
    with pytest.raises(RefNotFound, match=r"^Reference not found$"):
        on_disk.resolve(name)


def test_a_commit_id_is_not_a_ref(project, on_disk):
    with pytest.raises(RefNotFound):
        on_disk.resolve(project.git("rev-parse", "main"))


def test_a_commit_has_message_author_and_committer(project, on_disk):
    commit = on_disk.commit(project.git("rev-parse", "main~1"))

    assert (commit.title, commit.message) == ("Begin", "Begin\n\nA longer text.\n")
    assert (commit.author.name, commit.author.email) == ("Ada Lovelace", "ada@example.com")
    assert commit.author.date == datetime.fromisoformat("2023-11-14T23:43:20+01:30")
    assert commit.committer.date.isoformat() == "2023-11-14T17:14:20-05:00"
    assert on_disk.commit(project.git("rev-parse", "main")).parents == (commit.id,)


def test_files_are_listed_and_read_at_their_commit(project, on_disk):
    sha = project.git("rev-parse", "feature/new")

    assert on_disk.paths(sha) == [".gitlab-ci.yml", "docs/new name.md"]
    assert on_disk.read(sha, "docs/new name.md") == b"new\n"
    assert [on_disk.read(sha, path) for path in ("src/main.c", "docs", "", "/", "docs/../.gitlab-ci.yml")] == [None] * 5


def test_changes_are_counted_from_the_merge_base(project, on_disk):
    main, feature = project.git("rev-parse", "main"), project.git("rev-parse", "feature/new")

    assert on_disk.merge_base(main, feature) == project.git("merge-base", "main", "feature/new")
    assert on_disk.changed(main, feature) == {"docs/new name.md", "src/main.c"}
    assert on_disk.differences(main, feature) == {"docs/new name.md", "src/main.c", "README"}


def test_annotated_tags_have_a_message_and_others_none(on_disk):
    messages = {tag.name: on_disk.tag_message(tag) for tag in on_disk.tags()}

    assert messages == {"light": None, "v1.0": "First release\n", "v1.1": "Second release\n\nWith notes.\n"}


def test_refs_are_read_again_at_every_call(tmp_path):
    tree = Worktree.new(tmp_path)
    with open_repository(tree.url, ON_DISK) as repository:
        assert repository.default_branch() == "main"
        assert repository.branches() == []
        for number in range(3):
            sha = tree.commit(f"Number {number}", {"file": str(number)})
            assert repository.resolve("main").sha == sha
            assert repository.read(sha, "file") == str(number).encode()
            tree.git("pack-refs", "--all")
            tree.git("repack", "-adq")


def test_bare_repositories_and_linked_worktrees_are_repositories(project, tmp_path):
    sha = project.git("rev-parse", "main")
    project.git("clone", "-q", "--bare", str(project.path), str(tmp_path / "bare.git"))
    project.git("worktree", "add", "-q", "-b", "linked", str(tmp_path / "linked"), "main")

    for path in (tmp_path / "bare.git", tmp_path / "linked"):
        with open_repository(path.as_uri(), ON_DISK) as repository:
            assert repository.resolve("main").sha == sha
            assert repository.read(sha, "README") == b"read\n"

    project.git("worktree", "remove", "--force", str(tmp_path / "linked"))
    project.git("branch", "-D", "linked")


def test_symbolic_links_are_files_and_submodules_are_not(tmp_path):
    tree = Worktree.new(tmp_path)
    (tmp_path / "link").symlink_to("target")
    sha = tree.commit("Link", {"file": "x"})
    tree.git("update-index", "--add", "--cacheinfo", f"160000,{sha},module")
    tree.git("commit", "-q", "-m", "Module")
    with open_repository(tree.url, ON_DISK) as repository:
        head = repository.resolve("main").sha

        assert repository.paths(head) == ["file", "link"]
        assert repository.read(head, "link") == b"target"
        assert repository.read(head, "module") is None
        assert repository.differences(sha, head) == {"module"}


def test_a_tag_of_a_tag_has_the_commit_and_its_own_message(tmp_path):
    tree = Worktree.new(tmp_path)
    sha = tree.commit("One", {"file": "x"})
    tree.git("tag", "-a", "inner", "-m", "inner")
    tree.git("tag", "-a", "outer", "-m", "outer", "inner")
    with open_repository(tree.url, ON_DISK) as repository:
        tag = repository.resolve("outer")

        assert tag.sha == sha
        assert repository.tag_message(tag) == "outer\n"


def test_a_missing_path_and_a_folder_without_repository_are_unavailable(tmp_path):
    (tmp_path / "empty").mkdir()
    for path in ("missing", "empty"):
        with open_repository((tmp_path / path).as_uri(), ON_DISK) as repository:
            with pytest.raises(RepositoryUnavailable) as refused:
                repository.resolve("main")
            assert refused.value.reason == "there is no git repository at this path"


@pytest.mark.parametrize("sha", ["", "main", "0" * 39, "0" * 64, "../" + "0" * 37, "A" * 40])
def test_only_full_commit_ids_name_commits(on_disk, sha):
    for question in (on_disk.commit, on_disk.paths, lambda sha: on_disk.read(sha, "README")):
        with pytest.raises(RepositoryUnavailable):
            question(sha)


def test_an_unknown_commit_is_unavailable_and_a_tree_in_its_place_is_none(project, on_disk):
    with pytest.raises(RepositoryUnavailable):
        on_disk.commit("1" * 40)
    with pytest.raises(CommitNotFound):
        on_disk.commit(project.git("rev-parse", "main^{tree}"))


@pytest.fixture
def odd(tmp_path):
    """Tags of a tree, a file and a tag, and a merge request's ref."""
    tree = Worktree.new(tmp_path)
    tree.commit("Begin", {"README": "read\n"})
    tree.git("tag", "-a", "v1", "-m", "one")
    for name, target in (("of-tree", "main^{tree}"), ("of-file", "main:README"), ("of-tag", "refs/tags/v1")):
        tree.git("tag", "-a", "-m", name, name, target)
    tree.git("update-ref", "refs/merge-requests/7/head", "main")
    with open_repository(tree.url, ON_DISK) as repository:
        yield repository, tree.git("rev-parse", "main")


def test_a_tag_of_no_commit_is_found_and_its_commit_is_not(odd):
    repository, main = odd
    for name in ("of-tree", "of-file"):
        sha = repository.resolve(name).sha
        for read in (lambda sha=sha: repository.commit(sha), lambda sha=sha: repository.changed(sha, main)):
            with pytest.raises(CommitNotFound):
                read()


def test_a_tag_of_a_tag_and_a_merge_requests_ref_are_of_the_commit(odd):
    repository, main = odd

    assert repository.resolve("of-tag").sha == main
    assert repository.resolve("refs/merge-requests/7/head")[:3] == ("refs/merge-requests/7/head", "merge_request", main)
    with pytest.raises(RefNotFound):
        repository.resolve("refs/merge-requests/8/head")


def test_a_repository_of_sha256_is_refused_by_name(tmp_path):
    tree = Worktree.new(tmp_path, "--object-format=sha256")
    with open_repository(tree.url, ON_DISK) as repository, pytest.raises(RepositoryUnavailable, match="SHA-256"):
        repository.branches()


def test_a_shallow_clone_has_the_files_of_its_commits(project, tmp_path):
    project.git("clone", "-q", "--depth=1", "--no-single-branch", project.url, str(tmp_path / "shallow"))
    with open_repository((tmp_path / "shallow").as_uri(), ON_DISK) as repository:
        main, feature = (project.git("rev-parse", name) for name in ("main", "feature/new"))

        assert repository.paths(main) == [".gitlab-ci.yml", "README", "src/main.c"]
        assert repository.merge_base(main, feature) == project.git("merge-base", main, feature)


def test_a_branch_whose_name_is_not_unicode_does_not_hide_the_others(tmp_path):
    tree = Worktree.new(tmp_path)
    sha = tree.commit("One", {"file": "x"})
    (tmp_path / ".git" / "packed-refs").write_bytes(f"{sha} refs/heads/caf\xe9\n".encode("latin-1"))
    with open_repository(tree.url, ON_DISK) as repository:
        assert [branch.name for branch in repository.branches()] == ["main"]


def test_damaged_objects_are_unavailable(tmp_path):
    tree = Worktree.new(tmp_path)
    sha = tree.commit("One", {"file": "x"})
    for path in (tmp_path / ".git" / "objects").glob("??/*"):
        path.chmod(0o600)
        path.write_bytes(b"\x78\x01nonsense")
    with open_repository(tree.url, ON_DISK) as repository, pytest.raises(RepositoryUnavailable):
        repository.commit(sha)


def test_repositories_on_disk_are_refused_unless_allowed(project):
    with pytest.raises(RepositoryUnavailable, match="must begin with https://"):
        open_repository(project.url, Policy())
