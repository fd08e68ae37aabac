"""Source lines of the configuration and of included files, for messages with locations."""

from pullcord.config.problems import Location
from pullcord_local.explain.worktree import WorkTree

MAX_LENGTH = 160


class SourceLines:
    """Source lines by file, read at first use. Files that are not at hand have none."""

    def __init__(self, text: str, name: str, tree: WorkTree) -> None:
        self.tree = tree
        self.name = name
        self.texts: dict[str, list[str]] = {"": text.splitlines(), name: text.splitlines()}

    def position(self, location: Location) -> str:
        """Format a location: `file:line`."""
        return f"{location.file or self.name}:{location.line}"

    def line(self, location: Location) -> str | None:
        """Return the line of a location, with tabs replaced by blanks; None if there is none."""
        if location.file not in self.texts:
            self.texts[location.file] = (self.tree.source(location.file) or "").splitlines()
        lines = self.texts[location.file]
        if not 0 < location.line <= len(lines):
            return None
        return lines[location.line - 1].replace("\t", " ")[:MAX_LENGTH]

    def indent(self, line: str, column: int) -> str:
        """Return the blanks before a caret under a column."""
        return " " * min(column - 1, len(line))
