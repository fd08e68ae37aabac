"""Evaluate a stored request: rights, ref, configuration, rules. Stores a plan or a refusal; records no pipeline."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pullcord import git_logins
from pullcord.config.compiler import compile_pipeline
from pullcord.config.context import duplicate_names
from pullcord.config.plan import Plan
from pullcord.errors import PipelineRefused, Refusal
from pullcord.requests import RequestContext
from pullcord.times import DAY, Runtime
from pullcord.usecases.host_ports import GitHosts, RemoteSession
from pullcord.usecases.people_ports import ProjectDirectory
from pullcord.usecases.pipelines import permission, plans
from pullcord.usecases.pipelines.checkout import Checkout
from pullcord.usecases.pipelines.compilation import compilation_context
from pullcord.usecases.pipelines.configuration import configuration
from pullcord.usecases.pipelines.other_projects import OtherProjects
from pullcord.usecases.pipelines.remote_files import TOO_LATE, RemoteFiles
from pullcord.usecases.pipelines.sources import Sources
from pullcord.usecases.ports import Deadline, Peppers, RequestContexts, Requests

HOST_SECONDS = 13.0
"""Time for all requests to other hosts together."""

COMPILE_SECONDS = 2.0
"""Additional time for compiling: the caller waits for at most 30 s."""


class EvaluateDeps(NamedTuple):
    """The stores and services that evaluating uses; every `deps.` below is an effect.

    plan_days: time that plans are stored, for their pipelines to show and run
    """

    contexts: RequestContexts
    directory: ProjectDirectory
    hosts: GitHosts
    peppers: Peppers
    results: Requests
    deadline: Deadline
    runtime: Runtime
    plan_days: int


def evaluate_rules(ids: Mapping[str, Any], deps: EvaluateDeps) -> dict[str, object]:
    """Decide about one stored request, in GitLab's order.

    The execution carries ids and codes only; messages are stored beside the request.
    """
    request_id = int(ids["request"])
    code = None
    try:
        with deps.deadline(HOST_SECONDS + COMPILE_SECONDS, PipelineRefused(TOO_LATE, code="evaluation_timeout")):
            plan = _plan(ids, deps)
    except Refusal as refusal:
        stored = {"message": plans.shortened(refusal.message), "code": refusal.code, "details": dict(refusal.details)}
        planned = not deps.results.refuse(request_id, stored, deps.runtime.seconds)
        code = refusal.code
    else:
        planned = deps.results.plan(request_id, plan, deps.runtime.seconds + deps.plan_days * DAY)
    outcome = {"outcome": "planned"} if planned else {"outcome": "refused", "code": code}
    return {**outcome, "request": ids["request"], "project": ids["project"]}


def _plan(ids: Mapping[str, Any], deps: EvaluateDeps) -> dict[str, object]:
    context = deps.contexts.of(ids)
    if context is None:
        raise PipelineRefused("Project is deleted!", code="project_deleted")
    today = deps.runtime.clock().date()
    permission.to_create(context, today)
    if not context.project.import_url:
        raise PipelineRefused("Reference not found", code="ref_not_found")
    with deps.hosts.open_session(HOST_SECONDS) as session:
        repository = session.repository(context.project.import_url, git_logins.login_of(context.project, deps.peppers))
        checkout = Checkout.of(repository, context.request.ref)
        protected = permission.to_run_on(context, checkout.kind, checkout.ref, today)
        permission.to_set_variables(context, today)
        if complaint := duplicate_names(variable.key for variable in context.params.variables):
            return plans.failed(context, checkout, complaint, deps.runtime)
        compiled_with = compilation_context(context, checkout, protected=protected)
        text, filename, compiled_with = configuration(context.project, checkout, compiled_with)
        plan = compile_pipeline(text, filename, compiled_with, _sources(context, checkout, session, deps))
        return _stored_plan(plan, context, checkout, deps)


def _sources(context: RequestContext, checkout: Checkout, session: RemoteSession, deps: EvaluateDeps) -> Sources:
    today = deps.runtime.today
    projects = OtherProjects(context.user, deps.directory, session, deps.peppers, today)
    projects.repositories[context.project.id] = checkout.repository
    login = git_logins.config_login_of(context.project, deps.peppers)
    logins = {context.project.config_file.strip(): login} if login else {}
    return Sources(checkout, projects, RemoteFiles(session, deps.runtime.sleep, logins))


def _stored_plan(plan: Plan, context: RequestContext, checkout: Checkout, deps: EvaluateDeps) -> dict[str, object]:
    if plan.outcome in {"filtered", "empty"}:
        message = plan.errors[0].message
        raise PipelineRefused(message, code=f"{plan.outcome}_by_rules", details=plans.reasons(plan, context))
    if plan.outcome == "invalid":
        return plans.failed(context, checkout, plan.errors[0].message, deps.runtime, plan)
    if too_large := plans.too_large(plan):
        return plans.failed(context, checkout, too_large, deps.runtime)
    return plans.stored(plan, context, checkout, deps.runtime)
