"""/groups and /namespaces: what projects are in."""

from dataclasses import dataclass

from pullcord.access import User
from pullcord.projects import Namespace
from pullcord.routes.projects import asked, order
from pullcord.usecases.auth.authenticate import WRITE
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.groups import manage_groups
from pullcord.usecases.projects import list_projects
from pullcord.usecases.projects.list_projects import Filter, Order
from pullcord.wire import group_params, pagination, project_json, project_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer
from pullcord.wire.params import checked

LIST = "/api/v4/groups"
ONE = f"{LIST}/<group>"
ROUTES = (
    ("GET", LIST, "index"),
    ("POST", LIST, "create"),
    ("GET", ONE, "show"),
    ("PUT", ONE, "update"),
    ("DELETE", ONE, "delete"),
    ("GET", f"{ONE}/projects", "projects"),
    ("GET", f"{ONE}/subgroups", "subgroups"),
    ("GET", f"{ONE}/descendant_groups", "descendants"),
    ("GET", "/api/v4/namespaces", "namespaces"),
    ("GET", "/api/v4/namespaces/<namespace>", "namespace"),
)


@dataclass(frozen=True, slots=True)
class GroupRoutes:
    """Making, reading, changing and deleting groups."""

    admission: Admission
    managing: manage_groups.Outside
    listing: list_projects.Outside
    groups: manage_groups.Groups
    routes = ROUTES

    def index(self, call: Call) -> Answer:
        """The groups that the caller sees, by name."""
        user = self.admission.anyone(personal_token(call))
        return self._page(call, user, None)

    def create(self, call: Call) -> Answer:
        """A new group, or a new group in a group."""
        wanted = group_params.new(call)
        user = self.admission.user(personal_token(call), WRITE)
        made = manage_groups.create(wanted, user, self.managing)
        return Answer(201, project_json.group_in_full(made, [], call.server))

    def show(self, call: Call, group: str) -> Answer:
        """One group, with its projects."""
        standing = self.admission.group_reader(personal_token(call), group)
        own = self.managing.projects.projects_in(standing.group.id)
        seen = list_projects.projects(Filter(), Order(), standing.user, self.listing, own)
        return Answer(200, project_json.group_in_full(standing.group, seen, call.server))

    def update(self, call: Call, group: str) -> Answer:
        """Other settings."""
        wanted = group_params.changes(call)
        standing = self.admission.group(personal_token(call), group)
        changed = manage_groups.update(standing, wanted, self.managing)
        return Answer(200, project_json.group_in_full(changed, [], call.server))

    def delete(self, call: Call, group: str) -> Answer:
        """No group any more, nor anything in it."""
        manage_groups.delete(self.admission.group(personal_token(call), group), self.managing)
        return Answer(202, {"message": "202 Accepted"})

    def projects(self, call: Call, group: str) -> Answer:
        """The projects of a group; of the groups below too, if asked for."""
        wanted = checked(project_params.ProjectFilter, call)
        standing = self.admission.group_reader(personal_token(call), group)
        if wanted.include_subgroups:
            own = manage_groups.projects_below(standing.group, self.managing)
        else:
            own = self.managing.projects.projects_in(standing.group.id)
        found = list_projects.projects(asked(wanted), order(wanted), standing.user, self.listing, own)
        rows, headers = pagination.page(call, found)
        shape = project_json.simple_project if wanted.simple else project_json.project
        return Answer(200, [shape(row, call.server) for row in rows], headers)

    def subgroups(self, call: Call, group: str) -> Answer:
        """The groups right below a group."""
        standing = self.admission.group_reader(personal_token(call), group)
        below = self.groups.groups_below(standing.group.id)
        return self._page(call, standing.user, [one for one in below if one.parent_id == standing.group.id])

    def descendants(self, call: Call, group: str) -> Answer:
        """All groups below a group."""
        standing = self.admission.group_reader(personal_token(call), group)
        return self._page(call, standing.user, self.groups.groups_below(standing.group.id))

    def namespaces(self, call: Call) -> Answer:
        """Where the caller can have projects."""
        wanted = checked(group_params.NamespaceFilter, call)
        user = self.admission.user(personal_token(call))
        rows, headers = pagination.page(call, list_projects.namespaces(wanted.search, user, self.listing))
        return Answer(200, [project_json.namespace(row, call.server) for row in rows], headers)

    def namespace(self, call: Call, namespace: str) -> Answer:
        """One of those."""
        user = self.admission.user(personal_token(call))
        return Answer(200, project_json.namespace(list_projects.namespace(namespace, user, self.listing), call.server))

    def _page(self, call: Call, user: User | None, among: list[Namespace] | None) -> Answer:
        sent = checked(group_params.GroupFilter, call)
        wanted = Filter(
            search=sent.search,
            owned=sent.owned,
            visibility=sent.visibility,
            min_access_level=sent.min_access_level,
            top_level_only=sent.top_level_only,
        )
        by = sent.order_by if sent.order_by in {"path", "id"} else "name"
        sorting = Order(by, ascending=sent.sort != "desc")
        rows, headers = pagination.page(call, list_projects.groups(wanted, sorting, user, self.listing, among))
        return Answer(200, [project_json.group(row, call.server) for row in rows], headers)
