"""What is known about commits is known for ever: kept in this process, and behind it in a cache that outlives it."""

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
        self._kept: OrderedDict[str, StoredToken] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> StoredToken | None:
        """What is kept under the key, or None; being asked for makes it recent."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: str, content: StoredToken) -> None:
        """Keep, and forget the oldest until all fits; something larger than the store is not kept."""
        if len(content) > self._capacity:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(content) - (0 if before is None else len(before))
            self._kept[key] = content
            while self._size > self._capacity:
                _, forgotten = self._kept.popitem(last=False)
                self._size -= len(forgotten)


RECENT: RecentlyUsed[bytes] = RecentlyUsed(32 * MEBIBYTE)


class Facts:
    """The facts about one remote's commits. Remotes do not share: who may read one may not read all."""

    def __init__(self, remote: str, cache: Cache | None, recent: RecentlyUsed[bytes] | None = None) -> None:
        self._prefix = f"{FORMAT}/{digest(remote)}"
        self._cache = cache
        self._recent = recent or RECENT

    def key(self, name: str) -> str:
        """Under which a fact is kept."""
        return f"{self._prefix}/{name}"

    def recall(self, name: str) -> bytes | None:
        """A fact, if it is known."""
        key = self.key(name)
        content = self._recent.get(key)
        if content is None and self._cache is not None:
            content = self._cache.get(key)
            if content is not None:
                self._recent.put(key, content)
        return content

    def remember(self, name: str, find: Callable[[], bytes]) -> bytes:
        """A fact, found now and kept if it was not known."""
        known = self.recall(name)
        return self.keep(name, find()) if known is None else known

    def keep(self, name: str, content: bytes) -> bytes:
        """Keep a fact that was just found; the fact."""
        key = self.key(name)
        self._recent.put(key, content)
        if self._cache is not None:
            self._cache.put(key, content)
        return content
