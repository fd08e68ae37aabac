"""Tokens: their format, and when they expire."""

import re

import pytest

from pullcord.tokens import PersonalToken, TokenRecord, new_personal_token, new_trigger_token, short


def test_a_trigger_token_has_gitlabs_format():
    token = new_trigger_token(bytes(range(20)))

    assert token == "glptt-" + bytes(range(20)).hex()
    assert len(token) == 46


def test_a_personal_access_token_has_gitlabs_format():
    token = new_personal_token(bytes(range(236, 256)))

    assert re.fullmatch(r"glpat-[0-9A-Za-z_-]{20}", token)
    assert token != new_personal_token(bytes(20))


@pytest.mark.parametrize(
    ("token", "first"),
    [
        ("glptt-abcdef", "abcd"),
        ("acme-glptt-abcdef", "abcd"),
        ("12345678", "1234"),
        ("0123456789abcdef0123456789abcd", "0123"),
        ("glptt-", ""),
        ("ab", "ab"),
    ],
)
def test_the_first_four_characters_follow_the_prefix(token, first):
    assert short(token) == first


@pytest.mark.parametrize(
    ("expires_at", "expired"),
    [
        (None, False),
        ("2026-03-01T10:20:30.456Z", True),
        ("2026-03-01T10:20:30.457Z", False),
        ("2026-03-01", True),
        ("2026-03-02", False),
        ("2026-02-28", True),
    ],
)
def test_a_token_expires_at_its_time_or_at_the_beginning_of_its_date(expires_at, expired):
    assert TokenRecord("trigger", 1, 1, expires_at=expires_at).expired("2026-03-01T10:20:30.456Z") is expired


@pytest.mark.parametrize(
    ("expires_at", "revoked", "active"),
    [
        (None, False, True),
        ("2026-03-02", False, True),
        ("2026-03-01", False, False),
        ("2026-02-28", False, False),
        ("2026-03-02", True, False),
        (None, True, False),
    ],
)
def test_a_personal_token_is_shown_active_exactly_while_it_is_accepted(expires_at, revoked, active):
    token = PersonalToken(9, 5, "ci", ("api",), {}, "2026-01-01T00:00:00.000Z", expires_at, revoked)

    assert token.active("2026-03-01") is active
    assert (not token.record.expired("2026-03-01T00:00:00.000Z") and not token.record.revoked) is active
