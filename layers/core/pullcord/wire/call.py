"""One HTTP call as the routes see it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pullcord.wire import bodies


class Call:
    """An event of API Gateway (payload format 2.0).

    external_url: where callers reach us, from the template; empty: at the address of this call
    """

    def __init__(self, event: Mapping[str, Any], external_url: str = "") -> None:
        self.event = event
        self._external_url = external_url

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers, names in lower case."""
        headers: Mapping[str, str] = self.event.get("headers") or {}
        return headers

    @cached_property
    def parameters(self) -> bodies.Parameters:
        """Query and body, merged. Raises BadParameters."""
        return bodies.parameters(self.event)

    @property
    def request_id(self) -> str:
        """API Gateway's id of this call."""
        return str(self.event["requestContext"]["requestId"])

    @property
    def server(self) -> str:
        """Scheme and host, without a slash at the end."""
        host = self.headers.get("host") or self.event["requestContext"].get("domainName", "localhost")
        scheme = self.headers.get("x-forwarded-proto", "https")
        return self._external_url or f"{scheme}://{host}"

    @property
    def url(self) -> str:
        """The address of this call without its query, for pagination links."""
        return f"{self.server}{self.event['rawPath']}"
