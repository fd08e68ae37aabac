"""The grammar of paths: encoded or raw, odd or not, one canonical form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.errors import BadRequest
from pullcord.routes import paths

BASE = "/api/v4/projects/"


def function_of(method, path):
    """The Lambda function of a call; None without a route."""
    route = paths.route_of(method, path)
    return route.function if route else None


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
def test_other_paths_are_unchanged(path):
    assert paths.canonical(path) == path.removesuffix("/")


@pytest.mark.parametrize(
    ("method", "path", "function"),
    [
        ("POST", "acme/widgets/trigger/pipeline", "trigger"),
        ("GET", "acme/widgets/trigger/pipeline", None),
        ("POST", "7/ref/feature/x/trigger/pipeline", "trigger"),
        ("GET", "acme/widgets/triggers", "triggers"),
        ("GET", "acme/deep/widgets/pipelines/1", "pipelines"),
        ("GET", "acme/widgets/jobs/1", "pipelines"),
        ("GET", "acme/widgets", "projects"),
    ],
)
def test_a_path_has_a_function(method, path, function):
    assert function_of(method, BASE + path) == function


def test_other_paths_have_no_route():
    assert paths.route_of("GET", "/api/v4/nothing") is None


# A function of None: there is no route for this method and path.
@pytest.mark.parametrize(
    ("method", "path", "canonical", "function"),
    [
        ("GET", "projects/7/members/all/5", "projects/7/members/all/5", "settings"),
        ("GET", "projects/acme/widgets/members", "projects/acme%2Fwidgets/members", "settings"),
        ("GET", "projects/acme/widgets/variables/KEY", "projects/acme%2Fwidgets/variables/KEY", "settings"),
        ("GET", "projects/7/protected_branches/release%2F*", "projects/7/protected_branches/release%2F%2A", "settings"),
        ("GET", "projects/7/protected_branches/release/*", "projects/7/protected_branches/release%2F%2A", "settings"),
        ("GET", "projects/acme/widgets/protected_tags/v1.0", "projects/acme%2Fwidgets/protected_tags/v1.0", "settings"),
        ("GET", "projects/7/repository/branches/feature/x", "projects/7/repository/branches/feature%2Fx", "repository"),
        ("GET", "projects/acme/widgets/repository/tags", "projects/acme%2Fwidgets/repository/tags", "repository"),
        ("GET", "projects/7/repository/commits/x%2Fmembers", "projects/7/repository/commits/x%2Fmembers", "repository"),
        ("POST", "projects/acme/widgets/archive", "projects/acme%2Fwidgets/archive", "projects"),
        ("GET", "projects/acme/widgets/archive", "projects/acme%2Fwidgets/archive", None),
        ("GET", "projects/acme/archive", "projects/acme%2Farchive", "projects"),
        ("DELETE", "projects/7/job_token_scope/allowlist/8", "projects/7/job_token_scope/allowlist/8", "projects"),
        ("GET", "groups/acme", "groups/acme", "projects"),
        ("GET", "groups/acme/tools", "groups/acme%2Ftools", "projects"),
        ("GET", "groups/acme%2Ftools/members/5", "groups/acme%2Ftools/members/5", "settings"),
        ("GET", "groups/acme/tools/variables", "groups/acme%2Ftools/variables", "settings"),
        ("GET", "groups/acme/members", "groups/acme/members", "settings"),
        ("GET", "groups/30/subgroups", "groups/30/subgroups", "projects"),
        ("POST", "users/5/block", "users/5/block", "users"),
        ("GET", "users/5/block", "users/5/block", None),
    ],
)
def test_a_path_of_administration_has_one_form_and_one_function(method, path, canonical, function):
    assert paths.canonical(f"/api/v4/{path}") == f"/api/v4/{canonical}"
    assert function_of(method, f"/api/v4/{path}") == function_of(method, f"/api/v4/{canonical}") == function


@pytest.mark.parametrize("path", ["user", "version", "metadata", "namespaces", "namespaces/7", "namespaces/a%2Fb"])
def test_a_head_request_has_the_route_of_its_get(path):
    assert function_of("HEAD", f"/api/v4/{path}") == "projects"
    assert paths.route_of("HEAD", f"/api/v4/{path}") == paths.route_of("GET", f"/api/v4/{path}")


@pytest.mark.parametrize(("method", "path"), [("POST", "version"), ("HEAD", "versions"), ("HEAD", "user/keys")])
def test_calls_that_nothing_answers_have_no_route(method, path):
    assert paths.route_of(method, f"/api/v4/{path}") is None


@pytest.mark.parametrize(
    ("path", "relocated"),
    [("acme%2Fold", "9"), ("acme%2Fold/triggers/5", "9/triggers/5"), ("acme%2Fold/variables", "9/variables")],
)
def test_a_moved_project_has_its_number_in_place_of_its_path(path, relocated):
    assert paths.relocated(f"/api/v4/projects/{path}", 9) == f"/api/v4/projects/{relocated}"


@given(st.text(alphabet="ab7/%2Ff.-é\n\0", max_size=40))
def test_every_path_has_a_canonical_form_that_is_stable(text):
    assert paths.route_of("POST", BASE + text) or True
    try:
        once = paths.canonical(BASE + text)
    except BadRequest:
        return
    assert paths.canonical(once) == once


@pytest.mark.parametrize(
    ("path", "canonical", "format"),
    [
        ("/api/v4/user.json", "/api/v4/user", "json"),
        ("/api/v4/user.xml/", "/api/v4/user", "xml"),
        ("/api/v4/projects/7/triggers/5.json", "/api/v4/projects/7/triggers/5", "json"),
        ("/api/v4/projects/7.json", "/api/v4/projects/7.json", None),
        ("/api/v4/projects/7/repository/branches/v1.0", "/api/v4/projects/7/repository/branches/v1.0", None),
        ("/api/v4/projects/7/ref/v1.0/trigger/pipeline.json", "/api/v4/projects/7/ref/v1.0/trigger/pipeline", "json"),
        ("/api/v4/namespaces/a.b", "/api/v4/namespaces/a.b", None),
        ("//api/v4///projects//7//triggers//", "/api/v4/projects/7/triggers", None),
    ],
)
def test_a_format_and_surplus_slashes_are_no_part_of_a_path(path, canonical, format):  # noqa: A002 - the field's name
    assert paths.parsed(path) == (canonical, format, True)


@pytest.mark.parametrize(
    "path",
    [
        "user.a.b",
        "user.",
        "nonsense",
        "projects/7/hooks",
        "projects/7/merge_requests/5/pipelines",
        "projects/acme%2Fwidgets/hooks",
        "projects/7/triggers/1.5.6",
        "projects/7/pipelines/1.5/jobs",
        "groups/7/epics",
        "users/5.json/block",
    ],
)
def test_a_path_without_a_route_is_known_as_such(path):
    assert not paths.parsed(f"/api/v4/{path}").is_known
    assert paths.methods(f"/api/v4/{path}") == ()
    assert paths.route_of("GET", f"/api/v4/{path}") is None


def test_the_methods_of_a_path_are_those_of_its_routes():
    assert paths.methods("/api/v4/projects/7/triggers/5") == ("GET", "PUT", "DELETE", "HEAD")
    assert paths.methods("/api/v4/projects/7/trigger/pipeline") == ("POST",)


@pytest.mark.parametrize("path", ["%FF", "projects/%C3/triggers", "a%00", "projects/7\0"])
def test_a_path_that_is_no_text_is_refused(path):
    with pytest.raises(BadRequest):
        paths.parsed(f"/api/v4/{path}")
    assert paths.route_of("GET", f"/api/v4/{path}") is None
