"""The log of a function: a full disk takes lines, but never a call."""

import io

from pullcord_local.lambdas.zygote_main import Output


def test_a_line_that_does_not_fit_on_the_disk_is_lost():
    with io.TextIOWrapper(Output("/dev/full", "w"), "utf-8", write_through=True) as stream:
        print("a line", file=stream)


def test_lines_are_written_at_once(tmp_path):
    log = tmp_path / "log"
    with io.TextIOWrapper(Output(log, "w"), "utf-8", write_through=True) as stream:
        print("é", file=stream)
        assert log.read_bytes() == b"\xc3\xa9\n"
