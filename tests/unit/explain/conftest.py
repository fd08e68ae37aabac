import pytest

from pullcord_local import cli


@pytest.fixture
def explain(tmp_path, monkeypatch, capsys):
    """Run the command in a folder of its own; status, output and complaints."""

    def run(*arguments):
        monkeypatch.chdir(tmp_path)
        status = cli.main(["explain", *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run
