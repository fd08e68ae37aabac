"""Members of groups and projects: among those of the group or project, and among the user's own, written together."""

from pullcord.access import Membership
from pullcord.aws import keys
from pullcord.aws.items import record, restored
from pullcord.aws.keys import SourceKind
from pullcord.aws.table import Table
from pullcord.aws.writes import EXISTS, NEW, Operation, check, delete, put, run, unchanged


class MembersTable:
    """Memberships in the Pipelines table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def members(self, kind: SourceKind, source_id: int) -> list[Membership]:
        """The direct members of a group or project."""
        first = keys.member(kind, source_id, 0)
        return [restored(Membership, item) for item in self.table.below(first.pk, "member#")]

    def member(self, kind: SourceKind, source_id: int, user_id: int) -> Membership | None:
        """One direct member."""
        item = self.table.get(keys.member(kind, source_id, user_id))
        return restored(Membership, item) if item else None

    def add_member(self, kind: SourceKind, source_id: int, new: Membership) -> frozenset[str]:
        """Store a new member; `member` for one who is there already, `source` or `user` when that is gone."""
        source = keys.project(source_id) if kind == "project" else keys.namespace(source_id)
        item, user_id = record(new), new.user_id
        return run(
            {
                "member": put(self.table, keys.member(kind, source_id, user_id), item, NEW),
                "own": put(self.table, keys.membership(kind, source_id, user_id), item),
                "source": check(self.table, source, EXISTS),
                "user": check(self.table, keys.user(user_id), EXISTS),
            }
        )

    def change_member(
        self, kind: SourceKind, source_id: int, changed: Membership, remaining: Membership | None = None
    ) -> frozenset[str]:
        """Store another level or end; `member` when it is gone, `remaining` when that one is no longer as given."""
        item, user_id = record(changed), changed.user_id
        return run(
            {
                "member": put(self.table, keys.member(kind, source_id, user_id), item, EXISTS),
                "own": put(self.table, keys.membership(kind, source_id, user_id), item),
                **self._as_it_was(kind, source_id, remaining),
            }
        )

    def remove_member(
        self, kind: SourceKind, source_id: int, user_id: int, remaining: Membership | None = None
    ) -> frozenset[str]:
        """Take a member away, one who is not there does no harm; `remaining` when that one is no longer as given."""
        return run(
            {
                "member": delete(self.table, keys.member(kind, source_id, user_id)),
                "own": delete(self.table, keys.membership(kind, source_id, user_id)),
                **self._as_it_was(kind, source_id, remaining),
            }
        )

    def _as_it_was(self, kind: SourceKind, source_id: int, remaining: Membership | None) -> dict[str, Operation]:
        if remaining is None:
            return {}
        same = unchanged(record(remaining), "level", "expires_at")
        return {"remaining": check(self.table, keys.member(kind, source_id, remaining.user_id), same)}
