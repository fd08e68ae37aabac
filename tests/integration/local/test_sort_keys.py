"""The order of a partition, and the ranges of it that a query reads."""

import pytest

from tests.integration.local.querying import SORT_KEYS, keys


@pytest.mark.parametrize("kind", SORT_KEYS)
def test_a_partition_is_in_the_order_of_its_sort_keys_both_ways(create, put, query, kind):
    create(kind)
    for value in SORT_KEYS[kind][::-2] + SORT_KEYS[kind][-2::-2]:
        put({kind: value})

    assert keys(query()) == SORT_KEYS[kind]
    assert keys(query(ScanIndexForward=False)) == SORT_KEYS[kind][::-1]


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        ("sk = :a", ["2.0"], ["2"]),
        ("sk < :a", ["-2"], ["-1E+20", "-10.5", "-10"]),
        ("sk <= :a", ["-10"], ["-1E+20", "-10.5", "-10"]),
        ("sk > :a", ["10"], ["10.5", "100", "1E+20"]),
        ("sk >= :a", ["100"], ["100", "1E+20"]),
        ("sk BETWEEN :a AND :b", ["-2", "0.01"], ["-2", "0", "0.001"]),
        ("sk BETWEEN :a AND :b", ["3", "4"], []),
    ],
)
def test_a_range_of_numbers_is_read(create, put, query, condition, values, expected):
    create()
    for value in SORT_KEYS["N"]:
        put({"N": value})

    given = {name: {"N": value} for name, value in zip((":a", ":b"), values, strict=False)}
    assert keys(query(f"pk = :pk AND {condition}", given)) == expected


@pytest.mark.parametrize(("prefix", "expected"), [("a", ["a", "aa"]), ("\uffff", ["\uffff"]), ("z", [])])
def test_texts_with_a_prefix_are_read(create, put, query, prefix, expected):
    create("S")
    for value in SORT_KEYS["S"]:
        put({"S": value})

    assert keys(query("pk = :pk AND begins_with(sk, :a)", {":a": {"S": prefix}})) == expected


def test_binary_values_with_a_prefix_are_read(create, put, query):
    create("B")
    for value in SORT_KEYS["B"]:
        put({"B": value})

    assert keys(query("pk = :pk AND begins_with(sk, :a)", {":a": {"B": b"\xff"}})) == [b"\xff", b"\xff\xff"]


def test_equal_numbers_are_one_key(create, put, query):
    create()
    put({"N": "1"})
    put({"N": "1.00"}, n={"S": "second"})

    assert [item["n"]["S"] for item in query()["Items"]] == ["second"]
