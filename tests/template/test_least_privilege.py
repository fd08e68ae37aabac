"""What each function may do. A new permission shows up here, in review, as a diff."""

import pytest

from tests.template.stack import (
    FUNCTIONS,
    RESOURCES,
    STATE_MACHINES,
    many,
    properties,
    statements,
    target,
)

# Action → where. In brackets: the only partition keys that the action may touch.
GRANTS = {
    "RouterFunction": {
        "lambda:InvokeFunction": "PipelinesFunction ProjectsFunction RepositoryFunction SettingsFunction TriggerFunction.Alias TriggersFunction UsersFunction",
    },
    "TriggerFunction": {
        "dynamodb:BatchGetItem": "Pipelines[project#*] Tokens[digest#*]",
        "dynamodb:GetItem": "Pipelines[once#*,path#*,request#*]",
        "dynamodb:PutItem": "Pipelines[once#*,request#*]",
        "dynamodb:UpdateItem": "Pipelines[once#*]",
        "s3:GetObject": "Objects/sealed/*",
        "s3:PutObject": "Objects/sealed/*",
        "secretsmanager:GetSecretValue": "Peppers",
        "states:StartSyncExecution": "CreatePipeline",
    },
    "TriggersFunction": {
        "dynamodb:BatchGetItem": "Pipelines Tokens[digest#*]",
        "dynamodb:GetItem": "Pipelines Tokens",
        "dynamodb:Query": "Pipelines/index/started_by Tokens",
        "dynamodb:DeleteItem": "Tokens[digest#*,project#*,user#*]",
        "dynamodb:PutItem": "Tokens[digest#*,project#*,user#*]",
        "dynamodb:UpdateItem": "Tokens[project#*,sequences]",
        "secretsmanager:GetSecretValue": "Peppers",
    },
    "PipelinesFunction": {
        "dynamodb:BatchGetItem": "Pipelines Tokens[digest#*]",
        "dynamodb:GetItem": "Pipelines",
        "dynamodb:Query": "Pipelines",
        "s3:GetObject": "Objects/sealed/*",
        "secretsmanager:GetSecretValue": "Peppers",
    },
    "ProjectsFunction": {
        "dynamodb:BatchGetItem": "Pipelines Tokens[digest#*]",
        "dynamodb:DeleteItem": (
            "Pipelines[groups,namespace#*,path#*,project#*,projects,request#*,user#*] Tokens[digest#*,project#*,user#*]"
        ),
        "dynamodb:GetItem": "Pipelines",
        "dynamodb:PutItem": "Pipelines[groups,namespace#*,path#*,project#*,projects,user#*]",
        "dynamodb:Query": "Pipelines Tokens",
        "dynamodb:UpdateItem": "Pipelines[namespace#*,project#*,sequences]",
        "secretsmanager:GetSecretValue": "GitCredentials Peppers",
    },
    "UsersFunction": {
        "dynamodb:BatchGetItem": "Pipelines Tokens[digest#*]",
        "dynamodb:DeleteItem": (
            "Pipelines[email#*,namespace#*,path#*,project#*,projects,request#*,user#*,users] "
            "Tokens[digest#*,personal_tokens,project#*,user#*]"
        ),
        "dynamodb:GetItem": "Pipelines Tokens",
        "dynamodb:PutItem": (
            "Pipelines[email#*,namespace#*,path#*,user#*,users] Tokens[digest#*,personal_tokens,user#*]"
        ),
        "dynamodb:Query": "Pipelines Tokens",
        "dynamodb:UpdateItem": "Pipelines[sequences,user#*] Tokens[digest#*,sequences,user#*]",
        "secretsmanager:GetSecretValue": "Peppers",
    },
    "SettingsFunction": {
        "dynamodb:BatchGetItem": "Pipelines Tokens[digest#*]",
        "dynamodb:ConditionCheckItem": "Pipelines[namespace#*,project#*,user#*]",
        "dynamodb:DeleteItem": "Pipelines[namespace#*,project#*,user#*]",
        "dynamodb:GetItem": "Pipelines",
        "dynamodb:PutItem": "Pipelines[instance,namespace#*,project#*,user#*]",
        "dynamodb:Query": "Pipelines",
        "dynamodb:UpdateItem": "Pipelines[sequences]",
        "secretsmanager:GetSecretValue": "Peppers",
    },
    "RepositoryFunction": {
        "dynamodb:BatchGetItem": "Pipelines Tokens[digest#*]",
        "dynamodb:GetItem": "Pipelines",
        "dynamodb:Query": "Pipelines",
        "s3:GetObject": "Objects/git/*",
        "s3:PutObject": "Objects/git/*",
        "secretsmanager:GetSecretValue": "GitCredentials Peppers",
    },
    "BootstrapFunction": {
        "dynamodb:DeleteItem": "Tokens[digest#*]",
        "dynamodb:GetItem": "Tokens[user#*]",
        "dynamodb:PutItem": (
            "Pipelines[email#*,namespace#*,path#*,user#*,users] Tokens[digest#*,personal_tokens,user#*]"
        ),
        "secretsmanager:GetSecretValue": "FirstAdministrator Peppers",
    },
    "RotatePepperFunction": {
        "dynamodb:BatchGetItem": "Tokens[digest#*]",
        "dynamodb:DeleteItem": "Tokens[digest#*]",
        "dynamodb:GetItem": "Tokens[project#*,rotation,user#*]",
        "dynamodb:PutItem": "Tokens[digest#*,rotation]",
        "dynamodb:Scan": "Tokens",
        "dynamodb:UpdateItem": "Tokens[project#*,user#*]",
        "secretsmanager:DescribeSecret": "Peppers",
        "secretsmanager:GetSecretValue": "Peppers",
        "secretsmanager:PutSecretValue": "Peppers",
        "secretsmanager:UpdateSecretVersionStage": "Peppers",
    },
    "CreatePipeline": {
        "dynamodb:UpdateItem": "Pipelines[counter#*]",
        "lambda:InvokeFunction": "EvaluateRulesFunction RecordJobsFunction",
        "logs:CreateLogDelivery": "*",
        "logs:DeleteLogDelivery": "*",
        "logs:DescribeLogGroups": "*",
        "logs:DescribeResourcePolicies": "*",
        "logs:GetLogDelivery": "*",
        "logs:ListLogDeliveries": "*",
        "logs:PutResourcePolicy": "*",
        "logs:UpdateLogDelivery": "*",
    },
    "EvaluateRulesFunction": {
        "dynamodb:BatchGetItem": "Pipelines",
        "dynamodb:GetItem": "Pipelines[path#*] Pipelines[request#*]",
        "dynamodb:PutItem": "Pipelines[request#*]",
        "s3:GetObject": "Objects/git/* Objects/sealed/*",
        "s3:PutObject": "Objects/git/* Objects/sealed/*",
        "secretsmanager:GetSecretValue": "GitCredentials Peppers",
    },
    "RecordJobsFunction": {
        "dynamodb:BatchWriteItem": "Pipelines",
        "dynamodb:GetItem": "Pipelines",
        "dynamodb:PutItem": "Pipelines[project#*]",
        "dynamodb:UpdateItem": "Pipelines[project#*]",
        "s3:GetObject": "Objects/sealed/*",
        "secretsmanager:GetSecretValue": "Peppers",
    },
}

