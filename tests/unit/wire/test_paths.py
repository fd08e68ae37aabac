"""The grammar of paths: encoded or raw, odd or not, one canonical form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pullcord.wire.routing import door

from pullcord.routes import paths

BASE = "/api/v4/projects/"


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("7", "7"),
        ("7/", "7"),
        ("acme%2Fwidgets", "acme%2Fwidgets"),
        ("acme%2fwidgets", "acme%2Fwidgets"),
        ("acme/widgets", "acme%2Fwidgets"),
        ("acme/deep/widgets", "acme%2Fdeep%2Fwidgets"),
        ("7/trigger/pipeline", "7/trigger/pipeline"),
        ("7/trigger/pipeline/", "7/trigger/pipeline"),
        ("-5/trigger/pipeline", "-5/trigger/pipeline"),
        ("acme%2Fwidgets/trigger/pipeline", "acme%2Fwidgets/trigger/pipeline"),
        ("acme/widgets/trigger/pipeline", "acme%2Fwidgets/trigger/pipeline"),
        ("acme/deep/widgets/trigger/pipeline", "acme%2Fdeep%2Fwidgets/trigger/pipeline"),
        ("acme/trigger/trigger/pipeline", "acme%2Ftrigger/trigger/pipeline"),
        ("acme/pipelines/pipelines", "acme%2Fpipelines/pipelines"),
        ("7/ref/main/trigger/pipeline", "7/ref/main/trigger/pipeline"),
        ("7/ref/feature%2Fx/trigger/pipeline", "7/ref/feature%2Fx/trigger/pipeline"),
        ("7/ref/feature/x/trigger/pipeline", "7/ref/feature%2Fx/trigger/pipeline"),
        ("7/ref/v.1-branch/trigger/pipeline", "7/ref/v.1-branch/trigger/pipeline"),
        ("7/ref/a%20b/trigger/pipeline", "7/ref/a%20b/trigger/pipeline"),
        ("7/ref/a%2525b/trigger/pipeline", "7/ref/a%2525b/trigger/pipeline"),
        ("7/ref/trigger/pipeline/trigger/pipeline", "7/ref/trigger%2Fpipeline/trigger/pipeline"),
        ("acme/widgets/ref/feature/x/trigger/pipeline", "acme%2Fwidgets/ref/feature%2Fx/trigger/pipeline"),
        (
            "acme%2Fwidgets/ref/refs%2Fheads%2Fmain/trigger/pipeline",
            "acme%2Fwidgets/ref/refs%2Fheads%2Fmain/trigger/pipeline",
        ),
        ("7/triggers", "7/triggers"),
        ("7/triggers/10", "7/triggers/10"),
        ("acme/widgets/triggers/10", "acme%2Fwidgets/triggers/10"),
        ("acme/widgets/pipelines/1/jobs", "acme%2Fwidgets/pipelines/1/jobs"),
        ("acme/widgets/jobs/1/trace", "acme%2Fwidgets/jobs/1/trace"),
    ],
)
def test_a_path_has_one_canonical_form(path, canonical):
    assert paths.canonical(BASE + path) == BASE + canonical
    assert paths.canonical(BASE + canonical) == BASE + canonical


@pytest.mark.parametrize(
    "path", ["/api/v4/user", "/api/v4/projects", "/", "", "/other/7/trigger/pipeline", "projects/7"]
)
def test_other_paths_stay_as_they_are(path):
    assert paths.canonical(path) == path.removesuffix("/")


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("POST", "acme/widgets/trigger/pipeline", "trigger"),
        ("GET", "acme/widgets/trigger/pipeline", None),
        ("POST", "7/ref/feature/x/trigger/pipeline", "trigger"),
        ("GET", "acme/widgets/triggers", "triggers"),
        ("GET", "acme/deep/widgets/pipelines/1", "readings"),
        ("GET", "acme/widgets/jobs/1", "readings"),
        ("GET", "acme/widgets", "projects"),
    ],
)
def test_a_path_leads_to_a_door(method, path, name):
    assert door(method, BASE + path) == name


def test_other_paths_lead_to_no_door():
    assert door("GET", "/api/v4/nothing") is None


@given(st.text(alphabet="ab7/%2Ff.-é\n\0", max_size=40))
def test_every_path_has_a_canonical_form_that_is_stable(text):
    once = paths.canonical(BASE + text)

    assert paths.canonical(once).rstrip("/") == once.rstrip("/")
    door("POST", BASE + text)


def test_a_long_path_takes_no_long_time():
    paths.canonical(BASE + "a/" * 4000)
    paths.canonical(BASE + "a/ref/" * 1300 + "trigger/pipeline")
    paths.canonical(BASE + "a%2F" * 2000 + "/trigger/pipeline")
