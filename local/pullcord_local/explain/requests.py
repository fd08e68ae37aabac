"""A request of `--batch`: the fields of a conformance case, read with care, since anything may stand in a line."""

from collections.abc import Mapping, Sequence

from pullcord.config.context import Limits, Variable
from pullcord_local.explain.situation import Situation

LIMITS = {
    "max_includes": "includes",
    "ci_max_includes": "includes",
    "max_yaml_size_bytes": "yaml_bytes",
    "max_yaml_bytes": "yaml_bytes",
    "max_yaml_depth": "yaml_depth",
    "max_total_yaml_size_bytes": "total_bytes",
    "ci_max_total_yaml_size_bytes": "total_bytes",
    "max_jobs": "jobs",
    "ci_pipeline_size": "jobs",
}
"""GitLab's names of the limits that a request may lower, beside our own."""


class WrongRequest(ValueError):
    """The request cannot be understood; the text says why."""


def situation(request: Mapping[str, object]) -> Situation:
    """The pipeline that a request describes. Raises WrongRequest."""
    usual = Situation()
    inputs = request.get("inputs")
    return Situation(
        ref=text(request, "ref", usual.ref),
        tag=request.get("tag") is True,
        source=text(request, "source", usual.source),
        project=text(request, "project", usual.project),
        default_branch=text(request, "default_branch", usual.default_branch),
        sha=text(request, "sha", "1" * 40),
        message=text(request, "commit_message", ""),
        variables=pipeline_variables(request),
        project_variables=variables(mapping(request, "project_variables")),
        predefined={name: scalar(value) for name, value in mapping(request, "predefined").items()},
        inputs=None if inputs is None else mapping(request, "inputs"),
        limits=limits(mapping(request, "limits")),
    )


def pipeline_variables(request: Mapping[str, object]) -> list[Variable]:
    """`variables` by name, `variables_list` as the API has them, `masked` names. Raises WrongRequest."""
    masked = request.get("masked") or ()
    names = [str(name) for name in masked] if isinstance(masked, Sequence) else []
    found = variables(mapping(request, "variables"), names)
    listed = request.get("variables_list") or ()
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise WrongRequest("variables_list should be a list")
    for item in listed:
        if not isinstance(item, Mapping):
            raise WrongRequest("variables_list should hold maps")
        key = scalar(item.get("key"))
        found.append(variable(key, item, masked=key in names))
    return found


def variables(values: Mapping[str, object], masked: Sequence[str] = ()) -> list[Variable]:
    """Variables by name: a value, or a map of value, type, raw and masked."""
    return [
        variable(name, value if isinstance(value, Mapping) else {"value": value}, masked=name in masked)
        for name, value in values.items()
    ]


def variable(name: str, given: Mapping[str, object], *, masked: bool) -> Variable:
    """One variable."""
    return Variable(
        name,
        scalar(given.get("value")),
        raw=given.get("raw") is True,
        masked=masked or given.get("masked") is True,
        file=(given.get("type") or given.get("variable_type")) == "file",
    )


def limits(given: Mapping[str, object]) -> Limits:
    """The usual limits with those that were lowered."""
    known = {name: value for key, value in given.items() if isinstance(value, int) and (name := LIMITS.get(key, key))}
    usual = Limits()
    return Limits(
        yaml_bytes=known.get("yaml_bytes", usual.yaml_bytes),
        yaml_depth=known.get("yaml_depth", usual.yaml_depth),
        includes=known.get("includes", usual.includes),
        total_bytes=known.get("total_bytes", usual.total_bytes),
        jobs=known.get("jobs", usual.jobs),
    )


def text(request: Mapping[str, object], key: str, otherwise: str) -> str:
    """A field that is a text. Raises WrongRequest."""
    value = request.get(key)
    if value is None:
        return otherwise
    if not isinstance(value, str):
        raise WrongRequest(f"{key} should be a text")
    return value


def mapping(request: Mapping[str, object], key: str) -> Mapping[str, object]:
    """A field that is a map; an absent one is empty. Raises WrongRequest."""
    value = request.get(key)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise WrongRequest(f"{key} should be a map")
    return value


def scalar(value: object) -> str:
    """A variable's value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
