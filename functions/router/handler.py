"""What no written-out route matches: by the path grammar to the right door, or 404."""

from os import environ
from typing import Any

from pullcord import cold_start
from pullcord.aws.functions import invoke
from pullcord.wire import routing
from pullcord.wire.http import Door

NAMES = ("trigger", "triggers", "readings", "projects", "settings", "repository")
DOORS = {name: environ[f"{name.upper()}_FUNCTION"] for name in NAMES}
nowhere = Door()


def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Lambda's entry."""
    door = routing.door(event["requestContext"]["http"]["method"], event["rawPath"])
    return invoke(DOORS[door], event) if door else nowhere.resolve(event, context)


cold_start.done()
