"""Client request tokens: a transaction sent twice with one token takes effect once.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
"""

import hashlib
import time

from pullcord_local.cloud.call import Answer, Call, refusal

LIFETIME_SECONDS = 600.0


class RequestTokens:
    """The tokens of the transactions that succeeded lately, each with the digest of its request."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], tuple[float, bytes, Answer]] = {}

    def replay(self, call: Call) -> Answer | None:
        """The answer to a repeated transaction; None for a new one, and for what is none."""
        if "ClientRequestToken" not in call.parameters:
            return None
        now = time.monotonic()
        self.seen = {key: kept for key, kept in self.seen.items() if now - kept[0] < LIFETIME_SECONDS}
        kept = self.seen.get(self.key(call))
        if kept is None:
            return None
        if kept[1] != digest(call):
            message = "The request uses the same client token as a previous, but non-identical request."
            return refusal(call, 400, "IdempotentParameterMismatchException", message)
        return kept[2]

    def keep(self, call: Call, answer: Answer) -> None:
        """Remember a transaction that succeeded."""
        if "ClientRequestToken" in call.parameters:
            self.seen[self.key(call)] = (time.monotonic(), digest(call), answer)

    @staticmethod
    def key(call: Call) -> tuple[str, str]:
        """Tokens count per account; with one account, per caller is the same and keeps callers apart."""
        return call.access_key, str(call.parameters.get("ClientRequestToken", ""))


def digest(call: Call) -> bytes:
    """A digest of what was asked."""
    return hashlib.sha256(call.body).digest()
