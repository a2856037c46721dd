"""What a feed or a sitemap says of a report, and the report itself, to one document."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import msgspec

from onrecord.document import Document
from onrecord.ingest.dates import to_iso_from_odd
from onrecord.ingest.listings import Listed
from onrecord.ingest.plaintext import read_text

if TYPE_CHECKING:
    from onrecord.ingest.parsing import Parser


def read_enclosed(entry: Listed, *, origin: str, parser: Parser) -> Document:
    """Read the report that a feed encloses; its title is the headline, what the feed says outranks what is found.

    Raises:
        SourceError: what the parser raises.
    """
    found = _read_content(entry, origin, parser)
    published, warnings = _published(entry)
    return replace(
        found,
        title=entry.title or found.title,
        outlet=entry.outlet or found.outlet,
        url=entry.url,
        authors=entry.authors or found.authors,
        published=published or found.published,
        published_from="metadata" if published else found.published_from,
        language=entry.language or found.language,
        warnings=(*found.warnings, *entry.flaws, *warnings),
        # They would lead into the page that was put around the entry here.
        anchors=(),
        provenance=replace(found.provenance, sha256=_hash(entry), method="feed", charset="utf-8"),
    )


def complete(found: Document, entry: Listed) -> Document:
    """Give a fetched page what it does not say itself and its list does."""
    published, warnings = (None, ()) if found.published else _published(entry)
    return replace(
        found,
        title=found.title or entry.title,
        outlet=found.outlet or entry.outlet,
        authors=found.authors or entry.authors,
        published=found.published or published,
        published_from="metadata" if published else found.published_from,
        warnings=(*found.warnings, *warnings),
    )


def _read_content(entry: Listed, origin: str, parser: Parser) -> Document:
    if entry.html is not None:
        return parser.parse(_page(entry).encode(), origin=origin, url=entry.url, declared_charset="utf-8")
    text = entry.text or ""
    if entry.title and entry.title not in text[: len(entry.title) + 200]:
        text = f"{entry.title}\n\n{text}"
    return read_text(text, origin=origin, sha256="", charset="utf-8", url=entry.url)


def _page(entry: Listed) -> str:
    """Put a page around an entry's markup, so that its headline is one; most begin without it, some with."""
    content, title = entry.html or "", escape(entry.title or "")
    headline = f"<h1>{title}</h1>" if title and "<h1" not in content[:1_000].lower() else ""
    head = f"<title>{title}</title>"
    return f"<!doctype html><html><head>{head}</head><body><article>{headline}{content}</article></body></html>"


def _published(entry: Listed) -> tuple[str | None, tuple[str, ...]]:
    if entry.date is None:
        return None, ()
    iso = to_iso_from_odd(entry.date)
    unread = f"the date {entry.date[:60]!r} can be read in several ways or in none"
    return iso, () if iso else (unread,)


def _hash(entry: Listed) -> str:
    """Return the SHA-256 of what the feed says of a report: the same wherever in the feed it stands."""
    return hashlib.sha256(msgspec.json.encode(replace(entry, number=0))).hexdigest()
