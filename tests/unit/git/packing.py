"""Packs and protocol lines written by hand, to be as wrong as a test wants them."""

import hashlib
import struct
import zlib

KINDS = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}


def header(kind: int, size: int) -> bytes:
    """Kind and size of an object in a pack."""
    first, size = size & 0x0F, size >> 4
    made = bytearray([kind << 4 | first])
    while size:
        made[-1] |= 0x80
        made.append(size & 0x7F)
        size >>= 7
    return bytes(made)


def whole(kind: str, content: bytes, *, claimed: int | None = None) -> bytes:
    """An object as it is."""
    return header(KINDS[kind], len(content) if claimed is None else claimed) + zlib.compress(content)


def by_name(base: str, delta: bytes) -> bytes:
    """An object as a difference to one with this id."""
    return header(7, len(delta)) + bytes.fromhex(base) + zlib.compress(delta)


def by_offset(distance: int, delta: bytes) -> bytes:
    """An object as a difference to the one so many bytes before it."""
    made = bytearray([distance & 0x7F])
    while distance := distance >> 7:
        distance -= 1
        made.insert(0, 0x80 | distance & 0x7F)
    return header(6, len(delta)) + bytes(made) + zlib.compress(delta)


def pack(*objects: bytes, count: int | None = None) -> bytes:
    """A pack with a right checksum of whatever is in it."""
    body = struct.pack(">4sII", b"PACK", 2, len(objects) if count is None else count) + b"".join(objects)
    return body + hashlib.sha1(body).digest()


def number(size: int) -> bytes:
    """A size at the beginning of a delta."""
    made = bytearray([size & 0x7F])
    while size := size >> 7:
        made[-1] |= 0x80
        made.append(size & 0x7F)
    return bytes(made)


def insert(content: bytes) -> bytes:
    """Instructions to add these bytes."""
    pieces = [content[start : start + 127] for start in range(0, len(content), 127)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces)


def copy(offset: int, count: int) -> bytes:
    """An instruction to add a piece of the base."""
    return bytes([0xFF]) + struct.pack("<I", offset) + struct.pack("<I", count)[:3]


def line(content: bytes) -> bytes:
    """A line of the protocol."""
    return b"%04x%b" % (len(content) + 4, content)


def banded(content: bytes) -> bytes:
    """The pack as the first band of a fetch's answer, version 2."""
    pieces = [content[start : start + 65000] for start in range(0, len(content), 65000)]
    return line(b"packfile\n") + b"".join(line(b"\1" + piece) for piece in pieces) + b"0000"
