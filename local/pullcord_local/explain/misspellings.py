"""Misspellings: unknown names in error messages that look like existing keywords, stages, jobs or inputs."""

import re
from collections.abc import Iterable, Iterator

from pullcord.config.context import CompilerLimits
from pullcord.config.plan import Plan
from pullcord.config.problems import Invalid, Location
from pullcord.config.tree import Map
from pullcord.config.yaml.documents import Documents, read_documents
from pullcord_local.explain.worktree import ExplainedConfig

MIN_SIMILARITY = 0.84
MIN_NAME_SIMILARITY = 0.7
INPUTS = re.compile(
    r"unknown interpolation provided: `(?P<name>[\w-]+)` in `inputs\.|unknown input arguments: (?P<names>[\w, -]+)"
)
KEYS = re.compile(r"contains unknown keys: (?P<names>.+)$")
STAGE = re.compile(r"chosen stage (?P<name>.+) does not exist; available stages are (?P<known>.+)$")
JOBS = re.compile(r"(?:undefined need|undefined dependency): (?P<name>.+)$|unknown keys in `extends` \((?P<names>.+)\)")
KEYWORD_NAMES = (
    "after_script allow_failure artifacts auto_cancel before_script cache changes coverage default dependencies "
    "description entrypoint environment exclude exists exit_codes expire_in expose_as extends fallback_keys files hooks "
    "id_tokens image include inherit inputs interruptible manual_confirmation matrix name needs on_stop only except "
    "options pages parallel paths policy prefix pull_policy regex release reports resource_group retry rules script "
    "secrets services spec stage stages start_in strategy tags timeout trigger type untracked url variables when workflow"
)
KEYWORDS = frozenset(KEYWORD_NAMES.split())


def misspellings(plan: Plan, configuration: ExplainedConfig) -> Iterator[str]:
    """Yield a hint for each name in an error that looks like an existing one."""
    for problem in plan.errors:
        message = problem.message
        if found := KEYS.search(message):
            yield from suggestions("keyword", found["names"].split(", "), KEYWORDS)
        elif found := STAGE.search(message):
            yield from suggestions("stage", [found["name"]], found["known"].split(", "))
        elif found := JOBS.search(message):
            yield from suggestions("job", (found["name"] or found["names"]).split(", "), jobs(plan, configuration))
        elif found := INPUTS.search(message):
            names = (found["name"] or found["names"]).split(", ")
            yield from suggestions("input", names, declared_inputs(configuration, problem.location))


def suggestions(what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Yield a hint for each name that is similar to a known one."""
    known = list(known)
    for name in names:
        if found := closest(name, known, MIN_NAME_SIMILARITY):
            yield f"there is no {what} `{name}`; did you mean `{found}`?"


def jobs(plan: Plan, configuration: ExplainedConfig) -> list[str]:
    """Return the names of jobs, with hidden ones, as far as they are known."""
    content = documents(configuration, None)
    written = [str(key) for key in content.content] if content else []
    return [*written, *(decision.name for decision in plan.decisions)]


def declared_inputs(configuration: ExplainedConfig, location: Location | None) -> list[str]:
    """Return the inputs in the header of a file."""
    found = documents(configuration, location)
    spec = found.header.get("spec") if found and found.header is not None else None
    inputs = spec.get("inputs") if isinstance(spec, Map) else None
    return [str(name) for name in inputs] if isinstance(inputs, Map) else []


def documents(configuration: ExplainedConfig, location: Location | None) -> Documents | None:
    """Read the file of a location; without one the configuration itself. None if it cannot be read."""
    file = location.file if location else ""
    own = file in {"", configuration.name}
    text = configuration.text if own else configuration.tree.source(file)
    try:
        return read_documents(text or "", file, CompilerLimits())
    except Invalid:
        return None


def closest(name: str, known: Iterable[str], similarity: float = MIN_SIMILARITY) -> str | None:
    """Return the known name that is most similar to a name; None if none is similar."""
    import difflib

    found = difflib.get_close_matches(name, [each for each in known if each != name], n=1, cutoff=similarity)
    return found[0] if found else None
