"""SAM's command line with its containers on this machine's loopback interface, for an engine that has no bridge.

SAM offers `--docker-network host` but then still waits for a published port. Here the emulator inside listens on the
very port that SAM expects outside.
"""

import sys

from docker.models.containers import ContainerCollection
from samcli.cli.main import cli

RUNTIME_API_ABOVE = 10_000

create_as_published = ContainerCollection.create


def create(self, image, command=None, **options):
    """What SAM calls, with the published port turned into an address of the emulator."""
    ((_, port),) = options.pop("ports").values()
    addresses = ["--runtime-interface-emulator-address", f"127.0.0.1:{port}"]
    addresses += ["--runtime-api-address", f"127.0.0.1:{port + RUNTIME_API_ABOVE}"]
    options |= {"network_mode": "host", "entrypoint": [*options["entrypoint"], *addresses]}
    return create_as_published(self, image, command, **options)


ContainerCollection.create = create
sys.argv[0] = "sam"
cli(prog_name="sam")
