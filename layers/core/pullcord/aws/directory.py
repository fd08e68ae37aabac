"""The directory: users, namespaces and projects, by id and by the paths that they claim."""

from collections.abc import Iterable
from typing import NamedTuple

from pullcord.access import Membership, User
from pullcord.aws import keys
from pullcord.aws.items import Item, restored
from pullcord.aws.keys import Key
from pullcord.aws.table import Table, get_many
from pullcord.projects import Namespace, Project


class MembershipsInProject(NamedTuple):
    """A project, a user, and the user's memberships in the project and above it."""

    project: Project | None
    user: User | None
    memberships: tuple[Membership, ...] = ()


class Directory:
    """Users, namespaces and projects of the Pipelines table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def user(self, user_id: int) -> User | None:
        """A user by id."""
        item = self.table.get(keys.user(user_id))
        return restored(User, item) if item else None

    def users(self, user_ids: Iterable[int]) -> dict[int, User]:
        """Users by id, without deleted ones."""
        items = get_many({self.table: [keys.user(user_id) for user_id in set(user_ids)]}) if user_ids else {}
        return {item["id"]: restored(User, item) for item in items.values()}

    def project_id(self, full_path: str) -> int | None:
        """The id of the project at a path."""
        return project_at(self.table.get(keys.path(full_path)))

    def project(self, project_id: int) -> Project | None:
        """A project by id."""
        item = self.table.get(keys.project(project_id))
        return restored(Project, item) if item else None

    def namespace(self, namespace_id: int) -> Namespace | None:
        """A namespace by id."""
        item = self.table.get(keys.namespace(namespace_id))
        return restored(Namespace, item) if item else None

    def namespace_of(self, user: User) -> Namespace | None:
        """A user's own namespace, which has the user's name as its path."""
        claim = self.table.get(keys.path(user.username))
        return self.namespace(int(claim["id"])) if claim and claim["kind"] == "namespace" else None

    def user_id(self, username: str) -> int | None:
        """The id of the user whose own namespace has this path."""
        claim = self.table.get(keys.path(username))
        namespace = self.namespace(int(claim["id"])) if claim and claim["kind"] == "namespace" else None
        return namespace.owner_id if namespace and namespace.kind == "user" else None

    def group_id(self, full_path: str) -> int | None:
        """The id of the group at a path."""
        claim = self.table.get(keys.path(full_path))
        return int(claim["id"]) if claim and "namespace" in {claim["kind"], claim.get("of")} else None

    def group_memberships(self, group_id: int, user_id: int | None) -> tuple[Namespace | None, tuple[Membership, ...]]:
        """A group and a user's memberships in it and above it."""
        namespace = self.namespace(group_id)
        if namespace is None or namespace.kind != "group":
            return None, ()
        if user_id is None:
            return namespace, ()
        groups = (group_id, *namespace.ancestors)
        members = get_many({self.table: [keys.namespace_member(group, user_id) for group in groups]})
        return namespace, memberships({key: item for (_, key), item in members.items()}, user_id)

    def project_memberships(self, project_id: int, user_id: int | None) -> MembershipsInProject:
        """A project and a user's memberships; those in groups take a second call."""
        wanted = [keys.project(project_id)]
        if user_id is not None:
            wanted += [keys.user(user_id), keys.project_member(project_id, user_id)]
        items = {key: item for (_, key), item in get_many({self.table: wanted}).items()}
        project = restored(Project, items[wanted[0]]) if wanted[0] in items else None
        if user_id is None or project is None:
            return MembershipsInProject(project, None)
        if project.groups:
            members = [keys.namespace_member(group, user_id) for group in project.groups]
            items |= {key: item for (_, key), item in get_many({self.table: members}).items()}
        user = restored(User, items[wanted[1]]) if wanted[1] in items else None
        return MembershipsInProject(project, user, memberships(items, user_id))


def project_at(claim: Item | None) -> int | None:
    """The project of a claim on a path, also one that has left the path."""
    if claim is None or (claim["kind"] != "project" and claim.get("of") != "project"):
        return None
    return int(claim["id"])


def memberships(items: dict[Key, Item], user_id: int) -> tuple[Membership, ...]:
    """The memberships of a user among items that were read together."""
    return tuple(restored(Membership, item) for key, item in items.items() if key.sk == f"member#{user_id}")
