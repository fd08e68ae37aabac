"""Resources that only watch, protect or announce: here they have a name and an ARN, and nothing to do."""

from collections.abc import Callable
from typing import Any

from pullcord_local.account import ACCOUNT, REGION, arn
from pullcord_local.stack.ground import Ground, Maker, physical_name
from pullcord_local.stack.scope import Resource


def inert(name_property: str = "", service: str = "", prefix: str = "", *, by_arn: bool = False) -> Maker:
    """A maker of resources that are named by `name_property`, with the ARN `service`:…:`prefix`<name>.

    by_arn: `Ref` gives the ARN, not the name
    """

    def make(_ground: Ground, logical_id: str, properties: dict[str, Any]) -> Resource:
        name = str(properties.get(name_property, physical_name(logical_id)))
        own = arn(service, prefix + name)
        return Resource(own if by_arn else name, {"Arn": own})

    return make


def with_attributes(attributes: Callable[[str], dict[str, str]], name_property: str, reference: str = "") -> Maker:
    """A maker of resources whose attributes follow from their name; `Ref` gives the attribute `reference` or the name."""

    def make(_ground: Ground, logical_id: str, properties: dict[str, Any]) -> Resource:
        name = str(properties.get(name_property, physical_name(logical_id)))
        found = attributes(name)
        return Resource(found[reference] if reference else name, found)

    return make


def log_group(name: str) -> dict[str, str]:
    """Attributes of AWS::Logs::LogGroup, whose ARN ends in a wildcard for its streams."""
    return {"Arn": arn("logs", f"log-group:{name}:*")}


def topic(name: str) -> dict[str, str]:
    """Attributes of AWS::SNS::Topic."""
    return {"TopicArn": arn("sns", name), "TopicName": name}


def queue(name: str) -> dict[str, str]:
    """Attributes of AWS::SQS::Queue."""
    url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
    return {"Arn": arn("sqs", name), "QueueName": name, "QueueUrl": url}


def key(name: str) -> dict[str, str]:
    """Attributes of AWS::KMS::Key."""
    return {"Arn": arn("kms", f"key/{name}"), "KeyId": name}


MAKERS: dict[str, Maker] = {
    "AWS::ApiGateway::Account": inert(),
    "AWS::ApiGatewayV2::ApiMapping": inert(),
    "AWS::CertificateManager::Certificate": inert(service="acm", prefix="certificate/", by_arn=True),
    "AWS::CloudWatch::Alarm": inert("AlarmName", "cloudwatch", "alarm:"),
    "AWS::CloudWatch::AnomalyDetector": inert(),
    "AWS::CloudWatch::CompositeAlarm": inert("AlarmName", "cloudwatch", "alarm:"),
    "AWS::CloudWatch::Dashboard": inert("DashboardName"),
    "AWS::CodeDeploy::Application": inert("ApplicationName", "codedeploy", "application:"),
    "AWS::CodeDeploy::DeploymentGroup": inert("DeploymentGroupName", "codedeploy", "deploymentgroup:"),
    "AWS::IAM::ServiceLinkedRole": inert(),
    "AWS::KMS::Alias": inert("AliasName", "kms"),
    "AWS::KMS::Key": with_attributes(key, "", "KeyId"),
    "AWS::Lambda::EventInvokeConfig": inert(),
    "AWS::Lambda::Permission": inert(),
    "AWS::Logs::LogGroup": with_attributes(log_group, "LogGroupName"),
    "AWS::Logs::MetricFilter": inert("FilterName"),
    "AWS::Logs::QueryDefinition": inert(),
    "AWS::Logs::ResourcePolicy": inert("PolicyName"),
    "AWS::Route53::RecordSet": inert("Name"),
    "AWS::S3::BucketPolicy": inert(),
    "AWS::Scheduler::ScheduleGroup": inert("Name", "scheduler", "schedule-group/"),
    "AWS::SecretsManager::ResourcePolicy": inert(),
    "AWS::SNS::Subscription": inert(service="sns", by_arn=True),
    "AWS::SNS::Topic": with_attributes(topic, "TopicName", "TopicArn"),
    "AWS::SNS::TopicPolicy": inert(),
    "AWS::SQS::Queue": with_attributes(queue, "QueueName", "QueueUrl"),
    "AWS::SQS::QueuePolicy": inert(),
}
