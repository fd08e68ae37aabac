"""`pullcord demo`: deploys and serves Pullcord, creates a project and triggers its first pipeline."""

import os
import shlex
import signal
import subprocess
import threading
from argparse import ArgumentTypeError
from pathlib import Path
from secrets import token_hex

from pullcord_local.arguments import fail, port, sentence
from pullcord_local.demo import show
from pullcord_local.demo.client import Client
from pullcord_local.demo.repository import create
from pullcord_local.serve import Options, PortError, serving

FOLDER = Path.cwd() / ".cache" / "demo"


def main() -> int:
    """Serve on $PORT (8080), trigger a pipeline, and serve on until Ctrl-C unless $DEMO_ONCE is set; the exit status."""
    try:
        number = port(os.environ.get("PORT") or "8080")
    except ArgumentTypeError as error:
        return fail(f"PORT={error}".replace("--port 8080", "PORT=8080 make demo"), 2)
    stopped = threading.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, lambda *_: stopped.set())
    root_token = f"glpat-{token_hex(10)}"
    show.step("Starting the embedded cloud: deploying template.yaml")
    parameters = {"RootToken": root_token, "AllowedRemotes": "file://"}
    try:
        with serving(Options(port=number, parameters=parameters)) as service:
            client = Client(service.url, root_token)
            status = trigger_pipeline(client)
            if status == 0 and not os.environ.get("DEMO_ONCE"):
                show.next_steps(client, FOLDER / "repository")
                stopped.wait()
            return status
    except PortError as error:
        return fail(str(error).replace("--port ", "PORT="), 1)
    except OSError as error:
        return fail(sentence(error), 1)


def trigger_pipeline(client: Client) -> int:
    """Create a repository, a project and a trigger, run the printed curl line, print the pipeline; the exit status."""
    repository = create(FOLDER / "repository")
    show.step(f"A git repository with a .gitlab-ci.yml: {repository}")
    project = client.post("projects", {"name": "widgets", "import_url": repository.as_uri()})
    trigger = client.post(f"projects/{project['id']}/triggers", {"description": "demo"})
    show.step(f"The project {project['path_with_namespace']} and a trigger token")
    line = curl_line(client.url, str(trigger["token"]))
    show.command("Trigger a pipeline:", line)
    answer = run(line)
    show.answer(answer)
    if "id" not in answer:
        return 1
    path = f"projects/{project['id']}/pipelines/{answer['id']}"
    show.pipeline(client.get(path), client.get_list(f"{path}/jobs?per_page=100"))
    reading = f'curl --silent --show-error --header "PRIVATE-TOKEN: {client.token}" {client.url}/api/v4/{path}'
    show.command("Read it, with every rule that was evaluated (the token is the administrator's):", reading)
    return 0


def curl_line(url: str, token: str) -> str:
    """The shell line that triggers a pipeline."""
    return (
        f'curl --silent --show-error --header "Pullcord-Details: true" --request POST --form token={token} --form ref=main '
        f'--form "variables[DEPLOY_TO]=staging" {url}/api/v4/projects/root%2Fwidgets/trigger/pipeline'
    )


def run(line: str) -> dict[str, object]:
    """Run a shell line; its output as JSON. Raises OSError if it fails, for example if there is no curl."""
    from json import loads

    finished = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 # our own line
    if finished.returncode:
        raise OSError(f"{shlex.split(line)[0]} failed: {finished.stderr.strip()}")
    answer: dict[str, object] = loads(finished.stdout)
    return answer
