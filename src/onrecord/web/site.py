"""What every page and every answer of one server shares: its record, its templates, what may be changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final, cast

from starlette.requests import Request

from onrecord.record import Record
from onrecord.record.damage import translated
from onrecord.settings import Settings
from onrecord.web.connections import Readers
from onrecord.web.remembered import Remembered
from onrecord.web.rendering import Pages

_LOG: Final = logging.getLogger("onrecord.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """That readers may change the record, and what they have to know for that."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One record on the web."""

    path: Path
    """The record's file."""
    readers: Readers
    pages: Pages
    edits: Edits | None
    """None where nothing may be changed."""
    settings: Settings
    adding: Lock = field(default_factory=Lock)
    """Is held while reports are added: one addition at a time."""
    remembered: Remembered = field(default_factory=Remembered)
    """What went through the whole record."""


def site_of(request: Request) -> Site:
    """Return what the server of a request shares."""
    return cast("Site", request.app.state.site)


@contextmanager
def reading(request: Request) -> Iterator[Record]:
    """Lend the record to a page, read-only and for a second; use it in the function that makes the page, not beyond.

    Raises:
        RecordError: it can't be read, or not in time.
    """
    with site_of(request).readers.record() as record:
        yield record


@contextmanager
def writing(path: Path) -> Iterator[Record]:
    """Open a record for changes; whoever looks at the server is told where they wait for another process.

    Raises:
        RecordError: it can't be opened, or another process is writing to it for longer than we wait.
    """
    # Across threads: a stream of events is sent from one after another.
    with Record.open(path, across_threads=True) as record, translated(path):
        record.tell_waiting(lambda: _LOG.warning("%s: another process is writing to it; a change waits", path))
        yield record
