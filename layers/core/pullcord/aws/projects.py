"""Projects: each at its path, in its namespace, and in the list of all."""

from collections.abc import Iterator

from pullcord.access import Level, Membership
from pullcord.aws import keys
from pullcord.aws.entity_index import EntityIndex
from pullcord.aws.groups import with_child
from pullcord.aws.items import record
from pullcord.aws.keys import Key
from pullcord.aws.table import Table, transact
from pullcord.aws.writes import (
    FREE,
    NEW,
    change,
    delete,
    delete_many,
    put,
    run,
    unchanged,
    where,
)
from pullcord.projects import Namespace, Project


class ProjectsTable:
    """Projects in the Pipelines table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.index = EntityIndex(table, "project", Project, keys.project)

    def projects(self, project_ids: list[int] | None = None) -> list[Project]:
        """Projects by id, without deleted ones; all of them if no ids are given."""
        return self.index.by_id(project_ids)

    def projects_in(self, namespace_id: int) -> list[Project]:
        """The projects of a namespace itself, oldest first."""
        return self.index.in_namespace(namespace_id)

    def add_project(self, project: Project, namespace: Namespace, owner: int | None) -> frozenset[str]:
        """Store a new project, with an owner if it is to have one of its own; `path`, `namespace`, `id` if that failed.

        A path and an id may be taken, and a namespace may be deleted or have moved.
        """
        operations = {
            "path": put(self.table, keys.path(project.full_path), {"kind": "project", "id": project.id}, FREE),
            "namespace": with_child(self.table, namespace, project.id),
            "id": put(self.table, keys.project(project.id), record(project), NEW),
            "index": put(self.table, keys.index("projects", project.id), {"id": project.id}),
            "child": put(self.table, keys.child("project", project.namespace_id, project.id), {"id": project.id}),
        }
        if owner is not None:
            owned = record(Membership(owner, Level.OWNER, created_at=project.created_at))
            operations["member"] = put(self.table, keys.project_member(project.id, owner), owned)
            operations["owner"] = put(self.table, keys.membership("project", project.id, owner), owned)
        return run(operations)

    def change_project(self, old: Project, new: Project) -> frozenset[str]:
        """Store what differs; another path leaves the old one as a way to the new one.

        Answers what failed: `path` when that is taken; `id` when the project is deleted, has moved, or when
        somebody else has changed the same list.
        """
        lists = [
            name for name in ("job_token_projects", "job_token_groups") if getattr(old, name) != getattr(new, name)
        ]
        same = unchanged(record(old), "path", "namespace_path", *lists)
        operations = {"id": change(self.table, keys.project(old.id), record(old), record(new), same)}
        if old.full_path.lower() != new.full_path.lower():
            claim = {"kind": "project", "id": new.id}
            operations["path"] = put(self.table, keys.path(new.full_path), claim, FREE)
            left = {"kind": "redirect", "of": "project", "id": old.id}
            still = where("#id = :id", id=old.id)
            operations["left"] = put(self.table, keys.path(old.full_path), left, still)
        return run(operations)

    def delete_project(self, project: Project) -> None:
        """Take a project away with all its settings at once, then all that was recorded in it."""
        deleted = [
            keys.index("projects", project.id),
            keys.child("project", project.namespace_id, project.id),
            keys.project_variables(project.id),
            keys.protections(project.id),
        ]
        still = where("attribute_not_exists(pk) OR #id = :id", id=project.id)
        transact(
            [
                delete(self.table, keys.project(project.id)),
                delete(self.table, keys.path(project.full_path), still),
                *(delete(self.table, key) for key in deleted),
            ]
        )
        delete_many(self.table, list(self._recorded(project.id)))

    def _recorded(self, project_id: int) -> Iterator[Key]:
        for item in self.table.query(f"project#{project_id}", "!", "~"):
            key = Key(item["pk"], item["sk"])
            kind, _, number = key.sk.partition("#")
            yield key
            if kind == "pipeline":
                yield keys.request(int(number))
                yield keys.plan(int(number))
            if kind == "member":
                yield keys.membership("project", project_id, int(number))
