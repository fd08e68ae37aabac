"""Calls to AWS over HTTP: only who has a session's keys is answered, whoever else uses the machine."""

import http.client
import json
from xml.etree import ElementTree as ET

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from pullcord_local.account import REGION
from pullcord_local.aws_calls.call import Call
from pullcord_local.iam.signatures import Signatures

GET_SECRET = {"content-type": "application/x-amz-json-1.1", "x-amz-target": "secretsmanager.ListSecrets"}


@pytest.fixture
def keys(service):
    return service.cloud.inventory.identities.operator


@pytest.fixture
def connect(service, keys):
    """A boto3 client over HTTP with these keys, by default those of the embedded cloud itself."""

    def make(name, **changed):
        given = {
            "aws_access_key_id": keys.access_key,
            "aws_secret_access_key": keys.secret_key,
            "aws_session_token": keys.token,
        }
        config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, inject_host_prefix=False)
        return boto3.session.Session().client(
            name, region_name=REGION, endpoint_url=service.cloud.endpoint, config=config, **given | changed
        )

    return make


def send(service, method, target, headers, body=b""):
    connection = http.client.HTTPConnection("127.0.0.1", service.cloud.server.port, timeout=20)
    connection.request(method, target, body, headers)
    answer = connection.getresponse()
    status, content = answer.status, answer.read()
    connection.close()
    return status, content


def test_a_signed_call_is_answered(connect, outputs):
    assert outputs["Things"] in connect("dynamodb").list_tables()["TableNames"]
    assert connect("secretsmanager").get_secret_value(SecretId=outputs["Pepper"])["SecretString"]
    answer = connect("lambda").invoke(FunctionName="pullcord-Worker", Payload=b'{"a": 1}', Qualifier="$LATEST")
    assert json.loads(answer["Payload"].read()) == {"a": 1}


@pytest.mark.parametrize("key", ["plain", "a/b c", "ä ö/%2F+~*'()!", '&<>"=?#;,:@$', "a//b/../c", "x" * 300])
def test_the_path_and_the_query_of_an_object_are_signed_however_they_look(connect, outputs, key):
    storage, bucket = connect("s3"), outputs["Objects"]
    storage.put_object(Bucket=bucket, Key=f"signed/{key}", Body=b"hello", Metadata={"m": "two  words"})

    assert storage.get_object(Bucket=bucket, Key=f"signed/{key}")["Body"].read() == b"hello"
    listed = storage.list_objects_v2(Bucket=bucket, Prefix=f"signed/{key}", MaxKeys=1)["Contents"]
    assert [found["Key"] for found in listed] == [f"signed/{key}"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"aws_access_key_id": "local", "aws_secret_access_key": "local"}, "UnrecognizedClientException"),
        ({"aws_access_key_id": "ASIAUNKNOWN"}, "UnrecognizedClientException"),
        ({"aws_session_token": None}, "UnrecognizedClientException"),
        ({"aws_session_token": "x"}, "UnrecognizedClientException"),
        ({"aws_secret_access_key": "local"}, "InvalidSignatureException"),
    ],
)
@pytest.mark.parametrize("name", ["dynamodb", "secretsmanager"])
def test_wrong_keys_are_refused(connect, name, changed, code):
    call = {"dynamodb": "list_tables", "secretsmanager": "list_secrets"}[name]
    with pytest.raises(ClientError) as caught:
        getattr(connect(name, **changed), call)()

    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_a_wrong_signature_is_refused_by_s3_in_its_words(connect, outputs):
    with pytest.raises(ClientError) as caught:
        connect("s3", aws_secret_access_key="local").list_objects_v2(Bucket=outputs["Objects"])

    assert caught.value.response["Error"]["Code"] == "SignatureDoesNotMatch"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


@pytest.mark.parametrize(
    "authorization",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer x"},
        {"authorization": f"AWS4-HMAC-SHA256 Credential=local/20260101/{REGION}/secretsmanager/aws4_request"},
        {"authorization": "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=0"},
    ],
)
def test_a_call_without_a_signature_is_refused_in_the_shape_of_aws(service, authorization):
    status, content = send(service, "POST", "/", GET_SECRET | authorization, b"{}")

    assert status == 403
    assert json.loads(content)["__type"] == "MissingAuthenticationTokenException"
    assert json.loads(content)["message"] == "Missing Authentication Token"


