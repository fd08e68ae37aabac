"""Git's objects from their stored bytes. Every reader takes any bytes and raises Malformed for wrong ones.

Source: https://git-scm.com/docs/gitdatamodel and the format that `git cat-file` shows
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from pullcord.git.refs import Commit, Signature
from pullcord.git.refusals import Malformed

SHA = re.compile(r"[0-9a-f]{40}")
SIGNATURE = re.compile(
    r"(?P<name>[^<]*)<(?P<email>[^>]*)>\s*(?P<seconds>-?\d{1,15})?\s*(?P<offset>[+-]\d{4})?.*", re.DOTALL
)
ENCODING = re.compile(r"ascii|iso8859-\d+|cp\d+|koi8-[rtu]|shift_jis|euc_(jp|kr)|gb2312|gbk|gb18030|big5|iso2022_jp")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def name_of(kind: str, content: bytes) -> str:
    """The id under which git stores an object of this kind: `commit`, `tree`, `blob` or `tag`."""
    header = f"{kind} {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def read_commit(sha: str, content: bytes) -> Commit:
    """A commit from its bytes, in the encoding that it names."""
    head, _, body = content.partition(b"\n\n")
    headers = list(_headers(head))
    first = dict(reversed(headers))
    encoding = _encoding(first.get("encoding", b"utf-8"))
    parents = tuple(_sha(value) for key, value in headers if key == "parent")
    author = read_signature(first.get("author", b"").decode(encoding, "replace"))
    committer = read_signature(first.get("committer", b"").decode(encoding, "replace"))
    return Commit(sha, _sha(first.get("tree", b"")), parents, author, committer, body.decode(encoding, "replace"))


def read_signature(text: str) -> Signature:
    """`Name <address> 1700000000 +0100`. What is missing or impossible becomes empty, or 1970."""
    found = SIGNATURE.fullmatch(text)
    if not found:
        return Signature(text.strip(), "", EPOCH)
    return Signature(found["name"].strip(), found["email"].strip(), _date(found["seconds"], found["offset"]))


def read_tag_message(content: bytes) -> str:
    """The text of an annotated tag, without the signature that may follow it."""
    head, _, body = content.partition(b"\n\n")
    if not head.startswith(b"object "):
        raise Malformed("not a tag")
    text = body.decode("utf-8", "replace")
    return re.split(r"^-----BEGIN (?:PGP|SSH|SIGNED)", text, maxsplit=1, flags=re.MULTILINE)[0]


def read_tree(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Mode (octal text), name and object id of each entry of a tree."""
    position = 0
    while position < len(content):
        space = content.find(b" ", position, position + 8)
        end = content.find(b"\0", space + 1)
        if space < 0 or end < 0 or end + 21 > len(content):
            raise Malformed("not a tree")
        name = content[space + 1 : end]
        if not name or b"/" in name:
            raise Malformed("not a name in a tree")
        yield content[position:space].decode("ascii", "replace"), name, content[end + 1 : end + 21].hex()
        position = end + 21


def _headers(head: bytes) -> Iterator[tuple[str, bytes]]:
    for line in head.split(b"\n"):
        key, space, value = line.partition(b" ")
        if key and space:
            yield key.decode("ascii", "replace"), value


def _sha(value: bytes) -> str:
    text = value.decode("ascii", "replace")
    if not SHA.fullmatch(text):
        raise Malformed("not an object name")
    return text


def _encoding(name: bytes) -> str:
    """Python's name for an encoding of text; UTF-8 for what is none."""
    try:
        encoding = codecs.lookup(name.decode("ascii")).name
    except (LookupError, ValueError):
        return "utf-8"
    return encoding if ENCODING.fullmatch(encoding) else "utf-8"


def _date(seconds: str | None, offset: str | None) -> datetime:
    offset = offset or "+0000"
    minutes = int(offset[1:3]) * 60 + int(offset[3:5])
    try:
        zone = timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
        return (EPOCH + timedelta(seconds=int(seconds or 0))).astimezone(zone)
    except (ValueError, OverflowError):
        return EPOCH
