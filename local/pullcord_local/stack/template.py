"""The template as CloudFormation receives it, translated by AWS's own SAM translator.

Local paths stay local: the code of a function or a layer is a folder, and a state machine's definition is read from
its file.
"""

import logging
from pathlib import Path
from typing import Any

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

# The bucket of the `s3://…` address as which a local path, relative to the template, passes through the translator.
LOCAL_CODE = "local"


class NoManagedPolicies:
    """The translator's source of managed policies by name, empty: it knows those that the template names."""

    def load(self) -> dict[str, str]:
        """An empty mapping of names to ARNs."""
        return {}


def load(path: Path, parameters: dict[str, str]) -> dict[str, Any]:
    """The template at `path`, translated.

    Raises samtranslator's InvalidDocumentException when it is not a valid SAM template.
    """
    # The translator would log warnings about feature switches that only AWS has.
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
    """Replace the local path of a definition with its content; `sam package` would upload the file to a bucket."""
    address = properties.get("DefinitionUri")
    if isinstance(address, str) and "://" not in address:
        del properties["DefinitionUri"]
        properties["Definition"] = yaml_parse((folder / address).read_text("utf-8"))


def keep_local(properties: dict[str, Any], name: str) -> None:
    """Replace a local folder with an address that the translator accepts; `local_path` converts it back."""
    value = properties.get(name)
    if isinstance(value, str) and "://" not in value:
        properties[name] = f"s3://{LOCAL_CODE}/{value.rstrip('/')}"


def local_path(folder: Path, code: dict[str, Any]) -> Path:
    """The folder of a translated `Code` or `Content` property."""
    key: str = code["S3Key"]
    return (folder / key).resolve()
