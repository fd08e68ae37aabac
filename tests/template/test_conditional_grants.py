"""What roles may do only where a parameter wants it: use a key of one's own, write traces."""

import pytest

from tests.template.stack import FUNCTIONS, STATE_MACHINES, conditional_statements

OWNERS = FUNCTIONS | STATE_MACHINES


@pytest.mark.parametrize("name", OWNERS)
def test_a_key_of_ones_own_is_used_through_the_stores_only(name):
    (given,) = only_if("KeyIsGiven", name)

    assert given["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    assert given["Resource"] == {"Ref": "KeyArn"}
    stores = [service["Fn::Sub"].partition(".")[0] for service in given["Condition"]["StringEquals"]["kms:ViaService"]]
    assert stores == ["dynamodb", "s3", "secretsmanager"]


@pytest.mark.parametrize("name", OWNERS)
def test_traces_are_written_only_where_calls_are_traced(name):
    given = only_if("CallsAreTraced", name)

    needed = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
    if name in STATE_MACHINES:
        needed |= {"xray:GetSamplingRules", "xray:GetSamplingTargets"}
    assert {action for statement in given for action in statement["Action"]} == needed


def only_if(condition, name) -> list[dict]:
    """The statements that a role has under a condition of the template, and nothing instead."""
    found = [statement["Fn::If"] for statement in conditional_statements(OWNERS[name])]
    assert {one[0] for one in found} == {"KeyIsGiven", "CallsAreTraced"}
    assert all(otherwise == {"Ref": "AWS::NoValue"} for _, _, otherwise in found)
    return [statement for name_of_it, statement, _ in found if name_of_it == condition]
