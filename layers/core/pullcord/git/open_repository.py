"""From a remote's URL to a repository that can be asked."""

from copy import replace
from math import inf

from pullcord.git.commit_cache import CommitFiles
from pullcord.git.policy import Cache, Credentials, FindCredentials, Policy, nobody
from pullcord.git.remotes import parse
from pullcord.git.repository import Repository


def open_repository(
    remote: str,
    policy: Policy,
    credentials: Credentials | None = None,
    cache: Cache | None = None,
    *,
    find: FindCredentials = nobody,
    until: float = inf,
) -> Repository:
    """A repository behind a URL. Nothing is read, looked up or connected yet.

    remote:      `https://host/path`, or what `policy.allowed` adds; a user name and password in it are used and hidden
    credentials: win over those in the URL
    find:        asked when a host wants credentials and there are neither these nor any in the URL
    until:       when the time of all questions is over, as `time.monotonic` counts
    cache:       keeps what commits hold, for ever; not used for `file://`, which is as near as any cache
    Raises RepositoryUnavailable for a URL that the policy does not allow.
    """
    parsed = parse(remote, policy)
    if parsed.scheme == "file":
        from pullcord.git.local import LocalOrigin

        return Repository(
            parsed.where, LocalOrigin(parsed, policy.limits), CommitFiles(parsed.url, None), policy.limits
        )
    from pullcord.git.remote import RemoteOrigin

    origin = RemoteOrigin(replace(parsed, credentials=credentials or parsed.credentials), policy, find, until)
    return Repository(parsed.where, origin, CommitFiles(parsed.url, cache), policy.limits)
