"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and JSON Feed to what they list.

Runs in the parser's own process. Over lxml rather than feedparser (6.0.14), which takes 0.12 ms for the shortest entry
and so 12 s for 100,000, four times as long: what a feed says of a report is few fields, in dialects that stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from lxml import etree

from onrecord.ingest import jsonfeeds
from onrecord.ingest.feedtext import BAD_LINK, Enclosed, absolute, enclose, looks_like_markup, plain
from onrecord.ingest.listings import Listed, Listing, Problem, beyond_limit
from onrecord.ingest.xmlmarkup import inner_markup, name_of, read_xml
from onrecord.settings import Settings

# Prefixes by a part of the namespace, which feeds spell in several ways; the feed's own elements have none.
_NAMESPACES: Final = (
    ("purl.org/rss/1.0/modules/content", "content:"),
    ("purl.org/dc/", "dc:"),
    ("www.w3.org/1999/xhtml", "xhtml:"),
    ("search.yahoo.com/mrss", "media:"),
    ("www.itunes.com", "itunes:"),
    ("rssnamespace.org/feedburner", "feedburner:"),
    ("purl.org/rss/1.0/modules", "other:"),
    ("www.w3.org/2005/atom", ""),
    ("purl.org/atom", ""),
    ("purl.org/rss/1.0", ""),
    ("my.netscape.com", ""),
    ("backend.userland.com", ""),
)
_DATES: Final = (
    "pubDate", "published", "issued", "dc:date", "dc:created", "created", "updated", "modified", "dc:modified",
)  # fmt: skip
_HTML_TYPES: Final = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
_TEXT_TYPES: Final = frozenset({"text", "text/plain"})
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_ENTRY: Final = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)(?=[\s>/])")
_EMPTY_ENTRY: Final = re.compile(r"<[^<>]*/>")
_ENTRY_END: Final = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>")
# From the beginning of a word on, so that a long one is scanned once.
_MAIL: Final = re.compile(r"(?<![^\s@<>()])[^\s@<>()]++@[^\s@<>()]+")
_HOLDERS: Final = frozenset({"item", "entry"})

Fields: TypeAlias = "dict[str, list[etree._Element]]"  # noqa: SLF001 - lxml's name for its own type


def read_feed(raw: bytes, *, url: str | None, declared_charset: str | None, settings: Settings) -> Listing:
    """Read a feed of any dialect.

    Args:
        raw: its bytes.
        url: its address, from which relative links start; else the one that it names.
        declared_charset: the label that HTTP gave.
        settings: the limits; of more than ``max_listed_entries`` entries the rest is left out with a problem.

    Raises:
        SourceError: what :func:`onrecord.ingest.xmlmarkup.read_xml` raises, or DamagedSource for JSON that is none.
    """
    if jsonfeeds.looks_like_object(raw):
        return jsonfeeds.read_json_feed(raw, url=url, settings=settings)
    tree = read_xml(raw, declared_charset=declared_charset, settings=settings)
    feed = _feed_of(tree.root, url)
    elements = [element for element in tree.root.iter() if name_of(element) in _HOLDERS]
    problems = [*_losses(tree.markup, len(elements)), *beyond_limit(len(elements), settings)]
    if elements and _is_cut(tree.markup):
        elements.pop()
        problems.append(Problem(number=len(elements) + 1, what="the feed is cut short in this entry"))
    read = [_read_entry(each, number, feed) for number, each in enumerate(elements[: settings.max_listed_entries], 1)]
    problems += [each for each in read if isinstance(each, Problem)]
    return Listing(
        kind="feed", entries=tuple(each for each in read if isinstance(each, Listed)), problems=tuple(problems)
    )


def _losses(markup: str, found: int) -> Iterator[Problem]:
    """Say how much the parser did not come to: what it finds too broken, or too deep, it passes over."""
    written = len(_ENTRY.findall(markup))
    if written > found:
        yield Problem(number=0, what=f"is broken: {written - found:,} of its {written:,} entries can't be read")


def _is_cut(markup: str) -> bool:
    """Tell whether the last entry has no end."""
    last = max((match.start() for match in _ENTRY.finditer(markup)), default=0)
    return not _EMPTY_ENTRY.match(markup, last) and not _ENTRY_END.search(markup, last) if last else False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """What holds for all entries of a feed."""

    base: str | None
    outlet: str | None
    authors: tuple[str, ...]
    language: str | None


def _feed_of(root: etree._Element, url: str | None) -> _Feed:
    channel = next((child for child in root if name_of(child) == "channel"), root)
    fields = _fields(channel)
    return _Feed(
        base=url or _link(fields, None),
        outlet=_line(fields, "title") or _line(fields, "dc:publisher"),
        # The author of an Atom feed wrote its entries; the editor that RSS names did not.
        authors=_authors(fields) if channel is root else (),
        language=_line(fields, "language") or _line(fields, "dc:language") or root.get(f"{_XML}lang"),
    )


