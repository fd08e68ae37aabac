"""One file that a configuration includes: what it is called, where it lies, and what it is given."""

import re
from collections.abc import Callable
from typing import NamedTuple

from pullcord.config import lazy
from pullcord.config.include.items import Mask, is_address
from pullcord.config.problems import Invalid, Place
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq

EXTENSION = re.compile(r".+\.(?:yml|yaml)$", re.IGNORECASE | re.MULTILINE)
TEMPLATE_SUFFIX = ".gitlab-ci.yml"
COMPONENT = lazy.pattern(r"(?P<host>[^/]+)/(?P<project>[^@]+)/(?P<name>[^/@]+)@(?P<version>.+)")


class Base(NamedTuple):
    """Whose files `local` means: the project and ref of the file that says it. None: the pipeline's own."""

    project: str | None = None
    ref: str | None = None


class File:
    """One location on its way to a text. `error` is the first thing that is wrong with it."""

    __slots__ = ("base", "component", "error", "kind", "location", "mask", "place", "text")

    def __init__(
        self,
        kind: str,
        location: Map,
        base: Base,
        mask: Mask,
        place: Place | None,
        text: str | None = None,
        error: str | None = None,
    ) -> None:
        self.kind = kind
        self.location = location
        self.base = base
        self.mask = mask
        self.place = place
        self.text = text
        self.error = error
        self.component: Map = Map()

    @property
    def named(self) -> object:
        """What was written as its location; files of the repository without leading slashes."""
        value = self.location.get("file" if self.kind == "project" else self.kind)
        return value.lstrip("/") if isinstance(value, str) and self.kind in {"local", "project"} else value

    @property
    def path(self) -> str:
        """The location as messages show it."""
        return self.mask(to_s(self.named))

    @property
    def project(self) -> str:
        """The project of a `project` include, as written; of a list only the first counts."""
        value = self.location.get("project")
        return to_s(value[0] if isinstance(value, Seq) and value else value)

    @property
    def ref(self) -> str | None:
        """The ref of a `project` include."""
        value = self.location.get("ref")
        return None if value is None else to_s(value)

    @property
    def name(self) -> str:
        """The file in places and in the list of includes: `path`, `group/project:path@ref`, an address."""
        if self.kind == "project":
            return f"{self.project}:{self.path}" + (f"@{self.ref}" if self.ref else "")
        if self.kind == "local" and self.base.project is not None:
            return f"{self.base.project}:{self.path}" + (f"@{self.base.ref}" if self.base.ref else "")
        return self.path

    @property
    def inner(self) -> Base:
        """Whose files a `local` inside this file means."""
        if self.kind == "project":
            return Base(self.project.lower(), self.ref)
        if self.kind == "component" and (found := COMPONENT().fullmatch(self.path)):
            return Base(found["project"].lower(), found["version"])
        return self.base

    @property
    def invalid(self) -> Invalid | None:
        """The refusal, if there is one."""
        return Invalid.because(self.error, self.place) if self.error is not None else None

    def check_location(self) -> None:
        """A text with the right ending, and whatever else the kind asks for."""
        named = self.named
        if not isinstance(named, str):
            self.error = f"Included file `{self.path}` needs to be a string"
        elif self.kind == "component":
            return
        elif not EXTENSION.search(named.rpartition("/")[2]):
            self.error = f"Included file `{self.path}` does not have YAML extension!"
        elif self.kind == "remote" and not is_address(named):
            self.error = f"Remote file `{self.path}` does not have a valid address!"
        elif self.kind == "template" and not named.endswith(TEMPLATE_SUFFIX):
            self.error = f"Template file `{self.path}` is not a valid location!"


class Given(NamedTuple):
    """What a text gets from outside: values for its inputs, and the file that it is, if it was included."""

    inputs: object = None
    file: File | None = None

    @property
    def place(self) -> Place | None:
        """Where the inputs were given; None for those of the pipeline."""
        return self.file.location.at("inputs") if self.file is not None else None


type Fetch = Callable[[Map, Base], list[tuple[File, Map]]]
"""The files that a header includes, with what they hold."""
