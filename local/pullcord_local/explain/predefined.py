"""Predefined variables of a pipeline to explain: known values, and placeholders for what is not known.

Source: https://docs.gitlab.com/ci/variables/predefined_variables/
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pullcord.config.variables.predefined import PredefinedInput, before_pipeline, of_pipeline
from pullcord.version import GITLAB_VERSION
from pullcord_local.explain.kinds import MERGE_REQUEST
from pullcord_local.explain.situation import Situation

TEXT = "placeholder"
NUMBER = 1
OTHER_SHA = "2" * 40
TIME = "2026-01-01T00:00:00Z"
EMAIL = "placeholder@example.com"
DETACHED = "detached"

UNDEFINED_UNLESS_SET = (
    "CI_DEPLOY_FREEZE CI_GITLAB_FIPS_MODE CI_HAS_OPEN_REQUIREMENTS CI_KUBERNETES_ACTIVE CI_DEBUG_TRACE CI_DEBUG_SERVICES "
    "CI_PIPELINE_NAME KUBECONFIG"
)
"""Variables that only some pipelines of every kind have: undefined, unless they are set."""

AFTER_INCLUDES = frozenset(
    [
        "CHAT_CHANNEL",
        "CHAT_INPUT",
        "CHAT_USER_ID",
        "CI_DEBUG_SERVICES",
        "CI_DEBUG_TRACE",
        "CI_DEPENDENCY_PROXY_PASSWORD",
        "CI_DEPENDENCY_PROXY_USER",
        "CI_HAS_OPEN_REQUIREMENTS",
        "CI_PIPELINE_IID",
        "CI_PIPELINE_TRIGGERED",
        "CI_RELEASE_DESCRIPTION",
        "GITLAB_USER_EMAIL",
        "GITLAB_USER_ID",
        "GITLAB_USER_LOGIN",
        "GITLAB_USER_NAME",
        "KUBECONFIG",
        "TRIGGER_PAYLOAD",
    ]
)
"""Variables that `include` does not see."""

OF_HOST = (
    "CI_API_GRAPHQL_URL CI_API_V4_URL CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX "
    "CI_DEPENDENCY_PROXY_SERVER CI_PAGES_DOMAIN CI_PROJECT_URL CI_REGISTRY CI_REGISTRY_IMAGE CI_SERVER_FQDN CI_SERVER_HOST "
    "CI_SERVER_SHELL_SSH_HOST CI_SERVER_URL"
)
OF_PROJECT = (
    "CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX CI_PROJECT_NAME "
    "CI_PROJECT_NAMESPACE CI_PROJECT_NAMESPACE_SLUG CI_PROJECT_PATH CI_PROJECT_PATH_SLUG CI_PROJECT_ROOT_NAMESPACE "
    "CI_PROJECT_URL CI_REGISTRY_IMAGE"
)
OF_COMMIT = "CI_COMMIT_SHA CI_COMMIT_SHORT_SHA"
OF_MESSAGE = "CI_COMMIT_DESCRIPTION CI_COMMIT_MESSAGE CI_COMMIT_TITLE"
UNKNOWN = (
    "CI_COMMIT_AUTHOR CI_COMMIT_REF_PROTECTED CI_COMMIT_TAG_MESSAGE CI_COMMIT_TIMESTAMP CI_DEPENDENCY_PROXY_PASSWORD "
    "CI_DEPENDENCY_PROXY_USER CI_PAGES_DOMAIN CI_PIPELINE_CREATED_AT CI_PIPELINE_IID CI_PIPELINE_SCHEDULE_DESCRIPTION "
    "CI_PROJECT_CLASSIFICATION_LABEL CI_PROJECT_DESCRIPTION CI_PROJECT_ID CI_PROJECT_NAMESPACE_ID "
    "CI_PROJECT_REPOSITORY_LANGUAGES CI_PROJECT_TITLE CI_PROJECT_VISIBILITY CI_REGISTRY CI_REGISTRY_IMAGE "
    "CI_RELEASE_DESCRIPTION CI_SERVER_REVISION CI_SERVER_SHELL_SSH_PORT CI_SERVER_VERSION CI_SERVER_VERSION_MAJOR "
    "CI_SERVER_VERSION_MINOR CI_SERVER_VERSION_PATCH CHAT_CHANNEL CHAT_INPUT CHAT_USER_ID GITLAB_FEATURES "
    "GITLAB_USER_EMAIL GITLAB_USER_ID GITLAB_USER_LOGIN GITLAB_USER_NAME"
)
NO_PLACEHOLDERS = frozenset({"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME"})


class Predefined(NamedTuple):
    """Predefined variables.

    before:       those that `include` sees; pipeline: those that only `workflow` and jobs see
    placeholders: variables whose value is made up; None for those that are taken as undefined, but may be defined
    """

    before: Mapping[str, str]
    pipeline: Mapping[str, str]
    placeholders: Mapping[str, str | None]


def predefined(situation: Situation) -> Predefined:
    """Return the predefined variables of a pipeline. What was set replaces any other value."""
    given = predefined_input(situation)
    values = before_pipeline(given) | of_pipeline(given) | of_services(situation, given) | of_kind(situation, given)
    overrides = situation.predefined
    unknown = names(situation, values)
    values |= overrides
    return Predefined(
        {name: value for name, value in values.items() if name not in AFTER_INCLUDES},
        {name: value for name, value in values.items() if name in AFTER_INCLUDES},
        {name: values.get(name) for name in unknown if name not in overrides},
    )


def predefined_input(situation: Situation) -> PredefinedInput:
    """Return the data for predefined variables."""
    default_branch = situation.default_branch or "main"
    return PredefinedInput(
        source=situation.source,
        created_at=TIME,
        ref=situation.ref,
        tag=situation.tag,
        ref_protected=situation.ref == default_branch and not situation.tag and situation.source != MERGE_REQUEST,
        sha=situation.commit,
        message=TEXT if situation.message is None else situation.message,
        author=f"{TEXT} <{EMAIL}>",
        timestamp=TIME,
        tag_message=TEXT,
        project_id=NUMBER,
        project_path=situation.path,
        project_description=TEXT,
        namespace_id=NUMBER,
        default_branch=default_branch,
        config_path=situation.config_path,
        server_url=situation.server,
        server_version=GITLAB_VERSION,
        merge_request={} if situation.source == MERGE_REQUEST else None,
        triggered=situation.source == "trigger",
        iid=NUMBER,
        user_id=NUMBER,
        user_login=TEXT,
        user_name=TEXT,
        user_email=EMAIL,
    )


def of_services(situation: Situation, given: PredefinedInput) -> dict[str, str]:
    """Return the variables of services beside the repository, and what Pullcord's own server leaves empty."""
    fqdn = given.server_url.partition("://")[2]
    host = fqdn.partition(":")[0]
    groups = given.project_path.rpartition("/")[0].lower()
    proxy = fqdn if ":" in fqdn else f"{fqdn}:443"
    return {
        "CI_DEPENDENCY_PROXY_SERVER": proxy,
        "CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX": f"{proxy}/{groups.partition('/')[0]}/dependency_proxy/containers",
        "CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX": f"{proxy}/{groups}/dependency_proxy/containers",
        "CI_DEPENDENCY_PROXY_USER": "gitlab-ci-token",
        "CI_DEPENDENCY_PROXY_PASSWORD": TEXT,
        "CI_PAGES_DOMAIN": f"pages.{host}",
        "CI_REGISTRY": f"registry.{host}",
        "CI_REGISTRY_IMAGE": f"registry.{host}/{situation.path.lower()}",
        "CI_PROJECT_CLASSIFICATION_LABEL": TEXT,
        "CI_PROJECT_REPOSITORY_LANGUAGES": TEXT,
        "CI_SERVER_REVISION": "0000000",
        "GITLAB_FEATURES": TEXT,
    }


