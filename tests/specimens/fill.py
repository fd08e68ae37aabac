"""Fills a running cloud with one project, one trigger and one pipeline, whose ids and tokens are the same every time.

The real handlers do it, under a clock that stands still and a random source that repeats. In a process of its own,
because the handlers take their world from the environment. Input: see `described`; output: what was made, as JSON.
"""

import importlib.util
import json
import os
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from pullcord_local.gateway.http_api import HttpApi
from pullcord_local.gateway.routes import Routes
from pullcord_local.http_server import Request
from pullcord_local.lambdas.invocation import Outcome

STANDS_STILL = datetime(2026, 1, 1, tzinfo=UTC)


def described(service) -> dict:
    """A service as another process has to know it: its address of AWS, its API, its functions."""
    ((api_id, document),) = service.cloud.inventory.apis.items()
    functions = {
        function.name: {"code": str(function.code), "environment": dict(function.environment)}
        for function in service.cloud.inventory.functions.values()
    }
    operator = service.cloud.inventory.identities.operator
    credentials = [operator.access_key, operator.secret_key, operator.token]
    return {
        "endpoint": service.cloud.endpoint,
        "credentials": credentials,
        "api": [api_id, document],
        "functions": functions,
    }


def filled(service, root_token: str, remote: str) -> dict:
    """Fill the cloud of a running service; ids and tokens of what is there now."""
    given = described(service) | {"root_token": root_token, "remote": remote}
    run = subprocess.run(
        [sys.executable, "-m", "tests.specimens.fill"],
        input=json.dumps(given), capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


class Handlers:
    """The functions' handlers in this process, each opened when it is first asked."""

    def __init__(self, functions: dict) -> None:
        self.functions = functions
        self.open = {}

    def invoke(self, name: str, event: bytes) -> Outcome:
        if name not in self.open:
            os.environ.update(self.functions[name]["environment"])
            spec = importlib.util.spec_from_file_location(name, Path(self.functions[name]["code"]) / "handler.py")
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            self.open[name] = module.handle
        return Outcome(json.dumps(self.open[name](json.loads(event), None)).encode())


class FixedRandom:
    """The same bytes every time; those of each size on their own, so that one more nonce changes no token."""

    def __init__(self) -> None:
        self.of_size: dict[int, random.Random] = {}

    def fall(self, size: int) -> bytes:
        return self.of_size.setdefault(size, random.Random(f"specimens {size}")).randbytes(size)


def fill(given: dict) -> dict:
    """One project with a trigger that its owner made, and the pipeline of a first call."""
    from pullcord.aws import environment
    from pullcord.times import Runtime

    environment.RUNTIME = Runtime(clock=lambda: STANDS_STILL, random=FixedRandom().fall, sleep=lambda _: None)
    front = HttpApi(given["api"][0], Routes(given["api"][1]), Handlers(given["functions"]).invoke)

    def post(path: str, **form: str) -> dict:
        kind = "application/x-www-form-urlencoded"
        headers = [("host", "localhost"), ("private-token", given["root_token"]), ("content-type", kind)]
        reply = front.handle(Request("POST", f"/api/v4{path}", headers, urlencode(form).encode()))
        assert reply.status == 201, reply.body
        return json.loads(reply.body)

    project = post("/projects", name="widgets", import_url=given["remote"])
    at = f"/projects/{project['id']}"
    trigger = post(f"{at}/triggers", description="specimen")
    pipeline = post(f"{at}/trigger/pipeline", token=trigger["token"], ref="main")
    return {
        "root_token": given["root_token"],
        "project": project["id"],
        "trigger": trigger["id"],
        "token": trigger["token"],
        "pipeline": pipeline["id"],
        "job": pipeline["id"] + 1,
    }


if __name__ == "__main__":
    wanted = json.load(sys.stdin)
    access_key, secret_key, session_token = wanted["credentials"]
    os.environ |= {
        "AWS_ACCESS_KEY_ID": access_key,
        "AWS_SECRET_ACCESS_KEY": secret_key,
        "AWS_SESSION_TOKEN": session_token,
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": wanted["endpoint"],
    }
    sys.stdout.write(json.dumps(fill(wanted)) + "\n")
