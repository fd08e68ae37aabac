"""The pepper rotates while triggers are pulled; what is stored tells nobody a token, whoever has it."""

import hashlib
import hmac
import itertools
import json
import threading
import time
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from pullcord.peppers import Keyring
from pullcord_local.aws_calls.client import client
from pullcord_local.serve import Options, serving
from tests.e2e.projects import FIVE_JOBS, Project
from tests.e2e.repositories import Repository
from tests.e2e.talking import Caller
from tests.integration.aws.watching import Watch
from tests.integration.rotation import books

ROOT_TOKEN = "glpat-root-of-the-pepper"
VALUE, FILE = "a-value-that-nobody-may-read", "a-file-that-nobody-may-read"


@pytest.fixture(scope="module")
def service():
    parameters = {"RootToken": ROOT_TOKEN, "AllowedRemotes": "file://"}
    with serving(Options(parameters=parameters, address_parameter="ExternalUrl")) as running:
        yield running
    assert running.cloud.guard.report()["denied"] == []


@pytest.fixture(scope="module")
def root(service):
    return Caller(service.url, ROOT_TOKEN)


@pytest.fixture(scope="module")
def operator(service):
    return lambda name: client(name, service.cloud.answer)


@pytest.fixture(scope="module")
def outputs(service):
    return service.deployment.stack.outputs


@pytest.fixture(scope="module")
def make_project(service, root, tmp_path_factory):
    count = itertools.count(1)

    def make():
        number = next(count)
        repository = Repository(tmp_path_factory.mktemp("repositories") / "one", {".gitlab-ci.yml": FIVE_JOBS})
        wanted = {"name": f"widgets-{number}", "import_url": repository.url, "visibility": "private"}
        facts = root.post("/projects", form=wanted).json()
        trigger = root.post(f"/projects/{facts['id']}/triggers", form={"description": "a trigger"}).json()
        return Project(facts, root, Caller(service.url), repository, trigger)

    return make


@pytest.fixture(scope="module")
def used(service, root, make_project):
    """A service that was used for everything that has to do with secrets."""
    project = make_project()
    wanted = {"username": "ada", "name": "Ada", "email": "ada@example.com", "force_random_password": True}
    ada = root.post("/users", json=wanted).json()
    token = root.post(f"/users/{ada['id']}/personal_access_tokens", json={"name": "laptop", "scopes": ["api"]}).json()
    assert root.post(f"{project.at}/members", json={"user_id": ada["id"], "access_level": 40}).status == 201
    assert root.post(f"{project.at}/variables", json={"key": "DEPLOY", "value": VALUE}).status == 201
    pipeline = project.pulled(variables={"SECRET": VALUE}, commits=[FILE])
    person = Caller(service.url, token["token"])
    own = person.post(f"{project.at}/triggers", form={"description": "Ada's"}).json()
    return SimpleNamespace(project=project, pipeline=pipeline, person=person, own=own)


def rotate(operator, outputs):
    return operator("secretsmanager").rotate_secret(SecretId=outputs["PeppersSecret"])


def answered(reply):
    """All of an answer but what belongs to the one call."""
    own = {"pullcord-request-id", "apigw-requestid", "date"}
    headers = [(name, value) for name, value in reply.headers.items() if name.lower() not in own]
    return reply.status, headers, reply.body


def test_tokens_that_do_not_open_are_all_alike(service, root, used, make_project):
    project, other = used.project, make_project()
    triggers = f"{project.at}/triggers"
    expired = root.post(triggers, form={"description": "x", "expires_at": "2020-01-01"}).json()
    revoked = root.post(triggers, form={"description": "x"}).json()
    assert root.delete(f"{triggers}/{revoked['id']}").status == 204
    refused = [expired["token"], revoked["token"], other.token, ROOT_TOKEN, used.person.token]
    refused += ["wrong", "", " ", "ü💥", "x" * 100_000, "null", project.token.upper(), "glptt-" + "0" * 40]
    watch = Watch(service.cloud.guard)
    project.pull({"token": "wrong", "ref": "main"})

    told = set()
    for token in refused:
        watch.forget()
        status, headers, body = answered(project.pull(json={"token": token, "ref": "main"}))
        told.add((status, tuple(headers), body, tuple(watch.asked)))

    assert len(told) == 1
    assert next(iter(told))[0] == 404


