"""Answers: JSON of our types, lists a page at a time, and what has not changed told by its tag alone."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator
from hashlib import blake2b
from typing import Any, Final

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from onrecord.compare.alignment import Change
from onrecord.encoding import encode
from onrecord.errors import BadQuery
from onrecord.web.site import site_of

JSON: Final = "application/json"
EVENTS: Final = "text/event-stream"


def answer(value: Any, *, status: int = 200) -> Response:
    """Return a value of our types as JSON."""
    return Response(encode(value), status_code=status, media_type=JSON)


def answer_list(items: Iterable[Any], following: str | None = None, *, status: int = 200, **more: Any) -> Response:
    """Return a list, with the cursor of what follows; ``more`` are further members."""
    return answer({"items": list(items), "next": following, **more}, status=status)


# ---- routes --------------------------------------------------------------------------------------------------


class Route(APIRoute):
    """A route that refuses parameters it does not know, and tells what has not changed by its tag alone."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the function that answers a request."""
        respond = super().get_route_handler()
        known = frozenset(_parameters(self.dependant))

        async def answer_request(request: Request) -> Response:
            if unknown := sorted(set(request.query_params) - known):
                advice = f"there are {', '.join(sorted(known))}" if known else "there are none here"
                raise BadQuery("no such parameter", where=unknown[0][:100], advice=advice)
            if request.method != "GET":
                return await respond(request)
            tag = _tag(request)
            if _is_held(tag, request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers={"ETag": tag})
            response = await respond(request)
            response.headers["ETag"] = tag
            return response

        return answer_request


def _parameters(dependant: Dependant) -> Iterator[str]:
    """Yield the names of the parameters that a route's function takes from the query."""
    yield from (field.alias for field in dependant.query_params)
    for each in dependant.dependencies:
        yield from _parameters(each)


def _tag(request: Request) -> str:
    """Return a tag of the address and of the state that the record is in: the same answer, or another tag."""
    told = f"{site_of(request).readers.state()} {request.url.path}?{request.url.query}"
    return f'"{blake2b(told.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()}"'


def _is_held(tag: str, given: str) -> bool:
    """Tell whether a tag is among those that a client has.

    >>> _is_held('"a"', 'W/"a", "b"'), _is_held('"a"', "*")
    (True, False)
    """
    return tag in {each.strip().removeprefix("W/") for each in given.split(",")}


def new_router(group: str) -> APIRouter:
    """Return a router for some routes; ``group`` is their heading in ``openapi.json``."""
    return APIRouter(route_class=Route, tags=[group], generate_unique_id_function=lambda route: route.name)


def answers_with(
    kind: Any,
    told: str,
    *,
    status: int = 200,
    more: type | None = None,
    otherwise: str | None = None,
    events: str | None = None,
) -> dict[str, Any]:
    """Return what a route's decorator takes to say what it answers with: a type of ours, or ``[type]`` for a list.

    Args:
        kind: of :data:`onrecord.web.api.shapes.TYPES`.
        told: what it is, in a few words.
        status: of the answer.
        more: a type with further members of a list.
        otherwise: the name of a schema that some answers have instead.
        events: what a stream of events tells, where one is asked for.
    """
    schema: dict[str, Any] = {"$ref": reference(kind[0] if isinstance(kind, list) else kind)}
    if isinstance(kind, list):
        schema = list_schema(schema)
        if more is not None:
            schema = {"allOf": [schema, {"$ref": reference(more)}]}
    if otherwise is not None:
        schema = {"anyOf": [schema, {"$ref": f"#/components/schemas/{otherwise}"}]}
    success: dict[str, Any] = {"description": told, "content": {JSON: {"schema": schema}}}
    if events is not None:
        success["content"][EVENTS] = {"schema": {"type": "string", "description": events}}
    return {"status_code": status, "response_class": Response, "responses": {status: success, "default": FAILURE}}


def list_schema(items: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list as answers have it."""
    following = {
        "type": ["string", "null"],
        "description": "Where the next page begins: give it as `cursor`; null where nothing follows.",
    }
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {"items": {"type": "array", "items": items}, "next": following},
    }


def reference(kind: type) -> str:
    """Return where ``openapi.json`` has the schema of a type."""
    return f"#/components/schemas/{name_of(kind)}"


def name_of(kind: type) -> str:
    """Return how ``openapi.json`` calls a type."""
    return "Difference" if kind is Change else kind.__name__


FAILURE: Final[dict[str, Any]] = {
    "description": "It can't be done; the message says why, and the advice what to do.",
    "content": {JSON: {"schema": {"$ref": "#/components/schemas/Error"}}},
}
