"""From a stored request to a plan or a refusal: GitLab's questions in GitLab's order."""

from copy import replace

import pytest

from pullcord.access import Membership
from pullcord.projects import ADMINISTRATORS, Grant, ProtectedRef
from pullcord.usecases.pipelines.evaluate_rules import evaluate_rules
from pullcord.variables import SettingsVariable
from tests.unit.usecases.fakes import ADA, IDS, ROOT, SHA, WIDGETS, Repository, Results, evaluation, subject

FILE = ".gitlab-ci.yml"
JOBS = 'build: {script: make}\ntest: {script: "true", stage: test, when: manual, tags: [b, a]}\n'
NO_RIGHT = "Insufficient permissions to create a new pipeline"
NO_VARIABLES = "Insufficient permissions to set pipeline variables"
NO_REF = "Reference not found"
PROTECTED = "You do not have sufficient permission to run a pipeline on 'main'."


def evaluated(stored, text=JOBS, **files):
    """What is left beside the request, and the repository that was asked."""
    repository = Repository({FILE: text} if text is not None else files)
    results = Results()
    outcome = evaluate_rules(IDS, evaluation(stored, repository, results))
    kind, left = results.left[42]
    assert outcome["outcome"] == {"plan": "planned", "refusal": "refused"}[kind]
    return left, repository


def refused(*arguments, **options):
    left, _ = evaluated(*arguments, **options)
    return left["message"]


def test_a_plan_holds_the_pipeline_and_its_jobs():
    plan, _ = evaluated(subject())

    assert [job["name"] for job in plan["jobs"]] == ["build", "test"]
    pipeline = plan["pipeline"]
    assert (pipeline["sha"], pipeline["ref"], pipeline["tag"], pipeline["status"]) == (SHA, "main", False, "created")
    assert (pipeline["user_id"], pipeline["trigger_id"], pipeline["source"]) == (ADA.id, 11, "trigger")
    assert pipeline["job_count"] == 2
    assert plan["user"]["username"] == "ada"


def test_a_tag_is_one():
    assert evaluated(subject(ref="v1.0"))[0]["pipeline"]["tag"] is True


def test_a_commit_that_asks_to_be_skipped_is_not():
    assert evaluated(subject())[0]["pipeline"]["status"] == "created"


def test_a_project_or_user_that_is_gone_gets_nothing():
    assert refused(None) == "Project is deleted!"


EMPTY = {"text": None}
WRONG = {"text": "job: {}\n"}
OPEN = (ProtectedRef("branch", "main", push=(Grant(1, level=0),)),)
# who and what is asked for                                           the file     what is said
ORDER = [
    (subject(level=20, project=replace(WIDGETS, jobs_enabled=False)), WRONG, "Pipelines are disabled!"),
    (subject(level=20, ref="gone", sent={"a b": "1"}),                EMPTY, NO_RIGHT),
    (subject(level=None),                                             EMPTY, NO_RIGHT),
    (subject(user=replace(ADA, state="blocked")),                     EMPTY, NO_RIGHT),
    (subject(user=replace(ADA, confirmed=False)),                     EMPTY, NO_RIGHT),
    (subject(project=replace(WIDGETS, archived=True)),                EMPTY, NO_RIGHT),
    (subject(level=30, ref="gone", sent={"A": "1"}),                  EMPTY, NO_REF),
    (subject(level=30, sent={"A": "1"}, protections=OPEN),            EMPTY, PROTECTED),
    (subject(level=30, sent={"A": "1"}),                              EMPTY, NO_VARIABLES),
    (subject(level=30, sent={"a b": "1"}),                            EMPTY, NO_VARIABLES),
    (subject(sent={"TRIGGER_PAYLOAD": "x"}),                          EMPTY, "Duplicate variable name: TRIGGER_PAYLOAD"),
    (subject(sent={"a b": "1"}),                                      EMPTY, "Failed to build pipeline variables"),
    (subject(),                                                       EMPTY, "Missing CI config file"),
    (subject(),                                                       WRONG, "jobs job config should implement"),
]  # fmt: skip


