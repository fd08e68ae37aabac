"""The real template in the embedded cloud of this process, so that a test can take permissions away while it runs."""

import itertools
import time
from functools import cached_property
from pathlib import Path

from pullcord_local.aws_calls.client import client
from pullcord_local.serve import Service
from tests.e2e.people import Person
from tests.e2e.projects import FIVE_JOBS, Project
from tests.e2e.repositories import Repository
from tests.e2e.serving import ROOT_TOKEN
from tests.e2e.talking import Caller, Reply
from tests.integration.git.hosts import Host


class World:
    """A service, its administrator, and fresh things to act upon."""

    def __init__(self, service: Service, host: Host, folder: Path) -> None:
        self.service = service
        self.cloud = service.cloud
        self.guard = service.cloud.guard
        self.root = Caller(service.url, ROOT_TOKEN)
        self.anyone = Caller(service.url)
        self.host = host
        self.folder = folder
        self.count = itertools.count(1)

    def name(self, what: str) -> str:
        return f"{what}-{next(self.count)}"

    def project(self, files: str | dict = FIVE_JOBS, **settings: object) -> Project:
        """A new project of a new repository, with a trigger of the administrator."""
        named = {".gitlab-ci.yml": files} if isinstance(files, str) else files
        repository = Repository(self.folder / self.name("repository"), named)
        return self.of_remote(repository.url, repository, **settings)

    def of_remote(self, url: str, repository: Repository | None = None, **settings: object) -> Project:
        wanted = {"name": self.name("widgets"), "import_url": url, **settings}
        facts = self.done(self.root.post("/projects", form=wanted))
        return Project(facts, self.root, self.anyone, repository, self.trigger(f"/projects/{facts['id']}"))

    def trigger(self, at: str, owner: Caller | None = None) -> dict:
        return self.done((owner or self.root).post(f"{at}/triggers", form={"description": "a trigger"}))

    def person(self) -> Person:
        return Person.made_by(self.root, self.name("person"))

    def done(self, reply: Reply):
        """What a call answered that must have succeeded."""
        assert reply.status < 300, (reply.status, reply.body)
        return reply.json() if reply.body else None

    def hosted(self) -> Project:
        """A new project of a repository that a git server has, not a folder of this machine."""
        bare = self.folder / "hosted" / f"{self.name('hosted')}.git"
        origin = self.project().repository
        origin.git("clone", "--quiet", "--bare", str(origin.folder), str(bare))
        return self.of_remote(self.host.url(bare.name))

    def invoke(self, logical_id: str, event: bytes = b"{}") -> None:
        """Run a function by hand."""
        outcome = self.cloud.functions.invoke(f"pullcord-{logical_id}", event)
        assert not outcome.failed, outcome.payload

    def out(self, name: str) -> str:
        """An output of the stack."""
        return self.service.deployment.stack.outputs[name]

    def operate(self, service: str):
        """A client that may do everything."""
        return client(service, self.cloud.answer)

    @cached_property
    def lasting(self) -> Project:
        """A project that is there for the whole time."""
        return self.project()

    def forget(self) -> None:
        """End the sandboxes of all functions; each starts again when it is asked."""
        for name in self.cloud.functions.pools:
            self.restart(name.removeprefix("pullcord-"))

    def restart(self, logical_id: str) -> None:
        """End the sandboxes of a function: what they keep in memory is gone."""
        pool = self.cloud.functions.pools.get(f"pullcord-{logical_id}")
        while pool and pool.starting:
            time.sleep(0.01)
        for sandbox in list(pool.all) if pool else ():
            sandbox.close()
        while pool and pool.all:
            time.sleep(0.01)
