"""What a trigger call asks AWS for: no more than it must."""

from tests.integration.aws.conftest import ROOT_TOKEN

FUNCTIONS = ("TriggerFunction", "EvaluateRulesFunction", "RecordJobsFunction")

WARM = [
    "TriggerFunction: BatchGetItem",             # token and project
    "TriggerFunction: PutItem",                  # the request, sealed
    "TriggerFunction: StartSyncExecution",
    "CreatePipeline: UpdateItem",                # the project's count
    "CreatePipeline: Invoke",
    "EvaluateRulesFunction: BatchGetItem",       # the request and all that decides about it
    "EvaluateRulesFunction: PutItem",            # the plan, sealed
    "CreatePipeline: Invoke",
    "RecordJobsFunction: GetItem",               # the plan
    "RecordJobsFunction: PutItem",               # the pipeline with its jobs
]  # fmt: skip


def test_a_warm_trigger_makes_six_calls_beside_the_execution(widgets, watch):
    widgets.triggered(variables={"A": "1"})

    asked = watch.of("CreatePipeline", *FUNCTIONS)
    assert asked == WARM
    assert len([call for call in asked if call.startswith(FUNCTIONS) and "StartSync" not in call]) == 6


def test_a_project_by_its_path_takes_one_read_more(widgets, watch):
    path = widgets.details["path_with_namespace"].replace("/", "%2F")
    reply = widgets.anyone.post(f"/projects/{path}/trigger/pipeline", form={"token": widgets.token, "ref": "main"})

    assert reply.status == 201
    assert watch.of("TriggerFunction") == ["TriggerFunction: GetItem", *WARM[:3]]


def test_a_wrong_token_costs_one_read_whatever_it_is(widgets, watch):
    for token in ("wrong", ROOT_TOKEN, ""):
        watch.forget()
        assert widgets.post_trigger({"token": token, "ref": "main"}).status == 404
        assert watch.of(*FUNCTIONS) == ["TriggerFunction: BatchGetItem"]


def test_what_is_wrong_with_the_parameters_costs_nothing(widgets, watch):
    for form in ({}, {"ref": "main"}, {"token": widgets.token, "ref": "main", "variables": "x"}):
        assert widgets.post_trigger(form).status == 400

    assert watch.of(*FUNCTIONS) == []


def test_a_refused_pipeline_is_counted_but_not_recorded(widgets, watch):
    assert widgets.refused("gone")[0] == 400

    assert watch.of("CreatePipeline", "RecordJobsFunction") == ["CreatePipeline: UpdateItem", "CreatePipeline: Invoke"]
    assert watch.of("TriggerFunction")[-1] == "TriggerFunction: GetItem"  # the words of the refusal


def test_a_commit_that_is_known_is_not_asked_for_again(make_project, watch):
    project = make_project()
    project.triggered()
    watch.forget()

    project.triggered()

    assert not [call for call in watch.of("EvaluateRulesFunction") if "git" in call]
