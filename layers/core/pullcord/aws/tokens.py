"""Tokens of every kind: by digest for a call, by project or user for their owners."""

from collections.abc import Sequence
from dataclasses import replace

from pullcord.aws import keys
from pullcord.aws.items import record, restored
from pullcord.aws.keys import Key
from pullcord.aws.table import Table, get_many, transact
from pullcord.tokens import Found, Trigger


class TokensTable:
    """The Tokens table. What a digest leads to and what its owner sees are two items, written together."""

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

    def add_trigger(self, trigger: Trigger) -> None:
        """Store a new trigger token. Raises `AlreadyThere` for a token that exists."""
        found = Found("trigger", trigger.id, trigger.owner_id, trigger.project_id, trigger.expires_at)
        transact(
            [
                self.table.put_operation(keys.digest(trigger.digest), record(found), new=True),
                self.table.put_operation(keys.trigger(trigger.project_id, trigger.id), record(trigger), new=True),
                self.table.put_operation(
                    keys.owned_trigger(trigger.owner_id, trigger.id), {"project_id": trigger.project_id}
                ),
            ]
        )

    def trigger(self, project_id: int, trigger_id: int) -> Trigger | None:
        """One trigger of a project."""
        item = self.table.get(keys.trigger(project_id, trigger_id))
        return restored(Trigger, item) if item else None

    def triggers(self, project_id: int) -> list[Trigger]:
        """All triggers of a project, oldest first."""
        return [restored(Trigger, item) for item in self.table.below(f"project#{project_id}", "trigger#")]

    def describe(self, trigger: Trigger, description: str | None, now: str) -> Trigger:
        """Change the description."""
        changed = replace(trigger, description=description, updated_at=now)
        self.table.put(keys.trigger(trigger.project_id, trigger.id), record(changed))
        return changed

    def revoke(self, trigger: Trigger) -> None:
        """Delete a trigger token: from now on nobody has it."""
        transact(
            [
                self.table.delete_operation(keys.digest(trigger.digest)),
                self.table.delete_operation(keys.trigger(trigger.project_id, trigger.id)),
                self.table.delete_operation(keys.owned_trigger(trigger.owner_id, trigger.id)),
            ]
        )

    def delete_of_project(self, project_id: int) -> None:
        """Revoke every trigger token of a project."""
        for trigger in self.triggers(project_id):
            self.revoke(trigger)

    def delete_of_owner(self, user_id: int) -> None:
        """Revoke every trigger token that a user owns, in whatever project."""
        for mark in self.table.below(f"user#{user_id}", "trigger#"):
            trigger = self.trigger(int(mark["project_id"]), int(mark["sk"].partition("#")[2]))
            if trigger is None:
                transact([self.table.delete_operation(Key(mark["pk"], mark["sk"]))])
            else:
                self.revoke(trigger)
