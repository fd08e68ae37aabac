"""Users, projects, groups, members and sequences in memory: fakes of the ports in `usecases.people_ports`.

failing: the answers to the next writes, each a set of failed conditions
"""

from dataclasses import dataclass, field
from types import SimpleNamespace

from pullcord.access import Level, Membership, User
from pullcord.projects import Namespace
from tests.unit.usecases.fakes import ADA, ROOT, WIDGETS

BOB = User(6, "bob", "Bob Example", "bob@example.com")
ACME = Namespace(30, "Acme", "acme", "acme", full_name="Acme")
TOOLS = Namespace(31, "Tools", "tools", "acme/tools", parent_id=30, ancestors=(30,), full_name="Acme / Tools")


def failed_conditions(failing):
    return failing.pop(0) if failing else frozenset()


@dataclass
class Members:
    """Memberships by kind, id and user. meanwhile: called once, before the next change."""

    stored: dict = field(default_factory=dict)
    failing: list = field(default_factory=list)
    meanwhile: object = None

    def join(self, kind, number, user, level, expires_at=None):
        self.stored[kind, number, user.id] = Membership(user.id, Level(level), expires_at)

    def members(self, kind, source_id):
        return [membership for (*source, _), membership in self.stored.items() if source == [kind, source_id]]

    def member(self, kind, source_id, user_id):
        return self.stored.get((kind, source_id, user_id))

    def add_member(self, kind, source_id, new):
        failed = failed_conditions(self.failing)
        if not failed and (kind, source_id, new.user_id) in self.stored:
            failed = frozenset({"member"})
        if not failed:
            self.stored[kind, source_id, new.user_id] = new
        return failed

    def change_member(self, kind, source_id, changed, remaining=None):
        failed = self._failed(kind, source_id, changed.user_id, remaining)
        if not failed:
            self.stored[kind, source_id, changed.user_id] = changed
        return failed

    def remove_member(self, kind, source_id, user_id, remaining=None):
        failed = self._failed(kind, source_id, user_id, remaining) - {"member"}
        if not failed:
            self.stored.pop((kind, source_id, user_id), None)
        return failed

    def _failed(self, kind, source_id, user_id, remaining):
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        failed = set(failed_conditions(self.failing))
        if (kind, source_id, user_id) not in self.stored:
            failed.add("member")
        if remaining and self.stored.get((kind, source_id, remaining.user_id)) != remaining:
            failed.add("remaining")
        return frozenset(failed)

    def memberships_of(self, user_id):
        return [(kind, number, one) for (kind, number, user), one in self.stored.items() if user == user_id]


@dataclass
class Users:
    """Users by id, and their namespaces. deleted: a log of deletions."""

    stored: dict = field(default_factory=lambda: {user.id: user for user in (ROOT, ADA, BOB)})
    joined: Members = field(default_factory=Members)
    failing: list = field(default_factory=list)
    namespaces: dict = field(default_factory=dict)
    deleted: list = field(default_factory=list)

    def user(self, user_id):
        return self.stored.get(user_id)

    def users(self, user_ids=None):
        wanted = self.stored if user_ids is None else user_ids
        return {user_id: self.stored[user_id] for user_id in wanted if user_id in self.stored}

    def user_id(self, username):
        user = self.named(username)
        return user.id if user else None

    def named(self, username):
        return next((user for user in self.stored.values() if user.username == username.lower()), None)

    def memberships(self, user_id):
        return self.joined.memberships_of(user_id)

    def add_user(self, user, namespace):
        failed = failed_conditions(self.failing)
        if not failed:
            self.stored[user.id], self.namespaces[namespace.id] = user, namespace
        return failed

    def change_user(self, old, new):
        failed = failed_conditions(self.failing)
        if not failed:
            self.stored[new.id] = new
        return failed

    def delete_user(self, user):
        self.deleted.append(f"user {user.id}")
        del self.stored[user.id]


