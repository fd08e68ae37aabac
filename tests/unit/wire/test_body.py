"""Parameters out of query and body, as Rack reads them."""

import json
import re
from contextlib import suppress

import pytest

from pullcord.errors import BadParameters, BadRequest, TooLarge, UnsupportedType
from pullcord.wire import body
from pullcord.wire.forms import MAX_PARAMETERS
from tests.unit.wire.calls import BOUNDARY, FORM, JSON, MULTIPART, event, multipart


def parameters(*arguments, **options):
    return body.parameters(event(*arguments, **options))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", {}),
        ("a=1", {"a": "1"}),
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=1&a=2", {"a": "2"}),
        ("a", {"a": None}),
        ("a=", {"a": ""}),
        ("=1", {}),
        ("&&a=1&", {"a": "1"}),
        ("a=b=c", {"a": "b=c"}),
        ("a+b=c+d", {"a b": "c d"}),
        ("a%20b=c%20d", {"a b": "c d"}),
        ("a=%C3%A9", {"a": "é"}),
        ("a[b]=1", {"a": {"b": "1"}}),
        ("a%5Bb%5D=1", {"a": {"b": "1"}}),
        ("a[b]=1&a[c]=2", {"a": {"b": "1", "c": "2"}}),
        ("a[b][c]=1", {"a": {"b": {"c": "1"}}}),
        ("a[]=1&a[]=2", {"a": ["1", "2"]}),
        ("a[]", {"a": [None]}),
        ("a[b][]=1&a[b][]=2", {"a": {"b": ["1", "2"]}}),
        ("a[][b]=1&a[][c]=2", {"a": [{"b": "1", "c": "2"}]}),
        ("a[][b]=1&a[][b]=2", {"a": [{"b": "1"}, {"b": "2"}]}),
        ("a[][b]=1&a[][c]=2&a[][b]=3&a[][c]=4", {"a": [{"b": "1", "c": "2"}, {"b": "3", "c": "4"}]}),
        ("a[][b][c]=1&a[][b][d]=2", {"a": [{"b": {"c": "1", "d": "2"}}]}),
        ("a[][b][c]=1&a[][b][c]=2", {"a": [{"b": {"c": "1"}}, {"b": {"c": "2"}}]}),
        ("a[][b][]=1&a[][b][]=2", {"a": [{"b": ["1", "2"]}]}),
        ("a[b c]=1", {"a": {"b c": "1"}}),
    ],
)
def test_names_with_brackets_are_nested(text, read):
    assert parameters(text, FORM) == read
    assert parameters(query=text) == read


@pytest.mark.parametrize(
    "text", ["a=1&a[b]=2", "a[b]=1&a[]=2", "a[]=1&a[b]=2", "a[b]=1&a[b][c]=2", "a[][b]=1&a[][b][]=2"]
)
def test_a_name_with_values_of_two_kinds_is_refused(text):
    with pytest.raises(BadParameters, match="a is invalid"):
        parameters(text, FORM)


def test_a_plain_value_replaces_a_nested_one():
    assert parameters("a[b]=1&a=2", FORM) == {"a": "2"}


def test_semicolons_separate_in_a_query_and_not_in_a_form():
    assert parameters("a=1;b=2", FORM) == {"a": "1;b=2"}
    assert parameters(query="a=1;b=2") == {"a": "1", "b": "2"}


@pytest.mark.parametrize("text", ["a=%FF", "%C3=1", "a=%ED%A0%80", "a=%", "a=%zz", "a=100%", "%=1"])
def test_percent_signs_and_bytes_that_are_not_utf_8_are_refused(text):
    with pytest.raises(BadRequest, match="invalid %-encoding"):
        parameters(query=text)


def test_the_number_of_parameters_is_limited():
    assert len(parameters("&".join(f"a{number}=1" for number in range(MAX_PARAMETERS)), FORM)) == 10_000
    with pytest.raises(TooLarge):
        parameters("&".join(["a=1"] * (MAX_PARAMETERS + 1)), FORM)


def test_the_number_of_brackets_is_limited():
    with pytest.raises(BadParameters, match="nested too deeply"):
        parameters(f"a{'[b]' * 40}=1", FORM)


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("{}", {}),
        ('{"a": 1, "b": [null, true], "c": {"d": "é"}}', {"a": 1, "b": [None, True], "c": {"d": "é"}}),
        ('{"a": "\\u00e9"}', {"a": "é"}),
        ('{"a": 1, "a": 2}', {"a": 2}),
        ("[1, 2]", {}),
        ('"text"', {}),
        ("1", {}),
        ("null", {}),
        ("", {}),
        (" \n{} ", {}),
        ('{"a": 12345678901234567890123}', {"a": 12345678901234567890123}),
    ],
)
def test_members_of_a_json_object_are_parameters(body, read):
    assert parameters(body, JSON) == read


