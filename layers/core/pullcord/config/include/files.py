"""Included file: its kind, path, project, ref, text and inputs."""

import re
from typing import NamedTuple

from pullcord.config import lazy
from pullcord.config.include.items import Mask, is_address, without_logins
from pullcord.config.inputs.given import GivenInputs
from pullcord.config.problems import Invalid
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq

EXTENSION = re.compile(r"(?<=.)\.(?:yml|yaml)$", re.IGNORECASE | re.MULTILINE)
TEMPLATE_SUFFIX = ".gitlab-ci.yml"
COMPONENT = lazy.pattern(r"(?P<host>[^/]+)/(?P<project>[^@]+)/(?P<name>[^/@]+)@(?P<version>.+)")


class IncludeBase(NamedTuple):
    """Project and ref that `local` refers to: those of the including file. None: the pipeline's own."""

    project: str | None = None
    ref: str | None = None


class IncludeFile:
    """Included file.

    item: the entry of `include`; text: None until it is fetched; error: the first problem with it
    unreachable: the reader has no access to its project, address or instance; skipped: the compiler goes on without it
    """

    __slots__ = ("base", "component", "error", "item", "kind", "location", "mask", "skipped", "text", "unreachable")

    def __init__(
        self,
        kind: str,
        item: Map,
        base: IncludeBase,
        mask: Mask,
        text: str | None = None,
    ) -> None:
        self.kind = kind
        self.item = item
        self.base = base
        self.mask = mask
        self.location = item.location
        self.text = text
        self.error: str | None = None
        self.unreachable = self.skipped = False
        self.component = Map()

    @property
    def written_path(self) -> object:
        """Path or address as written; files of the repository without leading slashes."""
        path = self.item.get("file" if self.kind == "project" else self.kind)
        return path.lstrip("/") if isinstance(path, str) and self.kind in {"local", "project"} else path

    @property
    def path(self) -> str:
        """Path or address for messages, masked; an address without its login."""
        path = to_s(self.written_path)
        return self.mask(without_logins(path) if self.kind == "remote" else path)

    @property
    def project(self) -> str:
        """Project of a `project` include, as written; of a list only the first counts."""
        value = self.item.get("project")
        return to_s(value[0] if isinstance(value, Seq) and value else value)

    @property
    def ref(self) -> str | None:
        """Ref of a `project` include."""
        value = self.item.get("ref")
        return None if value is None else to_s(value)

    @property
    def name(self) -> str:
        """Name of the file in locations and in the list of includes: `path`, `group/project:path@ref`, an address."""
        if self.kind == "project":
            return f"{self.project}:{self.path}" + (f"@{self.ref}" if self.ref else "")
        if self.kind == "local" and self.base.project is not None:
            return f"{self.base.project}:{self.path}" + (f"@{self.base.ref}" if self.base.ref else "")
        return self.path

    @property
    def inner(self) -> IncludeBase:
        """Base of a `local` inside this file."""
        if self.kind == "project":
            return IncludeBase(self.project.lower(), self.ref)
        if self.kind == "component" and (found := COMPONENT().fullmatch(self.path)):
            return IncludeBase(found["project"].lower(), found["version"])
        return self.base

    @property
    def given_inputs(self) -> GivenInputs:
        """Inputs that the `include` gives to the file."""
        component_path = self.path if self.kind == "component" else None
        return GivenInputs(self.item.get("inputs"), self.item.at("inputs"), self.component, component_path)

    @property
    def invalid(self) -> Invalid | None:
        """Exception for the error; None without one."""
        return Invalid.because(self.error, self.location) if self.error is not None else None

    def check_path(self) -> None:
        """Check the file name extension, and what else the kind requires."""
        path = self.written_path
        if not isinstance(path, str):
            self.error = f"Included file `{self.path}` needs to be a string"
        elif self.kind == "component":
            return
        elif not EXTENSION.search(path.rpartition("/")[2]):
            self.error = f"Included file `{self.path}` does not have YAML extension!"
        elif self.kind == "remote" and not is_address(path):
            self.error = f"Remote file `{self.path}` does not have a valid address!"
        elif self.kind == "template" and not path.endswith(TEMPLATE_SUFFIX):
            self.error = f"Template file `{self.path}` is not a valid location!"
