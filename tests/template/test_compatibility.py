"""docs/compatibility.md says the same of every route as functions/openapi.yaml, and counts right."""

import re
from collections import Counter
from typing import NamedTuple

import pytest
import yaml

from tests.template.stack import ROOT

TEXT = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")
DESCRIPTION = yaml.safe_load((ROOT / "functions" / "openapi.yaml").read_text(encoding="utf-8"))
METHODS = ("get", "put", "post", "delete", "patch")
STATES = ("works", "partly", "not yet")

ROUTE = re.compile(rf"\| (?P<method>[A-Z]+) `(?P<path>/\S*)` \| (?P<state>{'|'.join(STATES)}) \|(.*)\|(.*)\|(.*)\|")
COUNTS = re.compile(r"\| \[(.+)\]\(#(.+)\) \| (\d+) \| (\d+) \| (\d+) \|")
TOTAL = re.compile(r"\| all \| (\d+) \| (\d+) \| (\d+) \|")


class Row(NamedTuple):
    """What the document says of a route."""

    area: str
    state: str
    parameters: set[str]
    not_taken: str


def unnamed(path: str) -> str:
    """A path whose parts have no names, in OpenAPI's notation or the document's."""
    return re.sub(r"\{\w+\}|[:*]\w+", "{}", path)


def documented() -> list[tuple[tuple[str, str], Row]]:
    """Method and path of every row with what it says, in the document's order."""
    rows, area = [], ""
    for line in TEXT.splitlines():
        if line.startswith("### "):
            area = line.removeprefix("### ")
        elif row := ROUTE.fullmatch(line):
            parameters = set(re.findall(r"`(\w+)[^`]*`", row[4]))
            rows.append(((row["method"], unnamed(row["path"])), Row(area, row["state"], parameters, row[5].strip())))
    return rows


def resolved(part: dict) -> dict:
    """A part of the description itself, where a reference to it stands."""
    for name in part.get("$ref", "#").split("/")[1:]:
        part = DESCRIPTION[name] if name == "components" else part[name]
    return part


def declared(item: dict, operation: dict) -> set[str]:
    """Names of an operation's parameters in query string and body."""
    parameters = [resolved(one) for one in (*item.get("parameters", ()), *operation.get("parameters", ()))]
    contents = resolved(operation.get("requestBody", {})).get("content", {}).values()
    bodies = [resolved(content["schema"]) for content in contents]
    query = {one["name"].removesuffix("[]") for one in parameters if one["in"] == "query"}
    return query.union(*(body["properties"] for body in bodies))


ROWS = documented()
ANSWERED = {route: row for route, row in ROWS if row.state != "not yet"}
OPERATIONS = {
    (method.upper(), unnamed(path)): declared(item, operation)
    for path, item in DESCRIPTION["paths"].items()
    for method, operation in item.items()
    if method in METHODS
}


def test_every_row_of_a_table_is_understood():
    rows = [line for line in TEXT.splitlines() if re.match(r"\| (GET|PUT|POST|DELETE|PATCH) `", line)]

    assert len(rows) == len(ROWS)


def test_no_route_stands_there_twice():
    assert [route for route, times in Counter(route for route, _ in ROWS).items() if times > 1] == []


def test_every_route_stands_there_and_nothing_else_is_said_to_work():
    assert ANSWERED.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("route", OPERATIONS, ids=" ".join)
def test_the_parameters_of_a_route_stand_in_its_row(route):
    assert ANSWERED[route].parameters == OPERATIONS[route]


def test_what_works_takes_all_parameters_of_gitlab():
    assert [route for route, row in ROWS if row.state == "works" and row.not_taken] == []


def test_what_is_not_there_yet_takes_no_parameters():
    assert [route for route, row in ROWS if row.state == "not yet" and row.parameters] == []


def test_the_summary_counts_the_routes_of_each_area():
    areas = dict.fromkeys(row.area for _, row in ROWS)
    counted = Counter((row.area, row.state) for _, row in ROWS)

    assert [(area, *map(int, counts)) for area, _, *counts in COUNTS.findall(TEXT)] == [
        (area, *(counted[area, state] for state in STATES)) for area in areas
    ]


def test_the_summary_counts_all_routes():
    counted = Counter(row.state for _, row in ROWS)

    assert TOTAL.findall(TEXT) == [tuple(str(counted[state]) for state in STATES)]


def test_links_lead_to_headings():
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)

    assert {*re.findall(r"\]\(#(.+?)\)", TEXT)} <= {heading.lower().replace(" ", "-") for heading in headings}
