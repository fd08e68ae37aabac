"""Things that are there, so that generated requests reach behind the first check; and people who ask for them."""

import itertools
from collections.abc import Callable
from urllib.parse import quote

from tests.e2e.talking import Reply, as_json, request

Send = Callable[[bytes], Reply]
NUMBERS = itertools.count(1)
WHOSE = {
    "projects": "project",
    "groups": "group",
    "namespaces": "group",
    "users": "user",
    "personal_access_tokens": "personal",
}
"""First part of a path → what its `id` is of."""


class Lost(Exception):
    """An attack has taken away more than can be put right."""


class World:
    """A project with a trigger, a pipeline, other users and tokens of all kinds; attacks know all of it but `keeper`.

    send:   bytes to answer
    keeper: token of the first administrator, who puts right what an attack has broken
    """

    def __init__(self, send: Send, keeper: str, repository: str) -> None:
        self.send, self.keeper, self.repository = send, keeper, repository
        self.new_group()
        self.new_project()
        self.new_user()
        self.new_administrator()

    def new_project(self) -> None:
        """With its trigger, a pipeline and a refused call."""
        self.project = self.make("/projects", {"name": f"attacked-{next(NUMBERS)}", "import_url": self.repository})
        self.at = f"/projects/{self.project['id']}"
        self.ask("POST", f"{self.at}/variables", {"key": "KEPT", "value": "kept"})
        self.new_trigger()
        post_trigger = {"token": self.trigger["token"], "ref": "main", "variables": {"A": "1"}}
        self.pipeline = self.make(f"{self.at}/trigger/pipeline", post_trigger)
        refused = self.ask("POST", f"{self.at}/trigger/pipeline", {**post_trigger, "ref": "gone"})
        self.refused_request = refused.headers["Link"].partition(">")[0].rpartition("/")[2]
        self.job = self.ask("GET", f"{self.at}/pipelines/{self.pipeline['id']}/jobs").json()[0]

    def new_trigger(self) -> None:
        self.trigger = self.make(f"{self.at}/triggers", {"description": "attacked"})

    def new_group(self) -> None:
        name = f"group-{next(NUMBERS)}"
        self.group = self.make("/groups", {"name": name, "path": name})
        self.ask("POST", f"/groups/{self.group['id']}/variables", {"key": "KEPT", "value": "kept"})

    def new_user(self) -> None:
        self.user = self.person()
        self.make(f"{self.at}/members", {"user_id": self.user["id"], "access_level": 40})
        self.token = self.personal(self.user, "api")
        self.readers = [self.personal(self.user, scope)["token"] for scope in ("read_api", "read_user")]

    def new_administrator(self) -> None:
        self.administrator = self.person(admin=True)
        self.root = self.personal(self.administrator, "api")["token"]

    def mend(self) -> None:
        """Make anew what an attack has taken away. Raises Lost when even the keeper is gone."""
        keeper = self.ask("GET", "/user")
        if keeper.status != 200 or not keeper.json()["is_admin"]:
            raise Lost
        project = self.ask("GET", self.at)
        if project.status != 200 or project.json()["archived"] or not project.json()["jobs_enabled"]:
            self.new_project()
        elif self.ask("GET", f"{self.at}/triggers/{self.trigger['id']}").status != 200:
            self.new_trigger()
        if self.ask("GET", f"/groups/{self.group['id']}").status != 200:
            self.new_group()
        if self.ask("GET", f"{self.at}/triggers", token=self.token["token"]).status != 200:
            self.new_user()
        if self.ask("GET", "/users?admins=true", token=self.root).status != 200:
            self.new_administrator()

    @property
    def tokens(self) -> list[str]:
        """Good ones, weak ones and such as nobody has."""
        return [self.root, self.token["token"], *self.readers, self.trigger["token"], "glpat-nobody", "", "é" * 40]

    def person(self, **more: object) -> dict:
        name = f"somebody-{next(NUMBERS)}"
        facts = {
            "email": f"{name}@described.example.com",
            "name": name,
            "username": name,
            "force_random_password": True,
        }
        return self.make("/users", facts | more)

    @property
    def values(self) -> dict[str, list[str]]:
        """Parameter → values that mean something."""
        number, path = str(self.project["id"]), quote(self.project["path_with_namespace"], safe="")
        return {
            "project": [number, number, path, path, self.project["path_with_namespace"], "ada%2Fwidgets"],
            "group": [str(self.group["id"]), self.group["path"], "ada", "root", str(self.project["namespace"]["id"])],
            "trigger_id": [str(self.trigger["id"])],
            "pipeline_id": [str(self.pipeline["id"])],
            "request_id": [self.refused_request],
            "job_id": [str(self.job["id"])],
            "user_id": [str(self.user["id"]), str(self.administrator["id"])],
            "user": [str(self.user["id"])],
            "personal": [str(self.token["id"])],
            "target_project_id": [number],
            "target_group_id": [str(self.group["id"])],
            "key": ["KEPT", "KEPT", "A"],
            "name": ["main", "main", "v*", "feature%2Fx", "release/*"],
            "ref": ["main", "refs/heads/main", "gone", "v1.0", "refs%2Fheads%2Fmain", "feature/x"],
            "token": [self.trigger["token"]] * 5 + ["glptt-nobody", self.root],
        }

    def known(self, path: str, name: str) -> list[str]:
        """Values that mean something as a part of a path."""
        return self.values[WHOSE[path.split("/")[1]] if name == "id" else name]

    def personal(self, user: dict, scope: str) -> dict:
        return self.make(f"/users/{user['id']}/personal_access_tokens", {"name": scope, "scopes": [scope]})

    def make(self, path: str, body: dict) -> dict:
        reply = self.ask("POST", path, body)
        assert reply.status < 500, (path, reply.status, reply.body)
        if reply.status != 201:
            raise Lost(path, reply.status, reply.body)
        return reply.json()

    def ask(self, method: str, path: str, body: dict | None = None, token: str | None = None) -> Reply:
        """Ask as the keeper or with another token."""
        headers = {"Host": "pullcord.test", "PRIVATE-TOKEN": token or self.keeper, "Connection": "close"}
        raw = b"" if body is None else as_json(body)
        if raw:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(raw))}
        return self.send(request(method, f"/api/v4{path}", headers, raw))
