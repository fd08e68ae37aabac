"""Replacements for functions of moto in which calls spend most of their time, or that keep memory; answers stay the same."""

import base64
import functools
import json
from typing import Any

from moto.core import responses
from moto.core.common_models import BaseModel
from moto.core.responses import ActionResult
from moto.dynamodb.models.dynamo_type import LimitedSizeDict
from moto.dynamodb.responses import DynamoHandler

ITEM_OPERATIONS = {
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactGetItems",
    "UpdateItem",
}

serialize_by_shape = DynamoHandler.serialized


def binary(value: object) -> str:
    """A binary value in base64, as JSON carries it. Raises TypeError for any other value."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value))


def serialized(self: DynamoHandler, action_result: ActionResult) -> Any:
    """The answer of an item operation, dumped as it is; moto would look up each value's shape under half a dozen names."""
    result = action_result.result
    if isinstance(result, dict) and self._get_action() in ITEM_OPERATIONS:
        try:
            body = json.dumps({name: value for name, value in result.items() if value is not None}, default=binary)
        except TypeError:
            pass
        else:
            return 200, {"Content-Type": "application/x-amz-json-1.0", **self.response_headers}, body
    return serialize_by_shape(self, action_result)


def unlisted(cls: type[Any], *_arguments: Any, **_options: Any) -> Any:
    """A new object, without a reference to it in moto's list."""
    return object.__new__(cls)


def install() -> None:
    """Replace moto's functions."""
    setattr(DynamoHandler, "serialized", serialized)  # noqa: B010 - replaced, not overridden: mypy would have a subclass
    # moto measures the whole item for each attribute that is set; `limits` measures it once.
    setattr(LimitedSizeDict, "__setitem__", dict.__setitem__)  # noqa: B010 - as above
    # moto keeps a list of all objects it has ever made, every item that was read included.
    setattr(BaseModel, "__new__", staticmethod(unlisted))  # noqa: B010 - as above
    names = vars(responses)["method_names_from_class"]
    if not hasattr(names, "cache_info"):
        vars(responses)["method_names_from_class"] = functools.cache(names)
