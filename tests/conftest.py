"""For all tests: no accidental AWS account, no network beyond this machine, repeatable examples."""

import gc
import os
import socket
import sys
from pathlib import Path

if sys.dont_write_bytecode:  # compiling test files and libraries anew in every process takes longer than many a test
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parents[1] / ".cache" / "bytecode")
    os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": sys.pycache_prefix}

from hypothesis import HealthCheck, settings  # after that, since pytest rewrites all of it

for variable in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[variable]
os.environ |= {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true"}

settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],  # it judges by the clock, and the machine may be busy
)
settings.load_profile("repeatable")

HERE = ("127.", "::1", "localhost")


class ConnectsHereOnly(socket.socket):
    """A socket that reaches this machine and nothing else, so that a test cannot depend on the world."""

    def connect(self, address):
        if isinstance(address, tuple) and not str(address[0]).startswith(HERE):
            raise AssertionError(f"a test tried to reach {address}")
        super().connect(address)


socket.socket = ConnectsHereOnly


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: thousands of tests, looked through again and again."""
    gc.collect()
    gc.freeze()
