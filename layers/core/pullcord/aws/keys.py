"""Key design: the keys of all items of both tables.

Pipelines
  pk                 sk                    item
  user#1             user                  User
  user#1             project#0…007         the user's Membership in a project, as project#7 has it
  user#1             group#0…003           the user's Membership in a group, as namespace#3 has it
  email#ada@host     email                 claim on an address: {id}; lower case, unique
  path#acme/widgets  path                  claim on a path: {kind: namespace | project, id}; lower case, unique.
                                           redirect: a former path, which others may claim
  users              0…001                 index item of a user; likewise projects and groups
  namespace#3        namespace             Namespace
  namespace#3        member#1              Membership in a group
  namespace#3        project#0…007         index item of project 7 in it; likewise group#0…5
  namespace#3        variables             the group's CI/CD variables
  instance           variables             the instance's
  project#7          project               Project
  project#7          member#1              Membership
  project#7          variables             the project's CI/CD variables
  project#7          protections           protected branches and tags
  project#7          pipeline#0…064        Pipeline; the commit record of everything that belongs to it.
                                           jobs: of a pipeline with at most 31; started_by: 7#11, its trigger
  project#7          job#0…4160            Job of a larger pipeline
  request#64         request               a request with its parameters, sealed; for a day
  request#64         plan                  its result, sealed: pipeline 64's definition, variables and trace, for the
                                           days that the template says; or a refusal, for a day
  once#11#5d…        once                  the first call with an idempotency key, and its outcome, for a day
  counter#7          iid                   the project's count of pipelines
  sequences          sequences             the last number of each kind: users, namespaces, projects, protected refs

Tokens
  digest#1f…         token                 TokenRecord
  project#7          trigger#0…011         Trigger
  user#1             personal#0…012        PersonalToken
  user#1             trigger#0…011         index item of a user's trigger: {project_id}
  personal_tokens    0…012                 owner of a personal token: {user_id}
  sequences          sequences             the last number of each kind: triggers, personal access tokens
  rotation           pepper                time of the last rotation: {moved_at}

Index `started_by` of Pipelines: pipelines by the trigger that started them, and id.

Numbers in sort keys have 16 digits, so that they sort. Items that expire have `ttl` (Unix seconds).
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Literal, NamedTuple

from pullcord.ids import sortable

SourceKind = Literal["project", "group"]

MAX_TEXT_BYTES = 1024
"""Bytes of a caller's text in a key; longer text is hashed. DynamoDB takes 2048, also for reads."""


class Key(NamedTuple):
    """Partition key and sort key."""

    pk: str
    sk: str


InProject = Callable[[int, int], Key]
"""project, number → key"""

STARTED_BY = "started_by"
"""An index, and the attribute that is its partition key."""


def bounded(text: str) -> str:
    """The text, or its hash if it is too long for a key."""
    encoded = text.encode("utf-8", "surrogatepass")
    return text if len(encoded) <= MAX_TEXT_BYTES else f"sha256:{sha256(encoded).hexdigest()}"


def user(user_id: int) -> Key:
    """A user."""
    return Key(f"user#{user_id}", "user")


def email(address: str) -> Key:
    """The claim on an e-mail address, whatever its letters' case."""
    return Key(f"email#{bounded(address.lower())}", "email")


def index(kind: Literal["users", "projects", "groups"], number: int) -> Key:
    """The index item of a user, project or group."""
    return Key(kind, sortable(number))


def path(full_path: str) -> Key:
    """The claim on a full path, whatever its letters' case."""
    return Key(f"path#{bounded(full_path.lower())}", "path")


def namespace(namespace_id: int) -> Key:
    """A group or a user's own namespace."""
    return Key(f"namespace#{namespace_id}", "namespace")


def member(kind: SourceKind, source_id: int, user_id: int) -> Key:
    """A user's membership in a group or project."""
    return Key(f"{'namespace' if kind == 'group' else kind}#{source_id}", f"member#{user_id}")


def membership(kind: SourceKind, source_id: int, user_id: int) -> Key:
    """A membership among all memberships of the user."""
    return Key(f"user#{user_id}", f"{kind}#{sortable(source_id)}")


def namespace_member(namespace_id: int, user_id: int) -> Key:
    """A user's membership in a group."""
    return member("group", namespace_id, user_id)


def child(kind: SourceKind, namespace_id: int, child_id: int) -> Key:
    """The index item of a group or project in its namespace."""
    return Key(f"namespace#{namespace_id}", f"{kind}#{sortable(child_id)}")


def namespace_variables(namespace_id: int) -> Key:
    """A group's variables."""
    return Key(f"namespace#{namespace_id}", "variables")


INSTANCE_VARIABLES = Key("instance", "variables")


def project(project_id: int) -> Key:
    """A project."""
    return Key(f"project#{project_id}", "project")


def project_member(project_id: int, user_id: int) -> Key:
    """A user's membership in a project."""
    return member("project", project_id, user_id)


def project_variables(project_id: int) -> Key:
    """A project's variables."""
    return Key(f"project#{project_id}", "variables")


def protections(project_id: int) -> Key:
    """A project's protected branches and tags."""
    return Key(f"project#{project_id}", "protections")


def pipeline(project_id: int, pipeline_id: int) -> Key:
    """A pipeline."""
    return Key(f"project#{project_id}", f"pipeline#{sortable(pipeline_id)}")


def job(project_id: int, job_id: int) -> Key:
    """A job."""
    return Key(f"project#{project_id}", f"job#{sortable(job_id)}")


def started_by(project_id: int, trigger_id: int) -> str:
    """The pipelines that a trigger started, in the index `STARTED_BY`."""
    return f"{project_id}#{trigger_id}"


def request(request_id: int) -> Key:
    """A stored request."""
    return Key(f"request#{request_id}", "request")


def plan(request_id: int) -> Key:
    """The plan or refusal of a request."""
    return Key(f"request#{request_id}", "plan")


def once(key: str) -> Key:
    """The first call with an idempotency key."""
    return Key(f"once#{key}", "once")


def digest(token_digest: str) -> Key:
    """A token of any kind, by its digest."""
    return Key(f"digest#{token_digest}", "token")


def trigger(project_id: int, trigger_id: int) -> Key:
    """A trigger token of a project."""
    return Key(f"project#{project_id}", f"trigger#{sortable(trigger_id)}")


def personal(user_id: int, token_id: int) -> Key:
    """A personal access token of a user."""
    return Key(f"user#{user_id}", f"personal#{sortable(token_id)}")


def owned_trigger(user_id: int, trigger_id: int) -> Key:
    """The index item of a trigger token among those of its owner."""
    return Key(f"user#{user_id}", f"trigger#{sortable(trigger_id)}")


def personal_owner(token_id: int) -> Key:
    """The item that names the owner of a personal access token."""
    return Key("personal_tokens", sortable(token_id))


SEQUENCES = Key("sequences", "sequences")
"""The counters of numbers for new objects; one item in each table."""

ROTATION = Key("rotation", "pepper")
