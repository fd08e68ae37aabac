"""functions/openapi.yaml describes exactly what is answered, and takes its request models from the code."""

import importlib
import pkgutil
import re

import pytest
import yaml
from openapi_spec_validator import validate

import pullcord.wire
from pullcord.wire.params import Parameters
from tests.template.request_schemas import DESCRIPTION, FILTERS, MODELS, written

TEXT = DESCRIPTION.read_text(encoding="utf-8")
DOCUMENT = yaml.safe_load(TEXT)
METHODS = {"get", "put", "post", "delete", "patch"}

OPERATIONS = {
    (method.upper(), path): operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method in METHODS
}


def test_the_description_is_valid_openapi():
    validate(DOCUMENT)


def test_operations_are_named_and_reported_apart():
    names = [operation["operationId"] for operation in OPERATIONS.values()]

    assert len(names) == len(set(names))
    assert all(operation["summary"] and operation["tags"] for operation in OPERATIONS.values())


def parameters(method: str, path: str) -> list[dict]:
    """Of an operation and of its path."""
    item = DOCUMENT["paths"][path]
    declared = [*item.get("parameters", []), *item[method.lower()].get("parameters", [])]
    shared = DOCUMENT["components"]["parameters"]
    return [shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in declared]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_parts_of_a_path_are_declared(method, path):
    assert set(re.findall(r"\{(\w+)\}", path)) == {
        one["name"] for one in parameters(method, path) if one["in"] == "path"
    }


@pytest.mark.parametrize("operation", FILTERS)
def test_the_filters_of_a_list_are_those_of_the_code(operation):
    method, path = next(place for place, one in OPERATIONS.items() if one["operationId"] == operation)
    filters = [one["name"] for one in parameters(method, path) if one["in"] == "query"]

    assert [name for name in filters if name not in {"page", "per_page"}] == [*FILTERS[operation].model_fields]


def test_every_request_model_is_described():
    modules = [
        importlib.import_module(found.name) for found in pkgutil.iter_modules(pullcord.wire.__path__, "pullcord.wire.")
    ]
    models = {
        part
        for module in modules
        for part in vars(module).values()
        if isinstance(part, type) and issubclass(part, Parameters)
    }
    bases = {base for model in models for base in model.__mro__[1:]}
    described = {*MODELS.values(), *FILTERS.values()}

    assert described <= models
    assert models - bases <= described


def test_nothing_is_described_that_nobody_refers_to():
    referred = set(re.findall(r"#/components/(\w+/\w+)", TEXT))
    kinds = {kind: part for kind, part in DOCUMENT["components"].items() if kind != "securitySchemes"}

    assert {f"{kind}/{name}" for kind, part in kinds.items() for name in part} == referred


def test_the_request_models_are_those_of_the_code():
    assert written() == TEXT, "run: python -m tests.template.request_schemas"
