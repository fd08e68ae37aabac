"""Stores of users, projects, groups and members as the use cases see them, and the sequences of their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pullcord.access import Membership, Source, User
    from pullcord.projects import Namespace, Project
    from pullcord.usecases.ports import Failed


type SequenceName = Literal[
    "users",
    "namespaces",
    "projects",
    "triggers",
    "personal_access_tokens",
    "protected_branches",
    "protected_tags",
    "push_access_levels",
    "merge_access_levels",
    "create_access_levels",
]


class Sequences(Protocol):
    """Small numbers for new objects, counted per kind. Groups and users' own namespaces are one kind."""

    def next(self, *names: SequenceName) -> tuple[int, ...]:
        """The next number of each; never given out again. A name may be repeated."""


class Users(Protocol):
    """Users by id."""

    def user(self, user_id: int) -> User | None:
        """One user."""


class UsersById(Users, Protocol):
    """Users by id, one or many."""

    def users(self, user_ids: Iterable[int]) -> Mapping[int, User]:
        """Users by id, without those that were deleted."""


class UsersByName(UsersById, Protocol):
    """Users by id and by username."""

    def user_id(self, username: str) -> int | None:
        """The id of the user with this username."""


class UserAccounts(Users, Protocol):
    """The store of users."""

    def users(self) -> Mapping[int, User]:
        """All users by id."""

    def named(self, username: str) -> User | None:
        """The user with this username."""

    def memberships(self, user_id: int) -> Iterable[tuple[Source, int, Membership]]:
        """Kind and id of every group and project of which a user is a direct member."""

    def add_user(self, user: User, namespace: Namespace) -> Failed:
        """Store a new user and their namespace; failed: `id`, `namespace`, `username`, `email` are taken."""

    def change_user(self, old: User, new: User) -> Failed:
        """Store the fields that differ; failed: `email` is taken."""

    def delete_user(self, user: User) -> None:
        """Delete a user with username, address and memberships."""


class ProjectMemberships(Protocol):
    """A project and a user's memberships in it and above it."""

    @property
    def project(self) -> Project | None:
        """The project, None if it does not exist."""

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """Direct and inherited memberships."""


class ProjectDirectory(Protocol):
    """Projects by path and id, with memberships."""

    def project_id(self, full_path: str) -> int | None:
        """The id of the project at a path."""

    def project_memberships(self, project_id: int, user_id: int | None) -> ProjectMemberships:
        """A project and a user's memberships."""


class GroupDirectory(Protocol):
    """Groups by path and id, with memberships."""

    def group_id(self, full_path: str) -> int | None:
        """The id of the group at a path."""

    def group_memberships(self, group_id: int, user_id: int | None) -> tuple[Namespace | None, tuple[Membership, ...]]:
        """A group, None if it does not exist, and a user's memberships in it and above it."""


class Directory(ProjectDirectory, GroupDirectory, Protocol):
    """Projects, groups and namespaces, with memberships."""

    def project(self, project_id: int) -> Project | None:
        """A project."""

    def namespace(self, namespace_id: int) -> Namespace | None:
        """A group or a user's namespace."""

    def namespace_of(self, user: User) -> Namespace | None:
        """A user's own namespace."""


class Projects(Protocol):
    """The store of projects."""

    def projects(self, project_ids: list[int] | None = None) -> list[Project]:
        """Projects by id without those that were deleted; all projects if no ids are given."""

    def projects_in(self, namespace_id: int) -> list[Project]:
        """The projects directly in a namespace."""

    def add_project(self, project: Project, namespace: Namespace, owner: int | None) -> Failed:
        """Store a new project, with an owner if one is given; failed: `path`, `namespace`, `id`."""

    def change_project(self, old: Project, new: Project) -> Failed:
        """Store the fields that differ; failed: `path`, or `id` (deleted, or a list changed meanwhile)."""

    def delete_project(self, project: Project) -> None:
        """Delete a project with everything in it."""


class Groups(Protocol):
    """The store of groups."""

    def groups(self, group_ids: list[int] | None = None) -> list[Namespace]:
        """Groups by id without those that were deleted; all groups if no ids are given."""

    def namespaces(self, namespace_ids: list[int]) -> list[Namespace]:
        """Groups and users' own namespaces by id, without those that were deleted."""

    def groups_below(self, group_id: int) -> list[Namespace]:
        """All groups below a group."""

    def add_group(self, group: Namespace, parent: Namespace | None, owner: int) -> Failed:
        """Store a new group; failed: `path`, `parent`, `id`."""

    def change_group(self, old: Namespace, new: Namespace, projects: list[Project]) -> Failed:
        """Store the fields that differ, in everything below too; failed: `path`, `many` (too many below), others: retry."""

    def delete_group(self, group: Namespace) -> bool:
        """Delete an empty group; False if it is not empty."""


class Members(Protocol):
    """The store of members of groups and projects."""

    def members(self, kind: Source, source_id: int) -> list[Membership]:
        """The direct members."""

    def member(self, kind: Source, source_id: int, user_id: int) -> Membership | None:
        """One direct member."""

    def add_member(self, kind: Source, source_id: int, new: Membership) -> Failed:
        """Store a new member; failed: `member`, `source`, `user`."""

    def change_member(
        self, kind: Source, source_id: int, changed: Membership, remaining: Membership | None = None
    ) -> Failed:
        """Store another level or expiry date; failed: `member` (there is none), `remaining` (another one has changed)."""

    def remove_member(self, kind: Source, source_id: int, user_id: int, remaining: Membership | None = None) -> Failed:
        """Delete a member; failed: `remaining` (another one has changed)."""
