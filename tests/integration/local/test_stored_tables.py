"""Tables in the SQLite file: pages, indexes, and what a page costs."""

import pytest
from botocore.exceptions import ClientError
from moto.dynamodb.models.dynamo_type import Item

from pullcord_local.dynamodb.stored_items import Bounds, IndexKey, Layout, Place, StoredItems
from pullcord_local.dynamodb.stored_table import StoredTable
from pullcord_local.persistence.store import Store
from tests.counting import steps
from tests.integration.local.querying import SORT_KEYS, TABLE, keys, pages


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("limit", [1, 3, 10, 11, 12])
def test_pages_have_every_item_once(create, put, query, limit, forward):
    create()
    for value in SORT_KEYS["N"]:
        put({"N": value})

    found = pages(query, Limit=limit, ScanIndexForward=forward)

    assert [key for answer in found for key in keys(answer)] == SORT_KEYS["N"][:: 1 if forward else -1]
    assert len(found) == -(-11 // limit)


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_of_an_index_have_every_item_once_also_those_with_equal_sort_keys(create, put, query, limit, forward):
    create()
    for number in range(6):
        for pk in ("p", "q"):
            put({"N": str(number)}, pk, color={"S": "red"}, weight={"N": str(number // 3)})
    put({"N": "9"}, color={"S": "blue"}, weight={"N": "1"})
    put({"N": "10"}, color={"S": "red"})

    options = {"IndexName": "by-color", "Limit": limit, "ScanIndexForward": forward}
    found = pages(lambda **more: query("color = :color", {":color": {"S": "red"}}, **more), **options)
    items = [item for answer in found for item in answer["Items"]]

    order = [(item["weight"]["N"], item["pk"]["S"], item["sk"]["N"]) for item in items]
    expected = [
        (str(half), pk, str(number)) for half in (0, 1) for pk in "pq" for number in range(3 * half, 3 * half + 3)
    ]
    assert order == expected[:: 1 if forward else -1]
    assert {frozenset(item) for item in items} == {frozenset(["pk", "sk", "color", "weight"])}


def test_an_index_follows_its_items(create, put, query, database):
    create()
    red = lambda: keys(query("color = :c", {":c": {"S": "red"}}, IndexName="by-color"))  # noqa: E731
    put({"N": "1"}, color={"S": "red"}, weight={"N": "1"})
    put({"N": "2"}, color={"S": "red"}, weight={"N": "2"})
    assert red() == ["1", "2"]

    put({"N": "1"}, color={"S": "red"}, weight={"N": "3"})
    assert red() == ["2", "1"]
    put({"N": "2"}, color={"S": "blue"}, weight={"N": "2"})
    assert red() == ["1"]
    database.delete_item(TableName=TABLE, Key={"pk": {"S": "p"}, "sk": {"N": "1"}})
    assert red() == []


def test_a_page_ends_at_a_megabyte(create, put, query):
    create()
    for number in range(5):
        put({"N": str(number)}, text={"S": "x" * 300_000})

    assert [keys(answer) for answer in pages(query)] == [["0", "1", "2"], ["3", "4"]]


def test_a_filter_counts_what_it_has_read(create, put, query):
    create()
    for number in range(6):
        put({"N": str(number)}, odd={"BOOL": number % 2 == 1})

    answer = query(values={":odd": {"BOOL": True}}, FilterExpression="odd = :odd", Limit=4)

    assert (answer["Count"], answer["ScannedCount"], keys(answer)) == (2, 4, ["1", "3"])


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_pages_of_a_scan_have_every_item_once(create, put, database, limit):
    create()
    for number in range(10):
        put({"N": str(number)}, pk=str(number % 3))

    found = pages(database.scan, TableName=TABLE, Limit=limit)

    assert sorted(key for answer in found for key in keys(answer)) == [str(number) for number in range(10)]


def test_binary_values_come_back_as_they_were_at_every_depth(create, put, query):
    create()
    raw = {"B": b"\x00\xff"}
    put({"N": "1"}, a=raw, b={"BS": [b"\x01", b"\x02"]}, c={"M": {"d": {"L": [raw, {"M": {"e": raw}}]}}})

    (item,) = query()["Items"]
    assert (item["a"], sorted(item["b"]["BS"])) == (raw, [b"\x01", b"\x02"])
    assert item["c"] == {"M": {"d": {"L": [raw, {"M": {"e": raw}}]}}}


def test_a_condition_compares_binary_values(create, put, database):
    create()
    put({"N": "1"}, version={"B": b"\x01\xff"})

    def change(expected):
        database.update_item(
            TableName=TABLE,
            Key={"pk": {"S": "p"}, "sk": {"N": "1"}},
            UpdateExpression="SET done = :done",
            ConditionExpression="version = :expected",
            ExpressionAttributeValues={":done": {"BOOL": True}, ":expected": {"B": expected}},
        )

    change(b"\x01\xff")
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        change(b"\x01")


def test_a_page_costs_the_same_however_large_the_partition_is(create, put, query, monkeypatch):
    create()
    parsed, original = [], StoredTable.parsed
    monkeypatch.setattr(StoredTable, "parsed", lambda table, text: parsed.append(1) or original(table, text))

    def cost():
        del parsed[:]
        return steps(lambda: query(Limit=5)), len(parsed)

    for number in range(20):
        put({"N": str(number)})
    query(Limit=5)
    small, _ = cost()
    for number in range(20, 400):
        put({"N": str(number)})
    large, read = cost()

    assert read == 6
    assert large < 1.1 * small


def test_an_item_is_found_by_its_key_alone(create, put, database, monkeypatch):
    create()
    for number in range(50):
        put({"N": str(number)})
    parsed, original = [], StoredTable.parsed
    monkeypatch.setattr(StoredTable, "parsed", lambda table, text: parsed.append(1) or original(table, text))

    assert database.get_item(TableName=TABLE, Key={"pk": {"S": "p"}, "sk": {"N": "49"}})["Item"]["sk"] == {"N": "49"}
    assert parsed == [1]


def test_nothing_of_a_deleted_table_is_in_a_new_one(create, put, query, database):
    create()
    put({"N": "1"}, color={"S": "red"}, weight={"N": "1"})
    database.delete_table(TableName=TABLE)
    create()

    assert keys(query()) == []


def test_what_is_read_is_not_kept_in_memory(operator, outputs):
    """moto keeps a list of all its objects; stored items are not among them."""
    database = operator("dynamodb")
    for number in range(20):
        database.put_item(TableName=outputs["Things"], Item={"pk": {"S": "kept"}, "sk": {"S": str(number)}})
        database.get_item(TableName=outputs["Things"], Key={"pk": {"S": "kept"}, "sk": {"S": str(number)}})

    assert Item.instances_tracked == []


def test_a_template_with_another_index_finds_the_items_of_before():
    items = StoredItems(Store())
    item = {"pk": {"S": "a"}, "sk": {"S": "1"}, "color": {"S": "red"}, "ttl": {"N": "50"}}
    before, after = Layout("T", [], ""), Layout("T", [IndexKey("by-color", "color", "sk")], "ttl")
    items.arrange(before)
    with items.store.transaction():
        items.write(before, Place("T", b"a", b"1"), item)
    items.arrange(after)

    assert len(list(items.index("T", "by-color", b"red", Bounds(), None, descending=False))) == 1
    assert items.expired("T", 0, 51) == 1
    items.store.close()
