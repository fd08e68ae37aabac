import pytest
from hypothesis import given
from hypothesis import strategies as some

from pullcord.git.objects import read_commit, read_signature, read_tag_message, read_tree
from pullcord.git.refusals import Malformed

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
def test_an_invalid_commit_is_malformed(content):
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
def test_an_invalid_tree_is_malformed(content):
    with pytest.raises(Malformed):
        list(read_tree(content))


def test_a_tag_has_a_message_without_its_signature():
    content = b"object " + b"1" * 40 + b"\ntype commit\ntag v1\ntagger A <a@b> 1 +0000\n\n"

    assert read_tag_message(content + b"One\n\nTwo\n-----BEGIN PGP SIGNATURE-----\nx\n") == "One\n\nTwo\n"
    with pytest.raises(Malformed):
        read_tag_message(b"tree x\n\nOne")


@given(some.binary(max_size=200))
def test_all_bytes_are_read_as_objects_or_refused(content):
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
