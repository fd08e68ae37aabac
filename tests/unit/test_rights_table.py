"""Rights as one table: level, state of the user, visibility and settings → abilities.

Sources: docs.gitlab.com/user/permissions (roles and actions), /user/public_access (visibility), /ci/pipelines/settings
(who sees pipelines), /ci/variables (who may set pipeline variables).
"""

from copy import replace
from itertools import product
from typing import NamedTuple, get_args

import pytest

from pullcord.access import Ability, GroupAbility, Level, User, abilities, group_abilities
from pullcord.projects import VISIBILITIES, Namespace, Project
from pullcord.wire import group_json

USER = User(5, "ada", "Ada")
CALLERS = {
    "anyone":     (None, Level.NONE),
    "user":       (USER, Level.NONE),
    "minimal":    (USER, Level.MINIMAL),
    "guest":      (USER, Level.GUEST),
    "planner":    (USER, Level.PLANNER),
    "reporter":   (USER, Level.REPORTER),
    "developer":  (USER, Level.DEVELOPER),
    "maintainer": (USER, Level.MAINTAINER),
    "owner":      (USER, Level.OWNER),
    "admin":      (replace(USER, admin=True), Level.NONE),
}  # fmt: skip
"""Callers and their level of membership. `anyone`: without credentials; `user`: signed in, not a member."""

# yes, no:   whatever the settings
# open:      where the project is public, or internal and the caller signed in
# pipelines: members only while "Project-based pipeline visibility" (`public_jobs`) is on
# both:      where the project is open and its pipelines are visible
# role:      where the level reaches `ci_pipeline_variables_minimum_override_role`
#
# Removed from everybody, administrators included:
# ci:        by disabling CI/CD, and from non-members by "CI/CD: only project members" (`builds_private`)
# write:     by archiving the project, and from users who are blocked, deactivated or unconfirmed
PROJECT_TABLE = """
ability                    | anyone user minimal guest     planner   reporter developer maintainer owner admin | removed  | source
read_project               | open   open open    yes       yes       yes      yes       yes        yes   yes   |          | public access: who can view a project
read_code                  | open   open open    open      open      yes      yes       yes        yes   yes   |          | permissions, repository: view project code
read_pipeline              | both   both both    pipelines pipelines yes      yes       yes        yes   yes   | ci       | permissions, CI/CD: view pipelines
read_build                 | both   both both    pipelines pipelines yes      yes       yes        yes   yes   | ci       | permissions, CI/CD: view list of jobs
read_build_trace           | both   both both    pipelines pipelines yes      yes       yes        yes   yes   | ci       | permissions, CI/CD: view job logs
push_code                  | no     no   no      no        no        no       yes       yes        yes   yes   | write    | permissions, repository: push to non-protected branches
create_pipeline            | no     no   no      no        no        no       yes       yes        yes   yes   | ci write | permissions, CI/CD: run CI/CD pipeline
update_pipeline            | no     no   no      no        no        no       yes       yes        yes   yes   | ci write | permissions, CI/CD: retry jobs
cancel_pipeline            | no     no   no      no        no        no       yes       yes        yes   yes   | ci write | permissions, CI/CD: cancel jobs
set_pipeline_variables     | no     no   no      no        no        no       role      role       role  role  | ci write | CI/CD variables: restrict pipeline variables
admin_project              | no     no   no      no        no        no       no        yes        yes   yes   |          | permissions, projects: edit project settings
admin_build                | no     no   no      no        no        no       no        yes        yes   yes   | ci       | permissions, CI/CD: manage project CI/CD variables
manage_trigger             | no     no   no      no        no        no       no        yes        yes   yes   | ci       | permissions, CI/CD: manage job triggers
read_any_pipeline_variable | no     no   no      no        no        no       no        yes        yes   yes   | ci       | pipelines API: get variables of a pipeline
destroy_pipeline           | no     no   no      no        no        no       no        no         yes   yes   | ci write | permissions, CI/CD: owners can delete pipelines
remove_project             | no     no   no      no        no        no       no        no         yes   yes   |          | permissions, projects: delete project
"""