def test_what_is_stored_tells_no_token_and_no_value(service, operator, outputs, root, used):
    stored = books.dump(operator, outputs)
    tokens = [used.project.token, used.person.token, used.own["token"], ROOT_TOKEN]
    assert used.project.details["path_with_namespace"] in stored

    for secret in [*tokens, VALUE, FILE]:
        bare = secret.removeprefix("glptt-").removeprefix("glpat-")
        for form in (secret, bare, secret.encode().hex(), hashlib.sha256(secret.encode()).hexdigest()):
            assert form not in stored


def test_who_has_the_tables_alone_cannot_test_a_guess(operator, outputs, used):
    stored = books.items(operator, outputs["TokensTable"])
    digests = {item["pk"].removeprefix("digest#") for item in stored if item["pk"].startswith("digest#")}
    secret = books.peppers(operator, outputs).current
    hashed = hashlib.sha256(used.project.token.encode()).digest()
    dump = books.dump(operator, outputs)

    keys = {value if isinstance(value, bytes) else str(value).encode() for item in stored for value in item.values()}
    guesses = {hmac.new(key, hashed, "sha256").hexdigest() for key in keys | {b"", b"pullcord token digest"}}
    assert not guesses & digests
    assert secret not in dump
    assert Keyring([secret]).current._digest_key.hex() not in dump
    assert Keyring([secret]).current.digest(used.project.token) in digests


def test_no_call_fails_while_the_pepper_rotates(service, operator, outputs, root, used):
    project, stop, failed, pulled = used.project, threading.Event(), [], []

    def work(number):
        while not stop.is_set():
            key = f"{number}-{len(pulled)}-{time.monotonic()}"
            for token in (project.token, used.own["token"]):
                form = {"token": token, "ref": "main", "variables[SECRET]": VALUE}
                replies = [project.pull(form, headers={"Idempotency-Key": key}) for _ in range(2)]
                pulled.append((replies[0].json().get("id"), replies[1].json().get("id")))
                failed.extend(reply.body for reply in replies if reply.status != 201)
            made = used.person.post(f"{project.at}/triggers", form={"description": "made meanwhile"})
            failed.extend([made.body] if made.status != 201 or not made.json()["token"].startswith("glptt-") else [])
            reply = project.pull({"token": made.json()["token"], "ref": "main"})
            failed.extend([reply.body] if reply.status != 201 else [])
            gone = used.person.delete(f"{project.at}/triggers/{made.json()['id']}")
            failed.extend([gone.body] if gone.status != 204 else [])

    workers = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for worker in workers:
        worker.start()
    time.sleep(2)
    rotate(operator, outputs)
    time.sleep(2)
    stop.set()
    for worker in workers:
        worker.join()

    assert failed == []
    assert len(pulled) > 4
    assert all(first == second for first, second in pulled)
    assert len(books.peppers(operator, outputs).keyring.live) == 2


def test_after_the_rotation_everything_is_as_it_was(root, used):
    project = used.project

    listed = {one["id"]: one["token"] for one in used.person.get(f"{project.at}/triggers").json()}
    assert listed[used.own["id"]] == used.own["token"]
    assert used.person.get("/user").json()["username"] == "ada"
    assert root.get(f"{project.at}/variables/DEPLOY").json()["value"] == VALUE
    variables = {one["key"]: one["value"] for one in project.variables(used.pipeline)}
    assert variables["SECRET"] == VALUE
    assert json.loads(variables["TRIGGER_PAYLOAD"])["commits"] == [FILE]


def test_a_second_rotation_right_after_waits_for_the_first_to_be_forgotten(operator, outputs):
    stages = []
    for _ in range(2):
        with pytest.raises(ClientError, match="RotationTooSoon"):
            rotate(operator, outputs)
        described = operator("secretsmanager").describe_secret(SecretId=outputs["PeppersSecret"])
        stages.append(described["VersionIdsToStages"])

    assert stages[0] == stages[1]  # the rotation that stopped was taken up again