def test_a_presigned_address_is_not_answered(service, connect, outputs):
    address = connect("s3").generate_presigned_url("get_object", {"Bucket": outputs["Objects"], "Key": "a"})
    status, content = send(service, "GET", address.split(str(service.cloud.server.port))[1], {})

    assert status == 403
    assert ET.fromstring(content).findtext("Code") == "MissingAuthenticationTokenException"


@pytest.fixture
def signed(keys):
    """A call with a valid signature, as the server parses it."""

    def make(target="/a%20b?x=1&y=%2F", body=b"{}", at=None, name="secretsmanager"):
        request = AWSRequest("POST", f"http://127.0.0.1:1{target}", dict(GET_SECRET), body)
        SigV4Auth(Credentials(keys.access_key, keys.secret_key, keys.token), name, REGION).add_auth(request)
        headers = {header.lower(): value for header, value in request.headers.items()} | {"host": "127.0.0.1:1"}
        return Call("POST", target, headers, body)

    return make


@pytest.mark.parametrize("query", ["delete", "max=1&max-keys=2", "a=2&a=1&b", "a=%3D&a-b=%26"])
def test_a_query_is_signed_by_its_parameters(service, signed, query):
    assert service.cloud.signatures.refuse(signed(f"/?{query}")) is None


def changed(call, **parts):
    return Call(**{name: parts.get(name, getattr(call, name)) for name in ("method", "target", "headers", "body")})


@pytest.mark.parametrize(
    "change",
    [
        lambda _: {"method": "PUT"},
        lambda _: {"target": "/a%20c?x=1&y=%2F"},
        lambda _: {"target": "/a%20b?x=2&y=%2F"},
        lambda _: {"body": b"{} "},
        lambda call: {"headers": call.headers | {"x-amz-target": "secretsmanager.GetSecretValue"}},
        lambda call: {"headers": call.headers | {"host": "localhost:1"}},
        lambda call: {"headers": call.headers | {"authorization": call.headers["authorization"][:-1] + "z"}},
        lambda call: {"headers": call.headers | {"authorization": call.headers["authorization"].replace("host;", "")}},
    ],
)
def test_a_call_that_was_changed_on_the_way_is_refused(service, signed, change):
    call = signed()
    signatures = service.cloud.signatures

    assert signatures.refuse(call) is None
    assert signatures.refuse(changed(call, **change(call))).status == 403


@pytest.mark.parametrize(("minutes", "refused"), [(0, False), (14, False), (-14, False), (16, True), (-16, True)])
def test_a_signature_is_valid_for_a_quarter_of_an_hour(service, signed, minutes, refused):
    call, now = signed(), service.cloud.signatures.now()
    signatures = Signatures(service.cloud.inventory.identities.sessions, lambda: now + 60 * minutes)

    assert (signatures.refuse(call) is not None) == refused


def test_a_function_is_answered_by_its_role_as_before(keep):
    assert "error" not in keep("dynamodb", "get_item", TableName="$THINGS", Key={"pk": {"S": "a"}, "sk": {"S": "b"}})
    answer = keep("dynamodb", "scan", TableName="$COUNTERS")
    assert (answer["status"], answer["error"]["Code"]) == (400, "AccessDeniedException")


def test_an_object_is_deleted_only_under_a_name_that_was_checked(service, outputs):
    """Names are escaped in the XML of DeleteObjects; the check of permissions reads them as the deletion does."""
    from pullcord_local.aws_calls.client import client
    from pullcord_local.iam.identities import Role

    bucket, names = outputs["Objects"], ["open/a&b", "open/<c>", 'open/"d"', "open/&amp;"]
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{bucket}/{names[0]}"]}
    narrow = service.cloud.inventory.identities.session(Role("narrow", "arn:aws:iam::1:role/narrow", [statement]), "n")
    everything = client("s3", service.cloud.answer)
    for name in names:
        everything.put_object(Bucket=bucket, Key=name, Body=b"x")

    def delete(given, *keys):
        return given.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})

    def stored():
        return {found["Key"] for found in everything.list_objects_v2(Bucket=bucket, Prefix="open/").get("Contents", [])}

    with pytest.raises(ClientError, match="is not authorized to perform: s3:DeleteObject"):
        delete(client("s3", service.cloud.answer, narrow), *names[:2])
    assert set(names) <= stored()
    assert [found["Key"] for found in delete(client("s3", service.cloud.answer, narrow), names[0])["Deleted"]] == names[
        :1
    ]
    delete(everything, *names[1:])
    assert not set(names) & stored()
