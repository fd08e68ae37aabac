"""StartSyncExecution: an Express state machine run to its end while the caller waits.

Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
"""

import datetime as dt
import functools
import json
import time
import types
import uuid
from collections.abc import Mapping
from typing import Any

from pullcord_local.account import ACCOUNT, REGION
from pullcord_local.cloud.call import Answer, Call, json_answer, refusal
from pullcord_local.cloud.inventory import StateMachine
from pullcord_local.cloud.transport import Clients

LARGEST_PAYLOAD = 256 * 1024


class Executions:
    """Runs the state machines, given by ARN, each under its own role."""

    def __init__(self, machines: Mapping[str, StateMachine], clients: Clients) -> None:
        self.machines = machines
        self.clients = clients

    @functools.cached_property
    def interpreter(self) -> Any:
        """The interpreter of moto, imported when first needed: that takes longer than the whole rest."""
        from moto.stepfunctions.parser.backend import execution

        from pullcord_local.workflow import interpreter

        interpreter.install(self.clients)
        return execution

    def warm(self) -> None:
        """Import the interpreter and read the definitions. Raises for one that cannot be read."""
        if self.machines:
            _ = self.interpreter
            from pullcord_local.workflow.interpreter import parse

            for machine in self.machines.values():
                parse(machine.definition)

    def answer(self, call: Call) -> Answer:
        """Answer a call to Step Functions; only synchronous executions of Express machines are served."""
        if call.operation != "StartSyncExecution":
            return refusal(call, 501, "NotImplemented", f"the embedded cloud does not offer {call.operation}")
        parameters = call.parameters
        arn = str(parameters.get("stateMachineArn", ""))
        machine = self.machines.get(arn)
        if machine is None:
            return refusal(call, 400, "StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'")
        if machine.kind != "EXPRESS":
            message = "This operation is not supported by this type of state machine"
            return refusal(call, 400, "StateMachineTypeNotSupported", message)
        given = str(parameters.get("input", "{}"))
        if len(given.encode()) > LARGEST_PAYLOAD or not is_json(given):
            return refusal(call, 400, "InvalidExecutionInput", "Invalid State Machine Execution Input")
        return json_answer(self.run(machine, given, str(parameters.get("name") or uuid.uuid4())))

    def run(self, machine: StateMachine, given: str, name: str) -> dict[str, Any]:
        """Run a machine on an input; the description of the ended execution."""
        started = time.time()
        execution = self.execution(machine, given, name)
        execution.start()
        ended = time.time()
        result: dict[str, Any] = {
            "executionArn": execution.exec_arn,
            "stateMachineArn": machine.arn,
            "name": name,
            "startDate": started,
            "stopDate": ended,
            "status": str(execution.sync_execution_status.value),
            "input": given,
            "inputDetails": {"included": True},
            "billingDetails": billing(ended - started),
        }
        return result | outcome(execution)

    def execution(self, machine: StateMachine, given: str, name: str) -> Any:
        """A new execution in the interpreter's own terms."""
        kind = self.interpreter.StateMachineType.EXPRESS
        described = types.SimpleNamespace(
            arn=machine.arn, name=machine.name, sm_type=kind, definition=machine.definition
        )
        return self.interpreter.SyncExecution(
            name=name,
            sm_type=kind,
            role_arn=machine.role_arn,
            exec_arn=f"arn:aws:states:{REGION}:{ACCOUNT}:express:{machine.name}:{name}:{uuid.uuid4()}",
            account_id=ACCOUNT,
            region_name=REGION,
            state_machine=described,
            start_date=dt.datetime.now(dt.UTC),
            cloud_watch_logging_session=None,
            activity_store={},
            input_data=given,
        )


def is_json(text: str) -> bool:
    """Whether a text is a JSON document."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def outcome(execution: Any) -> dict[str, Any]:
    """The output of an execution that succeeded; error and cause of one that did not."""
    if execution.sync_execution_status.value == "SUCCEEDED":
        output = json.dumps(execution.output, separators=(",", ":"), ensure_ascii=False)
        if len(output.encode()) <= LARGEST_PAYLOAD:
            return {"output": output, "outputDetails": {"included": True}}
        return {
            "status": "FAILED",
            "error": "States.DataLimitExceeded",
            "cause": "The output is larger than 262144 bytes.",
        }
    found = {"error": execution.error, "cause": execution.cause}
    return {name: value for name, value in found.items() if value is not None}


def billing(seconds: float) -> dict[str, int]:
    """Duration in steps of 100 ms, memory in steps of 64 MB, as they are billed."""
    return {"billedDurationInMilliseconds": (int(seconds * 1000) // 100 + 1) * 100, "billedMemoryUsedInMB": 64}
