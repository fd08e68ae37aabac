"""Every case of `ci-config.yaml` and `further-cases.yaml`, through the code of `pullcord explain --batch`.

Cases that are not met yet stand in `expected_failures.txt`, one id a line, and have to fail.
"""

import json
from pathlib import Path

import pytest
import yaml

from pullcord_local.explain.batch import answer_line

HERE = Path(__file__).parent
CASES = [
    case
    for file in ("ci-config.yaml", "further-cases.yaml")
    for case in yaml.load((HERE / file).read_text(), yaml.CSafeLoader)
]
EXPECTED_FAILURES = frozenset((HERE / "expected_failures.txt").read_text().split())
ASIDE = {"expect", "origin", "note", "sure"}


def cases():
    for case in CASES:
        marks = [pytest.mark.xfail(strict=True)] if case["id"] in EXPECTED_FAILURES else []
        yield pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_a_case_is_answered_as_gitlab_answers_it(case):
    request = {key: value for key, value in case.items() if key not in ASIDE}

    answer = json.loads(answer_line(json.dumps(request).encode()))

    assert differences(case["expect"], answer) == {}
    assert [reported for reported in (*answer["errors"], *answer["warnings"]) if not reported["location"]] == []


def test_no_two_cases_have_one_id():
    assert len({case["id"] for case in CASES}) == len(CASES)


def test_every_expected_failure_is_a_case():
    assert {case["id"] for case in CASES} >= EXPECTED_FAILURES


def differences(expected, answer):
    """What of the expectation is not met: field, then expected and seen."""
    messages = {kind: [problem["message"] for problem in answer[kind]] for kind in ("errors", "warnings")}
    seen = {
        "error": met_error(expected, answer["error"]),
        "jobs": [promised(wanted, job) for wanted, job in paired(expected.get("jobs", []), answer["jobs"])],
        "all_errors": messages["errors"],
        "warnings": messages["warnings"],
        "pipeline_name": answer["pipeline_name"],
        "auto_cancel": answer["auto_cancel"],
        "skipped": answer["skipped"],
    }
    wanted = {"error": None} | {key: value for key, value in expected.items() if key != "match"}
    return {key: (wanted[key], seen[key]) for key in wanted if wanted[key] != seen[key]}


def met_error(expected, error):
    """The expected error itself when it is contained and need only be."""
    wanted = expected.get("error")
    return wanted if expected.get("match") == "contains" and wanted in (error or "") else error


def paired(wanted, jobs):
    return [(wanted[index] if index < len(wanted) else {}, job) for index, job in enumerate(jobs)]


def promised(wanted, job):
    return {key: job.get(key) for key in wanted or ("name",)}
