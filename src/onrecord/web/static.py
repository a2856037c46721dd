"""The style sheets and the icon, read once at start.

A request names one of them or none: no path is ever joined or opened, so that none can lead out of the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.web.ties import sheets

_TYPES: Final = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """One file as it is sent."""

    body: bytes
    type: str
    tag: str
    """Of its bytes: a part of its address."""


def load_static() -> dict[str, StaticFile]:
    """Return the files of ``static/``, and the sheets of :mod:`onrecord.web.ties`, by their names."""
    found = {}
    for file in files("onrecord.web").joinpath("static").iterdir():
        kind = _TYPES.get(file.name.rpartition(".")[2])
        if kind is not None and file.is_file():
            body = file.read_bytes()
            found[file.name] = _file(body, kind)
    return found | {name: _file(body, _TYPES["css"]) for name, body in sheets().items()}


def _file(body: bytes, kind: str) -> StaticFile:
    return StaticFile(body=body, type=kind, tag=sha256(body).hexdigest()[:12])


def static_route(served: dict[str, StaticFile]) -> Route:
    """Return the route that sends the files."""

    async def send(request: Request) -> Response:
        file = served.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        cache = _FOR_EVER if request.query_params.get("v") == file.tag else "no-cache"
        return Response(file.body, media_type=file.type, headers={"Cache-Control": cache, "ETag": f'"{file.tag}"'})

    return Route("/static/{name}", send, name="static")
