"""From a remote's URL to a repository that can be asked."""

from pullcord.git.memory import Facts
from pullcord.git.policy import Cache, Credentials, Policy
from pullcord.git.refusals import RepositoryUnavailable
from pullcord.git.repository import Repository


def open_repository(
    remote: str, policy: Policy, credentials: Credentials | None = None, cache: Cache | None = None
) -> Repository:
    """A repository behind a URL. Nothing is read, looked up or connected yet.

    remote:      `https://host/path`, or what `policy.allowed` adds; a user name and password in it are used and hidden
    credentials: win over those in the URL
    cache:       keeps what commits hold, for ever; not used for `file://`, which is as near as any cache
    Raises RepositoryUnavailable for a URL that the policy does not allow.
    """
    if remote.startswith("file://"):
        if not _is_allowed(remote, policy):
            raise RepositoryUnavailable("a remote must begin with https://", "file://")
        from pullcord.git.local import LocalOrigin

        return Repository("file://", LocalOrigin(remote, policy.limits), Facts(remote, None), policy.limits)
    raise RepositoryUnavailable("a remote must begin with https://")


def _is_allowed(remote: str, policy: Policy) -> bool:
    return remote.startswith(policy.allowed)
