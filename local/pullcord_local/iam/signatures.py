"""Signatures of calls over HTTP: AWS's Signature Version 4, checked with the secret key of the caller's session.

Without the check, any user of the machine could call as the embedded cloud itself, or as a function.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import functools
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from pullcord_local.aws_calls.call import Answer, Call, refusal
from pullcord_local.iam.identities import Session

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/,\s]+)/(\d{8})/([^/,\s]+)/([^/,\s]+)/aws4_request,\s*"
    r"SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})"
)
MAX_AGE_SECONDS = 15 * 60


class Signatures:
    """The check of signatures.

    sessions: by access key
    now:      seconds since 1970
    """

    def __init__(self, sessions: Mapping[str, Session], now: Callable[[], float]) -> None:
        self.sessions = sessions
        self.now = now

    def refuse(self, call: Call) -> Answer | None:
        """The error for a call that no session has signed as it is; None for a call with a valid signature."""
        match = AUTHORIZATION.fullmatch(call.headers.get("authorization", ""))
        if match is None:
            return refusal(call, 403, "MissingAuthenticationTokenException", "Missing Authentication Token")
        key, date, region, service, names, signature = match.groups()
        session = self.sessions.get(key)
        token = call.headers.get("x-amz-security-token", "")
        if session is None or not hmac.compare_digest(session.token.encode(), token.encode()):
            message = "The security token included in the request is invalid."
            return refusal(call, 403, "UnrecognizedClientException", message)
        time = call.headers.get("x-amz-date", "")
        if not time.startswith(date) or not self.is_recent(time):
            return refusal(call, 403, "InvalidSignatureException", "Signature expired or not yet current")
        text = string_to_sign(call, f"{date}/{region}/{service}/aws4_request", names.split(";"))
        expected = hmac.new(signing_key(session.secret_key, date, region, service), text.encode(), hashlib.sha256)
        if meaning_is_signed(names) and hmac.compare_digest(expected.hexdigest(), signature):
            return None
        code = "SignatureDoesNotMatch" if service == "s3" else "InvalidSignatureException"
        message = "The request signature we calculated does not match the signature you provided."
        return refusal(call, 403, code, message)

    def is_recent(self, time: str) -> bool:
        """Whether a time as in 20260101T120000Z is within a quarter of an hour from now."""
        try:
            signed_at = datetime.strptime(time, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
        except ValueError:
            return False
        return abs(self.now() - signed_at) <= MAX_AGE_SECONDS


def meaning_is_signed(names: str) -> bool:
    """Whether the headers that decide what a call means are among the signed ones."""
    return {"host", "x-amz-date"} <= set(names.split(";"))


def string_to_sign(call: Call, scope: str, names: list[str]) -> str:
    """The text that the caller has signed, if the call arrived as it was sent."""
    payload = hashlib.sha256(call.body).hexdigest()
    # S3 signs the path as it is sent, every other service encodes it once more.
    path = call.path if scope.split("/")[2] == "s3" else quote(call.path, safe="/~")
    canonical = [
        call.method,
        path,
        canonical_query(call.target.partition("?")[2]),
        *(f"{name}:{' '.join(call.headers.get(name, '').split())}" for name in names),
        "",
        ";".join(names),
        payload,
    ]
    digest = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    return "\n".join(["AWS4-HMAC-SHA256", call.headers["x-amz-date"], scope, digest])


def canonical_query(query: str) -> str:
    """The parameters sorted by name and value, each with an equals sign."""
    parts = sorted(part.partition("=")[::2] for part in query.split("&") if part)
    return "&".join(f"{name}={value}" for name, value in parts)


@functools.lru_cache(maxsize=256)
def signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """The key derived from a secret key for a day, a region and a service."""
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
