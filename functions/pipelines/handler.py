"""/projects/:id/pipelines and /projects/:id/jobs."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.request_context import TriggerLookup
from pullcord.aws.tokens import TokensTable
from pullcord.routes.auth import route_auth
from pullcord.routes.http_function import http_function
from pullcord.routes.pipelines import PipelineRoutes
from pullcord.usecases.pipelines.read_pipelines import ReadDeps
from pullcord.usecases.pipelines.read_refusal import RefusalDeps

tokens, directory = TokensTable(environment.tokens_table()), Directory(environment.pipelines_table())
auth = route_auth(environment.peppers(), tokens, directory, directory, environment.RUNTIME)
requests, lookup = environment.requests(), TriggerLookup(environment.tokens_table(), environment.pipelines_table())
deps = ReadDeps(PipelinesTable(environment.pipelines_table()), requests)
refusals = RefusalDeps(environment.peppers(), lookup, requests, environment.RUNTIME)
handle = http_function("pipelines", PipelineRoutes(auth, deps, refusals, directory)).resolve
cold_start.done()
