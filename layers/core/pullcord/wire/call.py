"""An HTTP call as the routes see it."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pullcord.wire import body

if TYPE_CHECKING:
    from pullcord.callers import Caller

HOST = re.compile(r"[A-Za-z0-9._:\[\]-]+\Z")
"""Allowed characters of a host name that is repeated in answers and headers."""


class Call:
    """An event of API Gateway (payload format 2.0).

    external_url: where callers reach us, from the template; empty: at the address of this call
    route:        the entry of the list of routes that the call belongs to; None until it is found
    extension:    the format at the end of the path ("json" of `/user.json`), None without
    caller:       who makes the call, once that is known
    """

    def __init__(
        self, event: Mapping[str, Any], external_url: str = "", route: Any = None, extension: str | None = None
    ) -> None:
        self.event = event
        self.route = route
        self.extension = extension
        self.caller: Caller | None = None
        self._external_url = external_url

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers, names in lower case."""
        headers: Mapping[str, str] = self.event.get("headers") or {}
        return headers

    @cached_property
    def parameters(self) -> body.Parameters:
        """Query and body, merged. Raises as `body.parameters`."""
        return body.parameters(self.event, self.extension)

    def read(self) -> None:
        """Read what was sent, whether or not the operation needs it: what cannot be read is refused everywhere."""
        _ = self.parameters

    @property
    def method(self) -> str:
        """The method, "GET" also of a call that asks for the headers alone."""
        return str(self.event["requestContext"]["http"]["method"])

    @property
    def request_id(self) -> str:
        """API Gateway's id of this call."""
        return str(self.event["requestContext"]["requestId"])

    @property
    def server(self) -> str:
        """Scheme and host, without a slash at the end."""
        named = (self.headers.get("host", ""), str(self.event["requestContext"].get("domainName", "")))
        host = next((name for name in named if HOST.match(name)), "localhost")
        scheme = "http" if self.headers.get("x-forwarded-proto") == "http" else "https"
        return self._external_url or f"{scheme}://{host}"

    @property
    def url(self) -> str:
        """The address of this call without its query, for pagination links."""
        return f"{self.server}{self.event['rawPath']}"
