"""The owners of a group, of whom one must remain.

Source: https://docs.gitlab.com/user/group/manage/#change-the-owner-of-a-group
"""

from pullcord.access import Level, Membership, User
from pullcord.usecases.people_ports import Members, Users


def other_owner(group_id: int, user_id: int, members: Members, users: Users, today: str) -> Membership | None:
    """The direct owner who remains when this user leaves a group, rather one without an end.

    A user who is blocked, and a membership that has expired, do not count.
    """
    owners = [
        one
        for one in members.members("group", group_id)
        if one.user_id != user_id and one.level >= Level.OWNER and one.live(today)
    ]
    lasting_first = sorted(owners, key=lambda one: one.expires_at is not None)
    return next((one for one in lasting_first if _is_active(users.user(one.user_id))), None)


def _is_active(user: User | None) -> bool:
    return user is not None and user.state == "active"
