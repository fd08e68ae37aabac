"""Key attributes as bytes that sort as DynamoDB sorts the values.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
"""

import base64
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# Numbers lie between 1E-130 and 9.99…E+125, so that this offset makes every exponent a positive number of two bytes.
EXPONENT_OFFSET = 512
NEGATIVE, ZERO, POSITIVE = b"\x00", b"\x01", b"\x02"
INVERTED = bytes(255 - byte for byte in range(256))


def key_bytes(value: Mapping[str, Any]) -> bytes | None:
    """The bytes of a key attribute in DynamoDB's own JSON; None for a type that no key can have.

    Text sorts by its UTF-8, binary values by their bytes, numbers by their value.
    """
    kind, content = next(iter(value.items()))
    match kind:
        case "S":
            return bytes(content.encode("utf-8", "surrogatepass"))
        case "N":
            return number_bytes(Decimal(content))
        case "B":
            return content if isinstance(content, bytes) else base64.b64decode(content)
    return None


def number_bytes(number: Decimal) -> bytes:
    """A number: its sign, its decimal exponent, its digits. A smaller number of the same sign has smaller bytes."""
    sign, digits, _ = number.as_tuple()
    if not any(digits):
        return ZERO
    significant = "".join(map(str, digits)).lstrip("0").rstrip("0")
    magnitude = (number.adjusted() + EXPONENT_OFFSET).to_bytes(2) + significant.encode()
    if not sign:
        return POSITIVE + magnitude
    # Of two negative numbers, the one with more digits is the smaller one: hence an end above every inverted digit.
    return NEGATIVE + magnitude.translate(INVERTED) + b"\xff"


def after_prefix(prefix: bytes) -> bytes | None:
    """The smallest bytes above everything that begins with a prefix; None if there are none."""
    stripped = prefix.rstrip(b"\xff")
    return stripped[:-1] + bytes([stripped[-1] + 1]) if stripped else None
