"""What a feed or a sitemap lists: reports, enclosed or only by their address.

Read in the parser's own process (:mod:`onrecord.ingest.sandbox`); plain values, so that they cross to the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.settings import Settings

ListingKind = Literal["feed", "sitemap", "sitemap index"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry: what the list says of a report. Either ``html``, ``text`` or ``url`` is there."""

    number: int
    """Its place in the list, from 1."""
    url: str | None = None
    """An http(s) address; a sitemap, in a sitemap index."""
    html: str | None = None
    """The report's markup, if the feed encloses all of it."""
    text: str | None = None
    """The report's text, if the feed encloses all of it as plain text."""
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    """When it was published, as the list writes it."""
    language: str | None = None
    flaws: tuple[str, ...] = ()
    """For the document's warnings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What of a list can't be read; ``number`` names its entry, 0 the list as a whole."""

    number: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A feed or a sitemap as read."""

    kind: ListingKind
    entries: tuple[Listed, ...]
    problems: tuple[Problem, ...] = ()


def beyond_limit(found: int, settings: Settings) -> list[Problem]:
    """Return what is to be said of a list longer than ``settings.max_listed_entries``."""
    limit = settings.max_listed_entries
    what = f"has {found:,} entries, and the first {limit:,} are read (max_listed_entries)"
    return [Problem(number=0, what=what)] if found > limit else []
