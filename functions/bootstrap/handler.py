"""Creates the first administrator with the token of the FirstAdministrator secret. Invoked by hand after a deployment."""

from os import environ
from typing import Any

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.personal_tokens import PersonalTokensTable
from pullcord.aws.secrets import secret
from pullcord.aws.users import UsersTable
from pullcord.usecases.users.bootstrap import BootstrapDeps, bootstrap

deps = BootstrapDeps(
    peppers=environment.peppers(),
    users=UsersTable(environment.pipelines_table()),
    tokens=PersonalTokensTable(environment.tokens_table()),
    runtime=environment.RUNTIME,
)


def handle(_event: dict[str, Any], _context: object) -> dict[str, object]:
    """Lambda's entry point."""
    user = bootstrap(secret(environ["ROOT_TOKEN"]), deps)
    return {"id": user.id, "username": user.username}


cold_start.done()
