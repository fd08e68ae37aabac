"""The shapes of GitLab's JSON: exactly these keys, exactly these types."""

import re

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
GIT_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)")
SHA = re.compile(r"[0-9a-f]{40}")
STATUS = re.compile(
    "created|waiting_for_resource|preparing|waiting_for_callback|pending|running|success|failed|canceling|canceled"
    "|skipped|manual|scheduled"
)
URL = re.compile(r"https?://[^/\s]+/\S+")
ADDRESS = re.compile(r"/\S+")


class Maybe:
    """Null, or of this shape."""

    def __init__(self, shape):
        self.shape = shape


def fits(value, shape, where="answer"):
    """Fail unless the value has this shape: a type, a pattern of a whole text, a table, a list of one shape."""
    if isinstance(shape, Maybe):
        if value is not None:
            fits(value, shape.shape, where)
    elif isinstance(shape, dict):
        assert isinstance(value, dict), (where, value)
        assert set(value) - {"pullcord"} == set(shape), where
        for name, part in shape.items():
            fits(value[name], part, f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), (where, value)
        for index, item in enumerate(value):
            fits(item, shape[0], f"{where}[{index}]")
    elif isinstance(shape, re.Pattern):
        assert isinstance(value, str), (where, value)
        assert shape.fullmatch(value), (where, value)
    else:
        assert type(value) is shape, (where, value)


USER_BASIC = {
    "id": int,
    "username": str,
    "public_email": Maybe(str),
    "name": str,
    "state": str,
    "locked": bool,
    "avatar_url": Maybe(str),
    "web_url": URL,
}
USER = {
    **USER_BASIC,
    "created_at": TIME,
    "bio": str,
    "location": str,
    "linkedin": str,
    "twitter": str,
    "discord": str,
    "website_url": str,
    "github": str,
    "organization": str,
    "job_title": str,
    "pronouns": Maybe(str),
    "bot": bool,
    "work_information": Maybe(str),
    "followers": int,
    "following": int,
    "local_time": Maybe(str),
}
DETAILED_STATUS = {
    "icon": str,
    "text": str,
    "label": str,
    "group": str,
    "tooltip": str,
    "has_details": bool,
    "details_path": ADDRESS,
    "illustration": Maybe(dict),
    "favicon": ADDRESS,
}
PIPELINE_BASIC = {
    "id": int,
    "iid": int,
    "project_id": int,
    "sha": SHA,
    "ref": str,
    "status": STATUS,
    "source": str,
    "created_at": TIME,
    "updated_at": TIME,
    "web_url": URL,
}
PIPELINE = {
    **PIPELINE_BASIC,
    "before_sha": SHA,
    "tag": bool,
    "yaml_errors": Maybe(str),
    "user": USER_BASIC,
    "started_at": Maybe(TIME),
    "finished_at": Maybe(TIME),
    "committed_at": Maybe(TIME),
    "duration": Maybe(int),
    "queued_duration": Maybe(int),
    "coverage": Maybe(str),
    "detailed_status": DETAILED_STATUS,
    "archived": bool,
}
TRIGGER = {
    "id": int,
    "token": str,
    "description": Maybe(str),
    "created_at": TIME,
    "updated_at": TIME,
    "last_used": Maybe(TIME),
    "expires_at": Maybe(TIME),
    "owner": USER_BASIC,
}
VARIABLE = {"variable_type": re.compile("env_var|file"), "key": str, "value": str, "raw": bool}
COMMIT = {
    "id": SHA,
    "short_id": re.compile("[0-9a-f]{8}"),
    "created_at": GIT_TIME,
    "parent_ids": [SHA],
    "title": str,
    "message": str,
    "author_name": str,
    "author_email": str,
    "authored_date": GIT_TIME,
    "committer_name": str,
    "committer_email": str,
    "committed_date": GIT_TIME,
    "trailers": dict,
    "extended_trailers": dict,
    "web_url": URL,
}
JOB = {
    "id": int,
    "status": STATUS,
    "stage": str,
    "name": str,
    "ref": str,
    "tag": bool,
    "coverage": Maybe(float),
    "allow_failure": bool,
    "created_at": TIME,
    "started_at": Maybe(TIME),
    "finished_at": Maybe(TIME),
    "erased_at": Maybe(TIME),
    "duration": Maybe(float),
    "queued_duration": Maybe(float),
    "user": USER,
    "commit": COMMIT,
    "pipeline": PIPELINE_BASIC,
    "web_url": URL,
    "project": {"ci_job_token_scope_enabled": bool},
    "artifacts": [dict],
    "runner": Maybe(dict),
    "runner_manager": Maybe(dict),
    "artifacts_expire_at": Maybe(TIME),
    "archived": bool,
    "tag_list": [str],
}
