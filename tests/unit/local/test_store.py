"""The SQLite file: what is written is there, what is not written whole is not, and a full disk is survived."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pullcord_local.persistence import store as store_module
from pullcord_local.persistence.folder import Folder
from pullcord_local.persistence.store import FILE, FORMAT, PROOF, Store, StoreError, StoreFull

PUT = "INSERT OR REPLACE INTO secrets VALUES (?, ?)"


def write(store, name, value="x"):
    with store.transaction() as connection:
        connection.execute(PUT, (name, value))


def names(store):
    return [row[0] for row in store.rows("SELECT name FROM secrets ORDER BY name")]


@pytest.fixture
def path(tmp_path):
    return tmp_path / FILE


def test_what_was_written_is_there_after_a_restart(path):
    first = Store(path)
    write(first, "a")
    first.close()

    assert names(Store(path)) == ["a"]


def test_a_transaction_that_fails_leaves_nothing(path):
    store = Store(path)

    def fail():
        with store.transaction() as connection:
            connection.execute(PUT, ("a", "x"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    write(store, "b")
    assert names(store) == ["b"]


def test_every_write_is_synced_before_it_is_answered(path):
    store = Store(path)

    assert store.one("PRAGMA journal_mode") == ("wal",)
    assert store.one("PRAGMA synchronous") == (2,)  # FULL


def test_the_file_says_its_format(path):
    Store(path).close()

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)


def test_a_file_of_a_newer_version_is_refused_in_a_sentence(path):
    Store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")

    with pytest.raises(
        StoreError, match=f"newer version of Pullcord .format {FORMAT + 1}, this version reads up to {FORMAT}"
    ):
        Store(path)


@pytest.mark.parametrize("content", [b"no database at all", b"x" * 5000, b"SQLite format 3\x00" + b"x" * 5000])
def test_a_file_that_is_no_database_is_refused_in_a_sentence(path, content):
    path.write_bytes(content)

    with pytest.raises(StoreError, match=r"cannot be used as a database .*: use another folder"):
        Store(path)


def test_an_incomplete_end_of_the_log_is_cut_off(tmp_path, path):
    """As a crash in the middle of a write leaves it: the log has a part of a transaction behind whole ones."""
    program = (
        "import os, sys; from pathlib import Path; from pullcord_local.persistence.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        f"with store.transaction() as connection: connection.execute({PUT!r}, ('a', 'x'))\n"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, path], check=False)
    log = tmp_path / f"{FILE}-wal"
    log.write_bytes(log.read_bytes() + log.read_bytes()[32:1000])

    assert names(Store(path)) == ["a"]


@pytest.fixture
def full(path):
    """A store whose disk is full, and the function that makes space."""
    store = Store(path)
    write(store, "before")
    store.connection.execute(f"PRAGMA max_page_count = {store.one('PRAGMA page_count')[0]}")
    return store, lambda: store.connection.execute("PRAGMA max_page_count = 1000000")


def test_a_write_to_a_full_disk_fails_and_later_ones_succeed(full):
    store, make_space = full
    for _ in range(3):
        with pytest.raises(StoreFull, match="full"):
            write(store, "large", "x" * 100_000)
    assert names(store) == ["before"]

    make_space()
    write(store, "large", "x" * 100_000)
    assert names(store) == ["before", "large"]


def test_a_full_disk_is_one_line_on_the_console_and_one_when_it_has_space_again(full, capsys):
    store, make_space = full
    for _ in range(3):
        with pytest.raises(StoreFull):
            write(store, "large", "x" * 100_000)
    line, rest = capsys.readouterr().err.split("\n")
    assert line.startswith(f"pullcord: cannot write to {store.path} (database or disk is full)")
    assert rest == ""

    write(store, "small")
    with pytest.raises(StoreFull):
        write(store, "large", "x" * 100_000)
    assert capsys.readouterr().err == ""

    make_space()
    for number in range(PROOF + 1):
        write(store, f"small {number}")
    assert capsys.readouterr().err == "pullcord: writing works again\n"


def test_a_file_that_may_not_grow_is_a_full_disk(path):
    """What a process gets from a limit of the operating system, without a disk that is full."""
    program = """
import resource, sys
from pathlib import Path
from pullcord_local.persistence.store import Store, StoreFull
store = Store(Path(sys.argv[1]))
def write(name, value):
    with store.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO secrets VALUES (?, ?)", (name, value))
write("before", "x")
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
failed = 0
for number in range(20):
    try:
        write(f"large-{number}", "x" * 50_000)
    except StoreFull:
        failed += 1
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
write("after", "x")
print(failed, sum(1 for _ in store.rows("SELECT * FROM secrets")))
"""
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    failed, stored = map(int, done.stdout.split())

    assert failed > 0
    assert stored == 22 - failed
    assert len(names(Store(path))) == stored


def test_the_memory_of_the_file_is_bounded(path):
    store = Store(path)

    assert store.one("PRAGMA cache_size") == (-store_module.CACHE_KIBIBYTES,)


def test_only_its_owner_can_read_the_folder_and_its_files(tmp_path):
    (tmp_path / "data").mkdir(mode=0o755)
    folder = Folder(tmp_path / "data")
    write(folder.store, "a")
    modes = {path.name: path.stat().st_mode & 0o777 for path in [folder.path, *folder.path.iterdir()]}
    folder.close()

    assert modes == {"data": 0o700, "lock": 0o600, FILE: 0o600, f"{FILE}-wal": 0o600}


def test_a_folder_is_used_by_one_process_at_a_time(tmp_path):
    first = Folder(tmp_path)
    with pytest.raises(StoreError, match="in use by another process"):
        Folder(tmp_path)

    first.close()
    Folder(tmp_path).close()


def test_a_file_instead_of_a_folder_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()

    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match=rf"--data {path} is no folder: name a folder, such as --data state"):
            Folder(path)


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence():
    with pytest.raises(StoreError, match=r"--data /proc/none cannot be written \(.*\): name a folder of yours"):
        Folder(Path("/proc/none"))
