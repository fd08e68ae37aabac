"""Triggering a pipeline: what is created."""

import re

import pytest

ZEROS = "0" * 40


@pytest.mark.parametrize(
    ("query", "form"),
    [((), ("token", "ref")), (("token", "ref"), ()), (("token",), ("ref",)), (("ref",), ("token",))],
)
def test_token_and_ref_may_stand_in_form_and_query(widgets, query, form):
    sent = {"token": widgets.token, "ref": "main"}

    reply = widgets.post_trigger(
        {name: sent[name] for name in form} or None, query={name: sent[name] for name in query}
    )

    assert reply.status == 201
    assert len(widgets.jobs(reply.json())) == 5


def test_token_in_the_query_and_ref_in_json(widgets):
    assert widgets.post_trigger(json={"ref": "main"}, query={"token": widgets.token}).status == 201


def test_the_body_wins_over_the_query(widgets):
    reply = widgets.post_trigger({"token": widgets.token, "ref": "other"}, query={"token": "wrong", "ref": "main"})

    assert reply.json()["ref"] == "other"


@pytest.mark.parametrize("slash", ["%2F", "%2f", "/"])
def test_the_project_may_be_a_path(widgets, anyone, slash):
    path = widgets.details["path_with_namespace"].replace("/", slash)

    reply = anyone.post(f"/projects/{path}/trigger/pipeline", form={"token": widgets.token, "ref": "main"})

    assert reply.json()["project_id"] == widgets.id


def test_the_pipeline_tells_where_it_came_from(widgets):
    made = widgets.triggered(variables={"A": "1"})

    reported = {name: made[name] for name in ("source", "ref", "tag", "before_sha", "yaml_errors")}
    assert reported == {"source": "trigger", "ref": "main", "tag": False, "before_sha": ZEROS, "yaml_errors": None}
    assert made["sha"] == widgets.repository.git("rev-parse", "main")
    assert made["user"]["id"] == 1
    assert made["status"] in {"created", "pending"}
    assert "variables" not in made


def test_a_tag_can_be_run(widgets):
    made = widgets.triggered("v1.0")

    assert (made["tag"], made["ref"]) == (True, "v1.0")


@pytest.mark.parametrize(
    ("wanted", "ref"),
    [("refs/heads/main", "main"), ("refs/tags/v1.0", "v1.0"), ("v.1-branch", "v.1-branch"), ("feature/x", "feature/x")],
)
def test_a_ref_may_be_full_and_is_answered_short(widgets, wanted, ref):
    assert widgets.triggered(wanted)["ref"] == ref


def test_an_annotated_tag_runs_on_its_commit(make_project):
    project = make_project()
    project.repository.tag("v2.0", message="The second")

    assert project.triggered("v2.0")["sha"] == project.repository.git("rev-parse", "main")


@pytest.mark.parametrize("mark", ["[ci skip]", "[skip ci]", "[CI SKIP]"])
def test_a_commit_that_asks_to_be_skipped_is_run_all_the_same(make_project, make_repository, mark):
    project = make_project(repository=make_repository(message=f"Add widgets {mark}"))

    made = project.triggered()

    assert made["status"] != "skipped"
    assert len(project.jobs(made)) == 5


def test_variables_are_kept_in_their_order_and_the_payload_comes_last(widgets):
    reply = widgets.post_trigger(
        {"token": widgets.token, "ref": "main", "variables[ZZZ]": "1", "variables[AAA]": "AAA123"}
    )

    zzz, aaa, payload = widgets.variables(reply.json())
    assert zzz == {"key": "ZZZ", "value": "1", "variable_type": "env_var", "raw": False}
    assert aaa == {"key": "AAA", "value": "AAA123", "variable_type": "env_var", "raw": False}
    assert (payload["key"], payload["variable_type"]) == ("TRIGGER_PAYLOAD", "file")


