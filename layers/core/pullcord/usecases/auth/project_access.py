"""A project and what a caller may do in it."""

from typing import NamedTuple

from pullcord import access, ids
from pullcord.access import Ability, Level, User
from pullcord.errors import Forbidden, Moved, NotFound, Unauthorized
from pullcord.projects import Project
from pullcord.usecases.people_ports import ProjectDirectory


class ProjectAccess(NamedTuple):
    """A project that a caller may see, and the caller's rights in it."""

    project: Project
    user: User | None
    abilities: frozenset[Ability]
    level: Level = Level.NONE

    @property
    def member(self) -> User:
        """The caller's user, where one is required. Raises Unauthorized."""
        if self.user is None:
            raise Unauthorized(code="no_token")
        return self.user

    def require(self, ability: Ability) -> None:
        """Raise Forbidden unless the caller has this ability. Its code names the reason."""
        if ability not in self.abilities:
            code = access.refusal_code(ability, self.user, self.level, self.project)
            raise Forbidden(code=code, details={"needs": access.needed_role(ability)})


def authorize_project(wanted: str, user: User | None, directory: ProjectDirectory, today: str) -> ProjectAccess:
    """Look up the project and what the caller may do in it. wanted: number or full path.

    Raises NotFound for a project that does not exist or that the caller may not see, in the same words for both, and
    Moved for a project that has left this path.
    """
    number = ids.parse(wanted)
    project_id = directory.project_id(wanted) if number is None else number
    found = directory.project_memberships(project_id, user.id if user else None) if project_id else None
    if found is None or found.project is None:
        raise NotFound("Project")
    level = access.highest(found.memberships, today)
    result = project_access(found.project, user, level)
    if "read_project" not in result.abilities:
        raise NotFound("Project")
    if number is None and found.project.full_path.lower() != wanted.lower():
        raise Moved(found.project.id)
    return result


def project_access(project: Project, user: User | None, level: Level) -> ProjectAccess:
    """The rights of a user in a project. level: by their memberships."""
    return ProjectAccess(project, user, access.abilities(user, level, project), access.effective_level(user, level))
