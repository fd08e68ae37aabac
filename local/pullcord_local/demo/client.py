"""The few calls of GitLab's API that the demonstration makes for itself."""

import json
from typing import Any
from urllib.request import Request, urlopen


class Client:
    """GitLab's API at an address, with a personal access token."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def get(self, path: str) -> dict[str, Any]:
        """GET an object."""
        found: dict[str, Any] = self._call(path, None)
        return found

    def get_list(self, path: str) -> list[dict[str, Any]]:
        """GET a list."""
        found: list[dict[str, Any]] = self._call(path, None)
        return found

    def post(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        """POST JSON."""
        made: dict[str, Any] = self._call(path, json.dumps(body).encode())
        return made

    def _call(self, path: str, body: bytes | None) -> Any:
        headers = {"PRIVATE-TOKEN": self.token, "Content-Type": "application/json"}
        request = Request(f"{self.url}/api/v4/{path}", body, headers)  # noqa: S310 # our own address on loopback
        with urlopen(request, timeout=60) as answer:  # noqa: S310 # as above
            return json.load(answer)
