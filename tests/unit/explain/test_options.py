import argparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord_local import explain
from pullcord_local.explain.options import OPTIONS, Options, parse_plain

NAMES = [option.name for option in OPTIONS]
WORDS = (
    st.sampled_from(["a.yml", "A=1", "json", "text", "v1", "", "-", "--", "-h", "a b", "=", "--=x", "--file", "--for"])
    | st.sampled_from([f"--{name}" for name in NAMES])
    | st.builds("--{}={}".format, st.sampled_from(NAMES), st.sampled_from(["", "json", "text", "A=1", "-x"]))
)


def parsed(arguments):
    """What argparse reads, as a subcommand of the program; None for wrong use."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    explain.add_arguments(parser.add_subparsers().add_parser("explain", exit_on_error=False))
    try:
        return vars(parser.parse_args(["explain", *arguments], namespace=Options()))
    except (argparse.ArgumentError, SystemExit):
        return None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a.yml"],
        ["--format", "json", "a.yml"],
        ["--format=json", "--ref", "topic", "--source=trigger"],
        ["--variable", "A=1", "--variable=B=2=3", "--input", "c=d", "--changed", "e", "--changed=f"],
        ["--tag"],
        ["--tag", "v1"],
        ["--tag=v1", "a.yml"],
        ["--ref", "v1", "--tag", "a.yml"],
        ["--batch"],
        ["--ref="],
    ],
)
def test_plain_options_are_parsed_without_argparse(arguments):
    options = parse_plain(arguments)

    assert options is not None
    assert vars(options) == parsed(arguments)


@given(st.lists(WORDS, max_size=6))
def test_the_two_parsers_agree_on_whatever_the_quick_one_parses(arguments):
    options = parse_plain(arguments)

    assert options is None or vars(options) == parsed(arguments)


@pytest.mark.parametrize(
    "arguments",
    [["-h"], ["--help"], ["--ref"], ["--ref", "--tag"], ["--var", "A=1"], ["a", "b"], ["--format", "xml"], ["-"], ["--", "a"]],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_argparse(arguments):
    assert parse_plain(arguments) is None
