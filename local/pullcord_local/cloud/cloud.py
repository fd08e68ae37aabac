"""The embedded cloud: authorizes every call to AWS and passes it to its service."""

import threading
import time
import traceback
from collections.abc import Callable

from pullcord_local.aws_calls import moto_services
from pullcord_local.aws_calls.call import Answer, Call, refusal
from pullcord_local.aws_calls.s3 import bucket_and_key
from pullcord_local.cloud.rotation import Rotation
from pullcord_local.dynamodb.database import Database
from pullcord_local.http_server import Request, Response, Server
from pullcord_local.iam.guard import Guard
from pullcord_local.iam.policy import Permission
from pullcord_local.iam.signatures import Signatures
from pullcord_local.inventory import Inventory
from pullcord_local.lambdas.functions import Functions, Logs
from pullcord_local.lambdas.invocation import Throttled
from pullcord_local.objects.objects import Objects
from pullcord_local.persistence import secrets
from pullcord_local.persistence.store import Store, StoreFull
from pullcord_local.workflow.clients import Clients
from pullcord_local.workflow.executions import Executions

Service = Callable[[Call], Answer]


class Cloud:
    """The services of a deployed stack; `endpoint` is the URL at which its functions reach AWS."""

    def __init__(self, inventory: Inventory, store: Store, logs: Logs, processes: int | None = None) -> None:
        self.inventory = inventory
        self.store = store
        self.guard = Guard(inventory.identities)
        self.signatures = Signatures(inventory.identities.sessions, time.time)
        self.database = Database(store)
        self.stored_objects = Objects(store, inventory.buckets)
        self.server = Server(self.serve, private=True)
        self.endpoint = f"http://127.0.0.1:{self.server.port}"
        self.functions = Functions(inventory, self.endpoint, logs, processes)
        self.executions = Executions(inventory.machines, Clients(self.answer, inventory.identities.assume))
        self.rotation = Rotation(inventory.rotations, self.functions.invoke)
        self.services: dict[str, Service] = {
            "dynamodb": self.database.answer,
            "lambda": self.invoke,
            "s3": self.objects,
            "secretsmanager": self.secrets,
            "states": self.executions.answer,
        }

    def start(self) -> None:
        """Start serving calls over HTTP."""
        self.server.start()

    def stop(self) -> None:
        """Stop the functions, then the server."""
        self.functions.close()
        self.server.stop()

    def answer(self, call: Call) -> Answer:
        """The answer to a call, or the error when its caller may not make it."""
        denied = self.guard.refuse(call)
        if denied is not None:
            return denied
        return self.services.get(call.service, moto_services.answer)(call)

    def serve(self, request: Request) -> Response:
        """The answer to a signed call over HTTP. A bug of ours is a 500 in AWS's shape, with its traceback on standard error."""
        call = Call(request.method, request.target, dict(request.headers), request.body)
        try:
            answer = self.signatures.refuse(call) or self.answer(call)
        except Exception as error:  # noqa: BLE001 - the caller must get an answer, and other calls be served
            traceback.print_exc()
            answer = refusal(call, 500, "InternalFailure", repr(error))
        return Response(answer.status, list(answer.headers.items()), answer.body)

    def invoke(self, call: Call) -> Answer:
        """Lambda: Invoke alone; it waits for the function unless the invocation type is Event."""
        if call.operation != "Invoke":
            return refusal(call, 501, "NotImplemented", "the embedded cloud only invokes functions")
        if call.headers.get("x-amz-invocation-type") == "Event" and call.invoked_function in self.functions.pools:
            event = (call.invoked_function, call.body or b"{}")
            threading.Thread(target=self.functions.invoke_async, args=event, daemon=True).start()
            return Answer(202)
        try:
            outcome = self.functions.invoke(call.invoked_function, call.body or b"{}")
        except KeyError:
            message = f"Function not found: {call.invoked_function}"
            return refusal(call, 404, "ResourceNotFoundException", message)
        except Throttled:
            return refusal(call, 429, "TooManyRequestsException", "Rate Exceeded.")
        headers = {"content-type": "application/json", "x-amz-executed-version": "$LATEST"}
        if outcome.failed:
            headers["x-amz-function-error"] = "Unhandled"
        return Answer(200, headers, outcome.payload)

    def secrets(self, call: Call) -> Answer:
        """Secrets Manager: moto's, except that RotateSecret invokes the rotation function; stored before the answer."""
        answer = self.rotation.answer(call) if call.operation == "RotateSecret" else moto_services.answer(call)
        if answer.status == 200 and not call.operation.startswith(("Get", "Describe", "List")):
            try:
                secrets.save(self.store)
            except StoreFull:
                return refusal(call, 500, "InternalServiceError", "The secret could not be stored. Try again.")
        return answer

    def objects(self, call: Call) -> Answer:
        """S3: a missing object is AccessDenied for callers who may not list the bucket."""
        answer = self.stored_objects.answer(call)
        bucket, key = bucket_and_key(call)
        if answer.status == 404 and key and call.method in {"GET", "HEAD"}:
            listing = Permission("s3:ListBucket", f"arn:aws:s3:::{bucket}", {"s3:prefix": (key,)})
            if not self.guard.allows(call, listing):
                return refusal(call, 403, "AccessDenied", "Access Denied")
        return answer
