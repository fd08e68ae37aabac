"""Pages of a list: headers and links as GitLab's clients follow them."""

import re

import pytest

FIVE = range(5)


@pytest.fixture(scope="module")
def project(make_project, make_trigger):
    project = make_project()
    for _ in FIVE[1:]:
        make_trigger(project.at)
    return project


def relations(reply):
    found = re.findall(r'<([^>]+)>; rel="(\w+)"', reply.headers["Link"])
    return {relation: address for address, relation in found}


@pytest.mark.parametrize(
    ("page", "size", "rows", "before", "after"),
    [(1, 2, 2, "", "2"), (2, 2, 2, "1", "3"), (3, 2, 1, "2", ""), (1, 5, 5, "", ""), (1, 100, 5, "", "")],
)
def test_a_page_says_where_it_is(project, root, page, size, rows, before, after):
    reply = root.get(f"{project.at}/triggers", page=page, per_page=size)

    assert len(reply.json()) == rows
    assert {name: reply.headers[f"X-{name}"] for name in ("Page", "Per-Page", "Prev-Page", "Next-Page")} == {
        "Page": str(page),
        "Per-Page": str(size),
        "Prev-Page": before,
        "Next-Page": after,
    }
    assert reply.headers["X-Total"] == "5"
    assert reply.headers["X-Total-Pages"] == str(-(-5 // size))


def test_links_lead_from_page_to_page(project, root, service):
    first = root.get(f"{project.at}/triggers", per_page=2)
    second = root.get(f"{project.at}/triggers", per_page=2, page=2)
    address = f"{service.url}/api/v4{project.at}/triggers"

    assert relations(first) == {
        name: f"{address}?page={page}&per_page=2" for name, page in {"next": 2, "first": 1, "last": 3}.items()
    }
    assert set(relations(second)) == {"prev", "next", "first", "last"}


def test_links_keep_the_other_parameters_and_drop_the_token(project, root, anyone):
    reply = anyone.get(f"{project.at}/triggers", per_page=2, private_token=root.token, other="a b")

    assert "other=a+b" in relations(reply)["next"]
    assert root.token not in reply.headers["Link"]


def test_without_a_size_there_are_twenty_and_never_more_than_a_hundred(project, root):
    assert root.get(f"{project.at}/triggers").headers["X-Per-Page"] == "20"
    assert root.get(f"{project.at}/triggers", per_page=1000).headers["X-Per-Page"] == "100"


def test_a_page_after_the_last_is_empty(project, root):
    reply = root.get(f"{project.at}/triggers", page=9)

    assert (reply.status, reply.json(), reply.headers["X-Next-Page"]) == (200, [], "")


@pytest.mark.parametrize("name", ["page", "per_page"])
@pytest.mark.parametrize(
    ("value", "phrase"), [("abc", "is invalid"), ("1.5", "is invalid"), ("0", "does not have a valid value")]
)
def test_a_page_that_is_none_is_refused(project, root, name, value, phrase):
    assert root.get(f"{project.at}/triggers", **{name: value}).said == (400, {"error": f"{name} {phrase}"})


def test_an_empty_list_has_headers_too(make_project, root):
    reply = root.get(f"{make_project().at}/pipelines")

    assert reply.json() == []
    assert (reply.headers["X-Total"], reply.headers["X-Page"], reply.headers["X-Next-Page"]) == ("0", "1", "")


def test_pipelines_are_listed_newest_first(make_project, root):
    project = make_project()
    made = [project.triggered()["id"] for _ in range(3)]

    pages = [root.get(f"{project.at}/pipelines", per_page=2, page=page).json() for page in (1, 2)]

    assert [one["id"] for page in pages for one in page] == made[::-1]


def test_a_head_request_has_the_headers_and_no_body(project, root):
    reply = root.call("HEAD", f"{project.at}/pipelines")

    assert reply.status in {200, 404}
    assert reply.body == b""
