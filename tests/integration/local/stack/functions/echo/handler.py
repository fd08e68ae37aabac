"""Answers with what it was asked, or as the query asks it to answer."""

import os
import sys
import time
from pathlib import Path

import shared_words


def handle(event, _context):
    params = event.get("queryStringParameters", {})
    if "sleep" in params:
        time.sleep(float(params["sleep"]))
    while "wait_for" in params and not Path(params["wait_for"]).exists():
        time.sleep(0.01)
    if "write" in params:
        Path(params["write"]).touch()
    if "exit" in params:
        os._exit(int(params["exit"]))
    if "raise" in params:
        raise ValueError(params["raise"])
    if "cookies" in params:
        return {"statusCode": 201, "cookies": ["a=1", "b=2"], "headers": {"X-Made": "yes"}, "body": "made"}
    if "binary" in params:
        return {"statusCode": 200, "isBase64Encoded": True, "headers": {"content-type": "image/png"}, "body": "AP8="}
    if "plain" in params:
        return params["plain"]
    environment = {name: os.environ[name] for name in ("GREETING", "WORDS", "TABLE_OF_OTHERS", "AWS_ACCESS_KEY_ID")}
    return {
        "event": event,
        "environment": environment,
        "layer": shared_words.MARK,
        "pid": os.getpid(),
        "foreign": "HOME" in os.environ or "pullcord_local" in sys.modules,
    }
