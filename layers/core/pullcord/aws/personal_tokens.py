"""Personal access tokens: their records, their own items and the items that name their owners, written together."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from pullcord.aws import keys
from pullcord.aws.entity_index import index_items
from pullcord.aws.items import record, restored
from pullcord.aws.keys import Key
from pullcord.aws.table import ATTEMPTS, ConditionFailed, Table, transact
from pullcord.aws.tokens import delete_token, record_operations
from pullcord.aws.writes import EXISTS, NEW, Condition, Operation, change, delete, put, where
from pullcord.errors import Unavailable
from pullcord.peppers import Digest
from pullcord.tokens import PersonalToken


class PersonalTokensTable:
    """Personal access tokens in the Tokens table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def add(self, token: PersonalToken, digests: Sequence[Digest]) -> None:
        """Store a new token. Raises `ConditionFailed` for one that exists."""
        transact(self._add(token, digests))

    def token(self, token_id: int) -> PersonalToken | None:
        """A token by id."""
        item = self.table.get(keys.personal_owner(token_id)) if token_id > 0 else None
        return self._own(int(item["user_id"]), token_id) if item else None

    def _own(self, user_id: int, token_id: int) -> PersonalToken | None:
        item = self.table.get(keys.personal(user_id, token_id))
        return restored(PersonalToken, item) if item else None

    def of_user(self, user_id: int) -> list[PersonalToken]:
        """All tokens of a user, oldest first, revoked ones too."""
        return [restored(PersonalToken, item) for item in self.table.below(f"user#{user_id}", "personal#")]

    def of_all(self) -> Iterator[PersonalToken]:
        """All tokens of the instance."""
        for user_id in dict.fromkeys(int(item["user_id"]) for item in index_items(self.table, "personal_tokens")):
            yield from self.of_user(user_id)

    def revoke(self, token: PersonalToken) -> bool:
        """Revoke a token; False if it was revoked already."""
        return self._revoke_and(token, [])

    def rotate(self, old: PersonalToken, new: PersonalToken, digests: Sequence[Digest]) -> bool:
        """Revoke a token and store its successor, both or neither; False if it was revoked already.

        Raises `ConditionFailed` when there is another token with the successor's id.
        """
        return self._revoke_and(old, self._add(new, digests))

    def _revoke_and(self, old: PersonalToken, additions: list[Operation]) -> bool:
        token: PersonalToken | None = old
        for _ in range(ATTEMPTS):
            if token is None or token.revoked:
                return False
            digests = [keys.digest(digest) for digest in token.digests.values()]
            same = where("#digests = :digests AND #revoked <> :revoked", digests=token.digests, revoked=True)
            key, changes = keys.personal(token.user_id, token.id), {"revoked": True, "version": token.version + 1}
            revoked = [change(self.table, key, {}, changes, same)]
            revoked += [self._revoke(digest, EXISTS) for digest in digests]
            try:
                transact([*revoked, *additions])
            except ConditionFailed as failure:
                if not any(index < len(revoked) for index in failure.failed):
                    raise
                token = self._own(old.user_id, old.id)
            else:
                return True
        raise Unavailable

    def _revoke(self, key: Key, condition: Condition) -> Operation:
        # Rotations copy records and rely on this attribute being set on all of them.
        return change(self.table, key, {"revoked": False}, {"revoked": True}, condition)

    def _add(self, token: PersonalToken, digests: Sequence[Digest]) -> list[Operation]:
        return [
            *record_operations(self.table, token.record, digests),
            put(self.table, keys.personal(token.user_id, token.id), record(token), NEW),
            put(self.table, keys.personal_owner(token.id), {"user_id": token.user_id}, NEW),
        ]

    def replace(self, token: PersonalToken, digests: Sequence[Digest]) -> None:
        """Store a token in place of the one with its id, whose records are deleted."""
        key = keys.personal(token.user_id, token.id)
        for _ in range(ATTEMPTS):
            item = self.table.get(key)
            before = item["digests"] if item else {}
            deleted = set(before.values()) - set(token.digests.values())
            same = where("#digests = :digests", digests=before) if item else NEW
            operations = [
                put(self.table, key, record(token), same),
                put(self.table, keys.personal_owner(token.id), {"user_id": token.user_id}),
                *(put(self.table, keys.digest(one.key), record(token.record.with_digest(one))) for one in digests),
                *(delete(self.table, keys.digest(one)) for one in deleted),
            ]
            with suppress(ConditionFailed):
                return transact(operations)
        raise Unavailable

    def delete_all(self, user_id: int) -> None:
        """Delete every personal access token of a user."""
        for token in self.of_user(user_id):
            mark = keys.personal_owner(token.id)
            delete_token(self.table, keys.personal(user_id, token.id), token.digests, [mark])
