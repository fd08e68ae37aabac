"""The configuration of a project: in its repository, in another project, or at a URL.

Source: https://docs.gitlab.com/ci/pipelines/settings/#specify-a-custom-cicd-configuration-file
"""

import json
import re
from collections.abc import Mapping
from copy import replace
from typing import NamedTuple

from pullcord.config.context import Context
from pullcord.errors import PipelineRefused
from pullcord.projects import Project
from pullcord.usecases.pipelines.checkout import Checkout

ELSEWHERE = re.compile(r"(?P<file>[^@]*(?:yml|yaml))@(?P<project>[^:]+)(?::(?P<ref>.+))?", re.DOTALL)
ADDRESS = re.compile(r"https?://.+", re.IGNORECASE | re.DOTALL)


class Configuration(NamedTuple):
    """A text to compile. filename: None for a generated text that includes the real file."""

    text: str
    filename: str | None
    context: Context


def configuration(project: Project, checkout: Checkout, context: Context) -> Configuration:
    """Find the configuration; a file of the repository takes precedence, whatever its name looks like.

    A file elsewhere is included, as in GitLab, so its errors are those of an `include`. Raises PipelineRefused if the
    file is missing.
    """
    path = project.config_file
    text = checkout.text(path)
    if text is not None:
        return Configuration(text, path, context)
    if found := ELSEWHERE.fullmatch(path):
        return _included({name: value for name, value in found.groupdict().items() if value}, context)
    if ADDRESS.fullmatch(path):
        return _included({"remote": path}, context)
    details = {"file": path, "commit": checkout.sha}
    raise PipelineRefused("Missing CI config file", code="missing_config", details=details)


def _included(location: Mapping[str, object], context: Context) -> Configuration:
    """A configuration that includes a file, as JSON, which is YAML. The pipeline's inputs go to the included file."""
    inputs = {"inputs": context.inputs} if context.inputs else {}
    text = json.dumps({"include": [{**location, **inputs}]}, ensure_ascii=False, default=dict)
    return Configuration(text, None, replace(context, inputs=None))
