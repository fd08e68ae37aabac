"""The client with which the demo calls GitLab's API."""

import json
from typing import Any
from urllib.request import Request, urlopen


class Client:
    """A client of GitLab's API at a URL, with a personal access token."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def get(self, path: str) -> dict[str, Any]:
        """GET an object."""
        result: dict[str, Any] = self._call(path, None)
        return result

    def get_list(self, path: str) -> list[dict[str, Any]]:
        """GET a list."""
        result: list[dict[str, Any]] = self._call(path, None)
        return result

    def post(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        """POST an object as JSON; the created object."""
        created: dict[str, Any] = self._call(path, json.dumps(body).encode())
        return created

    def _call(self, path: str, body: bytes | None) -> Any:
        headers = {"PRIVATE-TOKEN": self.token, "Content-Type": "application/json"}
        request = Request(f"{self.url}/api/v4/{path}", body, headers)  # noqa: S310 # our own address on loopback
        with urlopen(request, timeout=60) as answer:  # noqa: S310 # as above
            return json.load(answer)
