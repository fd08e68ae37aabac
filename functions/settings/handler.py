"""Who and what counts in projects, groups and everywhere: members, variables, protected branches and tags."""

from pullcord import opening
from pullcord.aws import environment
from pullcord.aws.members import MembersTable
from pullcord.aws.people import Directory
from pullcord.aws.protections import ProtectionsTable
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.aws.variables import VariablesTable
from pullcord.routes.members import GroupMemberRoutes, ProjectMemberRoutes
from pullcord.routes.protections import ProtectionRoutes
from pullcord.routes.variables import GroupVariableRoutes, InstanceVariableRoutes, ProjectVariableRoutes
from pullcord.usecases import authenticate, manage_members, manage_protections
from pullcord.usecases.admission import Admission
from pullcord.wire.http import Door

table, moment, peppers = environment.pipelines_table(), environment.MOMENT, environment.peppers()
users, tokens, variables = UsersTable(table), TokensTable(environment.tokens_table()), VariablesTable(table, peppers)
admission = Admission(authenticate.Outside(peppers, tokens, users, moment), Directory(table))
members = manage_members.Outside(MembersTable(table), users, moment)
protecting = manage_protections.Outside(ProtectionsTable(table), users, moment)
handle = Door(
    ProjectMemberRoutes(admission, members),
    GroupMemberRoutes(admission, members),
    ProtectionRoutes(admission, protecting),
    ProjectVariableRoutes(admission, variables),
    GroupVariableRoutes(admission, variables),
    InstanceVariableRoutes(admission, variables),
).resolve
opening.done()
