"""Client request tokens: a transaction that is sent twice with the same token takes effect once.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
"""

import hashlib
import time

from pullcord_local.aws_calls.call import Answer, Call, refusal

LIFETIME_SECONDS = 600.0
MAX_TOKENS = 1_000
"""Tokens that are remembered at most, so that memory stays bounded."""


class RequestTokens:
    """The tokens of recent successful transactions, oldest first, each with its request's digest and its answer."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], tuple[float, bytes, Answer]] = {}

    def replay(self, call: Call) -> Answer | None:
        """The stored answer to a repeated transaction; None for a new transaction and for any other call."""
        if "ClientRequestToken" not in call.parameters:
            return None
        stored = self.entries.get(self.key(call))
        if stored is None or time.monotonic() - stored[0] >= LIFETIME_SECONDS:
            return None
        if stored[1] != digest(call):
            message = "The request uses the same client token as a previous, but non-identical request."
            return refusal(call, 400, "IdempotentParameterMismatchException", message)
        return stored[2]

    def store(self, call: Call, answer: Answer) -> None:
        """Store the answer to a transaction that succeeded."""
        if "ClientRequestToken" not in call.parameters:
            return
        now = time.monotonic()
        self.entries.pop(self.key(call), None)
        self.entries[self.key(call)] = (now, digest(call), answer)
        while len(self.entries) > MAX_TOKENS or now - self.oldest() >= LIFETIME_SECONDS:
            del self.entries[next(iter(self.entries))]

    def oldest(self) -> float:
        """The time of the oldest entry; there is one."""
        return next(iter(self.entries.values()))[0]

    @staticmethod
    def key(call: Call) -> tuple[str, str]:
        """The key of a call's token: the caller and the token. AWS has one set of tokens per account."""
        return call.access_key, str(call.parameters.get("ClientRequestToken", ""))


def digest(call: Call) -> bytes:
    """A digest of the request's body."""
    return hashlib.sha256(call.body).digest()
