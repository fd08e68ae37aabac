"""Refusals of repositories, each with a sentence for people that never contains a secret."""

from pullcord.errors import Refusal


class RefNotFound(Refusal):
    """No branch and no tag has this name."""

    code = "ref_not_found"

    def __init__(self) -> None:
        super().__init__("Reference not found")


class AmbiguousRef(Refusal):
    """The short name is a branch and a tag at once."""

    code = "ambiguous_ref"

    def __init__(self) -> None:
        super().__init__("Ref is ambiguous")


class CommitNotFound(Refusal):
    """A ref exists, but what it points at is no commit: a tag of a tree or a file."""

    code = "commit_not_found"

    def __init__(self) -> None:
        super().__init__("Commit not found")


class RepositoryUnavailable(Refusal):
    """The repository could not be asked, or its answer could not be believed.

    reason: a clause about the repository, without a full stop; never holds credentials or the server's own words
    where:  the host, or `file://`; added where it is known
    """

    code = "repository_unavailable"

    def __init__(self, reason: str, where: str = "") -> None:
        place = f"{where}: " if where else ""
        super().__init__(f"Repository is unavailable: {place}{reason}", details={"host": where, "reason": reason})
        self.reason = reason
        self.where = where


class TimedOut(RepositoryUnavailable):
    """A request that took too long."""


class NoSuchObject(RepositoryUnavailable):
    """A commit, file or tag that does not exist, or that the server does not send."""


class NotACommit(NoSuchObject):
    """An object that exists and is of another kind than the wanted commit."""


class Malformed(RepositoryUnavailable):
    """Bytes that are not what git writes.

    fault: what they should have been, as in "not a tree"
    """

    def __init__(self, fault: str) -> None:
        super().__init__(f"its answer makes no sense ({fault})")
