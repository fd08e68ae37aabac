"""Hostile bodies are read or refused, and nothing else happens."""

import json
from urllib.parse import urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from pullcord.errors import Refusal
from pullcord.wire import body
from tests.unit.wire.calls import BOUNDARY, FORM, JSON, MULTIPART, event


def refusal_or_parameters(sent):
    try:
        parameters = body.parameters(sent)
    except Refusal:
        return
    assert isinstance(parameters, dict)
    json.dumps(parameters, ensure_ascii=False).encode()


NAMES = st.text(alphabet="ab[]%&=+. \x00é\ud800", max_size=12)


@given(
    st.text(alphabet="ab[]%&=+;\"'{}:0123.,-eE\\ud8\n é", max_size=60),
    st.sampled_from([FORM, JSON, MULTIPART, "text/plain"]),
)
@example("a[][][]=1&a[][b]=2&a[][][]=3", FORM)
@example("[=1&]=2&[]=3&a[=4&a]=5&a[]]=6&a[[]=7", FORM)
def test_every_text_is_read_or_refused(text, content_type):
    refusal_or_parameters(event(text, content_type, query=text.encode("ascii", "ignore").decode()))


@given(st.binary(max_size=200), st.sampled_from([FORM, JSON, MULTIPART, "multipart/form-data; boundary=a"]))
def test_all_bytes_are_read_or_refused(raw, content_type):
    refusal_or_parameters(event(raw, content_type))


@given(st.lists(st.tuples(NAMES, NAMES), max_size=8))
def test_every_form_is_read_or_refused(pairs):
    refusal_or_parameters(
        event(
            urlencode([(n.encode("utf-8", "surrogatepass"), v.encode("utf-8", "surrogatepass")) for n, v in pairs]),
            FORM,
        )
    )


@given(st.binary(max_size=120), st.text(alphabet='abc-";= é', max_size=20))
def test_every_multipart_is_read_or_refused(inside, header):
    raw = (
        f"--{BOUNDARY}\r\nContent-Disposition: {header}\r\n\r\n".encode() + inside + f"\r\n--{BOUNDARY}--\r\n".encode()
    )
    refusal_or_parameters(event(raw, MULTIPART))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_every_json_is_read_or_refused(value):
    refusal_or_parameters(event(json.dumps({"a": value}), JSON))


@given(st.dictionaries(st.text(alphabet="abc_ é%&=+", min_size=1), st.text(alphabet='abc é%&=+\n"')))
def test_every_encoding_has_the_same_parameters(variables):
    form = urlencode({f"variables[{name}]": value for name, value in variables.items()})
    wanted = {"variables": variables} if variables else {}

    assert body.parameters(event(form, FORM)) == wanted
    assert body.parameters(event(query=form)) == wanted
    assert body.parameters(event(json.dumps(wanted), JSON)) == wanted