# open: where the group is public, or internal and the caller signed in
GROUP_TABLE = """
ability                    | anyone user minimal guest     planner   reporter developer maintainer owner admin | removed  | source
read_group                 | open   open open    yes       yes       yes      yes       yes        yes   yes   |          | permissions, groups: browse group
create_projects            | no     no   no      no        no        no       no        yes        yes   yes   |          | permissions, groups: create project in group
create_subgroup            | no     no   no      no        no        no       no        yes        yes   yes   |          | permissions, groups: create subgroup
admin_group                | no     no   no      no        no        no       no        no         yes   yes   |          | permissions, groups: edit group settings
admin_group_member         | no     no   no      no        no        no       no        no         yes   yes   |          | permissions, user management: manage group members
"""

# The lowest role that has a mark in GitLab's table, with no condition in its notes. Owners have all of a project's.
PUBLISHED = """
section                   | action                             | from       | ability
Project CI/CD             | View list of jobs                  | reporter   | read_build
Project CI/CD             | View job logs and job details page | reporter   | read_build_trace
Project CI/CD             | View pipelines                     | reporter   | read_pipeline
Project CI/CD             | Run CI/CD pipeline                 | developer  | create_pipeline
Project CI/CD             | Run CI/CD job                      | developer  | update_pipeline
Project CI/CD             | Cancel jobs                        | developer  | cancel_pipeline
Project CI/CD             | Retry jobs                         | developer  | update_pipeline
Project CI/CD             | Manage CI/CD settings              | maintainer | admin_project
Project CI/CD             | Manage job triggers                | maintainer | manage_trigger
Project CI/CD             | Manage project CI/CD variables     | maintainer | admin_build
Project CI/CD             | Delete pipelines                   | owner      | destroy_pipeline
Project features          | Rename project                     | maintainer | admin_project
Project features          | Edit project settings              | maintainer | admin_project
Project features          | Archive project                    | owner      | remove_project
Project features          | Delete project                     | owner      | remove_project
Project repository        | View project code                  | reporter   | read_code
Project repository        | Push to non-protected branches     | developer  | push_code
Project repository        | Manage protected branches          | maintainer | admin_project
Project repository        | Manage protected tags              | maintainer | admin_project
Project user management   | Manage team members                | maintainer | admin_project
Group CI/CD               | Manage group level CI/CD variables | owner      | admin_group
Group features            | Browse group                       | guest      | read_group
Group features            | Create project in group            | maintainer | create_projects
Group features            | Create subgroup                    | maintainer | create_subgroup
Group features            | Edit group settings                | owner      | admin_group
Group features            | Change group visibility level      | owner      | admin_group
Group features            | Delete group                       | owner      | admin_group
Group user management     | Manage group members               | owner      | admin_group_member
"""


