"""Sources read in this process: the parser of pages that users have runs in a child, where atheris sees nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Literal

from onrecord.document import Document
from onrecord.errors import OnrecordError
from onrecord.ingest.feeds import read_feed
from onrecord.ingest.listings import Listing
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.reports import SourceReader
from onrecord.ingest.sitemaps import read_sitemap
from onrecord.ingest.webpages import read_page
from onrecord.settings import DEFAULTS


class InProcess:
    """As :class:`onrecord.ingest.sandbox.PageParser`, without a child: what it raises is seen."""

    def parse(self, raw: bytes, *, origin: str, url: str | None, declared_charset: str | None) -> Document:
        """Read a page."""
        return read_page(raw, origin=origin, url=url, declared_charset=declared_charset, settings=DEFAULTS)

    def parse_listing(
        self,
        raw: bytes,
        *,
        kind: Literal["feed", "sitemap"],
        origin: str,  # noqa: ARG002 - the interface
        url: str | None,
        declared_charset: str | None,
    ) -> Listing:
        """Read a feed or a sitemap."""
        read = read_feed if kind == "feed" else read_sitemap
        return read(raw, url=url, declared_charset=declared_charset, settings=DEFAULTS)


READER = SourceReader(options=ReadOptions(force=True), parser=InProcess(), settings=DEFAULTS)


def documents(data: bytes, name: str) -> Iterator[Document]:
    """Yield the documents in a file of that name; each must be sound. Errors beside them are as good."""
    for found in READER.read_stream(io.BytesIO(data), name=name):
        if isinstance(found, OnrecordError):
            str(found)
            continue
        found.text.encode("utf-8")
        if not all(0 <= zone.start < zone.end <= len(found.text) for zone in found.zones):
            raise AssertionError("a zone outside the text")
        if not all(0 <= each.start <= each.end <= len(found.text) for each in found.anchors):
            raise AssertionError("an anchor outside the text")
        yield found
