"""Rules that have read a placeholder, or a diff that is not known, say so."""

import json

import pytest

RULE = "j: {script: x, rules: [%s]}\nother: {script: x, rules: [{when: always}]}\n"
NO_DIFF = "no diff known: counts as changed; --changed PATH"


@pytest.fixture
def explained(tmp_path, explain):
    """The text of an explanation, and the first clause of its first job in JSON."""

    def run(rule, *options):
        (tmp_path / ".gitlab-ci.yml").write_text(rule if "script" in rule else RULE % rule)
        answer = json.loads(explain(*options, "--format", "json")[1])
        return explain(*options)[1], answer["trace"]["jobs"][0]["rules"][0]["clauses"][0]

    return run


def test_a_rule_that_has_read_a_placeholder_says_so(explained):
    printed, clause = explained("{if: $CI_MERGE_REQUEST_ID}", "--source", "merge_request_event")

    assert "if $CI_MERGE_REQUEST_ID (placeholder CI_MERGE_REQUEST_ID)" in printed
    assert "note: placeholders: CI_MERGE_REQUEST_ID = '1'; --set NAME=VALUE" in printed
    assert clause["held"]
    assert clause["placeholders"] == ["CI_MERGE_REQUEST_ID"]
    assert clause["notes"] == ["CI_MERGE_REQUEST_ID = '1' is a placeholder; --set CI_MERGE_REQUEST_ID=VALUE"]


def test_a_rule_that_keeps_a_job_out_says_so_too(explained):
    printed, clause = explained("{if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS}")

    assert "(placeholder CI_OPEN_MERGE_REQUESTS)" in printed
    assert "note: taken as undefined: CI_OPEN_MERGE_REQUESTS; --set NAME=VALUE" in printed
    assert clause["notes"] == ["CI_OPEN_MERGE_REQUESTS is taken as undefined; --set CI_OPEN_MERGE_REQUESTS=VALUE"]


@pytest.mark.parametrize(
    ("rule", "options"),
    [
        ("{if: $CI_MERGE_REQUEST_ID}", ("--source", "merge_request_event", "--set", "CI_MERGE_REQUEST_ID=5")),
        ("{if: $CI_MERGE_REQUEST_SOURCE_BRANCH_NAME}", ("--source", "merge_request_event")),
        ("{if: $CI_PIPELINE_IID}", ("--variable", "CI_PIPELINE_IID=5")),
        ("{if: $CI_COMMIT_BRANCH == 'main'}", ()),
        ("{if: $CI_MERGE_REQUEST_ID}", ()),
        ("{if: $GITLAB_USER_LOGIN == 'ada'}", ("--set", "GITLAB_USER_LOGIN=ada")),
        ("variables: {CI_PROJECT_TITLE: mine}\n" + RULE % "{if: $CI_PROJECT_TITLE}", ()),
        ("{changes: [a]}", ("--changed", "a")),
    ],
)
def test_a_rule_that_hangs_on_known_values_says_nothing(explained, rule, options):
    printed, clause = explained(rule, *options)

    assert "placeholder" not in printed
    assert "note:" not in printed
    assert not clause.keys() & {"notes", "placeholders"}


@pytest.mark.parametrize(
    "rule",
    [
        "{changes: [docs/*]}",
        "{changes: {paths: [docs/*], compare_to: refs/heads/main}}",
        "j: {script: x, only: {changes: [docs/*], refs: [branches]}}",
    ],
)
def test_changes_without_a_known_diff_say_how_they_count(explained, rule):
    printed, clause = explained(rule)

    assert "no diff known: counts as changed" in next(line for line in printed.splitlines() if " j " in line)
    assert f"note: {NO_DIFF}" in printed.splitlines()
    if "only" not in rule:
        assert clause["held"]
        assert clause["notes"] == [NO_DIFF]


@pytest.mark.parametrize(("source", "known"), [("main", True), (None, False)])
def test_the_default_branch_is_known_where_the_clone_knows_it(tmp_path, explained, source, known):
    (tmp_path / ".git" / "refs" / "remotes" / "origin").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    if source:
        (tmp_path / ".git" / "refs" / "remotes" / "origin" / "HEAD").write_text("ref: refs/remotes/origin/main\n")

    printed, _ = explained("{if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH}")

    assert ("placeholder" not in printed) is known


def test_rules_of_includes_say_so_and_are_shown(tmp_path, explain):
    (tmp_path / "a.yml").write_text("a: {script: x}")
    rules = "rules: [{if: $CI_MERGE_REQUEST_LABELS}, {if: $CI_COMMIT_REF_PROTECTED == 'false', changes: [a]}]"
    (tmp_path / ".gitlab-ci.yml").write_text(f"include: [{{local: a.yml, {rules}}}]\nj: {{script: x}}")

    printed = explain()[1]
    answer = json.loads(explain("--source", "merge_request_event", "--format", "json")[1])

    assert "not included: a.yml  .gitlab-ci.yml:1 no rule matches: if $CI_MERGE_REQUEST_LABELS" in printed
    assert "note: placeholders: CI_COMMIT_REF_PROTECTED = 'true'; --set NAME=VALUE" in printed
    (included,) = answer["trace"]["includes"]
    assert (included["name"], included["included"]) == ("a.yml", True)
    assert included["rules"][0]["clauses"][0]["placeholders"] == ["CI_MERGE_REQUEST_LABELS"]
