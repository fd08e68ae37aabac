"""/projects/:id/triggers: trigger tokens."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.sequences import Sequences
from pullcord.aws.tokens import TokensTable
from pullcord.routes.auth import route_auth
from pullcord.routes.http_function import http_function
from pullcord.routes.triggers import TriggerTokenRoutes
from pullcord.usecases.triggers.manage_triggers import TriggerTokenDeps
from pullcord.usecases.triggers.show_triggers import ShowTriggersDeps

tokens, directory = TokensTable(environment.tokens_table()), Directory(environment.pipelines_table())
auth = route_auth(environment.peppers(), tokens, directory, directory, environment.RUNTIME)
deps = TriggerTokenDeps(environment.peppers(), tokens, Sequences(environment.tokens_table()), environment.RUNTIME)
show_deps = ShowTriggersDeps(deps, PipelinesTable(environment.pipelines_table()), directory)
handle = http_function("triggers", TriggerTokenRoutes(auth, deps, show_deps)).resolve
cold_start.done()
