"""Paths of administration, encoded or raw, and who answers them."""

import pytest
from pullcord.wire.routing import door

from pullcord.routes import paths


@pytest.mark.parametrize(
    ("path", "canonical", "who"),
    [
        ("projects/7/members/all/5", "projects/7/members/all/5", "settings"),
        ("projects/acme/widgets/members", "projects/acme%2Fwidgets/members", "settings"),
        ("projects/acme/widgets/variables/KEY", "projects/acme%2Fwidgets/variables/KEY", "settings"),
        ("projects/7/protected_branches/release%2F*", "projects/7/protected_branches/release%2F%2A", "settings"),
        ("projects/7/protected_branches/release/*", "projects/7/protected_branches/release%2F%2A", "settings"),
        ("projects/acme/widgets/protected_tags/v1.0", "projects/acme%2Fwidgets/protected_tags/v1.0", "settings"),
        ("projects/7/repository/branches/feature/x", "projects/7/repository/branches/feature%2Fx", "repository"),
        ("projects/acme/widgets/repository/tags", "projects/acme%2Fwidgets/repository/tags", "repository"),
        ("projects/7/repository/commits/x%2Fmembers", "projects/7/repository/commits/x%2Fmembers", "repository"),
        ("projects/acme/widgets/archive", "projects/acme%2Fwidgets/archive", "projects"),
        ("projects/acme/archive", "projects/acme%2Farchive", "projects"),
        ("projects/7/job_token_scope/allowlist/8", "projects/7/job_token_scope/allowlist/8", "projects"),
        ("groups/acme", "groups/acme", "projects"),
        ("groups/acme/tools", "groups/acme%2Ftools", "projects"),
        ("groups/acme%2Ftools/members/5", "groups/acme%2Ftools/members/5", "settings"),
        ("groups/acme/tools/variables", "groups/acme%2Ftools/variables", "settings"),
        ("groups/acme/members", "groups/acme/members", "settings"),
        ("groups/30/subgroups", "groups/30/subgroups", "projects"),
        ("users/5/block", "users/5/block", None),
    ],
)
def test_a_path_of_administration_has_one_form_and_one_door(path, canonical, who):
    assert paths.canonical(f"/api/v4/{path}") == f"/api/v4/{canonical}"
    assert door("GET", f"/api/v4/{path}") == door("GET", f"/api/v4/{canonical}") == who


@pytest.mark.parametrize(
    ("path", "there"),
    [("acme%2Fold", "9"), ("acme%2Fold/triggers/5", "9/triggers/5"), ("acme%2Fold/variables", "9/variables")],
)
def test_a_project_that_moved_is_elsewhere_with_all_that_follows(path, there):
    assert paths.relocated(f"/api/v4/projects/{path}", 9) == f"/api/v4/projects/{there}"
