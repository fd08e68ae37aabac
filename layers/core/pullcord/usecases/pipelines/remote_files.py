"""`include:remote`: a configuration's file from anywhere, asked for again when that may help.

Source: https://docs.gitlab.com/ci/yaml/#includeremote
"""

from collections.abc import Callable

from pullcord.config.context import RemoteBlocked, RemoteFailure
from pullcord.errors import PipelineRefused
from pullcord.usecases.pipelines.hosts import Page, Visit

ATTEMPTS = 3
TOO_LATE = "Request timed out when fetching configuration files."
FAILURES = {"timeout": "a timeout error", "socket": "a socket error", "http": "HTTP error"}


class RemoteFiles:
    """The same address is read once for a pipeline. sleep: waits, in seconds."""

    def __init__(self, visit: Visit, sleep: Callable[[float], None]) -> None:
        self._visit = visit
        self._sleep = sleep
        self._texts: dict[str, str] = {}

    def text(self, url: str) -> str:
        """The body of a URL.

        Raises RemoteFailure and RemoteBlocked in GitLab's words; PipelineRefused when there was no time even to ask.
        """
        if url not in self._texts:
            self._texts[url] = self._fetched(url)
        return self._texts[url]

    def _fetched(self, url: str) -> str:
        for attempt in range(1, ATTEMPTS + 1):
            page = self._visit.page(url)
            if not page.failure:
                return page.text
            if attempt == 1 and not self._visit.seconds_left:
                raise PipelineRefused(TOO_LATE, code="evaluation_timeout")
            if attempt == ATTEMPTS or not _may_pass(page) or self._visit.seconds_left <= attempt:
                raise _failure(page, attempt)
            self._sleep(attempt)
        raise AssertionError  # the last attempt has answered or raised


def _may_pass(page: Page) -> bool:
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
