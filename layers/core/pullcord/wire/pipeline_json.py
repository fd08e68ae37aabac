"""JSON of pipelines and their variables.

Source: https://docs.gitlab.com/api/pipelines
"""

from collections.abc import Sequence

from pullcord.access import User
from pullcord.errors import TooLarge
from pullcord.pipelines import Pipeline
from pullcord.projects import Project
from pullcord.variables import PipelineVariable
from pullcord.wire.status_json import detailed_status
from pullcord.wire.types import Json, encoded_length, text_of
from pullcord.wire.user_json import user_basic

MAX_VARIABLES_LENGTH = 5_000_000
"""Bytes of a pipeline's variables in an answer of a Lambda function, which has at most 6 MB; a job comes with more."""


def pipeline_basic(pipeline: Pipeline, project: Project, server: str) -> Json:
    """PipelineBasic: a pipeline in lists and in jobs."""
    return {
        "id": pipeline.id,
        "iid": pipeline.iid,
        "project_id": pipeline.project_id,
        "sha": pipeline.sha,
        "ref": pipeline.ref,
        "status": pipeline.status,
        "source": pipeline.source,
        "created_at": pipeline.created_at,
        "updated_at": pipeline.updated_at,
        "web_url": f"{server}/{project.full_path}/-/pipelines/{pipeline.id}",
    }


def pipeline(pipeline: Pipeline, project: Project, user: User | None, server: str) -> Json:
    """A pipeline with all fields."""
    return {
        **pipeline_basic(pipeline, project, server),
        "before_sha": pipeline.before_sha,
        "tag": pipeline.tag,
        "yaml_errors": pipeline.yaml_errors,
        "user": user_basic(user, server),
        "started_at": pipeline.started_at,
        "finished_at": pipeline.finished_at,
        "committed_at": pipeline.committed_at,
        "duration": pipeline.duration,
        "queued_duration": pipeline.queued_duration,
        "coverage": pipeline.coverage,
        "detailed_status": detailed_status(pipeline.status, f"/{project.full_path}/-/pipelines/{pipeline.id}"),
        "archived": project.archived,
    }


def check_readable(variables: Sequence[PipelineVariable]) -> None:
    """Raise TooLarge for variables that could not be read again, since Lambda answers with at most 6 MB."""
    length = encoded_length(text_of([variable(one) for one in variables]))
    if length > MAX_VARIABLES_LENGTH:
        raise TooLarge(
            f"variables and payload would take {length / 1e6:.1f} MB to read again, quotes and control characters escaped; "
            f"at most {MAX_VARIABLES_LENGTH / 1e6:.0f} MB. Store large content elsewhere and send its address"
        )


def variable(variable: PipelineVariable) -> Json:
    """A variable of a pipeline."""
    return {
        "variable_type": variable.variable_type,
        "key": variable.key,
        "value": variable.value,
        "raw": variable.raw,
    }
