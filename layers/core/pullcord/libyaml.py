"""libyaml as PyYAML wraps it, without the rest of PyYAML.

`import yaml` also loads a reader, a writer and a loader of objects that are written in Python, and compiles their
regular expressions: more time than a small configuration takes to compile. The wrapper of libyaml needs no more of
them than the names of their errors. Whoever asks `yaml` itself for something gets the whole package, and in it the
very events and errors that are used here.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

PACKAGE = "yaml"
STAND_INS = {
    f"{PACKAGE}.reader": "ReaderError",
    f"{PACKAGE}.constructor": "ConstructorError",
    f"{PACKAGE}.emitter": "EmitterError",
    f"{PACKAGE}.representer": "RepresenterError",
    f"{PACKAGE}.serializer": "SerializerError",
}
"""Modules that are expensive to load, with the error that the wrapper looks up in each. It raises only the first."""


class LazyPackage(ModuleType):
    """A package whose own code runs only when one of its attributes is used; its modules can be imported before."""

    def __getattr__(self, name: str) -> Any:
        if self.__class__ is ModuleType or self.__spec__ is None or self.__spec__.loader is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name, obj=self)
        self.__class__ = ModuleType  # type: ignore[assignment] # from here on a package like others
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def load() -> None:
    """Load the wrapper of libyaml and the modules that it needs, unless PyYAML is loaded already."""
    if PACKAGE not in sys.modules and (spec := find_spec(PACKAGE)):
        package = sys.modules[PACKAGE] = module_from_spec(spec)
        package.__class__ = LazyPackage
        errors = import_module(f"{PACKAGE}.error")
        for name, error in STAND_INS.items():
            module = sys.modules[name] = ModuleType(name)
            setattr(module, error, type(error, (errors.YAMLError,), {}))
            setattr(package, name.rpartition(".")[2], module)
        for name in ("tokens", "events", "nodes", "scanner", "parser", "composer"):
            import_module(f"{PACKAGE}.{name}")
        import_module(f"{PACKAGE}._yaml")
        for name in STAND_INS:
            del sys.modules[name]
            delattr(package, name.rpartition(".")[2])


load()

from yaml._yaml import CParser  # noqa: E402 - now they find their package as it should be
from yaml.error import MarkedYAMLError, YAMLError  # noqa: E402 - as above
from yaml.events import (  # noqa: E402 - as above
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

__all__ = [
    "AliasEvent",
    "CParser",
    "DocumentStartEvent",
    "MappingEndEvent",
    "MappingStartEvent",
    "MarkedYAMLError",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "YAMLError",
]
