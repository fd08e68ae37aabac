"""SAM's command line with its containers on the host's loopback interface, for a Docker engine without a bridge.

SAM offers `--docker-network host` but then still waits for a published port. Here the emulator inside listens on the
very port that SAM expects outside. LOCAL_ENVIRONMENT names a JSON file with more variables for each function, by its
logical id: SAM itself passes on only what the template declares, so no address of an AWS on this machine.
"""

import json
import os
import sys
from pathlib import Path

from docker.models.containers import ContainerCollection
from samcli.cli.main import cli
from samcli.local.apigw import event_constructor

RUNTIME_API_ABOVE = 10_000
ENVIRONMENT = json.loads(Path(os.environ["LOCAL_ENVIRONMENT"]).read_text("utf-8"))

create_as_published = ContainerCollection.create
headers_as_sent = event_constructor._event_http_headers


def create(self, image, command=None, **options):
    """Create a container as SAM does, except that its emulator listens on the port that SAM would publish."""
    ((_, port),) = options.pop("ports").values()
    addresses = ["--runtime-interface-emulator-address", f"127.0.0.1:{port}"]
    addresses += ["--runtime-api-address", f"127.0.0.1:{port + RUNTIME_API_ABOVE}"]
    options |= {"network_mode": "host", "entrypoint": [*options["entrypoint"], *addresses]}
    given = options.get("environment", {})
    options["environment"] = given | ENVIRONMENT.get(given.get("AWS_LAMBDA_FUNCTION_NAME"), {})
    return create_as_published(self, image, command, **options)


def lower_case(request, port):
    """The headers of a request with their names in lower case, as API Gateway sends them and SAM does not."""
    return {name.lower(): value for name, value in headers_as_sent(request, port).items()}


ContainerCollection.create = create
event_constructor._event_http_headers = lower_case
sys.argv[0] = "sam"
cli(prog_name="sam")
