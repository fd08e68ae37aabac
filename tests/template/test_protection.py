"""What must not get lost, must not be read by others, and must not be kept for ever."""

import json
import re

import pytest

from pullcord_local.stack.template import load
from tests.template.stack import (
    FUNCTIONS,
    GLOBAL,
    RESOURCES,
    ROOT,
    STATE_MACHINES,
    TEMPLATE,
    many,
    properties,
    statements,
    target,
)

TABLES = properties("AWS::DynamoDB::Table")
BUCKETS = properties("AWS::S3::Bucket")
LOG_GROUPS = properties("AWS::Logs::LogGroup")
SECRETS = properties("AWS::SecretsManager::Secret")
ALARMS = properties("AWS::CloudWatch::Alarm")
OWN_KEY = {"Fn::If": ["KeyIsGiven", {"Ref": "KeyArn"}, {"Ref": "AWS::NoValue"}]}
APIS = properties("AWS::Serverless::HttpApi")
PERMISSIONS = properties("AWS::Lambda::Permission")

LOGGED_OF_A_REQUEST = {
    "$context.requestId", "$context.requestTime", "$context.identity.sourceIp", "$context.httpMethod",
    "$context.routeKey", "$context.status", "$context.responseLatency", "$context.error.message",
}  # fmt: skip
"""No query string among them: GitLab's clients put tokens there."""