def rows(table):
    """The lines of a table below its head, as lists of cells."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[1:]]


class Row(NamedTuple):
    """An ability: for each caller the condition on which they have it, and the settings that remove it from everybody."""

    conditions: dict
    removed: set


def by_ability(table):
    return {
        ability: Row(dict(zip(CALLERS, marks.split(), strict=True)), set(removed.split()))
        for ability, marks, removed, _source in rows(table)
    }


PROJECT_ROWS, GROUP_ROWS = by_ability(PROJECT_TABLE), by_ability(GROUP_TABLE)
STATES = {
    "active": {},
    "blocked": {"state": "blocked"},
    "deactivated": {"state": "deactivated"},
    "unconfirmed": {"confirmed": False},
}
SETTINGS = {
    "visibility": VISIBILITIES,
    "public_jobs": (False, True),
    "builds_private": (False, True),
    "jobs_enabled": (False, True),
    "archived": (False, True),
    "variables_minimum_role": ("no_one_allowed", "developer", "maintainer", "owner"),
}
ROLES = ["developer", "maintainer", "owner"]


def all_settings():
    """Every combination of settings."""
    return [dict(zip(SETTINGS, values, strict=True)) for values in product(*SETTINGS.values())]


def conditions_that_hold(caller, settings):
    """The conditions of the table's cells that these settings fulfil for a caller."""
    is_open = settings["visibility"] == "public" or (settings["visibility"] == "internal" and caller != "anyone")
    role = "owner" if caller == "admin" else caller
    minimum = settings["variables_minimum_role"]
    reached = role in ROLES and minimum in ROLES and ROLES.index(role) >= ROLES.index(minimum)
    marks = {
        "yes": True,
        "open": is_open,
        "pipelines": settings["public_jobs"],
        "both": is_open and settings["public_jobs"],
        "role": reached,
    }
    return {mark for mark, holds in marks.items() if holds}


def removals(caller, state, settings):
    """The abilities that settings remove: `ci`, `write`, both or none."""
    non_member = caller in {"anyone", "user", "minimal"}
    removed = set()
    if not settings["jobs_enabled"] or (settings["builds_private"] and non_member):
        removed.add("ci")
    if settings["archived"] or state != "active":
        removed.add("write")
    return removed


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("caller", CALLERS)
def test_a_callers_abilities_in_a_project_are_those_of_the_table(caller, state):
    user, level = CALLERS[caller]
    user = user and replace(user, **STATES[state])
    project = Project(7, "Widgets", "widgets", 3, "acme", "")

    for settings in all_settings():
        held, removed = conditions_that_hold(caller, settings), removals(caller, state, settings)
        listed = {
            name for name, row in PROJECT_ROWS.items() if row.conditions[caller] in held and not row.removed & removed
        }
        assert abilities(user, level, replace(project, **settings)) == listed, settings


@pytest.mark.parametrize("visibility", VISIBILITIES)
@pytest.mark.parametrize("caller", CALLERS)
def test_a_callers_abilities_in_a_group_are_those_of_the_table(caller, visibility):
    user, level = CALLERS[caller]
    is_open = visibility == "public" or (visibility == "internal" and caller != "anyone")
    held = {"yes", "open"} if is_open else {"yes"}

    listed = {name for name, row in GROUP_ROWS.items() if row.conditions[caller] in held}

    assert group_abilities(user, level, Namespace(30, "Acme", "acme", "acme", visibility=visibility)) == listed


@pytest.mark.parametrize(("table", "kind"), [(PROJECT_ROWS, Ability), (GROUP_ROWS, GroupAbility)])
def test_every_ability_has_a_row(table, kind):
    assert set(table) == set(get_args(kind))


def test_every_level_has_a_column():
    assert {level for _, level in CALLERS.values()} == set(Level)


@pytest.mark.parametrize(("section", "action", "lowest", "ability"), rows(PUBLISHED), ids=lambda cell: cell)
def test_an_ability_needs_the_role_that_gitlab_publishes(section, action, lowest, ability):
    row = (GROUP_ROWS if section.startswith("Group") else PROJECT_ROWS)[ability]

    assert next(caller for caller, mark in row.conditions.items() if mark == "yes") == lowest, action


def test_a_group_answers_which_role_creates_projects_and_subgroups():
    """GitLab lets each group choose the role; here it is always maintainer, as the answer says."""
    answer = group_json.group(Namespace(30, "Acme", "acme", "acme"), "https://ci.example.test")

    for setting, ability in (
        ("project_creation_level", "create_projects"),
        ("subgroup_creation_level", "create_subgroup"),
    ):
        assert GROUP_ROWS[ability].conditions[answer[setting]] == "yes"
        assert GROUP_ROWS[ability].conditions["developer"] == "no"
