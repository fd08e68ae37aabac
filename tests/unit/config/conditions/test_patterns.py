"""Patterns that wait for a text before RE2 sees them: only those that it takes, and that no empty text matches."""

import subprocess
import sys

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from pullcord.config.conditions import patterns

PIECES = st.sampled_from(
    [*"ab0_ ./:@-^$*+?|()[]{}\\\\n", r"\d", r"\w", r"\s", r"\.", r"\*", r"\-", "(?i)", "(?mU)", "é"]
)
SOURCES = st.lists(PIECES, max_size=12).map("".join)


@given(SOURCES)
def test_a_plain_pattern_is_sound_and_finds_nothing_in_nothing(source):
    if patterns.is_simple(source):
        assert re2.compile(source.encode()).search(b"") is None


@given(SOURCES, st.text("ab0_ ./:@-\n", max_size=8))
def test_a_pattern_finds_what_re2_finds_whether_it_waited_or_not(source, text):
    pattern = patterns.from_source(source)
    try:
        expected = re2.compile(source.encode()).search(text.encode()) is not None
    except re2.error:
        assert pattern is None
    else:
        assert pattern is not None
        assert pattern.found_in(text) is expected


@pytest.mark.parametrize("source", [r"^v\d+\.\d+$", "(?i)^release/", "main", r"-rc\d*$", "a? b"])
def test_usual_patterns_are_plain(source):
    assert patterns.is_simple(source)


@pytest.mark.parametrize(
    "source", ["", "a*", "^$", r"\d?", "(?i)", "(?i)a*", r"\.*", "a**", "(a", "a{2}", r"\1", "a|b", "*a"]
)
def test_what_may_be_wrong_or_match_an_empty_text_is_not(source):
    assert not patterns.is_simple(source)


def test_re2_stays_away_until_a_pattern_meets_a_text():
    code = """
import sys
from pullcord.config.conditions import patterns
pattern = patterns.from_literal("/^v[0-9]/") if sys.argv[1] == "classes" else patterns.from_literal("/^v1/")
print(pattern.found_in(""), "re2" in sys.modules, pattern.found_in("v1"), "re2" in sys.modules)
"""
    for kind, expected in (("plain", "False False True True"), ("classes", "False True True True")):
        run = subprocess.run([sys.executable, "-c", code, kind], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == expected
