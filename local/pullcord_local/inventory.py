"""The resources of a deployed stack, as far as moto does not keep them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pullcord_local.iam.identities import Identities

# Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True, slots=True)
class Function:
    """A Lambda function as the template describes it; `timeout` in seconds, `memory` in MB.

    logging: LogGroup, LogFormat, ApplicationLogLevel, each if given
    """

    logical_id: str
    name: str
    arn: str
    role_arn: str
    handler: str
    code: Path
    layers: tuple[Path, ...]
    environment: Mapping[str, str]
    timeout: float
    memory: int
    logging: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StateMachine:
    """A Step Functions state machine; `kind` is STANDARD or EXPRESS."""

    name: str
    arn: str
    role_arn: str
    definition: str
    kind: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule on which a function is invoked; `expression` as in `rate(1 day)`."""

    name: str
    expression: str
    function_arn: str
    event: Mapping[str, Any]


@dataclass
class Inventory:
    """The resources of a stack, by the names under which they are looked up.

    layers, functions, machines: by ARN; apis: the OpenAPI document by API id;
    tables, buckets: logical id by name; expiries: the expiry attribute by table name;
    secrets: by ARN whether the template itself gives the value;
    rotations: the rotation function's ARN by secret ARN
    """

    identities: Identities = field(default_factory=Identities)
    layers: dict[str, Path] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    machines: dict[str, StateMachine] = field(default_factory=dict)
    apis: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    schedules: list[Schedule] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    expiries: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, bool] = field(default_factory=dict)
    buckets: dict[str, str] = field(default_factory=dict)
    rotations: dict[str, str] = field(default_factory=dict)

    def function(self, name: str) -> Function | None:
        """The function with this name; None if there is none."""
        return next((function for function in self.functions.values() if function.name == name), None)


def rate_seconds(expression: str) -> int:
    """The interval of a schedule expression, in seconds. Raises ValueError for anything but a rate."""
    match = RATE.fullmatch(expression)
    if match is None or match[1] == "0":
        raise ValueError(f"only schedules like rate(5 minutes) are supported, not {expression}")
    return int(match[1]) * SECONDS[match[2]]
