"""What administration keeps, in memory."""

from copy import replace
from dataclasses import dataclass, field

from pullcord.access import Level, Membership, User
from pullcord.projects import Namespace
from tests.unit.usecases.fakes import ADA, ROOT

BOB = User(6, "bob", "Bob Example", "bob@example.com")
ACME = Namespace(30, "Acme", "acme", "acme", full_name="Acme")
TOOLS = Namespace(31, "Tools", "tools", "acme/tools", parent_id=30, ancestors=(30,), full_name="Acme / Tools")


@dataclass
class Users:
    """Users with their names and addresses."""

    known: dict = field(default_factory=lambda: {one.id: one for one in (ROOT, ADA, BOB)})
    taken: frozenset = frozenset()

    def user(self, user_id):
        return self.known.get(user_id)

    def users(self, user_ids=None):
        return {one: self.known[one] for one in (self.known if user_ids is None else user_ids) if one in self.known}

    def named(self, username):
        return next((one for one in self.known.values() if one.username == username.lower()), None)

    def add_user(self, user, _namespace, *_):
        if not self.taken:
            self.known[user.id] = user
        return self.taken

    def change_user(self, _old, new):
        if not self.taken:
            self.known[new.id] = new
        return self.taken


@dataclass
class Members:
    """Memberships by kind, id and user."""

    known: dict = field(default_factory=dict)
    gone: frozenset = frozenset()

    def join(self, kind, number, user, level, expires_at=None):
        self.known[kind, number, user.id] = Membership(user.id, Level(level), expires_at)

    def members(self, kind, number):
        return [one for (of, at, _), one in self.known.items() if (of, at) == (kind, number)]

    def member(self, kind, number, user_id):
        return self.known.get((kind, number, user_id))

    def add_member(self, kind, number, new):
        if self.gone:
            return self.gone
        if (kind, number, new.user_id) in self.known:
            return frozenset({"member"})
        self.known[kind, number, new.user_id] = new
        return frozenset()

    def change_member(self, kind, number, changed):
        self.known[kind, number, changed.user_id] = changed
        return not self.gone

    def remove_member(self, kind, number, user_id):
        del self.known[kind, number, user_id]

    def memberships(self, user_id):
        return [(kind, number, one) for (kind, number, user), one in self.known.items() if user == user_id]


@dataclass
class Lists:
    """A list with its version. meets: how many changes of others come in between."""

    rows: tuple = ()
    version: int = 0
    meets: int = 0
    failing: frozenset = frozenset()

    def versioned(self, *_):
        return self.rows, self.version

    def store(self, *told):
        *_, rows, version = told
        if self.meets:
            self.meets -= 1
            self.version += 1
        if self.failing or version != self.version:
            return self.failing or frozenset({"list"})
        self.rows, self.version = tuple(rows), self.version + 1
        return frozenset()


def blocked(user):
    return replace(user, state="blocked")