def of_kind(situation: Situation, given: PredefinedInput) -> dict[str, str]:
    """Return the variables that only pipelines of this source have, or only those of tags."""
    found = {"CI_RELEASE_DESCRIPTION": TEXT} if situation.tag else {}
    match situation.source:
        case "merge_request_event":
            return merge_request(situation, given)
        case "external_pull_request_event":
            return external_request(situation, given)
        case "schedule":
            return found | {"CI_PIPELINE_SCHEDULE_DESCRIPTION": TEXT}
        case "chat":
            return found | {"CHAT_CHANNEL": TEXT, "CHAT_INPUT": TEXT, "CHAT_USER_ID": TEXT}
        case _:
            return found


def merge_request(situation: Situation, given: PredefinedInput) -> dict[str, str]:
    """Return CI_MERGE_REQUEST_*. Only pipelines of a merged result have the commits of both branches."""
    overrides = situation.predefined
    number = overrides.get("CI_MERGE_REQUEST_IID", str(NUMBER))
    merged = overrides.get("CI_MERGE_REQUEST_EVENT_TYPE", DETACHED) != DETACHED
    url = f"{given.server_url}/{given.project_path}"
    values = {
        "APPROVED": "true",
        "ASSIGNEES": TEXT,
        "DESCRIPTION": TEXT,
        "DESCRIPTION_IS_TRUNCATED": "false",
        "DIFF_BASE_SHA": OTHER_SHA,
        "DIFF_ID": str(NUMBER),
        "DRAFT": "false",
        "EVENT_TYPE": DETACHED,
        "ID": str(NUMBER),
        "IID": number,
        "LABELS": TEXT,
        "MILESTONE": TEXT,
        "PROJECT_ID": str(NUMBER),
        "PROJECT_PATH": given.project_path,
        "PROJECT_URL": url,
        "REF_PATH": f"refs/merge-requests/{number}/head",
        "SOURCE_BRANCH_NAME": situation.ref,
        "SOURCE_BRANCH_PROTECTED": "false",
        "SOURCE_BRANCH_SHA": OTHER_SHA if merged else "",
        "SOURCE_PROJECT_ID": str(NUMBER),
        "SOURCE_PROJECT_PATH": given.project_path,
        "SOURCE_PROJECT_URL": url,
        "SQUASH_ON_MERGE": "false",
        "TARGET_BRANCH_NAME": given.default_branch,
        "TARGET_BRANCH_PROTECTED": "true",
        "TARGET_BRANCH_SHA": OTHER_SHA if merged else "",
        "TITLE": TEXT,
    }
    found = {f"CI_MERGE_REQUEST_{name}": value for name, value in values.items()}
    return found | {"CI_OPEN_MERGE_REQUESTS": f"{given.project_path}!{number}"}


