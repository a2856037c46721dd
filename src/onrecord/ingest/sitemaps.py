"""Sitemaps, news sitemaps and indexes of sitemaps to the addresses that they list.

Runs in the parser's own process. The format is https://www.sitemaps.org/protocol.html.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from onrecord.ingest.feedtext import absolute, plain
from onrecord.ingest.listings import Listed, Listing, ListingKind, Problem, beyond_limit
from onrecord.ingest.xmlmarkup import name_of, read_xml
from onrecord.settings import Settings

_ENTRY: Final = re.compile(r"<(?:\w{1,20}:)?(?:url|sitemap)(?=[\s>/])")


def read_sitemap(raw: bytes, *, url: str | None, declared_charset: str | None, settings: Settings) -> Listing:
    """Read a sitemap; ``lastmod`` is not taken for a date of publication, a news sitemap's date is.

    Args:
        raw: its bytes.
        url: its own address.
        declared_charset: the label that HTTP gave.
        settings: the limits; of more than ``max_listed_entries`` addresses the rest is left out with a problem.

    Raises:
        SourceError: what :func:`onrecord.ingest.xmlmarkup.read_xml` raises.
    """
    tree = read_xml(raw, declared_charset=declared_charset, settings=settings)
    kind: ListingKind = "sitemap index" if name_of(tree.root) == "sitemapindex" else "sitemap"
    holder = "sitemap" if kind == "sitemap index" else "url"
    elements = [element for element in tree.root.iter() if name_of(element) == holder]
    problems = beyond_limit(len(elements), settings)
    written = len(_ENTRY.findall(tree.markup))
    if written > len(elements):
        lost = written - len(elements)
        problems.append(Problem(number=0, what=f"is broken: {lost:,} of its {written:,} addresses can't be read"))
    read = [_read_entry(each, number, url) for number, each in enumerate(elements[: settings.max_listed_entries], 1)]
    problems += [each for each in read if isinstance(each, Problem)]
    return Listing(
        kind=kind, entries=tuple(each for each in read if isinstance(each, Listed)), problems=tuple(problems)
    )


def _read_entry(element: etree._Element, number: int, base: str | None) -> Listed | Problem:
    # First come, first served: a picture's `loc` comes after the page's, and its `title` after the news'.
    said: dict[str, str] = {}
    for each in element.iter():
        if (name := name_of(each)) and (line := (each.text or "").strip()):
            said.setdefault(name, line)
    url = absolute(said.get("loc"), base)
    if url is None:
        return Problem(number=number, what="the entry has no http(s) address")
    news = any(name_of(child) == "news" for child in element)
    return Listed(
        number=number,
        url=url,
        title=plain(said.get("title")) if news else None,
        outlet=plain(said.get("name")) if news else None,
        date=said.get("publication_date"),
        language=said.get("language") if news else None,
    )
