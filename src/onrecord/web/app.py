"""The web reader of one record: pages for people, REST for programs, on one server.

    from onrecord.web.app import create_app

    app = create_app(Path("news.db"))     # an ASGI application: uvicorn module:app

Pages are functions ``(request) -> response`` that take what they show from the record and hand it to a template. Every
answer goes through :class:`onrecord.web.headers.Guard`, every error through :mod:`onrecord.web.failing`, every look
into the record through :class:`onrecord.web.connections.Readers`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Route

from onrecord.errors import OnrecordError
from onrecord.settings import DEFAULTS, Settings
from onrecord.version import VERSION
from onrecord.web import (
    changes,
    correcting,
    framing,
    incoming,
    outlets,
    overview,
    people,
    quotation,
    regrouping,
    report,
    searching,
    stories,
    verifying,
)
from onrecord.web.additions import Additions
from onrecord.web.api import router
from onrecord.web.connections import Readers
from onrecord.web.failing import respond
from onrecord.web.headers import Guard
from onrecord.web.rendering import Pages
from onrecord.web.site import Edits, Site
from onrecord.web.static import load_static, static_route

__all__ = ["Edits", "create_app"]


def create_app(
    record: Path,
    *,
    edits: Edits | None = None,
    settings: Settings = DEFAULTS,
    hosts: Collection[str] = (),
    name: str | None = None,
) -> FastAPI:
    """Return the application that serves a record.

    Args:
        record: the file; opened when it is first read.
        edits: what readers have to know to change it; without, nothing can be changed.
        settings: limits.
        hosts: names under which it may be addressed; empty for any.
        name: how the record is called on its pages; its file's name if not given.
    """
    readers = Readers(record, settings)
    served = load_static()
    pages = Pages(name or record.name, {each: file.tag for each, file in served.items()})
    site = Site(path=record, readers=readers, pages=pages, edits=edits, settings=settings)
    additions = Additions(record, settings, site.adding)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        # More threads than connections only keep the interpreter from one another.
        to_thread.current_default_thread_limiter().total_tokens = settings.web_connections
        yield
        additions.close()
        readers.close()

    app = FastAPI(
        title="onrecord",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # onrecord.web.api has its own
        # A redirect would repeat whatever name and path a request gives.
        redirect_slashes=False,
        lifespan=life,
    )
    app.state.site = site
    app.state.additions = additions
    app.router.routes.extend([*_pages(), static_route(served)])
    app.include_router(router)
    for kind in (OnrecordError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, respond)
    app.add_middleware(Guard, failing=respond, body_bytes=settings.web_body_bytes, hosts=hosts)
    return app


def _pages() -> list[Route]:
    """Return the pages; a module each."""
    to_read = (overview, searching, report, people, outlets, quotation, verifying, stories, framing)
    to_change = (correcting, regrouping, changes, incoming)
    return [route for page in (*to_read, *to_change) for route in page.routes]
