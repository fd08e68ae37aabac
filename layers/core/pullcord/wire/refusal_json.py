"""The status and body of each refusal, as GitLab has them; beside them what GitLab does not tell, for who asks for it."""

from collections.abc import Callable

from pullcord import errors
from pullcord.errors import Refusal

Body = dict[str, object]


def _error(refusal: Refusal) -> Body:
    return {"error": refusal.message}


def _message(refusal: Refusal) -> Body:
    return {"message": refusal.message}


def _base(refusal: Refusal) -> Body:
    return {"message": {"base": [refusal.message]}}


def _forbidden(refusal: Refusal) -> Body:
    return {"message": f"403 Forbidden - {refusal.message}" if refusal.message else "403 Forbidden"}


def _invalid(refusal: Refusal) -> Body:
    problems = refusal.problems if isinstance(refusal, errors.Invalid) else {}
    return {"message": {field: list(phrases) for field, phrases in problems.items()}}


def _invalid_token(refusal: Refusal) -> Body:
    return {"error": "invalid_token", "error_description": refusal.message}


def _scope(refusal: Refusal) -> Body:
    description = "The request requires higher privileges than provided by the access token."
    return {"error": "insufficient_scope", "error_description": description, "scope": refusal.message}


# refusal, status, body; the first row that is a kind of the refusal counts
ANSWERS: list[tuple[type[Refusal], int, Callable[[Refusal], Body]]] = [
    (errors.BadParameters, 400, _error),
    (errors.Invalid, 400, _invalid),
    (errors.PipelineRefused, 400, _base),
    (errors.PipelineInvalid, 422, _base),
    (errors.Unprocessable, 422, _message),
    (errors.BadRequest, 400, _message),
    (errors.Unauthorized, 401, lambda refusal: {"message": refusal.message or "401 Unauthorized"}),
    (errors.InvalidToken, 401, _invalid_token),
    (errors.InsufficientScope, 403, _scope),
    (errors.Forbidden, 403, _forbidden),
    (errors.ProjectLimitReached, 403, lambda refusal: {"error": [refusal.message]}),
    (errors.Moved, 405, _message),
    (errors.NoSuchRoute, 404, lambda _: {"error": "404 Not Found"}),
    (errors.NotFound, 404, _message),
    (errors.Conflict, 409, _message),
    (errors.PreconditionFailed, 412, lambda _: {"message": "412 Precondition Failed"}),
    (errors.TooLarge, 413, _error),
    (errors.PathTooLong, 414, lambda _: {"error": "414 URI Too Long"}),
    (errors.UnsupportedFormat, 406, _error),
    (errors.UnsupportedType, 415, _error),
    (errors.Unavailable, 503, _message),
    (Refusal, 400, _message),  # of rooms that wire does not know: a repository that cannot be asked
]


def answer(refusal: Refusal, *, details: bool = False) -> tuple[int, Body]:
    """Status and body: GitLab's keys alone, since clients print every other key to their users.

    details: whether the caller has asked for the key `pullcord`, which holds code and details
    """
    status, body = next((status, body) for kind, status, body in ANSWERS if isinstance(refusal, kind))
    ours: Body = {"pullcord": {"code": refusal.code, **refusal.details}}
    return status, {**body(refusal), **ours} if details else body(refusal)


def headers(refusal: Refusal) -> dict[str, str]:
    """`Pullcord-Code`, and the address at which the details of a stored refusal stand for a day."""
    own = {"Pullcord-Code": refusal.code}
    if refusal.request is None:
        return own
    project_id, request_id = refusal.request
    return {**own, "Link": f'</api/v4/projects/{project_id}/trigger/requests/{request_id}>; rel="describedby"'}
