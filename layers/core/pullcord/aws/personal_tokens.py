"""Personal access tokens: what a digest leads to, what their owners see, and whose they are; written together."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pullcord.aws import keys
from pullcord.aws.items import record, restored
from pullcord.aws.table import AlreadyThere, Table, transact
from pullcord.aws.writes import NEW, Condition, delete, put, where
from pullcord.ids import sortable
from pullcord.tokens import Found, PersonalToken

NOT_REVOKED = where("attribute_exists(pk) AND #revoked = :revoked", revoked=False)


class PersonalTokens:
    """Personal access tokens in the Tokens table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def add(self, token: PersonalToken) -> None:
        """Store a new one. Raises `AlreadyThere` for one that exists."""
        transact(self._written(token, NEW))

    def token(self, token_id: int) -> PersonalToken | None:
        """One by its id."""
        mark = self.table.get(keys.personal_owner(token_id)) if token_id > 0 else None
        item = self.table.get(keys.personal(int(mark["user_id"]), token_id)) if mark else None
        return restored(PersonalToken, item) if item else None

    def of_user(self, user_id: int) -> list[PersonalToken]:
        """All of a user, oldest first, those that were revoked among them."""
        return [restored(PersonalToken, item) for item in self.table.below(f"user#{user_id}", "personal#")]

    def of_all(self) -> Iterator[PersonalToken]:
        """All there are."""
        marks = self.table.query("personal_tokens", sortable(0), sortable(2**53))
        for user_id in dict.fromkeys(int(mark["user_id"]) for mark in marks):
            yield from self.of_user(user_id)

    def revoke(self, token: PersonalToken) -> bool:
        """From now on it opens nothing; False if it already did not."""
        return self._exchanged(token, [])

    def rotate(self, old: PersonalToken, new: PersonalToken) -> bool:
        """Revoke one and store its successor, both or neither; False if it already was revoked."""
        return self._exchanged(old, self._written(new, NEW))

    def _exchanged(self, old: PersonalToken, additions: list[dict[str, Any]]) -> bool:
        revoked = replace(old, revoked=True)
        try:
            transact(
                [
                    put(self.table, keys.personal(old.user_id, old.id), record(revoked), NOT_REVOKED),
                    put(self.table, keys.digest(old.digest), record(_found(revoked)), NOT_REVOKED),
                    *additions,
                ]
            )
        except AlreadyThere:
            return False
        return True

    def _written(self, token: PersonalToken, condition: Condition | None) -> list[dict[str, Any]]:
        return [
            put(self.table, keys.digest(token.digest), record(_found(token)), condition),
            put(self.table, keys.personal(token.user_id, token.id), record(token), condition),
            put(self.table, keys.personal_owner(token.id), {"user_id": token.user_id}, condition),
        ]

    def add_personal(self, token: PersonalToken) -> None:
        """Store one; writing the same one twice changes nothing."""
        transact(self._written(token, None))

    def delete_all(self, user_id: int) -> None:
        """Take away every personal access token of a user."""
        for token in self.of_user(user_id):
            wanted = keys.digest(token.digest), keys.personal(user_id, token.id), keys.personal_owner(token.id)
            transact([delete(self.table, key) for key in wanted])


def _found(token: PersonalToken) -> Found:
    return Found("personal", token.id, token.user_id, 0, token.expires_at, token.revoked, token.scopes)
