"""The XML of feeds and sitemaps to a tree: no entities of its own, nothing fetched, mended where it is usually broken.

Runs in the parser's own process (:mod:`onrecord.ingest.sandbox`).
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from onrecord.errors import DamagedSource
from onrecord.ingest.charsets import decode
from onrecord.ingest.precheck import check_markup
from onrecord.settings import Settings

# 16 for each of 50,000 entries; the scan of a page's tags also bounds their attributes.
MOST_TAGS: Final = 1_000_000
# A character that stands for markup in XML would change what is markup, as a reference does not.
_NAMED: Final = {
    name: character
    for name, character in html.entities.html5.items()
    if name.endswith(";") and character not in "<>&\"'"
}
_XML_NAMED: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_APART: Final = re.compile(r"(<!\[CDATA\[(?:.*?\]\]>|.*+)|<!--(?:.*?-->|.*+)|<\?(?:.*?\?>|.*+))", re.DOTALL)
# Its own declarations stand between brackets: entities that grow, and files to read.
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]?+[^>]*+)?+>?+", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"&(#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});|[A-Za-z][A-Za-z0-9]{0,31};)?")
_NO_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Some servers put a warning before the feed, in HTML.
_ROOT: Final = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf|urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_ELEMENT: Final = re.compile(r"<[A-Za-z_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A document's root, and the text that it was read from, for what the parser passed over."""

    root: etree._Element
    markup: str
    """The mended text, without CDATA, comments and processing instructions."""


def read_xml(raw: bytes, *, declared_charset: str | None, settings: Settings) -> Tree:
    """Parse bytes as XML, as far as they go, from the root of a feed or a sitemap on.

    Characters that are HTML's by name (``&eacute;``) are put in, a lone ``&`` is one, what XML can't hold is U+FFFD.
    The document's own declarations are left out, so that ``&lol;`` is four letters between ``&`` and ``;``.

    Raises:
        SourceError: BinarySource or UndecodableSource for bytes that are no text, HostileSource for markup that would
            exhaust a parser, DamagedSource where there is no element.
    """
    text, _ = decode(raw, declared=declared_charset, html=True)
    check_markup(text, replace(settings, max_page_tags=MOST_TAGS))
    pieces = list(_mended(_NO_XML.sub("\ufffd", text)))
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    whole = "".join(piece for piece, _ in pieces)
    start = _ROOT.search(whole) or _ELEMENT.search(whole)
    try:
        root = etree.fromstring(whole[start.start() :].encode() if start else b"", parser)
    except etree.XMLSyntaxError as error:
        raise DamagedSource("is no XML that can be read", advice="was it saved whole?") from error
    if root is None:
        raise DamagedSource("is no XML that can be read", advice="was it saved whole?")
    return Tree(root=root, markup="".join(piece for piece, is_markup in pieces if is_markup))


def _mended(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces that a parser can read, and whether they are markup rather than CDATA."""
    for number, piece in enumerate(_APART.split(text)):
        if number % 2 == 0:
            yield _REFERENCE.sub(_reference, _DOCTYPE.sub("", piece)), True
        elif piece.startswith("<![CDATA["):
            yield piece, False


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name in _XML_NAMED:
        return match[0]
    if name.startswith("#"):
        return match[0] if _is_character(name) else "\ufffd"
    return _NAMED.get(name) or f"&amp;{name}"


def _is_character(reference: str) -> bool:
    digits = reference[1:-1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return number <= 0x10FFFF and not _NO_XML.match(chr(number))


def name_of(element: etree._Element) -> str:
    """Return an element's name without its namespace; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def inner_markup(element: etree._Element) -> str:
    """Return what stands in an element as markup: its text, and its children written as HTML."""
    children = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return f"{html.escape(element.text or '', quote=False)}{children}"
