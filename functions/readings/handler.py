"""What was triggered: /projects/:id/pipelines and /projects/:id/jobs."""

from pullcord import opening
from pullcord.aws import environment
from pullcord.aws.people import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.tokens import TokensTable
from pullcord.routes.readings import ReadingRoutes
from pullcord.usecases import authenticate, read_pipelines
from pullcord.usecases.admission import Admission
from pullcord.wire.http import Door

tokens, directory = TokensTable(environment.tokens_table()), Directory(environment.pipelines_table())
asking = authenticate.Outside(environment.peppers(), tokens, directory, environment.MOMENT)
reading = read_pipelines.Outside(PipelinesTable(environment.pipelines_table()), environment.requests())
handle = Door(ReadingRoutes(Admission(asking, directory), reading, directory)).resolve
opening.done()
