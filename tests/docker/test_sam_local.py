"""`sam local` with the output of `make build ARCHITECTURE=x86_64`: functions, layers and template in containers."""

import json
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.docker import stand_in
from tests.docker.sam_local import BUILT, environment, sam
from tests.packaging.emulator import free_port
from tests.specimens.events import EVENTS, specimen_service

pytestmark = pytest.mark.docker

READY_WITHIN = 120


@pytest.fixture(scope="module")
def cloud(tmp_path_factory):
    """The example project, and the environment variables with which SAM reaches its cloud."""
    stand_in.build(tmp_path_factory.mktemp("image") / "root")
    folder = tmp_path_factory.mktemp("cloud")
    with specimen_service(folder) as (service, specimen, _):
        yield specimen, environment(service, folder)


@pytest.fixture(scope="module")
def api(cloud):
    """The URL of `sam local start-api`."""
    port = free_port()
    running = sam(
        cloud[1], "start-api", *BUILT, "--port", str(port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    give_up = time.monotonic() + READY_WITHIN
    while time.monotonic() < give_up:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v4/version")
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.5)
    yield f"http://127.0.0.1:{port}/api/v4"
    running.terminate()
    running.wait(30)


@pytest.mark.parametrize(
    ("event", "status"),
    [("TriggerFunction/multipart", 201), ("TriggerFunction/wrong-token", 404), ("PipelinesFunction/jobs", 200)],
)
def test_an_event_is_answered_in_a_container(cloud, event, status):
    arguments = ["invoke", event.partition("/")[0], *BUILT, "--event", EVENTS / f"{event}.json"]

    running = sam(cloud[1], *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, errors = running.communicate(timeout=180)

    assert running.returncode == 0, errors
    assert json.loads(output.splitlines()[-1])["statusCode"] == status, output + errors


def test_a_trigger_call_to_the_api_of_sam_creates_a_pipeline(cloud, api):
    specimen, _ = cloud
    sent = json.dumps({"token": specimen.token, "ref": "main"}).encode()
    request = urllib.request.Request(
        f"{api}/projects/{specimen.project}/trigger/pipeline", sent, {"Content-Type": "application/json"}
    )

    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            result = answer.status, json.load(answer)["source"]
    except urllib.error.HTTPError as error:
        result = error.status, error.read()

    assert result == (201, "trigger")
