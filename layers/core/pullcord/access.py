"""Rights: users, access levels and the abilities that they give.

Source: the permission tables of https://docs.gitlab.com/user/permissions and https://docs.gitlab.com/ci/triggers
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal, NamedTuple

from pullcord.errors import Forbidden
from pullcord.projects import Namespace, Project, Visibility
from pullcord.tokens import Trigger


class Level(IntEnum):
    """GitLab's access levels of a member."""

    NONE = 0
    MINIMAL = 5
    GUEST = 10
    PLANNER = 15
    REPORTER = 20
    DEVELOPER = 30
    MAINTAINER = 40
    OWNER = 50


class User(NamedTuple):
    """A person or a machine that owns tokens. Times are ISO 8601 texts in UTC with milliseconds.

    external: whether they see what is public or shared with them alone, and create no groups or projects of their own
              (docs.gitlab.com/administration/external_users)
    """

    id: int
    username: str
    name: str
    email: str = ""
    state: Literal["active", "blocked", "deactivated"] = "active"
    admin: bool = False
    confirmed: bool = True
    created_at: str = ""
    public_email: str | None = None
    bio: str = ""
    namespace_id: int | None = None
    can_create_group: bool = True
    external: bool = False
    note: str | None = None

    @property
    def may_create_groups(self) -> bool:
        """Whether they may create top-level groups."""
        return self.can_create_group and not self.external

    @property
    def projects_limit(self) -> int:
        """How many projects they may have in their own namespace; 100,000 is GitLab's default, and is not counted."""
        return 0 if self.external else 100_000


class TriggerView(NamedTuple):
    """A trigger token as one caller may see it: whole or four characters of it, with last use and owner."""

    trigger: Trigger
    token: str
    last_used: str | None
    owner: User | None


class Membership(NamedTuple):
    """A user's level in one project or group, until `expires_at` (a date) if that is set."""

    user_id: int
    level: int
    expires_at: str | None = None
    created_at: str = ""
    created_by: int | None = None

    def live(self, today: str) -> bool:
        """Whether the membership is in force on `today` (YYYY-MM-DD)."""
        return self.expires_at is None or self.expires_at > today


class Member(NamedTuple):
    """A user with their membership, and the user who created it."""

    user: User
    membership: Membership
    created_by: User | None = None


Source = Literal["project", "group"]
"""A kind of object that has members."""

Ability = Literal[
    "read_project",
    "admin_project",
    "read_pipeline",
    "read_build",
    "read_build_trace",
    "create_pipeline",
    "update_pipeline",
    "cancel_pipeline",
    "destroy_pipeline",
    "admin_build",
    "manage_trigger",
    "read_any_pipeline_variable",
    "set_pipeline_variables",
    "read_code",
    "push_code",
    "remove_project",
]

BY_LEVEL: dict[Level, frozenset[Ability]] = {
    Level.GUEST: frozenset({"read_project"}),
    Level.REPORTER: frozenset({"read_pipeline", "read_build", "read_build_trace", "read_code"}),
    Level.DEVELOPER: frozenset({"create_pipeline", "update_pipeline", "cancel_pipeline", "push_code"}),
    Level.MAINTAINER: frozenset({"admin_project", "admin_build", "manage_trigger", "read_any_pipeline_variable"}),
    Level.OWNER: frozenset({"destroy_pipeline", "remove_project"}),
}

CI: frozenset[Ability] = frozenset(
    {
        "read_pipeline",
        "read_build",
        "read_build_trace",
        "create_pipeline",
        "update_pipeline",
        "cancel_pipeline",
        "destroy_pipeline",
        "admin_build",
        "manage_trigger",
        "read_any_pipeline_variable",
        "set_pipeline_variables",
    }
)
"""Abilities removed when CI/CD is disabled for the project."""

CHANGES: frozenset[Ability] = frozenset(
    {"create_pipeline", "update_pipeline", "cancel_pipeline", "destroy_pipeline", "push_code", "set_pipeline_variables"}
)
"""Abilities removed when the project is archived, or the user is blocked or unconfirmed."""

OVERRIDE_LEVEL = {"developer": Level.DEVELOPER, "maintainer": Level.MAINTAINER, "owner": Level.OWNER}
"""`ci_pipeline_variables_minimum_override_role`; with `no_one_allowed` not even administrators may."""


