"""All routes over stores in memory, called as one user."""

import json
from copy import replace
from dataclasses import dataclass, field
from types import SimpleNamespace

from pullcord.access import User
from pullcord.callers import ANONYMOUS, Caller
from pullcord.projects import Namespace
from pullcord.routes.auth import RouteAuth
from pullcord.routes.groups import GroupRoutes
from pullcord.routes.http_function import handler_of
from pullcord.routes.instance import InstanceRoutes
from pullcord.routes.job_token_scope import GroupAllowlistRoutes, JobTokenScopeRoutes, ProjectAllowlistRoutes
from pullcord.routes.members import GroupMemberRoutes, ProjectMemberRoutes
from pullcord.routes.personal_tokens import PersonalTokenRoutes
from pullcord.routes.pipelines import PipelineRoutes
from pullcord.routes.projects import ProjectRoutes
from pullcord.routes.protections import ProtectedRefRoutes
from pullcord.routes.repository import RepositoryRoutes
from pullcord.routes.table import ROUTES
from pullcord.routes.triggers import TriggerTokenRoutes
from pullcord.routes.users import UserRoutes
from pullcord.routes.variables import GroupVariableRoutes, InstanceVariableRoutes, ProjectVariableRoutes
from pullcord.usecases.auth.group_access import authorize_group
from pullcord.usecases.auth.project_access import authorize_project
from pullcord.usecases.groups.manage_groups import GroupDeps
from pullcord.usecases.pipelines.read_pipelines import ReadDeps
from pullcord.usecases.pipelines.read_refusal import RefusalDeps
from pullcord.usecases.projects.browse_repository import RepositoryDeps
from pullcord.usecases.projects.create_project import CreateProjectDeps
from pullcord.usecases.projects.delete_project import DeleteProjectDeps
from pullcord.usecases.projects.job_token_allowlists import Allowlists
from pullcord.usecases.projects.list_projects import ListDeps
from pullcord.usecases.projects.remotes import RemoteHeads, Remotes
from pullcord.usecases.projects.update_project import UpdateProjectDeps
from pullcord.usecases.settings.manage_members import MemberDeps
from pullcord.usecases.settings.manage_protected_refs import ProtectedRefDeps
from pullcord.usecases.triggers.manage_triggers import TriggerTokenDeps
from pullcord.usecases.triggers.show_triggers import ShowTriggersDeps
from pullcord.usecases.users.delete_user import DeleteUserDeps
from pullcord.usecases.users.manage_personal_tokens import PersonalTokenDeps
from pullcord.usecases.users.manage_users import UserDeps
from pullcord.wire.call import Call
from tests.unit.usecases import fakes
from tests.unit.usecases.fakes import ADA, ROOT, TODAY, WIDGETS
from tests.unit.usecases.hosts import GitHosts, Repositories
from tests.unit.usecases.lists import Sequences, VersionedList
from tests.unit.usecases.stores import ACME, BOB, TOOLS, Directory, Groups, Members, Projects, Users
from tests.unit.wire.calls import JSON, event

SERVER = "https://ci.example.test"
OWN = Namespace(3, "Ada Example", "ada", "ada", "user", owner_id=ADA.id)
OWNER = replace(ADA, namespace_id=OWN.id)
PROJECT = replace(
    WIDGETS, namespace_id=ACME.id, namespace_path="acme", namespace_name="Acme", namespace_kind="group", groups=(30,)
)
UNCHECKED = SimpleNamespace(credentials=None)
"""A remote that is allowed and has no login."""


@dataclass
class Authenticator:
    """An authenticator that takes every call for one user's. lookups: token, scopes and `anonymous` of each."""

    directory: Directory
    user: User | None
    lookups: list = field(default_factory=list)

    def caller(self, token, scopes, *, anonymous):
        self.lookups.append((token, scopes, anonymous))
        return Caller("person", self.user, ("api",), 12) if self.user else ANONYMOUS

    def project(self, caller, project):
        return authorize_project(project, caller.user, self.directory, TODAY)

    def group(self, caller, group):
        return authorize_group(group, caller.user, self.directory, TODAY)


