"""The lines of the configuration and of the files it includes, to show where something stands."""

from pullcord.config.problems import Place
from pullcord_local.explain.worktree import WorkTree

LONGEST = 160


class Sources:
    """Lines by file, read when asked for. What is not in the work tree has none."""

    def __init__(self, text: str, name: str, tree: WorkTree) -> None:
        self.tree = tree
        self.name = name
        self.texts: dict[str, list[str]] = {"": text.splitlines(), name: text.splitlines()}

    def shown(self, place: Place) -> str:
        """`file:line`."""
        return f"{place.file or self.name}:{place.line}"

    def line(self, place: Place) -> str | None:
        """The line of a place, tabs as blanks."""
        if place.file not in self.texts:
            found = self.tree.file(place.file) if ":" not in place.file else None
            self.texts[place.file] = (found or "").splitlines()
        lines = self.texts[place.file]
        if not 0 < place.line <= len(lines):
            return None
        return lines[place.line - 1].replace("\t", " ")[:LONGEST]

    def indent(self, line: str, column: int) -> str:
        """What stands before a caret under a column."""
        return " " * min(column - 1, len(line))
