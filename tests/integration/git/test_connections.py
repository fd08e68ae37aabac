import socket
import ssl

from pullcord.git import Policy, open_repository
from pullcord.git.connection import trust
from tests.integration.git.asking import refused, resolve
from tests.integration.git.hosts import Authority, serve


def hang_up(handler):
    handler.close_connection = True
    return False


def test_a_name_is_looked_up_once_however_often_it_is_connected(repositories, authority, known_name, reached):
    with serve(repositories, authority, trick=hang_up, name="git.example.com") as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        with open_repository(host.url("project.git"), policy) as repository:
            assert repository.read(repository.resolve("main").sha, "README") == b"read\n"
            assert repository.resolve("main")

    assert (known_name, reached) == (["git.example.com"], [("127.0.0.1", host.port)] * 5)


def test_the_server_is_reported_the_name_and_must_prove_it(repositories, authority, known_name, tmp_path):
    named = []
    with serve(repositories, authority, name="git.example.com") as host:
        host.context.sni_callback = lambda _, name, __: named.append(name)
        assert resolve(host.url("project.git"), Policy(allowed=(f"{host.address}/",), authorities=authority.pem))
    assert named == ["git.example.com"]

    known_name.clear()
    other = Authority(tmp_path, "other.example.com")
    with serve(repositories, other, name="git.example.com") as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=other.pem)
        assert refused(host.url("project.git"), policy) == "its TLS certificate is not valid for this host"


def test_a_certificate_of_an_unknown_authority_is_not_valid(host):
    policy = Policy(allowed=(f"{host.address}/",))

    assert refused(host.url("project.git"), policy) == "its TLS certificate is not valid for this host"
    assert host.requests == []


def test_a_server_without_tls_is_unavailable(repositories):
    with serve(repositories) as host:
        url = host.address.replace("http:", "https:")
        assert refused(f"{url}/project.git", Policy(allowed=(f"{url}/",))) == "TLS failed"


def test_nobody_listening_is_unavailable():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"https://127.0.0.1:{port}/"

    assert refused(f"{url}a.git", Policy(allowed=(url,))) == "it cannot be reached"


def test_contexts_for_tls_verify_names_and_certificates():
    context = trust(None)

    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
