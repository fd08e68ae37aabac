"""RotateSecret: a new version of a secret, made and tested by the rotation function.

Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
"""

import json
import uuid
from collections.abc import Callable, Mapping

from moto.secretsmanager.models import FakeSecret

from pullcord_local.cloud.call import Answer, Call, json_answer, refusal
from pullcord_local.lambdas.invocation import Outcome
from pullcord_local.persistence.secrets import all_secrets

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")


class Rotation:
    """functions: the rotation function's ARN by secret ARN; invoke: how a function is run, by name."""

    def __init__(self, functions: Mapping[str, str], invoke: Callable[[str, bytes], Outcome]) -> None:
        self.functions = functions
        self.invoke = invoke

    def answer(self, call: Call) -> Answer:
        """Rotate at once, or take up again the rotation that stopped, as AWS does by itself.

        AWS rotates after its answer; here a failing step is told to the caller.
        """
        named = str(call.parameters.get("SecretId", ""))
        secret = next((found for found in all_secrets() if named in {found.name, found.arn}), None)
        if secret is None:
            message = "Secrets Manager can't find the specified secret."
            return refusal(call, 400, "ResourceNotFoundException", message)
        function = call.parameters.get("RotationLambdaARN") or self.functions.get(secret.arn)
        if function is None:
            message = "No Lambda rotation function ARN is associated with this secret."
            return refusal(call, 400, "InvalidRequestException", message)
        token = stopped(secret) or str(call.parameters.get("ClientRequestToken") or uuid.uuid4())
        # The version exists from the beginning, without a value, so that the function can ask for its stage.
        pending = {"version_id": token, "version_stages": ["AWSPENDING"], "createdate": 0}
        secret.versions.setdefault(token, pending)
        secret.rotation_enabled = True
        for step in STEPS:
            event = {"Step": step, "SecretId": secret.arn, "ClientRequestToken": token}
            outcome = self.invoke(function.split(":")[6], json.dumps(event).encode())
            secret.set_default_version_id(holder(secret, "AWSCURRENT"))
            if outcome.failed:
                return refusal(call, 400, "InvalidRequestException", f"{step}: {outcome.payload.decode()}")
        return json_answer({"ARN": secret.arn, "Name": secret.name, "VersionId": token})


def holder(secret: FakeSecret, stage: str) -> str | None:
    """The version that a stage is attached to."""
    return next((name for name, version in secret.versions.items() if stage in version["version_stages"]), None)


def stopped(secret: FakeSecret) -> str | None:
    """The version of a rotation that began and did not end."""
    stages = {name: version["version_stages"] for name, version in secret.versions.items()}
    return next((name for name, found in stages.items() if "AWSPENDING" in found and "AWSCURRENT" not in found), None)
