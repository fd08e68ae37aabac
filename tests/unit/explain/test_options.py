import argparse

import pytest

from pullcord_local import explain
from pullcord_local.explain.options import Options, usual


def parsed(given):
    parser = argparse.ArgumentParser()
    explain.add_arguments(parser)
    return parser.parse_args(given, namespace=Options())


@pytest.mark.parametrize(
    "given",
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
def test_the_quick_way_reads_what_argparse_reads(given):
    options = usual(given)

    assert options is not None
    assert vars(options) == vars(parsed(given))


@pytest.mark.parametrize(
    "given",
    [["-h"], ["--help"], ["--ref"], ["--ref", "--tag"], ["--var", "A=1"], ["a", "b"], ["--format", "xml"], ["-"], ["--", "a"]],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_argparse(given):
    assert usual(given) is None
