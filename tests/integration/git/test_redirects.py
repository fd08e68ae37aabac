import pytest

from pullcord.git import Credentials, Policy
from tests.integration.git.asking import DISCOVERY, refused, resolve
from tests.integration.git.hosts import serve
from tests.unit.git import hostile


def redirects(*targets, status=302):
    """The n-th request is sent to the n-th target."""
    waiting = list(targets)

    def trick(handler):
        return handler.redirect(waiting.pop(0), status) if waiting else False

    return trick


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_renamed_repository_is_followed_for_all_requests(repositories, status):
    with serve(repositories, trick=redirects(f"/project.git{DISCOVERY}", status=status)) as host:
        sha = resolve(host.url("old-name.git"), Policy(allowed=(f"{host.address}/",))).sha

    assert len(sha) == 40
    assert [path.split("?")[0] for _, path, _ in host.requests] == [
        "/old-name.git/info/refs", "/project.git/info/refs", "/project.git/git-upload-pack",
    ]  # fmt: skip


def test_three_redirects_are_followed_and_a_fourth_is_not(repositories):
    for count in (3, 4):
        with serve(repositories, trick=redirects(*[f"/project.git{DISCOVERY}"] * count)) as host:
            policy = Policy(allowed=(f"{host.address}/",))
            if count == 3:
                assert resolve(host.url("a.git"), policy)
            else:
                assert refused(host.url("a.git"), policy) == "it redirects more than 3 times"


def test_a_redirect_in_the_middle_is_not_followed(repositories):
    def trick(handler):
        return handler.command == "POST" and handler.redirect("/project.git/git-upload-pack", 307)

    with serve(repositories, trick=trick) as host:
        reason = refused(host.url("project.git"), Policy(allowed=(f"{host.address}/",)))
    assert (reason, host.methods) == ("it redirects in the middle of a conversation", ["GET", "POST"])


def test_credentials_stay_with_their_host(repositories):
    with serve(repositories) as other:
        target = other.url(f"project.git{DISCOVERY}")
        with serve(repositories, trick=redirects(f"/b.git{DISCOVERY}", target)) as host:
            policy = Policy(allowed=(f"{host.address}/", f"{other.address}/"))
            assert resolve(host.url("a.git"), policy, Credentials("ada", "s3cret"))

    assert ["Authorization" in headers for *_, headers in host.requests] == [True, True]
    assert ["Authorization" in headers for *_, headers in other.requests] == [False, False]


def test_hundreds_of_hostile_redirects_lead_nowhere_else(repositories, reached):
    targets = [f"{url}{DISCOVERY}" for url in (*hostile.URLS, *hostile.SCHEMES) if url.isprintable() and url.isascii()]
    targets += [
        "",
        "/",
        "https://git.example.com/",
        f"http://ada:s3cret@127.0.0.1:PORT/a{DISCOVERY}",
        f"/../a{DISCOVERY}",
    ]

    def trick(handler):
        number = handler.path.strip("/").split(".")[0]
        return number.isdigit() and handler.redirect(targets[int(number)].replace("PORT", str(host.port)))

    with serve(repositories, trick=trick) as host:
        policy = Policy(allowed=(f"{host.address}/",))
        reasons = [refused(host.url(f"{number}.git"), policy) for number in range(len(targets))]

    assert len(targets) > 600
    assert set(reached) == {("127.0.0.1", host.port)}
    assert "s3cret" not in "".join(reasons)


def test_a_redirect_to_another_port_of_an_allowed_host_must_be_public(repositories, authority):
    def trick(handler):
        return handler.redirect(other.url(f"project.git{DISCOVERY}"))

    with serve(repositories, authority) as other, serve(repositories, authority, trick=trick) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        assert refused(host.url("a.git"), policy) == "its address is not public"
    assert (other.connections, other.requests) == (0, [])


def test_a_redirect_to_a_host_that_repositories_may_not_be_on_is_not_followed(repositories, authority, reached):
    target = f"https://git.example.net/project.git{DISCOVERY}"
    with serve(repositories, authority, trick=redirects(target)) as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem, hosts=("git.example.com",))
        assert refused(host.url("a.git"), policy) == "its host is not one of those allowed here"
    assert set(reached) == {("127.0.0.1", host.port)}


def test_a_redirect_from_tls_to_plain_is_not_followed_even_to_an_allowed_host(repositories, authority):
    def trick(handler):
        return handler.redirect(plain.url(f"project.git{DISCOVERY}"))

    with serve(repositories) as plain, serve(repositories, authority, trick=trick) as host:
        policy = Policy(allowed=(f"{host.address}/", f"{plain.address}/"), authorities=authority.pem)
        assert refused(host.url("a.git"), policy) == "it redirects to another scheme or names a user"
    assert plain.requests == []
