"""Token records by digest, and trigger tokens by project and owner."""

from collections.abc import Mapping, Sequence
from copy import replace

from pullcord.aws import keys
from pullcord.aws.items import Item, record, restored
from pullcord.aws.keys import Key
from pullcord.aws.table import ATTEMPTS, ConditionFailed, Table, get_many, transact
from pullcord.aws.writes import NEW, Operation, change, delete, put, where
from pullcord.errors import Unavailable
from pullcord.peppers import Digest
from pullcord.tokens import TokenRecord, Trigger


class TokensTable:
    """The Tokens table. A token's records and its own item are written in one transaction."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def keys_of(self, digests: Sequence[str]) -> list[Key]:
        """The keys of these digests."""
        return [keys.digest(digest) for digest in digests]

    def find(self, digests: Sequence[str]) -> TokenRecord | None:
        """The record of the first known digest."""
        items = get_many({self.table: self.keys_of(digests)})
        wanted = ((self.table.name, key) for key in self.keys_of(digests))
        return next((token_record(items[key]) for key in wanted if key in items), None)

    def add_trigger(self, trigger: Trigger, digests: Sequence[Digest]) -> None:
        """Store a new trigger token. Raises `ConditionFailed` for a token that exists."""
        mark = keys.owned_trigger(trigger.owner_id, trigger.id)
        transact(
            [
                *record_operations(self.table, trigger.record, digests),
                put(self.table, keys.trigger(trigger.project_id, trigger.id), record(trigger), NEW),
                put(self.table, mark, {"project_id": trigger.project_id}),
            ]
        )

    def trigger(self, project_id: int, trigger_id: int) -> Trigger | None:
        """A trigger token of a project."""
        item = self.table.get(keys.trigger(project_id, trigger_id))
        return restored(Trigger, item) if item else None

    def triggers(self, project_id: int) -> list[Trigger]:
        """All triggers of a project, oldest first."""
        return [restored(Trigger, item) for item in self.table.below(f"project#{project_id}", "trigger#")]

    def describe(self, trigger: Trigger, description: str | None, now: str) -> Trigger | None:
        """Change the description alone, since a rotation may be running; None if the token was deleted meanwhile."""
        changed = replace(trigger, description=description, updated_at=now)
        key = keys.trigger(trigger.project_id, trigger.id)
        try:
            transact([change(self.table, key, record(trigger), record(changed))])
        except ConditionFailed:
            return None
        return changed

    def revoke(self, trigger: Trigger) -> None:
        """Delete a trigger token."""
        mark = keys.owned_trigger(trigger.owner_id, trigger.id)
        delete_token(self.table, keys.trigger(trigger.project_id, trigger.id), trigger.digests, [mark])

    def delete_of_project(self, project_id: int) -> None:
        """Delete every trigger token of a project."""
        for trigger in self.triggers(project_id):
            self.revoke(trigger)

    def delete_of_owner(self, user_id: int) -> None:
        """Delete every trigger token that a user owns, in any project."""
        for mark in self.table.below(f"user#{user_id}", "trigger#"):
            trigger = self.trigger(int(mark["project_id"]), int(mark["sk"].partition("#")[2]))
            if trigger is None:
                transact([delete(self.table, Key(mark["pk"], mark["sk"]))])
            else:
                self.revoke(trigger)


def token_record(item: Item) -> TokenRecord:
    """The record of an item. `hashed` is the former name of `sealed_hash`."""
    return restored(TokenRecord, {"sealed_hash": item.get("hashed", b""), **item})


def record_operations(table: Table, token: TokenRecord, digests: Sequence[Digest]) -> list[Operation]:
    """The operations that write a new token's records."""
    return [put(table, keys.digest(digest.key), record(token.with_digest(digest)), NEW) for digest in digests]


def delete_token(table: Table, key: Key, digests: Mapping[str, str], also: Sequence[Key]) -> None:
    """Delete a token's own item and all of its records, including those that a rotation adds meanwhile."""
    for _ in range(ATTEMPTS):
        unchanged = where("attribute_not_exists(pk) OR #digests = :digests", digests=digests)
        others = [*(keys.digest(digest) for digest in digests.values()), *also]
        try:
            transact([delete(table, key, unchanged), *(delete(table, other) for other in others)])
        except ConditionFailed:
            digests = next((item["digests"] for item in table.query(key.pk, key.sk, key.sk)), {})
        else:
            return
    raise Unavailable
