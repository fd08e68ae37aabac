"""Things that are found by their ids, and by the marks that each leaves in the list of all and in its namespace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pullcord.aws.items import Item, restored
from pullcord.aws.keys import Key, SourceKind
from pullcord.aws.table import Table
from pullcord.aws.writes import read_many
from pullcord.ids import sortable
from pullcord.projects import Namespace, Project


def all_marks(table: Table, listed: str) -> Iterator[Item]:
    """The marks in the list of all, oldest first. listed: its name, as in `keys.listed`."""
    return table.query(listed, sortable(0), sortable(2**53))


@dataclass(frozen=True, slots=True)
class Marked[T: (Project, Namespace)]:
    """Projects or groups in the Pipelines table. thing: their type; key: where the one with an id is."""

    table: Table
    kind: SourceKind
    thing: type[T]
    key: Callable[[int], Key]

    def these(self, ids: list[int] | None) -> list[T]:
        """Those with these ids and in their order, without those that are gone; all, oldest first, if there are none."""
        if ids is None:
            ids = [int(mark["sk"]) for mark in all_marks(self.table, f"{self.kind}s")]
        return [restored(self.thing, item) for item in read_many(self.table, [self.key(one) for one in ids])]

    def inside(self, namespace_id: int) -> list[T]:
        """Those right in a namespace, oldest first."""
        marks = self.table.below(f"namespace#{namespace_id}", f"{self.kind}#")
        return self.these([int(mark["sk"].partition("#")[2]) for mark in marks])
