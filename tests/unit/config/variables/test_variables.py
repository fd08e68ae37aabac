"""Which value wins, and what is made of it."""

import pytest

from pullcord.config.jobs import predefined


def values(job):
    return {row["key"]: row["value"] for row in job.variables}


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ({"variables": {"A": "request"}, "project_variables": {"A": "project"}}, "request"),
        ({"project_variables": {"A": "project"}}, "project"),
        ({"predefined": {"A": "predefined", "CI": "true"}}, "job"),
    ],
)
def test_rules_see_settings_before_the_file_and_the_file_before_predefined_ones(compiled, given, seen):
    plan = compiled(f"j: {{script: s, variables: {{A: job}}, rules: [{{if: '$A == \"{seen}\"'}}]}}", **given)

    assert values(plan.jobs[0]) == {"A": "job"}


def test_the_file_cannot_say_who_the_user_is(compiled):
    text = "variables: {GITLAB_USER_LOGIN: me, CI_COMMIT_BRANCH: mine}\nj: {script: s, rules: [{if: '$GITLAB_USER_LOGIN == \"root\"'}]}"

    assert compiled(text, pipeline_only={"GITLAB_USER_LOGIN": "root"}).outcome == "planned"


def test_rule_job_workflow_and_globals_are_merged_in_this_order(compiled):
    plan = compiled("""
        variables: {A: global, B: global, C: global, D: global}
        workflow: {rules: [{if: $CI, variables: {B: workflow, C: workflow, D: workflow}}]}
        j: {script: s, variables: {C: job, D: job}, rules: [{if: '$B == "workflow" && $D == "job"', variables: {D: rule}}]}
        k: {script: s, inherit: {variables: [B, Z]}}
        l: {script: s, inherit: {variables: false}}
        """)

    assert [values(job) for job in plan.jobs] == [
        {"A": "global", "B": "workflow", "C": "job", "D": "rule"},
        {"B": "workflow"},
        {},
    ]


def test_a_job_knows_its_name_stage_environment_and_whether_it_is_manual(compiled):
    plan = compiled("""
        "My Job: [x]":
          stage: deploy
          script: s
          when: manual
          variables: {WHERE: prod, TO: $WHERE}
          environment: {name: "review/$TO", url: "https://$TO", deployment_tier: testing}
          rules:
            - if: >
                $CI_JOB_NAME == "My Job: [x]" && $CI_JOB_NAME_SLUG == "my-job---x" && $CI_JOB_GROUP_NAME == "My Job"
                && $CI_JOB_STAGE == "deploy" && $CI_JOB_MANUAL == "true" && $CI_ENVIRONMENT_NAME == "review/prod"
                && $CI_ENVIRONMENT_ACTION == "start" && $CI_ENVIRONMENT_TIER == "testing"
        """)

    assert plan.jobs[0].environment["name"] == "review/prod"


def test_tags_keep_what_is_undefined_and_environments_lose_it(compiled):
    [job] = compiled("""
        j:
          script: s
          variables: {T: docker, N: $T}
          tags: [$T, "x-$U", "%T%", $N]
          environment: {name: "a$U-$N"}
          resource_group: "g-$N"
        """).jobs

    assert job.tags == ("docker", "x-$U", "docker", "$T")
    assert (job.environment["name"], job.resource_group) == ("a-docker", "g-docker")


def test_variables_of_a_rule_reach_the_environment(compiled):
    [job] = compiled("j: {script: s, environment: $E, rules: [{if: $CI, variables: {E: prod}}]}").jobs

    assert job.environment["name"] == "prod"


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("t 1/3", "t"),
        ("t: [a, b]", "t"),
        ("t 1/2: [a]", "t"),
        ("t: [a] 1/2", "t"),
        ("t 1 2", "t"),
        ("t [a] b", "t [a] b"),
    ],
)
def test_siblings_share_the_name_of_their_group(name, group):
    assert predefined.group(name) == group
