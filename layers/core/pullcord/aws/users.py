"""Users, with their names, addresses and own namespaces: each claimed once."""

from collections.abc import Iterable

from pullcord.access import Membership, User
from pullcord.aws import keys
from pullcord.aws.entity_index import index_items
from pullcord.aws.items import record, restored
from pullcord.aws.table import Table, transact
from pullcord.aws.writes import EXISTS, FREE, NEW, change, delete, delete_many, put, read_many, run
from pullcord.projects import Namespace


class UsersTable:
    """Users in the Pipelines table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def user(self, user_id: int) -> User | None:
        """A user by id."""
        item = self.table.get(keys.user(user_id))
        return restored(User, item) if item else None

    def users(self, user_ids: Iterable[int] | None = None) -> dict[int, User]:
        """Users by id, without deleted ones; all of them if no ids are given."""
        if user_ids is None:
            user_ids = [int(item["sk"]) for item in index_items(self.table, "users")]
        found = read_many(self.table, [keys.user(user_id) for user_id in dict.fromkeys(user_ids)])
        return {item["id"]: restored(User, item) for item in found}

    def named(self, username: str) -> User | None:
        """The user of a name, whatever its letters' case."""
        claim = self.table.get(keys.path(username))
        namespace = self.table.get(keys.namespace(int(claim["id"]))) if claim else None
        return self.user(int(namespace["owner_id"])) if namespace and namespace.get("owner_id") else None

    def add_user(self, user: User, namespace: Namespace) -> frozenset[str]:
        """Store a new user with their own namespace; what was taken: `id`, `namespace`, `username`, `email`."""
        claim = {"kind": "namespace", "id": namespace.id}
        operations = {
            "id": put(self.table, keys.user(user.id), record(user), NEW),
            "namespace": put(self.table, keys.namespace(namespace.id), record(namespace), NEW),
            "username": put(self.table, keys.path(user.username), claim, FREE),
            "email": put(self.table, keys.email(user.email), {"id": user.id}, NEW),
            "index": put(self.table, keys.index("users", user.id), {"id": user.id}),
        }
        return run(operations)

    def change_user(self, old: User, new: User) -> frozenset[str]:
        """Store what differs, the username excepted; `email` when another user has the address."""
        operations = {"id": change(self.table, keys.user(old.id), record(old), record(new))}
        if old.email.lower() != new.email.lower():
            operations["email"] = put(self.table, keys.email(new.email), {"id": new.id}, NEW)
            operations["left"] = delete(self.table, keys.email(old.email))
        return run(operations)

    def memberships(self, user_id: int) -> list[tuple[keys.SourceKind, int, Membership]]:
        """Everywhere that a user is a direct member."""
        kinds: tuple[keys.SourceKind, ...] = ("group", "project")
        return [
            (kind, int(item["sk"].partition("#")[2]), restored(Membership, item))
            for kind in kinds
            for item in self.table.below(f"user#{user_id}", f"{kind}#")
        ]

    def delete_user(self, user: User) -> None:
        """Take a user away, with name, address and memberships; the user's own namespace must be empty."""
        pairs = [
            (keys.member(kind, source, user.id), keys.membership(kind, source, user.id))
            for kind, source, _ in self.memberships(user.id)
        ]
        delete_many(self.table, [key for pair in pairs for key in pair])
        keys_of_user = [keys.path(user.username), keys.email(user.email), keys.index("users", user.id)]
        if user.namespace_id is not None:
            keys_of_user.append(keys.namespace(user.namespace_id))
        others = [delete(self.table, key) for key in keys_of_user]
        transact([delete(self.table, keys.user(user.id), EXISTS), *others])
