"""The service as a process: it starts, keeps its state, and ends with all its child processes."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TEMPLATE = Path(__file__).parent / "stack" / "template.yaml"
PROGRAM = """
import sys
from pathlib import Path
from pullcord_local.serve import Options, run
sys.exit(run(Options(template=Path(sys.argv[1]), data=Path(sys.argv[2]), report=Path(sys.argv[2], "report.json"))))
"""


class Served:
    """A running service."""

    def __init__(self, data):
        command = [sys.executable, "-c", PROGRAM, str(TEMPLATE), str(data)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.line = self.process.stdout.readline()

    def call(self, service, method, **arguments):
        connection = http.client.HTTPConnection(self.line.split("//")[1].strip(), timeout=20)
        call = {"service": service, "method": method, "arguments": arguments}
        connection.request("POST", "/calls", json.dumps(call), {"content-type": "application/json"})
        answer = json.loads(connection.getresponse().read())
        connection.close()
        assert "error" not in answer, answer
        return answer

    def children(self):
        """The process from which functions are forked, and their own."""
        below, parents = set(), [self.process.pid]
        while parents:
            listed = Path(f"/proc/{parents.pop()}/task").glob("*/children")
            found = {int(child) for children in listed for child in children.read_text().split()}
            below |= found
            parents += found
        return below

    def end(self, number):
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors


@pytest.fixture
def start(tmp_path):
    started = []

    def begin():
        started.append(Served(tmp_path / "data"))
        return started[-1]

    yield begin
    for served in started:
        if served.process.poll() is None:
            served.end(signal.SIGKILL)


def all_ended(pids):
    """Whether all of these processes end within half a minute."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_service_with_its_children(start, number):
    served = start()
    assert served.line.startswith("listening on http://127.0.0.1:")
    served.call("dynamodb", "get_item", TableName="$THINGS", Key={"pk": {"S": "a"}, "sk": {"S": "b"}})
    children = served.children()

    assert len(children) >= 2
    assert served.end(number) == (0, "")
    assert all_ended(children)


def test_state_survives_even_a_kill_and_children_do_not(start):
    key = {"pk": {"S": "kept"}, "sk": {"S": "1"}}
    served = start()
    served.call("dynamodb", "put_item", TableName="$THINGS", Item=key | {"v": {"M": {"a": {"L": [{"B": "AP8="}]}}}})
    served.call("dynamodb", "put_item", TableName="$THINGS", Item={"pk": {"S": "kept"}, "sk": {"S": "2"}})
    update = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "1.50"}}}
    served.call("dynamodb", "update_item", TableName="$THINGS", Key=key, **update)
    served.call(
        "s3", "put_object", Bucket="$BUCKET", Key="open/ä b", Body="hello", ContentType="text/x", Metadata={"m": "1"}
    )
    item = served.call("dynamodb", "get_item", TableName="$THINGS", Key=key)["Item"]
    secret = served.call("secretsmanager", "get_secret_value", SecretId="$SECRET")["SecretString"]
    children = served.children()
    served.end(signal.SIGKILL)
    assert all_ended(children)

    again = start()
    assert again.call("dynamodb", "get_item", TableName="$THINGS", Key=key)["Item"] == item
    assert again.call("secretsmanager", "get_secret_value", SecretId="$SECRET")["SecretString"] == secret
    found = again.call("s3", "get_object", Bucket="$BUCKET", Key="open/ä b")
    assert (found["Body"], found["ContentType"], found["Metadata"]) == ("hello", "text/x", {"m": "1"})
    assert again.end(signal.SIGTERM) == (0, "")


def test_the_report_names_what_was_denied_and_what_was_never_used(start, tmp_path):
    served = start()
    served.call("dynamodb", "put_item", TableName="$THINGS", Item={"pk": {"S": "kept"}, "sk": {"S": "1"}})
    served.end(signal.SIGTERM)

    report = json.loads((tmp_path / "data" / "report.json").read_text())
    assert report["denied"] == []
    assert any(part.startswith("dynamodb:UpdateItem on ") for part in report["unused"]["pullcord-KeeperRole"])


def test_only_its_owner_can_read_the_folder_of_the_state(start, tmp_path):
    start().end(signal.SIGTERM)
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_in_use_is_not_used_twice(start):
    first = start()
    second = start()
    assert second.line == ""
    code, errors = second.end(signal.SIGTERM)
    assert (code, errors.count("\n")) == (1, 1)
    assert errors.endswith("is in use by another process\n")
    first.call("dynamodb", "get_item", TableName="$THINGS", Key={"pk": {"S": "a"}, "sk": {"S": "b"}})


def test_a_port_that_is_taken_is_an_error_in_one_line():
    taken = http.client.socket.create_server(("127.0.0.1", 0))
    program = "from pullcord_local.serve import Options, run; import sys; sys.exit(run(Options(port=int(sys.argv[1]))))"
    command = [sys.executable, "-c", program, str(taken.getsockname()[1])]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    taken.close()
    assert ended.returncode == 1
    assert ended.stderr.startswith("pullcord: ")
    assert ended.stderr.count("\n") == 1


def test_explain_starts_without_the_cloud():
    program = "import sys, pullcord_local.cli; print(*sys.modules)"
    environment = {"PATH": os.environ["PATH"]}
    loaded = subprocess.check_output([sys.executable, "-c", program], text=True, env=environment).split()
    assert not {"boto3", "botocore", "moto", "h11", "samtranslator"} & set(loaded)
