"""The deployment's resources, by the names that the template puts into each function's environment."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from os import environ, urandom
from time import sleep

from pullcord.aws.blobs import Blobs
from pullcord.aws.peppers import Peppers
from pullcord.aws.requests import Requests
from pullcord.aws.table import Table
from pullcord.times import Runtime

RUNTIME = Runtime(clock=lambda: datetime.now(UTC), random=urandom, sleep=sleep)
"""The real clock, random source and sleep function."""


@cache
def tokens_table() -> Table:
    """The Tokens table."""
    return Table(environ["TOKENS_TABLE"])


@cache
def pipelines_table() -> Table:
    """The Pipelines table."""
    return Table(environ["PIPELINES_TABLE"])


@cache
def peppers() -> Peppers:
    """The Peppers secret."""
    return Peppers(environ["PEPPERS"])


def git_credentials() -> Callable[[str], tuple[str, str] | None]:
    """The logins of the GitCredentials secret, by URL."""
    from pullcord.aws.git_credentials import GitCredentials  # of few functions

    return GitCredentials(environ["GIT_CREDENTIALS"]).of


@cache
def requests() -> Requests:
    """Requests and plans, in the Pipelines table and the Objects bucket."""
    return Requests(pipelines_table(), Blobs(environ["OBJECTS_BUCKET"]), peppers())
