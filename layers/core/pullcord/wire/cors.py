"""Cross-origin resource sharing: a page of any origin may call the API and read its answers, as with GitLab.

A page sends its token itself; cookies take no part. The headers are our functions' own and not API Gateway's, whose
configuration cannot allow every header by name, and `*` does not cover `Authorization`.

Source: https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Mapping

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
GITLABS = (
    "Link",
    "X-Total",
    "X-Total-Pages",
    "X-Per-Page",
    "X-Page",
    "X-Next-Page",
    "X-Prev-Page",
    "X-Gitlab-Blob-Id",
    "X-Gitlab-Commit-Id",
    "X-Gitlab-Content-Sha256",
    "X-Gitlab-Encoding",
    "X-Gitlab-File-Name",
    "X-Gitlab-File-Path",
    "X-Gitlab-Last-Commit-Id",
    "X-Gitlab-Ref",
    "X-Gitlab-Size",
    "X-Request-Id",
    "ETag",
)
OURS = ("Pullcord-Code", "Pullcord-Request-Id", "Pullcord-Replayed", "Pullcord-Version")
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Expose-Headers": ", ".join(GITLABS + OURS),
    "Access-Control-Max-Age": "7200",
}


def is_preflight(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a browser asks what it may send."""
    return method == "OPTIONS" and "origin" in headers and "access-control-request-method" in headers


def response_headers(method: str, headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of the answer to a request with this method and these headers.

    A preflight request for a method that the API does not know gets none. Caches must tell the answers to a page from
    those to other callers, which have no headers of this kind.
    """
    if is_preflight(method, headers):
        if headers["access-control-request-method"].upper() not in METHODS:
            return {}
        wanted = headers.get("access-control-request-headers")
        return SHARED | ({"Access-Control-Allow-Headers": wanted} if wanted else {})
    return {"Vary": "Origin"} | (SHARED if "origin" in headers else {})
