"""Pipeline to explain: ref, source, variables and inputs, and what is known about its project."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pullcord.config.context import NOTHING, ZEROS, CompilerLimits, Variable

HOST = "gitlab.example.com"
PROJECT = "my-group/my-project"


class Situation(NamedTuple):
    """Pipeline to explain. None stands for what is not known.

    host:         of the instance, with its port if that is not the usual one
    config_path:  CI_CONFIG_PATH; message: of the commit
    predefined:   predefined variables that were set, which replace the usual ones
    skip_missing: go on without includes that are not at hand
    """

    ref: str = "main"
    tag: bool = False
    source: str = "push"
    host: str | None = None
    project: str | None = None
    default_branch: str | None = None
    sha: str | None = None
    message: str | None = None
    config_path: str = ".gitlab-ci.yml"
    variables: Sequence[Variable] = ()
    project_variables: Sequence[Variable] = ()
    predefined: Mapping[str, str] = NOTHING
    inputs: Mapping[str, object] | None = None
    limits: CompilerLimits = CompilerLimits()
    skip_missing: bool = False

    @property
    def path(self) -> str:
        """Path of the project, or a placeholder."""
        return self.project or PROJECT

    @property
    def commit(self) -> str:
        """The commit, or a placeholder."""
        return self.sha or ZEROS

    @property
    def server(self) -> str:
        """URL of the instance, or a placeholder."""
        return self.predefined.get("CI_SERVER_URL") or f"https://{self.host or HOST}"

    def with_overrides(self) -> "Situation":
        """Return the pipeline with what follows from the predefined variables that were set."""
        overrides = self.predefined
        return self._replace(
            host=overrides.get("CI_SERVER_FQDN") or overrides.get("CI_SERVER_HOST") or self.host,
            project=overrides.get("CI_PROJECT_PATH") or self.project,
            default_branch=overrides.get("CI_DEFAULT_BRANCH") or self.default_branch,
            sha=overrides.get("CI_COMMIT_SHA") or self.sha,
            message=overrides.get("CI_COMMIT_MESSAGE", self.message),
        )
