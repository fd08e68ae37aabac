"""Settings of projects, groups and the instance: members, variables, protected branches and tags."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.members import MembersTable
from pullcord.aws.protections import ProtectionsTable
from pullcord.aws.sequences import Sequences
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.aws.variables import VariablesTable
from pullcord.routes.auth import route_auth
from pullcord.routes.http_function import http_function
from pullcord.routes.members import GroupMemberRoutes, ProjectMemberRoutes
from pullcord.routes.protections import ProtectedRefRoutes
from pullcord.routes.variables import GroupVariableRoutes, InstanceVariableRoutes, ProjectVariableRoutes
from pullcord.usecases.settings.manage_members import MemberDeps
from pullcord.usecases.settings.manage_protected_refs import ProtectedRefDeps

table, runtime, peppers = environment.pipelines_table(), environment.RUNTIME, environment.peppers()
users, tokens, variables = UsersTable(table), TokensTable(environment.tokens_table()), VariablesTable(table, peppers)
auth = route_auth(peppers, tokens, users, Directory(table), runtime)
members = MemberDeps(MembersTable(table), users, runtime)
handle = http_function(
    "settings",
    ProjectMemberRoutes(auth, members),
    GroupMemberRoutes(auth, members),
    ProtectedRefRoutes(auth, ProtectedRefDeps(ProtectionsTable(table), users, Sequences(table))),
    ProjectVariableRoutes(auth, variables),
    GroupVariableRoutes(auth, variables),
    InstanceVariableRoutes(auth, variables),
).resolve
cold_start.done()
