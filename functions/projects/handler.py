"""Projects, groups, and who is asking: /projects, /groups, /namespaces, /user, /version, /metadata."""

from os import environ

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.groups import GroupsTable
from pullcord.aws.projects import ProjectsTable
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.git import Policy
from pullcord.git.remotes import parse
from pullcord.routes.groups import GroupRoutes
from pullcord.routes.instance import CallerRoutes
from pullcord.routes.job_token_scope import GroupAllowlistRoutes, JobTokenScopeRoutes, ProjectAllowlistRoutes
from pullcord.routes.projects import ProjectRoutes
from pullcord.usecases.auth import authenticate
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.groups import manage_groups
from pullcord.usecases.projects import create_project, delete_project, list_projects, update_project
from pullcord.usecases.projects.job_token_allowlists import Allowed
from pullcord.usecases.projects.remotes import Remotes
from pullcord.wire.http import Door

policy = Policy.of(environ["ALLOWED_REMOTES"], hosts=environ["ALLOWED_GIT_HOSTS"])
table, moment = environment.pipelines_table(), environment.MOMENT
directory, users, projects, groups = Directory(table), UsersTable(table), ProjectsTable(table), GroupsTable(table)
tokens = TokensTable(environment.tokens_table())
admission = Admission(authenticate.Outside(environment.peppers(), tokens, directory, moment), directory)
remotes = Remotes(lambda url: parse(url, policy), environment.peppers(), moment.random)
creating = create_project.Outside(directory, projects, remotes, moment)
changing = update_project.Outside(directory, projects, remotes, moment)
deleting = delete_project.Outside(projects, tokens)
listing = list_projects.Outside(users, projects, groups, directory, moment)
allowed = Allowed(projects, groups)
managing = manage_groups.Outside(directory, groups, projects, deleting, moment)
handle = Door(
    ProjectRoutes(admission, creating, changing, deleting, listing),
    JobTokenScopeRoutes(admission, changing),
    ProjectAllowlistRoutes(admission, changing, allowed),
    GroupAllowlistRoutes(admission, changing, allowed),
    GroupRoutes(admission, managing, listing, groups),
    CallerRoutes(admission),
).resolve
cold_start.done()
