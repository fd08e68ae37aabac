"""From a stored request to a plan or a refusal: GitLab's checks in GitLab's order."""

from copy import replace

import pytest

from pullcord.access import Membership
from pullcord.projects import ADMINISTRATORS, Grant, ProtectedRef
from pullcord.usecases.pipelines.evaluate_rules import evaluate_rules
from pullcord.variables import SettingsVariable
from tests.unit.usecases.fakes import ADA, ROOT, SHA, WIDGETS
from tests.unit.usecases.hosts import IDS, Repository, evaluate_deps, request_context

FILE = ".gitlab-ci.yml"
JOBS = 'build: {script: make}\ntest: {script: "true", stage: test, when: manual, tags: [b, a]}\n'
NO_RIGHT = "Insufficient permissions to create a new pipeline"
NO_VARIABLES = "Insufficient permissions to set pipeline variables"
NO_REF = "Reference not found"
PROTECTED = "You do not have sufficient permission to run a pipeline on 'main'."


def evaluate(context, text=JOBS, **files):
    """The plan or refusal that is stored, and the repository that was asked."""
    repository = Repository({FILE: text} if text is not None else files)
    deps = evaluate_deps(context, repository)
    outcome = evaluate_rules(IDS, deps)
    assert outcome["outcome"] == ("planned" if 42 in deps.results.planned else "refused")
    return deps.results.result(42), repository


def result_of(*arguments, **options):
    return evaluate(*arguments, **options)[0]


def message_of(*arguments, **options):
    return evaluate(*arguments, **options)[0]["message"]


def test_a_plan_holds_the_pipeline_and_its_jobs():
    plan = result_of(request_context())

    assert [job["name"] for job in plan["jobs"]] == ["build", "test"]
    pipeline = plan["pipeline"]
    assert (pipeline["sha"], pipeline["ref"], pipeline["tag"], pipeline["status"]) == (SHA, "main", False, "created")
    assert (pipeline["user_id"], pipeline["trigger_id"], pipeline["source"]) == (ADA.id, 11, "trigger")
    assert pipeline["job_count"] == 2
    assert plan["user"]["username"] == "ada"


def test_rules_and_environments_know_the_pipelines_count():
    text = """
    build: {script: make, rules: [{if: $CI_PIPELINE_IID == "17"}], environment: "review/$CI_PIPELINE_IID"}
    never: {script: make, rules: [{if: $CI_PIPELINE_IID == null}]}
    """
    plan = result_of(request_context(iid=17), text)

    assert [(job["name"], job["environment"]["name"]) for job in plan["jobs"]] == [("build", "review/17")]
    assert plan["pipeline"]["iid"] == 17


def test_the_pipeline_of_a_tag_has_the_field_tag():
    assert result_of(request_context(ref="v1.0"))["pipeline"]["tag"] is True


def test_a_commit_message_does_not_skip_a_triggered_pipeline():
    assert result_of(request_context())["pipeline"]["status"] == "created"


def test_a_deleted_project_or_user_is_refused():
    assert message_of(None) == "Project is deleted!"


EMPTY = {"text": None}
WRONG = {"text": "job: {}\n"}
OPEN = (ProtectedRef("branch", "main", push=(Grant(1, level=0),)),)
# context                                                                     file   message
ORDER = [
    (request_context(level=20, project=replace(WIDGETS, jobs_enabled=False)), WRONG, "Pipelines are disabled!"),
    (request_context(level=20, ref="gone", variables={"a b": "1"}),           EMPTY, NO_RIGHT),
    (request_context(level=None),                                             EMPTY, NO_RIGHT),
    (request_context(user=replace(ADA, state="blocked")),                     EMPTY, NO_RIGHT),
    (request_context(user=replace(ADA, confirmed=False)),                     EMPTY, NO_RIGHT),
    (request_context(project=replace(WIDGETS, archived=True)),                EMPTY, NO_RIGHT),
    (request_context(level=30, ref="gone", variables={"A": "1"}),             EMPTY, NO_REF),
    (request_context(level=30, variables={"A": "1"}, protections=OPEN),       EMPTY, PROTECTED),
    (request_context(level=30, variables={"A": "1"}),                         EMPTY, NO_VARIABLES),
    (request_context(level=30, variables={"a b": "1"}),                       EMPTY, NO_VARIABLES),
    (request_context(variables={"TRIGGER_PAYLOAD": "x"}),                     EMPTY, "Duplicate variable name: TRIGGER_PAYLOAD"),
    (request_context(variables={"a b": "1"}),                                 EMPTY, "Failed to build pipeline variables"),
    (request_context(),                                                       EMPTY, "Missing CI config file"),
    (request_context(),                                                       WRONG, "jobs job config should implement"),
]  # fmt: skip


@pytest.mark.parametrize(("context", "file", "message"), ORDER)
def test_the_first_problem_in_gitlabs_order_is_reported(context, file, message):
    assert message_of(context, **file).startswith(message)


ARCHIVED = replace(WIDGETS, archived=True)


