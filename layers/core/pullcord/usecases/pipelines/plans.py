"""A compiled plan as it is stored: what recording needs, what the caller is answered, and why each job is in or out."""

from pullcord import jobs, variables
from pullcord.access import User
from pullcord.config.plan import Plan, PlannedJob
from pullcord.config.problems import Problem
from pullcord.requests import RequestContext
from pullcord.times import Runtime
from pullcord.usecases.pipelines import traces
from pullcord.usecases.pipelines.checkout import Checkout

Json = dict[str, object]
MAX_ERRORS = 10
MAX_WARNINGS = 100
MAX_MESSAGE_LENGTH = 10_000
"""Characters of an error or a warning that are stored and answered; an item of the table holds 400 KB."""
MAX_TAG_BYTES = 10_000
"""Bytes of a job's tags; 99 jobs are written in one transaction of at most 4 MB."""
MAX_NAME_LENGTH = 255


def stored(plan: Plan, context: RequestContext, checkout: Checkout, runtime: Runtime) -> Json:
    """A valid plan. Its pipeline begins as `created`, or as `skipped` if the commit asks to be skipped."""
    status = "skipped" if plan.outcome == "skipped" else "created"
    fields = _pipeline(context, checkout, runtime, status)
    fields |= {"name": plan.name, "stages": list(plan.stages), "auto_cancel": dict(plan.auto_cancel)}
    planned = [_job(job) for job in plan.jobs]
    fields |= {"first_job": jobs.first_id(context.request.id, planned), "job_count": len(planned)}
    return {
        "pipeline": fields,
        "jobs": planned,
        "user": _public(context.user),
        "variables": variables.packed(context.params.variables),
        "trace": traces.stored(plan),
        "warnings": [problem(warning) for warning in plan.warnings[:MAX_WARNINGS]],
    }


def failed(
    context: RequestContext, checkout: Checkout, message: str, runtime: Runtime, plan: Plan | None = None
) -> Json:
    """The plan of a failed pipeline without jobs that shows what is wrong with the configuration. Long messages are cut."""
    message = shortened(message)
    fields = _pipeline(context, checkout, runtime, "failed")
    fields |= {"stages": [], "yaml_errors": message, "failure_reason": "config_error"}
    return {
        "pipeline": fields,
        "jobs": [],
        "user": _public(context.user),
        "variables": variables.packed(context.params.variables),
        "message": message,
        "code": "config_error",
        "details": _details(plan, context) if plan else {},
        "trace": traces.stored(plan) if plan else None,
    }


def too_large(plan: Plan) -> str | None:
    """The problem with a stage or tags too long to be recorded; None if there is none. GitLab limits stages to 255, too."""
    for job in plan.jobs:
        if len(job.stage) > MAX_NAME_LENGTH:
            return f"{job.name} job: stage is too long (maximum is {MAX_NAME_LENGTH} characters)"
        if sum(len(tag.encode()) for tag in job.tags) > MAX_TAG_BYTES:
            return f"{job.name} job: tags are too long (maximum is {MAX_TAG_BYTES} bytes)"
    return None


def _details(plan: Plan, context: RequestContext) -> Json:
    """Details for the caller: what is wrong and where, and what had been decided by then."""
    return {"errors": [problem(error) for error in plan.errors[:MAX_ERRORS]], **reasons(plan, context)}


def reasons(plan: Plan, context: RequestContext | None = None) -> Json:
    """The reasons why there is nothing to run, as far as the caller may know them."""
    return {"trace": traces.public(plan, context)}


def problem(problem: Problem) -> Json:
    """An error or warning in JSON."""
    return {"message": shortened(problem.message), "location": traces.location(problem.location)}


def shortened(message: str) -> str:
    """A message as it is stored: long ones are cut."""
    return traces.cut(message, MAX_MESSAGE_LENGTH)


def _pipeline(context: RequestContext, checkout: Checkout, runtime: Runtime, status: str) -> Json:
    request = context.request
    return {
        "iid": context.iid,
        "user_id": request.user_id,
        "trigger_id": request.trigger_id,
        "source": request.source,
        "sha": checkout.sha,
        "ref": checkout.ref,
        "tag": checkout.kind == "tag",
        "status": status,
        "created_at": runtime.now,
        "updated_at": runtime.now,
        "commit": checkout.commit._asdict(),
    }


def _public(user: User) -> Json:
    """The public fields of a user."""
    return {name: getattr(user, name) for name in ("id", "username", "name", "state", "public_email")}


def _job(job: PlannedJob) -> Json:
    return {
        "name": job.name,
        "stage": job.stage,
        "when": job.when,
        "allow_failure": job.allow_failure,
        "allow_failure_exit_codes": list(job.allow_failure_exit_codes),
        "bridge": job.bridge,
        "tags": list(job.tags),
        "start_in": job.start_in,
        "needs": None if job.needs is None else [dict(need) for need in job.needs],
        "variables": [dict(variable) for variable in job.variables],
        "environment": None if job.environment is None else dict(job.environment),
        "resource_group": job.resource_group,
        "interruptible": job.interruptible,
        "options": dict(job.options),
    }
