"""Names in error messages that nobody knows but that look like ones that exist: keywords, stages, jobs, inputs."""

import re
from collections.abc import Iterable, Iterator

from pullcord.config.context import Limits
from pullcord.config.plan import Plan
from pullcord.config.problems import Invalid, Place
from pullcord.config.tree import Map
from pullcord.config.yaml.documents import Documents, read_documents
from pullcord_local.explain.worktree import Configuration

LIKENESS = 0.84
SHORT_LIKENESS = 0.7
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


def slips(plan: Plan, configuration: Configuration) -> Iterator[str]:
    """One sentence for each name that looks like another."""
    for problem in plan.errors:
        message = problem.message
        if found := KEYS.search(message):
            yield from meant("keyword", found["names"].split(", "), KEYWORDS)
        elif found := STAGE.search(message):
            yield from meant("stage", [found["name"]], found["known"].split(", "))
        elif found := JOBS.search(message):
            yield from meant("job", (found["name"] or found["names"]).split(", "), jobs(plan, configuration))
        elif found := INPUTS.search(message):
            names = (found["name"] or found["names"]).split(", ")
            yield from meant("input", names, declared_inputs(configuration, problem.place))


def meant(what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """A sentence for each name that is close to a known one."""
    known = list(known)
    for name in names:
        if found := closest(name, known, SHORT_LIKENESS):
            yield f"there is no {what} `{name}`; did you mean `{found}`?"


def jobs(plan: Plan, configuration: Configuration) -> list[str]:
    """The names of jobs, hidden ones too, as far as they are known."""
    content = documents(configuration, None)
    written = [str(key) for key in content.content] if content else []
    return [*written, *(decision.name for decision in plan.decisions)]


def declared_inputs(configuration: Configuration, place: Place | None) -> list[str]:
    """The inputs in the header of a file."""
    found = documents(configuration, place)
    spec = found.header.get("spec") if found and found.header is not None else None
    inputs = spec.get("inputs") if isinstance(spec, Map) else None
    return [str(name) for name in inputs] if isinstance(inputs, Map) else []


def documents(configuration: Configuration, place: Place | None) -> Documents | None:
    """What a file holds; without a place the configuration itself. None if it cannot be read."""
    file = place.file if place else ""
    own = file in {"", configuration.name}
    text = configuration.text if own else configuration.tree.file(file) if ":" not in file else None
    try:
        return read_documents(text or "", file, Limits())
    except Invalid:
        return None


def closest(name: str, known: Iterable[str], likeness: float = LIKENESS) -> str | None:
    """The known name that looks most like this one, if any does."""
    import difflib

    found = difflib.get_close_matches(name, [each for each in known if each != name], n=1, cutoff=likeness)
    return found[0] if found else None