def external_request(situation: Situation, given: PredefinedInput) -> dict[str, str]:
    """Return CI_EXTERNAL_PULL_REQUEST_*."""
    values = {
        "IID": str(NUMBER),
        "SOURCE_BRANCH_NAME": situation.ref,
        "SOURCE_BRANCH_SHA": given.sha,
        "SOURCE_REPOSITORY": given.project_path,
        "TARGET_BRANCH_NAME": given.default_branch,
        "TARGET_BRANCH_SHA": OTHER_SHA,
        "TARGET_REPOSITORY": given.project_path,
    }
    return {f"CI_EXTERNAL_PULL_REQUEST_{name}": value for name, value in values.items()}


def names(situation: Situation, values: Mapping[str, str]) -> Iterable[str]:
    """Return the variables about which nothing is known: made up, or taken as undefined."""
    unknown = [
        (UNKNOWN, True),
        (OF_HOST, situation.host is None),
        (OF_PROJECT, situation.project is None),
        (OF_COMMIT, situation.sha is None),
        (OF_MESSAGE, situation.message is None),
        ("CI_DEFAULT_BRANCH", situation.default_branch is None),
        ("CI_COMMIT_BEFORE_SHA", situation.source == "push"),
    ]
    found = {name: None for listed, applies in unknown if applies for name in listed.split() if name in values}
    found |= dict.fromkeys(
        name for name in values if name.startswith(("CI_MERGE_REQUEST_", "CI_EXTERNAL_PULL_REQUEST_"))
    )
    found |= dict.fromkeys(UNDEFINED_UNLESS_SET.split())
    if situation.source == "trigger":
        found["TRIGGER_PAYLOAD"] = None
    if not situation.tag:
        found["CI_OPEN_MERGE_REQUESTS"] = None
    return found.keys() - NO_PLACEHOLDERS
