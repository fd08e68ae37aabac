"""Predefined variables from plain facts."""

import pytest

from pullcord.config.variables import predefined
from pullcord.config.variables.predefined import PredefinedInput


@pytest.mark.parametrize(
    ("facts", "there", "absent"),
    [
        (PredefinedInput(ref="a/B"), {"CI_COMMIT_BRANCH": "a/B", "CI_COMMIT_REF_SLUG": "a-b"}, {"CI_COMMIT_TAG"}),
        (PredefinedInput(ref="v1", tag=True), {"CI_COMMIT_TAG": "v1"}, {"CI_COMMIT_BRANCH"}),
        (
            PredefinedInput(merge_request={"CI_MERGE_REQUEST_IID": "7"}),
            {"CI_MERGE_REQUEST_IID": "7"},
            {"CI_COMMIT_BRANCH", "CI_COMMIT_TAG"},
        ),
        (PredefinedInput(), {"CI_COMMIT_BEFORE_SHA": "0" * 40}, {"GITLAB_USER_ID", "CI_MERGE_REQUEST_IID"}),
        (PredefinedInput(message="one\n\ntwo\n"), {"CI_COMMIT_TITLE": "one", "CI_COMMIT_DESCRIPTION": "two"}, set()),
        (PredefinedInput(message="x" * 100), {"CI_COMMIT_DESCRIPTION": "x" * 100}, set()),
        (
            PredefinedInput(project_path="g/s/p", project_id=3, server_url="https://example.com:8443"),
            {
                "CI_PROJECT_NAME": "p",
                "CI_PROJECT_NAMESPACE": "g/s",
                "CI_PROJECT_ROOT_NAMESPACE": "g",
                "CI_PROJECT_PATH_SLUG": "g-s-p",
                "CI_PROJECT_URL": "https://example.com:8443/g/s/p",
                "CI_SERVER_FQDN": "example.com:8443",
                "CI_SERVER_HOST": "example.com",
                "CI_SERVER_PORT": "8443",
                "CI_API_V4_URL": "https://example.com:8443/api/v4",
            },
            set(),
        ),
        (
            PredefinedInput(server_version="18.11.2-ee"),
            {"CI_SERVER_VERSION_MAJOR": "18", "CI_SERVER_VERSION_PATCH": "2"},
            set(),
        ),
        (PredefinedInput(server_url="https://[x"), {"CI_SERVER_HOST": ""}, set()),
    ],
)
def test_a_kind_of_pipeline_has_its_variables(facts, there, absent):
    found = predefined.before_pipeline(facts)

    assert found | there == found
    assert not absent & found.keys()


def test_user_and_number_are_known_with_the_pipeline_only():
    facts = PredefinedInput(user_id=1, user_login="root", triggered=True, iid=5)

    assert predefined.of_pipeline(facts) == {
        "GITLAB_USER_ID": "1",
        "GITLAB_USER_LOGIN": "root",
        "CI_PIPELINE_IID": "5",
        "CI_PIPELINE_TRIGGERED": "true",
    }
    assert not predefined.of_pipeline(facts).keys() & predefined.before_pipeline(facts).keys()
