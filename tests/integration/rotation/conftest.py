"""The template deployed without its HTTP front, anew for each test."""

import pytest

from pullcord.aws import clients
from pullcord_local.account import isolate
from pullcord_local.aws_calls.client import client
from pullcord_local.cloud.deployment import deploy
from pullcord_local.serve import TEMPLATE
from tests.integration.rotation import rig


@pytest.fixture
def world(monkeypatch):
    isolate()
    deployment = deploy(TEMPLATE, {"RootToken": "glpat-root"}, None)
    made = rig.World(deployment)
    rig.install(made, monkeypatch)
    yield made
    deployment.stop()
    clients.client.cache_clear()
    assert made.denied() == []


@pytest.fixture
def operator(world):
    """Clients that may do everything."""
    return lambda name: client(name, world.cloud.answer)


@pytest.fixture
def sandbox(world):
    return rig.Sandbox(world)


@pytest.fixture
def new_sandbox(world):
    """Another sandbox, with the keyring of the moment."""
    return lambda: rig.Sandbox(world)


@pytest.fixture
def new_rotation(world):
    """A rotation that may begin: long enough after the last one."""
    count = 0

    def begin():
        nonlocal count
        count += 1
        world.sleep(1000)
        return rig.Rotation(world, f"{count:08d}-1111-2222-3333-444444444444")

    return begin
