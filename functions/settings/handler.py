"""Who and what counts in projects, groups and everywhere: members, variables, protected branches and tags."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.members import MembersTable
from pullcord.aws.protections import ProtectionsTable
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.aws.variables import VariablesTable
from pullcord.routes.members import GroupMemberRoutes, ProjectMemberRoutes
from pullcord.routes.protections import ProtectionRoutes
from pullcord.routes.variables import GroupVariableRoutes, InstanceVariableRoutes, ProjectVariableRoutes
from pullcord.usecases.auth import authenticate
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.settings import manage_members, manage_protected_refs
from pullcord.wire.http import Door

table, moment, peppers = environment.pipelines_table(), environment.MOMENT, environment.peppers()
users, tokens, variables = UsersTable(table), TokensTable(environment.tokens_table()), VariablesTable(table, peppers)
admission = Admission(authenticate.Outside(peppers, tokens, users, moment), Directory(table))
members = manage_members.Outside(MembersTable(table), users, moment)
protecting = manage_protected_refs.Outside(ProtectionsTable(table), users, moment)
handle = Door(
    ProjectMemberRoutes(admission, members),
    GroupMemberRoutes(admission, members),
    ProtectionRoutes(admission, protecting),
    ProjectVariableRoutes(admission, variables),
    GroupVariableRoutes(admission, variables),
    InstanceVariableRoutes(admission, variables),
).resolve
cold_start.done()