@pytest.mark.parametrize("name", [*TABLES, *BUCKETS, "Peppers"])
def test_data_survives_the_stack(name):
    assert RESOURCES[name]["DeletionPolicy"] == RESOURCES[name]["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_encrypted_recoverable_and_hard_to_delete(name):
    table = TABLES[name]

    assert table["SSESpecification"]["SSEEnabled"] is True
    assert table["SSESpecification"]["KMSMasterKeyId"] == OWN_KEY
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["DeletionProtectionEnabled"] is True
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_is_encrypted_and_closed_to_the_public(name):
    assert BUCKETS[name]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert set(BUCKETS[name]["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(BUCKETS[name]["PublicAccessBlockConfiguration"]) == 4


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_refuses_connections_in_the_clear(name):
    policies = [policy for policy in properties("AWS::S3::BucketPolicy").values() if target(policy["Bucket"]) == name]
    denials = [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]

    assert [denial["Condition"] for denial in denials if denial["Effect"] == "Deny"] == [
        {"Bool": {"aws:SecureTransport": "false"}}
    ]


@pytest.mark.parametrize("name", BUCKETS)
def test_whatever_is_put_into_a_bucket_leaves_it_again(name):
    rules = BUCKETS[name]["LifecycleConfiguration"]["Rules"]
    expiring = {rule.get("Prefix") for rule in rules if rule["Status"] == "Enabled" and "ExpirationInDays" in rule}
    put = {
        target(resource).removeprefix(f"{name}/").removesuffix("*")
        for function in FUNCTIONS.values()
        for statement in statements(function)
        for resource in many(statement["Resource"])
        if "s3:PutObject" in many(statement["Action"]) and target(resource).startswith(f"{name}/")
    }

    assert put
    assert put <= expiring
    assert any("AbortIncompleteMultipartUpload" in rule for rule in rules)


@pytest.mark.parametrize("name", LOG_GROUPS)
def test_logs_are_kept_for_a_time_and_no_longer(name):
    assert LOG_GROUPS[name]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_logs_to_a_group_of_the_stack(name):
    assert target((GLOBAL | FUNCTIONS[name])["LoggingConfig"]["LogGroup"]) in LOG_GROUPS


@pytest.mark.parametrize("name", STATE_MACHINES)
def test_a_workflow_logs_its_failures_without_its_data(name):
    logging = STATE_MACHINES[name]["Logging"]

    assert logging["IncludeExecutionData"] is False
    assert logging["Level"] in {"ERROR", "FATAL"}
    assert target(logging["Destinations"][0]["CloudWatchLogsLogGroup"]["LogGroupArn"]) in LOG_GROUPS


@pytest.mark.parametrize("name", APIS)
def test_the_access_log_holds_no_token(name):
    logged = set(re.findall(r"\$context(?:\.\w+)+", APIS[name]["AccessLogSettings"]["Format"]))

    assert logged <= LOGGED_OF_A_REQUEST


@pytest.mark.parametrize("name", APIS)
def test_the_api_throttles(name):
    assert {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(APIS[name]["DefaultRouteSettings"])


def test_no_secret_is_written_in_the_template():
    secret = re.compile("(?i)token|password|pepper|secret")
    parameters = {name: value for name, value in TEMPLATE["Parameters"].items() if secret.search(name)}

    assert not [name for name, value in parameters.items() if not value.get("NoEcho") or value.get("Default")]


def test_faults_raise_an_alarm():
    watched = {alarm.get("MetricName", name) for name, alarm in ALARMS.items()}

    assert watched == {"5xx", "ExecutionsFailed", "Errors", "Latency", "Throttles"}


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_reaches_somebody(name):
    assert ALARMS[name]["AlarmActions"] == [{"Ref": "AlarmTopic"}]
    assert ALARMS[name]["TreatMissingData"] == "notBreaching"


@pytest.mark.parametrize("name", [*LOG_GROUPS, *SECRETS])
def test_a_key_of_ones_own_is_for_logs_and_secrets_too(name):
    assert RESOURCES[name]["Properties"]["KmsKeyId"] == OWN_KEY


def test_a_new_version_of_the_trigger_function_gets_a_few_calls_first_and_goes_back_by_itself():
    trigger = FUNCTIONS["TriggerFunction"]

    assert (trigger["AutoPublishAlias"], trigger["AutoPublishAliasAllProperties"]) == ("live", True)
    assert trigger["DeploymentPreference"]["Type"] == {"Ref": "Rollout"}
    assert {target(alarm) for alarm in trigger["DeploymentPreference"]["Alarms"]} <= set(ALARMS)
    assert TEMPLATE["Parameters"]["Rollout"]["Default"].startswith("Canary")


def test_the_dashboard_is_json():
    (dashboard,) = properties("AWS::CloudWatch::Dashboard").values()

    assert len(json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]) == 8


def test_the_pepper_rotates_by_itself_but_not_at_once():
    (rotation,) = properties("AWS::SecretsManager::RotationSchedule").values()

    assert target(rotation["SecretId"]) == "Peppers"
    assert rotation["RotationRules"] == {"AutomaticallyAfterDays": {"Ref": "RotationDays"}}
    assert rotation["RotateImmediatelyOnUpdate"] is False
    assert TEMPLATE["Parameters"]["RotationDays"]["Default"] == 90


def test_only_secrets_manager_of_this_account_rotates():
    (permission,) = properties("AWS::Lambda::Permission").values()

    assert permission["Principal"] == "secretsmanager.amazonaws.com"
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert target(permission["SourceArn"]) == "Peppers"


@pytest.mark.parametrize("name", PERMISSIONS)
def test_a_service_may_invoke_a_function_for_one_named_resource_alone(name):
    permission = PERMISSIONS[name]

    assert permission["Action"] == "lambda:InvokeFunction"
    assert target(permission["SourceArn"]) in RESOURCES
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_what_the_gateway_may_invoke_is_limited_to_its_api():
    translated = load(ROOT / "template.yaml", {})["Resources"].values()
    permissions = [one["Properties"] for one in translated if one["Type"] == "AWS::Lambda::Permission"]

    assert len(permissions) > len(PERMISSIONS)
    assert not [one for one in permissions if not one.get("SourceArn")]


def statements_of_resource_policies():
    """(logical id, statement) of every policy that hangs on a resource and allows something to a service."""
    for name, resource in RESOURCES.items():
        policy = resource.get("Properties", {}).get("PolicyDocument")
        if policy and "Policy" in resource["Type"] and not resource["Type"].startswith("AWS::IAM"):
            yield from ((name, one) for one in many(policy["Statement"]) if one["Effect"] == "Allow")


@pytest.mark.parametrize(("name", "statement"), [*statements_of_resource_policies()])
def test_a_service_uses_a_resource_for_this_account_alone(name, statement):
    assert "aws:SourceAccount" in str(statement["Condition"]), name
