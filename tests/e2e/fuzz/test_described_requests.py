"""What schemathesis makes of the description, and what contradicts it, over HTTP."""

import functools
import itertools
import os

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis import GenerationMode, checks

from tests.e2e.fuzz.described import DOCUMENT
from tests.e2e.fuzz.world import World
from tests.e2e.talking import send

EXAMPLES = max(2, int(os.environ.get("FUZZ_REQUESTS", "0")) // 1000)
"""Of each operation, as described and against it."""
TIMEOUT = 20
FIRST_IDS = 1000
"""Below: the administrator whom other tests need, and what belongs to them."""

OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations()]
# What belongs to the instance as a whole is attacked in a process of its own, in test_many_requests.py.
OPERATIONS = [operation for operation in OPERATIONS if not operation.path.startswith("/admin")]
checks.load_all_checks()
CHECKS = checks.CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
    ]
)


@pytest.fixture(scope="module")
def world(service, make_repository):
    return World(functools.partial(send, service.url), service.root_token, make_repository().url)


def spare_others(value):
    """Whether a made up part of a path can be nothing that other tests need."""
    return not (str(value).lstrip("-").isdecimal() and int(value) < FIRST_IDS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_answers_are_as_described(service, world, operation):
    asked = strategies.one_of(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)
    done = []
    tokens = itertools.cycle([world.root, world.token["token"], "glpat-nobody", None])

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(case=asked, made_up=strategies.booleans())
    def ask(case, made_up):
        for name, value in list(case.path_parameters.items()):
            if not made_up or not spare_others(value):
                case.path_parameters[name] = world.known(operation.path, name)[0].replace("%2F", "/")
        if not made_up and "token" in case.query:
            case.query["token"] = world.trigger["token"]
        token = next(tokens)
        headers = {} if token is None else {"PRIVATE-TOKEN": token}
        address = f"{service.url}/api/v4"
        reply = case.call_and_validate(base_url=address, headers=headers, checks=CHECKS, timeout=TIMEOUT)
        done.append(reply.status_code < 300 and case.method != "GET")

    ask()
    if any(done):
        world.mend()
