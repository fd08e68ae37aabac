"""A compiled plan as it is stored: what recording needs, what a caller is told, and why each job is in or out."""

from pullcord import jobs
from pullcord.access import User
from pullcord.config.plan import Plan, PlannedJob
from pullcord.config.problems import Problem
from pullcord.requests import Subject
from pullcord.times import Moment
from pullcord.usecases import traces
from pullcord.usecases.repositories import Checkout

Json = dict[str, object]
MOST_ERRORS = 10
LONGEST_MESSAGE = 10_000
"""Characters of an error that are stored and told; an item of the table holds 400 KB."""
LONGEST_NAME = 255


def stored(plan: Plan, subject: Subject, checkout: Checkout, moment: Moment) -> Json:
    """A healthy plan: the pipeline begins as `created`; a commit that asks to be skipped makes a skipped one."""
    status = "skipped" if plan.outcome == "skipped" else "created"
    facts = _pipeline(subject, checkout, moment, status)
    facts |= {"name": plan.name, "stages": list(plan.stages), "auto_cancel": dict(plan.auto_cancel)}
    planned = [_job(job) for job in plan.jobs]
    facts |= {"first_job": jobs.first_id(subject.request.id, planned), "job_count": len(planned)}
    return {
        "pipeline": facts,
        "jobs": planned,
        "user": _public(subject.user),
        "variables": _sent(subject),
        "trace": traces.whole(plan),
        "warnings": [problem(warning) for warning in plan.warnings],
    }


def failed(subject: Subject, checkout: Checkout, message: str, moment: Moment, plan: Plan | None = None) -> Json:
    """A pipeline without jobs that shows what is wrong with the configuration; of a long message its beginning."""
    message = message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}…"
    facts = _pipeline(subject, checkout, moment, "failed")
    facts |= {"stages": [], "yaml_errors": message, "failure_reason": "config_error"}
    return {
        "pipeline": facts,
        "jobs": [],
        "user": _public(subject.user),
        "variables": _sent(subject),
        "message": message,
        "code": "config_error",
        "facts": _facts(plan, subject) if plan else {},
        "trace": traces.whole(plan) if plan else None,
    }


def too_large(plan: Plan) -> str | None:
    """What is wrong with names that no record can hold; None if nothing is. GitLab has no stage beyond 255 either."""
    for job in plan.jobs:
        if len(job.stage) > LONGEST_NAME:
            return f"{job.name} job: stage is too long (maximum is {LONGEST_NAME} characters)"
        if sum(map(len, job.tags)) > LONGEST_MESSAGE:
            return f"{job.name} job: tags are too long (maximum is {LONGEST_MESSAGE} characters)"
    return None


def _facts(plan: Plan, subject: Subject) -> Json:
    """What the caller is told: what is wrong and where, and what had been decided by then."""
    return {"errors": [problem(error) for error in plan.errors[:MOST_ERRORS]], **reasons(plan, subject)}


def reasons(plan: Plan, subject: Subject | None = None) -> Json:
    """Why there is nothing to run, as far as the caller may know it."""
    return {"trace": traces.told(plan, subject)}


def problem(one: Problem) -> Json:
    """An error or warning in JSON."""
    return {"message": one.message, "location": traces.location(one.location)}


def _pipeline(subject: Subject, checkout: Checkout, moment: Moment, status: str) -> Json:
    request = subject.request
    return {
        "user_id": request.user_id,
        "trigger_id": request.trigger_id,
        "source": request.source,
        "sha": checkout.sha,
        "ref": checkout.ref,
        "tag": checkout.kind == "tag",
        "status": status,
        "created_at": moment.now,
        "updated_at": moment.now,
        "commit": checkout.commit._asdict(),
    }


def _public(user: User) -> Json:
    """What everybody may see of a user."""
    return {name: getattr(user, name) for name in ("id", "username", "name", "state", "public_email")}


def _sent(subject: Subject) -> list[Json]:
    """The variables that were sent along, as the pipeline keeps them."""
    return [variable._asdict() for variable in subject.wish.variables]


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
