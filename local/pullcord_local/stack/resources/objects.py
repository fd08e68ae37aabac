"""S3 buckets."""

from typing import Any

from pullcord_local.account import ACCOUNT, REGION
from pullcord_local.aws_calls.call import Call
from pullcord_local.stack.context import CreateHandler, DeployContext, physical_name
from pullcord_local.stack.scope import Resource


def bucket(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::S3::Bucket; settings of encryption, life cycle and public access have no effect here."""
    bucket_name = properties.get("BucketName", f"{physical_name(name)}-{ACCOUNT}".lower())
    location = (
        f"<CreateBucketConfiguration><LocationConstraint>{REGION}</LocationConstraint></CreateBucketConfiguration>"
    )
    headers = {
        "authorization": f"AWS4-HMAC-SHA256 Credential=local/20260101/{REGION}/s3/aws4_request",
        "host": "s3.amazonaws.com",
    }
    context.send(Call("PUT", f"/{bucket_name}", headers, location.encode()))
    context.inventory.buckets[bucket_name] = name
    attributes = {
        "Arn": f"arn:aws:s3:::{bucket_name}",
        "DomainName": f"{bucket_name}.s3.amazonaws.com",
        "RegionalDomainName": f"{bucket_name}.s3.{REGION}.amazonaws.com",
    }
    return Resource(bucket_name, attributes)


CREATE_HANDLERS: dict[str, CreateHandler] = {"AWS::S3::Bucket": bucket}