def test_the_payload_of_a_form_is_all_of_it_but_the_token(widgets):
    reply = widgets.post_trigger({"token": widgets.token, "ref": "main"})

    (payload,) = widgets.variables(reply.json())
    assert payload["value"] == f'{{"ref":"main","id":"{widgets.id}","variables":{{}}}}'


@pytest.mark.parametrize("text", ["<b>&amp;</b>", "line\u2028break", 'quote " and \\', "ünïcödé ✓", "a\nb\tc"])
def test_any_text_can_be_a_value(widgets, text):
    variable, payload = widgets.variables(widgets.triggered(variables={"TEXT": text}))

    assert variable["value"] == text
    assert "<" not in payload["value"]
    assert "\u2028" not in payload["value"]


def test_last_used_is_the_creation_of_the_newest_pipeline(widgets, make_trigger):
    trigger = make_trigger(widgets.at)
    assert trigger["last_used"] is None

    made = [widgets.post_trigger({"token": trigger["token"], "ref": "main"}).json() for _ in range(2)]

    assert widgets.read(f"/triggers/{trigger['id']}")["last_used"] == made[1]["created_at"]


def test_a_refused_call_does_not_count_as_a_use(widgets, make_trigger):
    trigger = make_trigger(widgets.at)
    assert widgets.post_trigger({"token": trigger["token"], "ref": "gone"}).status == 400

    assert widgets.read(f"/triggers/{trigger['id']}")["last_used"] is None


def test_ids_rise_and_the_project_counts_its_pipelines(make_project):
    project = make_project()

    made = [project.triggered() for _ in range(3)]

    assert [pipeline["iid"] for pipeline in made] == [1, 2, 3]
    assert sorted(pipeline["id"] for pipeline in made) == [pipeline["id"] for pipeline in made]
    assert all(0 < pipeline["id"] < 2**53 for pipeline in made)


def test_rules_know_the_count_that_the_pipeline_gets_and_a_refusal_leaves_a_gap(make_project):
    text = """
    counted: {script: x, rules: [{if: $CI_PIPELINE_IID}], environment: {name: review/$CI_PIPELINE_IID}}
    """
    project = make_project({".gitlab-ci.yml": text})
    project.triggered()
    assert project.post_trigger({"token": project.token, "ref": "gone"}).status == 400

    made = project.triggered()

    assert made["iid"] == 3
    (job,) = project.read(f"/pipelines/{made['id']}/jobs")
    assert job["name"] == "counted"


def test_the_ref_is_read_live(make_project):
    project = make_project()
    first = project.triggered()["sha"]
    second = project.repository.commit({"new.txt": "new"})

    assert project.triggered()["sha"] == second != first


def test_a_request_variable_beats_the_configuration_in_rules(make_project):
    project = make_project("""\
variables: {X: yaml}
always: {script: "true"}
sometimes:
  script: "true"
  rules: [{if: $X == "request"}]
""")

    assert [job["name"] for job in project.jobs(project.triggered())] == ["always"]
    names = {job["name"] for job in project.jobs(project.triggered(variables={"X": "request"}))}
    assert names == {"always", "sometimes"}


def test_the_source_and_the_flag_of_a_trigger_are_known_to_rules(make_project):
    project = make_project("""\
by-source:  {script: "true", rules: [{if: $CI_PIPELINE_SOURCE == "trigger"}]}
by-flag:    {script: "true", rules: [{if: $CI_PIPELINE_TRIGGERED == "true"}]}
by-token:   {script: "true", rules: [{if: $CI_TRIGGER_SHORT_TOKEN}]}
triggers:   {script: "true", only: [triggers]}
no-trigger: {script: "true", except: [triggers]}
pushes:     {script: "true", only: [pushes]}
""")

    assert {job["name"] for job in project.jobs(project.triggered())} == {"by-source", "by-flag", "triggers"}


def test_the_caller_gets_a_request_id_and_json_without_charset(widgets):
    reply = widgets.post_trigger({"token": widgets.token, "ref": "main"})

    assert reply.headers["Content-Type"] == "application/json"
    assert re.fullmatch(r"\S+", reply.headers["Pullcord-Request-Id"])
