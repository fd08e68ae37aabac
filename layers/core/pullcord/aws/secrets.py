"""Values of secrets."""

from pullcord.aws.clients import client


def secret(name: str) -> str:
    """The current text of a secret."""
    answer = client("secretsmanager").get_secret_value(SecretId=name, VersionStage="AWSCURRENT")
    text: str = answer["SecretString"]
    return text
