"""Long bodies, queries and headers: read or refused in time linear to their length."""

import pytest

from pullcord.errors import Refusal
from pullcord.wire import body, credentials
from pullcord.wire.call import Call
from tests.counting import growth
from tests.unit.wire.calls import FORM, JSON, MULTIPART, event

HEAD = '--limit\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
END = "\r\n--limit--\r\n"

BODIES = {
    "pairs": (FORM, lambda n: "a=1&" * min(n, 9000)),
    "one name twice and again": (FORM, lambda n: "a[]=1&" * min(n, 9000)),
    "elements of a list": (FORM, lambda n: "a[][b]=1&" * min(n, 9000)),
    "open brackets": (FORM, lambda n: "a" + "[" * n),
    "closed brackets": (FORM, lambda n: "a" + "]" * n + "=1"),
    "pairs of brackets": (FORM, lambda n: "a" + "[]" * n + "=1"),
    "brackets before the name": (FORM, lambda n: "[]" * n + "a=1"),
    "levels": (FORM, lambda n: "a" + "[b]" * n + "=1"),
    "separators": (FORM, lambda n: "&" * min(n, 9000)),
    "spaces": (FORM, lambda n: "a=1&" + " " * n),
    "percent signs": (FORM, lambda n: "a=" + "%" * n),
    "encoded": (FORM, lambda n: "a=" + "%25" * n),
    "equals": (FORM, lambda n: "a" + "=" * n),
    "json of brackets": (JSON, lambda n: "[" * n),
    "json of quotes": (JSON, lambda n: '{"a": ' + '"' * n),
    "json of members": (JSON, lambda n: "{" + ",".join(f'"a{i}":1' for i in range(n)) + "}"),
    "almost boundaries": (MULTIPART, lambda n: HEAD + "\r\n--limi" * n + END),
    "boundaries in a line": (MULTIPART, lambda n: HEAD + "--limit" * n + END),
    "boundaries before the first": (MULTIPART, lambda n: "--limitx\r\n" * n + HEAD + END),
    "parts": (MULTIPART, lambda n: (HEAD + "1\r\n") * min(n, 9000) + END[2:]),
    "parts without an end": (MULTIPART, lambda n: (HEAD + "1\r\n") * min(n, 9000)),
    "header lines": (MULTIPART, lambda n: "--limit\r\n" + "a:b\r\n" * n + HEAD[9:] + END),
    "quotes in a header": (MULTIPART, lambda n: HEAD.replace('"a"', '"' * n) + END),
    "open quotes in a header": (MULTIPART, lambda n: HEAD.replace('"a"', '"' + ';a="\\"' * n) + END),
    "semicolons in a header": (MULTIPART, lambda n: HEAD.replace('"a"', ";" * n) + END),
    "backslashes in a header": (MULTIPART, lambda n: HEAD.replace('"a"', '"' + "\\" * n) + END),
    "line ends": (MULTIPART, lambda n: "\r\n" * n),
    "boundary": (f"multipart/form-data; boundary={'b' * 20_000}", lambda n: "b" * n),
}


def read(sent):
    try:
        body.parameters(sent)
    except Refusal:
        return


@pytest.mark.parametrize("name", BODIES)
def test_a_body_takes_time_in_proportion_to_its_length(name):
    kind, make = BODIES[name]
    short, long = (event(make(n), kind) for n in (2000, 16_000))

    assert growth(lambda: read(short), lambda: read(long)) < 24


@pytest.mark.parametrize(
    "make", [lambda n: "a=1;" * min(n, 9000), lambda n: "[" * n, lambda n: "&;" * min(n // 2, 4500)]
)
def test_a_query_takes_time_in_proportion_to_its_length(make):
    short, long = (event(query=make(n)) for n in (2000, 16_000))

    assert growth(lambda: read(short), lambda: read(long)) < 24
    assert growth(*(lambda n=n: credentials.without_credentials(make(n)) for n in (2000, 16_000))) < 24


@pytest.mark.parametrize(
    "text", ["a", ";", ",", "; boundary", "; boundary=x ", ' "', "Bearer ", ":", "[", "é", "multipart/"]
)
def test_headers_take_time_in_proportion_to_their_length(text):
    def called(n):
        headers = {"host": text * n, "authorization": text * n, "origin": text * n}
        call = Call(event(b"x", text * n, **headers))
        read(call.event)
        return call.server, credentials.personal_token(Call(event(**headers)))

    assert growth(lambda: called(2000), lambda: called(16_000)) < 24
