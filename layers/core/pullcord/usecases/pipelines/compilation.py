"""The compiler's context of a stored request: ref, source, inputs and every variable."""

from collections.abc import Iterator

from pullcord.config.context import Context, Variable
from pullcord.config.variables import predefined
from pullcord.config.variables.predefined import PredefinedInput
from pullcord.requests import RequestContext
from pullcord.usecases.pipelines.checkout import Checkout
from pullcord.variables import SettingsVariable
from pullcord.version import GITLAB_VERSION


def compilation_context(context: RequestContext, checkout: Checkout, *, protected: bool) -> Context:
    """The compiler's context. protected: whether the ref is protected, so that protected variables count."""
    known = _predefined_input(context, checkout, protected=protected)
    return Context(
        ref=checkout.ref,
        tag=checkout.kind == "tag",
        source=context.request.source,
        project=context.project.full_path,
        predefined=predefined.before_pipeline(known),
        pipeline_only=predefined.of_pipeline(known),
        project_variables=tuple(_settings(context, protected=protected)),
        variables=tuple(
            Variable(variable.key, variable.value, raw=variable.raw, file=variable.variable_type == "file")
            for variable in context.params.variables
        ),
        inputs=context.params.inputs,
        commit_message=checkout.commit.message,
        ignore_skip=True,
    )


def _predefined_input(context: RequestContext, checkout: Checkout, *, protected: bool) -> PredefinedInput:
    request, project, user, commit = context.request, context.project, context.user, checkout.commit
    return PredefinedInput(
        source=request.source,
        created_at=request.created_at,
        ref=checkout.ref,
        tag=checkout.kind == "tag",
        ref_protected=protected,
        sha=checkout.sha,
        message=commit.message,
        author=f"{commit.author_name} <{commit.author_email}>",
        timestamp=commit.committed_date,
        tag_message=checkout.tag_message,
        project_id=project.id,
        project_path=project.full_path,
        project_name=project.name,
        project_description=project.description or "",
        project_visibility=project.visibility,
        namespace_id=project.namespace_id,
        default_branch=project.default_branch or checkout.repository.default_branch() or "main",
        config_path=project.config_file,
        server_url=request.server,
        server_version=GITLAB_VERSION,
        triggered=request.source == "trigger",
        iid=context.iid,
        user_id=user.id,
        user_login=user.username,
        user_name=user.name,
        user_email=user.email,
    )


def _settings(context: RequestContext, *, protected: bool) -> Iterator[Variable]:
    for variable in context.settings:
        # Those of an environment count in the jobs that deploy to it, not where jobs are still being chosen.
        if variable.environment_scope == "*" and (protected or not variable.protected):
            yield _variable(variable)


def _variable(variable: SettingsVariable) -> Variable:
    return Variable(
        variable.key, variable.value, raw=variable.raw, masked=variable.masked, file=variable.variable_type == "file"
    )
