"""python-gitlab as the administration client: an administrator, people, groups and projects."""

import itertools

import gitlab
import pytest


@pytest.fixture(scope="session")
def client(service):
    def make(token=None):
        return gitlab.Gitlab(service.url, private_token=token, timeout=60)

    return make


@pytest.fixture(scope="session")
def admin(client, service):
    return client(service.root_token)


@pytest.fixture(scope="session")
def names():
    """Names that nobody else has."""
    count = itertools.count(1)
    return lambda base: f"{base}-{next(count)}"


@pytest.fixture(scope="session")
def make_user(admin, client, names):
    """A new user, and a client that is theirs."""

    def make(base="ada", scopes=("api",), **more):
        name = names(base)
        wanted = {"username": name, "name": base.title(), "email": f"{name}@example.com", "force_random_password": True}
        user = admin.users.create(wanted | more)
        token = user.personal_access_tokens.create({"name": "a token", "scopes": list(scopes)})
        return user, client(token.token)

    return make


@pytest.fixture(scope="session")
def make_group(admin, names):
    def make(owner=admin, base="acme", **more):
        path = names(base)
        return owner.groups.create({"name": base.title(), "path": path, **more})

    return make


@pytest.fixture(scope="session")
def new_project(admin, make_repository, names):
    def make(owner=admin, base="gadgets", repository=None, **more):
        wanted = {"name": names(base), "import_url": (repository or make_repository()).url}
        return owner.projects.create(wanted | more)

    return make


@pytest.fixture(scope="session")
def refused():
    """Status and message of the refusal of a wish."""

    def ask(change, *arguments, **named):
        with pytest.raises(gitlab.GitlabError) as error:
            change(*arguments, **named)
        return error.value.response_code, error.value.error_message

    return ask
