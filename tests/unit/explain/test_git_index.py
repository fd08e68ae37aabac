import struct

import pytest
from dulwich.index import Index, IndexEntry

from pullcord_local.explain.git_index import tracked_paths
from pullcord_local.explain.worktree import WorkTree

PATHS = ["a", "b/c.txt", "b/ünï", "x" * 300]


def entry():
    return IndexEntry(0, 0, 0, 0, 0o100644, 0, 0, 0, b"1" * 40)


@pytest.fixture
def index(tmp_path):
    index = Index(str(tmp_path / "index"))
    for path in PATHS:
        index[path.encode()] = entry()
    index.write()
    return tmp_path / "index"


def test_tracked_paths_are_read_from_the_index(index):
    assert tracked_paths(index) == set(PATHS)


def test_paths_may_be_compressed(tmp_path):
    fixed = b"\0" * 60 + struct.pack(">H", 0)
    entries = fixed + b"\x00dir/first\0" + fixed + b"\x05second\0"
    (tmp_path / "index").write_bytes(struct.pack(">4sII", b"DIRC", 4, 2) + entries)

    assert tracked_paths(tmp_path / "index") == {"dir/first", "dir/second"}


@pytest.mark.parametrize(
    "data",
    [b"", b"DIRC", b"NOPE" + b"\0" * 8, struct.pack(">4sII", b"DIRC", 2, 5), struct.pack(">4sII", b"DIRC", 9, 0)],
)
def test_what_is_no_index_has_no_paths(tmp_path, data):
    (tmp_path / "index").write_bytes(data)

    assert tracked_paths(tmp_path / "index") is None
    assert tracked_paths(tmp_path / "missing") is None


def test_without_git_every_file_counts(tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "f").write_text("")

    assert WorkTree.around(tmp_path, None).paths() == ["d/f"]


@pytest.mark.parametrize(
    ("url", "host", "project"),
    [
        ("git@gitlab.com:group/sub/project.git", "gitlab.com", "group/sub/project"),
        ("https://gitlab.com/group/project", "gitlab.com", "group/project"),
        ("https://user:word@example.com:8443/group/project.git/", "example.com", "group/project"),
        ("ssh://git@example.com:22/group/project.git", "example.com", "group/project"),
    ],
)
def test_a_remote_tells_host_and_project(tmp_path, url, host, project):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text(f'[remote "origin"]\n\turl = {url}\n')
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/topic/x\n")
    tree = WorkTree.around(tmp_path, None)

    assert (tree.host, tree.project, tree.branch, tree.sha) == (host, project, "topic/x", None)
