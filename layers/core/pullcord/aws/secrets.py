"""Secrets as they are."""

from pullcord.aws.clients import client


def secret(name: str) -> str:
    """The current text of a secret."""
    text: str = client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    return text
