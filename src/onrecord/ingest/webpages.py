"""A web page to a Document: text, zones, metadata, and where each character stands in the page.

Runs in the parser's own process (:mod:`onrecord.ingest.sandbox`): pages are untrusted and parsers die of some.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from onrecord.document import Anchor, Document, Provenance, Zone, ZoneKind, document_id
from onrecord.errors import NoArticle, SourceError
from onrecord.ingest.charsets import decode
from onrecord.ingest.languages import identify
from onrecord.ingest.pagearticle import find_flow
from onrecord.ingest.pagemarkup import Markup, read_markup
from onrecord.ingest.pagemetadata import Metadata, read_metadata
from onrecord.ingest.pageroles import Part, name_parts
from onrecord.ingest.plaintext import writers_in
from onrecord.ingest.precheck import check_markup
from onrecord.layout.linepatterns import BYLINE, CREDIT, DATELINE
from onrecord.settings import Settings

_BETWEEN = "\n\n"
_FEWEST_WORDS = 12  # of running text: below that a page is a list of links, a film or a wall
_GOES_ON: frozenset[ZoneKind] = frozenset(("body", "furniture", "standfirst"))
_NO_ARTICLE = "no article was found in the page"


def read_page(
    raw: bytes, *, origin: str, url: str | None, declared_charset: str | None, settings: Settings
) -> Document:
    """Read one page's bytes as a report.

    1. decode, 2. check, 3. parse to blocks, 4. metadata, 5. find the report's blocks,
    6. name them, 7. put the text together.

    Raises:
        SourceError: BinarySource or UndecodableSource for bytes that are no page, HostileSource for
            a page that would exhaust a parser, NoArticle where there is no report in it.
    """
    try:
        page, charset = decode(raw, declared=declared_charset, html=True)
        check_markup(page, settings)
        markup = read_markup(page, settings)
        metadata = read_metadata(markup.root, url=url)
        parts = find_parts(markup, metadata)
        return _document(parts, markup, metadata, _provenance(raw, origin, charset))
    except SourceError as error:
        error.where = error.where or origin
        raise


def find_parts(markup: Markup, metadata: Metadata) -> list[Part]:
    """Return the report's blocks with their roles.

    Raises:
        NoArticle: the page has no running text.
    """
    flow = find_flow(markup)
    parts = name_parts(markup.blocks, flow, metadata.titles) if flow else []
    words = sum(len(part.block.text.split()) for part in parts if part.kind in ("body", "blockquote"))
    if words < _FEWEST_WORDS:
        raise NoArticle(_NO_ARTICLE, advice="if it has one, save its text and read that")
    return parts


def _provenance(raw: bytes, origin: str, charset: str) -> Provenance:
    return Provenance(origin=origin, sha256=hashlib.sha256(raw).hexdigest(), method="webpage", charset=charset)


def _document(parts: Sequence[Part], markup: Markup, metadata: Metadata, provenance: Provenance) -> Document:
    text = _BETWEEN.join(part.block.text for part in parts)
    return Document(
        id=document_id(text, metadata.url),
        text=text,
        zones=tuple(_merged(_zones(parts))),
        provenance=provenance,
        title=parts[0].block.text if parts[0].kind == "headline" else metadata.title,
        authors=metadata.authors or _signed(parts),
        outlet=metadata.outlet,
        url=metadata.url,
        published=metadata.published,
        published_from="metadata" if metadata.published else None,
        language=identify(text) or metadata.language,
        section=metadata.section,
        warnings=markup.warnings,
        anchors=tuple(_anchors(parts)),
    )


def _signed(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the writers whom the bylines name, for a page that names none in its head."""
    found = (BYLINE.match(part.block.text[:200]) for part in parts if part.kind == "byline")
    names = (match["by"] or match["piped"] or match["titled"] for match in found if match)
    return tuple(dict.fromkeys(name for line in names for name in writers_in(line) if name))


def _zones(parts: Sequence[Part]) -> Iterator[Zone]:
    """Yield the zones block by block: captions apart from their credits, the dateline apart from its story."""
    start, in_body = 0, False
    for part in parts:
        end = start + len(part.block.text)
        if part.kind == "caption":
            yield from _caption(part.block.text, start)
        elif part.kind == "body" and not in_body:
            in_body = True
            yield from _opening(part.block.text, start)
        else:
            yield Zone(kind=part.kind, start=start, end=end)
        start = end + len(_BETWEEN)


def _caption(text: str, start: int) -> Iterator[Zone]:
    # 1,000: the pattern is made for lines; the longest caption of 2,280 looked through had 610 characters.
    credit = CREDIT.search(text) if len(text) <= 1_000 else None
    if credit is None:
        yield Zone(kind="caption", start=start, end=start + len(text))
        return
    begin, end = credit.span()
    yield from _split(text, start, (("caption", 0, begin), ("credit", begin, end), ("caption", end, len(text))))


def _opening(text: str, start: int) -> Iterator[Zone]:
    dateline = DATELINE.match(text[:200])
    end = dateline.end() if dateline else 0
    yield from _split(text, start, (("dateline", 0, end), ("body", end, len(text))))


def _split(text: str, start: int, runs: Sequence[tuple[ZoneKind, int, int]]) -> Iterator[Zone]:
    for kind, begin, end in runs:
        words = text[begin:end]
        if words.strip():
            first = begin + len(words) - len(words.lstrip())
            yield Zone(kind=kind, start=start + first, end=start + begin + len(words.rstrip()))


def _merged(zones: Iterator[Zone]) -> Iterator[Zone]:
    """Join neighbouring zones of running text, as the zones of a plain text are."""
    last: Zone | None = None
    for zone in zones:
        if last and zone.kind == last.kind and zone.kind in _GOES_ON:
            last = Zone(kind=zone.kind, start=last.start, end=zone.end)
            continue
        if last:
            yield last
        last = zone
    if last:
        yield last


def _anchors(parts: Sequence[Part]) -> Iterator[Anchor]:
    start = 0
    for part in parts:
        for piece in part.block.pieces:
            yield Anchor(
                start=start + piece.start,
                end=start + piece.end,
                path=piece.path,
                node=piece.node,
                offset=piece.offset,
            )
        start += len(part.block.text) + len(_BETWEEN)
