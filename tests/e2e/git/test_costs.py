"""What a trigger of a project on a git host costs: calls to AWS, round trips to the host, time."""

import statistics
import sys
import time

import pytest

JOB = "build: {script: make, rules: [{exists: ['**/*.none']}, {when: always}]}\n"
FUNCTIONS = ("TriggerFunction", "EvaluateRulesFunction", "RecordJobsFunction")
BESIDE = "StartSyncExecution"
MEASURED = 15


@pytest.fixture
def report(capsys):
    """Says what was measured, whether the test passes or not."""

    def say(measured):
        with capsys.disabled():
            sys.stdout.write(f"\n{measured}\n")

    return say


def calls(watch):
    return [call for call in watch.of(*FUNCTIONS) if BESIDE not in call]


def test_a_commit_is_fetched_once_and_a_warm_trigger_asks_for_refs_alone(make, host, watch, report):
    project = make({".gitlab-ci.yml": JOB, "src/main.c": ""})
    project.triggered()
    project.repository.commit({"src/main.c": "int main;"})
    costs = {}
    for state in ("cold", "warm"):
        host.requests.clear()
        host.connections = 0
        watch.forget()
        project.triggered()
        costs[state] = (len(calls(watch)), len([call for call in calls(watch) if "git" in call]), host.methods)
        assert host.connections == 1

    report(costs)
    assert costs["cold"] == (12, 6, ["GET", "POST", "POST", "POST"])
    assert costs["warm"] == (6, 0, ["GET", "POST"])


@pytest.mark.performance
def test_ten_thousand_files_take_no_longer_than_a_few(make, report):
    files = {f"src/{number % 100}/{number}.c": f"int main_{number};" for number in range(10_000)}
    small, large = make(JOB), make({".gitlab-ci.yml": JOB, **files})
    times = {}
    for name, project in (("small", small), ("large", large)):
        begun = time.perf_counter()
        project.triggered()
        times[f"{name}, cold"] = [time.perf_counter() - begun]
    for _ in range(MEASURED):
        for name, project in (("small", small), ("large", large)):
            begun = time.perf_counter()
            project.triggered()
            times.setdefault(name, []).append(time.perf_counter() - begun)
    medians = {f"{name}, ms": round(statistics.median(found) * 1000) for name, found in times.items()}

    report(medians)
    assert medians["large, ms"] <= 1.2 * medians["small, ms"]
