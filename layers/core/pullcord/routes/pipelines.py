"""/projects/:id/pipelines and /projects/:id/jobs."""

from copy import replace
from dataclasses import dataclass

from pullcord.routes.auth import RouteAuth
from pullcord.usecases.people_ports import UsersByName
from pullcord.usecases.pipelines import read_pipelines
from pullcord.usecases.pipelines.read_refusal import RefusalDeps, refusal_for_reader, refusal_for_trigger
from pullcord.wire import fields, job_json, job_params, pagination, pipeline_json, pipeline_params, refusal_json
from pullcord.wire.call import Call
from pullcord.wire.http import Answer

NO_USER = 0
"""An id that no user has."""


@dataclass(frozen=True, slots=True)
class PipelineRoutes:
    """Operations on pipelines, their variables and their jobs."""

    auth: RouteAuth
    deps: read_pipelines.ReadDeps
    refusals: RefusalDeps
    users: UsersByName

    def get_trigger_request(self, call: Call, project: str, request: str) -> Answer:
        """Read the refusal of a request for a pipeline, as the call would have been answered with its details."""
        number = fields.identifier(request, "request_id")
        token = call.headers.get("pullcord-trigger-token") or fields.text(call, "token")
        if token:
            refusal = refusal_for_trigger(project, token, number, self.refusals)
        else:
            self.auth.user(call)
            refusal = refusal_for_reader(self.auth.project(call, project), number, self.refusals)
        return Answer(200, refusal_json.answer(refusal, details=True)[1])

    def list_pipelines(self, call: Call, project: str) -> Answer:
        """List the project's pipelines, newest first by default."""
        wanted = pipeline_params.pipeline_filter(call)
        access = self.auth.project(call, project)
        if username := fields.text(call, "username"):
            wanted = replace(wanted, user_id=self.users.user_id(username) or NO_USER)
        found = read_pipelines.list_pipelines(access, wanted, self.deps)
        rows, headers = pagination.page(call, found, counted=len(found) < read_pipelines.MAX_LISTED)
        basics = [{**pipeline_json.pipeline_basic(row, access.project, call.server), "name": row.name} for row in rows]
        return Answer(200, basics, headers)

    def get_pipeline(self, call: Call, project: str, pipeline: str) -> Answer:
        """Read a pipeline; key `pullcord` tells why each of its jobs is in or out."""
        number = fields.identifier(pipeline, "pipeline_id")
        access = self.auth.project(call, project)
        found = read_pipelines.find_pipeline(access, number, self.deps)
        shape = pipeline_json.pipeline(found, access.project, self.users.user(found.user_id), call.server)
        explained = read_pipelines.explain(access, found, self.deps)
        return Answer(200, {**shape, "name": found.name, "pullcord": explained})

    def list_pipeline_variables(self, call: Call, project: str, pipeline: str) -> Answer:
        """List a pipeline's variables."""
        number = fields.identifier(pipeline, "pipeline_id")
        access = self.auth.project(call, project)
        found = read_pipelines.list_variables(access, number, self.deps)
        return Answer(200, [pipeline_json.variable(variable) for variable in found])

    def list_pipeline_jobs(self, call: Call, project: str, pipeline: str) -> Answer:
        """List a pipeline's jobs, newest first."""
        number, scope = fields.identifier(pipeline, "pipeline_id"), job_params.job_scope(call)
        access = self.auth.project(call, project)
        found, all_jobs = read_pipelines.list_pipeline_jobs(access, number, scope, self.deps)
        rows, headers = pagination.page(call, all_jobs)
        user = self.users.user(found.user_id)
        return Answer(200, [job_json.job(row, found, access.project, user, call.server) for row in rows], headers)

    def list_jobs(self, call: Call, project: str) -> Answer:
        """List the project's jobs, newest first, with offset or keyset pagination."""
        scope, span = job_params.job_scope(call), pagination.span(call)
        access = self.auth.project(call, project)
        found = read_pipelines.list_jobs(access, scope, span, self.deps)
        rows, headers = pagination.stretch(call, found, lambda row: row[0].id)
        users = self.users.users({job.user_id for job, _ in rows})
        shown = [
            job_json.job(job, pipeline, access.project, users.get(job.user_id), call.server) for job, pipeline in rows
        ]
        return Answer(200, shown, headers)

    def get_job(self, call: Call, project: str, job: str) -> Answer:
        """Read a job."""
        number = fields.identifier(job, "job_id")
        access = self.auth.project(call, project)
        pipeline, found = read_pipelines.find_job(access, number, self.deps)
        user = self.users.user(found.user_id)
        return Answer(200, job_json.job(found, pipeline, access.project, user, call.server))
