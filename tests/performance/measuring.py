"""What one pull uses of AWS: every call with its size, every function's time on a processor, every byte that leaves."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pullcord_local.aws_calls.call import Answer, Call, json_call
from pullcord_local.serve import Service
from tests.performance.capacity import Units, units

FUNCTIONS = ("TriggerFunction", "EvaluateRulesFunction", "RecordJobsFunction")
"""Those that a pull runs."""


@dataclass
class Use:
    """The use of one pull.

    calls: (who, "service:Operation") in order; busy: seconds of each function on a processor;
    answered, logged: bytes
    """

    calls: list[tuple[str, str]] = field(default_factory=list)
    units: Units = field(default_factory=Units)
    busy: dict[str, float] = field(default_factory=dict)
    answered: int = 0
    logged: int = 0

    def of(self, *roles: str) -> list[str]:
        return [call for who, call in self.calls if who in roles]


class Meter:
    """Stands between the functions of a service and its cloud."""

    def __init__(self, service: Service) -> None:
        self.cloud = service.cloud
        self.lock = threading.Lock()
        self.use: Use | None = None
        self.answer = service.cloud.answer
        service.cloud.answer = self.answered
        service.cloud.executions.clients.answer = self.answered

    @contextmanager
    def measuring(self):
        """A block whose use is kept."""
        self.use = use = Use()
        before = {name: self.processor(name) for name in FUNCTIONS}
        yield use
        self.use = None
        use.busy = {name: self.processor(name) - before[name] for name in FUNCTIONS}

    def answered(self, call: Call) -> Answer:
        """Answer a call and keep what it used. To be in place before the workflow makes its clients."""
        found = self.answer(call)
        session = self.cloud.inventory.identities.sessions.get(call.access_key)
        who = session.role.name.removeprefix("pullcord-").removesuffix("Role") if session else "operator"
        with self.lock:
            if self.use is None:
                return found
            self.use.calls.append((who, f"{call.service}:{call.operation or call.method}"))
            if call.service == "dynamodb":
                self.use.units += units(call.operation, call.parameters, self.find)
        return found

    def find(self, table: str, key: dict[str, Any]) -> dict[str, Any]:
        """The item that is there now, as DynamoDB writes it."""
        asked = json_call("dynamodb", "DynamoDB_20120810.GetItem", {"TableName": table, "Key": key})
        return self.cloud.database.answer(asked).json().get("Item", {})

    def processor(self, function: str) -> float:
        """Seconds that a function's processes have been on a processor so far."""
        sandboxes = self.cloud.functions.pools[f"pullcord-{function}"].all
        threads = [path for box in sandboxes for path in Path(f"/proc/{box.process.pid}/task").glob("*/schedstat")]
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9
