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
        ("0_", 0),
        ("0,", 0),
        ("-0__,", 0),
        ("010_", 8),
        ("0_0__7,7", 63),
        ("0b1__0", 2),
        ("+0b_1", 1),
        ("0x1__0", 16),
        ("-0x,_fF_", -255),
        ("1_", "1_"),
        ("1,_0", "1,_0"),
        ("1__000:00", 3600),
        ("1_000:00", 3_600_000),
        ("0_9:00", 32_400),
        ("1__0:00:3__0.5", "1__0:00:3__0.5"),
        ("1__0:00:30.5", 3630.5),
        ("10_:00:30.5_5__5", 36030.55),
        ("-1:30", -1800),
        ("1:2:3.", 3723.0),
        ("1_,0.5,", "1_,0.5,"),
        ("1_,0.5", 10.5),
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
        ("on\nno", True),
        ("fn\nno", False),
        ("~\non", True),
        ("n\n~", "n\n~"),
        ("no\nxy", "no\nxy"),
        ("no\n\nno", "no\n\nno"),
        ("yes\nno", "yes\nno"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_plain_scalar_is_what_psych_makes_of_it(text, value):
    assert plain(text) == value
    assert type(plain(text)) is type(value)


def test_not_a_number_is_a_float():
    assert math.isnan(plain(".NaN"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (":sym", "sym"),
        (':"some words"', "some words"),
        (":'a'", "a"),
        (":'a'b'c", "a'b"),
        (":':a", "':a"),
        ("::a", ":a"),
        ('::"a"', ':"a"'),
        (':":a"', "a"),
        (":''", ""),
    ],
)
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


@pytest.mark.parametrize("text", ["0x_", "-0b,", "0b_", ".e+5"])
def test_a_number_that_ruby_cannot_convert_is_an_error(text):
    with pytest.raises(ValueError, match=r".*"):
        plain(text)
