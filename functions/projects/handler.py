"""Projects, groups, and who is asking: /projects, /groups, /namespaces, /user, /version, /metadata."""

from os import environ

from pullcord.aws import environment
from pullcord.aws.groups import GroupsTable
from pullcord.aws.people import Directory
from pullcord.aws.projects import ProjectsTable
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.git import Policy, remotes
from pullcord.routes.caller import CallerRoutes
from pullcord.routes.groups import GroupRoutes
from pullcord.routes.job_token_scope import JobTokenScopeRoutes
from pullcord.routes.projects import ProjectRoutes
from pullcord.usecases import authenticate, create_project, delete_project, list_projects, manage_groups, update_project
from pullcord.usecases.admission import Admission
from pullcord.usecases.list_allowed import Allowed
from pullcord.wire.http import Door

policy = Policy(allowed=tuple(filter(None, environ["ALLOWED_REMOTES"].split(","))))
table, moment = environment.pipelines_table(), environment.MOMENT
directory, users, projects, groups = Directory(table), UsersTable(table), ProjectsTable(table), GroupsTable(table)
tokens = TokensTable(environment.tokens_table())
admission = Admission(authenticate.Outside(environment.peppers(), tokens, directory, moment), directory)
creating = create_project.Outside(directory, projects, lambda remote: remotes.parse(remote, policy), moment)
changing = update_project.Outside(directory, projects, creating.allow, moment)
deleting = delete_project.Outside(projects, tokens)
listing = list_projects.Outside(users, projects, groups, directory, moment)
managing = manage_groups.Outside(directory, groups, projects, deleting, moment)
handle = Door(
    ProjectRoutes(admission, creating, changing, deleting, listing),
    JobTokenScopeRoutes(admission, changing, Allowed(projects, groups)),
    GroupRoutes(admission, managing, listing, groups),
    CallerRoutes(admission),
).resolve
