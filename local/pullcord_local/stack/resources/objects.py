"""S3 buckets."""

from typing import Any

from pullcord_local.account import ACCOUNT, REGION
from pullcord_local.cloud.call import Call
from pullcord_local.stack.ground import Ground, Maker, physical_name
from pullcord_local.stack.scope import Resource


def bucket(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::S3::Bucket; encryption, life cycle and public access settings make no difference here."""
    bucket_name = properties.get("BucketName", f"{physical_name(name)}-{ACCOUNT}".lower())
    place = f"<CreateBucketConfiguration><LocationConstraint>{REGION}</LocationConstraint></CreateBucketConfiguration>"
    headers = {
        "authorization": f"AWS4-HMAC-SHA256 Credential=local/20260101/{REGION}/s3/aws4_request",
        "host": "s3.amazonaws.com",
    }
    ground.send(Call("PUT", f"/{bucket_name}", headers, place.encode()))
    ground.inventory.buckets[bucket_name] = name
    attributes = {
        "Arn": f"arn:aws:s3:::{bucket_name}",
        "DomainName": f"{bucket_name}.s3.amazonaws.com",
        "RegionalDomainName": f"{bucket_name}.s3.{REGION}.amazonaws.com",
    }
    return Resource(bucket_name, attributes)


MAKERS: dict[str, Maker] = {"AWS::S3::Bucket": bucket}
