"""curl and wget as GitLab's documentation uses them."""

import json
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")

TRIGGER = "{url}/api/v4/projects/{id}/trigger/pipeline"
# what is typed after `curl --silent --request POST`
TYPED = {
    "multipart": "--form token={token} --form ref=main {trigger}",
    "multipart with variables": '--form token={token} --form ref=main --form variables[A]=1 --form "variables[MSG]=a b&c=é" {trigger}',
    "form": '--data token={token} --data ref=main --data variables[A]=1 --data "variables[MSG]=a+b%26c%3D%C3%A9" {trigger}',
    "encoded form": '--data token={token} --data ref=main --data variables[A]=1 --data-urlencode "variables[MSG]=a b&c=é" {trigger}',
    "form in one piece": '--data "token={token}&ref=main&variables[A]=1&variables[MSG]=a%20b%26c%3D%C3%A9" {trigger}',
    "query": '"{trigger}?token={token}&ref=main"',
    "query with raw brackets": '--globoff "{trigger}?token={token}&ref=main&variables[A]=1&variables[MSG]=a%20b%26c%3D%C3%A9"',
    "query with encoded brackets": '"{trigger}?token={token}&ref=main&variables%5BA%5D=1&variables%5BMSG%5D=a+b%26c%3D%C3%A9"',
    "json": """--header "Content-Type: application/json" --data '{{"token":"{token}","ref":"main","variables":{{"A":"1","MSG":"a b&c=é"}}}}' {trigger}""",
    "json with charset": """--header "Content-Type: application/json; charset=utf-8" --data '{{"token":"{token}","ref":"main"}}' {trigger}""",
    "token in the query, variables in multipart": '--form variables[A]=1 --form "variables[MSG]=a b&c=é" "{trigger}?token={token}&ref=main"',
    "ref in the path": '"{url}/api/v4/projects/{id}/ref/main/trigger/pipeline?token={token}"',
    "ref in the path with variables": '--globoff "{url}/api/v4/projects/{id}/ref/main/trigger/pipeline?token={token}&variables[A]=1&variables[MSG]=a%20b%26c%3D%C3%A9"',
    "project as a path": "--form token={token} --form ref=main {url}/api/v4/projects/{path}/trigger/pipeline",
    "compressed": "--compressed --form token={token} --form ref=main {trigger}",
    "chunked": '--header "Transfer-Encoding: chunked" --form token={token} --form ref=main {trigger}',
    "with an expectation": '--header "Expect: 100-continue" --form token={token} --form ref=main {trigger}',
    "http 1.0": "--http1.0 --form token={token} --form ref=main {trigger}",
}  # fmt: skip


@pytest.fixture
def typed(widgets, service, tmp_path):
    """Runs a line in a shell, as a person would; what it printed."""

    def run(line):
        words = {"url": service.url, "id": widgets.id, "token": widgets.token, "root": service.root_token}
        words["path"] = widgets.details["path_with_namespace"].replace("/", "%2F")
        words["trigger"] = TRIGGER.format(**words)
        done = subprocess.run(
            ["/bin/sh", "-c", line.format(**words)],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.parametrize("line", TYPED.values(), ids=TYPED)
def test_curl_triggers_a_pipeline(typed, widgets, line):
    made = json.loads(typed(f"curl --silent --request POST {line}"))

    assert made["ref"] == "main", made
    *variables, _payload = widgets.variables(made)
    wanted = {"A": "1", "MSG": "a b&c=é"} if "MSG" in line else {}
    assert {variable["key"]: variable["value"] for variable in variables} == wanted


def test_curl_tells_success_by_its_exit_status(typed):
    assert typed("curl --fail --silent --output /dev/null --form token={token} --form ref=main {trigger}") == ""
    assert typed("curl --fail --silent --form token=wrong --form ref=main {trigger} || echo refused") == "refused\n"


def test_curl_manages_triggers(typed):
    triggers = "{url}/api/v4/projects/{id}/triggers"
    header = '--header "PRIVATE-TOKEN: {root}"'
    made = json.loads(typed(f'curl --silent --request POST {header} --form "description=by curl" {triggers}'))
    one = f"{triggers}/{made['id']}"

    assert made["description"] == "by curl"
    changed = typed(f'curl --silent --request PUT {header} --form "description=other" {one}')
    assert json.loads(changed)["description"] == "other"
    assert json.loads(typed(f"curl --silent {header} {one}"))["id"] == made["id"]
    assert typed(f"curl --silent --request DELETE {header} --write-out %{{{{http_code}}}} {one}") == "204"


def test_curl_sees_headers_only_when_it_asks_for_them(typed):
    headers = typed('curl --silent --head --header "PRIVATE-TOKEN: {root}" {url}/api/v4/projects/{id}/pipelines')

    assert headers.startswith("HTTP/1.1 200")
    assert "x-total:" in headers.lower()


@pytest.mark.skipif(shutil.which("wget") is None, reason="there is no wget on this machine")
@pytest.mark.parametrize(
    "line",
    [
        'wget --quiet --output-document=- --post-data "token={token}&ref=main&variables[A]=1" {trigger}',
        'wget --quiet --output-document=- --method=POST "{trigger}?token={token}&ref=main&variables[A]=1"',
    ],
)
def test_wget_triggers_a_pipeline(typed, widgets, line):
    made = json.loads(typed(line))

    assert widgets.variables(made)[0] == {"variable_type": "env_var", "key": "A", "value": "1", "raw": False}
