"""Triggering a pipeline with a token that does not open it."""

import pytest

NOT_FOUND = (404, {"message": "404 Not Found"})


@pytest.mark.parametrize(
    "token", ["invalid-token", "", " ", "glptt-" + "0" * 40, "0123", "ü", "x" * 5000, "null", "glptt-%00"]
)
def test_an_unknown_token_is_not_found(widgets, token):
    with widgets.nothing_stored():
        assert widgets.post_trigger({"token": token, "ref": "main"}).said == NOT_FOUND


def test_a_personal_access_token_is_no_trigger_token(widgets, root):
    assert widgets.post_trigger({"token": root.token, "ref": "main"}).said == NOT_FOUND


def test_the_four_characters_that_everybody_may_see_open_nothing(widgets):
    assert widgets.post_trigger({"token": widgets.token.removeprefix("glptt-")[:4], "ref": "main"}).said == NOT_FOUND


@pytest.mark.parametrize("change", [str.upper, lambda token: token + " ", lambda token: token[:-1]])
def test_a_token_is_found_by_its_exact_value_only(widgets, change):
    assert widgets.post_trigger({"token": change(widgets.token), "ref": "main"}).said == NOT_FOUND


def test_a_foreign_token_an_unknown_token_and_an_unknown_project_look_the_same(widgets, gadgets, anyone):
    unknown = anyone.post("/projects/123456789/trigger/pipeline", form={"token": widgets.token, "ref": "main"})
    by_path = anyone.post("/projects/no%2Fsuch/trigger/pipeline", form={"token": widgets.token, "ref": "main"})
    foreign = widgets.post_trigger({"token": gadgets.token, "ref": "main"})
    wrong = widgets.post_trigger({"token": "wrong", "ref": "main"})

    assert [reply.said for reply in (unknown, by_path, foreign, wrong)] == [NOT_FOUND] * 4
    assert len({reply.body for reply in (unknown, by_path, foreign, wrong)}) == 1


def test_a_revoked_token_is_not_found(widgets, make_trigger, root):
    trigger = make_trigger(widgets.at)
    assert widgets.post_trigger({"token": trigger["token"], "ref": "main"}).status == 201

    assert root.delete(f"{widgets.at}/triggers/{trigger['id']}").status == 204

    assert widgets.post_trigger({"token": trigger["token"], "ref": "main"}).said == NOT_FOUND


def test_an_expired_token_is_not_found(widgets, make_trigger):
    trigger = make_trigger(widgets.at, expires_at="2020-01-01T00:00:00Z")

    assert widgets.post_trigger({"token": trigger["token"], "ref": "main"}).said == NOT_FOUND


def test_credentials_of_a_person_do_not_replace_the_token(widgets, root):
    reply = root.post(f"{widgets.at}/trigger/pipeline", form={"ref": "main"})

    assert reply.said == (400, {"error": "token is missing"})


@pytest.mark.parametrize("header", ["PRIVATE-TOKEN", "JOB-TOKEN", "X-Gitlab-Token"])
def test_the_trigger_token_is_looked_for_in_no_header(widgets, header):
    reply = widgets.post_trigger({"ref": "main"}, headers={header: widgets.token})

    assert reply.said == (400, {"error": "token is missing"})


def test_other_credentials_beside_the_token_do_no_harm(widgets):
    reply = widgets.post_trigger({"token": widgets.token, "ref": "main"}, headers={"PRIVATE-TOKEN": "glpat-unknown"})

    assert reply.status == 201
