import subprocess
import sys
from pathlib import Path

from tests.template.stack import ROOT


def test_cloudformation_would_accept_the_template():
    linter = Path(sys.executable).with_name("cfn-lint")
    run = subprocess.run(
        [linter, "--non-zero-exit-code", "informational", "template.yaml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
