"""Repositories in memory, and the compiler reading them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from pullcord.config import compile_pipeline
from pullcord.config.compiler import merge_texts
from pullcord.config.context import Context, MissingProject, MissingRef, RemoteFailure, Variable
from pullcord.config.plan import Plan
from pullcord.config.problems import Invalid

Compile = Callable[..., Plan]


@dataclass
class Repository:
    """Reader of one project, and of `other/project` with its branch main. `asked` counts the diffs."""

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


@dataclass
class Files:
    """Reader of a project's own files, those of others (refs main and v1), remote texts and templates."""

    files: dict = field(default_factory=dict)
    projects: dict = field(default_factory=dict)
    remotes: dict = field(default_factory=dict)
    templates: dict = field(default_factory=dict)
    changed: frozenset | None = None

    def tree(self, project, ref):
        if project is None:
            return self.files
        if project not in self.projects:
            raise MissingProject
        if ref not in {None, "main", "v1"}:
            raise MissingRef
        return self.projects[project]

    def file(self, path, project=None, ref=None):
        return self.tree(project, ref).get(path)

    def paths(self, project=None, ref=None):
        return sorted(self.tree(project, ref))

    def remote(self, url):
        if url not in self.remotes:
            raise RemoteFailure("could not be fetched after 3 attempts because of a timeout error!")
        return self.remotes[url]

    def template(self, name):
        return self.templates.get(name)

    def changes(self, compare_to=None):
        del compare_to
        return self.changed


FILES = {"files", "projects", "remotes", "templates", "changed"}


@pytest.fixture(scope="session")
def merged():
    """The merged configuration of a text; parts of the world and of the context by name."""

    def run(text, filename=None, **given):
        files_ = Files(**{key: given.pop(key) for key in FILES & given.keys()})
        variables = given.pop("variables", {})
        given["variables"] = [Variable(name, value) for name, value in variables.items()]
        given["variables"] += [Variable(name, value, masked=True) for name, value in given.pop("masked", {}).items()]
        return merge_texts(text, filename, Context(project="my/project", **given), files_)

    return run


@pytest.fixture(scope="session")
def content(merged):
    """The content of the merged configuration of a text."""
    return lambda text, filename=None, **given: merged(text, filename, **given).content


@pytest.fixture(scope="session")
def refusal(merged):
    """The first problem of a text that has to be refused."""

    def run(text, filename=None, **given):
        with pytest.raises(Invalid) as refused:
            merged(text, filename, **given)
        return refused.value.problems[0]

    return run
