"""The state machine CreatePipeline."""

import json
from collections.abc import Mapping
from typing import Any

from pullcord.aws.clients import client
from pullcord.errors import Unavailable

LATER = (Unavailable.__name__, "DynamoDB.", "Lambda.TooManyRequestsException")
"""Beginnings of the errors of tasks that failed because a service was not available, not because of a bug."""


class WorkflowFailed(Exception):
    """An execution failed or timed out: a fault of ours, not of the caller."""


class Workflow:
    """Runs CreatePipeline while the caller waits."""

    def __init__(self, arn: str) -> None:
        self.arn = arn

    def run(self, name: str, ids: Mapping[str, object]) -> dict[str, Any]:
        """The outcome of one execution. StartSyncExecution answers 200 for failed ones too; those raise.

        Raises Unavailable if a task failed because a service could not be reached, WorkflowFailed for any other failure.
        """
        answer = client("stepfunctions").start_sync_execution(
            stateMachineArn=self.arn, name=name, input=json.dumps(ids)
        )
        if answer["status"] != "SUCCEEDED":
            if answer.get("error", "").startswith(LATER):
                raise Unavailable("503 Service Unavailable")
            raise WorkflowFailed(f"{answer['status']}: {answer.get('error', '')}")
        outcome: dict[str, Any] = json.loads(answer["output"])
        return outcome
