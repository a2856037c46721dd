"""JSON Feed 1.0 and 1.1 to what it lists."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import Any

from onrecord.encoding import clean
from onrecord.errors import DamagedSource
from onrecord.ingest.feedtext import BAD_LINK, Enclosed, absolute, enclose, plain
from onrecord.ingest.listings import Listed, Listing, Problem, beyond_limit
from onrecord.settings import Settings


def looks_like_object(raw: bytes) -> bool:
    """Tell whether bytes begin as a JSON object does."""
    return raw.removeprefix(BOM_UTF8).lstrip().startswith(b"{")


def read_json_feed(raw: bytes, *, url: str | None, settings: Settings) -> Listing:
    """Read a JSON Feed; fields of other types than they should have count as missing.

    Raises:
        DamagedSource: it is no JSON.
    """
    try:
        feed = json.loads(raw.removeprefix(BOM_UTF8).decode("utf-8", "replace"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise DamagedSource("is no JSON that can be read", advice="was it saved whole?") from error
    items = feed.get("items")
    items = items if isinstance(items, list) else []
    base = url or _told(feed, "home_page_url") or _told(feed, "feed_url")
    read = [_read_item(item, number, feed, base) for number, item in enumerate(items[: settings.max_listed_entries], 1)]
    problems = [each for each in read if isinstance(each, Problem)]
    problems += beyond_limit(len(items), settings)
    return Listing(
        kind="feed", entries=tuple(each for each in read if isinstance(each, Listed)), problems=tuple(problems)
    )


def _read_item(item: Any, number: int, feed: Mapping[str, Any], base: str | None) -> Listed | Problem:
    if not isinstance(item, Mapping):
        return Problem(number=number, what="the entry is no object")
    link = _told(item, "url") or _told(item, "external_url")
    url = absolute(link, base) or absolute(_told(item, "id"), None)
    texts = (
        Enclosed(content=_told(item, "content_html") or "", is_html=True),
        Enclosed(content=_told(item, "content_text") or "", is_html=False),
        Enclosed(content=_told(item, "summary") or "", is_html=False, is_summary=True),
    )
    entry = Listed(
        number=number,
        url=url,
        title=plain(_told(item, "title")),
        outlet=plain(_told(feed, "title")),
        authors=_authors(item) or _authors(feed),
        date=_told(item, "date_published") or _told(item, "date_modified"),
        language=_told(item, "language") or _told(feed, "language"),
        flaws=(BAD_LINK,) if link and url is None else (),
    )
    return enclose(entry, texts)


def _told(holder: Mapping[str, Any], name: str) -> str | None:
    value = holder.get(name)
    # An escape can hold half a character, which no encoding can write.
    return clean(value) if isinstance(value, str) and value.strip() else None


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    listed = holder.get("authors")
    people = listed if isinstance(listed, list) else [holder.get("author")]
    names = (plain(_told(person, "name")) for person in people if isinstance(person, Mapping))
    return tuple(dict.fromkeys(name for name in names if name))
