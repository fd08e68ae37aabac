"""Resource types without effect here, such as alarms, keys and log groups: they have a name and an ARN, nothing else."""

from collections.abc import Callable
from typing import Any

from pullcord_local.account import ACCOUNT, REGION, arn
from pullcord_local.stack.context import CreateHandler, DeployContext, physical_name
from pullcord_local.stack.scope import Resource


def no_op(name_property: str = "", service: str = "", prefix: str = "", *, by_arn: bool = False) -> CreateHandler:
    """A create handler for resources that are named by `name_property`, with the ARN `service`:…:`prefix`<name>.

    by_arn: `Ref` gives the ARN, not the name
    """

    def create(_context: DeployContext, logical_id: str, properties: dict[str, Any]) -> Resource:
        name = str(properties.get(name_property, physical_name(logical_id)))
        resource_arn = arn(service, prefix + name)
        return Resource(resource_arn if by_arn else name, {"Arn": resource_arn})

    return create


def with_attributes(
    attributes: Callable[[str], dict[str, str]], name_property: str, reference: str = ""
) -> CreateHandler:
    """A create handler for resources whose attributes follow from their name.

    reference: the attribute that `Ref` gives; empty for the name
    """

    def create(_context: DeployContext, logical_id: str, properties: dict[str, Any]) -> Resource:
        name = str(properties.get(name_property, physical_name(logical_id)))
        values = attributes(name)
        return Resource(values[reference] if reference else name, values)

    return create


def log_group(name: str) -> dict[str, str]:
    """The attributes of an AWS::Logs::LogGroup, whose ARN ends in a wildcard for its streams."""
    return {"Arn": arn("logs", f"log-group:{name}:*")}


def topic(name: str) -> dict[str, str]:
    """The attributes of an AWS::SNS::Topic."""
    return {"TopicArn": arn("sns", name), "TopicName": name}


def queue(name: str) -> dict[str, str]:
    """The attributes of an AWS::SQS::Queue."""
    url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
    return {"Arn": arn("sqs", name), "QueueName": name, "QueueUrl": url}


def key(name: str) -> dict[str, str]:
    """The attributes of an AWS::KMS::Key."""
    return {"Arn": arn("kms", f"key/{name}"), "KeyId": name}


CREATE_HANDLERS: dict[str, CreateHandler] = {
    "AWS::ApiGateway::Account": no_op(),
    "AWS::ApiGatewayV2::ApiMapping": no_op(),
    "AWS::CertificateManager::Certificate": no_op(service="acm", prefix="certificate/", by_arn=True),
    "AWS::CloudWatch::Alarm": no_op("AlarmName", "cloudwatch", "alarm:"),
    "AWS::CloudWatch::AnomalyDetector": no_op(),
    "AWS::CloudWatch::CompositeAlarm": no_op("AlarmName", "cloudwatch", "alarm:"),
    "AWS::CloudWatch::Dashboard": no_op("DashboardName"),
    "AWS::CodeDeploy::Application": no_op("ApplicationName", "codedeploy", "application:"),
    "AWS::CodeDeploy::DeploymentGroup": no_op("DeploymentGroupName", "codedeploy", "deploymentgroup:"),
    "AWS::IAM::ServiceLinkedRole": no_op(),
    "AWS::KMS::Alias": no_op("AliasName", "kms"),
    "AWS::KMS::Key": with_attributes(key, "", "KeyId"),
    "AWS::Lambda::EventInvokeConfig": no_op(),
    "AWS::Lambda::Permission": no_op(),
    "AWS::Logs::LogGroup": with_attributes(log_group, "LogGroupName"),
    "AWS::Logs::MetricFilter": no_op("FilterName"),
    "AWS::Logs::QueryDefinition": no_op(),
    "AWS::Logs::ResourcePolicy": no_op("PolicyName"),
    "AWS::Route53::RecordSet": no_op("Name"),
    "AWS::S3::BucketPolicy": no_op(),
    "AWS::Scheduler::ScheduleGroup": no_op("Name", "scheduler", "schedule-group/"),
    "AWS::SecretsManager::ResourcePolicy": no_op(),
    "AWS::SNS::Subscription": no_op(service="sns", by_arn=True),
    "AWS::SNS::Topic": with_attributes(topic, "TopicName", "TopicArn"),
    "AWS::SNS::TopicPolicy": no_op(),
    "AWS::SQS::Queue": with_attributes(queue, "QueueName", "QueueUrl"),
    "AWS::SQS::QueuePolicy": no_op(),
}
