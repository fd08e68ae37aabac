"""Protected branches and tags as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/protected_branches and /api/protected_tags
"""

import pytest

from pullcord.projects import Grant, ProtectedRef
from pullcord.wire import protected_ref_json
from tests.unit.wire.literals import json_text


def grant_json(number, level, description, user_id=None):
    return {
        "id": number,
        "access_level": level,
        "access_level_description": description,
        "user_id": user_id,
        "group_id": None,
    }


GRANTS = [
    (Grant(101, level=0), grant_json(101, 0, "No one")),
    (Grant(102, level=30), grant_json(102, 30, "Developers + Maintainers")),
    (Grant(103, level=40), grant_json(103, 40, "Maintainers")),
    (Grant(104, level=60), grant_json(104, 60, "Administrators")),
    (Grant(105, user_id=5), grant_json(105, 40, "Ada Example", user_id=5)),
    (Grant(106, user_id=99), grant_json(106, 40, "", user_id=99)),
]


@pytest.mark.parametrize(("grant", "expected"), GRANTS)
def test_a_protected_branch(grant, expected):
    ref = ProtectedRef("branch", "release/*", 100, push=(grant,), merge=(grant, Grant(1, level=0)))

    assert json_text(protected_ref_json.branch(ref, {5: "Ada Example"})) == json_text(
        {
            "id": 100,
            "name": "release/*",
            "push_access_levels": [{**expected, "deploy_key_id": None}],
            "merge_access_levels": [expected, grant_json(1, 0, "No one")],
            "allow_force_push": False,
            "unprotect_access_levels": [],
            "code_owner_approval_required": False,
            "inherited": False,
        }
    )


def test_a_branch_with_force_push_allowed():
    branch = protected_ref_json.branch(ProtectedRef("branch", "main", 100, allow_force_push=True), {})

    assert branch["allow_force_push"] is True
    assert (branch["push_access_levels"], branch["merge_access_levels"]) == ([], [])


@pytest.mark.parametrize(("grant", "expected"), GRANTS)
def test_a_protected_tag(grant, expected):
    assert json_text(
        protected_ref_json.tag(ProtectedRef("tag", "v*", 100, create=(grant,)), {5: "Ada Example"})
    ) == json_text({"name": "v*", "create_access_levels": [{**expected, "deploy_key_id": None}]})
