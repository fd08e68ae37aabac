"""/projects/:id/pipelines and /projects/:id/jobs: what was triggered."""

from collections.abc import Iterable, Mapping
from copy import replace
from dataclasses import dataclass
from typing import Protocol

from pullcord.access import User
from pullcord.usecases.auth.authenticate import READ
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.pipelines import read_pipelines
from pullcord.wire import fields, pagination, pipeline_json, pipeline_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer

PROJECT = "/api/v4/projects/<project>"
PIPELINE = f"{PROJECT}/pipelines/<pipeline>"
ROUTES = (
    ("GET", f"{PROJECT}/pipelines", "index"),
    ("GET", PIPELINE, "show"),
    ("GET", f"{PIPELINE}/variables", "variables"),
    ("GET", f"{PIPELINE}/jobs", "jobs"),
    ("GET", f"{PROJECT}/jobs", "project_jobs"),
    ("GET", f"{PROJECT}/jobs/<job>", "job"),
)


NOBODY = 0
"""An id that no user has."""


class People(Protocol):
    """Users by id and by name."""

    def user(self, user_id: int) -> User | None:
        """One of them."""
        ...

    def users(self, user_ids: Iterable[int]) -> Mapping[int, User]:
        """Some of them."""
        ...

    def user_id(self, username: str) -> int | None:
        """The id of somebody by name."""
        ...


@dataclass(frozen=True, slots=True)
class ReadingRoutes:
    """Reading pipelines, their variables and their jobs."""

    admission: Admission
    outside: read_pipelines.Outside
    people: People
    routes = ROUTES

    def index(self, call: Call, project: str) -> Answer:
        """The project's pipelines, newest first unless told otherwise."""
        wanted = pipeline_params.pipeline_filter(call)
        standing = self.admission.reader(personal_token(call), project)
        if username := fields.text(call, "username"):
            wanted = replace(wanted, user_id=self.people.user_id(username) or NOBODY)
        found = read_pipelines.pipelines(standing, wanted, self.outside)
        rows, headers = pagination.page(call, found, counted=len(found) < read_pipelines.MOST)
        basics = [
            {**pipeline_json.pipeline_basic(row, standing.project, call.server), "name": row.name} for row in rows
        ]
        return Answer(200, basics, headers)

    def show(self, call: Call, project: str, pipeline: str) -> Answer:
        """One pipeline, and under `pullcord` why each of its jobs is in or out."""
        number = fields.identifier(pipeline, "pipeline_id")
        standing = self.admission.reader(personal_token(call), project)
        found = read_pipelines.pipeline(standing, number, self.outside)
        shape = pipeline_json.pipeline(found, standing.project, self.people.user(found.user_id), call.server)
        explained = read_pipelines.explanation(standing, found, self.outside)
        return Answer(200, {**shape, "name": found.name, "pullcord": explained})

    def variables(self, call: Call, project: str, pipeline: str) -> Answer:
        """A pipeline's variables."""
        number = fields.identifier(pipeline, "pipeline_id")
        standing = self.admission.reader(personal_token(call), project)
        found = read_pipelines.variables(standing, number, self.outside)
        return Answer(200, [pipeline_json.variable(variable) for variable in found])

    def jobs(self, call: Call, project: str, pipeline: str) -> Answer:
        """A pipeline's jobs, newest first."""
        number, scope = fields.identifier(pipeline, "pipeline_id"), pipeline_params.job_scope(call)
        standing = self.admission.reader(personal_token(call), project)
        found, all_jobs = read_pipelines.jobs(standing, number, scope, self.outside)
        rows, headers = pagination.page(call, all_jobs)
        user = self.people.user(found.user_id)
        return Answer(
            200, [pipeline_json.job(row, found, standing.project, user, call.server) for row in rows], headers
        )

    def project_jobs(self, call: Call, project: str) -> Answer:
        """The project's jobs, newest first, page by page or from a cursor on."""
        scope, span = pipeline_params.job_scope(call), pagination.span(call)
        standing = self.admission.member(personal_token(call), project, READ)
        found = read_pipelines.project_jobs(standing, scope, span, self.outside)
        rows, headers = pagination.stretch(call, found, lambda row: row[0].id)
        users = self.people.users({job.user_id for job, _ in rows})
        shown = [
            pipeline_json.job(job, pipeline, standing.project, users.get(job.user_id), call.server)
            for job, pipeline in rows
        ]
        return Answer(200, shown, headers)

    def job(self, call: Call, project: str, job: str) -> Answer:
        """One job."""
        number = fields.identifier(job, "job_id")
        standing = self.admission.member(personal_token(call), project, READ)
        pipeline, found = read_pipelines.job(standing, number, self.outside)
        user = self.people.user(found.user_id)
        return Answer(200, pipeline_json.job(found, pipeline, standing.project, user, call.server))
