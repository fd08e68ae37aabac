"""`include:remote`: files of a configuration from any web server, with retries.

Source: https://docs.gitlab.com/ci/yaml/#includeremote
"""

from collections.abc import Callable, Mapping

from pullcord.config.context import RemoteBlocked, RemoteFailure
from pullcord.errors import PipelineRefused
from pullcord.projects import Login
from pullcord.usecases.host_ports import Page, RemoteSession

ATTEMPTS = 3
TOO_LATE = "Request timed out when fetching configuration files."
FAILURES = {"timeout": "a timeout error", "socket": "a socket error", "http": "HTTP error"}


class RemoteFiles:
    """Files by URL; each is fetched once per pipeline.

    sleep:  waits, in seconds
    logins: user name and password by URL
    """

    def __init__(
        self, session: RemoteSession, sleep: Callable[[float], None], logins: Mapping[str, Login] | None = None
    ) -> None:
        self._session = session
        self._sleep = sleep
        self._logins = logins or {}
        self._texts: dict[str, str] = {}

    def text(self, url: str) -> str:
        """The body of a URL.

        Raises RemoteFailure and RemoteBlocked in GitLab's words; PipelineRefused when there was no time left to fetch.
        """
        if url not in self._texts:
            self._texts[url] = self._fetched(url)
        return self._texts[url]

    def _fetched(self, url: str) -> str:
        for attempt in range(1, ATTEMPTS + 1):
            page = self._session.page(url, self._logins.get(url))
            if not page.failure:
                return page.text
            if attempt == 1 and not self._session.seconds_left:
                raise PipelineRefused(TOO_LATE, code="evaluation_timeout")
            if attempt == ATTEMPTS or not _is_transient(page) or self._session.seconds_left <= attempt:
                raise _failure(page, attempt)
            self._sleep(attempt)
        raise AssertionError  # the last attempt has answered or raised


def _is_transient(page: Page) -> bool:
    return page.failure == "timeout" or page.status >= 500


def _failure(page: Page, attempts: int) -> RemoteFailure:
    match page.failure:
        case "blocked":
            return RemoteBlocked(f"URL is blocked: {page.reason}")
        case "refused":
            return RemoteBlocked("Failed to open TCP connection")
        case "status":
            cause = f"HTTP code `{page.status}` error"
        case failure:
            cause = FAILURES[failure]
    tries = f"{attempts} attempt{'s' if attempts > 1 else ''}"
    return RemoteFailure(f"could not be fetched after {tries} because of {cause}!")
