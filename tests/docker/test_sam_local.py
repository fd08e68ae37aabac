"""`sam local invoke` with what `make build ARCHITECTURE=x86_64` has built: function, layers and template in a container."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.docker import stand_in
from tests.template.stack import ROOT

pytestmark = pytest.mark.docker

SAM = [ROOT / ".venv-sam/bin/python", Path(__file__).with_name("sam_on_host.py")]

WHO_AM_I = {
    "version": "2.0",
    "routeKey": "GET /api/v4/user",
    "rawPath": "/api/v4/user",
    "rawQueryString": "",
    "headers": {"host": "pullcord.example.com"},
    "requestContext": {
        "apiId": "specimen",
        "domainName": "pullcord.example.com",
        "http": {"method": "GET", "path": "/api/v4/user", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"},
        "requestId": "specimen",
        "routeKey": "GET /api/v4/user",
        "stage": "$default",
        "timeEpoch": 1767225600000,
    },
    "isBase64Encoded": False,
}


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    stand_in.build(tmp_path_factory.mktemp("image"))


@pytest.mark.usefixtures("image")
def test_a_call_without_a_token_is_unauthorized_in_a_container(tmp_path):
    event = tmp_path / "event.json"
    event.write_text(json.dumps(WHO_AM_I))
    built = ROOT / ".aws-sam/build/template.yaml"
    command = ["local", "invoke", "Projects", "--template", built, "--event", event, "--skip-pull-image"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}

    run = subprocess.run(
        [*SAM, *command, "--parameter-overrides", "Architecture=x86_64"],
        cwd=ROOT, env={**clean, "AWS_DEFAULT_REGION": "eu-central-1", "SAM_CLI_TELEMETRY": "0"},
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout.splitlines()[-1])
    assert answer.get("statusCode") == 401, run.stdout + run.stderr
    assert json.loads(answer["body"])["message"] == "401 Unauthorized"
