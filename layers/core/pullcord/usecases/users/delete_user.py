"""Delete a user: first their tokens, then their own projects, at last the user.

Source: https://docs.gitlab.com/api/users/#delete-a-user
"""

from dataclasses import dataclass

from pullcord.access import Level, Membership, Source, User, require_admin
from pullcord.errors import Conflict, NotFound
from pullcord.times import Runtime
from pullcord.usecases.groups.group_owners import other_owner
from pullcord.usecases.people_ports import Members, Projects, UserAccounts
from pullcord.usecases.ports import PersonalTokens, TriggerTokens
from pullcord.usecases.projects import delete_project

SOLE_OWNER = "User cannot be removed if is the sole owner of a group"


@dataclass(frozen=True, slots=True)
class DeleteUserDeps:
    """The stores and services that deleting a user uses; every `deps.` below is an effect."""

    users: UserAccounts
    members: Members
    projects: Projects
    personal: PersonalTokens
    triggers: TriggerTokens
    deleting: delete_project.DeleteProjectDeps
    runtime: Runtime


def delete_user(user_id: int, caller: User, deps: DeleteUserDeps) -> None:
    """Delete a user with their tokens and their own projects. Raises Forbidden, NotFound, Conflict (sole owner)."""
    require_admin(caller)
    user = deps.users.user(user_id) if user_id > 0 else None
    if user is None:
        raise NotFound("User")
    if any(_is_sole_owner(*membership, user_id, deps) for membership in deps.users.memberships(user_id)):
        raise Conflict(SOLE_OWNER, code="sole_owner")
    _delete_tokens(user_id, deps)
    if user.namespace_id is not None:
        for project in deps.projects.projects_in(user.namespace_id):
            delete_project.delete_completely(project, deps.deleting)
    deps.users.delete_user(user)
    # Tokens that were created meanwhile.
    _delete_tokens(user_id, deps)


def _delete_tokens(user_id: int, deps: DeleteUserDeps) -> None:
    deps.personal.delete_all(user_id)
    deps.triggers.delete_of_owner(user_id)


def _is_sole_owner(kind: Source, source_id: int, membership: Membership, user_id: int, deps: DeleteUserDeps) -> bool:
    if kind != "group" or membership.level < Level.OWNER:
        return False
    if not membership.live(deps.runtime.today):
        return False
    return other_owner(source_id, user_id, deps.members, deps.users, deps.runtime.today) is None
