"""What the Python scripts share: where the gateway is, and how a case is told."""

import json
import os
import sys
import traceback

URL = os.environ["EAVS_URL"]
KEY = os.environ["EAVS_KEY"]
# A key with one request a minute, one with an empty budget, one that nobody knows.
SLOW_KEY = os.environ["EAVS_SLOW_KEY"]
POOR_KEY = os.environ["EAVS_POOR_KEY"]
WRONG_KEY = "eavs_wrong"
MODEL = "scripted/demo"
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
THOUGHT = "Let me think about this. It is simple."
CALL = 'fake:tool get_weather {"city":"Köln"}'
CALLS = 'fake:ptool get_weather {"city":"Köln"}\nfake:ptool get_weather {"city":"Bonn"}'
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def run(cases):
    """Runs every case, and prints what each found, or why it could not."""
    found = {}
    for name, case in cases.items():
        try:
            found[name] = case()
        except Exception:  # noqa: BLE001 - the test tells it
            found[name] = {"failed": traceback.format_exc()}
    json.dump(found, sys.stdout)


def refused(call, *kinds):
    """The exception of a call: its class, and what of it a program decides by."""
    try:
        call()
    except kinds as error:
        status = getattr(error, "status_code", None) or getattr(error, "code", None)
        response = getattr(error, "response", None)
        headers = getattr(response, "headers", {}) or {}
        return {"class": type(error).__name__, "status": status, "after": headers.get("retry-after") is not None,
                "text": str(error)}
    return {"failed": "it was not refused"}
