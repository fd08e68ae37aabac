"""Personal access tokens: what a digest leads to, what their owners see, and whose they are; written together."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from pullcord.aws import keys
from pullcord.aws.entity_index import all_marks
from pullcord.aws.items import record, restored
from pullcord.aws.keys import Key
from pullcord.aws.table import TRIES, AlreadyThere, Table, transact
from pullcord.aws.tokens import found_by, take_away
from pullcord.aws.writes import NEW, THERE, Condition, Operation, change, delete, put, where
from pullcord.errors import Unavailable
from pullcord.peppers import Digest
from pullcord.tokens import PersonalToken


class PersonalTokens:
    """Personal access tokens in the Tokens table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def add(self, token: PersonalToken, digests: Sequence[Digest]) -> None:
        """Store a new one. Raises `AlreadyThere` for one that exists."""
        transact(self._added(token, digests))

    def token(self, token_id: int) -> PersonalToken | None:
        """One by its id."""
        mark = self.table.get(keys.personal_owner(token_id)) if token_id > 0 else None
        return self._own(int(mark["user_id"]), token_id) if mark else None

    def _own(self, user_id: int, token_id: int) -> PersonalToken | None:
        item = self.table.get(keys.personal(user_id, token_id))
        return restored(PersonalToken, item) if item else None

    def of_user(self, user_id: int) -> list[PersonalToken]:
        """All of a user, oldest first, those that were revoked among them."""
        return [restored(PersonalToken, item) for item in self.table.below(f"user#{user_id}", "personal#")]

    def of_all(self) -> Iterator[PersonalToken]:
        """All there are."""
        for user_id in dict.fromkeys(int(mark["user_id"]) for mark in all_marks(self.table, "personal_tokens")):
            yield from self.of_user(user_id)

    def revoke(self, token: PersonalToken) -> bool:
        """From now on it opens nothing; False if it already did not."""
        return self._exchanged(token, [])

    def rotate(self, old: PersonalToken, new: PersonalToken, digests: Sequence[Digest]) -> bool:
        """Revoke one and store its successor, both or neither; False if it already was revoked.

        Raises `AlreadyThere` when there is another token with the successor's id.
        """
        return self._exchanged(old, self._added(new, digests))

    def _exchanged(self, old: PersonalToken, additions: list[Operation]) -> bool:
        token: PersonalToken | None = old
        for _ in range(TRIES):
            if token is None or token.revoked:
                return False
            digests = [keys.digest(digest) for digest in token.digests.values()]
            same = where("#digests = :digests AND #revoked <> :revoked", digests=token.digests, revoked=True)
            revoked = [self._revoked(keys.personal(token.user_id, token.id), same)]
            revoked += [self._revoked(digest, THERE) for digest in digests]
            try:
                transact([*revoked, *additions])
            except AlreadyThere as failure:
                if not any(index < len(revoked) for index in failure.failed):
                    raise
                token = self._own(old.user_id, old.id)
            else:
                return True
        raise Unavailable

    def _revoked(self, key: Key, condition: Condition) -> Operation:
        # Rotations copy what a digest leads to and rely on this attribute, wherever it stands.
        return change(self.table, key, {"revoked": False}, {"revoked": True}, condition)

    def _added(self, token: PersonalToken, digests: Sequence[Digest]) -> list[Operation]:
        return [
            *found_by(self.table, token.found, digests),
            put(self.table, keys.personal(token.user_id, token.id), record(token), NEW),
            put(self.table, keys.personal_owner(token.id), {"user_id": token.user_id}, NEW),
        ]

    def replace(self, token: PersonalToken, digests: Sequence[Digest]) -> None:
        """Store one in place of the one with its id, which is found no longer if it was another."""
        key = keys.personal(token.user_id, token.id)
        for _ in range(TRIES):
            item = self.table.get(key)
            before = item["digests"] if item else {}
            gone = set(before.values()) - set(token.digests.values())
            same = where("#digests = :digests", digests=before) if item else NEW
            operations = [
                put(self.table, key, record(token), same),
                put(self.table, keys.personal_owner(token.id), {"user_id": token.user_id}),
                *(put(self.table, keys.digest(one.key), record(token.found.under(one))) for one in digests),
                *(delete(self.table, keys.digest(one)) for one in gone),
            ]
            with suppress(AlreadyThere):
                return transact(operations)
        raise Unavailable

    def delete_all(self, user_id: int) -> None:
        """Take away every personal access token of a user."""
        for token in self.of_user(user_id):
            mark = keys.personal_owner(token.id)
            take_away(self.table, keys.personal(user_id, token.id), token.digests, [mark])
