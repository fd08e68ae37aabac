"""Protected branches and tags: all of a project in one item, so that a trigger reads them with everything else."""

from typing import Any

from pullcord.aws import keys, versioned_lists
from pullcord.aws.items import Item, record
from pullcord.aws.table import Table
from pullcord.projects import Grant, ProtectedRef


class ProtectionsTable:
    """Protections in the Pipelines table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def protections(self, project_id: int) -> tuple[ProtectedRef, ...]:
        """All protected refs of a project, in the order in which they were created."""
        return self.versioned(project_id)[0]

    def versioned(self, project_id: int) -> tuple[tuple[ProtectedRef, ...], int]:
        """All protected refs of a project, and the version of the list."""
        stored_list = versioned_lists.read(self.table, keys.protections(project_id))
        return tuple(_restored(row) for row in stored_list.rows), stored_list.version

    def store(self, project_id: int, refs: tuple[ProtectedRef, ...], version: int) -> frozenset[str]:
        """Replace the list of this version; failed: `list`, `owner`, `size`."""
        rows = [_stored(ref) for ref in refs]
        return versioned_lists.write(self.table, keys.protections(project_id), rows, version, keys.project(project_id))


def protected_refs(item: Item | None) -> tuple[ProtectedRef, ...]:
    """The protected refs of a `protections` item."""
    return tuple(_restored(row) for row in item["all"]) if item else ()


def _stored(ref: ProtectedRef) -> Item:
    grants = {name: [_without_none(record(one)) for one in getattr(ref, name)] for name in GRANTS}
    return {**record(ref), **grants}


def _restored(row: Item) -> ProtectedRef:
    grants: dict[str, Any] = {name: tuple(Grant(**one) for one in row[name]) for name in GRANTS}
    return ProtectedRef(**{**row, **grants})


def _without_none(item: Item) -> Item:
    return {name: value for name, value in item.items() if value is not None}


GRANTS = ("push", "merge", "create")
