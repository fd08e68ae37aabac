"""Evaluate a stored request: rights, ref, configuration, rules. Leaves a plan or a refusal; records no pipeline."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from pullcord.config.compiler import compile_pipeline
from pullcord.config.context import duplicate_names
from pullcord.config.plan import Plan
from pullcord.errors import PipelineRefused, Refusal
from pullcord.requests import Subject
from pullcord.times import DAY, Moment
from pullcord.usecases import permission, plans, remotes
from pullcord.usecases.compilation import compilation_context
from pullcord.usecases.configuration import configuration
from pullcord.usecases.hosts import Hosts, Visit
from pullcord.usecases.other_projects import OtherProjects
from pullcord.usecases.outside import Peppers
from pullcord.usecases.remote_files import TOO_LATE, RemoteFiles
from pullcord.usecases.repositories import Checkout
from pullcord.usecases.sources import Sources
from pullcord.usecases.standing import Directory

SECONDS = 13.0
"""All questions to other hosts together."""

MORE_SECONDS = 2.0
"""What compiling may take beyond that: whoever waits has 30 s in all."""


class Subjects(Protocol):
    """Stored requests with all that decides about them."""

    def of(self, ids: Mapping[str, object]) -> Subject | None:
        """One of them, None if its project or user is gone."""
        ...


class Results(Protocol):
    """Where plans and refusals are left."""

    def plan(self, request_id: int, plan: Mapping[str, object], ends_at: int) -> bool:
        """Leave a plan for some time; False when an earlier try has left a refusal."""
        ...

    def refuse(self, request_id: int, refusal: Mapping[str, object], now: int) -> bool:
        """Leave a refusal; False when an earlier try has left a plan."""
        ...


class Deadline(Protocol):
    """Ends what takes too long."""

    def __call__(self, seconds: float, refusal: Refusal, /) -> AbstractContextManager[None]:
        """Raise the refusal in the `with` block when it has taken so long."""
        ...


class Outside(NamedTuple):
    """All of the world that evaluating touches.

    plan_days: how long plans are kept, for their pipelines to show and run
    """

    subjects: Subjects
    directory: Directory
    hosts: Hosts
    peppers: Peppers
    results: Results
    deadline: Deadline
    moment: Moment
    plan_days: int


def evaluate_rules(ids: Mapping[str, Any], outside: Outside) -> dict[str, object]:
    """Decide about one stored request, in GitLab's order; the words stay beside the request."""
    request_id = int(ids["request"])
    code = None
    try:
        with outside.deadline(SECONDS + MORE_SECONDS, PipelineRefused(TOO_LATE, code="evaluation_timeout")):
            plan = _planned(ids, outside)
    except Refusal as refusal:
        told = {"message": refusal.message, "code": refusal.code, "facts": dict(refusal.facts)}
        planned = not outside.results.refuse(request_id, told, outside.moment.seconds)
        code = refusal.code
    else:
        planned = outside.results.plan(request_id, plan, outside.moment.seconds + outside.plan_days * DAY)
    outcome = {"outcome": "planned"} if planned else {"outcome": "refused", "code": code}
    return {**outcome, "request": ids["request"], "project": ids["project"]}


def _planned(ids: Mapping[str, Any], outside: Outside) -> dict[str, object]:
    subject = outside.subjects.of(ids)
    if subject is None:
        raise PipelineRefused("Project is deleted!", code="project_deleted")
    today = outside.moment.clock().date()
    permission.to_create(subject, today)
    with outside.hosts.visit(SECONDS) as visit:
        repository = visit.repository(subject.project.import_url, remotes.login_of(subject.project, outside.peppers))
        checkout = Checkout.of(repository, subject.request.ref)
        protected = permission.to_run_on(subject, checkout.kind, checkout.ref, today)
        permission.to_set_variables(subject, today)
        if complaint := duplicate_names(variable.key for variable in subject.wish.variables):
            return plans.failed(subject, checkout, complaint, outside.moment)
        context = compilation_context(subject, checkout, protected=protected)
        text, filename, context = configuration(subject.project, checkout, context)
        plan = compile_pipeline(text, filename, context, _sources(subject, checkout, visit, outside))
        return _answered(plan, subject, checkout, outside)


def _sources(subject: Subject, checkout: Checkout, visit: Visit, outside: Outside) -> Sources:
    today = outside.moment.now[:10]
    projects = OtherProjects(subject.user, outside.directory, visit, outside.peppers, today)
    projects.repositories[subject.project.id] = checkout.repository
    return Sources(checkout, projects, RemoteFiles(visit, outside.moment.sleep))


def _answered(plan: Plan, subject: Subject, checkout: Checkout, outside: Outside) -> dict[str, object]:
    if plan.outcome in {"filtered", "empty"}:
        message = plan.errors[0].message
        raise PipelineRefused(message, code=f"{plan.outcome}_by_rules", facts=plans.reasons(plan, subject))
    if plan.outcome == "invalid":
        return plans.failed(subject, checkout, plan.errors[0].message, outside.moment, plan)
    if too_large := plans.too_large(plan):
        return plans.failed(subject, checkout, too_large, outside.moment)
    return plans.stored(plan, subject, checkout, outside.moment)
