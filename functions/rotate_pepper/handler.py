"""Puts a new pepper in the current one's place. Called by Secrets Manager, once for each step."""

from os import environ
from typing import Any

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.pepper_versions import PepperVersions
from pullcord.aws.rekeying import Renewals
from pullcord.usecases.rotation.rotate_pepper import STEPS, Outside

versions, tokens = PepperVersions(environ["PEPPERS"]), Renewals(environment.tokens_table())


def handle(event: dict[str, Any], context: Any) -> None:
    """Lambda's entry."""
    outside = Outside(versions, tokens, environment.MOMENT, lambda: context.get_remaining_time_in_millis() / 1000)
    STEPS[event["Step"]](event["ClientRequestToken"], outside)


cold_start.done()
