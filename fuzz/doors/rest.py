"""A request to REST, in process: any operation, path, query, headers and body."""

from __future__ import annotations

import json
import shutil
from urllib.parse import quote

import atheris
import httpx2
from starlette.testclient import TestClient

from invented import FOLDER, record_file
from onrecord.errors import OnrecordError
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web.api.describing import describe_api
from onrecord.web.app import create_app
from onrecord.web.site import Edits

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_SLOW = {"add_reports", "read_report"}
"""They start processes and run the network: other doors have what they do with a text."""
_DESCRIBED = describe_api()
_OPERATIONS = sorted(
    (path, method, operation["operationId"])
    for path, several in _DESCRIBED["paths"].items()
    for method, operation in several.items()
    if operation["operationId"] not in _SLOW
)
_PATH = shutil.copy(record_file(8), FOLDER / "served.db")
_CLIENT = TestClient(
    create_app(_PATH, settings=Settings(web_seconds=60.0), edits=Edits(token="fuzz")),  # noqa: S106 - no secret
    raise_server_exceptions=True,
    base_url="http://localhost",
)
_CLIENT.__enter__()
with Record.open(_PATH, read_only=True) as _record:
    _STATEMENTS = [hit.statement for hit in _record.search(None, limit=5)]
    _IDS = [
        *_STATEMENTS,
        *(each.partition("-")[0] for each in _STATEMENTS),
        *(each.id for each in _record.people(limit=3)),
    ]
_NAMES = sorted(
    {
        each["name"]
        for several in _DESCRIBED["paths"].values()
        for operation in several.values()
        for each in operation.get("parameters", [])
        if each.get("in") == "query"
    }
)
SEEDS = [bytes([number]) * 8 + b"levy\0" * 8 for number in range(len(_OPERATIONS))]
TOKENS = [
    *(f"{name}=".encode() for name in _NAMES), *(each.encode() for each in _IDS), b"{", b"}", b"null", b"[]", b"-1",
    b"9999999999999999999999", b"1e308", b"%00", b"%ff", b"../", b"\\ud800", b"2024-05-02", b"true", b"\0", b'"', b"'",
    b'{"statement":"', b'"speaker":', b'"cue_class":"doubting"', b'"content_spans":[[0,4]]', b'"words":', b'"people":[',
]  # fmt: skip


def take(data: bytes) -> None:
    """Send the request; an answer from 500 on, or one that is no JSON where it says so, is a mistake of ours."""
    drawn = atheris.FuzzedDataProvider(data)
    path, method, name = _OPERATIONS[drawn.ConsumeIntInRange(0, len(_OPERATIONS) - 1)]
    while "{" in path:
        before, _, rest = path.partition("{")
        path = f"{before}{_value(drawn)}{rest.partition('}')[2]}"
    query = [(drawn.PickValueInList(_NAMES), _value(drawn)) for _ in range(drawn.ConsumeIntInRange(0, 4))]
    headers = {"Authorization": "Bearer fuzz"} if drawn.ConsumeProbability() > 0.05 else {}
    if drawn.ConsumeBool():
        headers["Content-Type"] = "application/json"
    body = drawn.ConsumeBytes(2_000) if method != "get" else None
    try:
        request = _CLIENT.build_request(method, quote(path), params=query, content=body, headers=headers)
    except (ValueError, httpx2.InvalidURL):  # no client can send it
        return
    answer = _CLIENT.send(request)
    if answer.status_code >= 500:
        raise AssertionError(f"{name}: {answer.status_code}")
    if answer.headers.get("content-type", "").startswith("application/json"):
        json.loads(answer.content)


def _value(drawn: atheris.FuzzedDataProvider) -> str:
    """Return an id of something in the record, or any text."""
    if drawn.ConsumeBool():
        return str(drawn.PickValueInList(_IDS))
    return str(drawn.ConsumeUnicodeNoSurrogates(drawn.ConsumeIntInRange(0, 60)))
