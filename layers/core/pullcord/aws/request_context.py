"""Reads a stored request with everything that decides about it, in one call."""

from collections.abc import Mapping, Sequence

from pullcord.access import User
from pullcord.aws import keys
from pullcord.aws.directory import memberships, project_at
from pullcord.aws.items import Item, restored
from pullcord.aws.keys import Key
from pullcord.aws.protections import protected_refs
from pullcord.aws.requests import Requests
from pullcord.aws.table import Table, get_many
from pullcord.aws.tokens import token_record
from pullcord.aws.variables import open_variables
from pullcord.ids import parse
from pullcord.projects import Project
from pullcord.requests import RequestContext
from pullcord.tokens import TokenRecord


class RequestContextReader:
    """Reads request contexts from the Pipelines table."""

    def __init__(self, table: Table, requests: Requests) -> None:
        self.table = table
        self.requests = requests

    def of(self, ids: Mapping[str, object]) -> RequestContext | None:
        """The context of an execution's input; None if the project or the user was deleted meanwhile."""
        request_id, project_id, user_id = (int(str(ids[name])) for name in ("request", "project", "user"))
        groups = [int(group) for group in _texts(ids["groups"])]
        variables = _variables(project_id, groups)
        wanted = [
            keys.request(request_id),
            keys.project(project_id),
            keys.user(user_id),
            keys.protections(project_id),
            keys.project_member(project_id, user_id),
            *(keys.namespace_member(group, user_id) for group in groups),
            *variables,
        ]
        items = {key: item for (_, key), item in get_many({self.table: wanted}).items()}
        context = self._assembled(items, wanted, variables, user_id)
        number = ids.get("number")
        return context._replace(iid=int(number["iid"])) if context and isinstance(number, Mapping) else context

    def _assembled(
        self, items: dict[Key, Item], wanted: Sequence[Key], variables: Sequence[Key], user_id: int
    ) -> RequestContext | None:
        request, project, user, protections = (items.get(key) for key in wanted[:4])
        if request is None or project is None or user is None:
            return None
        stored, params = self.requests.open(request)
        return RequestContext(
            stored,
            params,
            restored(Project, project),
            restored(User, user),
            memberships(items, user_id),
            open_variables([items.get(key) for key in variables], self.requests.peppers),
            protected_refs(protections),
        )


class TriggerLookup:
    """Reads project and token of a trigger call: in one call where the project is a number, in two where it is a path."""

    def __init__(self, tokens: Table, pipelines: Table) -> None:
        self.tokens = tokens
        self.pipelines = pipelines

    def __call__(self, project: str, digests: Sequence[str]) -> tuple[Project | None, TokenRecord | None]:
        """Both, each None if it does not exist. The same reads are made whatever is found."""
        number = parse(project)
        project_key = keys.project(self._number(project) if number is None else number)
        digest_keys = [keys.digest(digest) for digest in digests]
        items = get_many({self.pipelines: [project_key], self.tokens: digest_keys})
        found = next((items[self.tokens.name, key] for key in digest_keys if (self.tokens.name, key) in items), None)
        stored = items.get((self.pipelines.name, project_key))
        return restored(Project, stored) if stored else None, token_record(found) if found else None

    def _number(self, path: str) -> int:
        return project_at(self.pipelines.get(keys.path(path))) or 0


def _variables(project_id: int, groups: Sequence[int]) -> list[Key]:
    farthest_first = [keys.namespace_variables(group) for group in reversed(groups)]
    return [keys.INSTANCE_VARIABLES, *farthest_first, keys.project_variables(project_id)]


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
