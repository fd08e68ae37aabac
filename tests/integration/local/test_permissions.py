"""Permissions: what a role allows, and the messages of denials."""

import pytest

from pullcord_local.iam.policy import Permission, evaluate

DENIED = "AccessDeniedException"


@pytest.fixture
def key():
    return {"pk": {"S": "a"}, "sk": {"S": "b"}}


def test_a_call_that_the_role_allows_takes_effect(keep, key):
    assert "error" not in keep("dynamodb", "put_item", TableName="$THINGS", Item=key)
    assert keep("dynamodb", "get_item", TableName="$THINGS", Key=key)["Item"] == key
    assert "SecretString" in keep("secretsmanager", "get_secret_value", SecretId="$SECRET")


def test_a_denial_is_worded_as_on_aws(keep):
    answer = keep("dynamodb", "query", TableName="$THINGS", KeyConditionExpression="pk = :a")

    assert answer["status"] == 400
    assert answer["error"]["Code"] == DENIED
    assert answer["error"]["Message"] == (
        "User: arn:aws:sts::123456789012:assumed-role/pullcord-KeeperRole/pullcord-Keeper is not authorized to perform: "
        "dynamodb:Query on resource: arn:aws:dynamodb:eu-central-1:123456789012:table/pullcord-Things "
        "because no identity-based policy allows the dynamodb:Query action"
    )


def test_an_explicit_deny_says_so(keep, key):
    answer = keep("dynamodb", "delete_item", TableName="$THINGS", Key=key)
    assert answer["error"]["Message"].endswith("with an explicit deny in an identity-based policy")


def test_denials_are_collected(service, keep):
    keep("dynamodb", "scan", TableName="$COUNTERS")
    found = service.cloud.guard.report()["denied"]
    table = "arn:aws:dynamodb:eu-central-1:123456789012:table/pullcord-Counters"
    assert ["pullcord-KeeperRole", "dynamodb:Scan", table] in found


def test_leading_keys_are_checked(keep):
    assert "error" not in keep("dynamodb", "get_item", TableName="$COUNTERS", Key={"pk": {"S": "open#1"}})
    assert keep("dynamodb", "get_item", TableName="$COUNTERS", Key={"pk": {"S": "shut#1"}})["error"]["Code"] == DENIED


def test_the_parts_of_a_transaction_are_checked_one_by_one(keep, key):
    put = {"Put": {"TableName": "$THINGS", "Item": key}}
    update = {
        "TableName": "$COUNTERS",
        "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }

    allowed = [put, {"Update": update | {"Key": {"pk": {"S": "open#1"}}}}]
    denied = [put, {"Update": update | {"Key": {"pk": {"S": "shut#1"}}}}]
    assert "error" not in keep("dynamodb", "transact_write_items", TransactItems=allowed)
    assert keep("dynamodb", "transact_write_items", TransactItems=denied)["error"]["Code"] == DENIED


def test_every_table_of_a_batch_is_checked(keep, key):
    things = {"$THINGS": {"Keys": [key]}}
    assert "error" not in keep("dynamodb", "batch_get_item", RequestItems=things)
    both = things | {"$COUNTERS": {"Keys": [{"pk": {"S": "open#1"}}]}}
    assert keep("dynamodb", "batch_get_item", RequestItems=both)["error"]["Code"] == DENIED


def test_objects_are_checked_by_their_keys(keep):
    assert "error" not in keep("s3", "put_object", Bucket="$BUCKET", Key="open/ä b%2F", Body="hello")
    assert keep("s3", "get_object", Bucket="$BUCKET", Key="open/ä b%2F")["Body"] == "hello"
    answer = keep("s3", "put_object", Bucket="$BUCKET", Key="shut/a", Body="hello")
    assert (answer["status"], answer["error"]["Code"]) == (403, "AccessDenied")


def test_a_missing_object_is_access_denied_without_the_right_to_list_the_bucket(keep):
    answer = keep("s3", "get_object", Bucket="$BUCKET", Key="open/missing")
    assert (answer["status"], answer["error"]["Code"]) == (403, "AccessDenied")


def test_an_unknown_access_key_is_rejected(service):
    from botocore.exceptions import ClientError

    from pullcord_local.aws_calls.client import client
    from pullcord_local.iam.identities import Role, Session

    unknown = Session("ASIAUNKNOWN", "x", "x", Role("none", "arn:aws:iam::1:role/none"), "none")
    with pytest.raises(ClientError, match="security token included in the request is invalid"):
        client("dynamodb", service.cloud.answer, unknown).list_tables()


ALLOW = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}


@pytest.mark.parametrize(
    ("statements", "permission", "allowed"),
    [
        ([ALLOW], Permission("s3:GetObject", "arn:aws:s3:::b/k"), True),
        ([ALLOW], Permission("s3:getobject", "arn:aws:s3:::b/k/l"), True),
        ([ALLOW], Permission("s3:PutObject", "arn:aws:s3:::b/k"), False),
        ([ALLOW], Permission("s3:GetObject", "arn:aws:s3:::c/k"), False),
        ([ALLOW | {"Resource": "arn:aws:s3:::b/[k]"}], Permission("s3:GetObject", "arn:aws:s3:::b/k"), False),
        ([ALLOW | {"Resource": "arn:aws:s3:::b/?"}], Permission("s3:GetObject", "arn:aws:s3:::b/kk"), False),
        ([ALLOW, ALLOW | {"Effect": "Deny"}], Permission("s3:GetObject", "arn:aws:s3:::b/k"), False),
        ([{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}], Permission("s3:GetObject", "x"), False),
        ([{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}], Permission("sts:X", "x"), True),
        ([ALLOW | {"Condition": {"StringEquals": {"k": "v"}}}], Permission("s3:GetObject", "arn:aws:s3:::b/k"), False),
        (
            [ALLOW | {"Condition": {"StringNotEquals": {"k": "v"}}}],
            Permission("s3:GetObject", "arn:aws:s3:::b/k"),
            True,
        ),
        (
            [ALLOW | {"Condition": {"ForAllValues:StringLike": {"k": ["a*", "b*"]}}}],
            Permission("s3:GetObject", "arn:aws:s3:::b/k", {"k": ("a1", "b1")}),
            True,
        ),
        (
            [ALLOW | {"Condition": {"ForAllValues:StringLike": {"k": ["a*", "b*"]}}}],
            Permission("s3:GetObject", "arn:aws:s3:::b/k", {"k": ("a1", "c1")}),
            False,
        ),
        (
            [ALLOW | {"Condition": {"ForAnyValue:StringLike": {"k": ["a*"]}}}],
            Permission("s3:GetObject", "arn:aws:s3:::b/k", {"k": ("a1", "c1")}),
            True,
        ),
    ],
)
def test_statements_are_evaluated_as_on_aws(statements, permission, allowed):
    assert evaluate(statements, permission).allowed is allowed
