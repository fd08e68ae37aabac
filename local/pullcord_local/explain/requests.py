"""Requests of `--batch`: the fields of a conformance case, validated, since a line may hold anything."""

from collections.abc import Mapping, Sequence

from pullcord.config.context import CompilerLimits, Variable
from pullcord_local.explain.kinds import WrongKind, check_source, split_ref
from pullcord_local.explain.situation import PROJECT, Situation

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
"""GitLab's names of the limits that a request may lower, in addition to our own."""


class WrongRequest(ValueError):
    """Raised for an invalid request; the text says why."""


def situation(request: Mapping[str, object]) -> Situation:
    """Return the pipeline that a request describes. Raises WrongRequest."""
    default = Situation()
    inputs = request.get("inputs")
    ref, source, tag = kind(request)
    return Situation(
        ref=ref,
        tag=tag,
        source=source,
        project=text(request, "project", PROJECT),
        default_branch=text(request, "default_branch", "main"),
        sha=text(request, "sha", "1" * 40),
        message=text(request, "commit_message", ""),
        config_path=text(request, "filename", default.config_path),
        variables=pipeline_variables(request),
        project_variables=variables(mapping(request, "project_variables")),
        predefined={name: scalar(value) for name, value in mapping(request, "predefined").items()},
        inputs=None if inputs is None else mapping(request, "inputs"),
        limits=limits(mapping(request, "limits")),
        skip_missing=flag(request, "skip_missing_includes"),
    )


def kind(request: Mapping[str, object]) -> tuple[str, str, bool]:
    """Read the kind of pipeline: ref, source, and whether the ref is a tag. Raises WrongRequest."""
    default = Situation()
    tag = flag(request, "tag")
    source = text(request, "source", default.source)
    try:
        ref, is_tag = split_ref(text(request, "ref", default.ref))
        check_source(source, tag=tag or is_tag is True)
    except WrongKind as wrong:
        raise WrongRequest(str(wrong)) from wrong
    if tag and is_tag is False:
        raise WrongRequest(f"refs/heads/{ref} is no tag")
    return ref, source, tag or is_tag is True


def pipeline_variables(request: Mapping[str, object]) -> list[Variable]:
    """Read `variables` (by name), `variables_list` (as in the API) and `masked` (names). Raises WrongRequest."""
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
    """Read variables by name: a value, or a map of value, type, raw and masked."""
    return [
        variable(name, value if isinstance(value, Mapping) else {"value": value}, masked=name in masked)
        for name, value in values.items()
    ]


def variable(name: str, given: Mapping[str, object], *, masked: bool) -> Variable:
    """Read a variable."""
    return Variable(
        name,
        scalar(given.get("value")),
        raw=given.get("raw") is True,
        masked=masked or given.get("masked") is True,
        file=(given.get("type") or given.get("variable_type")) == "file",
    )


def limits(given: Mapping[str, object]) -> CompilerLimits:
    """Read limits; those not given are the default ones."""
    known = {name: value for key, value in given.items() if isinstance(value, int) and (name := LIMITS.get(key, key))}
    default = CompilerLimits()
    return CompilerLimits(
        yaml_bytes=known.get("yaml_bytes", default.yaml_bytes),
        yaml_depth=known.get("yaml_depth", default.yaml_depth),
        includes=known.get("includes", default.includes),
        total_bytes=known.get("total_bytes", default.total_bytes),
        jobs=known.get("jobs", default.jobs),
    )


def text(request: Mapping[str, object], key: str, otherwise: str) -> str:
    """Read a string. Raises WrongRequest."""
    value = request.get(key)
    if value is None:
        return otherwise
    if not isinstance(value, str):
        raise WrongRequest(f"{key} should be a string")
    return value


def flag(request: Mapping[str, object], key: str) -> bool:
    """Read true or false; an absent one is false. Raises WrongRequest."""
    value = request.get(key)
    if not isinstance(value, bool | None):
        raise WrongRequest(f"{key} should be true or false")
    return value is True


def mapping(request: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Read a map; an absent one is empty. Raises WrongRequest."""
    value = request.get(key)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise WrongRequest(f"{key} should be a map")
    return value


def scalar(value: object) -> str:
    """Convert a variable's value to a string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
