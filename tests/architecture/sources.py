"""The project's own Python, parsed: what the tests of this folder look at."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("layers/core", "functions", "local")


@dataclass(frozen=True)
class Source:
    path: Path
    folder: str

    def __str__(self):
        return str(self.path.relative_to(ROOT))

    @property
    def module(self) -> str:
        """As an import statement names it; a function's handler is `functions.<name>.handler`."""
        start = ROOT if self.folder == "functions" else ROOT / self.folder
        parts = self.path.relative_to(start).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def package(self) -> str:
        return self.module if self.path.name == "__init__.py" else self.module.rpartition(".")[0]

    @property
    def text(self) -> str:
        return text(self.path)

    @property
    def tree(self) -> ast.Module:
        return tree(self.path)

    def imports(self) -> Iterator[tuple[str, int]]:
        """Every imported module with its line. `from package import module` counts as the module."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    up = self.package.split(".")[: len(self.package.split(".")) - node.level + 1]
                    base = ".".join([*up, *filter(None, [node.module])])
                yield from ((submodule(f"{base}.{alias.name}") or base, node.lineno) for alias in node.names)


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """All modules of the product, or of the named folders; at least one."""
    found = tuple(
        Source(path, folder) for folder in folders or FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))
    )
    assert found
    return found


@cache
def submodule(name: str) -> str | None:
    """The name if it is one of our modules or packages, else None."""
    path = Path(*name.split("."))
    for start in (ROOT, *(ROOT / folder for folder in FOLDERS)):
        if (start / path).with_suffix(".py").is_file() or (start / path / "__init__.py").is_file():
            return name
    return None
