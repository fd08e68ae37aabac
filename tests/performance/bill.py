"""A bill: what was used, multiplied by list prices."""

import math
import statistics
from dataclasses import dataclass
from typing import Any

from tests.performance.measuring import FUNCTIONS, Use

MILLION = 1_000_000
GIGABYTE = 1024
WHOLE_PROCESSOR = 1769
"""Megabytes with which Lambda gives one whole processor; less memory is less of it."""

TASKS = ("EvaluateRulesFunction", "RecordJobsFunction")
KINDS = {
    "dynamodb:BatchGetItem": "read",
    "dynamodb:GetItem": "read",
    "dynamodb:PutItem": "write",
    "dynamodb:TransactWriteItems": "transaction",
    "dynamodb:UpdateItem": "write",
    "s3:GET": "object",
    "s3:PUT": "object",
    "secretsmanager:GetSecretValue": "secret",
}
STATES = 4
"""Transitions of CreatePipeline when a pipeline is made."""

Line = tuple[str, float, str]
"""What, dollars for a million, how it was reckoned."""


@dataclass(frozen=True)
class Prices:
    """The price list."""

    table: dict[str, Any]

    def of(self, service: str, unit: str) -> float:
        """A price or a latency."""
        return float(self.table[service][unit])

    @property
    def place(self) -> str:
        return f"{self.table['region']}, {self.table['read']}"


def bill(uses: list[Use], prices: Prices, megabytes: dict[str, int]) -> list[Line]:
    """The lines of the bill for a million triggered pipelines like the median of these."""
    typical = uses[0]
    durations = lasting(uses, prices, megabytes)
    writes = statistics.median(use.units.write for use in uses)
    reads = statistics.median(use.units.read for use in uses)
    logged = statistics.median(use.logged for use in uses) + prices.of("log_bytes", "access")
    answered = statistics.median(use.answered for use in uses)
    return [
        ("HTTP API", prices.of("http_api", "million_requests"), "1 request"),
        *(functions(name, durations[name], megabytes[name], prices) for name in FUNCTIONS),
        workflow(durations["workflow"], prices),
        ("DynamoDB writes", writes * prices.of("dynamodb", "million_write_units"), f"{writes:g} units"),
        ("DynamoDB reads", reads * prices.of("dynamodb", "million_read_units"), f"{reads:g} units"),
        *objects(typical, prices),
        ("logs", logged * MILLION / 1e9 * prices.of("logs", "gigabyte"), f"{logged:.0f} bytes"),
        ("egress", answered * MILLION / 1e9 * prices.of("egress", "gigabyte"), f"{answered:.0f} bytes"),
    ]


def lasting(uses: list[Use], prices: Prices, megabytes: dict[str, int]) -> dict[str, float]:
    """Milliseconds of each part: its own work as measured, and the waiting for AWS at typical latencies.

    The door waits for the workflow, the workflow for its tasks and for the count between them.
    """
    own = {
        name: 1000 * statistics.median(use.busy[name] for use in uses) / min(1, megabytes[name] / WHOLE_PROCESSOR)
        for name in FUNCTIONS
    }
    waiting = {
        name: sum(prices.of("latency_milliseconds", KINDS[call]) for call in uses[0].of(name) if call in KINDS)
        for name in (*FUNCTIONS, "CreatePipeline")
    }
    found = {name: own[name] + waiting[name] for name in TASKS}
    found["workflow"] = sum(found.values()) + waiting["CreatePipeline"]
    found["workflow"] += STATES * prices.of("latency_milliseconds", "transition")
    found["TriggerFunction"] = own["TriggerFunction"] + waiting["TriggerFunction"] + found["workflow"]
    return found


def functions(name: str, milliseconds: float, megabytes: int, prices: Prices) -> Line:
    """Lambda bills each begun millisecond."""
    seconds = math.ceil(milliseconds) / 1000 * megabytes / GIGABYTE * MILLION
    dollars = prices.of("lambda", "million_requests") + seconds * prices.of("lambda", "gigabyte_second")
    return f"Lambda {name}", dollars, f"{milliseconds:.0f} ms, {megabytes} MB"


def workflow(milliseconds: float, prices: Prices) -> Line:
    """Express executions are billed by begun steps of time and the least memory."""
    step = prices.of("step_functions", "step_milliseconds")
    billed = math.ceil(milliseconds / step) * step
    gigabytes = prices.of("step_functions", "least_megabytes") / GIGABYTE
    seconds = billed / 1000 * gigabytes * MILLION
    dollars = prices.of("step_functions", "million_requests") + seconds * prices.of("step_functions", "gigabyte_second")
    return "Step Functions Express", dollars, f"{milliseconds:.0f} ms, billed as {billed:.0f}"


def objects(use: Use, prices: Prices) -> list[Line]:
    """S3, if it was asked at all."""
    calls = [call for _, call in use.calls if call.startswith("s3:")]
    puts = calls.count("s3:PUT")
    dollars = puts * 1000 * prices.of("s3", "thousand_puts") + (len(calls) - puts) * 1000 * prices.of(
        "s3", "thousand_gets"
    )
    return [("S3", dollars, f"{len(calls)} calls")] if calls else []
