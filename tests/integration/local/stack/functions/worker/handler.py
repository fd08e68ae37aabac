"""A function that answers with its input, or fails as the input says."""


class Refused(Exception):
    """Error that the state machine catches."""


def handle(event, _context):
    if "refuse" in event:
        raise Refused(event["refuse"])
    if "fail" in event:
        raise ValueError(event["fail"])
    return event
