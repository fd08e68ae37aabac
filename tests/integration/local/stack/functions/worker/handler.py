"""Passes its input on, or fails as it asks."""


class Refused(Exception):
    """A refusal that the state machine catches."""


def handle(event, _context):
    if "refuse" in event:
        raise Refused(event["refuse"])
    if "fail" in event:
        raise ValueError(event["fail"])
    return event
