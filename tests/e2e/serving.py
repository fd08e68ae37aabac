"""`pullcord serve` in a process of its own, as a user starts it."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.e2e.talking import Caller

ROOT_TOKEN = "glpat-root-0123456789ab"
PULLCORD = Path(sys.executable).with_name("pullcord")
READY_WITHIN = 60


class Service:
    """A running instance. What its functions log is kept for tests that look for what must not be there."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.report = folder / "report.json"
        self.log = folder / "log"
        command = [PULLCORD, "serve", "--port", "0", "--root-token", ROOT_TOKEN, "--verbose", "--report", self.report]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=log, text=True)
        self.url = self._listening()
        self.root_token = ROOT_TOKEN
        self.root = Caller(self.url, ROOT_TOKEN)
        self.anyone = Caller(self.url)

    def _listening(self) -> str:
        found: list[str] = []
        reader = threading.Thread(target=lambda: found.append(self.process.stdout.readline()), daemon=True)
        reader.start()
        reader.join(READY_WITHIN)
        said = found[0].strip() if found else ""
        assert said.startswith("listening on http://"), (said, self.log.read_text())
        return said.removeprefix("listening on ")

    def logged(self) -> str:
        """Everything that was written to standard error so far."""
        time.sleep(0.2)  # a function's last line may be on its way
        return self.log.read_text("utf-8", "replace")

    def stop(self) -> dict[str, object]:
        """End it; what IAM denied and what was never needed."""
        self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()
        return json.loads(self.report.read_text("utf-8"))
