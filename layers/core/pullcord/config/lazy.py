"""Means to do work late or once: a start is a third of an explanation and of a cold Lambda's first answer."""

import re
from collections.abc import Callable, Hashable, Iterator
from functools import cache


def pattern(text: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that compiles the pattern at its first call: compiling takes longer than loading a module."""
    return cache(lambda: re.compile(text, flags))


class IdentityMemo[Value]:
    """Results by the identity of the object that they were computed from.

    `extends`, aliases and `parallel` leave jobs with the very same list or map. Comparing identities is cheap whatever
    the size, and works for maps, which cannot be hashed. The objects are kept alive, so that no identity is reused.
    """

    __slots__ = ("_results",)

    def __init__(self) -> None:
        self._results: dict[tuple[int, Hashable], tuple[object, Value]] = {}

    def get(self, thing: object, key: Hashable = None) -> Value | None:
        """Return the stored result; None without one. `key` tells several results of one object apart."""
        entry = self._results.get((id(thing), key))
        return None if entry is None else entry[1]

    def put(self, thing: object, result: Value, key: Hashable = None) -> Value:
        """Store a result and return it."""
        self._results[id(thing), key] = thing, result
        return result

    def compute[Thing](self, thing: Thing, function: Callable[[Thing], Value], key: Hashable = None) -> Value:
        """Return the stored result, or that of `function(thing)`, which is then stored."""
        identity = id(thing), key
        entry = self._results.get(identity)
        if entry is None:
            entry = self._results[identity] = thing, function(thing)
        return entry[1]

    def __contains__(self, thing: object) -> bool:
        return (id(thing), None) in self._results

    def __iter__(self) -> Iterator[Value]:
        return (result for _, result in self._results.values())
