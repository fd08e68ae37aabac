"""The list of routes: method, path, Lambda function, operation, and the scopes of which a personal access token needs one.

Everything else that knows routes is built from this list or compared with it by a test: the path grammar (`paths`), each
function's handlers (`function`), the router, the template's events, the OpenAPI description and the documentation.

In a path, `<name>` is one segment; `<project>` and `<group>` are a number or a full path, and `<ref>` and `<name>` of a
repository or a protected ref may hold slashes.
"""

from typing import NamedTuple

BASE = "/api/v4"

API = ("api",)
READ_API = ("api", "read_api")
READ_USER = ("api", "read_api", "read_user")
SELF_ROTATE = ("api", "self_rotate")
ANY_SCOPE = ()
"""A token may always be asked about itself, whatever its scopes."""


class Route(NamedTuple):
    """One operation of the API.

    operation: its name: the handler's method, and in camel case the `operationId` of the OpenAPI description
    scopes:    a personal access token needs one of these; none needed if empty
    anonymous: whether a call without a personal access token is answered, too
    """

    method: str
    path: str
    function: str
    operation: str
    scopes: tuple[str, ...]
    anonymous: bool = False


def _project(path: str) -> str:
    return f"{BASE}/projects/<project>{path}"


def _group(path: str) -> str:
    return f"{BASE}/groups/<group>{path}"