EVERYWHERE = {
    # Step Functions' vended logs: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
    "CreatePipeline": {"logs"},
}
"""Who may act on `*`, with the only services whose actions know no narrower resource."""

WRITES_LOGS = {
    "Effect": "Allow",
    "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
    "Resource": {"Fn::GetAtt": ["Logs", "Arn"]},
}

OWNERS = FUNCTIONS | STATE_MACHINES
ROLES = {name: role for name, role in properties("AWS::IAM::Role").items() if name != "RolloutRole"}


def granted(owner) -> dict[str, str]:
    places = {}
    for statement in statements(owner):
        if statement == WRITES_LOGS:
            continue
        assert statement["Effect"] == "Allow"
        for action in many(statement["Action"]):
            places.setdefault(action, set()).update(
                target(resource) + keys(statement) for resource in many(statement["Resource"])
            )
    return {action: " ".join(sorted(where)) for action, where in places.items()}


def keys(statement) -> str:
    conditions = statement.get("Condition", {})
    assert set(conditions) <= {"ForAllValues:StringLike"}, conditions
    allowed = conditions.get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", [])
    return f"[{','.join(sorted(allowed))}]" if allowed else ""


def test_the_table_names_everyone():
    assert set(GRANTS) == set(OWNERS)


@pytest.mark.parametrize("name", OWNERS)
def test_it_may_do_exactly_this(name):
    assert granted(OWNERS[name]) == GRANTS[name]


@pytest.mark.parametrize("name", OWNERS)
def test_no_permission_is_wider_than_its_purpose(name):
    for action, where in granted(OWNERS[name]).items():
        service, _, verb = action.partition(":")

        assert "*" not in verb
        assert where != "*" or service in EVERYWHERE.get(name, set())


def test_only_the_rotation_of_peppers_may_scan_a_table():
    assert [name for name, owner in OWNERS.items() if "dynamodb:Scan" in granted(owner)] == ["RotatePepperFunction"]


def test_only_the_rotation_of_peppers_may_change_a_secret():
    changes = {"secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"}

    assert [name for name, owner in OWNERS.items() if changes & set(granted(owner))] == ["RotatePepperFunction"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_a_role_of_its_own_without_managed_policies(name):
    assert target(FUNCTIONS[name]["Role"]) == f"{name.removesuffix('Function')}Role"
    assert set(RESOURCES[f"{name.removesuffix('Function')}Role"]["Properties"]) == {
        "AssumeRolePolicyDocument",
        "Policies",
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_writes_into_one_log_group_and_makes_none(name):
    assert statements(FUNCTIONS[name]).count(WRITES_LOGS) == 1


def test_a_rollout_moves_one_alias_and_looks_at_alarms():
    role = RESOURCES["RolloutRole"]["Properties"]
    assert granted({"Policies": [policy["PolicyDocument"] for policy in role["Policies"]]}) == {
        "cloudwatch:DescribeAlarms": "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*",
        "lambda:GetAlias": "TriggerFunction TriggerFunction:live",
        "lambda:GetProvisionedConcurrencyConfig": "TriggerFunction TriggerFunction:live",
        "lambda:UpdateAlias": "TriggerFunction TriggerFunction:live",
    }


@pytest.mark.parametrize("name", ROLES)
def test_a_role_serves_one_function_and_only_lambda_assumes_it(name):
    assert [target(function["Role"]) for function in FUNCTIONS.values()].count(name) == 1
    assert ROLES[name]["AssumeRolePolicyDocument"]["Statement"] == [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
    ]


def test_no_policy_stands_beside_the_roles():
    assert not [
        name for name, found in RESOURCES.items() if found["Type"] in {"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"}
    ]
