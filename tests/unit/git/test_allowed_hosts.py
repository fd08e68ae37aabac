import re

import pytest

from pullcord.git import Policy, RepositoryUnavailable, open_repository
from tests.template.stack import TEMPLATE

REASON = "its host is not one of those allowed here"


def reason(url, policy):
    """Why a remote is refused before anything is asked; None if it is not."""
    try:
        open_repository(url, policy).close()
    except RepositoryUnavailable as refused:
        return refused.reason
    return None


@pytest.mark.parametrize(
    ("hosts", "url", "allowed"),
    [
        ("", "https://git.example.com/a.git", True),
        ("git.example.com", "https://git.example.com/a.git", True),
        ("git.example.com", "https://ada:secret@GIT.Example.COM.:8443/a.git", True),
        ("Git.Example.com", "https://git.example.com/a.git", True),
        ("git.example.com", "https://git.example.net/a.git", False),
        ("git.example.com", "https://other.git.example.com/a.git", False),
        ("git.example.com", "https://git.example.com.example.net/a.git", False),
        ("git.example.com", "https://git.example.com@example.net/a.git", False),
        ("git.example.com, example.org", "https://example.org/a.git", True),
        ("*.example.com", "https://git.example.com/a.git", True),
        ("*.example.com", "https://a.b.example.com/a.git", True),
        ("*.example.com", "https://example.com/a.git", False),
        ("*.example.com", "https://notexample.com/a.git", False),
        ("*.example.com,example.com", "https://example.com/a.git", True),
        ("140.82.121.4", "https://140.82.121.4/a.git", True),
        ("140.82.121.4", "https://140.82.121.40/a.git", False),
        ("git.example.com", "https://[2606:50c0:8000::153]/a.git", False),
    ],
)
def test_a_remote_is_on_one_of_the_allowed_hosts(hosts, url, allowed):
    assert reason(url, Policy.of("", hosts=hosts)) == (None if allowed else REASON)


def test_a_remote_with_an_allowed_prefix_may_be_on_any_host():
    policy = Policy.of("file://, http://127.0.0.1:8000/", hosts="git.example.com")

    assert reason("file:///srv/git/a.git", policy) is None
    assert reason("http://127.0.0.1:8000/a.git", policy) is None
    assert reason("https://127.0.0.1:8000/a.git", policy) == REASON


def test_an_allowed_host_still_needs_https():
    assert (
        reason("http://git.example.com/a.git", Policy(hosts=("git.example.com",)))
        == "a remote must begin with https://"
    )


@pytest.mark.parametrize(
    ("hosts", "valid"),
    [
        ("", True),
        ("git.example.com", True),
        ("git.example.com, *.example.org,10.0.0.1", True),
        ("*", False),
        ("*.", False),
        (",", False),
        (" ", False),
        ("git.example.com,", False),
        ("git.example.com.", False),
        ("*example.com", False),
        ("git.*.com", False),
        ("https://git.example.com", False),
        ("git.example.com/acme", False),
        ("git.example.com:8443", False),
    ],
)
def test_the_template_parameter_accepts_host_names_alone(hosts, valid):
    pattern = TEMPLATE["Parameters"]["AllowedGitHosts"]["AllowedPattern"]

    assert bool(re.fullmatch(pattern, hosts)) == valid
