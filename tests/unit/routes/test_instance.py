"""Routes of the instance and the caller."""

import pytest

from pullcord.errors import Unauthorized
from pullcord.version import GITLAB_VERSION, VERSION
from pullcord.wire import user_json
from tests.unit.routes.service import OWNER, SERVER, Service


def test_the_callers_own_user():
    answer = Service().call("get_current_user")

    assert (answer.status, answer.body) == (200, user_json.current_user(OWNER, SERVER))
    assert answer.body["email"] == OWNER.email


def test_the_version_is_gitlabs():
    answer = Service().call("get_version")

    assert (answer.status, answer.body) == (200, {"version": GITLAB_VERSION, "revision": "pullcord"})


def test_the_metadata_have_the_version_the_address_and_our_own_version():
    answer = Service().call("get_metadata")

    assert answer.status == 200
    assert answer.body["version"] == GITLAB_VERSION
    assert answer.body["external_url"] == SERVER
    assert answer.body["pullcord"] == {"version": VERSION}


@pytest.mark.parametrize("operation", ["get_current_user", "get_version", "get_metadata"])
def test_an_anonymous_caller_is_refused(operation):
    with pytest.raises(Unauthorized):
        Service(user=None).call(operation)
