"""Versioned lists and sequences in memory: fakes of the ports of protected refs, variables and sequences."""

from dataclasses import dataclass, field


@dataclass
class VersionedList:
    """A list of protected refs or variables with its version.

    conflicts: number of changes by others that come between a read and a write
    failing:   the answer to every write
    """

    rows: tuple = ()
    version: int = 0
    conflicts: int = 0
    failing: frozenset = frozenset()

    def protections(self, project_id):
        return self.rows

    def versioned(self, *_owner):
        return self.rows, self.version

    def store(self, *arguments):
        *_owner, rows, version = arguments
        if self.conflicts:
            self.conflicts -= 1
            self.version += 1
        if self.failing or version != self.version:
            return self.failing or frozenset({"list"})
        self.rows, self.version = tuple(rows), self.version + 1
        return frozenset()


@dataclass
class Sequences:
    """The last number of each kind."""

    last: dict = field(default_factory=dict)

    def next(self, *names):
        self.last |= {name: self.last.get(name, 0) + 1 for name in names}
        return tuple(self.last[name] for name in names)
