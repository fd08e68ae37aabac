"""DynamoDB with concurrent callers: conditions decide races, transactions take effect wholly or not at all."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def database(operator):
    return operator("dynamodb")


@pytest.fixture
def together():
    """Runs a function for many numbers concurrently; the results in order."""

    def run(function, times, workers=16):
        barrier = threading.Barrier(workers)

        def start(number):
            if number < workers:
                barrier.wait(60)
            return function(number)

        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(start, range(times)))

    return run


def error_code(function, *arguments, **options):
    """The code of the error that a call of boto3 raises; None if it raises none."""
    try:
        function(*arguments, **options)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def test_one_of_many_conditional_puts_succeeds(database, outputs, together):
    def put(number):
        item = {"pk": {"S": "race"}, "sk": {"S": str(number % 4)}, "by": {"N": str(number)}}
        condition = "attribute_not_exists(pk)"
        return error_code(database.put_item, TableName=outputs["Things"], Item=item, ConditionExpression=condition)

    assert together(put, 64).count(None) == 4


def test_no_concurrent_increment_is_lost(database, outputs, together):
    def count(_number):
        return database.update_item(
            TableName=outputs["Counters"],
            Key={"pk": {"S": "count"}},
            UpdateExpression="ADD n :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
            ReturnValues="UPDATED_NEW",
        )["Attributes"]["n"]["N"]

    assert sorted(map(int, together(count, 80))) == list(range(1, 81))


def test_a_canceled_transaction_changes_nothing(database, outputs, together):
    def claim(number):
        key = str(number % 8)
        put = {"TableName": outputs["Things"], "Item": {"pk": {"S": "claim"}, "sk": {"S": key}}}
        update = {
            "TableName": outputs["Counters"],
            "Key": {"pk": {"S": f"claims-{key}"}},
            "UpdateExpression": "ADD n :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }
        items = [{"Update": update}, {"Put": put | {"ConditionExpression": "attribute_not_exists(pk)"}}]
        return error_code(database.transact_write_items, TransactItems=items)

    results = together(claim, 64)

    assert results.count(None) == 8
    assert set(results) == {None, "TransactionCanceledException"}
    for key in range(8):
        found = database.get_item(TableName=outputs["Counters"], Key={"pk": {"S": f"claims-{key}"}})
        assert found["Item"]["n"] == {"N": "1"}


def test_cancellation_reasons_name_the_item(database, outputs):
    key = {"pk": {"S": "reasons"}, "sk": {"S": "1"}}
    database.put_item(TableName=outputs["Things"], Item=key | {"n": {"N": "1"}})
    check = {"TableName": outputs["Things"], "Key": key, "ConditionExpression": "attribute_not_exists(pk)"}
    put = {"TableName": outputs["Things"], "Item": {"pk": {"S": "reasons"}, "sk": {"S": "2"}}}
    items = [{"Put": put}, {"ConditionCheck": check | {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}}]

    with pytest.raises(ClientError, match=r"specific reasons \[None, ConditionalCheckFailed\]") as caught:
        database.transact_write_items(TransactItems=items)

    reasons = caught.value.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == ["None", "ConditionalCheckFailed"]
    assert reasons[1]["Item"]["n"] == {"N": "1"}


def test_one_item_twice_in_a_transaction_is_error_code(database, outputs):
    put = {"Put": {"TableName": outputs["Things"], "Item": {"pk": {"S": "twice"}, "sk": {"S": "1"}}}}
    with pytest.raises(ClientError, match="cannot include multiple operations on one item"):
        database.transact_write_items(TransactItems=[put, put])
    key = {"pk": {"S": "twice"}, "sk": {"S": "1"}}
    assert "Item" not in database.get_item(TableName=outputs["Things"], Key=key)


def test_a_transaction_repeated_with_its_token_takes_effect_once(database, outputs):
    update = {
        "TableName": outputs["Counters"],
        "Key": {"pk": {"S": "repeated"}},
        "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }
    for _ in range(2):
        database.transact_write_items(TransactItems=[{"Update": update}], ClientRequestToken="the-same")

    found = database.get_item(TableName=outputs["Counters"], Key={"pk": {"S": "repeated"}})
    assert found["Item"]["n"] == {"N": "1"}
    other = [{"Update": update | {"Key": {"pk": {"S": "else"}}}}]
    code = error_code(database.transact_write_items, TransactItems=other, ClientRequestToken="the-same")
    assert code == "IdempotentParameterMismatchException"


@pytest.mark.parametrize(
    ("method", "arguments", "message"),
    [
        (
            "put_item",
            lambda table: {"TableName": table, "Item": {"pk": {"S": "x"}, "sk": {"S": "x"}, "v": {"S": "x" * 410_000}}},
            "Item size has exceeded",
        ),
        (
            "transact_write_items",
            lambda table: {
                "TransactItems": [
                    {"Put": {"TableName": table, "Item": {"pk": {"S": str(n)}, "sk": {"S": "x"}}}} for n in range(101)
                ]
            },
            "less than or equal to 100",
        ),
        (
            "transact_write_items",
            lambda table: {
                "TransactItems": [
                    {
                        "Put": {
                            "TableName": table,
                            "Item": {"pk": {"S": str(n)}, "sk": {"S": "x"}, "v": {"S": "x" * 390_000}},
                        }
                    }
                    for n in range(12)
                ]
            },
            "4MB",
        ),
    ],
)
def test_a_call_over_a_limit_is_rejected(database, outputs, method, arguments, message):
    with pytest.raises(ClientError, match=message):
        getattr(database, method)(**arguments(outputs["Things"]))


def test_an_update_that_makes_an_item_too_large_is_refused_and_undone(database, outputs):
    key = {"pk": {"S": "large"}, "sk": {"S": "1"}}
    database.put_item(TableName=outputs["Things"], Item=key | {"v": {"S": "x" * 300_000}})
    with pytest.raises(ClientError, match="Item size to update has exceeded"):
        database.update_item(
            TableName=outputs["Things"],
            Key=key,
            UpdateExpression="SET w = :w",
            ExpressionAttributeValues={":w": {"S": "x" * 200_000}},
        )
    assert set(database.get_item(TableName=outputs["Things"], Key=key)["Item"]) == {"pk", "sk", "v"}


def test_expired_items_are_deleted_and_others_stay(database, outputs, service):
    now = time.time()
    for name, ttl in (("past", now - 60), ("future", now + 3600), ("ancient", 1)):
        item = {"pk": {"S": "ttl"}, "sk": {"S": name}, "ttl": {"N": str(int(ttl))}}
        database.put_item(TableName=outputs["Things"], Item=item)

    assert service.deployment.expiry.sweep(now) == 1
    values = {":pk": {"S": "ttl"}}
    found = database.query(
        TableName=outputs["Things"], KeyConditionExpression="pk = :pk", ExpressionAttributeValues=values
    )
    assert [item["sk"]["S"] for item in found["Items"]] == ["ancient", "future"]


def test_a_query_reads_its_partition_in_order_and_an_index_across_partitions(database, outputs):
    for pk, sk, color in (("q1", "2", "red"), ("q1", "1", "blue"), ("q2", "3", "red")):
        item = {
            "pk": {"S": pk},
            "sk": {"S": sk},
            "color": {"S": color},
            "raw": {"B": b"\x00\xff"},
            "set": {"NS": ["1"]},
        }
        database.put_item(TableName=outputs["Things"], Item=item)

    def keys(name, value, **options):
        found = database.query(
            TableName=outputs["Things"],
            KeyConditionExpression="#k = :v",
            ExpressionAttributeNames={"#k": name},
            ExpressionAttributeValues={":v": {"S": value}},
            **options,
        )
        assert all(item["raw"] == {"B": b"\x00\xff"} and item["set"] == {"NS": ["1"]} for item in found["Items"])
        return [(item["pk"]["S"], item["sk"]["S"]) for item in found["Items"]], found.get("LastEvaluatedKey")

    assert keys("pk", "q1") == ([("q1", "1"), ("q1", "2")], None)
    assert keys("pk", "gone") == ([], None)
    assert keys("color", "red", IndexName="by-color") == ([("q1", "2"), ("q2", "3")], None)
    first, last = keys("pk", "q1", Limit=1, ScanIndexForward=False)
    assert first == [("q1", "2")]
    assert keys("pk", "q1", ExclusiveStartKey=last, ScanIndexForward=False)[0] == [("q1", "1")]
