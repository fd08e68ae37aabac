"""Pages: what is asked for, what comes back."""

import re

import pytest

from pullcord.errors import BadParameters
from pullcord.wire.pagination import page
from tests.unit.wire.calls import call

PATH = "/api/v4/projects/7/triggers"


def asked(query="", rows=range(45), **options):
    return page(call(query=query, path=PATH, method="GET"), list(rows), **options)


def links(headers):
    return {name: address for address, name in re.findall(r'<([^>]*)>; rel="(\w+)"', headers["Link"])}


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", range(20)),
        ("page=1", range(20)),
        ("page=3", range(40, 45)),
        ("page=4", []),
        ("per_page=2&page=2", [2, 3]),
        ("per_page=1000", range(45)),
        ("page=&per_page=", range(20)),
        ("page=999999999999999999999", []),
    ],
)
def test_the_right_rows(query, rows):
    assert list(asked(query)[0]) == list(rows)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [("", ("1", "", "2")), ("page=2", ("2", "1", "3")), ("page=3", ("3", "2", "")), ("page=4", ("4", "3", ""))],
)
def test_the_neighbours(query, numbers):
    headers = asked(query)[1]

    assert (headers["X-Page"], headers["X-Prev-Page"], headers["X-Next-Page"]) == numbers


def test_totals_can_be_left_out():
    headers = asked(count_outcome=False)[1]

    assert "X-Total" not in headers
    assert set(links(headers)) == {"next", "first"}


def test_links_hold_the_other_parameters_and_no_token():
    headers = asked(
        "scope[]=a&scope[]=b&ref=feature/x&private_token=secret&access_token=secret&job_token=secret&per_page=2"
    )[1]

    assert links(headers)["next"] == (
        f"https://ci.example.test{PATH}?scope%5B%5D=a&scope%5B%5D=b&ref=feature%2Fx&page=2&per_page=2"
    )


def test_an_empty_list_has_one_page():
    rows, headers = asked(rows=[])

    assert (list(rows), headers["X-Total"], headers["X-Total-Pages"]) == ([], "0", "1")
    assert set(links(headers)) == {"first", "last"}


@pytest.mark.parametrize(
    ("query", "phrase"),
    [
        ("page=abc", "page is invalid"),
        ("per_page=1.5", "per_page is invalid"),
        ("page[]=1", "page is invalid"),
        ("page=0", "page does not have a valid value"),
        ("per_page=-1", "per_page does not have a valid value"),
    ],
)
def test_what_is_no_page_is_refused(query, phrase):
    with pytest.raises(BadParameters, match=phrase):
        asked(query)
