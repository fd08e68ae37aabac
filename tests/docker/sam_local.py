"""`sam local` with the output of `make build ARCHITECTURE=x86_64`, and the embedded cloud in place of AWS.

`make sam-local` runs this module: the example project of events/ in the cloud, SAM's API on port 3000.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from pullcord_local.lambdas.environment import variables
from pullcord_local.serve import Service
from tests.docker import stand_in
from tests.specimens.events import specimen_service
from tests.template.stack import ROOT

SAM = [ROOT / ".venv-sam/bin/python", Path(__file__).with_name("sam_on_host.py")]
BUILT = ["--template", ROOT / ".aws-sam/build/template.yaml", "--skip-pull-image"]
BUILT += ["--parameter-overrides", "Architecture=x86_64"]
OF_THE_CONTAINER = {"LAMBDA_TASK_ROOT", "LANG", "PATH", "PYTHONPATH", "_HANDLER"}


def environment(service: Service, folder: Path) -> dict[str, str]:
    """Environment variables for SAM, which also name the file of its functions' variables, with credentials of each role."""
    functions = {}
    for function in service.cloud.inventory.functions.values():
        session = service.cloud.inventory.identities.assume(function.role_arn, function.logical_id)
        given = variables(function, session, service.cloud.endpoint)
        functions[function.logical_id] = {name: given[name] for name in given if name not in OF_THE_CONTAINER}
    path = folder / "environment.json"
    path.write_text(json.dumps(functions), "utf-8")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return inherited | {"AWS_DEFAULT_REGION": "eu-central-1", "SAM_CLI_TELEMETRY": "0", "LOCAL_ENVIRONMENT": str(path)}


def sam(known: dict[str, str], *arguments: object, **options: object) -> "subprocess.Popen[str]":
    """Start a command of `sam local`."""
    return subprocess.Popen([*SAM, "local", *arguments], cwd=ROOT, env=known, text=True, **options)


def main() -> int:
    """Serve until Ctrl-C; the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stand_in.build(folder / "image")
        with specimen_service(folder) as (service, specimen, _):
            known = environment(service, folder)
            url = f"http://127.0.0.1:3000/api/v4/projects/{specimen.project}/trigger/pipeline"
            sys.stdout.write(
                f"\nWhen SAM is ready, trigger a pipeline in another shell:\n  curl --form token={specimen.token} --form ref=main {url}\n\n"
            )
            sys.stdout.flush()
            with sam(known, "start-api", *BUILT, "--port", "3000") as serving, suppress(KeyboardInterrupt):
                return serving.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
