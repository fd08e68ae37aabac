"""Numbers of new objects, counted for each kind from 1 in one item of a table."""

from collections import Counter
from collections.abc import Mapping

from pullcord.aws import keys
from pullcord.aws.table import Table

STARTS: Mapping[str, int] = {"users": 1, "namespaces": 1, "personal_access_tokens": 1}
"""Numbers given out before the first count: the first administrator, their namespace and their token are number 1."""


class Sequences:
    """The sequences of one table. A number is given out once; one that is not used is a gap."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def next(self, *names: str) -> tuple[int, ...]:
        """The next number of each of these sequences, in one atomic write; a name may be repeated."""
        counts = Counter(names)
        last = self.table.count(keys.SEQUENCES, counts, STARTS)
        following = {name: iter(range(last[name] - count + 1, last[name] + 1)) for name, count in counts.items()}
        return tuple(next(following[name]) for name in names)
