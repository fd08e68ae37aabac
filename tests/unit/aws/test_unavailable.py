"""A service that cannot be used at the moment is a 503 of ours, in whichever call it shows."""

import io
import json

import pytest
from botocore.awsrequest import AWSResponse

from pullcord.aws import clients, workflow
from pullcord.aws.clients import THROTTLES, client
from pullcord.aws.commit_cache import CommitCache
from pullcord.aws.workflow import Workflow, WorkflowFailed
from pullcord.errors import Unavailable


class Body(io.BytesIO):
    def stream(self, **_):
        yield self.read()


@pytest.fixture
def answering(monkeypatch):
    """Makes every call to a service answer with a status and an error's code."""
    monkeypatch.setattr(clients, "CONFIG", clients.SYNC_EXECUTION)  # one attempt
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    client.cache_clear()

    def answer(service, status, code):
        def send(request, **_):
            body = json.dumps({"__type": code, "message": "later"}).encode()
            if service == "s3":
                body = f"<Error><Code>{code}</Code></Error>".encode()
            return AWSResponse(request.url, status, {"content-length": str(len(body))}, Body(body))

        client(service).meta.events.register_first("before-send", send)
        return client(service)

    yield answer
    client.cache_clear()


@pytest.mark.parametrize(
    ("status", "code"),
    [(500, "InternalServerError"), (503, "ServiceUnavailable"), *[(400, code) for code in sorted(THROTTLES)]],
)
def test_an_error_of_the_service_itself_asks_to_try_again(answering, status, code):
    with pytest.raises(Unavailable, match="503 Service Unavailable"):
        answering("dynamodb", status, code).put_item(TableName="t", Item={"pk": {"S": "a"}})


def test_an_error_of_the_caller_stays_what_it_is(answering):
    made = answering("dynamodb", 400, "ValidationException")
    with pytest.raises(made.exceptions.ClientError, match="ValidationException"):
        made.put_item(TableName="t", Item={"pk": {"S": "a"}})


def test_the_cache_of_commits_does_without(answering):
    answering("s3", 503, "SlowDown")

    assert CommitCache("bucket").get("key") is None
    CommitCache("bucket").put("key", b"x")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("Unavailable", Unavailable),
        ("DynamoDB.InternalServerErrorException", Unavailable),
        ("DynamoDB.ProvisionedThroughputExceededException", Unavailable),
        ("Lambda.TooManyRequestsException", Unavailable),
        ("KeyError", WorkflowFailed),
        ("States.Timeout", WorkflowFailed),
    ],
)
def test_an_execution_that_failed_for_want_of_a_service_asks_to_try_again(monkeypatch, error, expected):
    class Machine:
        def start_sync_execution(self, **_):
            return {"status": "FAILED", "error": error}

    monkeypatch.setattr(workflow, "client", lambda _: Machine())
    with pytest.raises(expected):
        Workflow("arn").run("name", {})
