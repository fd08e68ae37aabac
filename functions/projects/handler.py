"""/projects, /groups, /namespaces, /user, /version and /metadata."""

from os import environ

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.groups import GroupsTable
from pullcord.aws.projects import ProjectsTable
from pullcord.aws.sequences import Sequences
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.git import GitHosts, Policy
from pullcord.git.advice import checks
from pullcord.routes.auth import route_auth
from pullcord.routes.groups import GroupRoutes
from pullcord.routes.http_function import http_function
from pullcord.routes.instance import InstanceRoutes
from pullcord.routes.job_token_scope import job_token_scope_routes
from pullcord.routes.projects import ProjectRoutes
from pullcord.usecases.groups.manage_groups import GroupDeps
from pullcord.usecases.projects.create_project import CreateProjectDeps
from pullcord.usecases.projects.delete_project import DeleteProjectDeps
from pullcord.usecases.projects.job_token_allowlists import Allowlists
from pullcord.usecases.projects.list_projects import ListDeps
from pullcord.usecases.projects.remotes import RemoteHeads, Remotes
from pullcord.usecases.projects.update_project import UpdateProjectDeps

policy = Policy.of(environ["ALLOWED_REMOTES"], environ["GIT_AUTHORITIES"], environ["ALLOWED_GIT_HOSTS"])
table, runtime, peppers = environment.pipelines_table(), environment.RUNTIME, environment.peppers()
directory, tokens = Directory(table), TokensTable(environment.tokens_table())
projects, groups, sequences = ProjectsTable(table), GroupsTable(table), Sequences(table)
auth = route_auth(peppers, tokens, directory, directory, runtime)
hosts = GitHosts(policy, None, environment.git_credentials())
remotes = Remotes(checks(policy), RemoteHeads(hosts, projects, peppers, runtime))
update, delete = UpdateProjectDeps(directory, projects, remotes, runtime), DeleteProjectDeps(projects, tokens)
listing = ListDeps(UsersTable(table), projects, groups, directory, runtime)
handle = http_function(
    "projects",
    ProjectRoutes(auth, CreateProjectDeps(directory, projects, remotes, sequences, runtime), update, delete, listing),
    *job_token_scope_routes(auth, update, Allowlists(projects, groups)),
    GroupRoutes(auth, GroupDeps(directory, groups, projects, delete, sequences, runtime), listing, groups),
    InstanceRoutes(auth),
).resolve
cold_start.done()
