import pytest

from pullcord.git import GitHosts, Policy, commit_cache, login
from tests.integration.git.asking import DISCOVERY
from tests.integration.git.hosts import serve


@pytest.fixture(autouse=True)
def unknown(monkeypatch):
    monkeypatch.setattr(login, "WANTED", commit_cache.RecentlyUsed(commit_cache.MEBIBYTE))


def hosts_of(authority, *servers, known=None):
    """Hosts, and the URLs for which credentials were asked."""
    asked = []

    def find(url):
        asked.append(url)
        return known

    return GitHosts(Policy(tuple(f"{one.address}/" for one in servers), authority.pem), None, find), asked


def read(hosts, url, own=None):
    with hosts.open(url, own) as repository:
        return repository.find("main")


def authorized(host):
    return ["Authorization" in headers for *_, headers in host.requests]


def test_a_host_that_lets_everybody_in_is_never_logged_in_to(repositories, authority):
    with serve(repositories, authority) as host:
        hosts, asked = hosts_of(authority, host, known=("ada", "s3cret"))
        assert read(hosts, host.url("project.git"))
    assert (asked, authorized(host)) == ([], [False, False])


def test_a_host_that_wants_a_login_gets_it_once_and_from_then_on_at_once(repositories, authority):
    with serve(repositories, authority, login="ada:s3cret") as host:
        hosts, asked = hosts_of(authority, host, known=("ada", "s3cret"))
        assert read(hosts, host.url("project.git"))
        assert authorized(host) == [False, True, True]
        host.requests.clear()
        assert read(hosts, host.url("project.git"))
    assert authorized(host) == [True, True]
    assert asked == [host.url("project.git")] * 2


def test_the_projects_own_login_wins(repositories, authority):
    with serve(repositories, authority, login="ada:s3cret") as host:
        hosts, asked = hosts_of(authority, host, known=("bob", "wrong"))
        assert read(hosts, host.url("project.git"), ("ada", "s3cret"))
    assert asked == []


@pytest.mark.parametrize(("known", "requests"), [(None, 1), (("ada", "wrong"), 2)])
def test_without_the_right_login_nothing_is_read_and_nothing_told(repositories, authority, known, requests):
    with serve(repositories, authority, login="ada:s3cret") as host:
        hosts, _ = hosts_of(authority, host, known=known)
        with pytest.raises(Exception, match="authentication is required, or the credentials were refused") as refusal:
            read(hosts, host.url("project.git"))
    assert "wrong" not in str(refusal.value)
    assert len(host.requests) == requests


def test_after_a_redirect_to_another_host_nobody_is_logged_in(repositories, authority):
    with serve(repositories, authority, login="ada:s3cret") as other:
        target = other.url(f"project.git{DISCOVERY}")
        with serve(repositories, authority, trick=lambda handler: handler.redirect(target)) as host:
            hosts, asked = hosts_of(authority, host, other, known=("ada", "s3cret"))
            with pytest.raises(Exception, match="authentication is required"):
                read(hosts, host.url("a.git"))
    assert asked == []
    assert authorized(other) == [False]
