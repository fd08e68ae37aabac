"""StartSyncExecution: an Express state machine runs to its end while the caller waits.

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
from pullcord_local.aws_calls.call import Answer, Call, json_answer, refusal
from pullcord_local.inventory import StateMachine
from pullcord_local.workflow.clients import Clients

MAX_PAYLOAD_BYTES = 256 * 1024


class Executions:
    """Executions of the state machines, which are given by ARN; each runs under its own role."""

    def __init__(self, machines: Mapping[str, StateMachine], clients: Clients) -> None:
        self.machines = machines
        self.clients = clients

    @functools.cached_property
    def interpreter(self) -> Any:
        """Moto's interpreter, imported when first needed: the import takes longer than all other imports together."""
        from moto.stepfunctions.parser.backend import execution

        from pullcord_local.workflow import interpreter

        interpreter.install(self.clients)
        return execution

    def warm(self) -> None:
        """Import the interpreter and parse the definitions. Raises ASLParserException for a malformed definition."""
        if self.machines:
            _ = self.interpreter
            from pullcord_local.workflow.interpreter import parse

            for machine in self.machines.values():
                parse(machine.definition)

    def answer(self, call: Call) -> Answer:
        """The answer to a call of Step Functions; only synchronous executions of Express state machines are offered."""
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
        input_text = str(parameters.get("input", "{}"))
        if len(input_text.encode()) > MAX_PAYLOAD_BYTES or not is_json(input_text):
            return refusal(call, 400, "InvalidExecutionInput", "Invalid State Machine Execution Input")
        return json_answer(self.run(machine, input_text, str(parameters.get("name") or uuid.uuid4())))

    def run(self, machine: StateMachine, input_text: str, name: str) -> dict[str, Any]:
        """Run a state machine on an input; the description of the finished execution."""
        started = time.time()
        execution = self.execution(machine, input_text, name)
        execution.start()
        ended = time.time()
        result: dict[str, Any] = {
            "executionArn": execution.exec_arn,
            "stateMachineArn": machine.arn,
            "name": name,
            "startDate": started,
            "stopDate": ended,
            "status": str(execution.sync_execution_status.value),
            "input": input_text,
            "inputDetails": {"included": True},
            "billingDetails": billing(ended - started),
        }
        return result | outcome(execution)

    def execution(self, machine: StateMachine, input_text: str, name: str) -> Any:
        """A new execution as an object of the interpreter."""
        kind = self.interpreter.StateMachineType.EXPRESS
        state_machine = types.SimpleNamespace(
            arn=machine.arn, name=machine.name, sm_type=kind, definition=machine.definition
        )
        return self.interpreter.SyncExecution(
            name=name,
            sm_type=kind,
            role_arn=machine.role_arn,
            exec_arn=f"arn:aws:states:{REGION}:{ACCOUNT}:express:{machine.name}:{name}:{uuid.uuid4()}",
            account_id=ACCOUNT,
            region_name=REGION,
            state_machine=state_machine,
            start_date=dt.datetime.now(dt.UTC),
            cloud_watch_logging_session=None,
            activity_store={},
            input_data=input_text,
        )


def is_json(text: str) -> bool:
    """Whether a text is JSON."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def outcome(execution: Any) -> dict[str, Any]:
    """The output of a successful execution; error and cause of a failed execution."""
    if execution.sync_execution_status.value == "SUCCEEDED":
        output = json.dumps(execution.output, separators=(",", ":"), ensure_ascii=False)
        if len(output.encode()) <= MAX_PAYLOAD_BYTES:
            return {"output": output, "outputDetails": {"included": True}}
        return {
            "status": "FAILED",
            "error": "States.DataLimitExceeded",
            "cause": "The output is larger than 262144 bytes.",
        }
    failure = {"error": execution.error, "cause": execution.cause}
    return {name: value for name, value in failure.items() if value is not None}


def billing(seconds: float) -> dict[str, int]:
    """The billed duration, in steps of 100 ms, and the billed memory, in steps of 64 MB."""
    return {"billedDurationInMilliseconds": (int(seconds * 1000) // 100 + 1) * 100, "billedMemoryUsedInMB": 64}
