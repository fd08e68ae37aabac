"""moto's interpreter of the Amazon States Language, set up for the embedded cloud.

Calls go through our own clients, under the role of the state machine; a definition is parsed once, not at every
execution; JSONata, which moto leaves to be added, is added.
"""

import functools
import logging
import sys
from collections import deque
from typing import Any

import jsonata
import moto.stepfunctions.parser.asl.jsonata.jsonata as moto_jsonata
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_factory
from moto.stepfunctions.parser.asl.parse import asl_parser
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor

from pullcord_local.workflow.clients import Clients

# Imported for its imports: every module that creates clients, each of which has its own reference `boto_client_for`.
CLIENT_MODULES = state_task_service_factory

parse_definition = asl_parser.AmazonStateLanguageParser.parse


@functools.cache
def syntax_tree(definition: str) -> Any:
    """The syntax tree of a definition. Raises ASLParserException, naming line and column."""
    return parse_definition(definition)[1]


def parse(definition: str) -> tuple[Any, Any]:
    """A new program and the cached syntax tree; programs have state of their own and are not shared."""
    tree = syntax_tree(definition)
    return Preprocessor().visit(tree), tree


def evaluate_jsonata(expression: str) -> Any:
    """The value of a JSONata expression."""
    return jsonata.Jsonata(expression).evaluate(None)


def install(clients: Clients) -> None:
    """Make the interpreter use our clients, cached syntax trees and JSONata."""

    def client_for(region: str, service: str, state_credentials: Any = None) -> Any:
        del region  # there is only one
        return clients.get(service, state_credentials.role_arn)

    for name, module in list(sys.modules.items()):
        if name.startswith("moto.stepfunctions.parser") and hasattr(module, "boto_client_for"):
            vars(module)["boto_client_for"] = client_for
        if name.startswith("moto.stepfunctions.parser") and hasattr(module, "TMP_THREADS"):
            # moto keeps the threads of all executions, and with them 50 KB for each; a list that is always empty.
            vars(module)["TMP_THREADS"] = deque(maxlen=0)
    asl_parser.AmazonStateLanguageParser.parse = staticmethod(parse)  # type: ignore[method-assign]
    moto_jsonata._eval_jsonata = evaluate_jsonata  # noqa: SLF001 - moto has no public name for it
    # An execution's failure is its result; the interpreter would print it on standard error as well.
    logging.getLogger("moto.stepfunctions").setLevel(logging.CRITICAL)
