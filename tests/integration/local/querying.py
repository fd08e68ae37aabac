"""Queries of a table whose sort key is of any type, and the keys that they find."""

TABLE = "Numbers"
# By number, by text, by bytes; a query's answer is in this order.
SORT_KEYS = {
    "N": ["-1E+20", "-10.5", "-10", "-2", "0", "0.001", "2", "10", "10.5", "100", "1E+20"],
    "S": ["\x00", "A", "B", "a", "aa", "é", "\uffff", "\U0001f600"],
    "B": [b"\x00", b"\x00\x01", b"/", b"0", b"A", b"a", b"\xfe", b"\xff", b"\xff\xff"],
}


def keys(answer):
    return [next(iter(item["sk"].values())) for item in answer["Items"]]


def pages(query, **options):
    found, start = [], {}
    while True:
        answer = query(**options, **start)
        found.append(answer)
        if "LastEvaluatedKey" not in answer:
            return found
        start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
