"""The metric of a call: one count, by the code of its outcome."""

import json

from pullcord.wire.http import count_outcome


def test_an_outcome_is_one_count_with_two_dimensions(capsys, monkeypatch):
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Pullcord")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "pullcord")

    count_outcome("unknown_token")

    metric = json.loads(capsys.readouterr().out)
    assert {name: value for name, value in metric.items() if name != "_aws"} == {
        "Calls": [1.0],
        "outcome": "unknown_token",
        "service": "pullcord",
    }
    (directive,) = metric["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Pullcord"
    assert [sorted(names) for names in directive["Dimensions"]] == [["outcome", "service"]]
    assert [one["Name"] for one in directive["Metrics"]] == ["Calls"]
