"""/projects/:id/pipelines and /projects/:id/jobs: what was triggered."""

from dataclasses import dataclass

from pullcord.usecases import read_pipelines
from pullcord.usecases.admission import Admission
from pullcord.usecases.authenticate import READ
from pullcord.usecases.outside import Users
from pullcord.wire import declared, pagination, shapes
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
    ("GET", f"{PROJECT}/jobs/<job>", "job"),
)


@dataclass(frozen=True, slots=True)
class ReadingRoutes:
    """Reading pipelines, their variables and their jobs."""

    admission: Admission
    outside: read_pipelines.Outside
    people: Users
    routes = ROUTES

    def index(self, call: Call, project: str) -> Answer:
        """The project's pipelines, newest first."""
        standing = self.admission.reader(personal_token(call), project)
        rows, headers = pagination.page(call, read_pipelines.pipelines(standing, self.outside))
        basics = [{**shapes.pipeline_basic(row, standing.project, call.server), "name": row.name} for row in rows]
        return Answer(200, basics, headers)

    def show(self, call: Call, project: str, pipeline: str) -> Answer:
        """One pipeline, and under `pullcord` why each of its jobs is in or out."""
        number = declared.identifier(pipeline, "pipeline_id")
        standing = self.admission.reader(personal_token(call), project)
        found = read_pipelines.pipeline(standing, number, self.outside)
        shape = shapes.pipeline(found, standing.project, self.people.user(found.user_id), call.server)
        explained = read_pipelines.explanation(standing, found, self.outside)
        return Answer(200, {**shape, "name": found.name, "pullcord": explained})

    def variables(self, call: Call, project: str, pipeline: str) -> Answer:
        """A pipeline's variables."""
        number = declared.identifier(pipeline, "pipeline_id")
        standing = self.admission.reader(personal_token(call), project)
        found = read_pipelines.variables(standing, number, self.outside)
        return Answer(200, [shapes.variable(variable) for variable in found])

    def jobs(self, call: Call, project: str, pipeline: str) -> Answer:
        """A pipeline's jobs, newest first."""
        number = declared.identifier(pipeline, "pipeline_id")
        standing = self.admission.reader(personal_token(call), project)
        found, all_jobs = read_pipelines.jobs(standing, number, self.outside)
        rows, headers = pagination.page(call, all_jobs)
        user = self.people.user(found.user_id)
        return Answer(200, [shapes.job(row, found, standing.project, user, call.server) for row in rows], headers)

    def job(self, call: Call, project: str, job: str) -> Answer:
        """One job."""
        number = declared.identifier(job, "job_id")
        standing = self.admission.member(personal_token(call), project, READ)
        pipeline, found = read_pipelines.job(standing, number, self.outside)
        user = self.people.user(found.user_id)
        return Answer(200, shapes.job(found, pipeline, standing.project, user, call.server))
