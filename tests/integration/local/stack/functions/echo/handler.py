"""A function that answers with the event it received, or as the query says."""

import os
import sys
import time
from pathlib import Path

import shared_words


def handle(event, _context):
    query = event.get("queryStringParameters", {})
    if "sleep" in query:
        time.sleep(float(query["sleep"]))
    while "wait_for" in query and not Path(query["wait_for"]).exists():
        time.sleep(0.01)
    if "write" in query:
        Path(query["write"]).touch()
    if "exit" in query:
        os._exit(int(query["exit"]))
    if "raise" in query:
        raise ValueError(query["raise"])
    if "cookies" in query:
        return {"statusCode": 201, "cookies": ["a=1", "b=2"], "headers": {"X-Made": "yes"}, "body": "made"}
    if "binary" in query:
        return {"statusCode": 200, "isBase64Encoded": True, "headers": {"content-type": "image/png"}, "body": "AP8="}
    if "plain" in query:
        return query["plain"]
    environment = {name: os.environ[name] for name in ("GREETING", "WORDS", "TABLE_OF_OTHERS", "AWS_ACCESS_KEY_ID")}
    return {
        "event": event,
        "environment": environment,
        "layer": shared_words.MARK,
        "pid": os.getpid(),
        "foreign": "HOME" in os.environ or "pullcord_local" in sys.modules,
    }
