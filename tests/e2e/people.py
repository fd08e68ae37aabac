"""Users of the service and their levels in projects."""

from tests.e2e.talking import Caller

LEVELS = {"guest": 10, "planner": 15, "reporter": 20, "developer": 30, "maintainer": 40, "owner": 50}


class Person(Caller):
    """A user who calls with their own personal access token."""

    def __init__(self, url: str, facts: dict, token: str) -> None:
        super().__init__(url, token)
        self.details = facts

    @property
    def id(self) -> int:
        return self.details["id"]

    @classmethod
    def made_by(cls, administrator: Caller, name: str, scopes: tuple[str, ...] = ("api",), **parameters: object):
        """A new user with a token."""
        wanted = {"username": name, "name": name.title(), "email": f"{name}@example.com", "skip_confirmation": True}
        reply = administrator.post("/users", json=wanted | {"password": "not-used-here-1234"} | parameters)
        assert reply.status == 201, reply.body
        facts = reply.json()
        return cls(administrator.url, facts, new_token(administrator, facts["id"], scopes)["token"])

    def join(self, administrator: Caller, at: str, level: str) -> None:
        """Become a member of the project or group at this path."""
        sent = {"user_id": self.id, "access_level": LEVELS[level]}
        reply = administrator.post(f"{at}/members", json=sent)
        assert reply.status == 201, reply.body

    def leave(self, administrator: Caller, at: str) -> None:
        """Be a member no more."""
        assert administrator.delete(f"{at}/members/{self.id}").status == 204

    def become(self, administrator: Caller, at: str, level: str) -> None:
        """Change the level."""
        reply = administrator.put(f"{at}/members/{self.id}", json={"access_level": LEVELS[level]})
        assert reply.status == 200, reply.body


def new_token(administrator: Caller, user_id: int, scopes: tuple[str, ...] = ("api",), **parameters: object) -> dict:
    """A personal access token for a user."""
    wanted = {"name": "a token", "scopes": list(scopes), **parameters}
    reply = administrator.post(f"/users/{user_id}/personal_access_tokens", json=wanted)
    assert reply.status == 201, reply.body
    return reply.json()
