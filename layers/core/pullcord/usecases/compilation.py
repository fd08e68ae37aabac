"""What the compiler is told about a stored request: ref, source, inputs and every variable."""

from collections.abc import Iterator

from pullcord.config.context import Context, Variable
from pullcord.requests import Subject
from pullcord.usecases.repositories import Checkout
from pullcord.variables import SettingsVariable


def compilation_context(subject: Subject, checkout: Checkout, *, protected: bool) -> Context:
    """The context of a triggered pipeline. protected: whether the ref is, so that protected variables count."""
    return Context(
        ref=checkout.ref,
        tag=checkout.kind == "tag",
        source=subject.request.source,
        project=subject.project.full_path,
        predefined={"CI": "true", "CI_PIPELINE_SOURCE": "trigger", "CI_COMMIT_BRANCH": checkout.ref},
        project_variables=tuple(_settings(subject, protected=protected)),
        variables=tuple(
            Variable(variable.key, variable.value, raw=variable.raw, file=variable.variable_type == "file")
            for variable in subject.wish.variables
        ),
        inputs=subject.wish.inputs,
        commit_message=checkout.commit.message,
        ignore_skip=True,
    )


def _settings(subject: Subject, *, protected: bool) -> Iterator[Variable]:
    for one in subject.settings:
        if protected or not one.protected:
            yield _variable(one)


def _variable(one: SettingsVariable) -> Variable:
    return Variable(one.key, one.value, raw=one.raw, masked=one.masked, file=one.variable_type == "file")
