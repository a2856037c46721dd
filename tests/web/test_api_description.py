"""``openapi.json``: whole, with examples that fit; and one shape for every error (row WEB4)."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from onrecord.reading import json_schema
from onrecord.web.api import reports
from onrecord.web.api.describing import describe_api, load_examples
from onrecord.web.app import Edits, create_app

TOLD = describe_api()
OPERATIONS = [operation for operations in TOLD["paths"].values() for operation in operations.values()]
IDS = [operation["operationId"] for operation in OPERATIONS]
ERROR = Draft202012Validator(TOLD["components"]["schemas"]["Error"])


def validator(schema):
    """Return what holds a value against a schema of the description."""
    written = json.dumps({**schema, "components": TOLD["components"]})
    return Draft202012Validator(json.loads(written))


def schemas_in(value):
    """Yield all places that something refers to."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from schemas_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from schemas_in(each)


def success(operation):
    """Return what an operation answers with when all is well."""
    return next(each for status, each in operation["responses"].items() if status.startswith("2"))["content"][
        "application/json"
    ]


def test_the_description_is_served(client):
    assert client.get("/api/v1/openapi.json").json() == TOLD
    assert TOLD["openapi"].startswith("3.1")


def test_every_reference_leads_somewhere_and_every_schema_is_one():
    names = {f"#/components/schemas/{name}" for name in TOLD["components"]["schemas"]}
    assert set(schemas_in(TOLD)) <= names
    for schema in TOLD["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_the_contract_is_the_one_that_is_published():
    published = json.loads(json.dumps(json_schema()).replace("#/$defs/", "#/components/schemas/"))["$defs"]
    ours = json.loads(json.dumps(TOLD["components"]["schemas"]))
    for name, schema in published.items():
        for member in ours[name].get("properties", {}).values():
            if "description" not in schema["properties"].get("description", {}):
                member.pop("description", None)
        for member in schema.get("properties", {}).values():
            member.pop("description", None)
        assert ours[name] == schema, name


def test_names_of_operations_are_their_own():
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=IDS)
def test_every_operation_says_what_it_is(operation):
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    for parameter in operation.get("parameters", ()):
        assert parameter.get("description") or parameter["in"] == "path", parameter["name"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=IDS)
def test_every_example_is_what_the_schema_says(operation):
    answer = success(operation)
    assert list(validator(answer["schema"]).iter_errors(answer["example"])) == []
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        assert list(validator(body["schema"]).iter_errors(body["example"])) == []
    for parameter in operation.get("parameters", ()):
        if "example" in parameter:
            example = [parameter["example"]] if parameter["schema"].get("type") == "array" else parameter["example"]
            assert list(validator(parameter["schema"]).iter_errors(example)) == []


def test_every_operation_has_an_example():
    assert set(load_examples()) == set(IDS)


# ---- errors --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def careless(record_path):
    """A client that gets answers to what fails within the server."""
    app = create_app(record_path, edits=Edits(token="token of tests"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


WRONG = [
    (method, path.format_map(defaultdict(lambda: "x")))
    for path in TOLD["paths"]
    for method in ("get", "post", "put", "patch", "delete")
]


@pytest.mark.parametrize(("method", "path"), WRONG)
def test_every_error_has_one_shape(careless, method, path):
    answer = careless.request(method, f"{path}?no-such=1")
    assert 400 <= answer.status_code < 500
    assert list(ERROR.iter_errors(answer.json())) == []
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/", "/api/v2/read", "/api/v1/nothing", "/api/v1/documents/"])
def test_no_such_route_has_the_same_shape(careless, path):
    answer = careless.get(path)
    assert answer.status_code == 404
    assert list(ERROR.iter_errors(answer.json())) == []


def test_a_fault_of_the_server_tells_nothing_of_it(careless, record_path, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError(f"SELECT secret FROM {record_path}")  # what must not be told

    monkeypatch.setattr(reports, "reports_after", fail)
    answer = careless.get("/api/v1/documents")
    assert answer.status_code == 500
    assert list(ERROR.iter_errors(answer.json())) == []
    for hidden in ("SELECT", "secret", str(record_path), "Traceback", "RuntimeError", ".py"):
        assert hidden not in answer.text
