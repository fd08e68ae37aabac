import threading

import pytest

from pullcord.git import GitHosts, Policy
from pullcord.git.clock import Clock
from pullcord.git.web import MAX_BYTES, Page, get
from tests.integration.git.hosts import serve

JOB = b"build: {script: make}\n"


def asked(host, path, authority, **named):
    policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
    return get(host.url(path), policy, Clock(2, 2), **named)


def answering(status=200, content=JOB, *headers):
    def trick(handler):
        handler.reply(status, content, *headers)
        return True

    return trick


def test_a_page_is_read_over_tls_with_its_query(tmp_path, authority):
    with serve(tmp_path, authority, trick=answering(content=b"\xef\xbb\xbf" + JOB)) as host:
        assert asked(host, "ci/a.yml?ref=main#here", authority) == Page(JOB.decode())
    assert [path for _, path, _ in host.requests] == ["/ci/a.yml?ref=main"]
    assert "Authorization" not in host.requests[0][2]


def test_a_user_in_the_url_logs_in_by_basic_authentication(tmp_path, authority):
    with serve(tmp_path, authority, trick=answering()) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        assert get(host.url("a.yml").replace("//", "//ada:s3%20cret@"), policy, Clock(2, 2)).text == JOB.decode()
    assert host.requests[0][2]["Authorization"] == "Basic YWRhOnMzIGNyZXQ="


@pytest.mark.parametrize("scheme", ["http", "HTTP", "file"])
def test_a_page_is_read_by_https_alone_whatever_the_policy_allows_for_repositories(tmp_path, reached, scheme):
    (tmp_path / "a.yml").write_bytes(JOB)
    with serve(tmp_path, None, trick=answering()) as host:
        policy = Policy(allowed=(f"{host.address}/", "http://", "file://"))
        url = f"{scheme}://{tmp_path}/a.yml" if scheme == "file" else host.url("a.yml").replace("http", scheme, 1)
        page = get(url, policy, Clock(2, 2))

    assert page == Page(failure="blocked", reason="Only allowed schemes are https")
    assert not reached


def test_a_login_is_sent_to_the_page_and_along_on_the_same_host(tmp_path, authority):
    def trick(handler):
        return handler.redirect("/b.yml") if handler.path == "/a.yml" else answering()(handler)

    with serve(tmp_path, authority, trick=trick) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        assert get(host.url("a.yml"), policy, Clock(2, 2), ("ada", "s3 cret")).text == JOB.decode()
    assert [headers["Authorization"] for _, _, headers in host.requests] == ["Basic YWRhOnMzIGNyZXQ="] * 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(tmp_path, authority, status):
    def trick(handler):
        return handler.redirect("/b.yml?x=1", status) if handler.path == "/a.yml" else answering()(handler)

    with serve(tmp_path, authority, trick=trick) as host:
        assert asked(host, "a.yml", authority).text == JOB.decode()
    assert [path for _, path, _ in host.requests] == ["/a.yml", "/b.yml?x=1"]


@pytest.mark.parametrize(
    "target",
    [
        "https://127.0.0.1:1/a.yml", "https://169.254.169.254/latest/meta-data/", "http://127.0.0.1/a.yml", "file:///etc/passwd",
        "https://[::1]/a.yml", "https://2130706433/a.yml", "https://ada:s3cret@127.0.0.1/a.yml", "//localhost/a.yml", "https://[",
    ],
)  # fmt: skip
def test_a_redirect_to_anywhere_inside_is_blocked(tmp_path, authority, reached, target):
    with serve(tmp_path, authority, trick=lambda handler: handler.redirect(target)) as host:
        page = asked(host, "a.yml", authority)
    assert (page.failure, page.text) == ("blocked", "")
    assert set(reached) == {("127.0.0.1", host.port)}


def test_a_redirect_without_end_is_an_error(tmp_path, authority):
    with serve(tmp_path, authority, trick=lambda handler: handler.redirect("/a.yml")) as host:
        assert asked(host, "a.yml", authority) == Page(failure="http")
    assert len(host.requests) == 4


@pytest.mark.parametrize("status", [304, 400, 401, 404, 500, 503])
def test_any_other_status_is_reported(tmp_path, authority, status):
    with serve(tmp_path, authority, trick=answering(status, b"")) as host:
        assert asked(host, "a.yml", authority) == Page(failure="status", status=status)


def test_a_page_without_end_is_left_before_it_fills_the_memory(tmp_path, authority):
    with serve(tmp_path, authority, trick=answering(content=b"#" * (MAX_BYTES + 1))) as host:
        assert asked(host, "a.yml", authority) == Page(failure="http")


def test_what_is_no_http_is_an_error(tmp_path, authority):
    with serve(tmp_path, authority, trick=lambda handler: handler.raw(b"SSH-2.0\r\n\r\n")) as host:
        assert asked(host, "a.yml", authority) == Page(failure="http")


def test_a_certificate_of_nobody_is_an_error(tmp_path, authority):
    with serve(tmp_path, authority, trick=answering()) as host:
        assert get(host.url("a.yml"), Policy((f"{host.address}/",)), Clock(2, 2)) == Page(failure="http")
    assert host.requests == []


def test_a_silent_host_takes_no_longer_than_the_clock(tmp_path, authority):
    left, waited = threading.Event(), []
    with serve(tmp_path, authority, trick=lambda _: waited.append(left.wait(30)) or True) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        assert get(host.url("a.yml"), policy, Clock(0.4, 0.4)) == Page(failure="timeout")
        assert not waited
        left.set()


def test_a_visit_ends_for_pages_and_repositories_together(repositories, authority):
    with serve(repositories, authority) as host:
        hosts = GitHosts(Policy((f"{host.address}/",), authority.pem), None, lambda _: None)
        with hosts.open_session(0.0) as open_session:
            assert open_session.seconds_left == 0
            assert open_session.page(host.url("a.yml")) == Page(failure="timeout")
            with pytest.raises(Exception, match="no time was left for it"):
                open_session.repository(host.url("project.git")).find("main")
    assert host.requests == []
