import pytest

from pullcord_local.explain import corpus

RULED = """include: ci/more.yml
released:
  script: x
  rules: [{if: $CI_COMMIT_TAG}]
reviewed:
  script: x
  rules: [{if: $CI_MERGE_REQUEST_IID}]
pulled:
  script: x
  rules: [{if: $CI_PIPELINE_SOURCE == "trigger"}]
"""


@pytest.fixture
def search(tmp_path, monkeypatch, capsys):
    def run(files):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        monkeypatch.setattr("sys.argv", ["corpus", str(tmp_path)])
        status = corpus.main()
        return status, capsys.readouterr().out

    return run


def test_every_configuration_is_compiled_for_six_kinds_of_pipelines(search):
    status, printed = search({"one/.gitlab-ci.yml": RULED, "one/ci/more.yml": "always: {script: x}"})

    assert status == 0
    row = next(line for line in printed.splitlines() if line.startswith("one/.gitlab-ci.yml"))
    assert row.split()[1:] == ["2", "3", "1", "2", "1", "1"]
    assert "1 configurations, 6 pipelines each: planned 6" in printed


def test_what_a_configuration_includes_from_elsewhere_is_named(search):
    status, printed = search({"one/.gitlab-ci.yml": "include: {project: g/p, file: a.yml}\n"})

    assert status == 0
    assert "Project `g/p` not found or access denied!" in printed
    assert "not in this folder: a.yml of project g/p" in printed


def test_an_exception_is_shown_and_fails_the_search(search, monkeypatch):
    monkeypatch.setattr(corpus, "compile_pipeline", lambda *_: 1 / 0)

    status, printed = search({".gitlab-ci.yml": "a: {script: x}"})

    assert status == 1
    assert "EXCEPTION .gitlab-ci.yml" in printed
    assert printed.endswith("1 exceptions\n")


def test_a_folder_that_is_not_there_is_wrong_use(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["corpus", "/nowhere/at/all"])

    assert corpus.main() == 2
    assert "no such folder" in capsys.readouterr().err
