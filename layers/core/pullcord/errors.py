"""Every refusal, by name. What a caller is told about it over HTTP is `wire.answers`' business."""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """A wish that cannot be granted: a result, not a fault.

    code:     our stable name for it, in the answer's `pullcord.code` and in metrics
    facts:    what a person needs to change it (rule, file, line, …); never a secret
    replayed: it was told before, to an earlier call with the same idempotency key
    """

    code = "refused"
    replayed = False

    def __init__(
        self, message: str = "", *, code: str | None = None, facts: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.facts: Mapping[str, object] = facts or {}


class BadParameters(Refusal):
    """Parameters are missing or of the wrong type; one phrase each, in the order of their declaration."""

    code = "bad_parameters"

    def __init__(self, phrases: Sequence[str]) -> None:
        super().__init__(", ".join(phrases))


class BadRequest(Refusal):
    """The parameters are there and typed, and still cannot be used."""

    code = "bad_request"


class Unauthorized(Refusal):
    """No credentials, or none that anybody has."""

    code = "unauthorized"


class InvalidToken(Refusal):
    """A personal access token that once was good. `message` says what became of it."""

    code = "invalid_token"


class InsufficientScope(Refusal):
    """A good token that was not made for this. `message` lists the scopes that would do."""

    code = "insufficient_scope"


class Forbidden(Refusal):
    """Known, and not allowed. `message`, if any, is added to GitLab's "403 Forbidden"."""

    code = "forbidden"


class NotFound(Refusal):
    """There is no such thing, or the caller may not know that there is.

    what: "Project", "User", … where GitLab names it; empty where it must not tell.
    """

    code = "not_found"

    def __init__(self, what: str = "", *, code: str | None = None) -> None:
        super().__init__(f"404 {what} Not Found" if what else "404 Not Found", code=code)


class RecordNotFound(NotFound):
    """An object below a project is not there: GitLab spells this one with a small f."""

    def __init__(self) -> None:
        super().__init__()
        self.message = "404 Not found"


class Moved(Refusal):
    """A project has left the path that it was asked for by. number: where it can be found for ever."""

    code = "moved"

    def __init__(self, number: int) -> None:
        super().__init__("Non GET methods are not allowed for moved projects", facts={"project": number})
        self.number = number


class NoSuchRoute(Refusal):
    """No endpoint has this method and path."""

    code = "no_such_route"


class Conflict(Refusal):
    """Somebody was there first: a taken path, an idempotency key with another body."""

    code = "conflict"


class PreconditionFailed(Refusal):
    """`If-Unmodified-Since` is older than the object."""

    code = "precondition_failed"


class TooLarge(Refusal):
    """More bytes than the service takes; `message` names the part."""

    code = "too_large"


class Invalid(Refusal):
    """An object would not be valid. `problems` maps a field to its phrases, as GitLab's models report them."""

    code = "invalid"

    def __init__(self, problems: Mapping[str, Sequence[str]], *, code: str | None = None) -> None:
        super().__init__("; ".join(f"{field} {phrase}" for field, phrases in problems.items() for phrase in phrases))
        self.problems = problems
        self.code = code or type(self).code


class Unprocessable(Refusal):
    """An object would not be valid, told in one sentence."""

    code = "invalid"


class PipelineRefused(Refusal):
    """No pipeline, and nothing stored: GitLab's text, to be read under `base`."""

    code = "pipeline_refused"


class PipelineInvalid(Refusal):
    """The configuration is wrong: a failed pipeline was stored to show why."""

    code = "config_error"


class Unavailable(Refusal):
    """Something that we depend on did not answer in time; the caller may try again."""

    code = "unavailable"
