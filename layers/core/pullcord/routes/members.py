"""/members of projects and of groups."""

from dataclasses import dataclass

from pullcord.access import Member
from pullcord.routes.auth import RouteAuth
from pullcord.usecases.settings import manage_members
from pullcord.usecases.settings.manage_members import MemberDeps, Roster
from pullcord.wire import fields, member_json, member_params, pagination
from pullcord.wire.call import Call
from pullcord.wire.http import Answer


@dataclass(frozen=True, slots=True)
class _MemberRoutes:
    auth: RouteAuth
    deps: MemberDeps

    def list_members(self, call: Call, **source: str) -> Answer:
        """List the direct members."""
        roster = self.roster(call, **source)
        return self._page(call, manage_members.list_direct(roster, self.deps))

    def list_all_members(self, call: Call, **source: str) -> Answer:
        """List the direct members and those of the groups above."""
        roster = self.roster(call, **source)
        return self._page(call, manage_members.list_all(roster, self.deps))

    def get_member(self, call: Call, user: str, **source: str) -> Answer:
        """Read a direct member."""
        number, roster = fields.identifier(user, "user_id"), self.roster(call, **source)
        return self._answer(
            call, 200, manage_members.find_member(manage_members.list_direct(roster, self.deps), number)
        )

    def get_inherited_member(self, call: Call, user: str, **source: str) -> Answer:
        """Read a member, direct or inherited."""
        number, roster = fields.identifier(user, "user_id"), self.roster(call, **source)
        return self._answer(call, 200, manage_members.find_member(manage_members.list_all(roster, self.deps), number))

    def add_member(self, call: Call, **source: str) -> Answer:
        """Add a member."""
        wanted, roster = member_params.new(call), self.roster(call, **source)
        return self._answer(call, 201, manage_members.add_member(roster, wanted, self.deps))

    def update_member(self, call: Call, user: str, **source: str) -> Answer:
        """Change a member's level or expiry date."""
        wanted, keep_expiry = member_params.changed(call, fields.identifier(user, "user_id"))
        roster = self.roster(call, **source)
        return self._answer(call, 200, manage_members.change_member(roster, wanted, self.deps, keep_expiry=keep_expiry))

    def remove_member(self, call: Call, user: str, **source: str) -> Answer:
        """Remove a member."""
        number, roster = fields.identifier(user, "user_id"), self.roster(call, **source)
        manage_members.remove_member(roster, number, self.deps)
        return Answer(204)

    def roster(self, call: Call, **source: str) -> Roster:
        """The group or project whose members are meant."""
        raise NotImplementedError

    def _page(self, call: Call, members: list[Member]) -> Answer:
        rows, headers = pagination.page(call, member_params.matching(call, members))
        return Answer(200, [member_json.member(row, call.server) for row in rows], headers)

    def _answer(self, call: Call, status: int, member: Member) -> Answer:
        return Answer(status, member_json.member(member, call.server))


class ProjectMemberRoutes(_MemberRoutes):
    """Operations on members of projects."""

    qualifier = "project_"

    def roster(self, call: Call, **source: str) -> Roster:
        """The roster of a project."""
        return Roster.of_project(self.auth.project(call, source["project"]))


class GroupMemberRoutes(_MemberRoutes):
    """Operations on members of groups."""

    qualifier = "group_"

    def roster(self, call: Call, **source: str) -> Roster:
        """The roster of a group."""
        return Roster.of_group(self.auth.group(call, source["group"]))
