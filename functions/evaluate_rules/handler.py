"""First task of CreatePipeline: from a stored request to a plan or a refusal."""

from os import environ
from typing import Any

from pullcord.aws import environment
from pullcord.aws.files import Files
from pullcord.aws.subjects import Subjects
from pullcord.git import Policy, open_repository
from pullcord.projects import Project
from pullcord.usecases.evaluate_rules import Outside, evaluate_rules

policy = Policy(allowed=tuple(prefix for prefix in environ["ALLOWED_REMOTES"].split(",") if prefix))
files = Files(environ["OBJECTS_BUCKET"])


class Repositories:
    """Repositories at their projects' remotes."""

    def open(self, project: Project) -> Any:
        """The one of this project."""
        return open_repository(project.import_url, policy, cache=files)


outside = Outside(
    subjects=Subjects(environment.pipelines_table(), environment.requests()),
    repositories=Repositories(),
    results=environment.requests(),
    moment=environment.MOMENT,
)


def handle(event: dict[str, Any], _context: object) -> dict[str, object]:
    """Lambda's entry."""
    return evaluate_rules(event, outside)
