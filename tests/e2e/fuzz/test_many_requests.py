"""Made and damaged requests by the hundred; by the hundred thousand with FUZZ_REQUESTS=100000."""

import json
import os
import subprocess
import sys

from tests.e2e.fuzz.described import OPERATIONS

DEFAULT = 200
METRICS = {
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_SERVICE_NAME": "fuzz",
    "POWERTOOLS_METRICS_NAMESPACE": "fuzz",
}


def test_no_request_makes_the_service_fail_hang_or_answer_otherwise_than_described():
    many = int(os.environ.get("FUZZ_REQUESTS", DEFAULT))
    # In a process of its own: the cloud inside is the only one that a process can hold.
    command = [sys.executable, "-W", "ignore", "-m", "tests.e2e.fuzz.attack", str(many)]
    done = subprocess.run(command, env=os.environ | METRICS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])

    assert not report["failures"], json.dumps(report["failures"], indent=2) + done.stdout[:20_000]
    assert report["requests"] == many
    assert report["statuses"]["200"] + report["statuses"]["201"] > many / 10
    assert len(report["operations"]) > len(OPERATIONS) / 2
