import random
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pullcord.git import Limits, Policy, RepositoryUnavailable, history, names, open_repository
from pullcord.git.listing import Listing, list_files
from pullcord.git.memory import Facts, RecentlyUsed
from pullcord.git.objects import name_of, read_commit, read_signature, read_tag_message, read_tree
from pullcord.git.refusals import Malformed
from tests.unit.git.workshop import ENVIRONMENT, Worktree

TREE = b"tree " + b"1" * 40 + b"\n"
NOBODY = b"author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n"


@pytest.mark.parametrize(
    ("text", "name", "email", "date"),
    [
        (
            "Ada Lovelace <ada@example.com> 1700000000 +0130",
            "Ada Lovelace",
            "ada@example.com",
            "2023-11-14T23:43:20+01:30",
        ),
        ("A <a@b> 0 -0930", "A", "a@b", "1969-12-31T14:30:00-09:30"),
        ("A <a@b> -1 +0000", "A", "a@b", "1969-12-31T23:59:59+00:00"),
        ("<> 5 +0000", "", "", "1970-01-01T00:00:05+00:00"),
        ("A <a@b>", "A", "a@b", "1970-01-01T00:00:00+00:00"),
        ("A <a@b> 99999999999999 +0000", "A", "a@b", "1970-01-01T00:00:00+00:00"),
        ("A <a@b> 5 +9999", "A", "a@b", "1970-01-01T00:00:00+00:00"),
        ("A <a@b> 253402300799 +1400", "A", "a@b", "1970-01-01T00:00:00+00:00"),
        ("only a name", "only a name", "", "1970-01-01T00:00:00+00:00"),
        ("", "", "", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_signatures_are_read_and_impossible_dates_are_1970(text, name, email, date):
    found = read_signature(text)

    assert (found.name, found.email, found.date.isoformat()) == (name, email, date)


def test_a_commit_is_read_in_the_encoding_that_it_names():
    latin = read_commit("0" * 40, TREE + NOBODY + b"encoding ISO-8859-1\n\ncaf\xe9\n")
    unknown = read_commit("0" * 40, TREE + NOBODY + b"encoding base64\n\ncaf\xc3\xa9\n")

    assert (latin.title, unknown.title) == ("café", "café")


def test_a_signed_merge_has_all_its_parents_and_no_signature_in_its_message():
    signed = (
        TREE
        + b"parent "
        + b"2" * 40
        + b"\nparent "
        + b"3" * 40
        + b"\n"
        + NOBODY
        + b"gpgsig -----BEGIN\n parent x\n\nMerge"
    )
    commit = read_commit("0" * 40, signed)

    assert (commit.parents, commit.message, commit.title) == (("2" * 40, "3" * 40), "Merge", "Merge")


@pytest.mark.parametrize(
    "content", [b"", b"tree x\n\n", b"\n\n", TREE + b"parent x\n\n", b"tree " + b"1" * 41 + b"\n\n"]
)
def test_what_is_no_commit_is_malformed(content):
    with pytest.raises(Malformed):
        read_commit("0" * 40, content)


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"100644 a",
        b"100644 a\0" + bytes(19),
        b"100644 \0" + bytes(20),
        b"100644 a/b\0" + bytes(20),
        b"100644100644 a\0" + bytes(20),
    ],
)
def test_what_is_no_tree_is_malformed(content):
    with pytest.raises(Malformed):
        list(read_tree(content))


def test_a_tag_has_a_message_without_its_signature():
    content = b"object " + b"1" * 40 + b"\ntype commit\ntag v1\ntagger A <a@b> 1 +0000\n\n"

    assert read_tag_message(content + b"One\n\nTwo\n-----BEGIN PGP SIGNATURE-----\nx\n") == "One\n\nTwo\n"
    with pytest.raises(Malformed):
        read_tag_message(b"tree x\n\nOne")


@given(some.binary(max_size=200))
def test_no_bytes_make_reading_objects_do_more_than_refuse(content):
    for read in (
        lambda content: read_commit("0" * 40, content),
        lambda content: list(read_tree(content)),
        read_tag_message,
    ):
        for prefix in (b"", TREE, b"object ", TREE + b"author "):
            try:
                read(prefix + content)
            except Malformed:
                continue


CHARACTERS = "ab/.@{}-~^:?*[\\ \t\x7fé\n"


@pytest.fixture(scope="module")
def judged():
    """Names and whether git itself finds them legal."""
    chosen = random.Random(7)
    made = ["".join(chosen.choices(CHARACTERS, k=chosen.randint(1, 6))) for _ in range(150)]
    made += [
        "main",
        "a.lock",
        "a.lock/b",
        "a.lockb",
        ".a",
        "a/.b",
        "a.",
        "@",
        "a@",
        "@{",
        "a//b",
        "/a",
        "a/",
        "-a",
        "é",
        "a/b/c",
        "HEAD",
    ]
    ask = ["git", "check-ref-format"]
    return {
        name: subprocess.run([*ask, f"refs/heads/{name}"], env=ENVIRONMENT, check=False).returncode == 0
        for name in made
    }


def test_names_are_legal_where_git_says_so(judged):
    assert {name: names.is_legal(f"refs/heads/{name}") for name in judged} == judged
    assert sum(judged.values()) > 10


def test_files_of_a_tree_that_contains_itself_many_times_over_are_counted_and_refused():
    objects = {}
    below = name_of("blob", b"")
    entry = b"100644"
    for _ in range(12):
        content = b"".join(entry + b" %d\0" % number + bytes.fromhex(below) for number in range(10))
        below, entry = name_of("tree", content), b"40000"
        objects[below] = content

    with pytest.raises(RepositoryUnavailable, match="it has more than 5000 files and folders"):
        list_files(below, lambda _, sha: objects[sha], Limits(files=5000))


def test_a_path_that_is_too_long_is_malformed():
    objects = {}
    below = name_of("blob", b"")
    for depth in range(100):
        content = (b"40000 " if depth else b"100644 ") + b"x" * 100 + b"\0" + bytes.fromhex(below)
        below = name_of("tree", content)
        objects[below] = content

    with pytest.raises(Malformed):
        list_files(below, lambda _, sha: objects[sha], Limits())


@given(
    some.dictionaries(
        some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), some.booleans()
    )
)
def test_a_listing_survives_the_cache(paths):
    listing = Listing({path: ("160000" if module else "100644", "1" * 40) for path, module in paths.items()})

    assert Listing.decode(listing.encode()) == listing


