"""Pagination: rows, headers and links."""

import re

import pytest

from pullcord.errors import BadParameters
from pullcord.jobs import Span
from pullcord.wire.pagination import page, span, stretch
from tests.unit.wire.calls import call

PATH = "/api/v4/projects/7/triggers"


def page_of(query="", rows=range(45), **options):
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
def test_rows_of_a_page(query, rows):
    assert list(page_of(query)[0]) == list(rows)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ("1", "", "2")),
        ("page=2", ("2", "1", "3")),
        ("page=3", ("3", "2", "")),
        ("page=4", ("4", "3", "")),
        ("page=5", ("5", "", "")),
        ("page=1000", ("1000", "", "")),
    ],
)
def test_numbers_of_the_next_and_previous_page(query, numbers):
    headers = page_of(query)[1]

    assert (headers["X-Page"], headers["X-Prev-Page"], headers["X-Next-Page"]) == numbers
    assert ("prev" in links(headers)) is bool(numbers[1])


def test_totals_can_be_left_out():
    headers = page_of(counted=False)[1]

    assert "X-Total" not in headers
    assert set(links(headers)) == {"next", "first"}


def test_links_have_the_other_parameters_and_no_token():
    headers = page_of(
        "scope[]=a&scope[]=b&ref=feature/x&private_token=secret&access_token=secret&job_token=secret&per_page=2"
    )[1]

    assert links(headers)["next"] == (
        f"https://ci.example.test{PATH}?scope%5B%5D=a&scope%5B%5D=b&ref=feature%2Fx&page=2&per_page=2"
    )


@pytest.mark.parametrize("name", ["private_token", "access_token", "job_token", "token"])
@pytest.mark.parametrize("pagination", ["offset", "keyset"])
def test_no_link_repeats_a_token(name, pagination):
    query = f"{name}=secret&pagination={pagination}&page=2&per_page=2"
    of_page = page_of(query)[1]
    of_stretch = stretch(call(query=query, path=PATH, method="GET"), [3, 2, 1], int)[1]

    for headers in (of_page, of_stretch):
        assert "next" in links(headers)
        assert "secret" not in headers["Link"]
        assert name not in headers["Link"]


def test_an_empty_list_has_one_page():
    rows, headers = page_of(rows=[])

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
def test_an_invalid_page_is_refused(query, phrase):
    with pytest.raises(BadParameters, match=phrase):
        page_of(query)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", Span(21)),
        ("page=3&per_page=10", Span(11, 20)),
        ("per_page=1000", Span(101)),
        ("pagination=keyset", Span(21)),
        ("pagination=keyset&cursor=500&per_page=5", Span(6, 0, 500)),
        ("pagination=keyset&id_after=500&sort=asc", Span(21, 0, 500, descending=False)),
        ("pagination=keyset&id_before=500&sort=desc", Span(21, 0, 500)),
        ("pagination=keyset&cursor=&page=7", Span(21)),
        ("cursor=500", Span(21)),
    ],
)
def test_a_span_has_one_row_more_than_the_page(query, wanted):
    assert span(call(query=query, path=PATH, method="GET")) == wanted


@pytest.mark.parametrize("cursor", ["abc", "-1", "1.5", "9" * 17])
def test_an_invalid_cursor_is_refused(cursor):
    with pytest.raises(BadParameters, match="cursor is invalid"):
        span(call(query=f"pagination=keyset&cursor={cursor}", path=PATH, method="GET"))


@pytest.mark.parametrize(
    ("query", "rows", "numbers", "relations"),
    [
        ("per_page=2", [9, 8, 7], ("1", "", "2"), {"next", "first"}),
        ("per_page=2&page=2", [9, 8, 7], ("2", "1", "3"), {"prev", "next", "first"}),
        ("per_page=2&page=3", [9, 8], ("3", "2", ""), {"prev", "first"}),
        ("per_page=2&page=9", [], ("9", "8", ""), {"prev", "first"}),
    ],
)
def test_a_list_too_long_to_count_has_no_total(query, rows, numbers, relations):
    rows_of_page, headers = stretch(call(query=query, path=PATH, method="GET"), rows, int)

    assert rows_of_page == rows[:2]
    assert (headers["X-Page"], headers["X-Prev-Page"], headers["X-Next-Page"]) == numbers
    assert set(links(headers)) == relations
    assert "X-Total" not in headers


def test_keyset_pagination_continues_after_the_last_row():
    keyset = call(query="pagination=keyset&per_page=2&cursor=10&sort=desc", path=PATH, method="GET")

    assert stretch(keyset, [9, 8, 7], int) == (
        [9, 8],
        {
            "Link": f'<https://ci.example.test{PATH}?pagination=keyset&sort=desc&per_page=2&cursor=8>; rel="next"',
        },
    )
    assert stretch(keyset, [9, 8], int) == ([9, 8], {})
