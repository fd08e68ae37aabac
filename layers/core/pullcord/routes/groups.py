"""/groups and /namespaces."""

from dataclasses import dataclass

from pullcord.access import User
from pullcord.projects import Namespace
from pullcord.routes.auth import RouteAuth
from pullcord.routes.projects import filter_of, order_of, project_row
from pullcord.usecases.groups import manage_groups
from pullcord.usecases.people_ports import Groups
from pullcord.usecases.projects import list_projects, namespaces
from pullcord.usecases.projects.list_projects import Order, ProjectFilter
from pullcord.usecases.projects.namespaces import NamespaceFilter
from pullcord.wire import group_json, group_params, pagination, project_params
from pullcord.wire.call import Call
from pullcord.wire.http import Answer
from pullcord.wire.params import read_params


@dataclass(frozen=True, slots=True)
class GroupRoutes:
    """Operations on groups and namespaces."""

    auth: RouteAuth
    managing: manage_groups.GroupDeps
    listing: list_projects.ListDeps
    groups: Groups

    def list_groups(self, call: Call) -> Answer:
        """List the groups that the caller sees, by name."""
        user = self.auth.optional_user(call)
        return self._page(call, user, None)

    def create_group(self, call: Call) -> Answer:
        """Create a group or subgroup."""
        wanted = group_params.new(call)
        user = self.auth.user(call)
        created = manage_groups.create_group(wanted, user, self.managing)
        return Answer(201, group_json.group_with_projects(created, [], call.server))

    def get_group(self, call: Call, group: str) -> Answer:
        """Read a group, with its projects."""
        access = self.auth.group(call, group)
        own = self.managing.projects.projects_in(access.group.id)
        seen = list_projects.list_projects(ProjectFilter(), Order(), access.user, self.listing, own)
        rows = [project_row(row, call.server, simple=False) for row in seen]
        return Answer(200, group_json.group_with_projects(access.group, rows, call.server))

    def update_group(self, call: Call, group: str) -> Answer:
        """Change a group."""
        wanted = group_params.changes(call)
        access = self.auth.group(call, group)
        changed = manage_groups.update_group(access, wanted, self.managing)
        return Answer(200, group_json.group_with_projects(changed, [], call.server))

    def delete_group(self, call: Call, group: str) -> Answer:
        """Delete a group with everything in it."""
        manage_groups.delete_group(self.auth.group(call, group), self.managing)
        return Answer(202, {"message": "202 Accepted"})

    def list_group_projects(self, call: Call, group: str) -> Answer:
        """List the projects of a group, and with `include_subgroups` of the groups below."""
        wanted = read_params(project_params.ProjectListParams, call)
        access = self.auth.group(call, group)
        if wanted.include_subgroups:
            own = manage_groups.projects_below(access.group, self.managing)
        else:
            own = self.managing.projects.projects_in(access.group.id)
        found = list_projects.list_projects(filter_of(wanted), order_of(wanted), access.user, self.listing, own)
        rows, headers = pagination.page(call, found)
        return Answer(200, [project_row(row, call.server, simple=bool(wanted.simple)) for row in rows], headers)

    def list_subgroups(self, call: Call, group: str) -> Answer:
        """List the direct subgroups of a group."""
        access = self.auth.group(call, group)
        below = self.groups.groups_below(access.group.id)
        return self._page(call, access.user, [one for one in below if one.parent_id == access.group.id])

    def list_descendant_groups(self, call: Call, group: str) -> Answer:
        """List all groups below a group."""
        access = self.auth.group(call, group)
        return self._page(call, access.user, self.groups.groups_below(access.group.id))

    def list_namespaces(self, call: Call) -> Answer:
        """List the namespaces that the caller can create projects in."""
        wanted = read_params(group_params.NamespaceListParams, call)
        user = self.auth.user(call)
        sought = NamespaceFilter(wanted.search, wanted.owned_only, wanted.top_level_only, wanted.full_path_search)
        rows, headers = pagination.page(call, namespaces.list_namespaces(sought, user, self.listing))
        return Answer(200, [group_json.namespace(row, call.server) for row in rows], headers)

    def get_namespace(self, call: Call, namespace: str) -> Answer:
        """Read a namespace."""
        user = self.auth.user(call)
        return Answer(200, group_json.namespace(namespaces.find_namespace(namespace, user, self.listing), call.server))

    def check_namespace_exists(self, call: Call, namespace: str) -> Answer:
        """Tell whether a path is taken, and suggest a free one."""
        wanted = read_params(group_params.NamespaceExistenceParams, call)
        self.auth.user(call)
        found = namespaces.namespace_exists(namespace, wanted.parent_id, self.listing)
        return Answer(200, {"exists": found.exists, "suggests": list(found.suggests)})

    def _page(self, call: Call, user: User | None, among: list[Namespace] | None) -> Answer:
        sent = read_params(group_params.GroupListParams, call)
        wanted = ProjectFilter(
            search=sent.search,
            owned=sent.owned,
            visibility=sent.visibility,
            min_access_level=sent.min_access_level,
            top_level_only=sent.top_level_only,
        )
        by = sent.order_by if sent.order_by in {"path", "id"} else "name"
        sorting = Order(by, ascending=sent.sort != "desc")
        rows, headers = pagination.page(call, list_projects.list_groups(wanted, sorting, user, self.listing, among))
        return Answer(200, [group_json.group(row, call.server) for row in rows], headers)
