"""RotateSecret: a new version of a secret, created and tested by the rotation function.

Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
"""

import json
import uuid
from collections.abc import Callable, Mapping

from moto.secretsmanager.models import FakeSecret

from pullcord_local.aws_calls.call import Answer, Call, json_answer, refusal
from pullcord_local.lambdas.invocation import Outcome
from pullcord_local.persistence.secrets import all_secrets

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")


class Rotation:
    """Rotation of secrets.

    functions: the rotation function's ARN by secret ARN
    invoke:    function name, event → outcome
    """

    def __init__(self, functions: Mapping[str, str], invoke: Callable[[str, bytes], Outcome]) -> None:
        self.functions = functions
        self.invoke = invoke

    def answer(self, call: Call) -> Answer:
        """The answer to RotateSecret, after the rotation: a new one, or the unfinished one, which AWS retries by itself.

        AWS answers first and rotates later; here the answer reports a step that failed.
        """
        secret_id = str(call.parameters.get("SecretId", ""))
        secret = next((known for known in all_secrets() if secret_id in {known.name, known.arn}), None)
        if secret is None:
            message = "Secrets Manager can't find the specified secret."
            return refusal(call, 400, "ResourceNotFoundException", message)
        function = call.parameters.get("RotationLambdaARN") or self.functions.get(secret.arn)
        if function is None:
            message = "No Lambda rotation function ARN is associated with this secret."
            return refusal(call, 400, "InvalidRequestException", message)
        token = unfinished_version(secret) or str(call.parameters.get("ClientRequestToken") or uuid.uuid4())
        # The version is created first, without a value, so that the function can ask for its stage.
        pending = {"version_id": token, "version_stages": ["AWSPENDING"], "createdate": 0}
        secret.versions.setdefault(token, pending)
        secret.rotation_enabled = True
        for step in STEPS:
            event = {"Step": step, "SecretId": secret.arn, "ClientRequestToken": token}
            outcome = self.invoke(function.split(":")[6], json.dumps(event).encode())
            secret.set_default_version_id(version_with(secret, "AWSCURRENT"))
            if outcome.failed:
                return refusal(call, 400, "InvalidRequestException", f"{step}: {outcome.payload.decode()}")
        return json_answer({"ARN": secret.arn, "Name": secret.name, "VersionId": token})


def version_with(secret: FakeSecret, stage: str) -> str | None:
    """The version with a staging label."""
    return next((name for name, version in secret.versions.items() if stage in version["version_stages"]), None)


def unfinished_version(secret: FakeSecret) -> str | None:
    """The version of a rotation that was started and did not finish."""
    labels = {name: version["version_stages"] for name, version in secret.versions.items()}
    return next(
        (name for name, stages in labels.items() if "AWSPENDING" in stages and "AWSCURRENT" not in stages), None
    )
