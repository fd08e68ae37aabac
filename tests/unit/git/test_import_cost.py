import subprocess
import sys

import pytest


def loaded(statement):
    """Modules of a fresh interpreter after a statement."""
    script = f"import sys\n{statement}\nprint(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-W", "error", "-c", script], text=True).split())


@pytest.mark.parametrize(
    ("statement", "unloaded"),
    [
        ("import pullcord.git", {"dulwich", "urllib3", "ssl", "http.client", "socket"}),
        ("from pullcord.git import *; open_repository('https://git.example.com/a', Policy())", {"dulwich", "urllib3"}),
    ],
)
def test_no_module_is_imported_before_a_remote_needs_it(statement, unloaded):
    assert loaded(statement) & unloaded == set()
