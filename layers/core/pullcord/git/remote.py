"""Repositories on other hosts, asked in git's smart protocol: only for the refs and objects that are wanted."""

from collections.abc import Mapping, Sequence
from math import inf

from pullcord.git import protocol
from pullcord.git.clock import Clock
from pullcord.git.listing import GetObject
from pullcord.git.packs import Unpacked, unpack
from pullcord.git.policy import MEBIBYTE, FindCredentials, Policy, nobody
from pullcord.git.protocol import Server
from pullcord.git.refs import Ref
from pullcord.git.refusals import NoSuchObject, NotACommit, RepositoryUnavailable
from pullcord.git.remotes import Remote
from pullcord.git.transport import Transport

MAX_REFS_BYTES = 16 * MEBIBYTE


class RemoteOrigin:
    """A repository behind HTTP. What the server can do is asked once; its refs at every call.

    Of a commit, one shallow fetch brings the commit and its trees, and a second one each file that is read. A server
    that cannot leave files out sends them with the first.
    """

    def __init__(self, remote: Remote, policy: Policy, find: FindCredentials = nobody, until: float = inf) -> None:
        self.limits = policy.limits
        self.clock = Clock(policy.limits.total_seconds, policy.limits.session_seconds, until)
        self.transport = Transport(remote, policy, self.clock, find)
        self._server: Server | None = None
        self._objects: dict[str, tuple[str, bytes]] = {}

    def refs(self, prefixes: Sequence[str]) -> list[Ref]:
        """Refs whose full names begin with one of the prefixes."""
        self.clock.start()
        asked_before = self._server is not None
        server = self._known()
        if not server.old:
            return protocol.read_refs(self.transport.post(protocol.ls_refs(server, prefixes), MAX_REFS_BYTES))
        if asked_before:  # an old server tells its refs where others tell what they can do
            server = self._known(anew=True)
        return [ref for ref in server.refs if ref.name.startswith(tuple(prefixes))]

    def snapshot(self, sha: str) -> GetObject:
        """The commit and its trees, fetched together."""
        self.clock.start()
        self._fetch_snapshot(sha)
        return self._get

    def blob(self, sha: str, commit: str) -> bytes:
        """A file's content, by itself where the server can, else with all of its commit."""
        self.clock.start()
        if sha not in self._objects:
            if self._known().filters:
                return _content(self._fetch([sha], None, None), "blob", sha)
            self._fetch_snapshot(commit)
        return self._get("blob", sha)

    def tag(self, sha: str) -> bytes:
        """An annotated tag, with as little else as possible."""
        self.clock.start()
        return _content(self._fetch_bare([sha], 1), "tag", sha)

    def history(self, tips: Sequence[str], depth: int) -> Mapping[str, bytes]:
        """Commits reachable from the tips, without their trees."""
        self.clock.start()
        objects = self._fetch_bare(list(dict.fromkeys(tips)), depth)
        return {sha: content for sha, (kind, content) in objects.items() if kind == "commit"}

    def close(self) -> None:
        """Close the connection."""
        self.transport.close()

    def _fetch_snapshot(self, sha: str) -> None:
        if sha not in self._objects:
            self._objects |= self._fetch([sha], 1, "blob:none")

    def _fetch_bare(self, wants: Sequence[str], depth: int) -> Unpacked:
        """Commits and tags without their trees; with them from a server that leaves out files and nothing else."""
        try:
            return self._fetch(wants, depth, "tree:0")
        except RepositoryUnavailable:
            if not self._known().filters:
                raise
            return self._fetch(wants, depth, "blob:none")

    def _fetch(self, wants: Sequence[str], depth: int | None, omit: str | None) -> Unpacked:
        server = self._known()
        answer = self.transport.post(protocol.fetch(server, wants, depth, omit), self.limits.response_bytes)
        return unpack(protocol.read_pack(server, answer), self.limits, self.clock.left)

    def _get(self, kind: str, sha: str) -> bytes:
        return _content(self._objects, kind, sha)

    def _known(self, *, anew: bool = False) -> Server:
        if self._server is None or anew:
            self._server = protocol.read_server(self.transport.discover(MAX_REFS_BYTES))
        return self._server


def _content(objects: Unpacked, kind: str, sha: str) -> bytes:
    found, content = objects.get(sha, ("", b""))
    if found != kind:
        refusal = NotACommit if found and kind == "commit" else NoSuchObject
        raise refusal(f"its answer makes no sense (no such {kind})")
    return content
