"""Lambda's own emulator (it comes with SAM's command line) around what `make build` has built: no Docker, no checkout.

A function sees an interpreter without site-packages, Lambda's runtime client, its own folder and the two layers.
"""

import json
import platform
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from pathlib import Path

from tests.docker.stand_in import RUNTIME_CLIENT
from tests.template.stack import ROOT

BUILD = ROOT / ".aws-sam" / "build"
LAYERS = [BUILD / "CoreLayer" / "python", BUILD / "ThirdPartyLayer" / "python"]
PROCESSOR = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
RAPID = ROOT / ".venv-sam/lib/python3.13/site-packages/samcli/local/rapid" / f"aws-lambda-rie-{PROCESSOR}"
INVOCATIONS = "/2015-03-31/functions/function/invocations"
STARTS_WITHIN = 10


def runtime_client(folder: Path) -> Path:
    """A folder with Lambda's runtime client and nothing else."""
    for pattern in RUNTIME_CLIENT:
        (found,) = Path(sysconfig.get_path("platlib")).glob(pattern)
        if found.is_dir():
            shutil.copytree(found, folder / found.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(found, folder)
    # Without our environment: beside the sources, where the emulated function looks for it.
    subprocess.run([sys.executable, "-I", "-m", "compileall", "-q", folder], check=True)
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Emulated:
    """One function under the emulator. It starts its process at the first invocation, as a cold Lambda does."""

    def __init__(self, code: Path, runtime: Path, environment: dict[str, str], layers: list[Path] = LAYERS) -> None:
        self.port = free_port()
        addresses = ["--runtime-interface-emulator-address", f"127.0.0.1:{self.port}"]
        addresses += ["--runtime-api-address", f"127.0.0.1:{free_port()}"]
        interpreter = [str(Path(sys.base_prefix) / "bin" / "python3.13"), "-S", "-P"]
        path = ":".join(map(str, [code, *layers, runtime]))
        self.process = subprocess.Popen(
            [RAPID, "--log-level", "error", *addresses, *interpreter, "-m", "awslambdaric", "handler.handle"],
            cwd=code,
            env=environment | {"PYTHONPATH": path, "LAMBDA_TASK_ROOT": str(code)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def _wait(self) -> None:
        give_up = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < give_up:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                time.sleep(0.01)
            else:
                return
        raise AssertionError("the emulator did not start")

    def invoke(self, event: dict) -> object:
        """What the function answers."""
        address = f"http://127.0.0.1:{self.port}{INVOCATIONS}"
        asked = urllib.request.Request(address, json.dumps(event).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def timed(self, event: dict) -> float:
        """Milliseconds of one invocation, which has to succeed."""
        began = time.perf_counter()
        answer = self.invoke(event)
        taken = (time.perf_counter() - began) * 1000
        assert "errorType" not in (answer or {}), answer
        return taken

    @property
    def child(self) -> Path:
        """What the system tells of the function's own process."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        (child,) = {number for listed in children for number in listed.read_text().split()}
        return Path("/proc", child)

    def memory(self) -> int:
        """The most megabytes that the function's process has had in memory."""
        status = (self.child / "status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024

    def processor(self) -> float:
        """Milliseconds that the function's process was on a processor, which others on the machine hardly change."""
        threads = (self.child / "task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
