"""An object told as a difference to another.

Source: https://git-scm.com/docs/gitformat-pack, "Deltified representation"
"""

from pullcord.git.refusals import Malformed


def result_size(delta: bytes) -> int:
    """Size of the object that a delta makes, as it claims."""
    _, position = _size(delta, 0)
    return _size(delta, position)[0]


def apply(base: bytes, delta: bytes) -> bytes:
    """The object that a delta makes of its base; never more than it claims. Raises Malformed."""
    base_size, position = _size(delta, 0)
    size, position = _size(delta, position)
    if base_size != len(base):
        raise Malformed("not a delta of its base")
    made = bytearray()
    while position < len(delta):
        instruction = delta[position]
        position += 1
        if instruction & 0x80:
            offset, position = _little_endian(delta, position, instruction & 0x0F)
            count, position = _little_endian(delta, position, instruction >> 4 & 0x07)
            piece = base[offset : offset + (count or 0x10000)]
            if len(piece) != (count or 0x10000):
                raise Malformed("a delta beyond its base")
        else:
            piece = delta[position : position + instruction]
            position += instruction
            if len(piece) != instruction or not instruction:
                raise Malformed("not a delta")
        made += piece
        if len(made) > size:
            raise Malformed("a delta beyond its size")
    if len(made) != size:
        raise Malformed("a delta below its size")
    return bytes(made)


def _size(delta: bytes, position: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and the position after it."""
    size = 0
    for index, byte in enumerate(delta[position : position + 9]):
        size |= (byte & 0x7F) << 7 * index
        if not byte & 0x80:
            return size, position + index + 1
    raise Malformed("not a delta")


def _little_endian(delta: bytes, position: int, present: int) -> tuple[int, int]:
    """A number of which only the bytes are there whose bits are set in `present`."""
    number = 0
    for index in range(4):
        if present >> index & 1:
            if position >= len(delta):
                raise Malformed("not a delta")
            number |= delta[position] << 8 * index
            position += 1
    return number, position
