import json

import pytest

from pullcord_local.serve import Options, serving
from tests.e2e.serving import ROOT_TOKEN
from tests.integration.git import hosts
from tests.integration.roles.world import World


@pytest.fixture(scope="package")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repositories")
    (folder / "hosted").mkdir()
    with hosts.serve(folder / "hosted", login="reader:secret") as host:
        remote = f"{host.address}/"
        parameters = {
            "RootToken": ROOT_TOKEN,
            "AllowedRemotes": f"file://,{remote}",
            "GitLogins": json.dumps({remote: {"username": "reader", "password": "secret"}}),
        }
        with serving(Options(parameters=parameters, address_parameter="ExternalUrl")) as service:
            yield World(service, host, folder)
