"""Rotates the pepper. Invoked by Secrets Manager, once for each step."""

from os import environ
from typing import Any

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.pepper_versions import PepperVersions
from pullcord.aws.rekeying import RekeyingTable
from pullcord.usecases.rotation.rotate_pepper import RotationDeps, rotate

versions, tokens = PepperVersions(environ["PEPPERS"]), RekeyingTable(environment.tokens_table())


def handle(event: dict[str, Any], context: Any) -> None:
    """Lambda's entry point."""
    deps = RotationDeps(versions, tokens, environment.RUNTIME, lambda: context.get_remaining_time_in_millis() / 1000)
    rotate(event, deps)


cold_start.done()
