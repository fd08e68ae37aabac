"""What was triggered: /projects/:id/pipelines and /projects/:id/jobs."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.tokens import TokensTable
from pullcord.routes.pipelines import ReadingRoutes
from pullcord.usecases.auth import authenticate
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.pipelines import read_pipelines
from pullcord.wire.http import Door

tokens, directory = TokensTable(environment.tokens_table()), Directory(environment.pipelines_table())
asking = authenticate.Outside(environment.peppers(), tokens, directory, environment.MOMENT)
reading = read_pipelines.Outside(PipelinesTable(environment.pipelines_table()), environment.requests())
handle = Door(ReadingRoutes(Admission(asking, directory), reading, directory)).resolve
cold_start.done()
