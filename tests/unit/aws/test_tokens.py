"""Token records as they are read from items."""

import pytest

from pullcord.aws.items import attributes, values
from pullcord.aws.tokens import token_record
from pullcord.tokens import TokenRecord

# A record as it was stored while `sealed_hash` was called `hashed`. It is data: never change it.
FORMER = {
    "pk": "digest#9f86d081884c7d65",
    "sk": "token",
    "kind": "trigger",
    "token_id": 11,
    "user_id": 5,
    "project_id": 7,
    "expires_at": "2026-12-24T00:00:00.000Z",
    "revoked": False,
    "scopes": [],
    "pepper": "0a1b2c3d4e5f",
    "hashed": b"sealed",
}
RECORD = TokenRecord("trigger", 11, 5, 7, "2026-12-24T00:00:00.000Z", False, (), "0a1b2c3d4e5f", b"sealed")
ITEM = {**{name: value for name, value in FORMER.items() if name != "hashed"}, "sealed_hash": b"sealed"}


@pytest.mark.parametrize("item", [FORMER, ITEM], ids=["hashed", "sealed_hash"])
def test_a_record_has_its_sealed_hash_under_either_name(item):
    assert token_record(item) == RECORD
    assert token_record(values(attributes(item))) == RECORD


def test_the_new_name_takes_precedence():
    assert token_record({**ITEM, "hashed": b"older"}).sealed_hash == b"sealed"


def test_a_record_that_is_written_again_has_the_new_name_alone():
    written = token_record(FORMER)._asdict()

    assert written["sealed_hash"] == b"sealed"
    assert "hashed" not in written


def test_a_record_of_a_personal_token():
    item = {"kind": "personal", "token_id": 12, "user_id": 5, "revoked": True, "scopes": ["api", "read_user"]}

    record = token_record(item)

    assert (record.project_id, record.expires_at, record.revoked) == (0, None, True)
    assert (record.scopes, record.sealed_hash) == (("api", "read_user"), b"")
