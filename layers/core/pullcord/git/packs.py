"""The objects of a pack, unpacked in memory and named by what they are, within limits whatever the pack claims.

Source: https://git-scm.com/docs/gitformat-pack
"""

import hashlib
import struct
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pullcord.git import deltas
from pullcord.git.objects import name_of
from pullcord.git.policy import Limits
from pullcord.git.refusals import Malformed, RepositoryUnavailable

KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
OFFSET_DELTA, NAME_DELTA = 6, 7
TRAILER_BYTES = 20

Unpacked = Mapping[str, tuple[str, bytes]]
"""id → (kind, content)"""


@dataclass(frozen=True, slots=True)
class _Delta:
    offset: int
    content: bytes


def unpack(pack: bytes, limits: Limits, tick: Callable[[], object]) -> Unpacked:
    """The objects of a self-contained pack.

    tick: called once per object; may raise to end the work
    Raises Malformed, and RepositoryUnavailable for what exceeds the limits: sizes are believed only to refuse them, and
    inflating stops where the claimed size is reached.
    """
    count = _count(pack)
    if count > limits.objects:
        raise RepositoryUnavailable(f"its answer has more than {limits.objects} objects")
    return _Unpacking(pack, limits, tick).all(count)


def _count(pack: bytes) -> int:
    if len(pack) < 12 + TRAILER_BYTES:
        raise Malformed("not a pack")
    magic, version, count = struct.unpack_from(">4sII", pack)
    digest = hashlib.sha1(memoryview(pack)[:-TRAILER_BYTES], usedforsecurity=False).digest()
    if magic != b"PACK" or version not in {2, 3} or digest != pack[-TRAILER_BYTES:]:
        raise Malformed("not a pack")
    return int(count)


class _Unpacking:
    def __init__(self, pack: bytes, limits: Limits, tick: Callable[[], object]) -> None:
        self.pack = memoryview(pack)[:-TRAILER_BYTES]
        self.limits = limits
        self.tick = tick
        self.position = 12
        self.left = limits.unpacked_bytes
        self.objects: dict[str, tuple[str, bytes]] = {}
        self.names: dict[int, str] = {}
        self.waiting: defaultdict[int | str, list[_Delta]] = defaultdict(list)

    def all(self, count: int) -> Unpacked:
        try:
            for _ in range(count):
                self.tick()
                self._next()
        except (IndexError, zlib.error) as error:
            raise Malformed("not a pack") from error
        if self.waiting or self.position != len(self.pack):
            raise Malformed("a pack with missing or surplus parts")
        return self.objects

    def _next(self) -> None:
        """Read one object; a delta waits for its base if that has not come yet."""
        offset = self.position
        number, size = self._header()
        base: int | str | None = None
        if number == OFFSET_DELTA:
            base = offset - self._distance()
        elif number == NAME_DELTA:
            base = self.pack[self.position : self.position + 20].hex()
            self.position += 20
        elif number not in KINDS:
            raise Malformed("an object of no known kind")
        content = self._inflate(size)
        if base is None:
            self._keep(offset, KINDS[number], content)
            return
        name = self.names.get(base, "") if isinstance(base, int) else base
        delta = _Delta(offset, content)
        if name in self.objects:
            self._keep(offset, *self._made(self.objects[name], delta))
        else:
            self.waiting[base].append(delta)

    def _keep(self, offset: int, kind: str, content: bytes) -> None:
        """Keep an object, and make and keep all that waited for it, and for those in turn."""
        ready = [(offset, kind, content)]
        while ready:
            offset, kind, content = ready.pop()
            name = name_of(kind, content)
            self.objects[name] = (kind, content)
            self.names[offset] = name
            waited = self.waiting.pop(offset, []) + self.waiting.pop(name, [])
            ready += [(delta.offset, *self._made((kind, content), delta)) for delta in waited]

    def _made(self, base: tuple[str, bytes], delta: _Delta) -> tuple[str, bytes]:
        self.tick()
        kind, content = base
        self._spend(deltas.result_size(delta.content))
        return kind, deltas.apply(content, delta.content)

    def _spend(self, size: int) -> None:
        self.left -= size
        if size > self.limits.object_bytes or self.left < 0:
            raise RepositoryUnavailable("its answer unpacks to more than is allowed")

    def _header(self) -> tuple[int, int]:
        byte = self._byte()
        number, size, shift = byte >> 4 & 0x07, byte & 0x0F, 4
        while byte & 0x80:
            byte = self._byte()
            size |= (byte & 0x7F) << shift
            shift += 7
            if shift > 60:
                raise Malformed("an object of no known size")
        return number, size

    def _distance(self) -> int:
        byte = self._byte()
        distance = byte & 0x7F
        while byte & 0x80:
            byte = self._byte()
            distance = (distance + 1) << 7 | byte & 0x7F
            if distance > self.position:
                raise Malformed("a base before the beginning")
        return distance

    def _byte(self) -> int:
        self.position += 1
        return self.pack[self.position - 1]

    def _inflate(self, size: int) -> bytes:
        """Exactly `size` bytes; the input is fed in pieces because zlib copies all that follows the end."""
        self._spend(size)
        inflater = zlib.decompressobj()
        content = bytearray()
        while not inflater.eof:
            piece = self.pack[self.position : self.position + min(size, 65536) + 64]
            content += inflater.decompress(piece, size + 1 - len(content))
            self.position += len(piece) - len(inflater.unused_data)
            if len(content) > size or inflater.unconsumed_tail or not piece:
                raise Malformed("an object of another size")
        if len(content) != size:
            raise Malformed("an object of another size")
        return bytes(content)
