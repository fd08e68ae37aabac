"""Pipeline to explain: ref, source, variables and inputs, converted to the compiler's context."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pullcord.config.context import NOTHING, ZEROS, CompilerLimits, Context, Variable
from pullcord.config.variables.predefined import PredefinedInput, before_pipeline, of_pipeline

MERGE_REQUEST = "merge_request_event"
NEVER_SKIPPED = frozenset({"api", "web", "schedule", "trigger"})
UNSAFE = re.compile(r"[^a-z0-9]")
MAX_SLUG_LENGTH = 63


class Situation(NamedTuple):
    """Pipeline to explain.

    predefined: further predefined variables, which override the usual ones; pipeline_only: those that `include` does
    not see
    """

    ref: str = "main"
    tag: bool = False
    source: str = "push"
    project: str = "my-group/my-project"
    default_branch: str = "main"
    sha: str = ZEROS
    message: str = ""
    variables: Sequence[Variable] = ()
    project_variables: Sequence[Variable] = ()
    predefined: Mapping[str, str] = NOTHING
    pipeline_only: Mapping[str, str] = NOTHING
    inputs: Mapping[str, object] | None = None
    limits: CompilerLimits = CompilerLimits()

    def with_predefined(self, given: PredefinedInput) -> "Situation":
        """Return the pipeline with all predefined variables of this data."""
        return self._replace(predefined=before_pipeline(given), pipeline_only=of_pipeline(given))

    def context(self) -> Context:
        """Convert to the compiler's context."""
        return Context(
            ref=self.ref,
            tag=self.tag,
            source=self.source,
            project=self.project,
            predefined={**predefined(self), **self.predefined},
            pipeline_only=self.pipeline_only,
            project_variables=self.project_variables,
            variables=self.variables,
            inputs=self.inputs,
            commit_message=self.message,
            ignore_skip=self.source in NEVER_SKIPPED,
            limits=self.limits,
        )


def predefined(situation: Situation) -> dict[str, str]:
    """Return the predefined variables that are known without a server.

    Source: https://docs.gitlab.com/ci/variables/predefined_variables/
    """
    namespace, _, name = situation.project.rpartition("/")
    values = {
        "CI": "true",
        "GITLAB_CI": "true",
        "CI_PIPELINE_SOURCE": situation.source,
        "CI_DEFAULT_BRANCH": situation.default_branch,
        "CI_COMMIT_REF_NAME": situation.ref,
        "CI_COMMIT_REF_SLUG": slug(situation.ref),
        "CI_COMMIT_SHA": situation.sha,
        "CI_COMMIT_SHORT_SHA": situation.sha[:8],
        "CI_COMMIT_MESSAGE": situation.message,
        "CI_COMMIT_TITLE": situation.message.partition("\n")[0],
        "CI_PROJECT_PATH": situation.project,
        "CI_PROJECT_NAME": name,
        "CI_PROJECT_NAMESPACE": namespace,
        "CI_SERVER_FQDN": "gitlab.example.com",
    }
    return values | by_kind(situation)


def by_kind(situation: Situation) -> dict[str, str]:
    """Return the variables that only branch, tag or merge request pipelines have."""
    if situation.source == MERGE_REQUEST:
        return {
            "CI_MERGE_REQUEST_IID": "1",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": situation.ref,
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": situation.default_branch,
            "CI_MERGE_REQUEST_EVENT_TYPE": "detached",
        }
    return {"CI_COMMIT_TAG" if situation.tag else "CI_COMMIT_BRANCH": situation.ref}


def slug(ref: str) -> str:
    """Convert a ref to a slug, as host names can have it."""
    return UNSAFE.sub("-", ref.lower())[:MAX_SLUG_LENGTH].strip("-")
