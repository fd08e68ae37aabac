"""template.yaml as CloudFormation understands it: AWS's own SAM translator does the translation.

Local folders and files stay what they are: a function's or a layer's code is named by its path, and the state
machine's definition is read from beside the template.
"""

import logging
from pathlib import Path
from typing import Any

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

# The bucket of `CodeUri: s3://…` under which a local path, relative to the template, is handed through the translator.
LOCAL_CODE = "local"


class NoManagedPolicies:
    """The translator asks for managed policies by name; the template names none that it does not know."""

    def load(self) -> dict[str, str]:
        """No further names."""
        return {}


def load(path: Path, parameters: dict[str, str]) -> dict[str, Any]:
    """The template at `path`, translated.

    Raises samtranslator's InvalidDocumentException when it is not a valid SAM template.
    """
    # It would tell the terminal about switches of its own that only AWS has.
    logging.getLogger("samtranslator.feature_toggle").setLevel(logging.ERROR)
    template = yaml_parse(path.read_text("utf-8"))
    shared = template.get("Globals", {}).get("Function", {})
    for resource in template["Resources"].values():
        properties = resource.setdefault("Properties", {})
        if resource["Type"] == "AWS::Serverless::StateMachine":
            inline_definition(properties, path.parent)
        for name in ("CodeUri", "ContentUri"):
            keep_local(properties, name)
    keep_local(shared, "CodeUri")
    translated: dict[str, Any] = transform(template, dict(parameters), NoManagedPolicies())
    return translated


def inline_definition(properties: dict[str, Any], folder: Path) -> None:
    """Put the definition in the place of its local address, as `sam package` would put it in a bucket."""
    address = properties.get("DefinitionUri")
    if isinstance(address, str) and "://" not in address:
        del properties["DefinitionUri"]
        properties["Definition"] = yaml_parse((folder / address).read_text("utf-8"))


def keep_local(properties: dict[str, Any], name: str) -> None:
    """Turn a local folder into an address the translator accepts; `local_path` turns it back."""
    value = properties.get(name)
    if isinstance(value, str) and "://" not in value:
        properties[name] = f"s3://{LOCAL_CODE}/{value.rstrip('/')}"


def local_path(folder: Path, code: dict[str, Any]) -> Path:
    """The folder of a translated `Code` or `Content` property."""
    key: str = code["S3Key"]
    return (folder / key).resolve()
