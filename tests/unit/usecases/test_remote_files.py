from dataclasses import dataclass

import pytest

from pullcord.config.context import RemoteBlocked, RemoteFailure
from pullcord.errors import PipelineRefused
from pullcord.usecases.pipelines.remote_files import RemoteFiles
from tests.unit.usecases.fakes import GitHosts

URL = "https://ci.example.com/a.yml"


@dataclass
class Page:
    text: str = ""
    failure: str = ""
    status: int = 0
    reason: str = ""


JOB, SLOW, BUSY = Page("job"), Page(failure="timeout"), Page(failure="status", status=502)


class Addresses:
    """Pages one after the other, each at a cost in seconds, out of 13; the pauses in between."""

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


def test_an_address_is_read_once_for_a_pipeline():
    addresses = Addresses(JOB)

    assert addresses.files.text(URL) == addresses.files.text(URL) == "job"
    assert addresses.hosts.asked == [URL]


@pytest.mark.parametrize(("pages", "pauses"), [([SLOW, JOB], [1]), ([BUSY, BUSY, JOB], [1, 2])])
def test_what_may_pass_is_tried_again_after_a_pause(pages, pauses):
    addresses = Addresses(*pages)

    assert addresses.files.text(URL) == "job"
    assert addresses.pauses == pauses


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
def test_what_failed_is_told_in_gitlabs_words(pages, phrase):
    assert Addresses(*pages).failure() == phrase


@pytest.mark.parametrize(
    ("page", "phrase"),
    [
        (Page(failure="blocked", reason="URI is invalid"), "URL is blocked: URI is invalid"),
        (Page(failure="refused"), "Failed to open TCP connection"),
    ],
)
def test_what_is_not_asked_is_not_tried_again(page, phrase):
    assert Addresses(page).failure(RemoteBlocked) == phrase


def test_without_time_for_another_attempt_the_last_one_counts():
    assert Addresses(SLOW, SLOW, SLOW, cost=4).failure().startswith("could not be fetched after 3 attempts")
    assert Addresses(SLOW, SLOW, SLOW, cost=6).failure().startswith("could not be fetched after 2 attempts")


def test_without_time_for_the_first_attempt_there_is_no_pipeline():
    with pytest.raises(PipelineRefused, match="Request timed out when fetching configuration files"):
        Addresses(SLOW, cost=13).files.text(URL)
