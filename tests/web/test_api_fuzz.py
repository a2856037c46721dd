"""Every operation of REST with whatever its description allows, and what it doesn't (row WEB3).

Schemathesis draws the requests from ``openapi.json`` and holds each answer against it, in process. ``ONRECORD_FULL=1``
draws 5,000 for each operation.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from handmade import READER, read_by_hand
from onrecord.adding import running, workers
from onrecord.adding.workers import Found
from onrecord.record import Record, Should
from onrecord.settings import Settings
from onrecord.web.api.describing import describe_api
from onrecord.web.api.reader import Reader
from onrecord.web.app import Edits, create_app
from reading_by_hand import CHILD

FULL = os.environ.get("ONRECORD_FULL") == "1"
EXAMPLES = 5_000 if FULL else 100
REAL = {"add_reports": 100 if FULL else 3, "read_report": 500 if FULL else 10}
"""Of these so many more with all that is behind them: each addition starts processes, each reading runs the network."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SECONDS = 100
"""For one answer: of a busy machine, not of the server, whose own limits are wide here too."""
BEARER = {"Authorization": "Bearer token of tests"}
NAMES = [
    operation["operationId"] for operations in describe_api()["paths"].values() for operation in operations.values()
]


@pytest.fixture(scope="module")
def described(record_path, tmp_path_factory):
    """The description of a server that may change its record, and ids of what is in it."""
    path = shutil.copy(record_path, tmp_path_factory.mktemp("fuzzed") / "news.db")
    limits = Settings(web_seconds=60, parser_seconds=60, reader_seconds=60)
    app = create_app(path, settings=limits, edits=Edits(token="token of tests"))
    with Record.open(path) as record:
        statements = [hit.statement for hit in record.search(None, limit=20)]
        record.correct(statements[0], Should(cue_class="doubting"))
        record.merge(["Mara Ilven", "Teo Brandt"])
        people = [person.id for person in record.people(limit=10)]
    ids = {
        "statement": statements,
        "document": [each.partition("-")[0] for each in statements],
        "report": statements,
        "person": people,
        "number": [1, 2],
    }
    with TestClient(app):
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app), ids


def requests_for(operation, ids):
    """Draw requests: what the description allows and what it does not, often of things that there are."""
    allowed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    drawn = allowed
    if operation.body or operation.query:
        drawn = st.one_of(allowed, allowed, operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    return st.tuples(drawn, st.booleans(), st.randoms(use_true_random=False)).map(lambda each: known(*each, ids))


def known(case, is_known, chance, ids):
    """Put ids of what is in the record into a request."""
    if is_known:
        for name in case.path_parameters or {}:
            case.path_parameters[name] = chance.choice(ids[name])
    return case


def by_hand(document):
    return replace(read_by_hand(document.text), document=document)


class WorkersHere(AbstractContextManager):
    """Workers that read in this process, without a network."""

    def __init__(self, *_, **__):
        self.reader = lambda: READER
        self.failed = list

    def submit(self, document, _tries):
        future = Future()
        future.set_result(Found(reading=by_hand(document), vectors=None))
        return future

    def __exit__(self, *_):
        return None


def ask(described, name, examples):
    """Draw requests for an operation and hold each answer against the description."""
    schema, ids = described
    operation = schema.find_operation_by_id(name)
    seen = []

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(case=requests_for(operation, ids))
    def answer_one(case):
        answer = case.call(headers={**BEARER, **(case.headers or {})}, timeout=SECONDS)
        seen.append(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    answer_one()
    assert len(seen) >= min(examples, 3)


@pytest.mark.parametrize("name", NAMES)
def test_no_request_breaks_an_operation(described, name, monkeypatch):
    monkeypatch.setattr(Reader, "read", lambda _self, document, *_, **__: by_hand(document))
    monkeypatch.setattr(running, "Workers", WorkersHere)
    ask(described, name, EXAMPLES)


@pytest.mark.parametrize("name", REAL)
def test_no_request_breaks_what_reads_and_adds(described, name, monkeypatch):
    monkeypatch.setattr(workers, "CHILD", CHILD)
    ask(described, name, REAL[name])
