"""The AWS account and region of the embedded cloud."""

import os

# moto's own default account; its tables and buckets live under this number.
ACCOUNT = "123456789012"
REGION = "eu-central-1"
STACK = "pullcord"


def arn(service: str, resource: str) -> str:
    """The ARN of a resource of this account, `resource` as in `table/Tokens`."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def isolate() -> None:
    """Cut the AWS libraries of this process off from AWS: no profile, no metadata service, no real credentials.

    Call it before boto3 or moto is imported.
    """
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "MOTO_ALLOW_NONEXISTENT_REGION": "false",
    }
