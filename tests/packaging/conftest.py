import os

import pytest

from pullcord_local.lambdas.environment import variables
from tests.packaging.emulator import BUILD, PROCESSOR, RAPID, Emulated, runtime_client
from tests.specimens.events import of_rotation, specimen_service


@pytest.fixture(scope="session")
def runtime(tmp_path_factory):
    built_for = os.environ.get("ARCHITECTURE", "arm64")
    if built_for != PROCESSOR or not RAPID.exists():
        pytest.skip(f"{built_for} code does not run in an emulator of {PROCESSOR}")
    return runtime_client(tmp_path_factory.mktemp("runtime"))


@pytest.fixture(scope="session")
def service(tmp_path_factory, runtime):
    """`pullcord serve` in this process, with the specimen in it and a pepper changed."""
    assert runtime
    with specimen_service(tmp_path_factory.mktemp("specimen")) as (running, _, _):
        of_rotation(running)
        yield running


@pytest.fixture(scope="session")
def emulate(service, runtime):
    """Start a built function by its logical id: under its own role, with the embedded cloud for AWS."""
    started = []

    def start(name: str) -> Emulated:
        function = service.cloud.inventory.function(f"pullcord-{name}")
        session = service.cloud.inventory.identities.assume(function.role_arn, name)
        environment = dict(variables(function, session, service.cloud.endpoint))
        started.append(Emulated(BUILD / name, runtime, environment))
        return started[-1]

    yield start
    for emulated in started:
        emulated.stop()
