"""Between Python values and DynamoDB's: whole numbers stay int, bytes stay bytes, absent is None."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

Item = dict[str, Any]
Attributes = dict[str, dict[str, Any]]


class _Reader(TypeDeserializer):  # boto3's own, but for numbers and bytes
    def _deserialize_n(self, value: str) -> int | float:
        return int(value) if value.lstrip("-").isdigit() else float(value)

    def _deserialize_b(self, value: bytes) -> bytes:
        return value


_reader: Any = _Reader()
_writer: Any = TypeSerializer()


def attributes(values: Mapping[str, object]) -> Attributes:
    """Python values as attribute values; None is left out."""
    return {name: _writer.serialize(_plain(value)) for name, value in values.items() if value is not None}


def values(stored: Mapping[str, Mapping[str, Any]]) -> Item:
    """Attribute values as Python values."""
    return {name: _reader.deserialize(value) for name, value in stored.items()}


def record(value: NamedTuple) -> Item:
    """A noun as the fields of an item: no mapping layer that could drift."""
    return value._asdict()


def restored[T: NamedTuple](kind: type[T], item: Mapping[str, Any]) -> T:
    """The noun that `record` wrote; lists become tuples again, keys that it does not know are left alone."""
    make: Callable[..., T] = kind
    return make(**{name: _tuples(item[name]) for name in kind._fields if name in item})


def _plain(value: object) -> object:
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, float):
        from decimal import Decimal

        return Decimal(str(value))
    return value


def _tuples(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
