"""JSON of CI/CD variables of projects, groups and the instance.

Source: https://docs.gitlab.com/api/project_level_variables
"""

from pullcord.variables import SettingsVariable
from pullcord.wire.types import Json


def variable(variable: SettingsVariable, *, scoped: bool = True) -> Json:
    """A variable; the value of a hidden one is null. scoped: False for the instance's, which have no environment scope."""
    shape: Json = {
        "variable_type": variable.variable_type,
        "key": variable.key,
        "value": None if variable.hidden else variable.value,
        "hidden": variable.hidden,
        "protected": variable.protected,
        "masked": variable.masked,
        "raw": variable.raw,
        "environment_scope": variable.environment_scope,
        "description": variable.description,
    }
    return shape if scoped else {name: value for name, value in shape.items() if name != "environment_scope"}
