"""Places of a personal access token in a call."""

import pytest

from pullcord.wire.credentials import personal_token
from tests.unit.wire.calls import call


@pytest.mark.parametrize(
    ("headers", "query", "token"),
    [
        ({}, "", None),
        ({"private_token": "a"}, "", "a"),
        ({"authorization": "Bearer a"}, "", "a"),
        ({"authorization": "bearer  a "}, "", "a"),
        ({"authorization": "Basic a"}, "", None),
        ({"authorization": "Bearer"}, "", None),
        ({"authorization": ""}, "", None),
        ({}, "private_token=a", "a"),
        ({}, "access_token=a", "a"),
        ({}, "private_token[]=a", None),
        ({}, "private_token=", None),
        ({"private_token": "a"}, "private_token=b", "a"),
    ],
)
def test_a_token_is_read_from_headers_and_parameters(headers, query, token):
    assert personal_token(call(query=query, **headers)) == token
