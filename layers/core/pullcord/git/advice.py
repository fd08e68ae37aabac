"""Advice on the URL of a remote: what is wrong with it and what is wanted instead, for the person who sets it."""

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from pullcord.errors import Refusal
from pullcord.git.policy import Policy
from pullcord.git.refusals import RepositoryUnavailable
from pullcord.git.remotes import HOST, IPV4, MAX_URL_LENGTH, NUMBER, Remote, parse

EXAMPLE = "https://git.example.com/group/project.git"
LOCAL_EXAMPLE = "file:///srv/git/project"
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
SSH = re.compile(r"(?=[^/]*:)(?:[^@/:]+@)?[^@/:]+:(?!//)")
INVALID_URI, INVALID_HOST = "URI is invalid", "Hostname or IP address invalid"


def check(url: str, policy: Policy) -> Remote:
    """A remote that the policy allows. Raises Refusal with a reason and advice that never repeat the URL.

    The reasons are GitLab's where it has one: https://docs.gitlab.com/api/projects/#create-a-project
    """
    try:
        return parse(url, policy)
    except RepositoryUnavailable as refusal:
        reason = _length(url) or _characters(url) or _scheme(url, policy) or _parts(url)
        if reason is None:
            raise
        raise Refusal(f"{reason} {_wanted(policy)}", code=refusal.code) from refusal


def checks(policy: Policy) -> Callable[[str], Remote]:
    """`check` with this policy."""
    return lambda url: check(url, policy)


def _schemes(policy: Policy) -> list[str]:
    """The schemes of which any remote may be allowed."""
    more = {prefix.partition(":")[0] for prefix in policy.allowed if "://" in prefix}
    return ["https", *sorted(more - {"https"})]


def _wanted(policy: Policy) -> str:
    local = f" or {LOCAL_EXAMPLE}" if "file" in _schemes(policy) else ""
    return f"Send the address of a git repository, such as {EXAMPLE}{local}."


def _length(url: str) -> str | None:
    return f"it is too long (maximum is {MAX_URL_LENGTH} characters)." if len(url) > MAX_URL_LENGTH else None


def _characters(url: str) -> str | None:
    if any(character.isspace() and character.isprintable() for character in url):
        return f"{INVALID_URI}: it contains a space."
    if not url.isprintable():
        return f"{INVALID_URI}: it contains a control character or a line break."
    if not url.isascii():
        return f"{INVALID_URI}: it contains a character outside of ASCII, which has to be percent-encoded."
    return f"{INVALID_URI}: it contains a backslash." if "\\" in url else None


def _scheme(url: str, policy: Policy) -> str | None:
    """The reason if the text does not begin with an allowed scheme: it is a path, an address for SSH, or of another scheme."""
    allowed = _schemes(policy)
    only = f"Only allowed schemes are {', '.join(allowed)}"
    found = SCHEME.match(url)
    scheme = found[0].lower() if found else ""
    if scheme in {"ssh", "git+ssh"} or (scheme not in {*allowed, "http", "ftp", "git"} and SSH.match(url)):
        return f"{only}: this is an address for SSH."
    if not found:
        return f"{only}: this is a path or a name, not an address."
    return None if scheme in allowed else f"{only}: this one has another scheme."


def _parts(url: str) -> str | None:
    scheme = url.partition(":")[0].lower()
    if not url.partition(":")[2].startswith("//"):
        return f"{INVALID_URI}: two slashes must follow {scheme}:."
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return f"{INVALID_URI}: its host or port cannot be understood."
    if scheme == "file":
        return (
            f"{INVALID_URI}: file:// must be followed by an absolute path." if parts.netloc else _path(url, parts.path)
        )
    if not host:
        return f"{INVALID_HOST}: there is no host after {scheme}://."
    odd_number = NUMBER.fullmatch(host.rpartition(".")[2]) and not IPV4.fullmatch(host)
    if port == 0 or odd_number or (not HOST.fullmatch(host) and ":" not in host):
        return f"{INVALID_HOST}: the host or port is not spelled as usual."
    return _path(url, parts.path)


def _path(url: str, path: str) -> str | None:
    if "?" in url or "#" in url:
        return f"{INVALID_URI}: it must not contain ? or #."
    if not path.startswith("/"):
        return f"{INVALID_URI}: the path of the repository is missing."
    climbs = any(part in {".", ".."} for part in unquote(path).split("/"))
    return f"{INVALID_URI}: no part of its path may be . or .. alone." if climbs else None
