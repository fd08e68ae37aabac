"""Index items: one per project, group or user in the list of all, and one in its namespace; entities are read by their ids."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pullcord.aws.items import Item, restored
from pullcord.aws.keys import Key, SourceKind
from pullcord.aws.table import Table
from pullcord.aws.writes import read_many
from pullcord.ids import sortable
from pullcord.projects import Namespace, Project


def index_items(table: Table, name: str) -> Iterator[Item]:
    """The index items of a list of all, oldest first. name: of the list, as in `keys.index`."""
    return table.query(name, sortable(0), sortable(2**53))


@dataclass(frozen=True, slots=True)
class EntityIndex[T: (Project, Namespace)]:
    """Projects or groups in the Pipelines table. entity: their type; key: by id."""

    table: Table
    kind: SourceKind
    entity: type[T]
    key: Callable[[int], Key]

    def by_id(self, ids: list[int] | None) -> list[T]:
        """Entities by id, in the order of the ids, without deleted ones; all, oldest first, if no ids are given."""
        if ids is None:
            ids = [int(item["sk"]) for item in index_items(self.table, f"{self.kind}s")]
        return [restored(self.entity, item) for item in read_many(self.table, [self.key(number) for number in ids])]

    def in_namespace(self, namespace_id: int) -> list[T]:
        """The entities directly in a namespace, oldest first."""
        items = self.table.below(f"namespace#{namespace_id}", f"{self.kind}#")
        return self.by_id([int(item["sk"].partition("#")[2]) for item in items])
