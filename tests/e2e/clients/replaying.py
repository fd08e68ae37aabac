"""Requests as real clients sent them, made to fit this service: other ids and tokens, every other byte as recorded."""

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

REQUESTS = Path(__file__).parent / "requests"
RECORDED = sorted(path.stem for path in REQUESTS.glob("*.http"))


def action(recorded: str) -> str:
    """What the client was told to do: the middle of the name."""
    return recorded.split("--")[1]


def fitted(recorded: str, project, *, trigger: dict, pipeline: dict, job: dict) -> bytes:
    """The request's bytes with our ids and tokens, its length corrected."""
    raw = (REQUESTS / f"{recorded}.http").read_bytes()
    path = quote(project.details["path_with_namespace"], safe="")
    ours = {
        b"/projects/group%2Fproj": f"/projects/{path}",
        b"/projects/1/": f"{project.at}/",
        b"/triggers/10": f"/triggers/{trigger['id']}",
        b"/pipelines/101": f"/pipelines/{pipeline['id']}",
        b"/jobs/1000": f"/jobs/{job['id']}",
        b"127.0.0.1:18080": urlsplit(project.owner.url).netloc,
        b"glptt-tok": trigger["token"],
        b"glpat-secret": project.owner.token,
    }
    for theirs, own in ours.items():
        raw = raw.replace(theirs, own.encode())
    head, _, body = raw.partition(b"\r\n\r\n")
    length = rb"\g<1>" + str(len(body)).encode()
    return re.sub(rb"(?i)(\r\ncontent-length: )\d+", length, head) + b"\r\n\r\n" + body
