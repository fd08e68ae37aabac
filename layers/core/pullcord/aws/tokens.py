"""Tokens of every kind: by digest for a call, by project or user for their owners."""

from collections.abc import Mapping, Sequence
from copy import replace

from pullcord.aws import keys
from pullcord.aws.items import record, restored
from pullcord.aws.keys import Key
from pullcord.aws.table import TRIES, AlreadyThere, Table, get_many, transact
from pullcord.aws.writes import NEW, Operation, change, delete, put, where
from pullcord.errors import Unavailable
from pullcord.peppers import Digest
from pullcord.tokens import Found, Trigger


class TokensTable:
    """The Tokens table. What digests lead to and what the owner sees are items of their own, written together."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def keys_of(self, digests: Sequence[str]) -> list[Key]:
        """Where a token with one of these digests would be."""
        return [keys.digest(digest) for digest in digests]

    def find(self, digests: Sequence[str]) -> Found | None:
        """What the first of these digests that is known leads to."""
        items = get_many({self.table: self.keys_of(digests)})
        wanted = ((self.table.name, key) for key in self.keys_of(digests))
        return next((restored(Found, items[key]) for key in wanted if key in items), None)

    def add_trigger(self, trigger: Trigger, digests: Sequence[Digest]) -> None:
        """Store a new trigger token. Raises `AlreadyThere` for a token that exists."""
        mark = keys.owned_trigger(trigger.owner_id, trigger.id)
        transact(
            [
                *found_by(self.table, trigger.found, digests),
                put(self.table, keys.trigger(trigger.project_id, trigger.id), record(trigger), NEW),
                put(self.table, mark, {"project_id": trigger.project_id}),
            ]
        )

    def trigger(self, project_id: int, trigger_id: int) -> Trigger | None:
        """One trigger of a project."""
        item = self.table.get(keys.trigger(project_id, trigger_id))
        return restored(Trigger, item) if item else None

    def triggers(self, project_id: int) -> list[Trigger]:
        """All triggers of a project, oldest first."""
        return [restored(Trigger, item) for item in self.table.below(f"project#{project_id}", "trigger#")]

    def describe(self, trigger: Trigger, description: str | None, now: str) -> Trigger | None:
        """Change the description and nothing else, for a rotation may be at work; None if it was revoked meanwhile."""
        changed = replace(trigger, description=description, updated_at=now)
        key = keys.trigger(trigger.project_id, trigger.id)
        try:
            transact([change(self.table, key, record(trigger), record(changed))])
        except AlreadyThere:
            return None
        return changed

    def revoke(self, trigger: Trigger) -> None:
        """Delete a trigger token: from now on nobody has it."""
        mark = keys.owned_trigger(trigger.owner_id, trigger.id)
        take_away(self.table, keys.trigger(trigger.project_id, trigger.id), trigger.digests, [mark])

    def delete_of_project(self, project_id: int) -> None:
        """Revoke every trigger token of a project."""
        for trigger in self.triggers(project_id):
            self.revoke(trigger)

    def delete_of_owner(self, user_id: int) -> None:
        """Revoke every trigger token that a user owns, in whatever project."""
        for mark in self.table.below(f"user#{user_id}", "trigger#"):
            trigger = self.trigger(int(mark["project_id"]), int(mark["sk"].partition("#")[2]))
            if trigger is None:
                transact([delete(self.table, Key(mark["pk"], mark["sk"]))])
            else:
                self.revoke(trigger)


def found_by(table: Table, found: Found, digests: Sequence[Digest]) -> list[Operation]:
    """The items by which a new token is found."""
    return [put(table, keys.digest(digest.key), record(found.under(digest)), NEW) for digest in digests]


def take_away(table: Table, key: Key, digests: Mapping[str, str], also: Sequence[Key]) -> None:
    """Delete a token's own item with all of its digests, those included that a rotation adds meanwhile."""
    for _ in range(TRIES):
        unchanged = where("attribute_not_exists(pk) OR #digests = :digests", digests=digests)
        others = [*(keys.digest(digest) for digest in digests.values()), *also]
        try:
            transact([delete(table, key, unchanged), *(delete(table, other) for other in others)])
        except AlreadyThere:
            digests = next((item["digests"] for item in table.query(key.pk, key.sk, key.sk)), {})
        else:
            return
    raise Unavailable
