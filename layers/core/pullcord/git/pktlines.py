"""The lines in which git's protocol is spoken: four hexadecimal digits of length, then the line.

Source: https://git-scm.com/docs/protocol-common (pkt-line) and gitprotocol-pack (side-band)
"""

from collections.abc import Iterable, Iterator
from enum import Enum

from pullcord.git.refusals import Malformed, NoSuchObject, RepositoryUnavailable

FLUSH = b"0000"
DELIMITER = b"0001"
PACK, PROGRESS, FATAL = 1, 2, 3


class Mark(Enum):
    """A length that is no length."""

    FLUSH = 0
    DELIMITER = 1
    END = 2


Packet = bytes | Mark


def line(text: str) -> bytes:
    """A pkt-line of text, ended by a newline."""
    content = f"{text}\n".encode()
    return b"%04x%b" % (len(content) + 4, content)


def read(content: bytes) -> Iterator[Packet]:
    """Lines and marks of an answer. Raises Malformed, and RepositoryUnavailable when the server reports an error."""
    position = 0
    while position < len(content):
        length = _length(content[position : position + 4])
        if length < 4:
            yield Mark(length)
            position += 4
            continue
        packet = content[position + 4 : position + length]
        if len(packet) != length - 4:
            raise Malformed("cut short")
        if packet.startswith(b"ERR "):
            raise NoSuchObject("the server refused the request")
        yield packet
        position += length


def text(packet: Packet) -> str:
    """A line of text without its end; marks are empty."""
    return packet.removesuffix(b"\n").decode("utf-8", "replace") if isinstance(packet, bytes) else ""


def pack(packets: Iterable[Packet]) -> bytes:
    """The pack that the first band of these packets carries, up to a flush. Raises as read() does."""
    pieces: list[bytes] = []
    for packet in packets:
        if packet is Mark.FLUSH:
            return b"".join(pieces)
        if not isinstance(packet, bytes) or not packet or packet[0] not in {PACK, PROGRESS}:
            failed = isinstance(packet, bytes) and packet[:1] == bytes([FATAL])
            raise RepositoryUnavailable("the server failed") if failed else Malformed("not a band")
        if packet[0] == PACK:
            pieces.append(packet[1:])
    raise Malformed("cut short")


def _length(digits: bytes) -> int:
    try:
        length = int(digits.decode("ascii"), 16) if len(digits) == 4 and digits.isalnum() else -1
    except ValueError:
        length = -1
    if length < 0 or length == 3:
        raise Malformed("not a line")
    return length
