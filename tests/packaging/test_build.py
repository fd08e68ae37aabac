"""What `make build` leaves in .aws-sam/build, opened as Lambda opens it: an empty environment and nothing but the layers."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import botocore
import pytest

from tests.template.stack import FUNCTIONS, ROOT, specimens

pytestmark = pytest.mark.built

BUILD = ROOT / ".aws-sam" / "build"
LAYERS = [BUILD / "CoreLayer" / "python", BUILD / "ThirdPartyLayer" / "python"]
ARCHITECTURE = os.environ.get("ARCHITECTURE", "arm64")
MACHINES = {"arm64": 0xB7, "x86_64": 0x3E}
"""e_machine of an ELF file, which is its bytes 18 and 19."""

LARGEST = {"ThirdPartyLayer": 80_000_000, "CoreLayer": 4_000_000}
LARGEST_FUNCTION = 10_000
"""Bytes; Lambda takes 250 MB for a function with its layers. What a function does is in the layers."""

OPEN = """
import json, sys
import handler
assert callable(handler.handle)
modules = [module for module in sys.modules.values() if getattr(module, "__file__", None)]
print(json.dumps([[module.__name__, module.__file__, getattr(module, "__cached__", None)] for module in modules]))
"""

CALL = """
import json
from pullcord.aws.clients import client
from pathlib import Path
import botocore
services = [path.name for path in Path(botocore.__file__).with_name("data").iterdir() if path.is_dir()]
print(json.dumps([client(service).meta.service_model.service_name for service in services]))
"""


def run(code, name):
    """What some code prints in the place of a built function."""
    if {"aarch64": "arm64"}.get(platform.machine(), platform.machine()) != ARCHITECTURE:
        pytest.skip(f"{ARCHITECTURE} code does not run on {platform.machine()}")
    variables = specimens(name) | {"PYTHONPATH": os.pathsep.join(map(str, LAYERS))}
    interpreter = Path(sys.base_prefix) / "bin" / "python3.13"
    ended = subprocess.run(
        [interpreter, "-S", "-B", "-W", "error", "-c", code],
        cwd=BUILD / name, env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_what_is_taken_out_of_the_layer_stays_in_the_clone():
    known = json.loads((Path(botocore.__file__).parent / "data" / "endpoints.json").read_text(encoding="utf-8"))

    assert "ec2" in known["partitions"][0]["services"]


@pytest.fixture(scope="module", params=sorted(FUNCTIONS))
def opened(request):
    """Name, file and compiled file of each module that a function has loaded when it stands ready."""
    return run(OPEN, request.param)


def test_a_function_brings_all_that_it_imports(opened):
    assert {"handler", "pullcord"} <= {name for name, _, _ in opened}


def test_a_cold_start_compiles_nothing_of_the_layers(opened):
    of_layers = [
        (file, compiled) for _, file, compiled in opened if Path(file).is_relative_to(BUILD) and "Layer" in file
    ]

    assert of_layers
    assert not [file for file, compiled in of_layers if file.endswith(".py") and not Path(compiled).is_file()]


def test_the_pruned_botocore_makes_a_client_of_each_service_that_is_left():
    assert "dynamodb" in run(CALL, "TriggerFunction")


def test_compiled_libraries_are_for_the_processor_of_the_functions():
    libraries = [path for layer in LAYERS for path in layer.rglob("*.so")]

    assert libraries
    assert {int.from_bytes(path.read_bytes()[18:20], "little") for path in libraries} == {MACHINES[ARCHITECTURE]}


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_functions_and_layers_stay_small(capsys):
    sizes = {folder.name: size(folder) for folder in sorted(BUILD.iterdir()) if folder.is_dir()}
    with capsys.disabled():
        sys.stdout.write(f"\n\nunpacked kilobytes, {ARCHITECTURE}\n")
        sys.stdout.writelines(f"  {name:20} {held / 1000:10.1f}\n" for name, held in sizes.items())

    assert set(sizes) == {*FUNCTIONS, *LARGEST}
    assert not {name: held for name, held in sizes.items() if held > LARGEST.get(name, LARGEST_FUNCTION)}
