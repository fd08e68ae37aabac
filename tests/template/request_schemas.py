"""The request models of `wire` as JSON Schema: `python -m tests.template.request_schemas` writes them into the API's
description, and a test finds out when somebody forgot to."""

import yaml

from pullcord.wire import (
    group_params,
    member_params,
    project_params,
    protected_ref_params,
    repository_params,
    user_params,
    variable_params,
)
from tests.template.stack import ROOT

DESCRIPTION = ROOT / "functions" / "openapi.yaml"
GENERATED = "# ---------------------------------------------------------------- Generated: python -m tests.template.request_schemas"

#          name in the description   model
MODELS = {
    "NewProject":            project_params._Parameters,
    "ProjectSettings":       project_params.Settings,
    "TokenScope":            project_params.TokenScope,
    "AllowlistProject":       project_params.AllowlistProject,
    "AllowlistGroup":         project_params.AllowlistGroup,
    "NewGroup":              group_params.NewGroup,
    "ChangedGroup":          group_params.ChangedGroup,
    "NewBranch":             protected_ref_params.NewBranch,
    "ChangedBranch":         protected_ref_params.ChangedBranch,
    "NewTag":                protected_ref_params.NewTag,
    "NewVariable":           variable_params.NewVariable,
    "ChangedVariable":       variable_params.ChangedVariable,
    "NewMember":             member_params._New,
    "ChangedMember":         member_params._Changed,
    "NewUser":               user_params._NewUser,
    "ChangedUser":           user_params._ChangedUser,
    "NewToken":              user_params.NewToken,
    "Rotation":              user_params.Rotation,
}  # fmt: skip

#                 operation             model of its query
FILTERS = {
    "listProjects":          project_params.ProjectListParams,
    "listGroupProjects":     project_params.ProjectListParams,
    "listGroups":            group_params.GroupListParams,
    "listSubgroups":         group_params.GroupListParams,
    "listDescendantGroups":  group_params.GroupListParams,
    "listNamespaces":        group_params.NamespaceListParams,
    "checkNamespaceExists":  group_params.NamespaceExistenceParams,
    "listProtectedBranches": protected_ref_params.ProtectedRefListParams,
    "listProtectedTags":     protected_ref_params.ProtectedRefListParams,
    "listBranches":          repository_params.RefListParams,
    "listTags":              repository_params.RefListParams,
    "getProjectVariable":    variable_params._Filter,
    "listUsers":             user_params.UserListParams,
    "listPersonalAccessTokens":    user_params.PersonalTokenListParams,
    "listProjectMembers":    member_params._Search,
    "listAllProjectMembers": member_params._Search,
    "listGroupMembers":      member_params._Search,
    "listAllGroupMembers":   member_params._Search,
}  # fmt: skip


def without_titles(schema):
    """Pydantic gives every field a title that says its name again."""
    if isinstance(schema, dict):
        return {
            name: {key: without_titles(value) for key, value in part.items()}
            if name == "properties"
            else without_titles(part)
            for name, part in schema.items()
            if not (name == "title" and isinstance(part, str))
        }
    return [without_titles(part) for part in schema] if isinstance(schema, list) else schema


def generated() -> dict:
    """Name → JSON Schema."""
    schemas = {}
    for name, model in MODELS.items():
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[name] = schema
    return without_titles(schemas)


def written() -> str:
    """The description with the schemas as they are now."""
    by_hand = DESCRIPTION.read_text(encoding="utf-8").partition(GENERATED)[0]
    text = yaml.safe_dump(generated(), sort_keys=False, width=112, default_flow_style=None)
    lines = (f"    {line}".rstrip() for line in text.splitlines())
    return by_hand + GENERATED + "\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    DESCRIPTION.write_text(written(), encoding="utf-8")
