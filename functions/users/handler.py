"""/users and /personal_access_tokens."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.members import MembersTable
from pullcord.aws.personal_tokens import PersonalTokensTable
from pullcord.aws.projects import ProjectsTable
from pullcord.aws.sequences import Sequences
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.routes.auth import route_auth
from pullcord.routes.http_function import http_function
from pullcord.routes.personal_tokens import PersonalTokenRoutes
from pullcord.routes.users import UserRoutes
from pullcord.usecases.projects.delete_project import DeleteProjectDeps
from pullcord.usecases.users.delete_user import DeleteUserDeps
from pullcord.usecases.users.manage_personal_tokens import PersonalTokenDeps
from pullcord.usecases.users.manage_users import UserDeps

table, runtime, peppers = environment.pipelines_table(), environment.RUNTIME, environment.peppers()
tokens, personal = TokensTable(environment.tokens_table()), PersonalTokensTable(environment.tokens_table())
users, projects = UsersTable(table), ProjectsTable(table)
auth = route_auth(peppers, tokens, users, Directory(table), runtime)
token_deps = PersonalTokenDeps(peppers, tokens, personal, users, Sequences(tokens.table), runtime)
delete_deps = DeleteUserDeps(
    users, MembersTable(table), projects, personal, tokens, DeleteProjectDeps(projects, tokens), runtime
)
handle = http_function(
    "users",
    UserRoutes(auth, UserDeps(users, Sequences(table), runtime), token_deps, delete_deps),
    PersonalTokenRoutes(auth, token_deps),
).resolve
cold_start.done()
