"""Cache of the files of commits, which never change: in this process, and behind it in a cache that outlives it."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sized
from threading import Lock

from pullcord.git.policy import MEBIBYTE, Cache

FORMAT = "git/1"
"""First part of every key; to be raised when what is kept under a key changes its form."""


def digest(text: str) -> str:
    """A key's part for a text that may be long, secret or not a text at all."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]


class RecentlyUsed[StoredToken: Sized]:
    """A bounded store in memory that forgets what was not used for longest. Safe for threads.

    capacity: in the unit in which `len` measures what is kept
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._entries: OrderedDict[str, StoredToken] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> StoredToken | None:
        """The content under a key, None without one; reading makes it recent."""
        with self._lock:
            if key not in self._entries:
                return None
            self._entries.move_to_end(key)
            return self._entries[key]

    def put(self, key: str, content: StoredToken) -> None:
        """Cache content and evict the oldest until everything fits; content larger than the cache is not cached."""
        if len(content) > self._capacity:
            return
        with self._lock:
            before = self._entries.pop(key, None)
            self._size += len(content) - (0 if before is None else len(before))
            self._entries[key] = content
            while self._size > self._capacity:
                _, forgotten = self._entries.popitem(last=False)
                self._size -= len(forgotten)


RECENT: RecentlyUsed[bytes] = RecentlyUsed(32 * MEBIBYTE)


class CommitFiles:
    """Cached files about one remote's commits. Remotes do not share entries, since readers of one may not read others."""

    def __init__(self, remote: str, cache: Cache | None, recent: RecentlyUsed[bytes] | None = None) -> None:
        self._prefix = f"{FORMAT}/{digest(remote)}"
        self._cache = cache
        self._recent = recent or RECENT

    def key(self, name: str) -> str:
        """The cache key of a name."""
        return f"{self._prefix}/{name}"

    def get(self, name: str) -> bytes | None:
        """A cached file, None without one."""
        key = self.key(name)
        content = self._recent.get(key)
        if content is None and self._cache is not None:
            content = self._cache.get(key)
            if content is not None:
                self._recent.put(key, content)
        return content

    def get_or_fetch(self, name: str, find: Callable[[], bytes]) -> bytes:
        """A cached file; fetched and cached if there is none."""
        known = self.get(name)
        return self.put(name, find()) if known is None else known

    def put(self, name: str, content: bytes) -> bytes:
        """Cache a file that was just fetched, and return it."""
        key = self.key(name)
        self._recent.put(key, content)
        if self._cache is not None:
            self._cache.put(key, content)
        return content
