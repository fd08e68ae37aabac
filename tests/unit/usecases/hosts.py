"""Repositories and web pages in memory: fakes of the ports in `usecases.host_ports`. And what evaluating needs of them."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

from pullcord.access import Membership
from pullcord.errors import PipelineRefused
from pullcord.requests import PipelineParams, PipelineRequest, RequestContext
from pullcord.usecases.pipelines.evaluate_rules import EvaluateDeps
from pullcord.variables import of_trigger
from tests.unit.usecases.fakes import ADA, NOW, SHA, START, WIDGETS, Peppers, Requests, Time
from tests.unit.usecases.stores import Directory

PERSON = SimpleNamespace(name="Ada Example", email="ada@example.com", date=START)
COMMIT = SimpleNamespace(
    id=SHA,
    parents=(),
    author=PERSON,
    committer=PERSON,
    message="Add widgets [ci skip]\n",
    title="Add widgets [ci skip]",
)


@dataclass
class Repository:
    """Files of one commit that all refs point at. refs: kind by short name; asked: revisions that were looked up."""

    files: dict = field(default_factory=dict)
    refs: dict = field(default_factory=lambda: {"main": "branch", "v1.0": "tag"})
    asked: list = field(default_factory=list)

    def resolve(self, name):
        self.find(name)
        return self._ref(name)

    def find(self, revision):
        self.asked.append(revision)
        if revision not in {*self.refs, "HEAD", SHA}:
            raise PipelineRefused("Reference not found", code="ref_not_found")
        return SHA

    def branches(self):
        return [self._ref(name) for name, kind in sorted(self.refs.items()) if kind == "branch"]

    def tags(self):
        return [self._ref(name) for name, kind in sorted(self.refs.items()) if kind == "tag"]

    def tag_message(self, tag):
        return None

    def default_branch(self):
        return "main"

    def commit(self, sha):
        return COMMIT

    def read(self, sha, path):
        return self.files[path].encode() if path in self.files else None

    def paths(self, sha):
        return list(self.files)

    def changed(self, base, head):
        return frozenset()

    def _ref(self, name):
        return SimpleNamespace(name=name, kind=self.refs[name], sha=SHA, tag_object=None)


@dataclass
class Repositories:
    """One repository for every project. refusal: raised instead of opening it."""

    repository: Repository = field(default_factory=Repository)
    refusal: Exception | None = None

    @contextmanager
    def open(self, project):
        if self.refusal:
            raise self.refusal
        yield self.repository


@dataclass
class GitHosts:
    """Repositories by URL, and answers to requests for pages, one after the other, at a cost in seconds."""

    repositories: dict
    pages: dict = field(default_factory=dict)
    cost: float = 0
    asked: list = field(default_factory=list)
    seconds_left: float = 0

    @contextmanager
    def open_session(self, seconds):
        self.seconds_left = seconds
        yield self

    def repository(self, url, login=None):
        self.asked.append((url, login))
        if url not in self.repositories:
            raise PipelineRefused("Repository is unavailable", code="repository_unavailable")
        return self.repositories[url]

    def page(self, url, login=None):
        self.asked.append((url, login) if login else url)
        self.seconds_left = max(0, self.seconds_left - self.cost)
        return self.pages[url].pop(0)


@contextmanager
def no_deadline(_seconds, _refusal):
    yield


def evaluate_deps(context, repository, **more):
    """The dependencies of evaluating one stored request, of which `context` decides."""
    usual = {
        "contexts": SimpleNamespace(of=lambda _ids: context),
        "directory": Directory(),
        "hosts": GitHosts({WIDGETS.import_url: repository}),
        "peppers": Peppers(),
        "results": Requests(),
        "deadline": no_deadline,
        "runtime": Time().runtime,
        "plan_days": 365,
    }
    return EvaluateDeps(**usual | more)


def request_context(*, level=40, user=ADA, project=WIDGETS, ref="main", variables=None, inputs=None, **more):
    """The context of a triggered pipeline's request. level: the user's in the project."""
    request = PipelineRequest(
        id=42,
        project_id=project.id,
        user_id=user.id,
        ref=ref,
        source="trigger",
        created_at=NOW,
        server="https://ci.example.test",
        trigger_id=11,
    )
    parameters = {"ref": ref, "id": "7", "variables": variables or {}}
    params = PipelineParams(of_trigger(variables or {}, parameters), inputs or {})
    memberships = (Membership(user.id, level),) if level else ()
    return RequestContext(request, params, project, user, memberships, **more)


IDS = {"request": "42", "project": "7", "user": "5", "groups": []}
