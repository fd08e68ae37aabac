import pytest

from pullcord.git import Policy, open_repository
from tests.counting import steps
from tests.integration.git.hosts import serve
from tests.unit.git.workshop import Worktree

FILES = sorted(
    [".gitlab-ci.yml", *(f"folder-{number % 97}/part-{number % 13}/{number}.txt" for number in range(10_000))]
)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """10,001 files, 1,000 branches and a tag."""
    root = tmp_path_factory.mktemp("large")
    tree = Worktree.new(root / "large.git", "--bare")
    files = "".join(f"M 644 inline {name}\ndata {len(name)}\n{name}\n" for name in FILES)
    tree.git("fast-import", "--quiet", text=f"commit refs/heads/main\ncommitter A <a@b> 1 +0000\ndata 3\nOne\n{files}")
    sha = tree.git("rev-parse", "main")
    tree.git(
        "update-ref", "--stdin", text="".join(f"create refs/heads/branch-{number} {sha}\n" for number in range(999))
    )
    tree.git("tag", "v1.0", "main")
    tree.git("pack-refs", "--all")
    tree.git("config", "uploadpack.allowFilter", "true")
    return root


@pytest.mark.parametrize(("old", "max_depth"), [(False, 600_000), (True, 1_500_000)])
def test_ten_thousand_files_and_a_thousand_refs_are_no_matter(large, authority, old, max_depth):
    def look(url, policy):
        with open_repository(url, policy) as repository:
            sha = repository.resolve("main").sha
            assert repository.read(sha, ".gitlab-ci.yml") == b".gitlab-ci.yml"
            assert repository.paths(sha) == FILES
            assert len(repository.branches()) == 1000
            assert repository.resolve("v1.0").sha == sha

    with serve(large, authority, old=old) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        steps(lambda: look(host.url("large.git"), policy), max_depth=max_depth)


def test_a_large_repository_on_disk_is_read_in_place(large):
    with open_repository((large / "large.git").as_uri(), Policy(allowed=("file://",))) as repository:
        sha = repository.resolve("branch-998").sha

        assert repository.paths(sha) == FILES
        assert repository.read(sha, FILES[5000]) == FILES[5000].encode()


def test_what_was_listed_once_costs_no_fetch_in_the_same_process(large, authority):
    with serve(large, authority) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        for expected in (["GET", "POST", "POST"], ["GET", "POST"]):
            host.requests.clear()
            with open_repository(host.url("large.git"), policy) as repository:
                assert len(repository.paths(repository.resolve("main").sha)) == 10_001
            assert host.methods == expected
