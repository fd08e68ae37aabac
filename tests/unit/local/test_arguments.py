"""The command line: every wrong use is one sentence on standard error that says what is wanted, with an example."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pullcord.version import VERSION
from pullcord_local import cli
from pullcord_local.persistence.store import FILE

TOKEN = "my-secret-token"


@pytest.fixture
def pullcord(capsys):
    """Runs a command in this process; exit status, standard output, standard error."""

    def run(*words):
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as ended:
            status = ended.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def said(run, status):
    """The one line of an error."""
    code, output, error = run
    assert (code, output, error.count("\n")) == (status, "", 1), run
    assert "Traceback" not in error
    return error


@pytest.mark.parametrize(
    ("words", "wrong", "example"),
    [
        (["--port", "80000"], "'80000' is no port", "--port 8080"),
        (["--port", "65536"], "'65536' is no port", "--port 8080"),
        (["--port", "abc"], "'abc' is no port", "--port 8080"),
        (["--port=-1"], "'-1' is no port", "--port 8080"),
        (["--port", ""], "'' is no port", "--port 8080"),
        (["--port", "8080.5"], "'8080.5' is no port", "--port 8080"),
        (["--port", "\u0668"], "is no port", "--port 8080"),
        (["--port"], "--port: expected one argument", "pullcord serve"),
        (["--root-token", ""], "1 to 255 letters", "--root-token glpat-"),
        (["--root-token", "        "], "no spaces", "--root-token glpat-"),
        (["--root-token", "secret token"], "no spaces", "--root-token glpat-"),
        (["--root-token", "geheimnisvöll"], "1 to 255 letters", "--root-token glpat-"),
        (["--root-token", "x" * 256], "1 to 255 letters", "--root-token glpat-"),
        (["--allow-remote", "nonsense"], "'nonsense' is no beginning of an address", "--allow-remote http://"),
        (["--allow-remote", ""], "'' is no beginning of an address", "--allow-remote http://"),
        (["--allow-remote", "ftp://host/"], "is no beginning of an address", "--allow-remote http://"),
        (["--allow-remote", "http://a/,http://b/"], "is no beginning of an address", "--allow-remote http://"),
        (
            ["--parameter", "PlanRetentionDays"],
            "'PlanRetentionDays' is not NAME=VALUE",
            "--parameter PlanRetentionDays=30",
        ),
        (["--parameter", "=1"], "'=1' is not NAME=VALUE", "--parameter PlanRetentionDays=30"),
        (["--processes", "0"], "'0' is no number of processes", "--processes 4"),
        (["--processes", "many"], "'many' is no number of processes", "--processes 4"),
        (["--data", ""], "'' is no folder", "--data state"),
        (["--data", __file__], "is no folder", "--data state"),
        (["--report", "/nowhere/report.json"], "cannot be written", "--report report.json"),
        (["--report", "/"], "cannot be written", "--report report.json"),
        (["--nonsense"], "unrecognized arguments: --nonsense", "pullcord serve"),
        (["extra"], "unrecognized arguments: extra", "pullcord serve"),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(pullcord, words, wrong, example):
    error = said(pullcord("serve", "--root-token", TOKEN, *words), 2)

    assert error.startswith("pullcord")
    assert wrong in error
    assert re.search(rf"for example: .*{re.escape(example)}", error)
    assert TOKEN not in error.replace("--root-token my-secret-token", "")


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["serve"], ["demo", "--nonsense"], ["demo", "extra"], ["--nonsense"]]
)
def test_wrong_use_is_refused_in_a_sentence(pullcord, words):
    assert said(pullcord(*words), 2).startswith("pullcord")


def test_a_missing_token_is_named(pullcord):
    assert "missing: --root-token" in said(pullcord("serve"), 2)


def test_the_version_is_printed(pullcord):
    assert pullcord("--version") == (0, f"pullcord {VERSION}\n", "")


@pytest.mark.parametrize("words", [["--help"], ["serve", "--help"], ["demo", "--help"]])
def test_help_is_printed(pullcord, words):
    status, output, error = pullcord(*words)

    assert (status, error) == (0, "")
    assert output.startswith("usage: pullcord")


def served(*words, environment=None):
    """Serving in a process of its own, for errors that show when it begins."""
    command = [sys.executable, "-c", "from pullcord_local.cli import program; import sys; sys.exit(program())", *words]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env=os.environ | (environment or {})
    )
    return done.returncode, done.stdout, done.stderr


def test_a_port_in_use_is_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = said(served("serve", "--root-token", TOKEN, "--port", str(port)), 1)
        code, _, demo = served("demo", environment={"PORT": str(port)})

    assert error.startswith(f"pullcord: port {port} is in use: choose another one, for example --port ")
    assert (code, demo.count("\n")) == (1, 1)
    assert "for example PORT=" in demo


@pytest.mark.parametrize("port", ["abc", "80000", "-1"])
def test_a_wrong_port_of_the_demo_is_a_sentence(monkeypatch, pullcord, port):
    monkeypatch.setenv("PORT", port)

    error = said(pullcord("demo"), 2)
    assert f"PORT='{port}' is no port" in error
    assert error.endswith("for example: PORT=8080 make demo\n")


@pytest.mark.parametrize(
    ("parameter", "wrong"),
    [
        ("Nonsense=1", "the template has no parameter Nonsense"),
        ("PlanRetentionDays=abc", "parameter PlanRetentionDays: 'abc' is not a number"),
        ("Architecture=z80", "parameter Architecture: 'z80' is not one of"),
    ],
)
def test_a_wrong_parameter_is_a_sentence(parameter, wrong):
    assert wrong in said(served("serve", "--root-token", TOKEN, "--port", "0", "--parameter", parameter), 2)


@pytest.mark.parametrize(
    ("path", "wrong"), [("/proc/none", "cannot be written"), (f"{__file__}/below", "is no folder: name a folder")]
)
def test_a_folder_that_cannot_be_one_is_a_sentence(path, wrong):
    assert wrong in said(served("serve", "--root-token", TOKEN, "--port", "0", "--data", path), 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_a_sentence(tmp_path):
    tmp_path.chmod(0o500)
    error = said(served("serve", "--root-token", TOKEN, "--port", "0", "--data", str(tmp_path / "state")), 2)

    assert "cannot be written (Permission denied): name a folder of yours" in error


def test_a_folder_with_something_else_is_a_sentence(tmp_path):
    Path(tmp_path, FILE).write_text("no database")
    error = said(served("serve", "--root-token", TOKEN, "--port", "0", "--data", str(tmp_path)), 1)

    assert "cannot be used as a database" in error