@pytest.mark.parametrize(
    ("context", "code"),
    [
        (request_context(level=None), "no_permission"),
        (request_context(level=20), "no_permission"),
        (request_context(level=20, project=ARCHIVED), "no_permission"),
        (request_context(level=20, user=replace(ADA, state="blocked")), "no_permission"),
        (request_context(project=ARCHIVED), "project_archived"),
        (request_context(level=None, user=ROOT, project=ARCHIVED), "project_archived"),
        (request_context(user=replace(ADA, state="blocked")), "user_blocked"),
        (request_context(user=replace(ADA, state="deactivated")), "user_blocked"),
        (request_context(user=replace(ADA, confirmed=False)), "user_unconfirmed"),
        (request_context(user=replace(ADA, state="blocked"), project=ARCHIVED), "project_archived"),
    ],
)
def test_a_missing_permission_has_the_code_of_its_reason(context, code):
    result = result_of(context)

    assert (result["message"], result["code"], result["details"]) == (NO_RIGHT, code, {"needs": "developer"})


def test_a_project_without_a_remote_has_no_refs():
    result, repository = evaluate(request_context(project=replace(WIDGETS, import_url="")))

    assert (result["message"], result["code"], repository.asked) == (NO_REF, "ref_not_found", [])


def test_without_permission_the_repository_is_not_asked():
    _, repository = evaluate(request_context(level=20))

    assert repository.asked == []


@pytest.mark.parametrize("level", [30, 40])
def test_a_request_without_variables_needs_no_permission_for_them(level):
    assert "jobs" in result_of(request_context(level=level))


def test_inputs_need_no_permission_for_variables():
    text = "spec: {inputs: {a: {default: x}}}\n---\njob: {script: echo}\n"
    project = replace(WIDGETS, variables_minimum_role="no_one_allowed")
    context = request_context(level=30, inputs={"a": "y"}, project=project)

    assert [job["name"] for job in result_of(context, text)["jobs"]] == ["job"]


@pytest.mark.parametrize("user", [ADA, ROOT])
def test_no_one_allowed_includes_owners_and_administrators(user):
    context = request_context(
        user=user, level=50, variables={"A": "1"}, project=replace(WIDGETS, variables_minimum_role="no_one_allowed")
    )

    assert message_of(context) == NO_VARIABLES


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
def test_a_protected_ref_is_for_users_who_may_push_or_merge(levels, users, level, may):
    push = tuple(Grant(number, level=one) for number, one in enumerate(levels))
    merge = tuple(Grant(number, user_id=one) for number, one in enumerate(users, 10))
    protection = ProtectedRef("branch", "ma*", push=push, merge=merge)

    plan = result_of(request_context(level=level, protections=(protection,)))

    assert ("jobs" in plan) is may


@pytest.mark.parametrize(("user", "level", "may"), [(ADA, 50, False), (ROOT, 0, True), (ROOT, 30, True)])
def test_a_ref_protected_for_administrators_is_for_them_alone(user, level, may):
    protection = ProtectedRef("branch", "main", push=(Grant(1, level=ADMINISTRATORS),))

    plan = result_of(request_context(user=user, level=level, protections=(protection,)))

    assert ("jobs" in plan) is may


def test_variables_of_an_environment_do_not_count_in_rules():
    text = 'always: {script: "true"}\nscoped: {script: "true", rules: [{if: $URL}]}\n'
    settings = (SettingsVariable("URL", "1", environment_scope="production"),)

    assert [job["name"] for job in result_of(request_context(settings=settings), text)["jobs"]] == ["always"]


def test_protected_variables_count_on_protected_refs_alone():
    text = 'always: {script: "true"}\nsecret: {script: "true", rules: [{if: $SECRET}]}\n'
    settings = (SettingsVariable("SECRET", "1", protected=True),)

    def names(**more):
        return [job["name"] for job in result_of(request_context(settings=settings, **more), text)["jobs"]]

    assert names() == ["always"]
    assert names(protections=(ProtectedRef("branch", "main", push=(Grant(1, level=40),)),)) == ["always", "secret"]


def test_a_filtered_pipeline_is_refused_with_its_own_code():
    refusal = result_of(request_context(), "workflow: {rules: [{if: $NOTHING}]}\njob: {script: echo}\n")

    assert refusal["message"].startswith("The pipeline did not run.")
    assert refusal["code"] == "filtered_by_rules"


def test_an_expired_membership_does_not_count():
    context = replace(request_context(), memberships=(Membership(ADA.id, 40, "2026-03-01"),))

    assert message_of(context) == NO_RIGHT


def test_a_file_that_is_not_utf_8_is_a_configuration_error():
    repository = Repository({FILE: "x"})
    repository.read = lambda _sha, _path: b"\xff\xfe\x00job: {script: x}"
    deps = evaluate_deps(request_context(), repository)

    evaluate_rules(IDS, deps)

    assert deps.results.result(42)["message"]


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (f"{{script: x, stage: {'s' * 256}}}", "job job: stage is too long (maximum is 255 characters)"),
        (f"{{script: x, tags: [{'t' * 10_001}]}}", "job job: tags are too long (maximum is 10000 bytes)"),
    ],
)
def test_a_plan_that_cannot_be_recorded_is_a_configuration_error(job, message):
    plan = result_of(request_context(), f"stages: [{'s' * 256}, test]\njob: {job}\n")

    assert (plan["pipeline"]["status"], plan["message"], plan["jobs"]) == ("failed", message, [])
