"""Git's index: its paths, read without git.

Source: https://git-scm.com/docs/index-format
"""

import struct
from pathlib import Path

FIXED = 62
"""Bytes of an entry before its path: times, ids, mode, size, SHA-1 and flags."""

EXTENDED = 0x4000
COMPRESSED = 4


def tracked_paths(index: str) -> set[str] | None:
    """Return every tracked path; None for an index that does not exist or has another format."""
    try:
        data = Path(index).read_bytes()
        signature, version, count = struct.unpack_from(">4sII", data)
        return read(data, version, count) if signature == b"DIRC" and version in {2, 3, COMPRESSED} else None
    except (OSError, struct.error, ValueError):
        return None


def read(data: bytes, version: int, count: int) -> set[str]:
    """Read the paths of all entries. Raises ValueError for invalid data."""
    paths: set[str] = set()
    position, previous = 12, b""
    for _ in range(count):
        (flags,) = struct.unpack_from(">H", data, position + FIXED - 2)
        start = position + FIXED + (2 if flags & EXTENDED else 0)
        if version == COMPRESSED:
            dropped, start = offset(data, start)
            end = data.index(b"\0", start)
            previous = previous[: len(previous) - dropped] + data[start:end]
            position = end + 1
        else:
            end = data.index(b"\0", start)
            previous = data[start:end]
            position += (end - position + 8) // 8 * 8
        paths.add(previous.decode(errors="replace"))
    return paths


def offset(data: bytes, position: int) -> tuple[int, int]:
    """Read a number of variable width; the result is the number and the next position."""
    value = data[position] & 127
    while data[position] & 128:
        position += 1
        value = ((value + 1) << 7) | (data[position] & 127)
    return value, position + 1
