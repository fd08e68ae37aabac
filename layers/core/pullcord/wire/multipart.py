"""Parts of multipart/form-data, read as Rack 2.2 reads them, in time linear to the number of bytes.

Source: https://github.com/rack/rack/blob/2-2-stable/lib/rack/multipart/parser.rb
"""

import codecs
import re
from collections.abc import Iterator

from pullcord.errors import BadParameters, BadRequest, TooLarge
from pullcord.wire.forms import MAX_PARAMETERS

LINE = b"\r\n"
MAX_HEAD = 65_536
"""Bytes of the header lines of one part."""
TOKEN = re.compile(rb'"(?:\\.|[^"\\])*"?|[^";]+|;', re.DOTALL)
"""What the attributes of `Content-Disposition` are made of: quoted texts, other texts and semicolons."""
ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
CHARSETS = re.compile(
    r"ascii|utf-(8|16|16-be|16-le|32|32-be|32-le)|iso8859-\d+|cp\d+|koi8-[rtu]|mac-roman|shift_jis|euc_(jp|kr)"
    r"|gb2312|gbk|gb18030|big5|iso2022_jp"
)
"""Python's names of the encodings that a part's charset may name."""


def boundary(content_type: str) -> str | None:
    """The boundary of a multipart type; None if the header names none. Raises BadParameters if it names several."""
    found: str | None = None
    media, *attributes = re.split("[;,]", content_type)
    for attribute in attributes:
        name, equals, value = attribute.partition("=")
        if name.strip().lower() == "boundary" and equals:
            if found is not None or name != name.rstrip():
                raise _unreadable()
            found = value.partition(" ")[0].strip('"')
    return (found or None) if media.lower().startswith("multipart/") else None


def parts(raw: bytes, limit: str) -> Iterator[tuple[str, object]]:
    """Names and values; an uploaded file is a mapping and thereby never a text. Raises BadParameters, BadRequest.

    limit: the boundary. What stands before its first line is skipped, what stands after the last one is ignored.
    """
    mark = b"--" + limit.encode("utf-8", "surrogatepass")
    position, closed = _first(raw, mark)
    count = 0
    while not closed:
        head_end = raw.find(LINE + LINE, position)
        if head_end < 0 or head_end - position > MAX_HEAD:
            raise _unreadable()
        head, body = raw[position : head_end + 2], head_end + 4
        end, position, closed = _next(raw, mark, body)
        count += 1
        if count > MAX_PARAMETERS:
            raise TooLarge(f"more than {MAX_PARAMETERS} parameters")
        yield from _part(head, raw[body:end])


def _first(raw: bytes, mark: bytes) -> tuple[int, bool]:
    """Where the first part begins, and whether there is none because the body is nothing but its last line."""
    position = 0
    while position < len(raw):
        newline = raw.find(b"\n", position)
        end = len(raw) if newline < 0 else newline + 1
        line = raw[position:end].strip()
        if line == mark:
            return end, False
        if line == mark + b"--":
            # Rack takes a closing line for the end only if it is all that was sent.
            return end, position == 0 and end == len(raw)
        position = end
    raise _unreadable()


def _next(raw: bytes, mark: bytes, start: int) -> tuple[int, int, bool]:
    """Where the part's bytes end, where the next part begins, and whether this was the last one."""
    position = start
    while (found := raw.find(mark, position)) >= 0:
        after = found + len(mark)
        ending = raw[after : after + 2]
        if ending in (LINE, b"--"):
            end = found - 2 if found - 2 >= start and raw[found - 2 : found] == LINE else found
            return end, after + 2, ending == b"--"
        position = found + 1
    raise _unreadable()


def _part(head: bytes, body: bytes) -> Iterator[tuple[str, object]]:
    lines = [line.partition(b":") for line in head.split(LINE)]
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    attributes = _attributes(headers.get(b"content-disposition", b""))
    media = headers.get(b"content-type", b"").decode("latin-1")
    filename = attributes.get(b"filename", attributes.get(b"filename*"))
    name = attributes.get(b"name", headers.get(b"content-id", b""))
    if filename == b"":
        return  # a field for a file in which none was chosen
    if filename is not None:
        yield _text(name or filename), {"filename": _text(filename)}
        return
    yield _text(name) or f"{media or 'text/plain'}[]", _text(body, _charset(media))


def _attributes(disposition: bytes) -> dict[bytes, bytes]:
    """`form-data; name="a b"` → {"name": "a b"}; a quoted value may hold semicolons and escaped quotes."""
    attributes: list[list[bytes]] = [[]]
    for token in TOKEN.findall(disposition):
        if token == b";":
            attributes.append([])
        else:
            attributes[-1].append(token)
    found: dict[bytes, bytes] = {}
    for attribute in attributes[1:]:
        name, _, value = b"".join(attribute).partition(b"=")
        found.setdefault(name.lstrip().lower(), _unquoted(value))
    return found


def _unquoted(value: bytes) -> bytes:
    if value.startswith(b'"'):
        return ESCAPED.sub(rb"\1", value.strip()[1:].removesuffix(b'"'))
    return value.strip().partition(b" ")[0]


def _charset(content_type: str) -> str:
    """The encoding of a text part: UTF-8 unless its type is text/plain with another charset."""
    media, *attributes = content_type.split(";")
    if media.strip() != "text/plain":
        return "utf-8"
    named = dict(attribute.partition("=")[::2] for attribute in map(str.strip, attributes))
    try:
        encoding = codecs.lookup(named.get("charset", "utf-8").strip('"')).name
    except (LookupError, ValueError):
        encoding = ""
    if not CHARSETS.fullmatch(encoding):
        raise BadRequest("400 Bad request - unknown charset")
    return encoding


def _text(raw: bytes, encoding: str = "utf-8") -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadRequest(f"400 Bad request - invalid byte sequence in {encoding.upper()}") from error


def _unreadable() -> BadParameters:
    return BadParameters(["message body does not match declared format"])
