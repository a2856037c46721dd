"""A page that kills its parser is tried twice, and then set aside like a report that kills its reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

from onrecord.adding.workers import TRIES
from onrecord.document import Document
from onrecord.errors import ParserFailure, SourceError
from onrecord.record.damage import translated
from onrecord.record.runs import Aside, find_aside, set_aside, take_back

if TYPE_CHECKING:
    from onrecord.ingest.listings import Listing
    from onrecord.ingest.parsing import Parser
    from onrecord.record import Record

Parsed = TypeVar("Parsed")


class PageSetAside(ParserFailure):
    """A page that its parser did not come through, twice."""

    def __init__(self, aside: Aside, when: Literal["now", "before"]) -> None:
        super().__init__(aside.cause, where=aside.origin, advice="try again with --retry")
        self.aside = aside
        self.when: Literal["now", "before"] = when


class PatientParser:
    """Parses pages with another parser; each failed try is in the record before the next one begins.

    Args:
        parser: what parses.
        record: what remembers.
        retry: try those again that were set aside in earlier runs.
        when: gives the time that is noted.
    """

    def __init__(self, parser: Parser, record: Record, *, retry: bool, when: Callable[[], str]) -> None:
        self._parser = parser
        self._record = record
        self._retry = retry
        self._when = when

    def parse(self, raw: bytes, *, origin: str, url: str | None, declared_charset: str | None) -> Document:
        """Read one page's bytes as a report.

        Raises:
            PageSetAside: its parser did not come through it, twice.
            SourceError: what the parser raises.
        """
        return self._try(
            raw, origin, lambda: self._parser.parse(raw, origin=origin, url=url, declared_charset=declared_charset)
        )

    def parse_listing(
        self,
        raw: bytes,
        *,
        kind: Literal["feed", "sitemap"],
        origin: str,
        url: str | None,
        declared_charset: str | None,
    ) -> Listing:
        """Read what a feed or a sitemap lists.

        Raises:
            PageSetAside: its parser did not come through it, twice.
            SourceError: what the parser raises.
        """
        return self._try(
            raw,
            origin,
            lambda: self._parser.parse_listing(
                raw, kind=kind, origin=origin, url=url, declared_charset=declared_charset
            ),
        )

    def _try(self, raw: bytes, origin: str, parse: Callable[[], Parsed]) -> Parsed:
        sha256 = hashlib.sha256(raw).hexdigest()
        with translated(self._record.path):
            known = find_aside(self._record.connection, sha256)
        if known is not None and known.is_final and not self._retry:
            raise PageSetAside(known, "before")
        before = tries = known.tries if known and not self._retry else 0
        while True:
            try:
                parsed = parse()
            except ParserFailure as error:
                tries += 1
                aside = Aside(raw_sha256=sha256, origin=origin, tries=tries, cause=error.what, is_final=tries >= TRIES)
                with translated(self._record.path):
                    set_aside(self._record.connection, aside, self._when())
                if aside.is_final:
                    raise PageSetAside(aside, "now") from error
            except SourceError:
                if known is not None or tries:
                    self._forget(sha256)
                raise
            else:
                # Of a report that is known its reader may have died: it is forgotten when that has come through it.
                if tries > before or (known is not None and not isinstance(parsed, Document)):
                    self._forget(sha256)
                return parsed

    def _forget(self, sha256: str) -> None:
        """Note that the parser came through a page."""
        with translated(self._record.path):
            take_back(self._record.connection, sha256)