def _read_entry(element: etree._Element, number: int, feed: _Feed) -> Listed | Problem:
    fields = _fields(element)
    url = _link(fields, _base(element, feed))
    entry = Listed(
        number=number,
        url=url,
        title=_line(fields, "title") or _line(fields, "dc:title"),
        outlet=_source(fields) or feed.outlet,
        authors=_authors(fields) or feed.authors,
        date=next((line for name in _DATES if name in fields and (line := _line(fields, name))), None),
        language=_line(fields, "dc:language") or element.get(f"{_XML}lang") or feed.language,
        flaws=(BAD_LINK,) if url is None and "link" in fields else (),
    )
    return enclose(entry, _texts(fields))


def _fields(element: etree._Element) -> Fields:
    """Return an element's children by their name with a prefix of ours."""
    fields: Fields = {}
    for child in element:
        if isinstance(child.tag, str):
            fields.setdefault(_name(child.tag), []).append(child)
    return fields


def _name(tag: str) -> str:
    """Give a tag our prefix: ``content:encoded`` whatever the feed calls it."""
    if not tag.startswith("{"):
        return tag  # also a prefix that the feed does not declare
    namespace, _, name = tag[1:].lower().partition("}")
    prefix = next((prefix for part, prefix in _NAMESPACES if part in namespace), "other:")
    return f"{prefix}{tag.rpartition('}')[2] if name else ''}"


def _line(fields: Fields, name: str) -> str | None:
    """Return the first field of a name that says something, as one line of text."""
    # A loop, not a generator: most fields are missing, and each entry is asked for a dozen.
    for element in fields.get(name, ()):
        line = plain(_inner(element))
        if line:
            return line
    return None


def _inner(element: etree._Element) -> str:
    return inner_markup(element) if len(element) else element.text or ""


def _texts(fields: Fields) -> Iterator[Enclosed]:
    for name in ("content:encoded", "content", "xhtml:body", "xhtml:div", "description", "summary", "dc:description"):
        for element in fields.get(name, ()):
            enclosed = _enclosed(element, is_summary=name in {"description", "summary", "dc:description"})
            if enclosed is not None:
                yield enclosed


def _enclosed(element: etree._Element, *, is_summary: bool) -> Enclosed | None:
    """Return a field as a text; None if it holds a picture, or only says where its text is."""
    kind = (element.get("type") or "").strip().lower()
    if element.get("src") or (kind and kind not in _HTML_TYPES | _TEXT_TYPES):
        return None
    if len(element):
        return Enclosed(content=inner_markup(element), is_html=True, is_summary=is_summary)
    text = element.text or ""
    # Feeds call markup a text more often than they show a reader the tags.
    is_html = kind in _HTML_TYPES or element.get("mode") == "escaped" or looks_like_markup(text)
    return Enclosed(content=text, is_html=is_html, is_summary=is_summary)


def _base(element: etree._Element, feed: _Feed) -> str | None:
    named = next((base for each in (element, *element.iterancestors()) if (base := each.get(f"{_XML}base"))), None)
    return absolute(named, feed.base) or feed.base


def _link(fields: Fields, base: str | None) -> str | None:
    """Return where the report stands: the original behind a counting link, else the page, else a permanent id."""
    return next((url for link in _links(fields) if (url := absolute(link, base))), None)


def _links(fields: Fields) -> Iterator[str | None]:
    yield from (element.text for element in fields.get("feedburner:origLink", ()))
    links = fields.get("link", ())
    pages = [link for link in links if link.get("href") and link.get("rel", "alternate") == "alternate"]
    yield from (link.get("href") for link in sorted(pages, key=lambda link: "html" not in link.get("type", "html")))
    yield from (link.text for link in links if link.text)
    yield from (element.get("src") for element in fields.get("content", ()))
    yield from (guid.text for guid in fields.get("guid", ()) if _is_permanent(guid))
    yield from (element.text for element in fields.get("id", ()) if _is_permanent(element))


def _is_permanent(element: etree._Element) -> bool:
    """Tell whether an id is an address: a relative one is not, ids often are numbers."""
    text = (element.text or "").strip().lower()
    return element.get("isPermaLink", "true") != "false" and text.startswith(("http://", "https://"))


def _authors(fields: Fields) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in _writers(fields) if name))


def _writers(fields: Fields) -> Iterator[str | None]:
    for element in fields.get("author", ()):
        named = [child for child in element if name_of(child) == "name"]
        yield from (plain(_inner(child)) for child in named)
        if not named and not len(element):
            yield _without_mail(element.text or "")
    for name in ("dc:creator", "itunes:author"):
        if "author" not in fields or name == "dc:creator":
            yield from (_without_mail(plain(_inner(element)) or "") for element in fields.get(name, ()))


def _without_mail(text: str) -> str | None:
    """Return the name of ``ada@tarnmail.example (Ada Quill)``; what has no address in it stays as it is.

    >>> _without_mail("ada@tarnmail.example (Ada Quill)"), _without_mail("ada@tarnmail.example")
    ('Ada Quill', None)
    """
    bare, addresses = _MAIL.subn(" ", text)
    return plain(bare.strip(" ()<>,;") if addresses else text)


def _source(fields: Fields) -> str | None:
    """Return the outlet that an entry of a collecting feed comes from."""
    for element in fields.get("source", ()):
        titles = [child for child in element if name_of(child) == "title"]
        return plain(_inner(titles[0])) if titles else plain(element.text)
    return None
