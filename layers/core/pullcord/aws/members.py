"""Members of groups and projects: among those of the group or project, and among the user's own, written together."""

from pullcord.access import Membership
from pullcord.aws import keys
from pullcord.aws.items import record, restored
from pullcord.aws.keys import SourceKind
from pullcord.aws.table import Table, transact
from pullcord.aws.writes import EXISTS, NEW, check, delete, put, run


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

    def change_member(self, kind: SourceKind, source_id: int, changed: Membership) -> bool:
        """Store another level or end; False when the member is gone."""
        item, user_id = record(changed), changed.user_id
        pair = keys.member(kind, source_id, user_id), keys.membership(kind, source_id, user_id)
        return not run(
            {key.pk: put(self.table, key, item, EXISTS) for key in pair},
        )

    def remove_member(self, kind: SourceKind, source_id: int, user_id: int) -> None:
        """Take a member away; one who is not there does no harm."""
        pair = keys.member(kind, source_id, user_id), keys.membership(kind, source_id, user_id)
        transact([delete(self.table, key) for key in pair])
