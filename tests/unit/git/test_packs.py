import hashlib
import subprocess
import tracemalloc
import zlib
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from pullcord.git import Limits, RepositoryUnavailable, deltas
from pullcord.git.objects import name_of
from pullcord.git.packs import unpack
from pullcord.git.protocol import Server, read_pack
from pullcord.git.refusals import Malformed
from tests.unit.git.packing import banded, by_name, by_offset, copy, header, insert, line, number, pack, whole
from tests.unit.git.workshop import ENVIRONMENT, Worktree

SMALL = Limits(object_bytes=1000, unpacked_bytes=3000, objects=20)
BASE = b"0123456789" * 10
NAME, SIZE = name_of("blob", BASE), len(BASE)


def unpacked(content, limits=SMALL):
    return unpack(content, limits, lambda: None)


def delta(*instructions, base=SIZE, size=10):
    return number(base) + number(size) + b"".join(instructions)


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A repository of similar files, and the ids of its objects, for `git pack-objects`."""
    tree = Worktree.new(tmp_path_factory.mktemp("real"))
    text = [f"line {index} of a file that is long enough for git to store differences\n" for index in range(400)]
    for revision in range(12):
        text[revision * 7] = f"changed in revision {revision}\n"
        tree.commit(f"Revision {revision}", {"file": "".join(text), f"folder/{revision}": str(revision)})
    names = tree.git("rev-list", "--objects", "--all", "--no-object-names") + "\n"
    return tree, names


@pytest.mark.parametrize("options", [["--delta-base-offset"], [], ["--window=0"]])
def test_a_pack_made_by_git_unpacks_to_its_objects(real, options):
    tree, names = real
    command = ["git", "-C", str(tree.path), "pack-objects", "--stdout", "-q", "--no-reuse-delta", *options]
    content = subprocess.run(command, input=names.encode(), env=ENVIRONMENT, capture_output=True, check=True).stdout

    objects = unpack(content, Limits(), lambda: None)

    assert set(objects) == set(names.split())
    assert objects[tree.git("rev-parse", "HEAD:file")][1] == (tree.path / "file").read_bytes()


def test_deltas_have_earlier_later_and_named_bases():
    first, second = delta(copy(20, 10)), delta(insert(b"abc"), base=10, size=3)
    base = whole("blob", BASE)
    one = by_offset(len(base), first)
    objects = unpacked(pack(base, one, by_name(name_of("blob", BASE[20:30]), second)))
    turned = unpacked(pack(by_name(name_of("blob", BASE[20:30]), second), by_name(NAME, first), base))

    assert objects == turned
    assert sorted(content for _, content in objects.values()) == sorted([BASE, BASE[20:30], b"abc"])


def test_a_long_chain_of_deltas_in_reverse_needs_no_deep_stack():
    contents = [b"%05d" % index for index in range(5000)]
    chain = [
        by_name(name_of("blob", before), delta(insert(after), base=5, size=5)) for before, after in pairwise(contents)
    ]

    assert len(unpacked(pack(*reversed(chain), whole("blob", contents[0])), Limits())) == 5000


BOMB = zlib.compress(bytes(20_000_000))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(pack(header(3, 20_000_000) + BOMB), id="an object larger than allowed"),
        pytest.param(pack(header(3, 900) + BOMB), id="an object larger than it says"),
        pytest.param(pack(*[whole("blob", bytes([index]) * 999) for index in range(4)]), id="objects larger in sum"),
        pytest.param(pack(*[whole("blob", bytes([index])) for index in range(21)]), id="too many objects"),
        pytest.param(pack(count=2**32 - 1), id="four billion objects claimed"),
        pytest.param(
            pack(whole("blob", BASE), by_name(NAME, delta(copy(0, 100) * 50, size=5000))), id="a delta too large"
        ),
        pytest.param(pack(whole("blob", BASE), by_name(NAME, delta(copy(0, 100) * 50, size=10))), id="a lying delta"),
        pytest.param(
            pack(
                whole("blob", BASE),
                *[by_name(NAME, delta(copy(0, 100) * 9, insert(b"%d" % i), size=901)) for i in range(4)],
            ),
            id="deltas too large in sum",
        ),
    ],
)
def test_a_decompression_bomb_is_refused_without_using_memory(content):
    tracemalloc.start()
    try:
        with pytest.raises(RepositoryUnavailable):
            unpacked(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(pack(whole("blob", BASE))[:-1] + b"x", id="another checksum"),
        pytest.param(pack(whole("blob", BASE), count=2), id="an object short"),
        pytest.param(pack(whole("blob", BASE), whole("blob", b""), count=1), id="an object over"),
        pytest.param(pack(whole("blob", BASE, claimed=99)), id="an object larger by one"),
        pytest.param(pack(whole("blob", BASE, claimed=101)), id="an object smaller by one"),
        pytest.param(pack(whole("blob", BASE)[:-3]), id="an object cut short"),
        pytest.param(pack(header(0, 1) + zlib.compress(b"a")), id="kind 0"),
        pytest.param(pack(header(5, 1) + zlib.compress(b"a")), id="kind 5"),
        pytest.param(pack(b"\xb0" + b"\xff" * 30), id="a size without end"),
        pytest.param(pack(by_name("1" * 40, delta(insert(b"0123456789")))), id="a base that is not there"),
        pytest.param(pack(by_offset(5000, delta())), id="a base before the beginning"),
        pytest.param(pack(by_offset(0, delta())), id="a base that is itself"),
        pytest.param(pack(b"\x60" + b"\xff" * 30), id="a distance without end"),
        pytest.param(pack(whole("blob", BASE), by_name(NAME, b"")), id="an empty delta"),
        pytest.param(pack(whole("blob", BASE), by_name(NAME, b"\xff" * 20)), id="a delta's size without end"),
        pytest.param(pack(whole("blob", BASE), by_name(NAME, delta(copy(95, 10)))), id="a copy beyond the base"),
        pytest.param(pack(whole("blob", BASE), by_name(NAME, delta(b"\x81"))), id="a copy cut short"),
        pytest.param(pack(whole("blob", BASE), by_name(NAME, delta(b"\x0aabc"))), id="an insertion cut short"),
        pytest.param(pack(whole("blob", BASE), by_name(NAME, delta(b"\0" * 10))), id="no instruction"),
        pytest.param(pack(whole("blob", BASE), by_name(NAME, delta(insert(b"abc")))), id="a delta below its size"),
        pytest.param(
            pack(whole("blob", BASE), by_name(NAME, delta(insert(b"0123456789"), base=99))), id="another base"
        ),
    ],
)
def test_a_wrong_pack_is_malformed(content):
    with pytest.raises(Malformed):
        unpacked(content)


def test_a_copy_of_no_count_copies_65536_bytes():
    base = bytes(range(256)) * 300

    assert deltas.apply(base, number(len(base)) + number(65536) + b"\x80") == base[:65536]


def test_the_clock_is_asked_for_every_object():
    ticks = []
    unpack(pack(whole("blob", BASE), by_name(NAME, delta(copy(0, 10)))), SMALL, lambda: ticks.append(1))

    assert len(ticks) == 3


@given(content=some.binary(max_size=300), at=some.integers(12, 400), good=some.booleans())
@example(content=b"\xff" * 40, at=12, good=True)
def test_all_bytes_are_unpacked_or_refused(content, at, good):
    body = pack(whole("blob", BASE), whole("tree", b"100644 a\0" + bytes(20)), by_name(NAME, delta(copy(0, 10))))[:-20]
    mixed = body[:at] + content + body[at + len(content) :] if good else content
    try:
        unpacked(mixed + hashlib.sha1(mixed).digest())
    except RepositoryUnavailable:
        return


def test_an_answer_carries_its_pack_in_bands():
    server = Server(frozenset())
    content = bytes(200_000)

    assert read_pack(server, line(b"shallow-info\n") + b"0001" + banded(content)) == content
