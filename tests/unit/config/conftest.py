"""A repository in memory, and the compiler looking into it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from pullcord.config import compile_pipeline
from pullcord.config.context import Context, MissingProject, MissingRef, RemoteFailure, Variable
from pullcord.config.plan import Plan

Compile = Callable[..., Plan]


@dataclass
class Repository:
    """A window onto one project, and onto `other/project` with its branch main. `asked` counts the diffs."""

    files: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[str] | None = None
    compared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ("there.txt",)
    templates: Mapping[str, str] = field(default_factory=dict)
    asked: int = 0

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        return self.files.get(path) if project is None and ref is None else None

    def paths(self, project: str | None = None, ref: str | None = None) -> list[str]:
        if project is None:
            return sorted(self.files)
        if project != "other/project":
            raise MissingProject
        if ref not in {None, "main"}:
            raise MissingRef
        return list(self.elsewhere)

    def remote(self, url: str) -> str:
        raise RemoteFailure(url)

    def template(self, name: str) -> str | None:
        return self.templates.get(name)

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        self.asked += 1
        if compare_to is None:
            return self.changed
        if compare_to not in self.compared:
            raise MissingRef
        return self.compared[compare_to]


@pytest.fixture
def compiled() -> Compile:
    """The plan of a text; `repository` and the fields of Context by name, variables as a map."""

    def compile_text(text: str, repository: Repository | None = None, **given: object) -> Plan:
        settings = {"predefined": {"CI": "true", "CI_COMMIT_BRANCH": "main"}} | given
        for key in ("variables", "project_variables"):
            if isinstance(values := settings.get(key), dict):
                settings[key] = [Variable(name, value) for name, value in values.items()]
        return compile_pipeline(text, None, Context(**settings), repository or Repository())

    return compile_text


@pytest.fixture(scope="session")
def repository() -> type[Repository]:
    return Repository
