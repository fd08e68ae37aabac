"""Status and body of each refusal."""

import pytest

from pullcord import errors
from pullcord.wire import refusal_json

NO_PROJECTS = "You cannot create projects in your personal namespace. Contact your GitLab administrator."
SCOPE = "The request requires higher privileges than provided by the access token."


@pytest.mark.parametrize(
    ("refusal", "status", "body"),
    [
        (errors.BadParameters(["a is missing", "b is invalid"]), 400, {"error": "a is missing, b is invalid"}),
        (errors.BadRequest("400 Bad request - x"), 400, {"message": "400 Bad request - x"}),
        (errors.Invalid({"path": ["is taken", "is odd"]}), 400, {"message": {"path": ["is taken", "is odd"]}}),
        (errors.PipelineRefused("Reference not found"), 400, {"message": {"base": ["Reference not found"]}}),
        (errors.PipelineInvalid("broken"), 422, {"message": {"base": ["broken"]}}),
        (errors.Unauthorized(), 401, {"message": "401 Unauthorized"}),
        (errors.Unauthorized("Job is not running"), 401, {"message": "Job is not running"}),
        (errors.InvalidToken("revoked"), 401, {"error": "invalid_token", "error_description": "revoked"}),
        (
            errors.InsufficientScope("api"),
            403,
            {"error": "insufficient_scope", "error_description": SCOPE, "scope": "api"},
        ),
        (errors.Forbidden(), 403, {"message": "403 Forbidden"}),
        (errors.Forbidden("no"), 403, {"message": "403 Forbidden - no"}),
        (errors.ProjectLimitReached(), 403, {"error": [NO_PROJECTS]}),
        (errors.NoSuchRoute(), 404, {"error": "404 Not Found"}),
        (errors.NotFound(), 404, {"message": "404 Not Found"}),
        (errors.NotFound("Project"), 404, {"message": "404 Project Not Found"}),
        (errors.RecordNotFound(), 404, {"message": "404 Not found"}),
        (errors.Conflict("taken"), 409, {"message": "taken"}),
        (errors.PreconditionFailed(), 412, {"message": "412 Precondition Failed"}),
        (errors.TooLarge("too much"), 413, {"error": "too much"}),
        (errors.Unavailable("later"), 503, {"message": "later"}),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, errors.Refusal) else None,
)
def test_a_refusal_is_answered_as_by_gitlab(refusal, status, body):
    answered, answer = refusal_json.answer(refusal)

    assert (answered, answer) == (status, body)
    assert refusal_json.headers(refusal) == {"Pullcord-Code": refusal.code}


def every_kind(kind):
    return [kind, *(below for direct in kind.__subclasses__() for below in every_kind(direct))]


@pytest.mark.parametrize("kind", every_kind(errors.Refusal)[1:])
def test_every_kind_of_refusal_has_an_answer(kind):
    assert any(issubclass(kind, answered) for answered, *_ in refusal_json.ANSWERS)


def test_details_have_our_own_key_for_who_asks_for_them():
    refusal = errors.PipelineRefused("x", code="missing_config", details={"file": ".gitlab-ci.yml"})

    _, answer = refusal_json.answer(refusal, details=True)

    assert answer == {
        "message": {"base": ["x"]},
        "pullcord": {"code": "missing_config", "file": ".gitlab-ci.yml"},
    }


def test_a_stored_refusal_says_where_its_details_are():
    refusal = errors.PipelineRefused("x", code="missing_config")
    refusal.request = (7, 42)

    assert refusal_json.headers(refusal) == {
        "Pullcord-Code": "missing_config",
        "Link": '</api/v4/projects/7/trigger/requests/42>; rel="describedby"',
    }
