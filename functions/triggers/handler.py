"""Trigger tokens for their maintainers: /projects/:id/triggers."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.directory import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.tokens import TokensTable
from pullcord.routes.triggers import TriggerRoutes
from pullcord.usecases.auth import authenticate
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.triggers import manage_triggers, show_triggers
from pullcord.wire.http import Door

tokens, directory = TokensTable(environment.tokens_table()), Directory(environment.pipelines_table())
asking = authenticate.Outside(environment.peppers(), tokens, directory, environment.MOMENT)
managing = manage_triggers.Outside(environment.peppers(), tokens, environment.MOMENT)
showing = show_triggers.Outside(managing, PipelinesTable(environment.pipelines_table()), directory)
handle = Door(TriggerRoutes(Admission(asking, directory), managing, showing)).resolve
cold_start.done()
