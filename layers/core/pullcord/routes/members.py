"""/members of projects and of groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from pullcord.usecases.auth.authenticate import READ, WRITE
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.settings import manage_members
from pullcord.usecases.settings.manage_members import Outside, Roster
from pullcord.wire import fields, member_params, pagination
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer


def _routes(below: str, source: str) -> tuple[tuple[str, str, str], ...]:
    members = f"/api/v4/{below}/<{source}>/members"
    return (
        ("GET", members, "index"),
        ("POST", members, "add"),
        ("GET", f"{members}/all", "index_all"),
        ("GET", f"{members}/all/<user>", "show_of_all"),
        ("GET", f"{members}/<user>", "show"),
        ("PUT", f"{members}/<user>", "update"),
        ("DELETE", f"{members}/<user>", "remove"),
    )


@dataclass(frozen=True, slots=True)
class _MemberRoutes:
    admission: Admission
    outside: Outside

    def index(self, call: Call, **source: str) -> Answer:
        """The direct members."""
        roster = self.roster(call, READ, **source)
        return self._page(call, manage_members.direct(roster, self.outside))

    def index_all(self, call: Call, **source: str) -> Answer:
        """The direct members and those of the groups above."""
        roster = self.roster(call, READ, **source)
        return self._page(call, manage_members.inherited(roster, self.outside))

    def show(self, call: Call, user: str, **source: str) -> Answer:
        """One direct member."""
        number, roster = fields.identifier(user, "user_id"), self.roster(call, READ, **source)
        return self._answer(call, 200, manage_members.one(manage_members.direct(roster, self.outside), number))

    def show_of_all(self, call: Call, user: str, **source: str) -> Answer:
        """One member, however they became one."""
        number, roster = fields.identifier(user, "user_id"), self.roster(call, READ, **source)
        return self._answer(call, 200, manage_members.one(manage_members.inherited(roster, self.outside), number))

    def add(self, call: Call, **source: str) -> Answer:
        """A new member."""
        wanted, roster = member_params.new(call), self.roster(call, WRITE, **source)
        return self._answer(call, 201, manage_members.add(roster, wanted, self.outside))

    def update(self, call: Call, user: str, **source: str) -> Answer:
        """Another level, or another end."""
        wanted, keep_end = member_params.changed(call, fields.identifier(user, "user_id"))
        roster = self.roster(call, WRITE, **source)
        return self._answer(call, 200, manage_members.change(roster, wanted, self.outside, keep_end=keep_end))

    def remove(self, call: Call, user: str, **source: str) -> Answer:
        """No member any more."""
        number, roster = fields.identifier(user, "user_id"), self.roster(call, WRITE, **source)
        manage_members.remove(roster, number, self.outside)
        return Answer(204)

    def roster(self, call: Call, scopes: Sequence[str], **source: str) -> Roster:
        """Whose members they are."""
        raise NotImplementedError

    def _page(self, call: Call, members: list[manage_members.Member]) -> Answer:
        rows, headers = pagination.page(call, member_params.matching(call, members))
        return Answer(200, [member_params.member(row, call.server) for row in rows], headers)

    def _answer(self, call: Call, status: int, member: manage_members.Member) -> Answer:
        return Answer(status, member_params.member(member, call.server))


class ProjectMemberRoutes(_MemberRoutes):
    """Members of projects."""

    routes = _routes("projects", "project")

    def roster(self, call: Call, scopes: Sequence[str], **source: str) -> Roster:
        """Those of a project."""
        return Roster.of_project(self.admission.member(personal_token(call), source["project"], scopes))


class GroupMemberRoutes(_MemberRoutes):
    """Members of groups."""

    routes = _routes("groups", "group")

    def roster(self, call: Call, scopes: Sequence[str], **source: str) -> Roster:
        """Those of a group."""
        return Roster.of_group(self.admission.group(personal_token(call), source["group"], scopes))
