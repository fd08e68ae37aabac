"""A small stack, deployed once for these tests, and functions that call it."""

import http.client
import json
from pathlib import Path

import pytest

from pullcord_local.aws_calls.client import client
from pullcord_local.serve import Options, serving
from tests.integration.local.querying import TABLE

TEMPLATE = Path(__file__).parent / "stack" / "template.yaml"


class HttpAnswer:
    """An answer of the HTTP API."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


@pytest.fixture(scope="package")
def service():
    with serving(Options(template=TEMPLATE)) as running:
        yield running


@pytest.fixture
def ask(service):
    connections = []

    def send(target, method="GET", body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", service.server.port, timeout=20)
        connections.append(connection)
        connection.request(method, target, body=body, headers=headers or {})
        return HttpAnswer(connection.getresponse())

    yield send
    for connection in connections:
        connection.close()


@pytest.fixture
def echo(ask):
    """Sends a request; the event that the function received."""

    def send(*arguments, **options):
        return ask(*arguments, **options).json()["event"]

    return send


@pytest.fixture
def keep(ask):
    """Makes a call to AWS through the function Keeper, under its role; the result."""

    def send(service, method, **arguments):
        call = {"service": service, "method": method, "arguments": arguments}
        answer = ask("/calls", "POST", json.dumps(call), {"content-type": "application/json"})
        assert answer.status == 200, answer.body
        return answer.json()

    return send


@pytest.fixture(scope="package")
def operator(service):
    """boto3 clients that may do everything, as the embedded cloud itself."""
    return lambda name: client(name, service.cloud.answer)


@pytest.fixture(scope="package")
def outputs(service):
    return service.deployment.stack.outputs


@pytest.fixture
def database(operator):
    return operator("dynamodb")


@pytest.fixture
def create(database):
    """Creates a table with a sort key of a type, and an index on `color` with the sort key `weight`."""

    def make(kind="N"):
        database.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": kind_of}
                for name, kind_of in (("pk", "S"), ("sk", kind), ("color", "S"), ("weight", "N"))
            ],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "by-color",
                    "KeySchema": [
                        {"AttributeName": "color", "KeyType": "HASH"},
                        {"AttributeName": "weight", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "KEYS_ONLY"},
                }
            ],
        )

    yield make
    database.delete_table(TableName=TABLE)


@pytest.fixture
def put(database):
    def write(sk, pk="p", **attributes):
        database.put_item(TableName=TABLE, Item={"pk": {"S": pk}, "sk": sk, **attributes})

    return write


@pytest.fixture
def query(database):
    def ask(condition="pk = :pk", values=None, **options):
        values = {":pk": {"S": "p"}} | (values or {}) if ":pk" in condition else values
        return database.query(
            TableName=TABLE, KeyConditionExpression=condition, ExpressionAttributeValues=values, **options
        )

    return ask
