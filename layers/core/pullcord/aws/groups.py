"""Groups: each at its path, in the group above, and in the list of all; moved and emptied with all that is in them."""

from collections.abc import Iterator
from copy import replace

from pullcord.access import Level, Membership
from pullcord.aws import keys
from pullcord.aws.entity_index import EntityIndex
from pullcord.aws.items import record
from pullcord.aws.table import Table
from pullcord.aws.writes import (
    FREE,
    MAX_WRITES,
    NEW,
    Operation,
    change,
    delete,
    delete_many,
    put,
    run,
    unchanged,
    where,
)
from pullcord.projects import Namespace, Project


class GroupsTable:
    """Groups in the Pipelines table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.index = EntityIndex(table, "group", Namespace, keys.namespace)

    def groups(self, group_ids: list[int] | None = None) -> list[Namespace]:
        """Groups by id, without deleted ones; all of them if no ids are given."""
        return self.index.by_id(group_ids)

    def namespaces(self, namespace_ids: list[int]) -> list[Namespace]:
        """Groups and users' own namespaces by id, without deleted ones."""
        return self.index.by_id(namespace_ids)

    def groups_in(self, group_id: int) -> list[Namespace]:
        """The groups right below a group, oldest first."""
        return self.index.in_namespace(group_id)

    def groups_below(self, group_id: int) -> list[Namespace]:
        """All groups below a group, each before those below it."""
        found: list[Namespace] = []
        for group in self.groups_in(group_id):
            found += [group, *self.groups_below(group.id)]
        return found

    def add_group(self, group: Namespace, parent: Namespace | None, owner: int) -> frozenset[str]:
        """Store a new group with its owner; `path`, `parent` or `id` when that stood in the way."""
        claim = {"kind": "namespace", "id": group.id}
        operations = {
            "path": put(self.table, keys.path(group.full_path), claim, FREE),
            "id": put(self.table, keys.namespace(group.id), record(group), NEW),
            "index": put(self.table, keys.index("groups", group.id), {"id": group.id}),
        }
        if parent is not None:
            operations["parent"] = with_child(self.table, parent, group.id)
            operations["child"] = put(self.table, keys.child("group", parent.id, group.id), {"id": group.id})
        owned = record(Membership(owner, Level.OWNER, created_at=group.created_at))
        operations["member"] = put(self.table, keys.namespace_member(group.id, owner), owned)
        operations["owner"] = put(self.table, keys.membership("group", group.id, owner), owned)
        return run(operations)

    def change_group(self, old: Namespace, new: Namespace, projects: list[Project]) -> frozenset[str]:
        """Store what differs. With another path or name, all that is below moves along in the same transaction.

        projects: all projects in the group and below it
        Answers what failed: `path` (taken), `many` (more is below than one transaction takes), or other
        names where somebody else changed something meanwhile.
        """
        operations = {"id": self._changed(old, new)}
        if old.full_path.lower() != new.full_path.lower():
            operations |= self._moved("path", "namespace", old.id, old.full_path, new.full_path)
        if (old.full_path, old.display_name) != (new.full_path, new.display_name):
            operations |= dict(self._below(old, new, projects))
        return frozenset({"many"}) if len(operations) > MAX_WRITES else run(operations)

    def delete_group(self, group: Namespace) -> bool:
        """Take an empty group away with all its settings; False when something has come into it."""
        still = where("attribute_not_exists(pk) OR #id = :id", id=group.id)
        operations = {
            "id": delete(self.table, keys.namespace(group.id), unchanged(record(group), "last_child")),
            "path": delete(self.table, keys.path(group.full_path), still),
            "index": delete(self.table, keys.index("groups", group.id)),
            "variables": delete(self.table, keys.namespace_variables(group.id)),
        }
        if group.parent_id is not None:
            operations["child"] = delete(self.table, keys.child("group", group.parent_id, group.id))
        if run(operations):
            return False
        members = [int(item["user_id"]) for item in self.table.below(f"namespace#{group.id}", "member#")]
        pairs = [(keys.namespace_member(group.id, one), keys.membership("group", group.id, one)) for one in members]
        delete_many(self.table, [key for pair in pairs for key in pair])
        return True

    def _below(self, old: Namespace, new: Namespace, projects: list[Project]) -> Iterator[tuple[str, Operation]]:
        def path(text: str) -> str:
            return new.full_path + text.removeprefix(old.full_path)

        def name(text: str) -> str:
            return new.display_name + text.removeprefix(old.display_name)

        for group in self.groups_below(old.id):
            moved = replace(group, full_path=path(group.full_path), full_name=name(group.display_name))
            yield f"group {group.id}", self._changed(group, moved)
            if moved.full_path.lower() != group.full_path.lower():
                label = f"path {group.id}"
                yield from self._moved(label, "namespace", group.id, group.full_path, moved.full_path).items()
        for project in projects:
            named = replace(
                project, namespace_path=path(project.namespace_path), namespace_name=name(project.namespace_name)
            )
            yield f"project {project.id}", change(self.table, keys.project(project.id), record(project), record(named))
            if named.full_path.lower() != project.full_path.lower():
                label = f"path {project.id}"
                yield from self._moved(label, "project", project.id, project.full_path, named.full_path).items()

    def _changed(self, old: Namespace, new: Namespace) -> Operation:
        same = unchanged(record(old), "full_path", "last_child")
        return change(self.table, keys.namespace(old.id), record(old), record(new), same)

    def _moved(self, label: str, kind: str, number: int, old: str, new: str) -> dict[str, Operation]:
        left, still = {"kind": "redirect", "of": kind, "id": number}, where("#id = :id", id=number)
        return {
            label: put(self.table, keys.path(new), {"kind": kind, "id": number}, FREE),
            f"left {number}": put(self.table, keys.path(old), left, still),
        }


def with_child(table: Table, namespace: Namespace, child_id: int) -> Operation:
    """Tell a namespace of a newcomer, if it is there, still where it was and as visible as it was."""
    same = unchanged(record(namespace), "full_path", "visibility")
    return change(table, keys.namespace(namespace.id), {}, {"last_child": child_id}, same)