@pytest.mark.parametrize("content", [b"", b"x", b"x\x9c\x03\x00"])
def test_what_is_no_listing_is_malformed(content):
    with pytest.raises(Malformed):
        Listing.decode(content)


def test_merge_bases_are_those_of_git(tmp_path):
    tree, chosen = Worktree.new(tmp_path), random.Random(11)
    empty = tree.git("mktree", text="")
    commits = []
    for index in range(60):
        parents = chosen.sample(commits[-12:], min(len(commits), chosen.choice([0, 1, 1, 1, 2, 2])))
        date = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=index)
        links = [word for parent in parents for word in ("-p", parent)]
        commits.append(tree.git("commit-tree", empty, "-m", str(index), *links, GIT_COMMITTER_DATE=date.isoformat()))
    with open_repository(tree.url, Policy(allowed=("file://",))) as repository:
        pairs = [tuple(chosen.sample(commits, 2)) for _ in range(40)]
        found = {pair: repository.merge_base(*pair) for pair in pairs}
    expected = {pair: merge_bases(tree, *pair) for pair in pairs}

    assert all(found[pair] in expected[pair] if expected[pair] else found[pair] is None for pair in pairs)
    assert sum(map(bool, expected.values())) > 10


def merge_bases(tree, one, other):
    command = ["git", "-C", str(tree.path), "merge-base", "--all", one, other]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False).stdout.split()


def test_history_is_read_no_further_than_needed():
    shas = [f"{index:040x}" for index in range(500)]
    commits = {
        sha: TREE
        + (b"parent " + parent.encode() + b"\n" if parent else b"")
        + b"committer A <a@b> %d +0000\n\n" % index
        for index, (sha, parent) in enumerate(zip(shas, ["", *shas], strict=False))
    }
    depths = []

    def histories(tips, depth):
        depths.append(depth)
        wanted = {sha for tip in tips for sha in shas[max(0, int(tip, 16) + 1 - depth) : int(tip, 16) + 1]}
        return {sha: commits[sha] for sha in wanted}

    assert history.merge_base(shas[490], shas[499], histories, 10_000) == shas[490]
    assert depths == [64]
    assert history.merge_base(shas[10], shas[499], histories, 10_000) == shas[10]
    assert depths == [64, 64, 1024]
    assert history.merge_base(shas[10], shas[499], histories, 100) is None
    assert history.merge_base(shas[3], shas[3], histories, 100) == shas[3]


def test_memory_forgets_what_was_not_used_for_longest():
    memory = RecentlyUsed(10)
    for key in ("a", "b"):
        memory.put(key, b"1234")
    memory.get("a")
    memory.put("c", b"1234")
    memory.put("d", b"12345678901")

    assert [memory.get(key) for key in "abcd"] == [b"1234", None, b"1234", None]


def test_facts_are_found_once_and_not_shared_between_remotes():
    class Shelf(dict):
        def put(self, key, content):
            self[key] = content

    shelf, found = Shelf(), []

    def find():
        found.append(1)
        return b""

    for remote in ("https://one.example/a", "https://one.example/a", "https://two.example/a"):
        assert Facts(remote, shelf, RecentlyUsed(0)).remember("x", find) == b""
    assert (len(found), len(shelf)) == (2, 2)
