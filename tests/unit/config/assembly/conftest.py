"""A world of files, and the front of the compiler looking into it."""

from dataclasses import dataclass, field

import pytest

from pullcord.config.assembly import assemble
from pullcord.config.context import Context, MissingProject, MissingRef, RemoteFailure, Variable
from pullcord.config.problems import Invalid


@dataclass
class World:
    """A project's own files, those of others (refs main and v1), remote texts and templates."""

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


WORLD = {"files", "projects", "remotes", "templates", "changed"}


@pytest.fixture(scope="session")
def assembled():
    """What a text assembles to; parts of the world and of the context by name."""

    def run(text, filename=None, **given):
        world = World(**{key: given.pop(key) for key in WORLD & given.keys()})
        variables = given.pop("variables", {})
        given["variables"] = [Variable(name, value) for name, value in variables.items()]
        given["variables"] += [Variable(name, value, masked=True) for name, value in given.pop("masked", {}).items()]
        return assemble(text, filename, Context(project="my/project", **given), world)

    return run


@pytest.fixture(scope="session")
def content(assembled):
    """The merged configuration of a text."""
    return lambda text, filename=None, **given: assembled(text, filename, **given).content


@pytest.fixture(scope="session")
def refusal(assembled):
    """The first problem of a text that has to be refused."""

    def run(text, filename=None, **given):
        with pytest.raises(Invalid) as refused:
            assembled(text, filename, **given)
        return refused.value.problems[0]

    return run
