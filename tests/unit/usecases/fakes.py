"""The world as use cases see it, in memory: small enough to be seen to be right."""

from contextlib import contextmanager
from copy import replace
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from pullcord.access import Membership, User
from pullcord.errors import PipelineRefused
from pullcord.peppers import Keyring
from pullcord.projects import Project
from pullcord.requests import PipelineParams, PipelineRequest, RequestContext
from pullcord.times import Runtime
from pullcord.tokens import TokenRecord
from pullcord.usecases.pipelines.evaluate_rules import EvaluateDeps
from pullcord.variables import of_trigger

START = datetime(2026, 3, 1, 10, 20, 30, 456000, tzinfo=UTC)
NOW = "2026-03-01T10:20:30.456Z"
SHA = "3f786850e387550fdab836ed7e6dc881de23001b"

ROOT = User(1, "root", "Administrator", admin=True)
ADA = User(5, "ada", "Ada Example")
WIDGETS = Project(7, "Widgets", "widgets", 3, "acme", "https://git.example.test/widgets.git")


class Time:
    """A clock that moves when it is told to; dice that never show the same twice."""

    def __init__(self):
        self.now = START
        self.thrown = 0
        self.runtime = Runtime(lambda: self.now, self.random, self.sleep)

    def random(self, size):
        self.thrown += 1
        return self.thrown.to_bytes(size)

    def sleep(self, seconds):
        self.now += timedelta(seconds=seconds)


class Peppers:
    """Two peppers, as after a rotation."""

    def __init__(self, *secrets):
        self.ring = Keyring(secrets or ("new pepper", "old pepper"))

    def keyring(self):
        return self.ring

    def seal(self, plain, bound_to, nonce):
        return self.ring.seal(plain, bound_to, nonce)

    def open(self, sealed, bound_to):
        return self.ring.open(sealed, bound_to)


@dataclass
class Tokens:
    """Tokens by digest and triggers by project and id."""

    found: dict = field(default_factory=dict)
    stored: dict = field(default_factory=dict)

    def find(self, digests):
        return next((self.found[digest] for digest in digests if digest in self.found), None)

    def know(self, token, found: TokenRecord, peppers):
        self.found[peppers.keyring().digests(token)[0]] = found

    def add_trigger(self, trigger, digests):
        self.stored[trigger.project_id, trigger.id] = trigger
        self.found |= {digest.key: trigger.found for digest in digests}

    def trigger(self, project_id, trigger_id):
        return self.stored.get((project_id, trigger_id))

    def triggers(self, project_id):
        return [trigger for (project, _), trigger in self.stored.items() if project == project_id]

    def describe(self, trigger, description, now):
        changed = replace(trigger, description=description, updated_at=now)
        self.stored[trigger.project_id, trigger.id] = changed
        return changed

    def revoke(self, trigger):
        del self.stored[trigger.project_id, trigger.id]


@dataclass
class Directory:
    """Projects, people, and who is in what."""

    projects: list = field(default_factory=lambda: [WIDGETS])
    people: list = field(default_factory=lambda: [ROOT, ADA])
    levels: dict = field(default_factory=dict)

    def user(self, user_id):
        return next((user for user in self.people if user.id == user_id), None)

    def project_id(self, full_path):
        return next((one.id for one in self.projects if one.full_path == full_path.lower()), None)

    def access(self, project_id, user_id):
        project = next((one for one in self.projects if one.id == project_id), None)
        level = self.levels.get(user_id)
        return SimpleNamespace(project=project, memberships=(Membership(user_id, level),) if level else ())


@dataclass
class Results:
    """Where evaluating leaves its plan or refusal."""

    left: dict = field(default_factory=dict)

    def plan(self, request_id, plan, _now):
        self.left[request_id] = ("plan", plan)
        return True

    def refuse(self, request_id, refusal, _now):
        self.left[request_id] = ("refusal", refusal)
        return True

    def result(self, request_id):
        return self.left[request_id][1]


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
    """Files of one commit that all refs point at. refs: kind by short name."""

    files: dict
    refs: dict = field(default_factory=lambda: {"main": "branch", "v1.0": "tag"})
    asked: list = field(default_factory=list)

    def resolve(self, name):
        self.find(name)
        return SimpleNamespace(name=name, kind=self.refs[name], sha=SHA, tag_object=None)

    def find(self, revision):
        self.asked.append(revision)
        if revision not in {*self.refs, "HEAD", SHA}:
            raise PipelineRefused("Reference not found", code="ref_not_found")
        return SHA

    def tag_message(self, _tag):
        return None

    def default_branch(self):
        return "main"

    def commit(self, _sha):
        return COMMIT

    def read(self, _sha, path):
        return self.files[path].encode() if path in self.files else None

    def paths(self, _sha):
        return list(self.files)

    def changed(self, _base, _head):
        return frozenset()


@dataclass
class GitHosts:
    """Repositories by URL, and what comes of asking for pages, one after the other, at a cost in seconds."""

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
        return self.repositories[url]

    def page(self, url):
        self.asked.append(url)
        self.seconds_left = max(0, self.seconds_left - self.cost)
        return self.pages[url].pop(0)


@contextmanager
def no_deadline(_seconds, _refusal):
    yield


def evaluation(stored, repository, results, **more):
    """All that evaluating a stored request touches."""
    known = {
        "subjects": SimpleNamespace(of=lambda _ids: stored),
        "directory": Directory(),
        "hosts": GitHosts({WIDGETS.import_url: repository}),
        "peppers": Peppers(),
        "results": results,
        "deadline": no_deadline,
        "moment": Time().runtime,
        "plan_days": 365,
    }
    return EvaluateDeps(**known | more)


def subject(*, level=40, user=ADA, project=WIDGETS, ref="main", sent=None, inputs=None, **decided):
    """A stored request of a trigger's call, and who made it."""
    request = PipelineRequest(42, project.id, user.id, ref, "trigger", NOW, "https://ci.example.test", trigger_id=11)
    params = PipelineParams(of_trigger(sent or {}, {"ref": ref, "id": "7", "variables": sent or {}}), inputs or {})
    members = (Membership(user.id, level),) if level else ()
    return RequestContext(request, params, project, user, members, **decided)


IDS = {"request": "42", "project": "7", "user": "5", "groups": []}