@pytest.mark.parametrize(
    "body", ["{", "nonsense", "{'a': 1}", '{"a": NaN}', '{"a": 1e999}', '{"a": -Infinity}', b"\xff\xfe{", "{,}"]
)
def test_invalid_json_is_refused(body):
    with pytest.raises(BadParameters, match="does not match declared format"):
        parameters(body, JSON)


@pytest.mark.parametrize("body", ['{"a": "\\ud800"}', '{"\\udfff": 1}', '{"a": "\\u0000"}', '{"a": [{"b\\u0000": 1}]}'])
def test_texts_that_cannot_be_stored_are_refused(body):
    with pytest.raises(BadRequest, match="invalid character"):
        parameters(body, JSON)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [40, 990, 100_000])
def test_json_that_is_nested_too_deeply_is_refused(opening, depth):
    closing = "]" if opening == "[" else "}"
    with pytest.raises(BadParameters):
        parameters(f'{{"x": {opening * depth}1{closing * depth}}}', JSON)


@pytest.mark.parametrize(
    "content_type", [JSON, "application/json; charset=utf-8", "APPLICATION/JSON", "application/json,application/json"]
)
def test_json_is_known_by_its_content_type(content_type):
    assert parameters('{"a": 1}', content_type) == {"a": 1}


@pytest.mark.parametrize("content_type", ["text/plain", "text/json", "application/problem+json", "*/*", "/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_body_of_another_type_is_refused(content_type, method):
    with pytest.raises(UnsupportedType, match=f"The provided content-type '{re.escape(content_type)}' is not"):
        parameters("[object FormData]", f"{content_type};charset=UTF-8", method=method)


@pytest.mark.parametrize("content_type", ["text/plain", JSON, None])
def test_a_body_is_not_read_where_the_method_has_none(content_type):
    assert parameters("{", content_type, method="GET") == {}


@pytest.mark.parametrize("content_type", [None, "", " "])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_body_without_a_type_is_a_form_unless_it_is_json(content_type, method):
    assert parameters("a=1&b[c]=2", content_type, method=method) == {"a": "1", "b": {"c": "2"}}
    for text in ('{"a": 1}', " [1]"):
        with pytest.raises(UnsupportedType, match="content-type '' is not supported"):
            parameters(text, content_type, method=method)


def test_multipart_is_read_like_a_form():
    body = multipart(
        ("token", "t"), ("variables[A]", "a b&c=é"), ("variables[B]", ""), ("list[]", "1"), ("list[]", "2")
    )

    assert parameters(body, MULTIPART) == {
        "token": "t",
        "variables": {"A": "a b&c=é", "B": ""},
        "list": ["1", "2"],
    }


def test_a_value_of_multipart_may_have_lines():
    assert parameters(multipart(("a", "one\r\ntwo\n--three")), MULTIPART) == {"a": "one\r\ntwo\n--three"}


def test_an_uploaded_file_is_not_a_text():
    assert parameters(multipart(("a", "content", "a.txt")), MULTIPART) == {"a": {"filename": "a.txt"}}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("nothing", MULTIPART),
        ("nothing", "multipart/form-data"),
        ("nothing", "multipart/form-data; boundary="),
        (multipart(("a", "1"))[:-10], MULTIPART),
        (f"--{BOUNDARY}\r\n\r\nno header\r\n--{BOUNDARY}--\r\n", MULTIPART),
        (f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--{BOUNDARY}--\r\n", MULTIPART),
        (
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=a\r\nContent-Length: 99\r\n\r\n1\r\n--{BOUNDARY}--",
            MULTIPART,
        ),
        (multipart(("a", "1")), "multipart/form-data; boundary=" + "x" * 10_000),
    ],
)
def test_broken_multipart_is_refused_or_empty(body, content_type):
    with suppress(BadParameters):
        assert parameters(body, content_type) in ({"nothing": None}, {"a": "1"}, {"text/plain": ["no name"]})


def test_multipart_that_is_not_utf_8_is_refused():
    body = multipart(("a", "x")).encode().replace(b"\r\nx\r\n", b"\r\n\xff\r\n")

    with pytest.raises(BadRequest, match="UTF-8"):
        parameters(body, MULTIPART)


@pytest.mark.parametrize(
    ("query", "body", "read"),
    [
        ("a=1", {"b": 2}, {"a": "1", "b": 2}),
        ("a=1", {"a": 2}, {"a": 2}),
        ("v[A]=1", {"v": {"B": "2"}}, {"v": {"B": "2"}}),
    ],
)
def test_the_body_wins_over_the_query(query, body, read):
    assert parameters(json.dumps(body), JSON, query=query) == read


def test_a_body_that_is_text_is_taken_as_it_is():
    plain = {**event(content_type=JSON), "body": '{"a": "é"}', "isBase64Encoded": False}

    assert body.parameters(plain) == {"a": "é"}
