"""Users and their personal access tokens: /users and /personal_access_tokens."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.members import MembersTable
from pullcord.aws.personal_tokens import PersonalTokens
from pullcord.aws.projects import ProjectsTable
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.routes.personal_tokens import PersonalTokenRoutes
from pullcord.routes.users import UserRoutes
from pullcord.usecases.auth import authenticate
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.projects import delete_project
from pullcord.usecases.users import delete_user, manage_personal_tokens, manage_users
from pullcord.wire.http import Door

table, moment, peppers = environment.pipelines_table(), environment.MOMENT, environment.peppers()
tokens, personal = TokensTable(environment.tokens_table()), PersonalTokens(environment.tokens_table())
users, projects = UsersTable(table), ProjectsTable(table)
admission = Admission(authenticate.Outside(peppers, tokens, users, moment), Directory(table))
managing = manage_users.Outside(users, moment)
issuing = manage_personal_tokens.Outside(peppers, tokens, personal, users, moment)
deleting = delete_user.Outside(
    users, MembersTable(table), projects, personal, tokens, delete_project.Outside(projects, tokens)
)
handle = Door(UserRoutes(admission, managing, issuing, deleting), PersonalTokenRoutes(admission, issuing)).resolve
cold_start.done()
