"""A function that makes one call to AWS, {"service", "method", "arguments"}; it answers with the result or the error."""

import json
import os

import boto3
from botocore.exceptions import ClientError

NAMES = {name: os.environ[name] for name in ("THINGS", "COUNTERS", "BUCKET", "SECRET", "FLOW")}


def handle(event, _context):
    text = event["body"]
    for name, value in NAMES.items():
        text = text.replace(f"${name}", value)
    call = json.loads(text)
    client = boto3.client(call["service"])
    try:
        result = getattr(client, call["method"])(**call["arguments"])
    except ClientError as error:
        return {"error": error.response["Error"], "status": error.response["ResponseMetadata"]["HTTPStatusCode"]}
    body = result.pop("Body", None)
    if body is not None:
        result["Body"] = body.read().decode()
    return json.loads(json.dumps(result, default=str))
