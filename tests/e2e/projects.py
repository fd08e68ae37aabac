"""Projects of the service with what tests need of them at hand."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.e2e.repositories import Repository
from tests.e2e.talking import Caller, Reply

FIVE_JOBS = """\
stages: [build, test, deploy]
compile:     {stage: build, script: make}
unit:        {stage: test, script: make unit, tags: [linux, arm64]}
integration: {stage: test, script: make integration, allow_failure: true}
publish:     {stage: deploy, script: make publish, when: manual}
announce:
  stage: deploy
  script: make announce
  rules: [{if: $CI_PIPELINE_SOURCE == "trigger"}]
"""


@dataclass(frozen=True)
class Project:
    """A project, its repository, and a trigger token that `owner` made."""

    details: dict = field(repr=False)
    owner: Caller
    anyone: Caller
    repository: Repository
    trigger: dict

    @property
    def id(self) -> int:
        return self.details["id"]

    @property
    def at(self) -> str:
        return f"/projects/{self.id}"

    @property
    def token(self) -> str:
        return self.trigger["token"]

    def post_trigger(self, form: dict | None = None, **options) -> Reply:
        """Trigger a pipeline with exactly this form, or with `json=`, `query=`, `headers=`; nobody's credentials."""
        return self.anyone.post(f"{self.at}/trigger/pipeline", form=form, **options)

    def triggered(self, ref: str = "main", **more: object) -> dict:
        """Trigger a pipeline with its token; the pipeline. more: `variables`, `inputs`."""
        reply = self.post_trigger(json={"token": self.token, "ref": ref, **more})
        assert reply.status == 201, reply.body
        return reply.json()

    def refused(self, ref: str = "main", **more: object) -> tuple[int, dict]:
        """Trigger a pipeline with its token, in vain; what was said."""
        reply = self.post_trigger(json={"token": self.token, "ref": ref, **more})
        assert reply.status != 201, reply.body
        return reply.said

    def read(self, path: str = "", **query: object):
        """What the owner reads below the project."""
        reply = self.owner.get(f"{self.at}{path}", **query)
        assert reply.status == 200, reply.body
        return reply.json()

    def jobs(self, pipeline: dict) -> list[dict]:
        return self.read(f"/pipelines/{pipeline['id']}/jobs", per_page=100)

    def variables(self, pipeline: dict) -> list[dict]:
        return self.read(f"/pipelines/{pipeline['id']}/variables")

    @contextmanager
    def nothing_stored(self):
        """For a `with` block after which the project has the same pipelines as before."""
        before = self.read("/pipelines")
        yield
        assert self.read("/pipelines") == before


def base(phrase: str) -> dict:
    """The body of a refused pipeline."""
    return {"message": {"base": [phrase]}}