@pytest.mark.parametrize(("stored", "file", "said"), ORDER)
def test_the_first_reason_is_told(stored, file, said):
    assert refused(stored, **file).startswith(said)


def test_without_the_right_the_repository_is_not_even_asked():
    _, repository = evaluated(subject(level=20))

    assert repository.asked == []


@pytest.mark.parametrize("level", [30, 40])
def test_no_variables_need_no_right_to_them(level):
    assert "jobs" in evaluated(subject(level=level))[0]


def test_inputs_need_no_right_to_variables():
    text = "spec: {inputs: {a: {default: x}}}\n---\njob: {script: echo}\n"
    stored = subject(level=30, inputs={"a": "y"}, project=replace(WIDGETS, variables_minimum_role="no_one_allowed"))

    assert [job["name"] for job in evaluated(stored, text)[0]["jobs"]] == ["job"]


@pytest.mark.parametrize("user", [ADA, ROOT])
def test_no_one_allowed_means_no_one(user):
    stored = subject(
        user=user, level=50, sent={"A": "1"}, project=replace(WIDGETS, variables_minimum_role="no_one_allowed")
    )

    assert refused(stored) == NO_VARIABLES


@pytest.mark.parametrize(
    ("levels", "users", "level", "may"),
    [
        ((40,), (), 40, True),
        ((40,), (), 30, False),
        ((30,), (), 30, True),
        ((0,), (), 50, False),
        ((0,), (ADA.id,), 30, True),
        ((0, 40), (), 40, True),
    ],
)
def test_a_protected_ref_is_for_those_who_may_change_it(levels, users, level, may):
    push = tuple(Grant(number, level=one) for number, one in enumerate(levels))
    merge = tuple(Grant(number, user_id=one) for number, one in enumerate(users, 10))
    protection = ProtectedRef("branch", "ma*", push=push, merge=merge)

    left, _ = evaluated(subject(level=level, protections=(protection,)))

    assert ("jobs" in left) is may


@pytest.mark.parametrize(("user", "level", "may"), [(ADA, 50, False), (ROOT, 0, True), (ROOT, 30, True)])
def test_a_ref_protected_for_administrators_is_theirs_alone(user, level, may):
    protection = ProtectedRef("branch", "main", push=(Grant(1, level=ADMINISTRATORS),))

    left, _ = evaluated(subject(user=user, level=level, protections=(protection,)))

    assert ("jobs" in left) is may


def test_variables_of_an_environment_choose_no_jobs():
    text = 'always: {script: "true"}\nscoped: {script: "true", rules: [{if: $URL}]}\n'
    settings = (SettingsVariable("URL", "1", environment_scope="production"),)

    assert [job["name"] for job in evaluated(subject(settings=settings), text)[0]["jobs"]] == ["always"]


def test_protected_variables_are_for_protected_refs():
    text = 'always: {script: "true"}\nsecret: {script: "true", rules: [{if: $SECRET}]}\n'
    settings = (SettingsVariable("SECRET", "1", protected=True),)

    def names(**more):
        return [job["name"] for job in evaluated(subject(settings=settings, **more), text)[0]["jobs"]]

    assert names() == ["always"]
    assert names(protections=(ProtectedRef("branch", "main", push=(Grant(1, level=40),)),)) == ["always", "secret"]


def test_a_filtered_pipeline_says_which_rule_it_was():
    left, _ = evaluated(subject(), "workflow: {rules: [{if: $NOTHING}]}\njob: {script: echo}\n")

    assert left["message"].startswith("The pipeline did not run.")
    assert left["code"] == "filtered_by_rules"


def test_a_membership_that_is_over_does_not_count():
    stored = replace(subject(), memberships=(Membership(ADA.id, 40, "2026-03-01"),))

    assert refused(stored) == NO_RIGHT


def test_bytes_that_are_no_text_are_no_fault():
    repository = Repository({FILE: "x"})
    repository.read = lambda _sha, _path: b"\xff\xfe\x00job: {script: x}"
    results = Results()

    evaluate_rules(IDS, evaluation(subject(), repository, results))

    assert results.left[42][1]["message"]
