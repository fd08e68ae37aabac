"""What a million uses of a pipeline with five jobs cost, all in, and the calls to AWS that each of them makes."""

import sys
import tomllib
from pathlib import Path

import pytest

from pullcord_local.serve import Options, serving
from tests.e2e.projects import FIVE_JOBS
from tests.e2e.repositories import Repository
from tests.e2e.serving import ROOT_TOKEN
from tests.e2e.talking import Caller
from tests.performance.bill import Prices, bill
from tests.performance.measuring import Meter
from tests.template.stack import FUNCTIONS, GLOBAL

CALLS = 5
MAX_CALLS = 6
MAX_DOLLARS = 12
PRICES = Prices(tomllib.loads(Path(__file__).with_name("prices.toml").read_text("utf-8")))
MEGABYTES = {name: (GLOBAL | function)["MemorySize"] for name, function in FUNCTIONS.items()}


@pytest.fixture(scope="package")
def uses(tmp_path_factory):
    """The use of several uses, warm."""
    folder = tmp_path_factory.mktemp("cost")
    parameters = {"RootToken": ROOT_TOKEN, "AllowedRemotes": "file://"}
    with serving(Options(parameters=parameters, data=folder / "data")) as service:
        meter = Meter(service)
        root, anyone = Caller(service.url, ROOT_TOKEN), Caller(service.url)
        remote = Repository(folder / "widgets", {".gitlab-ci.yml": FIVE_JOBS}).url
        at = f"/projects/{root.post('/projects', form={'name': 'widgets', 'import_url': remote}).json()['id']}"
        token = root.post(f"{at}/triggers", form={"description": "cost"}).json()["token"]
        sent = {"token": token, "ref": "main", "variables[DEPLOY_TO]": "staging"}
        found = []
        for _ in range(CALLS + 2):
            before = written(folder)
            with meter.measuring() as use:
                reply = anyone.post(f"{at}/trigger/pipeline", form=sent)
            assert reply.status == 201, reply.body
            use.answered, use.logged = len(reply.body) + len(str(reply.headers)), written(folder) - before
            found.append(use)
    return found[2:]


def written(folder):
    """Bytes that the functions have logged."""
    return sum(path.stat().st_size for path in (folder / "data" / "logs").glob("*.log"))


def test_a_warm_pull_makes_few_calls_beside_the_execution(uses):
    for use in uses:
        assert len(use.of("TriggerFunction", "EvaluateRulesFunction", "RecordJobsFunction")) - 1 <= MAX_CALLS, use.calls
        assert use.of("CreatePipeline") == ["dynamodb:UpdateItem", "lambda:Invoke", "lambda:Invoke"]


def test_a_warm_pull_asks_for_no_secret(uses):
    assert not [call for use in uses for _, call in use.calls if call.startswith("secretsmanager:")]


def test_a_million_pulls_stay_within_their_price(uses, capsys):
    lines = bill(uses, PRICES, MEGABYTES)
    with capsys.disabled():
        sys.stdout.write(f"\n\ndollars for a million uses, {PRICES.place}\n")
        sys.stdout.writelines(f"  {name:44} {dollars:6.2f}   {how}\n" for name, dollars, how in lines)
        sys.stdout.write(f"  {'all':44} {sum(dollars for _, dollars, _ in lines):6.2f}\n")

    assert sum(dollars for _, dollars, _ in lines) <= MAX_DOLLARS
