"""functions/openapi.yaml as a judge of answers."""

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jsonschema_rs
import yaml

from pullcord.errors import Refusal
from pullcord.routes import paths
from tests.e2e.talking import Reply

DOCUMENT = yaml.safe_load((Path(__file__).parents[3] / "functions" / "openapi.yaml").read_text("utf-8"))
PREFIX = "/api/v4"
OWN = {"Pullcord-Request-Id", "Pullcord-Version", "Location"}


class Operation(NamedTuple):
    """One method of one path; parameters with their references resolved."""

    method: str
    path: str
    parameters: tuple
    body: dict | None
    responses: dict


def resolved(part: dict) -> dict:
    """What a reference refers to."""
    while "$ref" in part:
        _, _, kind, name = part["$ref"].split("/")
        part = DOCUMENT["components"][kind][name]
    return part


def operations() -> list[Operation]:
    found = []
    for path, item in DOCUMENT["paths"].items():
        for method in item.keys() & {"get", "put", "post", "patch", "delete"}:
            one = item[method]
            parameters = tuple(resolved(part) for part in [*item.get("parameters", []), *one.get("parameters", [])])
            body = resolved(one["requestBody"]) if "requestBody" in one else None
            responses = {status: resolved(response) for status, response in one["responses"].items()}
            found.append(Operation(method.upper(), path, parameters, body, responses))
    return sorted(found)


OPERATIONS = operations()


def written_out(operation: Operation) -> tuple:
    """Those with fewer variables first: `self` is not somebody's id."""
    return operation.path.count("{"), operation.path


PATTERNS = [
    (operation, re.compile(PREFIX + re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(operation.path)) + r"\Z"))
    for operation in sorted(OPERATIONS, key=written_out)
]


def asked(method: str, target: str) -> Operation | None:
    """The operation that a request is for; None for what nobody answers."""
    try:
        path, _, is_known = paths.parsed(target.partition("?")[0])
    except Refusal:
        return None
    if not is_known:
        return None
    method = "GET" if method == "HEAD" else method
    return next((found for found, pattern in PATTERNS if found.method == method and pattern.match(path)), None)


@cache
def validator(operation: Operation, status: str):
    schema = operation.responses[status].get("content", {}).get("application/json", {}).get("schema")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": DOCUMENT["components"]}
    return None if schema is None else jsonschema_rs.validator_for({**whole, "allOf": [schema]})


Operation.__hash__ = lambda self: hash((self.method, self.path))


def complaint(operation: Operation | None, reply: Reply, method: str) -> str | None:
    """What is wrong with an answer; None if nothing is."""
    if reply.status >= 500:
        return f"status {reply.status}"
    said_by_us = "Pullcord-Request-Id" in reply.headers
    if operation is None or not said_by_us:
        return None
    response = operation.responses.get(str(reply.status))
    if response is None:
        return f"status {reply.status} is not described"
    missing = [name for name in OWN & response.get("headers", {}).keys() if name not in reply.headers]
    if missing:
        return f"no header {missing[0]}"
    if method == "HEAD" or "content" not in response:
        return "a body where none is described" if reply.body else None
    if reply.headers["content-type"] != "application/json":
        return f"content type {reply.headers['content-type']}"
    try:
        validator(operation, str(reply.status)).validate(json.loads(reply.body))
    except (jsonschema_rs.ValidationError, ValueError) as error:
        return f"not of the described shape: {str(error)[:300]}"
    return None
