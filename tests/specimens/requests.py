"""One request for each door and kind of body: as real clients sent it, or as our own tests write it."""

from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlencode

from tests.e2e.clients.replaying import fitted
from tests.e2e.clients.test_webhooks import HEADERS, PAYLOADS
from tests.e2e.talking import as_json, request

HOST = "pullcord.example.com"
PATH = "root/widgets"

RECORDED = {
    "TriggerFunction/form": "curl-7.88.1--trigger-data-urlencoded",
    "TriggerFunction/multipart": "curl-7.88.1--trigger-form-multipart-vars",
    "TriggerFunction/json": "python-gitlab-8.6.0--anon-run-trigger",
    "TriggerFunction/query": "curl-7.88.1--trigger-querystring-vars-globoff",
    "TriggersFunction/list": "python-gitlab-8.6.0--trigger-list",
    "TriggersFunction/show": "python-gitlab-8.6.0--trigger-get",
    "TriggersFunction/create": "python-gitlab-8.6.0--trigger-create",
    "TriggersFunction/update": "curl-7.88.1--trigger-update-form",
    "PipelinesFunction/pipelines": "python-gitlab-8.6.0--pipeline-list-default",
    "PipelinesFunction/pipeline": "python-gitlab-8.6.0--pipeline-get",
    "PipelinesFunction/variables": "python-gitlab-8.6.0--pipeline-variables",
    "PipelinesFunction/jobs": "python-gitlab-8.6.0--pipeline-jobs--1",
    "PipelinesFunction/job": "python-gitlab-8.6.0--job-get",
    "ProjectsFunction/show": "python-gitlab-8.6.0--project-get",
    "ProjectsFunction/who": "python-gitlab-8.6.0--auth",
    "ProjectsFunction/version": "python-gitlab-8.6.0--version",
}
"""Name → what a client sent."""


@dataclass(frozen=True)
class Specimen:
    """What `fill` has made."""

    root_token: str
    project: int
    trigger: int
    token: str
    pipeline: int
    job: int

    def requests(self) -> dict[str, bytes]:
        """Name of the event → the bytes of its request."""
        return {name: self.recorded(recorded) for name, recorded in RECORDED.items()} | self.hooks() | self.calls()

    def recorded(self, name: str) -> bytes:
        project = SimpleNamespace(
            details={"path_with_namespace": PATH},
            at=f"/projects/{self.project}",
            token=self.token,
            owner=SimpleNamespace(token=self.root_token, url=f"http://{HOST}"),
        )
        trigger, pipeline, job = {"id": self.trigger, "token": self.token}, {"id": self.pipeline}, {"id": self.job}
        return fitted(name, project, trigger=trigger, pipeline=pipeline, job=job)

    def hooks(self) -> dict[str, bytes]:
        """Webhooks of each host, and what callers get wrong."""
        hooks = {"gitlab": "gitlab-push", "github": "github-push-0", "gitea": "gitea-push"}
        at = f"/projects/{self.project}/ref/main/trigger/pipeline?token={self.token}"
        return {
            f"TriggerFunction/webhook-{host}": call("POST", at, json=PAYLOADS[payload], **HEADERS[host])
            for host, payload in hooks.items()
        }

    def calls(self) -> dict[str, bytes]:
        """The rest, as our own tests call."""
        at, mine = f"/projects/{self.project}", {"PRIVATE-TOKEN": self.root_token}
        post_trigger = {"token": self.token, "ref": "main"}
        return {
            "TriggerFunction/unknown-ref": call("POST", f"{at}/trigger/pipeline", form=post_trigger | {"ref": "gone"}),
            "TriggerFunction/wrong-token": call(
                "POST", f"{at}/trigger/pipeline", form=post_trigger | {"token": "glptt-" + "0" * 40}
            ),
            "RouterFunction/webhook": call("POST", f"/projects/{PATH}/ref/main/trigger/pipeline?token={self.token}"),
            "RouterFunction/pipelines": call("GET", f"/projects/{PATH}/pipelines", **mine),
            "RouterFunction/nowhere": call("GET", "/nowhere"),
            "UsersFunction/users": call("GET", "/users", **mine),
            "UsersFunction/tokens": call("GET", "/personal_access_tokens", **mine),
            "SettingsFunction/members": call("GET", f"{at}/members", **mine),
            "RepositoryFunction/branches": call("GET", f"{at}/repository/branches", **mine),
        }


def call(method: str, path: str, *, form: dict | None = None, json: object = None, **headers: str) -> bytes:
    wanted, body = {"Host": HOST, **headers}, b""
    if form is not None:
        wanted["Content-Type"], body = "application/x-www-form-urlencoded", urlencode(form).encode()
    elif json is not None:
        wanted["Content-Type"], body = "application/json", as_json(json)
    return request(method, f"/api/v4{path}", wanted | {"Content-Length": str(len(body))}, body)
