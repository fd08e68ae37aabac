"""Expected JSON, written out, and `json_text` to compare it: `true` is not taken for 1, a failure shows the line."""

import json


def json_text(value):
    return json.dumps(value, indent=1, sort_keys=True)


SERVER = "https://ci.example.test"
TIME = "2026-03-01T10:20:30.456Z"
LATER = "2026-03-01T10:22:00.000Z"
SHA = "3f786850e387550fdab836ed7e6dc881de23001b"

ADA_BASIC = {
    "id": 5,
    "username": "ada",
    "public_email": None,
    "name": "Ada Example",
    "state": "active",
    "locked": False,
    "avatar_url": None,
    "web_url": "https://ci.example.test/ada",
}
ADA_FULL = {
    **ADA_BASIC,
    "created_at": TIME,
    "bio": "Counts.",
    "location": "",
    "linkedin": "",
    "twitter": "",
    "discord": "",
    "website_url": "",
    "github": "",
    "organization": "",
    "job_title": "",
    "pronouns": None,
    "bot": False,
    "work_information": None,
    "followers": 0,
    "following": 0,
    "local_time": None,
}
"""A user among others, and by herself; source: docs.gitlab.com/api/users."""

COMMIT = {
    "id": SHA,
    "short_id": "3f786850",
    "created_at": "2026-03-01T11:20:00.000+01:00",
    "parent_ids": ["89e6c98d92887913cadf06b2adb97f26cde4849b"],
    "title": "Add widgets",
    "message": "Add widgets\n\nMany of them.\n",
    "author_name": "Ada Example",
    "author_email": "ada@example.com",
    "authored_date": "2026-02-28T09:00:00.000+01:00",
    "committer_name": "Bob Example",
    "committer_email": "bob@example.com",
    "committed_date": "2026-03-01T11:20:00.000+01:00",
    "trailers": {},
    "extended_trailers": {},
    "web_url": f"https://ci.example.test/acme/tools/widgets/-/commit/{SHA}",
}
"""A commit; source: docs.gitlab.com/api/commits."""

PIPELINE_BASIC = {
    "id": 9001,
    "iid": 17,
    "project_id": 7,
    "sha": SHA,
    "ref": "main",
    "status": "created",
    "source": "trigger",
    "created_at": TIME,
    "updated_at": LATER,
    "web_url": "https://ci.example.test/acme/tools/widgets/-/pipelines/9001",
}
"""A pipeline in lists and in jobs; source: docs.gitlab.com/api/pipelines."""

TOOLS_NAMESPACE = {
    "id": 31,
    "name": "Tools",
    "path": "tools",
    "kind": "group",
    "full_path": "acme/tools",
    "parent_id": 30,
    "avatar_url": None,
    "web_url": "https://ci.example.test/groups/acme/tools",
}
"""The namespace of a project in a group; source: docs.gitlab.com/api/namespaces."""