class Service:
    """The project `acme/widgets` and the groups `acme` and `acme/tools`, called by a user with a level in both groups."""

    def __init__(self, user=OWNER, level=50):
        self.time, self.peppers = fakes.Time(), fakes.Peppers()
        self.members, self.projects, self.groups = Members(), Projects.of(PROJECT), Groups(own={OWN.id: OWN})
        self.users = Users({one.id: one for one in (ROOT, OWNER, BOB)}, self.members, namespaces={OWN.id: OWN})
        self.directory = Directory(self.projects, self.groups, self.users, self.members)
        self.requests, self.pipelines, self.repositories = fakes.Requests(), fakes.Pipelines(), Repositories()
        self.triggers, self.personal = fakes.TriggerTokens(), fakes.PersonalTokens()
        self.sequences = Sequences({"users": 6, "namespaces": 31, "projects": 7})
        self.protections, self.variables = VersionedList(), VersionedList()
        self.hosts = GitHosts({})
        self.authenticator = Authenticator(self.directory, user)
        if user and level:
            self.members.join("group", ACME.id, user, level)
        self.handlers = (*self._handlers(RouteAuth(self.authenticator)),)

    def call(self, operation, body=None, *, query="", headers=None, credential="glpat-1", caller=True, **parts):
        """The answer of an operation, whose caller must have been looked up with the scopes of its route.

        credential: None for an anonymous call
        caller:     whether the call looks up its caller; one with a trigger token does not
        """
        route = next(route for route in ROUTES if route.operation == operation)
        credentials = {"private_token": credential} if credential else {}
        path = route.path
        for name, value in parts.items():
            path = path.replace(f"<{name}>", value)
        sent = event(
            json.dumps(body or {}), JSON, query=query, path=path, method=route.method, **credentials, **(headers or {})
        )
        self.authenticator.lookups.clear()
        answer = handler_of(route, self.handlers)(Call(sent, route=route), **parts)
        assert self.authenticator.lookups == ([(credential, route.scopes, route.anonymous)] if caller else [])
        return answer

    def lookup(self, project, digests):
        found = self.projects.stored.get(int(project)) if project.isdecimal() else None
        return found, self.triggers.find(digests)

    def _handlers(self, auth):
        deleting = DeleteProjectDeps(self.projects, self.triggers)
        yield from self._project_handlers(auth, deleting)
        yield from self._user_handlers(auth, deleting)
        yield from self._settings_handlers(auth)
        managing = TriggerTokenDeps(self.peppers, self.triggers, self.sequences, self.time.runtime)
        yield TriggerTokenRoutes(auth, managing, ShowTriggersDeps(managing, self.pipelines, self.users))
        refusals = RefusalDeps(self.peppers, self.lookup, self.requests, self.time.runtime)
        yield PipelineRoutes(auth, ReadDeps(self.pipelines, self.requests), refusals, self.directory)
        yield RepositoryRoutes(auth, RepositoryDeps(self.repositories, self.protections, self.pipelines))

    def _project_handlers(self, auth, deleting):
        runtime = self.time.runtime
        heads = RemoteHeads(self.hosts, self.projects, self.peppers, runtime)
        remotes = Remotes(lambda _url: UNCHECKED, heads)
        creating = CreateProjectDeps(self.directory, self.projects, remotes, self.sequences, runtime)
        changing = UpdateProjectDeps(self.directory, self.projects, remotes, runtime)
        listing = ListDeps(self.users, self.projects, self.groups, self.directory, runtime)
        allowlists = Allowlists(self.projects, self.groups)
        managing = GroupDeps(self.directory, self.groups, self.projects, deleting, self.sequences, runtime)
        yield ProjectRoutes(auth, creating, changing, deleting, listing)
        yield JobTokenScopeRoutes(auth, changing)
        yield ProjectAllowlistRoutes(auth, changing, allowlists)
        yield GroupAllowlistRoutes(auth, changing, allowlists)
        yield GroupRoutes(auth, managing, listing, self.groups)
        yield InstanceRoutes(auth)

    def _user_handlers(self, auth, deleting):
        runtime = self.time.runtime
        tokens = PersonalTokenDeps(self.peppers, self.personal, self.personal, self.users, self.sequences, runtime)
        users = DeleteUserDeps(self.users, self.members, self.projects, self.personal, self.triggers, deleting, runtime)
        yield UserRoutes(auth, UserDeps(self.users, self.sequences, runtime), tokens, users)
        yield PersonalTokenRoutes(auth, tokens)

    def _settings_handlers(self, auth):
        members = MemberDeps(self.members, self.users, self.time.runtime)
        yield ProjectMemberRoutes(auth, members)
        yield GroupMemberRoutes(auth, members)
        yield ProtectedRefRoutes(auth, ProtectedRefDeps(self.protections, self.users, self.sequences))
        yield ProjectVariableRoutes(auth, self.variables)
        yield GroupVariableRoutes(auth, self.variables)
        yield InstanceVariableRoutes(auth, self.variables)


def names(answer, key="name"):
    """One key of all rows of an answer."""
    return [row[key] for row in answer.body]


__all__ = ["ACME", "BOB", "OWNER", "PROJECT", "ROOT", "SERVER", "TOOLS", "Service", "names"]
