"""What the readers of sources ask of a parser: pages to documents, feeds and sitemaps to what they list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from onrecord.document import Document
    from onrecord.ingest.listings import Listing


class Parser(Protocol):
    """Reads pages, feeds and sitemaps: :class:`onrecord.ingest.sandbox.PageParser`, or one that stands before it."""

    def parse(self, raw: bytes, *, origin: str, url: str | None, declared_charset: str | None) -> Document:
        """Return the page's document or raise a SourceError."""

    def parse_listing(
        self,
        raw: bytes,
        *,
        kind: Literal["feed", "sitemap"],
        origin: str,
        url: str | None,
        declared_charset: str | None,
    ) -> Listing:
        """Return what a feed or a sitemap lists or raise a SourceError."""
