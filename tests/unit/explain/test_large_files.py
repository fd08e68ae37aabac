import json

JOBS = 3_000


def test_a_file_over_the_usual_limit_is_explained_with_a_warning(tmp_path, explain):
    text = "".join(f"job_{number}: {{script: {'x' * 700}}}\n" for number in range(JOBS))
    (tmp_path / ".gitlab-ci.yml").write_text(text)

    status, printed, _ = explain("--format", "json")

    answer = json.loads(printed)
    assert (status, len(answer["jobs"])) == (0, JOBS)
    assert [warning["message"] for warning in answer["warnings"]] == [
        "`.gitlab-ci.yml`: The provided YAML is too big for an instance of GitLab with the usual limits"
    ]


def test_a_file_that_only_grows_by_aliases_is_refused(tmp_path, explain):
    lines = [".a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f".a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 8)]
    (tmp_path / ".gitlab-ci.yml").write_text("\n".join(lines))

    status, printed, _ = explain("--format", "json")

    assert (status, json.loads(printed)["error"]) == (1, "`.gitlab-ci.yml`: The parsed YAML is too big")


def test_a_text_of_more_than_four_million_characters_is_refused(tmp_path, explain):
    (tmp_path / ".gitlab-ci.yml").write_text("job: {script: x}\n" + "#" * 4_194_304)

    status, printed, _ = explain("--format", "json")

    assert (status, json.loads(printed)["error"]) == (1, "`.gitlab-ci.yml`: The provided YAML is too big")
