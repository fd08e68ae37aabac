"""Types of the answers, and their text."""

import json

Json = dict[str, object]
"""A JSON object."""

MAX_ANSWER_BYTES = 6_000_000
"""Bytes of a body in the answer of a Lambda function: 6 MiB without the rest of the answer."""


def text_of(body: object) -> str:
    """The JSON of a body."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def encoded_length(text: str) -> int:
    """Bytes of a text in the answer of a Lambda function, which is JSON with the body as a string."""
    return len(json.dumps(text, ensure_ascii=False).encode())
