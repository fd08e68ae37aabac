"""The request models of `wire` as JSON Schema: `python -m tests.template.request_schemas` writes them into the API's
description, and a test finds out when somebody forgot to."""

import yaml

from pullcord.wire import (
    group_calls,
    member_calls,
    new_project,
    people_calls,
    protection_calls,
    repository_shapes,
    variable_calls,
)
from tests.template.stack import ROOT

DESCRIPTION = ROOT / "functions" / "openapi.yaml"
GENERATED = "# ---------------------------------------------------------------- Generated: python -m tests.template.request_schemas"

#          name in the description   model
MODELS = {
    "NewProject":            new_project._Parameters,
    "ProjectSettings":       new_project.Settings,
    "TokenScope":            new_project.TokenScope,
    "AdmittedProject":       new_project.AdmittedProject,
    "AdmittedGroup":         new_project.AdmittedGroup,
    "NewGroup":              group_calls.NewGroup,
    "ChangedGroup":          group_calls.ChangedGroup,
    "NewBranch":             protection_calls.NewBranch,
    "ChangedBranch":         protection_calls.ChangedBranch,
    "NewTag":                protection_calls.NewTag,
    "NewVariable":           variable_calls.NewVariable,
    "ChangedVariable":       variable_calls.ChangedVariable,
    "NewMember":             member_calls._New,
    "ChangedMember":         member_calls._Changed,
    "NewUser":               people_calls._NewUser,
    "ChangedUser":           people_calls._ChangedUser,
    "NewToken":              people_calls.NewToken,
    "Rotation":              people_calls.Rotation,
}  # fmt: skip

#                 operation             model of its query
FILTERS = {
    "listProjects":          new_project.ProjectFilter,
    "listGroupProjects":     new_project.ProjectFilter,
    "listGroups":            group_calls.GroupFilter,
    "listSubgroups":         group_calls.GroupFilter,
    "listDescendantGroups":  group_calls.GroupFilter,
    "listNamespaces":        group_calls.NamespaceFilter,
    "listProtectedBranches": protection_calls.ProtectionFilter,
    "listProtectedTags":     protection_calls.ProtectionFilter,
    "listBranches":          repository_shapes.RefFilter,
    "listTags":              repository_shapes.RefFilter,
    "getProjectVariable":    variable_calls._Filter,
    "listUsers":             people_calls.UserFilter,
    "listPersonalTokens":    people_calls.TokenFilter,
    "listProjectMembers":    member_calls._Search,
    "listAllProjectMembers": member_calls._Search,
    "listGroupMembers":      member_calls._Search,
    "listAllGroupMembers":   member_calls._Search,
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
