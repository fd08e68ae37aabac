from dataclasses import dataclass

import pytest

from pullcord.config.context import RemoteBlocked, RemoteFailure
from pullcord.errors import PipelineRefused
from pullcord.usecases.pipelines.remote_files import RemoteFiles
from tests.unit.usecases.hosts import GitHosts

URL = "https://ci.example.com/a.yml"


@dataclass
class Page:
    text: str = ""
    failure: str = ""
    status: int = 0
    reason: str = ""


JOB, SLOW, BUSY = Page("job"), Page(failure="timeout"), Page(failure="status", status=502)


class Downloads:
    """Answers one after the other, each at a cost in seconds, out of 13; and the pauses in between."""

    def __init__(self, *pages, cost=0.1):
        self.hosts, self.pauses = GitHosts({}, {URL: list(pages)}, cost, seconds_left=13), []
        self.files = RemoteFiles(self.hosts, self.sleep)

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.hosts.seconds_left -= seconds

    def failure(self, kind=RemoteFailure):
        with pytest.raises(kind) as failure:
            self.files.text(URL)
        return str(failure.value)


def test_a_url_is_fetched_once_for_a_pipeline():
    downloads = Downloads(JOB)

    assert downloads.files.text(URL) == downloads.files.text(URL) == "job"
    assert downloads.hosts.asked == [URL]


@pytest.mark.parametrize(("pages", "pauses"), [([SLOW, JOB], [1]), ([BUSY, BUSY, JOB], [1, 2])])
def test_a_transient_failure_is_retried_after_a_pause(pages, pauses):
    downloads = Downloads(*pages)

    assert downloads.files.text(URL) == "job"
    assert downloads.pauses == pauses


@pytest.mark.parametrize(
    ("pages", "phrase"),
    [
        ([BUSY] * 3, "could not be fetched after 3 attempts because of HTTP code `502` error!"),
        ([SLOW] * 3, "could not be fetched after 3 attempts because of a timeout error!"),
        ([BUSY, Page(failure="socket")], "could not be fetched after 2 attempts because of a socket error!"),
        (
            [Page(failure="status", status=404)],
            "could not be fetched after 1 attempt because of HTTP code `404` error!",
        ),
        ([Page(failure="http")], "could not be fetched after 1 attempt because of HTTP error!"),
    ],
)
def test_a_failure_is_reported_in_gitlabs_words(pages, phrase):
    assert Downloads(*pages).failure() == phrase


@pytest.mark.parametrize(
    ("page", "phrase"),
    [
        (Page(failure="blocked", reason="URI is invalid"), "URL is blocked: URI is invalid"),
        (Page(failure="refused"), "Failed to open TCP connection"),
    ],
)
def test_a_blocked_or_refused_request_is_not_retried(page, phrase):
    assert Downloads(page).failure(RemoteBlocked) == phrase


def test_no_attempt_begins_without_time_for_it():
    assert Downloads(SLOW, SLOW, SLOW, cost=4).failure().startswith("could not be fetched after 3 attempts")
    assert Downloads(SLOW, SLOW, SLOW, cost=6).failure().startswith("could not be fetched after 2 attempts")


def test_without_time_for_the_first_attempt_the_pipeline_is_refused():
    with pytest.raises(PipelineRefused, match="Request timed out when fetching configuration files"):
        Downloads(SLOW, cost=13).files.text(URL)


def test_a_login_is_for_its_url_alone():
    hosts = GitHosts({}, {URL: [JOB], f"{URL}?": [JOB]}, seconds_left=13)
    files = RemoteFiles(hosts, None, {URL: ("ada", "s3cret")})

    assert files.text(URL) == files.text(f"{URL}?") == "job"
    assert hosts.asked == [(URL, ("ada", "s3cret")), f"{URL}?"]
