"""Who and what counts in projects and groups: members."""

from pullcord.aws import environment
from pullcord.aws.members import MembersTable
from pullcord.aws.people import Directory
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.routes.members import GroupMemberRoutes, ProjectMemberRoutes
from pullcord.usecases import authenticate, manage_members
from pullcord.usecases.admission import Admission
from pullcord.wire.http import Door

table, moment = environment.pipelines_table(), environment.MOMENT
users, tokens = UsersTable(table), TokensTable(environment.tokens_table())
admission = Admission(authenticate.Outside(environment.peppers(), tokens, users, moment), Directory(table))
managing = manage_members.Outside(MembersTable(table), users, moment)
handle = Door(ProjectMemberRoutes(admission, managing), GroupMemberRoutes(admission, managing)).resolve
