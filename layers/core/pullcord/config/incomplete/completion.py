"""Configuration without some of its includes: what only they can define is taken out, and named in warnings.

GitLab would refuse such a configuration. Here the rest is evaluated: a job stays if its script and its rules are known.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping

from pullcord.config.entries import stages
from pullcord.config.entries.root import GLOBAL
from pullcord.config.incomplete.missing_references import MissingReferences, written
from pullcord.config.jobs.predefined import group
from pullcord.config.merging import extends, references
from pullcord.config.problems import Location, Problem
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Reference, Seq, location_of

WORK = frozenset({"script", "run", "trigger"})
"""Keywords of which every job has one."""

NOWHERE = "`{0}` is in none of the files at hand; "
EXTEND = NOWHERE + "without it: {1}"
NEED = "job " + NOWHERE + "it is not among the needs of: {1}"
STAGE = "stage " + NOWHERE + "it comes last, with: {1}"
LATER = "the place of stage `{0}` is unknown; its jobs are not among the needs of: {1}"
UNKNOWN = "not evaluated, because the script or the rules are in none of the files at hand: {1}"


class IncompleteConfig:
    """Completes a configuration. gaps: text of the warning and what is missing → the first place, and who asks for it."""

    def __init__(self) -> None:
        self.gaps: dict[tuple[str, str], tuple[Location | None, dict[str, None]]] = {}

    def complete(self, content: Map, *, has_references: bool) -> Map:
        """Apply `extends` and references as far as possible, and take out what depends on something missing.

        Raises Invalid for what no include could make valid.
        """
        content = extends.extend(self.without_missing_bases(content))
        if has_references:
            content = references.resolve(self.without_missing_references(content))
        return self.with_known_names(self.with_stages(self.without_unknown_jobs(content)))

    @property
    def warnings(self) -> Iterator[Problem]:
        """Warnings, one for each missing thing, with the jobs that it concerns."""
        for (text, name), (location, entries) in self.gaps.items():
            jobs = [entry for entry in entries if not entry.startswith(".")]
            if jobs:
                yield Problem(text.format(name, ", ".join(jobs)), location)

    def miss(self, text: str, name: str, entry: Hashable, location: Location | None) -> None:
        """Record that something is missing for an entry."""
        self.gaps.setdefault((text, name), (location, {}))[1][to_s(entry)] = None

    def without_missing_bases(self, content: Map) -> Map:
        """Take the bases that do not exist out of every `extends`."""
        bases = {key: extends.names(value["extends"]) for key, value in maps(content) if "extends" in value}
        result = content.copied()
        for key, entry in maps(content):
            for base in ancestors(key, bases):
                if base not in content:
                    self.miss(EXTEND, base, key, entry.at("extends"))
            known = [base for base in bases.get(key, ()) if base in content]
            if len(known) < len(bases.get(key, ())):
                result[key] = changed(entry, "extends", sequence(known, entry.at("extends")))
        return result

    def without_missing_references(self, content: Map) -> Map:
        """Take out references that lead nowhere. A job whose rules have one is not evaluated."""

        def report(reference: Reference, entry: Hashable) -> None:
            self.miss(EXTEND, written(reference), entry, location_of(reference.raw_location))

        finder = MissingReferences(content, report)
        result = Map(content.raw_location)
        for key, value in content.items():
            if is_visible(key, value) and isinstance(value, Map) and finder.any_in(value.get("rules")):
                self.miss(UNKNOWN, "", key, value.at("rules"))
                continue
            new = finder.removed(value, key)
            if new is not None or value is None:
                result.put(key, new, content.at(key))
        return result

    def without_unknown_jobs(self, content: Map) -> Map:
        """Take out the jobs without a script, which a skipped include may have defined, and what they would configure."""
        jobs = {to_s(key): value for key, value in maps(content) if is_visible(key, value)}
        waiting = [name for name, job in jobs.items() if not WORK & job.keys()]
        unknown = dict.fromkeys(waiting)
        for name, job in jobs.items():
            if any(maker not in jobs or maker in unknown for maker in makers(job)):
                unknown[name] = None
        for name in unknown:
            self.miss(UNKNOWN, "", name, content.at(name))
        result = Map(content.raw_location)
        for key, value in content.items():
            if to_s(key) not in unknown:
                result.put(key, value, content.at(key))
        return result if unknown else content

    def with_stages(self, content: Map) -> Map:
        """List the stages of jobs that are not listed."""
        listed = content.get("stages")
        if not isinstance(listed, Seq | None):
            return content
        known = list(stages.DEFAULT) if listed is None else list(listed)
        found = dict.fromkeys([*map(to_s, known), stages.FIRST, stages.LAST])
        for key, job in maps(content):
            stage = job.get("stage", stages.OF_A_JOB)
            if is_visible(key, job) and isinstance(stage, str) and stage not in found:
                self.miss(STAGE, stage, key, job.at("stage"))
        missing = [name for text, name in self.gaps if text is STAGE]
        return changed(content, "stages", sequence([*known, *missing], content.at("stages"))) if missing else content

    def with_known_names(self, content: Map) -> Map:
        """Take out the needs, dependencies and stopping jobs that do not exist."""
        known = {to_s(key): job.get("stage", stages.OF_A_JOB) for key, job in maps(content) if is_visible(key, job)}
        result = content.copied()
        for key, job in maps(content):
            if is_visible(key, job):
                result[key] = self.with_known_needs(job, key, known)
        return result

    def with_known_needs(self, job: Map, key: Hashable, known: Mapping[str, object]) -> Map:
        """Take out of one job what does not exist."""
        for keyword in ("needs", "dependencies"):
            if isinstance(needs := job.get(keyword), Seq):
                job = changed(job, keyword, self.known_needs(needs, key, known))
        rules = job.get("rules")
        if isinstance(rules, Seq):
            kept = [self.with_known_needs(rule, key, known) if isinstance(rule, Map) else rule for rule in rules]
            job = changed(job, "rules", sequence(kept, rules.location)) if kept != list(rules) else job
        environment = job.get("environment")
        if isinstance(environment, Map) and "on_stop" in environment and to_s(environment["on_stop"]) not in known:
            self.miss(NEED, to_s(environment["on_stop"]), key, environment.at("on_stop"))
            job = changed(job, "environment", environment.without("on_stop"))
        return job

    def known_needs(self, needs: Seq, key: Hashable, known: Mapping[str, object]) -> Seq:
        """Return the needs that exist, that are optional, or that are of other pipelines."""
        kept: list[object] = []
        for index, need in enumerate(needs):
            name = need.get("job") if isinstance(need, Map) else need
            elsewhere = isinstance(need, Map) and not {"project", "pipeline"}.isdisjoint(need)
            if elsewhere or not isinstance(name, str):
                kept.append(self.known_needs(need, key, known) if isinstance(need, Seq) else need)
            elif self.is_later(known.get(name), known[to_s(key)]):
                self.miss(LATER, to_s(known[name]), key, needs.at(index))
            elif name in known or group(name) in known or (isinstance(need, Map) and need.get("optional") is True):
                kept.append(need)
            else:
                self.miss(NEED, name, key, needs.at(index))
        return needs if len(kept) == len(needs) else sequence(kept, needs.location)

    def is_later(self, stage: object, own: object) -> bool:
        """Whether a stage was not listed and comes after a job's own."""
        unlisted = [name for text, name in self.gaps if text is STAGE]
        return stage in unlisted and (own not in unlisted or unlisted.index(str(own)) < unlisted.index(str(stage)))


