"""The template's tables and secrets in this process, with functions acting on them under their own roles."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from os import urandom

from pullcord.access import User
from pullcord.aws import clients
from pullcord.aws.pepper_versions import PepperVersions
from pullcord.aws.peppers import Peppers
from pullcord.aws.personal_tokens import PersonalTokensTable
from pullcord.aws.rekeying import RekeyingTable
from pullcord.aws.request_context import TriggerLookup
from pullcord.aws.sequences import Sequences
from pullcord.aws.table import Table
from pullcord.aws.tokens import TokensTable
from pullcord.errors import Refusal
from pullcord.projects import Project
from pullcord.times import Runtime
from pullcord.usecases.auth.authenticator import Authenticator
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.rotation import rotate_pepper
from pullcord.usecases.triggers import manage_triggers
from pullcord.usecases.users import bootstrap, manage_personal_tokens
from pullcord_local.aws_calls.client import client

ROOT = User(1, "root", "Administrator", admin=True)
PROJECT = Project(7, "Widgets", "widgets", 1, "root", "file:///widgets")
STANDING = ProjectAccess(PROJECT, ROOT, frozenset({"manage_trigger", "admin_build"}))


class Crash(BaseException):
    """The sandbox is gone between two calls."""


class World:
    """The cloud, a clock that hardly moves but by waiting, and every call to AWS, by role."""

    def __init__(self, deployment):
        self.cloud, self.outputs = deployment.cloud, deployment.stack.outputs
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.runtime = Runtime(self.clock, urandom, self.sleep)
        self.role = ""
        self.calls = []
        self.crash_after = None
        self.between = None
        self.clients = {}
        roles = {function.logical_id: function for function in self.cloud.inventory.functions.values()}
        self.sessions = {
            name: self.cloud.inventory.identities.assume(function.role_arn, name) for name, function in roles.items()
        }

    def clock(self):
        self.now += timedelta(milliseconds=1)  # so that nothing gets the id of something else
        return self.now

    def sleep(self, seconds):
        self.now += timedelta(seconds=seconds)

    @contextmanager
    def acting(self, role):
        before, self.role = self.role, role
        try:
            yield
        finally:
            self.role = before

    def client(self, service, **_options):
        """In place of boto3's session: a client that acts under the role of the moment."""
        return Everyone(self, service)

    def made(self, service):
        key = service, self.role
        if key not in self.clients:
            self.clients[key] = client(service, self.answer, self.sessions.get(self.role))
        return self.clients[key]

    def answer(self, call):
        answer = self.cloud.answer(call)
        if self.role == "RotatePepperFunction":
            self.calls.append(call.operation)
            if self.between is not None:
                self.between()  # acts under other roles
            if len(self.calls) == self.crash_after:
                raise Crash
        return answer

    def denied(self):
        return self.cloud.guard.report()["denied"]


class Everyone:
    """A client for whoever acts at the moment of a call."""

    def __init__(self, world, service):
        self.world, self.service = world, service

    def __getattr__(self, name):
        return getattr(self.world.made(self.service), name)


class Sandbox:
    """What one copy of each function holds: a keyring of its own age."""

    def __init__(self, world):
        self.world = world
        self.peppers = Peppers(world.outputs["PeppersSecret"], lambda: world.clock().timestamp(), world.sleep)
        table, pipelines = Table(world.outputs["TokensTable"]), Table(world.outputs["PipelinesTable"])
        self.tokens, self.personal, self.lookup = (
            TokensTable(table),
            PersonalTokensTable(table),
            TriggerLookup(table, pipelines),
        )
        self.triggers = manage_triggers.TriggerTokenDeps(self.peppers, self.tokens, Sequences(table), world.runtime)
        users = Users()
        self.issuing = manage_personal_tokens.PersonalTokenDeps(
            self.peppers, self.tokens, self.personal, users, Sequences(table), world.runtime
        )
        self.authenticator = Authenticator(self.peppers, self.tokens, users, None, world.runtime)
        with world.acting("TriggerFunction"):
            self.peppers.keyring()

    def new_trigger(self):
        with self.world.acting("TriggersFunction"):
            made = manage_triggers.create_trigger(STANDING, "a trigger", None, self.triggers)
            return made, manage_triggers.visible_token(made, ROOT, self.triggers)

    def new_personal(self, user_id=1):
        with self.world.acting("UsersFunction"):
            wanted = manage_personal_tokens.NewPersonalToken(user_id, "laptop", ("api",))
            return manage_personal_tokens.create_token(wanted, ROOT, self.issuing)

    def accepts(self, token):
        """Whether a trigger token opens its project."""
        with self.world.acting("TriggerFunction"):
            _, found = self.lookup("7", self.peppers.keyring().digests(token))
            return found is not None and found.kind == "trigger" and found.project_id == 7

    def calls(self, token):
        """Whether a personal access token is somebody's; else the code of the refusal."""
        with self.world.acting("PipelinesFunction"):
            try:
                return self.authenticator.caller(token, (), anonymous=False).user.id == 1
            except Refusal as refusal:
                return refusal.code

    def shows(self, trigger):
        """The token of a trigger as its owner reads it."""
        with self.world.acting("TriggersFunction"):
            stored = self.tokens.trigger(7, trigger.id)
            return manage_triggers.visible_token(stored, ROOT, self.triggers)

    def revoke_trigger(self, trigger):
        with self.world.acting("TriggersFunction"):
            self.tokens.revoke(trigger)

    def revoke_personal(self, token):
        with self.world.acting("UsersFunction"):
            return self.personal.revoke(token)

    def bootstrap(self, token):
        with self.world.acting("BootstrapFunction"):
            deps = bootstrap.BootstrapDeps(self.peppers, NoPeople(), self.personal, self.world.runtime)
            bootstrap.bootstrap(token, deps)


class Users:
    """Everybody is root."""

    def user(self, _user_id):
        return ROOT


class NoPeople:
    """Has root already."""

    def add_user(self, _user, _namespace):
        return frozenset()


class Rotation:
    """One rotation of the pepper, as Secrets Manager makes it."""

    def __init__(self, world, version):
        self.world, self.version = world, version
        secret, table = world.outputs["PeppersSecret"], Table(world.outputs["TokensTable"])
        self.seconds_left = 900.0
        self.deps = rotate_pepper.RotationDeps(
            PepperVersions(secret), RekeyingTable(table), world.runtime, lambda: self.seconds_left
        )

    def step(self, name):
        with self.world.acting("RotatePepperFunction"):
            rotate_pepper.STEPS[name](self.version, self.deps)

    def run(self):
        """All steps; the calls to AWS that they took."""
        self.world.calls.clear()
        for name in rotate_pepper.STEPS:
            self.step(name)
        return Counter(self.world.calls)


def install(world, monkeypatch):
    """Let the product's clients be this world's."""
    clients.client.cache_clear()
    monkeypatch.setattr(clients, "session", lambda: world)
