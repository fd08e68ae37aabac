"""Predefined variables of a pipeline, from data about its project, ref, commit and user.

Source: https://docs.gitlab.com/ci/variables/predefined_variables/
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from pullcord.config.context import ZEROS

ADDRESS = re.compile(r"(?P<scheme>\w+)://(?:[^@/]*@)?(?P<host>\[[^\]/]*\]|[^:/\[\]]+)(?::(?P<port>[0-9]{1,5}))?(?:/|$)")
"""URL of a server. `urllib` takes longer to load than this module."""

LONG_TITLE = 100
"""Characters of a commit title from which on CI_COMMIT_DESCRIPTION is the whole message."""

MAX_SLUG_LENGTH = 63
NOT_SLUG = re.compile(r"[^a-z0-9]")


class PredefinedInput(NamedTuple):
    """Data for predefined variables, known before a pipeline exists. Unknown texts are empty, and so are their variables.

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


def before_pipeline(given: PredefinedInput) -> dict[str, str]:
    """Return the predefined variables that `include`, `workflow` and jobs can use."""
    found = {
        "CI": "true",
        "GITLAB_CI": "true",
        "GITLAB_FEATURES": "",
        "CI_CONFIG_PATH": given.config_path,
        "CI_DEFAULT_BRANCH": given.default_branch,
        "CI_PIPELINE_SOURCE": given.source,
        "CI_PIPELINE_CREATED_AT": given.created_at,
        "CI_TEMPLATE_REGISTRY_HOST": "registry.gitlab.com",
    }
    return found | commit(given) | project(given) | server(given) | dict(given.merge_request or {})


def of_pipeline(given: PredefinedInput) -> dict[str, str]:
    """Return the predefined variables that jobs can use, but `include` cannot."""
    found = {
        "GITLAB_USER_ID": number(given.user_id),
        "GITLAB_USER_LOGIN": given.user_login,
        "GITLAB_USER_NAME": given.user_name,
        "GITLAB_USER_EMAIL": given.user_email,
        "CI_PIPELINE_IID": number(given.iid),
        "CI_PIPELINE_TRIGGERED": "true" if given.triggered else "",
    }
    return {name: value for name, value in found.items() if value}


def commit(given: PredefinedInput) -> dict[str, str]:
    """Return CI_COMMIT_*. Only branch pipelines have CI_COMMIT_BRANCH, only tag pipelines CI_COMMIT_TAG."""
    title, _, rest = given.message.partition("\n")
    found = {
        "CI_COMMIT_SHA": given.sha,
        "CI_COMMIT_SHORT_SHA": given.sha[:8],
        "CI_COMMIT_BEFORE_SHA": given.before_sha if given.merge_request is None else ZEROS,
        "CI_COMMIT_REF_NAME": given.ref,
        "CI_COMMIT_REF_SLUG": slug(given.ref),
        "CI_COMMIT_REF_PROTECTED": "true" if given.ref_protected else "false",
        "CI_COMMIT_TIMESTAMP": given.timestamp,
        "CI_COMMIT_AUTHOR": given.author,
        "CI_COMMIT_MESSAGE": given.message,
        "CI_COMMIT_TITLE": title,
        "CI_COMMIT_DESCRIPTION": given.message if len(title) >= LONG_TITLE else rest.strip("\n"),
    }
    if given.tag:
        return found | {"CI_COMMIT_TAG": given.ref, "CI_COMMIT_TAG_MESSAGE": given.tag_message}
    return found if given.merge_request is not None else found | {"CI_COMMIT_BRANCH": given.ref}


def project(given: PredefinedInput) -> dict[str, str]:
    """Return CI_PROJECT_*."""
    namespace, _, name = given.project_path.rpartition("/")
    return {
        "CI_PROJECT_ID": number(given.project_id),
        "CI_PROJECT_NAME": name,
        "CI_PROJECT_TITLE": given.project_name or name,
        "CI_PROJECT_DESCRIPTION": given.project_description,
        "CI_PROJECT_PATH": given.project_path,
        "CI_PROJECT_PATH_SLUG": slug(given.project_path),
        "CI_PROJECT_NAMESPACE": namespace,
        "CI_PROJECT_NAMESPACE_ID": number(given.namespace_id),
        "CI_PROJECT_NAMESPACE_SLUG": slug(namespace),
        "CI_PROJECT_ROOT_NAMESPACE": namespace.partition("/")[0],
        "CI_PROJECT_URL": f"{given.server_url}/{given.project_path}",
        "CI_PROJECT_VISIBILITY": given.project_visibility,
        "CI_PROJECT_REPOSITORY_LANGUAGES": "",
        "CI_PROJECT_CLASSIFICATION_LABEL": "",
    }


def server(given: PredefinedInput) -> dict[str, str]:
    """Return the variables of the instance, from its URL and version."""
    scheme, host, port = address(given.server_url)
    version = [*given.server_version.split("-")[0].split("."), "", "", ""]
    return {
        "CI_API_V4_URL": f"{given.server_url}/api/v4",
        "CI_API_GRAPHQL_URL": f"{given.server_url}/api/graphql",
        "CI_SERVER_NAME": "GitLab",
        "CI_SERVER_URL": given.server_url,
        "CI_SERVER_HOST": host,
        "CI_SERVER_FQDN": given.server_url.partition("://")[2].partition("/")[0],
        "CI_SERVER_PORT": port,
        "CI_SERVER_PROTOCOL": scheme,
        "CI_SERVER_SHELL_SSH_HOST": host,
        "CI_SERVER_SHELL_SSH_PORT": "22",
        "CI_SERVER_VERSION": given.server_version,
        "CI_SERVER_VERSION_MAJOR": version[0],
        "CI_SERVER_VERSION_MINOR": version[1],
        "CI_SERVER_VERSION_PATCH": version[2],
        "CI_SERVER_REVISION": "",
    }


def address(url: str) -> tuple[str, str, str]:
    """Split a URL into scheme, host and port; three empty strings for an invalid one."""
    found = ADDRESS.match(url)
    if found is None:
        return "", "", ""
    scheme = found["scheme"].lower()
    return scheme, found["host"].strip("[]").lower(), found["port"] or ("443" if scheme == "https" else "80")


def number(value: int | None) -> str:
    """Convert an id to a variable's value; "" for an unknown one."""
    return "" if value is None else str(value)


def slug(text: str) -> str:
    """Convert a text to a slug: lower case, `-` for other characters, at most 63 of them, no `-` at the ends."""
    return NOT_SLUG.sub("-", text.lower()).strip("-")[:MAX_SLUG_LENGTH].strip("-")
