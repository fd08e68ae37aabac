import pytest
from hypothesis import given
from hypothesis import strategies as some

from pullcord.git import RepositoryUnavailable, pktlines, protocol
from pullcord.git.protocol import Server
from pullcord.git.refs import Ref
from pullcord.git.refusals import Malformed
from tests.unit.git.packing import line

ONE, TWO = "1" * 40, "2" * 40
NEW = Server(frozenset({"ls-refs", "fetch", "object-format", "filter", "ls-refs=unborn"}))
OLD = Server(frozenset({"side-band-64k", "shallow", "filter", "allow-any-sha1-in-want"}), old=True)


def lines(*texts):
    return b"".join(line(f"{text}\n".encode()) for text in texts)


def test_a_server_of_version_2_lists_its_capabilities():
    server = protocol.read_server(
        lines("# service=git-upload-pack")
        + b"0000"
        + lines("version 2", "ls-refs=unborn", "fetch=shallow filter")
        + b"0000"
    )

    assert (server.old, server.filters, "ls-refs=unborn" in server.features) == (False, True, True)


def test_a_server_of_version_1_lists_its_refs_and_the_target_of_head():
    first = f"{ONE} HEAD\0side-band-64k symref=HEAD:refs/heads/main filter"
    refs = [f"{ONE} refs/heads/main", f"{TWO} refs/tags/v1", f"{ONE} refs/tags/v1^{{}}", f"{TWO} refs/gone^{{}}"]
    server = protocol.read_server(lines("# service=git-upload-pack") + b"0000" + lines(first, *refs) + b"0000")

    assert server.refs == (
        Ref("HEAD", ONE, target="refs/heads/main"),
        Ref("refs/heads/main", ONE),
        Ref("refs/tags/v1", TWO, peeled=ONE),
    )
    assert (server.old, server.filters) == (True, False)


def test_an_empty_repository_on_a_server_of_version_1_has_no_refs():
    content = lines(f"{'0' * 40} capabilities^{{}}\0side-band-64k") + b"0000"

    assert protocol.read_server(content).refs == ()


def test_refs_have_targets_and_peeled_commits():
    content = lines(
        f"{ONE} HEAD symref-target:refs/heads/main",
        f"{TWO} refs/tags/v1 peeled:{ONE}",
        "unborn HEAD symref-target:refs/heads/trunk",
    )

    assert protocol.read_refs(content + b"0000") == [
        Ref("HEAD", ONE, target="refs/heads/main"),
        Ref("refs/tags/v1", TWO, peeled=ONE),
        Ref("HEAD", "", target="refs/heads/trunk"),
    ]


def test_refs_are_requested_by_prefix():
    asked = [pktlines.text(packet) for packet in pktlines.read(protocol.ls_refs(NEW, ["refs/heads/main"]))]

    assert asked == [
        "command=ls-refs", "object-format=sha1", "", "peel", "symrefs", "unborn", "ref-prefix refs/heads/main", "",
    ]  # fmt: skip


def test_a_fetch_of_version_2_has_wants_depth_and_filter():
    asked = [pktlines.text(packet) for packet in pktlines.read(protocol.fetch(NEW, [ONE, TWO], 1, "blob:none"))]

    assert asked == [
        "command=fetch", "object-format=sha1", "", "no-progress", "ofs-delta", f"want {ONE}", f"want {TWO}", "deepen 1",
        "filter blob:none", "done", "",
    ]  # fmt: skip


def test_a_fetch_of_version_1_uses_the_servers_capabilities():
    asked = [pktlines.text(packet) for packet in pktlines.read(protocol.fetch(OLD, [ONE, TWO], 1, "blob:none"))]
    least = Server(frozenset({"side-band-64k"}), old=True)
    asked_of_least = [pktlines.text(packet) for packet in pktlines.read(protocol.fetch(least, [ONE], 1, "blob:none"))]

    assert asked == [
        f"want {ONE} side-band-64k shallow filter",
        f"want {TWO}",
        "deepen 1",
        "filter blob:none",
        "",
        "done",
    ]
    assert asked_of_least == [f"want {ONE} side-band-64k", "", "done"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"0000", b"00", b"zzzz", b"0003", b"-001", b"0x10", b"\xff\xff\xff\xff", b"ffff", b"0005", b"<html>", b" 010", b"00_8aaaa",
        line(b"version 2\n") + b"0000", line(b"version 2\n") + line(b"ls-refs\n") + b"0000", line(b"x side-band-64k") + b"0000",
        line(b"x HEAD\0side-band-64k") + b"0000", line(b"\0side-band-64k"), line(b"ERR access denied to ada:secret"),
        line(f"{ONE} HEAD\0multi_ack".encode()), line(b"version 2\n") + lines("ls-refs", "fetch", "object-format=sha256"),
    ],
)  # fmt: skip
def test_an_invalid_discovery_is_refused_without_being_repeated(content):
    with pytest.raises(RepositoryUnavailable) as refused:
        protocol.read_server(content)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        lines(f"{ONE} HEAD"),
        lines(ONE) + b"0000",
        lines("x HEAD") + b"0000",
        lines(f"{ONE} HEAD peeled:x") + b"0000",
        b"00000000",
    ],
)
def test_invalid_refs_are_malformed(content):
    with pytest.raises(Malformed):
        protocol.read_refs(content)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"0000", lines("packfile"), lines("packfile") + b"0001", lines("packfile") + line(b"\1PACK"), lines("packfile") + b"0004",
        lines("packfile") + line(b"\3fatal: secret") + b"0000", lines("packfile") + line(b"\7x") + b"0000", line(b"ERR not our ref"),
    ],
)  # fmt: skip
def test_answers_without_a_whole_pack_are_refused(content):
    for server in (NEW, OLD):
        with pytest.raises(RepositoryUnavailable) as refused:
            protocol.read_pack(server, content)
        assert "secret" not in str(refused.value)


@given(some.binary(max_size=200) | some.lists(some.binary(max_size=60).map(line)).map(b"".join))
def test_all_bytes_are_read_or_refused(content):
    for read in (
        protocol.read_server,
        protocol.read_refs,
        lambda content: protocol.read_pack(NEW, content),
        lambda content: protocol.read_pack(OLD, content),
    ):
        try:
            read(content)
        except RepositoryUnavailable:
            continue
