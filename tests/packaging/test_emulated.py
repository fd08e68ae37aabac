"""Every event, answered by the built function in Lambda's emulator as by the function that `pullcord serve` runs."""

import json
import re

import pytest

from tests.specimens.events import stored

pytestmark = pytest.mark.built

STORED = stored()
MADE_EACH_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\dZ]*"  # times
    r"|glptt-[0-9a-f]{40}|\b\d{12,16}\b"  # tokens and ids
    r'|"(?:id|iid|updated_at|etag|ETag)": ?(?:\d+|"[^"]*")'
)


@pytest.fixture(scope="module")
def emulated(emulate):
    """The function of an event, started once."""
    running = {}

    def find(event):
        name = event.partition("/")[0]
        if name not in running:
            running[name] = emulate(name)
        return running[name]

    return find


def lasting(answer):
    """An answer without what is another in each call."""
    body = answer.get("body") if isinstance(answer, dict) else None
    spread = answer | {"body": json.loads(body)} if body else answer
    return MADE_EACH_TIME.sub("…", json.dumps(spread, sort_keys=True))


@pytest.mark.parametrize("name", STORED)
def test_a_built_function_answers_as_the_local_one(service, emulated, name):
    function = f"pullcord-{name.partition('/')[0]}"

    here = service.cloud.functions.invoke(function, json.dumps(STORED[name]).encode())
    there = emulated(name).invoke(STORED[name])

    assert not here.failed, here.payload
    assert lasting(there) == lasting(json.loads(here.payload))