# fmt: off
ROUTES = (
    Route("POST",   _project("/trigger/pipeline"),                                 "trigger",     "trigger_pipeline",                    ANY_SCOPE, anonymous=True),
    Route("POST",   _project("/ref/<ref>/trigger/pipeline"),                       "trigger",     "trigger_pipeline_by_webhook",         ANY_SCOPE, anonymous=True),
    Route("GET",    _project("/trigger/requests/<request>"),                       "pipelines",   "get_trigger_request",                 READ_API, anonymous=True),
    Route("GET",    _project("/triggers"),                                         "triggers",    "list_triggers",                       READ_API),
    Route("POST",   _project("/triggers"),                                         "triggers",    "create_trigger",                      API),
    Route("GET",    _project("/triggers/<trigger>"),                               "triggers",    "get_trigger",                         READ_API),
    Route("PUT",    _project("/triggers/<trigger>"),                               "triggers",    "update_trigger",                      API),
    Route("DELETE", _project("/triggers/<trigger>"),                               "triggers",    "delete_trigger",                      API),
    Route("GET",    _project("/pipelines"),                                        "pipelines",   "list_pipelines",                      READ_API, anonymous=True),
    Route("GET",    _project("/pipelines/<pipeline>"),                             "pipelines",   "get_pipeline",                        READ_API, anonymous=True),
    Route("GET",    _project("/pipelines/<pipeline>/variables"),                   "pipelines",   "list_pipeline_variables",             READ_API, anonymous=True),
    Route("GET",    _project("/pipelines/<pipeline>/jobs"),                        "pipelines",   "list_pipeline_jobs",                  READ_API, anonymous=True),
    Route("GET",    _project("/jobs"),                                             "pipelines",   "list_jobs",                           READ_API),
    Route("GET",    _project("/jobs/<job>"),                                       "pipelines",   "get_job",                             READ_API),
    Route("GET",    f"{BASE}/projects",                                            "projects",    "list_projects",                       READ_API, anonymous=True),
    Route("POST",   f"{BASE}/projects",                                            "projects",    "create_project",                      API),
    Route("GET",    _project(""),                                                  "projects",    "get_project",                         READ_API, anonymous=True),
    Route("PUT",    _project(""),                                                  "projects",    "update_project",                      API),
    Route("DELETE", _project(""),                                                  "projects",    "delete_project",                      API),
    Route("POST",   _project("/archive"),                                          "projects",    "archive_project",                     API),
    Route("POST",   _project("/unarchive"),                                        "projects",    "unarchive_project",                   API),
    Route("GET",    _project("/job_token_scope"),                                  "projects",    "get_job_token_scope",                 READ_API),
    Route("PATCH",  _project("/job_token_scope"),                                  "projects",    "update_job_token_scope",              API),
    Route("GET",    _project("/job_token_scope/allowlist"),                        "projects",    "list_job_token_allowlist",            READ_API),
    Route("POST",   _project("/job_token_scope/allowlist"),                        "projects",    "add_to_job_token_allowlist",          API),
    Route("DELETE", _project("/job_token_scope/allowlist/<target>"),               "projects",    "remove_from_job_token_allowlist",     API),
    Route("GET",    _project("/job_token_scope/groups_allowlist"),                 "projects",    "list_job_token_groups_allowlist",     READ_API),
    Route("POST",   _project("/job_token_scope/groups_allowlist"),                 "projects",    "add_to_job_token_groups_allowlist",   API),
    Route("DELETE", _project("/job_token_scope/groups_allowlist/<target>"),        "projects",    "remove_from_job_token_groups_allowlist", API),
    Route("GET",    f"{BASE}/groups",                                              "projects",    "list_groups",                         READ_API, anonymous=True),
    Route("POST",   f"{BASE}/groups",                                              "projects",    "create_group",                        API),
    Route("GET",    _group(""),                                                    "projects",    "get_group",                           READ_API, anonymous=True),
    Route("PUT",    _group(""),                                                    "projects",    "update_group",                        API),
    Route("DELETE", _group(""),                                                    "projects",    "delete_group",                        API),
    Route("GET",    _group("/projects"),                                           "projects",    "list_group_projects",                 READ_API, anonymous=True),
    Route("GET",    _group("/subgroups"),                                          "projects",    "list_subgroups",                      READ_API, anonymous=True),
    Route("GET",    _group("/descendant_groups"),                                  "projects",    "list_descendant_groups",              READ_API, anonymous=True),
    Route("GET",    f"{BASE}/namespaces",                                          "projects",    "list_namespaces",                     READ_API),
    Route("GET",    f"{BASE}/namespaces/<namespace>",                              "projects",    "get_namespace",                       READ_API),
    Route("GET",    f"{BASE}/namespaces/<namespace>/exists",                       "projects",    "check_namespace_exists",              READ_API),
    Route("GET",    f"{BASE}/user",                                                "projects",    "get_current_user",                    READ_USER),
    Route("GET",    f"{BASE}/version",                                             "projects",    "get_version",                         READ_USER),
    Route("GET",    f"{BASE}/metadata",                                            "projects",    "get_metadata",                        READ_USER),
    Route("GET",    f"{BASE}/users",                                               "users",       "list_users",                          READ_USER, anonymous=True),
    Route("POST",   f"{BASE}/users",                                               "users",       "create_user",                         API),
    Route("GET",    f"{BASE}/users/<user>",                                        "users",       "get_user",                            READ_USER),
    Route("PUT",    f"{BASE}/users/<user>",                                        "users",       "update_user",                         API),
    Route("DELETE", f"{BASE}/users/<user>",                                        "users",       "delete_user",                         API),
    Route("POST",   f"{BASE}/users/<user>/block",                                  "users",       "block_user",                          API),
    Route("POST",   f"{BASE}/users/<user>/unblock",                                "users",       "unblock_user",                        API),
    Route("POST",   f"{BASE}/users/<user>/personal_access_tokens",                 "users",       "create_personal_access_token",        API),
    Route("GET",    f"{BASE}/personal_access_tokens",                              "users",       "list_personal_access_tokens",         READ_API),
    Route("GET",    f"{BASE}/personal_access_tokens/self",                         "users",       "get_own_token",                       ANY_SCOPE),
    Route("DELETE", f"{BASE}/personal_access_tokens/self",                         "users",       "revoke_own_token",                    ANY_SCOPE),
    Route("POST",   f"{BASE}/personal_access_tokens/self/rotate",                  "users",       "rotate_own_token",                    SELF_ROTATE),
    Route("GET",    f"{BASE}/personal_access_tokens/<token>",                      "users",       "get_personal_access_token",           READ_API),
    Route("DELETE", f"{BASE}/personal_access_tokens/<token>",                      "users",       "revoke_personal_access_token",        API),
    Route("POST",   f"{BASE}/personal_access_tokens/<token>/rotate",               "users",       "rotate_personal_access_token",        API),
    Route("GET",    _project("/members"),                                          "settings",    "list_project_members",                READ_API),
    Route("POST",   _project("/members"),                                          "settings",    "add_project_member",                  API),
    Route("GET",    _project("/members/all"),                                      "settings",    "list_all_project_members",            READ_API),
    Route("GET",    _project("/members/all/<user>"),                               "settings",    "get_inherited_project_member",        READ_API),
    Route("GET",    _project("/members/<user>"),                                   "settings",    "get_project_member",                  READ_API),
    Route("PUT",    _project("/members/<user>"),                                   "settings",    "update_project_member",               API),
    Route("DELETE", _project("/members/<user>"),                                   "settings",    "remove_project_member",               API),
    Route("GET",    _group("/members"),                                            "settings",    "list_group_members",                  READ_API),
    Route("POST",   _group("/members"),                                            "settings",    "add_group_member",                    API),
    Route("GET",    _group("/members/all"),                                        "settings",    "list_all_group_members",              READ_API),
    Route("GET",    _group("/members/all/<user>"),                                 "settings",    "get_inherited_group_member",          READ_API),
    Route("GET",    _group("/members/<user>"),                                     "settings",    "get_group_member",                    READ_API),
    Route("PUT",    _group("/members/<user>"),                                     "settings",    "update_group_member",                 API),
    Route("DELETE", _group("/members/<user>"),                                     "settings",    "remove_group_member",                 API),
    Route("GET",    _project("/variables"),                                        "settings",    "list_project_variables",              READ_API),
    Route("POST",   _project("/variables"),                                        "settings",    "create_project_variable",             API),
    Route("GET",    _project("/variables/<key>"),                                  "settings",    "get_project_variable",                READ_API),
    Route("PUT",    _project("/variables/<key>"),                                  "settings",    "update_project_variable",             API),
    Route("DELETE", _project("/variables/<key>"),                                  "settings",    "delete_project_variable",             API),
    Route("GET",    _group("/variables"),                                          "settings",    "list_group_variables",                READ_API),
    Route("POST",   _group("/variables"),                                          "settings",    "create_group_variable",               API),
    Route("GET",    _group("/variables/<key>"),                                    "settings",    "get_group_variable",                  READ_API),
    Route("PUT",    _group("/variables/<key>"),                                    "settings",    "update_group_variable",               API),
    Route("DELETE", _group("/variables/<key>"),                                    "settings",    "delete_group_variable",               API),
    Route("GET",    f"{BASE}/admin/ci/variables",                                  "settings",    "list_instance_variables",             READ_API),
    Route("POST",   f"{BASE}/admin/ci/variables",                                  "settings",    "create_instance_variable",            API),
    Route("GET",    f"{BASE}/admin/ci/variables/<key>",                            "settings",    "get_instance_variable",               READ_API),
    Route("PUT",    f"{BASE}/admin/ci/variables/<key>",                            "settings",    "update_instance_variable",            API),
    Route("DELETE", f"{BASE}/admin/ci/variables/<key>",                            "settings",    "delete_instance_variable",            API),
    Route("GET",    _project("/protected_branches"),                               "settings",    "list_protected_branches",             READ_API),
    Route("POST",   _project("/protected_branches"),                               "settings",    "protect_branch",                      API),
    Route("GET",    _project("/protected_branches/<name>"),                        "settings",    "get_protected_branch",                READ_API),
    Route("PATCH",  _project("/protected_branches/<name>"),                        "settings",    "update_protected_branch",             API),
    Route("DELETE", _project("/protected_branches/<name>"),                        "settings",    "unprotect_branch",                    API),
    Route("GET",    _project("/protected_tags"),                                   "settings",    "list_protected_tags",                 READ_API),
    Route("POST",   _project("/protected_tags"),                                   "settings",    "protect_tag",                         API),
    Route("GET",    _project("/protected_tags/<name>"),                            "settings",    "get_protected_tag",                   READ_API),
    Route("DELETE", _project("/protected_tags/<name>"),                            "settings",    "unprotect_tag",                       API),
    Route("GET",    _project("/repository/branches"),                              "repository",  "list_branches",                       READ_API, anonymous=True),
    Route("GET",    _project("/repository/branches/<name>"),                       "repository",  "get_branch",                          READ_API, anonymous=True),
    Route("GET",    _project("/repository/tags"),                                  "repository",  "list_tags",                           READ_API, anonymous=True),
    Route("GET",    _project("/repository/tags/<name>"),                           "repository",  "get_tag",                             READ_API, anonymous=True),
    Route("GET",    _project("/repository/commits/<ref>"),                         "repository",  "get_commit",                          READ_API, anonymous=True),
)
# fmt: on


def of_function(name: str) -> list[Route]:
    """The routes that one Lambda function serves."""
    return [route for route in ROUTES if route.function == name]
