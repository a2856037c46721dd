"""Where a list goes on: an opaque word, ``next`` of one page and ``cursor`` of the request for the one after."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from onrecord.errors import BadQuery
from onrecord.record.paging import Page

Row = Annotated[int, Meta(ge=0, le=2**62)]
"""A number of the record's own."""
Place = TypeVar("Place")


def show_cursor(kind: str, place: object) -> str:
    """Return the word for a place in a list of some kind.

    >>> read_cursor("people", show_cursor("people", 17), int)
    17
    """
    return base64.urlsafe_b64encode(msgspec.json.encode([kind, place])).decode().rstrip("=")


def cursor_behind(kind: str, page: Page[Any]) -> str | None:
    """Return the word for where a page ends; None where nothing follows."""
    return None if page.end is None else show_cursor(kind, page.end)


def read_cursor(kind: str, words: str, shape: type[Place]) -> Place:
    """Return the place that :func:`show_cursor` gave a word.

    Raises:
        BadQuery: it is no place in a list of this kind.
    """
    try:
        told = base64.urlsafe_b64decode(words.encode("ascii") + b"=" * (-len(words) % 4))
        found, given = msgspec.json.decode(told, type=tuple[str, Any])
        place = msgspec.convert(given, shape)
    except (UnicodeError, binascii.Error, msgspec.MsgspecError) as error:
        raise _no_place() from error
    if found != kind:
        raise _no_place()
    return place


def _no_place() -> BadQuery:
    return BadQuery("no place in this list", where="cursor", advice="give the `next` of the page before, unchanged")