@dataclass
class Projects:
    """Projects by id. deleted: a log of deletions."""

    stored: dict = field(default_factory=lambda: {WIDGETS.id: WIDGETS})
    failing: list = field(default_factory=list)
    owners: dict = field(default_factory=dict)
    deleted: list = field(default_factory=list)

    @classmethod
    def of(cls, *projects):
        return cls({project.id: project for project in projects})

    def projects(self, project_ids=None):
        wanted = list(self.stored) if project_ids is None else project_ids
        return [self.stored[project_id] for project_id in wanted if project_id in self.stored]

    def projects_in(self, namespace_id):
        return [project for project in self.stored.values() if project.namespace_id == namespace_id]

    def add_project(self, project, namespace, owner):
        failed = failed_conditions(self.failing)
        if not failed:
            self.stored[project.id], self.owners[project.id] = project, owner
        return failed

    def change_project(self, old, new):
        failed = failed_conditions(self.failing)
        if not failed:
            self.stored[new.id] = new
        return failed

    def delete_project(self, project):
        self.deleted.append(f"project {project.id}")
        self.stored.pop(project.id, None)


@dataclass
class Groups:
    """Groups by id. moved: the projects that the last change has changed, too; deleted: a log of deletions."""

    stored: dict = field(default_factory=lambda: {group.id: group for group in (ACME, TOOLS)})
    failing: list = field(default_factory=list)
    owners: dict = field(default_factory=dict)
    moved: list = field(default_factory=list)
    deleted: list = field(default_factory=list)
    own: dict = field(default_factory=dict)

    def namespaces(self, namespace_ids):
        return [one for one in (self.stored | self.own).values() if one.id in namespace_ids]

    def groups(self, group_ids=None):
        wanted = list(self.stored) if group_ids is None else group_ids
        return [self.stored[group_id] for group_id in wanted if group_id in self.stored]

    def groups_below(self, group_id):
        return [group for group in self.stored.values() if group_id in group.ancestors]

    def add_group(self, group, parent, owner):
        failed = failed_conditions(self.failing)
        if not failed:
            self.stored[group.id], self.owners[group.id] = group, owner
        return failed

    def change_group(self, old, new, projects):
        self.moved = projects
        failed = failed_conditions(self.failing)
        if not failed:
            self.stored[new.id] = new
        return failed

    def delete_group(self, group):
        if failed_conditions(self.failing):
            return False
        self.deleted.append(f"group {group.id}")
        del self.stored[group.id]
        return True


@dataclass
class Directory:
    """Projects, groups and users with memberships. levels: of users in every project and group, whoever is a member."""

    stored: Projects = field(default_factory=Projects)
    groups: Groups = field(default_factory=Groups)
    people: Users = field(default_factory=Users)
    members: Members = field(default_factory=Members)
    levels: dict = field(default_factory=dict)

    @classmethod
    def of(cls, *projects, levels=None):
        return cls(Projects.of(*projects), levels=levels or {})

    def user(self, user_id):
        return self.people.user(user_id)

    def users(self, user_ids):
        return self.people.users(user_ids)

    def user_id(self, username):
        return self.people.user_id(username)

    def project_id(self, full_path):
        return next((one.id for one in self.stored.projects() if one.full_path == full_path.lower()), None)

    def project_memberships(self, project_id, user_id):
        project = self.project(project_id)
        sources = [("project", project_id), *(("group", group) for group in project.groups)] if project else []
        return SimpleNamespace(project=project, memberships=self._memberships(sources, user_id))

    def group_id(self, full_path):
        return next((group.id for group in self.groups.groups() if group.full_path == full_path.lower()), None)

    def group_memberships(self, group_id, user_id):
        group = self.groups.stored.get(group_id)
        sources = [("group", one) for one in group.groups] if group else []
        return group, self._memberships(sources, user_id)

    def project(self, project_id):
        return self.stored.stored.get(project_id)

    def namespace(self, namespace_id):
        return self.groups.stored.get(namespace_id) or self.people.namespaces.get(namespace_id)

    def namespace_of(self, user):
        return self.namespace(user.namespace_id) if user.namespace_id else None

    def _memberships(self, sources, user_id):
        level = self.levels.get(user_id)
        joined = (self.members.member(*source, user_id) for source in sources)
        return (*([Membership(user_id, level)] if level else []), *(one for one in joined if one))
