"""What must hold in the Tokens table, read past the product."""

import base64
import json

from boto3.dynamodb.types import TypeDeserializer

from pullcord.aws.peppers import parse


class Reader(TypeDeserializer):
    """boto3's own, with bytes as bytes."""

    def _deserialize_b(self, value):
        return value


read = Reader().deserialize


def items(operator, table):
    """Every item of a table as Python values."""
    pages = operator("dynamodb").get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return [{name: read(value) for name, value in item.items()} for page in pages for item in page["Items"]]


def peppers(operator, outputs):
    """The secret as functions read it."""
    answer = operator("secretsmanager").get_secret_value(SecretId=outputs["PeppersSecret"], VersionStage="AWSCURRENT")
    return parse(answer["SecretString"])


def balance(operator, outputs):
    """After a rotation: every token is found under the two living peppers, and nothing else can be found."""
    live = [pepper.id for pepper in peppers(operator, outputs).keyring.live]
    stored = items(operator, outputs["TokensTable"])
    tokens = [item for item in stored if "digests" in item]
    found = {item["pk"].removeprefix("digest#"): item for item in stored if item["pk"].startswith("digest#")}

    assert [sorted(token["digests"]) for token in tokens] == [sorted(live)] * len(tokens)
    assert sorted(found) == sorted(key for token in tokens for key in token["digests"].values())
    for token in tokens:
        for pepper, key in token["digests"].items():
            assert (found[key]["pepper"], found[key]["token_id"]) == (pepper, token["id"])
            assert found[key].get("revoked", False) == token.get("revoked", False)
        if "sealed" in token:
            assert token["sealed"][:6].hex() == live[0]
    return len(tokens)


def dump(operator, outputs):
    """Both tables as one text, with binary values in every way in which somebody may look at them."""
    stored = [item for name in ("TokensTable", "PipelinesTable") for item in items(operator, outputs[name])]
    return "\n".join([json.dumps(stored, default=shown, ensure_ascii=False), *map(str, stored)])


def shown(value):
    if not isinstance(value, bytes):
        return str(value)
    return [base64.b64encode(value).decode(), value.hex(), value.decode("latin-1")]
