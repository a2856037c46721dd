"""What a page says about its report: title, writers, outlet, address, date, language, section.

JSON-LD (schema.org NewsArticle and its kin) first, then the meta elements, for the date then htmldate.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import htmldate

from onrecord.encoding import clean
from onrecord.ingest.dates import to_iso
from onrecord.ingest.pagemarkup import BREAKS, xml_copy

# On 110 real pages the longest has 30,025 characters, the deepest 6 levels.
_MAX_JSON: Final = 1_000_000
_MAX_JSON_DEPTH: Final = 60
_MAX_VALUE: Final = 1_000  # characters of one value that are believed
_REPORT_TYPE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|LiveBlogPosting)$")
# To the end where one is not closed: each escaped quotation mark in it would begin another look at all that follows.
_STRINGS = re.compile(r'"(?:[^"\\]|\\.?)*+(?:"|\Z)', re.DOTALL)
_NOT_BRACKETS = re.compile(r"[^\[\]{}]+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?$")
_TITLE_PARTS = re.compile(r" (?:[|–—»·-]|::) ")
_BY = re.compile(r"^by[ :]\s*", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_NO_BREAKS: Final = dict.fromkeys(map(ord, BREAKS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its report; None where it says nothing."""

    title: str | None
    titles: tuple[str, ...]
    """All titles the page gives itself, to recognise the headline by."""
    authors: tuple[str, ...]
    outlet: str | None
    url: str | None
    published: str | None
    language: str | None
    section: str | None


def read_metadata(root: Any, *, url: str | None) -> Metadata:
    """Return what the page says about its report."""
    report = _find_report(root)
    metas = _metas(root)
    outlet = _first(metas.get("og:site_name"), *_names(report.get("publisher")), metas.get("application-name"))
    given = (_text(report.get("headline")), metas.get("og:title"), metas.get("twitter:title"), _title(root))
    titles = _kept(*(_without_outlet(title, outlet) for title in given if title))
    return Metadata(
        title=_first(*titles),
        titles=titles,
        authors=_names(report.get("author")) or _meta_authors(metas),
        outlet=outlet,
        url=_address(root, metas, report, url),
        published=_date(report.get("datePublished"), *(metas.get(name) for name in _DATE_METAS))
        or _guess_date(root, url),
        language=_language(root, metas, report),
        section=_first(*_names(report.get("articleSection")), metas.get("article:section"), metas.get("section")),
    )


_DATE_METAS: Final = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "dc.date.issued",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
)


def _find_report(root: Any) -> dict[str, Any]:
    """Return the first JSON-LD object that describes a report; empty if there is none."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for item in _objects(_load(script.text or "")):
                kinds = item.get("@type")
                if any(isinstance(kind, str) and _REPORT_TYPE.match(kind) for kind in _list(kinds)):
                    return item
    return {}


def _load(text: str) -> Any:
    """Parse JSON-LD of a believable size and depth; None for anything else."""
    text = text.strip().removeprefix("<!--").removesuffix("-->")
    if len(text) > _MAX_JSON or _json_depth(text) > _MAX_JSON_DEPTH:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _json_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in _NOT_BRACKETS.sub("", _STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for item in _list(value):
        if isinstance(item, dict):
            yield item
            yield from _objects(item.get("@graph"))
            yield from _objects(item.get("mainEntity"))
        elif isinstance(item, list):
            yield from _objects(item)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _metas(root: Any) -> dict[str, str]:
    """Return the meta elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = _text(meta.get("content"))
        if name and content:
            found.setdefault(name, content)
    return found


def _title(root: Any) -> str | None:
    element = next(root.iter("title"), None)
    return None if element is None else _text(element.text)


def _without_outlet(title: str, outlet: str | None) -> str | None:
    """Return the longest part of a title such as "Bridge closed | Local | Vel Echo" that is not the outlet."""
    parts = [part for part in _TITLE_PARTS.split(title) if part != outlet]
    return max(parts, key=len) if parts else None


def _text(value: Any) -> str | None:
    """Return a value as one line of text; None for what is empty, no text, or too long to be believed."""
    if not isinstance(value, str) or len(value) > 100 * _MAX_VALUE:
        return None
    # JSON can hold half a character, which no encoding can write: scripts cut headlines there.
    line = clean(_SPACES.sub(" ", value.translate(_NO_BREAKS))).strip()
    return line if 0 < len(line) <= _MAX_VALUE else None


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value), None)


def _kept(*values: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _names(value: Any) -> tuple[str, ...]:
    """Return the names in a JSON-LD value: a string, an object with a name, or a list of them."""
    names = [_text(item.get("name") if isinstance(item, dict) else item) for item in _list(value)[:50]]
    return _kept(*(_BY.sub("", name, count=1) for name in names if name and "//" not in name))


def _meta_authors(metas: dict[str, str]) -> tuple[str, ...]:
    named = _first(*(metas.get(name) for name in ("author", "article:author", "parsely-author", "byl", "dc.creator")))
    if named is None or "//" in named:
        return ()
    return _kept(*(_text(name) for name in re.split(r",|;| and | & ", _BY.sub("", named, count=1))))


def _address(root: Any, metas: dict[str, str], report: dict[str, Any], url: str | None) -> str | None:
    """Return the canonical address, http(s) only; the given one if the page names none."""
    links = (link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower())
    for named in (next(links, None), metas.get("og:url"), report.get("url")):
        address = _text(named)
        if address is None:
            continue
        try:
            joined = urljoin(url or "", address)
            parts = urlsplit(joined)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            return joined
    return url


def _date(*values: Any) -> str | None:
    """Return the first value that is a date; years before 1900 stand for "unknown" in some systems."""
    return next((date for date in map(to_iso, values) if date and date >= "1900"), None)


def _language(root: Any, metas: dict[str, str], report: dict[str, Any]) -> str | None:
    named = (root.get("lang"), report.get("inLanguage"), metas.get("content-language"), metas.get("og:locale"))
    for value in named:
        match = _LANGUAGE.match(value) if isinstance(value, str) else None
        if match:
            return match[1].lower()
    return None


def _guess_date(root: Any, url: str | None) -> str | None:
    """Ask htmldate, for what stands in time elements and the like; it is not let loose on the whole text."""
    tree = xml_copy(root)
    for script in list(tree.iter("script")):  # JSON-LD was read before, with limits
        script.drop_tree()
    try:
        return _date(htmldate.find_date(tree, url=url, original_date=True, extensive_search=False))
    except (ValueError, OverflowError):  # htmldate 1.11 stumbles over an offset of +99:99, and the page is lost with it
        return None