GroupAbility = Literal["read_group", "create_projects", "create_subgroup", "admin_group", "admin_group_member"]

GROUP_BY_LEVEL: dict[Level, frozenset[GroupAbility]] = {
    Level.GUEST: frozenset({"read_group"}),
    Level.MAINTAINER: frozenset({"create_projects", "create_subgroup"}),
    Level.OWNER: frozenset({"admin_group", "admin_group_member"}),
}


def needed_role(ability: Ability | GroupAbility) -> str:
    """The lowest role that has an ability, in lower case."""
    levels: dict[Level, frozenset[str]] = {**BY_LEVEL}
    for level, gained in GROUP_BY_LEVEL.items():
        levels[level] = levels[level] | gained
    return next(level.name.lower() for level, gained in levels.items() if ability in gained)


def group_abilities(user: User | None, level: Level, group: Namespace) -> frozenset[GroupAbility]:
    """The abilities of a user in a group; parameters as in `abilities`."""
    allowed: set[GroupAbility] = {"read_group"} if is_visible(group.visibility, user) else set()
    effective = effective_level(user, level)
    for needed, gained in GROUP_BY_LEVEL.items():
        if user is not None and effective >= needed:
            allowed |= gained
    return frozenset(allowed)


def require_admin(user: User) -> None:
    """Raise Forbidden for anybody but an administrator."""
    if not user.admin:
        raise Forbidden(code="no_permission", details={"needs": "administrator"})


def is_visible(visibility: Visibility, user: User | None) -> bool:
    """Whether a user without membership sees a project or group. user: None for an anonymous caller."""
    return visibility == "public" or (visibility == "internal" and user is not None and not user.external)


def effective_level(user: User | None, level: Level) -> Level:
    """The level that counts: an administrator has an owner's everywhere."""
    return Level.OWNER if user is not None and user.admin else level


def highest(memberships: Iterable[Membership], today: str) -> Level:
    """The highest level of memberships that have not expired: direct ones and those of the groups above."""
    return max((Level(member.level) for member in memberships if member.live(today)), default=Level.NONE)


def abilities(user: User | None, level: Level, project: Project) -> frozenset[Ability]:
    """The abilities of a user in a project.

    user:  None for a caller without credentials
    level: of that user in this project, see `highest`
    """
    return _granted(user, level, project) - _removed(user, project).keys()


def refusal_code(ability: Ability, user: User | None, level: Level, project: Project) -> str:
    """Why a user lacks an ability: what would be enough to change, or `no_permission` for a level that is too low."""
    if ability not in _granted(user, level, project):
        return "no_permission"
    return _removed(user, project).get(ability, "no_permission")


def _granted(user: User | None, level: Level, project: Project) -> frozenset[Ability]:
    """The abilities by level and visibility, whatever the state of user and project."""
    allowed: set[Ability] = {"read_project", "read_code"} if is_visible(project.visibility, user) else set()
    effective = effective_level(user, level)
    for needed, gained in BY_LEVEL.items():
        if user is not None and effective >= needed:
            allowed |= gained
    if project.public_jobs and "read_project" in allowed:
        allowed |= {"read_pipeline", "read_build", "read_build_trace"}
    minimum = OVERRIDE_LEVEL.get(project.variables_minimum_role)
    if minimum is not None and effective >= minimum:
        allowed.add("set_pipeline_variables")
    if project.builds_private and effective < Level.GUEST:
        allowed -= CI
    return frozenset(allowed)


class _Restriction(NamedTuple):
    """A state of a user or project that removes abilities. code: of the refusals that follow from it."""

    code: str
    applies: bool
    removes: frozenset[Ability]


def _removed(user: User | None, project: Project) -> dict[Ability, str]:
    """The abilities that the state of user or project removes, each with the code of the first reason."""
    inactive = user is not None and user.state != "active"
    unconfirmed = user is not None and not user.confirmed
    restrictions = (
        _Restriction(code="pipelines_disabled", applies=not project.jobs_enabled, removes=CI),
        _Restriction(code="project_archived", applies=project.archived, removes=CHANGES),
        _Restriction(code="user_blocked", applies=inactive, removes=CHANGES),
        _Restriction(code="user_unconfirmed", applies=unconfirmed, removes=CHANGES),
    )
    return {ability: one.code for one in reversed(restrictions) if one.applies for ability in one.removes}
