"""Requests to a git server and their answers, in protocol version 2 and in the version before it.

Source: https://git-scm.com/docs/protocol-v2 and https://git-scm.com/docs/gitprotocol-pack
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pullcord.git import pktlines
from pullcord.git.objects import SHA
from pullcord.git.pktlines import DELIMITER, FLUSH, Mark, line
from pullcord.git.refs import Ref
from pullcord.git.refusals import Malformed, RepositoryUnavailable

OLD_FEATURES = ("side-band-64k", "ofs-delta", "no-progress", "shallow", "filter")


@dataclass(frozen=True, slots=True)
class Server:
    """The capabilities that a server announced.

    features: names it knows (`ls-refs`, `filter`, …); of version 2, those of `fetch` among them
    refs:     all of them, of an old server only
    old:      it does not know version 2
    """

    features: frozenset[str]
    refs: tuple[Ref, ...] = ()
    old: bool = False

    @property
    def filters(self) -> bool:
        """Whether it can leave objects out, and gives each of them when asked by id."""
        return "filter" in self.features and (not self.old or "allow-any-sha1-in-want" in self.features)


def read_server(content: bytes) -> Server:
    """The answer to discovery. Raises Malformed; RepositoryUnavailable for a repository of SHA-256."""
    lines = [packet for packet in pktlines.read(content) if isinstance(packet, bytes)]
    if lines and lines[0].startswith(b"# service="):
        del lines[0]
    if not lines:
        raise Malformed("no refs and no capabilities")
    server = _new_server(lines[1:]) if lines[0].rstrip() == b"version 2" else _old_server(lines)
    if "object-format=sha256" in server.features:
        raise RepositoryUnavailable("it names its objects by SHA-256, which is not supported")
    return server


def ls_refs(server: Server, prefixes: Sequence[str]) -> bytes:
    """Version 2: the refs whose names begin with one of the prefixes."""
    unborn = [line("unborn")] if "ls-refs=unborn" in server.features else []
    arguments = [line("peel"), line("symrefs"), *unborn, *(line(f"ref-prefix {prefix}") for prefix in prefixes)]
    return b"".join([*_command("ls-refs", server), *arguments, FLUSH])


def fetch(server: Server, wants: Sequence[str], depth: int | None, omit: str | None) -> bytes:
    """A pack of the wanted objects and what they lead to.

    depth: of the history, in commits; None for wants that are no commits
    omit:  a filter as `git rev-list --filter` knows it; left out where the server cannot
    """
    shallow = [line(f"deepen {depth}")] if depth and (not server.old or "shallow" in server.features) else []
    omitted = [line(f"filter {omit}")] if omit and server.filters else []
    if not server.old:
        arguments = [line("no-progress"), line("ofs-delta"), *(line(f"want {sha}") for sha in wants)]
        return b"".join([*_command("fetch", server), *arguments, *shallow, *omitted, line("done"), FLUSH])
    features = " ".join(feature for feature in OLD_FEATURES if feature in server.features)
    first, *others = wants
    arguments = [line(f"want {first} {features}"), *(line(f"want {sha}") for sha in others)]
    return b"".join([*arguments, *shallow, *omitted, FLUSH, line("done")])


def read_refs(content: bytes) -> list[Ref]:
    """Version 2: the answer to ls_refs(). Raises Malformed when it is cut short."""
    packets = list(pktlines.read(content))
    if not packets or packets.pop() is not Mark.FLUSH:
        raise Malformed("cut short")
    return [_ref(pktlines.text(packet).split(" ")) for packet in packets]


def read_pack(server: Server, content: bytes) -> bytes:
    """The pack in the answer to fetch()."""
    packets = iter(pktlines.read(content))
    beginning = {b"NAK\n", b"NAK"} if server.old else {b"packfile\n", b"packfile"}
    for packet in packets:
        if packet in beginning:
            return pktlines.pack(packets)
    raise Malformed("no pack")


def _new_server(lines: Iterable[bytes]) -> Server:
    features: set[str] = set()
    for packet in lines:
        name, _, values = pktlines.text(packet).partition("=")
        features |= {name, f"{name}={values}"}
        if name == "fetch":
            features |= set(values.split(" "))
    if not {"ls-refs", "fetch"} <= features:
        raise Malformed("no refs and no objects to be had")
    return Server(frozenset(features))


def _old_server(lines: Sequence[bytes]) -> Server:
    first, _, features = lines[0].partition(b"\0")
    known = frozenset(pktlines.text(features).split())
    if "side-band-64k" not in known:
        raise RepositoryUnavailable("its server is too old")
    refs: dict[str, Ref] = {}
    for packet in (first, *lines[1:]):
        sha, _, name = pktlines.text(packet).partition(" ")
        if name.endswith("^{}"):
            tag = refs.get(name.removesuffix("^{}"))
            if tag:
                refs[tag.name] = Ref(tag.name, tag.sha, _sha(sha))
        elif sha != "shallow":
            refs[name] = Ref(name, _sha(sha))
    return Server(known, tuple(_with_targets(refs, known)), old=True)


def _with_targets(refs: dict[str, Ref], features: Iterable[str]) -> Iterable[Ref]:
    links = (feature.removeprefix("symref=").split(":", 1) for feature in features if feature.startswith("symref="))
    targets = {link[0]: link[1] for link in links if len(link) == 2}
    for ref in refs.values():
        yield Ref(ref.name, ref.sha, ref.peeled, targets.get(ref.name))


def _ref(words: Sequence[str]) -> Ref:
    """`ID NAME [symref-target:NAME] [peeled:ID]`; the ID is `unborn` for the HEAD of an empty repository."""
    if len(words) < 2:
        raise Malformed("not a ref")
    more = dict(word.split(":", 1) for word in words[2:] if ":" in word)
    sha = "" if words[0] == "unborn" else _sha(words[0])
    peeled = more.get("peeled")
    return Ref(words[1], sha, _sha(peeled) if peeled else None, more.get("symref-target"))


def _command(name: str, server: Server) -> list[bytes]:
    format_ = [line("object-format=sha1")] if "object-format" in server.features else []
    return [line(f"command={name}"), *format_, DELIMITER]


def _sha(text: str) -> str:
    if not SHA.fullmatch(text):
        raise Malformed("not an object name")
    return text
