"""Predefined variables of a pipeline, from plain facts about its project, ref, commit and user.

Source: https://docs.gitlab.com/ci/variables/predefined_variables/
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from pullcord.config.context import ZEROS
from pullcord.config.jobs.predefined import slug

ADDRESS = re.compile(r"(?P<scheme>\w+)://(?:[^@/]*@)?(?P<host>\[[^\]/]*\]|[^:/\[\]]+)(?::(?P<port>[0-9]{1,5}))?(?:/|$)")
"""A server's URL. `urllib` takes longer to load than everything here."""

LONG_TITLE = 100
"""A commit whose title has this many characters is described by its whole message."""


class Facts(NamedTuple):
    """What is known before a pipeline exists. Unknown texts are empty, and their variables with them.

    source:        CI_PIPELINE_SOURCE; created_at, timestamp: ISO 8601
    ref, tag:      short name, and whether it names a tag; before_sha: what a push replaced
    author:        `Name <address>` of the commit
    project_path:  `group/subgroup/project`; project_name: its title; namespace_id: of the group around it
    server_url:    `https://host[:port]`, without a slash at the end; server_version: of GitLab, as claimed
    merge_request: CI_MERGE_REQUEST_*, complete; None outside merge request pipelines
    triggered:     a trigger token started it; iid: CI_PIPELINE_IID, None as long as there is none
    """

    source: str = "push"
    created_at: str = ""
    ref: str = "main"
    tag: bool = False
    ref_protected: bool = False
    sha: str = ""
    before_sha: str = ZEROS
    message: str = ""
    author: str = ""
    timestamp: str = ""
    tag_message: str = ""
    project_id: int | None = None
    project_path: str = ""
    project_name: str = ""
    project_description: str = ""
    project_visibility: str = "private"
    namespace_id: int | None = None
    default_branch: str = "main"
    config_path: str = ".gitlab-ci.yml"
    server_url: str = ""
    server_version: str = ""
    merge_request: Mapping[str, str] | None = None
    triggered: bool = False
    iid: int | None = None
    user_id: int | None = None
    user_login: str = ""
    user_name: str = ""
    user_email: str = ""


def before_pipeline(facts: Facts) -> dict[str, str]:
    """Those that `include`, `workflow` and everything after them can use."""
    found = {
        "CI": "true",
        "GITLAB_CI": "true",
        "GITLAB_FEATURES": "",
        "CI_CONFIG_PATH": facts.config_path,
        "CI_DEFAULT_BRANCH": facts.default_branch,
        "CI_PIPELINE_SOURCE": facts.source,
        "CI_PIPELINE_CREATED_AT": facts.created_at,
        "CI_TEMPLATE_REGISTRY_HOST": "registry.gitlab.com",
    }
    return found | commit(facts) | project(facts) | server(facts) | dict(facts.merge_request or {})


def of_pipeline(facts: Facts) -> dict[str, str]:
    """Those that `include` cannot use, but rules of jobs can."""
    found = {
        "GITLAB_USER_ID": number(facts.user_id),
        "GITLAB_USER_LOGIN": facts.user_login,
        "GITLAB_USER_NAME": facts.user_name,
        "GITLAB_USER_EMAIL": facts.user_email,
        "CI_PIPELINE_IID": number(facts.iid),
        "CI_PIPELINE_TRIGGERED": "true" if facts.triggered else "",
    }
    return {name: value for name, value in found.items() if value}


def commit(facts: Facts) -> dict[str, str]:
    """The commit and how it was named. Only branch pipelines have CI_COMMIT_BRANCH, only tags' CI_COMMIT_TAG."""
    title, _, rest = facts.message.partition("\n")
    found = {
        "CI_COMMIT_SHA": facts.sha,
        "CI_COMMIT_SHORT_SHA": facts.sha[:8],
        "CI_COMMIT_BEFORE_SHA": facts.before_sha if facts.merge_request is None else ZEROS,
        "CI_COMMIT_REF_NAME": facts.ref,
        "CI_COMMIT_REF_SLUG": slug(facts.ref),
        "CI_COMMIT_REF_PROTECTED": "true" if facts.ref_protected else "false",
        "CI_COMMIT_TIMESTAMP": facts.timestamp,
        "CI_COMMIT_AUTHOR": facts.author,
        "CI_COMMIT_MESSAGE": facts.message,
        "CI_COMMIT_TITLE": title,
        "CI_COMMIT_DESCRIPTION": facts.message if len(title) >= LONG_TITLE else rest.strip("\n"),
    }
    if facts.tag:
        return found | {"CI_COMMIT_TAG": facts.ref, "CI_COMMIT_TAG_MESSAGE": facts.tag_message}
    return found if facts.merge_request is not None else found | {"CI_COMMIT_BRANCH": facts.ref}


def project(facts: Facts) -> dict[str, str]:
    """The project, by every name that it has."""
    namespace, _, name = facts.project_path.rpartition("/")
    return {
        "CI_PROJECT_ID": number(facts.project_id),
        "CI_PROJECT_NAME": name,
        "CI_PROJECT_TITLE": facts.project_name or name,
        "CI_PROJECT_DESCRIPTION": facts.project_description,
        "CI_PROJECT_PATH": facts.project_path,
        "CI_PROJECT_PATH_SLUG": slug(facts.project_path),
        "CI_PROJECT_NAMESPACE": namespace,
        "CI_PROJECT_NAMESPACE_ID": number(facts.namespace_id),
        "CI_PROJECT_NAMESPACE_SLUG": slug(namespace),
        "CI_PROJECT_ROOT_NAMESPACE": namespace.partition("/")[0],
        "CI_PROJECT_URL": f"{facts.server_url}/{facts.project_path}",
        "CI_PROJECT_VISIBILITY": facts.project_visibility,
        "CI_PROJECT_REPOSITORY_LANGUAGES": "",
        "CI_PROJECT_CLASSIFICATION_LABEL": "",
    }


def server(facts: Facts) -> dict[str, str]:
    """The instance, taken apart from its address and version."""
    scheme, host, port = address(facts.server_url)
    version = [*facts.server_version.split("-")[0].split("."), "", "", ""]
    return {
        "CI_API_V4_URL": f"{facts.server_url}/api/v4",
        "CI_API_GRAPHQL_URL": f"{facts.server_url}/api/graphql",
        "CI_SERVER_NAME": "GitLab",
        "CI_SERVER_URL": facts.server_url,
        "CI_SERVER_HOST": host,
        "CI_SERVER_FQDN": facts.server_url.partition("://")[2].partition("/")[0],
        "CI_SERVER_PORT": port,
        "CI_SERVER_PROTOCOL": scheme,
        "CI_SERVER_SHELL_SSH_HOST": host,
        "CI_SERVER_SHELL_SSH_PORT": "22",
        "CI_SERVER_VERSION": facts.server_version,
        "CI_SERVER_VERSION_MAJOR": version[0],
        "CI_SERVER_VERSION_MINOR": version[1],
        "CI_SERVER_VERSION_PATCH": version[2],
        "CI_SERVER_REVISION": "",
    }


def address(url: str) -> tuple[str, str, str]:
    """Scheme, host and port of a URL; empty texts for one that cannot be read."""
    found = ADDRESS.match(url)
    if found is None:
        return "", "", ""
    scheme = found["scheme"].lower()
    return scheme, found["host"].strip("[]").lower(), found["port"] or ("443" if scheme == "https" else "80")


def number(value: int | None) -> str:
    """An id as a variable's value, nothing for an unknown one."""
    return "" if value is None else str(value)