def maps(content: Map) -> Iterable[tuple[Hashable, Map]]:
    """Return the entries that are maps."""
    return [(key, value) for key, value in content.items() if isinstance(value, Map)]


def is_visible(key: Hashable, value: object) -> bool:
    """Whether an entry is a job that is not hidden."""
    return isinstance(value, Map) and key not in GLOBAL and not to_s(key).startswith(".")


def ancestors(key: Hashable, bases: Mapping[Hashable, Iterable[str]]) -> Iterable[str]:
    """Return all that an entry extends, directly or not."""
    found: dict[str, None] = {}
    waiting = list(bases.get(key, ()))
    while waiting:
        base = waiting.pop()
        if base not in found:
            found[base] = None
            waiting += bases.get(base, ())
    return found


def makers(job: Map) -> Iterator[str]:
    """Yield the jobs whose artifacts are the configuration of the pipeline that a job triggers."""
    trigger = job.get("trigger")
    includes = trigger.get("include") if isinstance(trigger, Map) else None
    for include in includes if isinstance(includes, Seq) else (includes,):
        if isinstance(include, Map) and isinstance(name := include.get("job"), str):
            yield name


def changed(entry: Map, key: Hashable, value: object) -> Map:
    """Return a copy with another value for a key."""
    result = entry.copied()
    result[key] = value
    return result


def sequence(items: Iterable[object], location: Location | None) -> Seq:
    """Make a sequence whose items are all at one location."""
    result = Seq(location)
    for item in items:
        result.put(item, location)
    return result
