"""Keyword `retry:`. Its messages name no job: in GitLab the path is `retry` alone.

Source: https://docs.gitlab.com/ci/yaml/#retry
"""

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

MAX_RETRIES = 2
FAILURES = frozenset(
    [
        "always",
        "unknown_failure",
        "script_failure",
        "api_failure",
        "stuck_or_timeout_failure",
        "runner_system_failure",
        "missing_dependency_failure",
        "runner_unsupported",
        "stale_schedule",
        "job_execution_timeout",
        "archived_failure",
        "unmet_prerequisites",
        "scheduler_failure",
        "data_integrity_failure",
        "forward_deployment_failure",
        "user_blocked",
        "project_deleted",
        "ci_quota_exceeded",
        "pipeline_loop_detected",
        "no_matching_runner",
        "trace_size_exceeded",
        "builds_disabled",
        "environment_creation_failure",
        "deployment_rejected",
        "failed_outdated_deployment_job",
        "job_execution_server_timeout",
        "stuck_pending_with_matching_runners",
        "stuck_pending_no_matching_runners",
        "no_updates_running",
        "no_updates_canceling",
        "server_timeout_running",
        "server_timeout_canceling",
        "runner_configuration_error",
        "runner_external_dependency_failure",
        "runner_interrupted",
        "protected_environment_failure",
        "insufficient_bridge_permissions",
        "downstream_bridge_project_not_found",
        "invalid_bridge_trigger",
        "upstream_bridge_project_not_found",
        "insufficient_upstream_permissions",
        "bridge_pipeline_is_child_pipeline",
        "downstream_pipeline_creation_failed",
        "secrets_provider_not_found",
        "reached_max_descendant_pipelines_depth",
        "ip_restriction_failure",
        "reached_max_pipeline_hierarchy_size",
        "reached_downstream_pipeline_trigger_rate_limit",
        "duo_workflow_not_allowed",
        "job_router_failure",
        "job_token_expired",
    ]
)
"""Failure reasons of jobs, and `always`; those before and after GitLab 19.1, which split some of them."""


def check(entry: Entry) -> dict[str, object]:
    """Validate `retry`: a number, or a map with failures. In the result single failures are lists."""
    node = Entry(entry.value, "retry", entry.problems, location=entry.raw_location)
    value = entry.value
    if checks.is_integer(value):
        checks.integer_between(node, "config", 0, MAX_RETRIES)
        return {"max": value}
    if not isinstance(value, dict):
        node.refuse("config has to be either an integer or a hash")
        return {}
    checks.allowed_keys(node, ("max", "when", "exit_codes"))
    checks.integer_between(node, "max", 0, MAX_RETRIES)
    checks.strings_or_string(node, "when")
    _check_when(node)
    checks.integers_or_integer(node, "exit_codes")
    return {ruby.to_s(key): _listed(key, item) for key, item in value.items() if item is not None}


def _check_when(entry: Entry) -> None:
    when = entry.get("when")
    if isinstance(when, list):
        checks.known_items(entry, "when", FAILURES)
    elif checks.is_string(when) and when not in FAILURES:
        entry.wrong("when", "is not included in the list")


def _listed(key: object, value: object) -> object:
    return value if key == "max" or isinstance(value, list) else [value]
