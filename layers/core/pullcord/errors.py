"""Every refusal, by name. `wire.refusal_json` has the status and body of each."""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """A request that is rejected for an expected reason. Not a bug: it is answered with a 4xx.

    code:     its stable name, in the header `Pullcord-Code` and in metrics
    details:  what a person needs to change it (rule, file, line, …); never a secret
    replayed: whether it repeats the answer to an earlier call with the same idempotency key
    request:  project and request under which it is stored for a day; None if it is not
    """

    code = "refused"
    replayed = False
    request: tuple[int, int] | None = None

    def __init__(
        self, message: str = "", *, code: str | None = None, details: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.details: Mapping[str, object] = details or {}


class BadParameters(Refusal):
    """Missing parameters or parameters of the wrong type; one phrase each, in the order of their declaration."""

    code = "bad_parameters"

    def __init__(self, phrases: Sequence[str]) -> None:
        super().__init__(", ".join(phrases))


class BadRequest(Refusal):
    """Well-formed parameters that cannot be used."""

    code = "bad_request"


class Unauthorized(Refusal):
    """Missing or unknown credentials."""

    code = "unauthorized"


class InvalidToken(Refusal):
    """A personal access token that is expired or revoked. `message` says which."""

    code = "invalid_token"


class InsufficientScope(Refusal):
    """A valid token without a scope that the operation needs. `message` lists the scopes that would do."""

    code = "insufficient_scope"


class Forbidden(Refusal):
    """A known caller without the permission. `message`, if any, is added to GitLab's "403 Forbidden"."""

    code = "forbidden"


class ProjectLimitReached(Refusal):
    """A project that would exceed its creator's `projects_limit`."""

    code = "projects_limit"

    def __init__(self) -> None:
        super().__init__("You cannot create projects in your personal namespace. Contact your GitLab administrator.")


class NotFound(Refusal):
    """An object that does not exist, or whose existence the caller may not know.

    what: "Project", "User", … where GitLab names it; empty where it must not say.
    """

    code = "not_found"

    def __init__(self, what: str = "", *, code: str | None = None) -> None:
        super().__init__(f"404 {what} Not Found" if what else "404 Not Found", code=code)


class RecordNotFound(NotFound):
    """A missing object below a project. GitLab spells this one with a small f."""

    def __init__(self) -> None:
        super().__init__()
        self.message = "404 Not found"


class Moved(Refusal):
    """A project that has left the requested path. number: its id, by which it is always found."""

    code = "moved"

    def __init__(self, number: int) -> None:
        super().__init__("Non GET methods are not allowed for moved projects", details={"project": number})
        self.number = number


class NoSuchRoute(Refusal):
    """A method and path that no endpoint has."""

    code = "no_such_route"


class PathTooLong(Refusal):
    """A path with more characters than any route needs."""

    code = "path_too_long"


class UnsupportedFormat(Refusal):
    """An answer that is asked for in another format than JSON."""

    code = "unsupported_format"

    def __init__(self, name: object) -> None:
        super().__init__(f"The requested format '{name}' is not supported.")


class UnsupportedType(Refusal):
    """A body of a media type that is not read. media_type: "" for a body without one."""

    code = "unsupported_type"

    def __init__(self, media_type: str) -> None:
        super().__init__(f"The provided content-type '{media_type}' is not supported.")


class Conflict(Refusal):
    """A clash with something that exists: a taken path, an idempotency key with another body."""

    code = "conflict"


class PreconditionFailed(Refusal):
    """An object that was changed after `If-Unmodified-Since`."""

    code = "precondition_failed"


class TooLarge(Refusal):
    """A request with more bytes than the service accepts; `message` names the part."""

    code = "too_large"


class Invalid(Refusal):
    """An object that would not be valid. `problems` maps a field to its phrases, as GitLab's models report them."""

    code = "invalid"

    def __init__(self, problems: Mapping[str, Sequence[str]], *, code: str | None = None) -> None:
        super().__init__("; ".join(f"{field} {phrase}" for field, phrases in problems.items() for phrase in phrases))
        self.problems = problems
        self.code = code or type(self).code


class Unprocessable(Refusal):
    """An object that would not be valid, reported in one sentence."""

    code = "invalid"


class PipelineRefused(Refusal):
    """A refused pipeline; nothing is stored. The text is GitLab's, answered under `base`."""

    code = "pipeline_refused"


class PipelineInvalid(Refusal):
    """A wrong configuration; a failed pipeline is stored that shows why."""

    code = "config_error"


class Unavailable(Refusal):
    """A dependency that did not answer in time; the caller may try again."""

    code = "unavailable"
