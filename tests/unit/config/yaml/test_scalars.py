import math

import pytest

from pullcord.config.tree import Symbol
from pullcord.config.yaml.scalars import UnspecifiedClass, plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("Null", None),
        ("yEs", True),
        ("on", True),
        ("OFF", False),
        ("False", False),
        ("y", "y"),
        ("n", "n"),
        ("nope", "nope"),
        ("truer", "truer"),
        ("0", 0),
        ("-12", -12),
        ("+5", 5),
        ("1,000", 1000),
        ("1,2", 12),
        ("1_000", 1000),
        ("1__0", "1__0"),
        ("0123", 83),
        ("08", "08"),
        ("0_8", "0_8"),
        ("0o14", "0o14"),
        ("0x1F", 31),
        ("-0x1f", -31),
        ("0b11", 3),
        ("12:30", 45000),
        ("12:30:45", 45045),
        ("1:2:3.5", 3723.5),
        ("12:60", "12:60"),
        ("1.10", 1.1),
        ("1.5e+3", 1500.0),
        ("1.5e3", "1.5e3"),
        ("1e10", "1e10"),
        (".5", 0.5),
        ("5.", 5.0),
        (".", "."),
        ("-.", "-."),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("+.Inf", math.inf),
        ("-", "-"),
        (":", ":"),
        ("1.2.3", "1.2.3"),
        ("2020-13-45", "2020-13-45"),
        ("10-12", "10-12"),
        ("two words", "two words"),
        ("1\n2", "1\n2"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_plain_scalar_is_what_psych_makes_of_it(text, value):
    assert plain(text) == value
    assert type(plain(text)) is type(value)


def test_not_a_number_is_a_float():
    assert math.isnan(plain(".NaN"))


@pytest.mark.parametrize(("text", "name"), [(":sym", "sym"), (':"some words"', "some words"), (":'a'", "a")])
def test_a_word_after_a_colon_is_a_symbol(text, name):
    assert plain(text) == Symbol(name)
    assert isinstance(plain(text), Symbol)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2020-01-01", "Date"),
        ("2020-02-31", "Date"),
        ("2020-1-1", "Date"),
        ("2020-01-01 10:00:00", "Time"),
        ("2020-01-01T10:00:00Z", "Time"),
        ("2020-01-01 10:00:00.5 +02:00", "Time"),
    ],
)
def test_dates_and_times_are_refused(text, name):
    with pytest.raises(UnspecifiedClass, match=f"^{name}$"):
        plain(text)


@pytest.mark.parametrize("text", ["0_", "0x_1", "0b_"])
def test_a_number_that_ruby_cannot_convert_is_an_error(text):
    with pytest.raises(ValueError, match=r".*"):
        plain(text)
