"""CloudFormation's intrinsic functions.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from pullcord_local.stack.scope import DeployError, Scope

NO_VALUE = object()
PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")
DYNAMIC_REFERENCE = "{{resolve:"


def resolve(value: Any, scope: Scope) -> Any:
    """The value with every function in it replaced by its result; properties set to AWS::NoValue are left out.

    Raises DeployError for an unknown name or a function that is not supported.
    """
    if isinstance(value, list):
        items = (resolve(item, scope) for item in value)
        return [item for item in items if item is not NO_VALUE]
    if isinstance(value, str) and DYNAMIC_REFERENCE in value:
        raise DeployError(f"dynamic references are not supported: {value}")
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        name, argument = next(iter(value.items()))
        if name in FUNCTIONS:
            return FUNCTIONS[name](argument, scope)
        if name.startswith("Fn::"):
            raise DeployError(f"{name} is not supported")
    resolved = {name: resolve(item, scope) for name, item in value.items()}
    return {name: item for name, item in resolved.items() if item is not NO_VALUE}


def holds(condition: Any, scope: Scope) -> bool:
    """Whether a condition expression is true."""
    name, argument = next(iter(condition.items()))
    match name:
        case "Condition":
            return scope.condition(argument)
        case "Fn::Equals":
            left, right = resolve(argument, scope)
            return text(left) == text(right)
        case "Fn::And":
            return all(holds(item, scope) for item in argument)
        case "Fn::Or":
            return any(holds(item, scope) for item in argument)
        case "Fn::Not":
            return not holds(argument[0], scope)
    raise DeployError(f"{name} is not a condition function")


def text(value: Any) -> str:
    """A scalar as CloudFormation prints it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def reference(name: str, scope: Scope) -> Any:
    """The result of `Ref`."""
    return NO_VALUE if name == "AWS::NoValue" else scope.reference(name)


def attribute(argument: str | list[str], scope: Scope) -> str:
    """The result of `Fn::GetAtt`, whose argument is a list or `Name.Attribute`."""
    name, _, rest = argument.partition(".") if isinstance(argument, str) else (argument[0], "", argument[1])
    return scope.attribute(name, rest)


def substitute(argument: str | list[Any], scope: Scope) -> str:
    """The result of `Fn::Sub`, with or without variables of its own; `${!Literal}` becomes `${Literal}`."""
    template, variables = (argument, {}) if isinstance(argument, str) else (argument[0], argument[1])

    def replace(match: re.Match[str]) -> str:
        literal, name = match.groups()
        if literal:
            return "${" + name + "}"
        if name in variables:
            return text(resolve(variables[name], scope))
        return text(attribute(name, scope) if "." in name else reference(name, scope))

    return PLACEHOLDER.sub(replace, template)


def join(argument: list[Any], scope: Scope) -> str:
    """The result of `Fn::Join`."""
    delimiter, items = argument
    return str(delimiter).join(text(item) for item in resolve(items, scope))


def split(argument: list[Any], scope: Scope) -> list[str]:
    """The result of `Fn::Split`."""
    delimiter, source = argument
    return text(resolve(source, scope)).split(delimiter)


def select(argument: list[Any], scope: Scope) -> Any:
    """The result of `Fn::Select`."""
    index, items = resolve(argument, scope)
    return items[int(index)]


def choose(argument: list[Any], scope: Scope) -> Any:
    """The result of `Fn::If`."""
    condition, when_true, when_false = argument
    return resolve(when_true if scope.condition(condition) else when_false, scope)


def find_in_map(argument: list[Any], scope: Scope) -> Any:
    """The result of `Fn::FindInMap`."""
    name, top, second = resolve(argument, scope)
    return scope.mapping(name, text(top), text(second))


def to_base64(argument: Any, scope: Scope) -> str:
    """The result of `Fn::Base64`."""
    return base64.b64encode(text(resolve(argument, scope)).encode()).decode()


def to_json(argument: Any, scope: Scope) -> str:
    """The result of `Fn::ToJsonString`."""
    return json.dumps(resolve(argument, scope), separators=(",", ":"))


FUNCTIONS: dict[str, Callable[[Any, Scope], Any]] = {
    "Ref": reference,
    "Fn::GetAtt": attribute,
    "Fn::Sub": substitute,
    "Fn::Join": join,
    "Fn::Split": split,
    "Fn::Select": select,
    "Fn::If": choose,
    "Fn::FindInMap": find_in_map,
    "Fn::Base64": to_base64,
    "Fn::ToJsonString": to_json,
}
