import socket

import pytest

from pullcord.git import Policy, commit_cache
from tests.integration.git.hosts import Authority, serve
from tests.unit.git.workshop import Worktree


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"), "git.example.com", "localhost")


def revision(number):
    """One commit of `feature/new`, as `git fast-import` reads it."""
    start = "from refs/heads/main\n" if number == 0 else ""
    who = f"committer Ada <ada@example.com> {1700001000 + number} +0000"
    change = f"M 644 inline docs/new.md\ndata <<END\n{number}\nEND\n"
    return f"commit refs/heads/feature/new\n{who}\ndata <<END\nNumber {number}\nEND\n{start}{change}\n"


@pytest.fixture(scope="session")
def repositories(tmp_path_factory):
    """A folder of bare repositories: `project.git`, and `plain.git`, whose server cannot filter."""
    root = tmp_path_factory.mktemp("repositories")
    tree = Worktree.new(tmp_path_factory.mktemp("work"))
    tree.commit("Begin", {".gitlab-ci.yml": "build: {script: make}\n", "src/main.c": "int main;\n"})
    tree.git("branch", "both")
    tree.git("tag", "both")
    tree.git("tag", "-a", "v1.0", "-m", "First release")
    tree.git("branch", "main-2")
    tree.git("fast-import", "--quiet", text="".join(map(revision, range(100))))
    tree.commit("Go on", {"README": "read\n"}, GIT_COMMITTER_DATE="1700000900 +0000")
    for name, filters in (("project.git", "true"), ("plain.git", "false")):
        tree.git("clone", "-q", "--bare", str(tree.path), str(root / name))
        Worktree(root / name).git("config", "uploadpack.allowFilter", filters)
        Worktree(root / name).git("repack", "-adq")
    return root


@pytest.fixture
def source(repositories):
    return Worktree(repositories / "project.git")


@pytest.fixture
def host(repositories, authority):
    with serve(repositories, authority) as running:
        yield running


@pytest.fixture
def policy(host, authority):
    return Policy(allowed=(f"{host.address}/",), authorities=authority.pem)


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    """What one test learnt, no other test knows."""
    monkeypatch.setattr(commit_cache, "RECENT", commit_cache.RecentlyUsed(commit_cache.MEBIBYTE))


@pytest.fixture
def reached(monkeypatch):
    """Every address that a connection was tried to."""
    made, real = [], socket.socket.connect

    def connect(self, address):
        made.append(address[:2])
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return made


@pytest.fixture
def known_name(monkeypatch):
    """`git.example.com` is this machine the first time it is looked up, and somewhere else from then on."""
    lookups, real = [], socket.getaddrinfo

    def look_up(host, port, *arguments, **named):
        if host != "git.example.com":
            return real(host, port, *arguments, **named)
        lookups.append(host)
        return real("127.0.0.1" if len(lookups) == 1 else "127.0.0.9", port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return lookups
