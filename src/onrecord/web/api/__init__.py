"""REST: JSON over one record, under ``/api/v1``; ``openapi.json`` there says all that a program wants to know.

Each function here turns a request into a call of the record or of what compares, and what that gives into JSON. One
shape for lists (``{"items": [...], "next": "..."}``), one for errors (:mod:`onrecord.web.failing`).
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from onrecord.web.api import changes, comparing, describing, finding, incoming, people, reports, statements, stories

__all__ = ["PREFIX", "router"]

PREFIX: Final = "/api/v1"

router = APIRouter(prefix=PREFIX, lifespan=incoming.life)
for part in (reports, statements, finding, comparing, people, stories, incoming, changes, describing):
    router.include_router(part.router)
