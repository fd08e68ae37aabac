"""Stores the first administrator with the token of the FirstAdministrator secret. Invoked by hand after a deployment."""

from os import environ
from typing import Any

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.personal_tokens import PersonalTokens
from pullcord.aws.secrets import secret
from pullcord.aws.users import UsersTable
from pullcord.usecases.users.bootstrap import Outside, bootstrap

outside = Outside(
    peppers=environment.peppers(),
    people=UsersTable(environment.pipelines_table()),
    tokens=PersonalTokens(environment.tokens_table()),
    moment=environment.MOMENT,
)


def handle(_event: dict[str, Any], _context: object) -> dict[str, object]:
    """Lambda's entry."""
    user = bootstrap(secret(environ["ROOT_TOKEN"]), outside)
    return {"id": user.id, "username": user.username}


cold_start.done()
