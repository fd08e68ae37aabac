"""Writes events/<function>/<what>.json: what the gateway hands to each function for a real request, and the workflow
to its tasks. `make events` runs it; the same files come out every time.
"""

import json
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from pullcord_local.aws_calls.client import client
from pullcord_local.gateway.http_api import HttpApi
from pullcord_local.http_server import Server
from pullcord_local.lambdas.invocation import Outcome
from pullcord_local.serve import Options, Service, serving
from tests.e2e.projects import FIVE_JOBS
from tests.e2e.repositories import Repository
from tests.e2e.serving import ROOT_TOKEN
from tests.e2e.talking import send
from tests.specimens.fill import filled
from tests.specimens.requests import Specimen

EVENTS = Path(__file__).parents[2] / "events"
WORKFLOW_TASKS = ("EvaluateRulesFunction", "RecordJobsFunction")
CONTEXT = {"requestId": "specimen-request", "time": "01/Jan/2026:00:00:00 +0000", "timeEpoch": 1767225600000}
ROTATION = "00000000-0000-0000-0000-000000000001"
TRACE = "Root=1-6955b900-000000000000000000000000"


@contextmanager
def specimen_service(folder: Path):
    """A service that holds the specimen, and what its workflow's tasks were asked meanwhile."""
    parameters = {"RootToken": ROOT_TOKEN, "AllowedRemotes": "file://"}
    repository = Repository(folder / "widgets", {".gitlab-ci.yml": FIVE_JOBS})
    with serving(Options(parameters=parameters)) as service:
        asked: list[tuple[str, bytes]] = []
        with listening(service, asked):
            specimen = Specimen(**filled(service, ROOT_TOKEN, repository.url))
        yield service, specimen, asked


@contextmanager
def listening(service: Service, asked: list[tuple[str, bytes]]):
    """A block in which every function's name and event are kept."""
    invoke = service.cloud.functions.invoke

    def heard(name: str, event: bytes) -> Outcome:
        asked.append((name, event))
        return invoke(name, event)

    callers = (service.cloud.functions, service.cloud.rotation)
    for caller in callers:
        caller.invoke = heard
    yield
    for caller in callers:
        caller.invoke = invoke


def of_requests(service: Service, specimen: Specimen) -> dict[str, dict]:
    """The event of each request, as our gateway makes it of the bytes on the wire."""
    ((api_id, _),) = service.cloud.inventory.apis.items()
    handed: list[tuple[str, dict]] = []

    def keep(function: str, event: bytes) -> Outcome:
        handed.append((function, json.loads(event)))
        return Outcome(b'{"statusCode": 204}')

    server = Server(HttpApi(api_id, service.routes, keep).handle)
    server.start()
    found = {}
    for name, raw in specimen.requests().items():
        send(f"http://127.0.0.1:{server.port}", raw)
        function, event = handed.pop()
        assert function == f"pullcord-{name.partition('/')[0]}", (name, function)
        event["requestContext"] |= CONTEXT
        event["headers"]["x-amzn-trace-id"] = TRACE
        found[name] = event
    server.stop()
    return found


def of_rotation(service: Service) -> dict[str, dict]:
    """What Secrets Manager asks of the rotation function, step by step. The secret goes by its name, which is lasting."""
    asked: list[tuple[str, bytes]] = []
    with listening(service, asked):
        secret = service.deployment.stack.outputs["PeppersSecret"]
        client("secretsmanager", service.cloud.answer).rotate_secret(SecretId=secret, ClientRequestToken=ROTATION)
    events = [json.loads(event) | {"SecretId": "pullcord-Peppers"} for name, event in asked if "Rotate" in name]
    return {f"RotatePepperFunction/{event['Step']}": event for event in events}


def of_tasks(asked: list[tuple[str, bytes]]) -> dict[str, dict]:
    """What the workflow asked of its tasks. The gateway's id of the call is another one each time, so it is the specimen's."""
    tasks = {f"{task}/task": json.loads(dict(asked)[f"pullcord-{task}"]) for task in WORKFLOW_TASKS}
    for task in tasks.values():
        task.get("execution", task)["correlation"] = CONTEXT["requestId"]
    return tasks


def of_everything(service: Service, specimen: Specimen, asked: list[tuple[str, bytes]]) -> dict[str, dict]:
    """Name → event."""
    return {
        **of_requests(service, specimen),
        **of_tasks(asked),
        **of_rotation(service),
        "BootstrapFunction/by-hand": {},
    }


def written(event: dict) -> str:
    """An event as its file has it."""
    return json.dumps(event, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def stored() -> dict[str, dict]:
    """Name → event, from the files."""
    return {
        f"{path.parent.name}/{path.stem}": json.loads(path.read_text("utf-8")) for path in sorted(EVENTS.glob("*/*"))
    }


def main() -> int:
    """Write all of them anew."""
    with tempfile.TemporaryDirectory() as folder, specimen_service(Path(folder)) as found:
        events = of_everything(*found)
    for path in EVENTS.glob("*/*.json"):
        path.unlink()
    for name, event in events.items():
        path = EVENTS / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(event), "utf-8")
    sys.stdout.write(f"{len(events)} events in {EVENTS.name}/\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
