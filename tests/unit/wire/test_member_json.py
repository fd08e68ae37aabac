"""Members as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/project_members
"""

from pullcord.access import Level, Member, Membership
from pullcord.wire import member_json
from tests.unit.wire.examples import ADA, BOB
from tests.unit.wire.literals import ADA_BASIC, SERVER, TIME, json_text

BOB_BASIC = {
    "id": 6,
    "username": "bob",
    "public_email": "bob@example.com",
    "name": "Bob Example",
    "state": "blocked",
    "locked": False,
    "avatar_url": None,
    "web_url": "https://ci.example.test/bob",
}


def test_a_member():
    ada = Member(ADA, Membership(5, Level.DEVELOPER, "2026-12-24", TIME, 6), BOB)

    assert json_text(member_json.member(ada, SERVER)) == json_text(
        {
            **ADA_BASIC,
            "access_level": 30,
            "created_at": TIME,
            "created_by": BOB_BASIC,
            "expires_at": "2026-12-24",
            "membership_state": "active",
        }
    )


def test_a_member_without_expiry_date_whose_creator_was_deleted():
    assert json_text(member_json.member(Member(BOB, Membership(6, 50, None, TIME, 99)), SERVER)) == json_text(
        {
            **BOB_BASIC,
            "access_level": 50,
            "created_at": TIME,
            "created_by": None,
            "expires_at": None,
            "membership_state": "active",
        }
    )
