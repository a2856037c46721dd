"""``openapi.json``: what a program wants to know, made from the routes and from the types that answers are made of."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final, get_args, get_type_hints

import msgspec
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import Response

from onrecord.exports.contract import WITHOUT_TEXT
from onrecord.version import VERSION
from onrecord.web.api.answering import JSON, name_of, new_router
from onrecord.web.api.shapes import TYPES

router: Final = new_router("About")
ABOUT: Final = """\
JSON over one record of who said what in news reports.

Lists have `items` and `next`; give `next` as `cursor` for the page after. Nothing comes twice, and nothing that was
there is missed, whatever is added meanwhile. Answers carry an `ETag`: send it back as `If-None-Match`, and what has not
changed is answered with 304 and no body. Spans are `[start, end)` and count Unicode code points. What is not known is
`null`. A body may have 2 MiB, and a question a second of the record's time: what takes longer is answered with 503.
A 503 with `Retry-After` was only one of too many at once: ask again.
"""
ERROR: Final[dict[str, Any]] = {
    "type": "object",
    "description": "What went wrong, the same shape for every status from 400 on.",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "advice"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "description": "For programs: `missing_record`, `bad_query` ..."},
                "message": {"type": "string", "description": "For people: what was wrong, and where."},
                "advice": {"type": "string", "description": "What to do; may be empty."},
            },
        }
    },
}


WITHOUT: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A `ReadingRecord` without the text: `document.text` is null, and hashes stand in its place.",
    "required": ["schema", "reader", "document", "entities", "statements"],
    "properties": {"schema": {"const": WITHOUT_TEXT}},
}


@router.get("/openapi.json", include_in_schema=False)
def show_openapi(request: Request) -> Response:
    """Describe this interface as OpenAPI 3.1."""
    return Response(_encoded(request.app.version), media_type=JSON)


@cache
def _encoded(version: str) -> bytes:
    return msgspec.json.encode(describe_api(version))


def describe_api(version: str = VERSION) -> dict[str, Any]:
    """Return the description of all routes."""
    from onrecord.web.api import router as whole  # which this module is a part of

    told = get_openapi(title="onrecord", version=version, description=ABOUT, routes=whole.routes)
    components = told.setdefault("components", {})
    components["schemas"] = {"Error": ERROR, "ReadingWithoutText": WITHOUT, **schemas()}
    examples = load_examples()
    for path in told["paths"].values():
        for method, operation in path.items():
            _tell_summary(operation)
            _tell_parameters(operation)
            if method == "get":
                _tell_tags(operation)
            _show_examples(operation, examples.get(operation["operationId"], {}))
    return told


def _tell_summary(operation: dict[str, Any]) -> None:
    """Take the first line of a function's docstring as the summary, and the rest as the description."""
    summary, _, description = operation.get("description", "").partition("\n")
    operation["summary"] = summary.rstrip(".")
    operation["description"] = description.strip() or summary


def _tell_parameters(operation: dict[str, Any]) -> None:
    """Say once what a parameter is, and not that it may be null, which nothing in an address is."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        for each in schema.pop("anyOf", ()):
            schema |= {} if each == {"type": "null"} else each
        for name in ("title", "description"):
            schema.pop(name, None)


def _tell_tags(operation: dict[str, Any]) -> None:
    """Say that an answer has a tag, and what it is for."""
    held = {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "The `ETag` of an answer that you have: 304 if it is still the same.",
        "schema": {"type": "string"},
    }
    operation.setdefault("parameters", []).append(held)
    operation["responses"]["200"]["headers"] = {"ETag": {"schema": {"type": "string"}}}
    operation["responses"]["304"] = {"description": "What you have is still the same."}


def _show_examples(operation: dict[str, Any], examples: dict[str, Any]) -> None:
    if "request" in examples:
        operation["requestBody"]["content"][JSON]["example"] = examples["request"]
    for status, response in operation["responses"].items():
        if status.startswith("2") and "answer" in examples:
            response["content"][JSON]["example"] = examples["answer"]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in examples.get("parameters", {}):
            parameter["example"] = examples["parameters"][parameter["name"]]


def load_examples() -> dict[str, Any]:
    """Return the examples by operation: parameters, request and answer, as an invented record gives them."""
    examples: dict[str, Any] = msgspec.json.decode(files("onrecord.web.api").joinpath("examples.json").read_bytes())
    return examples


# ---- types ---------------------------------------------------------------------------------------------------


def schemas() -> dict[str, Any]:
    """Return the JSON Schemas of all types by name, members described by the docstrings beneath them."""
    _, told = msgspec.json.schema_components(TYPES, ref_template="#/components/schemas/{name}")
    kinds = {_full_name(kind) if _full_name(kind) in told else kind.__name__: kind for kind in _reachable(TYPES)}
    found = {}
    for name, kind in kinds.items():
        found[name_of(kind)] = schema = told.pop(name)
        for member, note in _notes(kind).items():
            if member in schema["properties"]:
                schema["properties"][member].setdefault("description", note)
    # Where two classes have one name, msgspec names both in full.
    written = msgspec.json.encode(dict(sorted({**found, **told}.items()))).decode()
    for name, kind in kinds.items():
        written = written.replace(f'schemas/{name}"', f'schemas/{name_of(kind)}"')
    schemas: dict[str, Any] = msgspec.json.decode(written)
    return schemas


def _full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _reachable(kinds: Iterable[Any]) -> set[type]:
    """Return the classes that some types are made of."""
    found: set[type] = set()
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and kind not in found and (is_dataclass(kind) or issubclass(kind, msgspec.Struct)):
            found.add(kind)
            waiting += get_type_hints(kind, include_extras=True).values()
    return found


def _notes(kind: type) -> dict[str, str]:
    """Return the docstring beneath each field of a class, and of those that it is made from."""
    notes: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        notes |= _notes_in(each.__module__).get(each.__name__, {}) if each.__module__.startswith("onrecord") else {}
    return notes


@cache
def _notes_in(module: str) -> dict[str, dict[str, str]]:
    """Return the docstrings beneath fields of the classes of a module."""
    try:
        source = inspect.getsource(sys.modules[module])
    except OSError:  # a package without its sources
        return {}
    classes = (each for each in ast.parse(source).body if isinstance(each, ast.ClassDef))
    return {each.name: dict(_notes_of(each)) for each in classes}


def _notes_of(definition: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, note in pairwise(definition.body):
        match field, note:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                yield name, re.sub(r"\bNone\b", "null", " ".join(words.split()).replace("``", "`"))
