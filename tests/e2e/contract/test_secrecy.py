"""What is sent in confidence is not written into a log."""

VALUE = "a-value-that-no-log-may-hold-92be"


def test_no_log_line_holds_a_token_or_a_value(service, make_project, root, anyone):
    project = make_project("spec: {inputs: {a: {default: x}}}\n---\njob: {script: echo}\n")
    triggered = [
        project.post_trigger(
            json={"token": project.token, "ref": "main", "variables": {"A": VALUE}, "inputs": {"a": VALUE}}
        ),
        project.post_trigger(
            query={"token": project.token, "ref": "main", "variables[A]": VALUE, "private_token": root.token}
        ),
        project.post_trigger({"token": project.token, "ref": "main", "variables[TRIGGER_PAYLOAD]": VALUE}),
        project.post_trigger({"token": f"glptt-{VALUE}", "ref": "main"}),
        project.post_trigger(json={"token": project.token, "ref": "main", "variables": {"A": [VALUE]}}),
        project.post_trigger(json={"token": project.token, "ref": "main", "inputs": {"b": VALUE}}),
        anyone.post(f"{project.at}/ref/main/trigger/pipeline", query={"token": project.token}, json={"payload": VALUE}),
        anyone.get(f"{project.at}/triggers", private_token=root.token),
        anyone.post(f"{project.at}/ref/{VALUE}/trigger/pipeline", query={"token": project.token}),
        anyone.post(f"{project.at}//ref/a/{VALUE}/trigger/pipeline.json", query={"token": project.token}),
        root.get(f"{project.at}/repository/branches/{VALUE}"),
        root.get(f"/projects/{VALUE}%2Fx/nonsense"),
    ]
    statuses = [201, 201, 422, 404, 400, 422, 201, 200, 400, 400, 404, 404]
    assert [reply.status for reply in triggered] == statuses

    logged = service.logged()

    assert '"route":"/api/v4/projects/<project>/ref/<ref>/trigger/pipeline"' in logged
    for secret in (VALUE, project.token, project.token.removeprefix("glptt-"), root.token):
        assert secret not in logged
