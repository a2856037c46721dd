"""A document: the text of one report, never changed again, and where it came from.

Offsets are Unicode code points of :attr:`Document.text` and spans are half-open, so
``document.text[span.start:span.end]`` is always what is shown (the unit of the W3C Web
Annotation TextPositionSelector).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple, get_args

from onrecord.encoding import clean
from onrecord.errors import BadSetting

ZoneKind = Literal[
    "section",
    "headline",
    "standfirst",
    "byline",
    "dateline",
    "caption",
    "credit",
    "subheading",
    "pullquote",
    "blockquote",
    "body",
    "furniture",
]

ZONE_KINDS: Final[tuple[ZoneKind, ...]] = get_args(ZoneKind)
PublishedFrom = Literal["metadata", "address", "text", "dateline", "given"]
"""Where a publication date comes from: fields of the source, the address, a line that states it, the dateline, or the
user."""


class Span(NamedTuple):
    """A half-open run ``[start, end)`` of code points of a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that this span names."""
        return text[self.start : self.end]

    @property
    def size(self) -> int:
        """The number of code points in the span."""
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def trimmed(self, text: str) -> Span:
        """Return the span without the white space at its ends; an empty one where there is nothing else.

        >>> Span(3, 8).trimmed("No, no. ")
        Span(start=4, end=7)
        """
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip())
        return Span(start, max(start, self.start + len(words.rstrip())))


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the union of spans as disjoint spans, by start; spans that touch are joined.

    >>> merge_spans([Span(5, 7), Span(0, 2), Span(2, 4)])
    [Span(start=0, end=4), Span(start=5, end=7)]
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A run of the text with one role in the report: headline, caption, body ..."""

    kind: ZoneKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The zone's run as a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A run of the text that stands, in the same order, in one text node of a page.

    ``path`` is an XPath to the element; ``node`` says which of its text nodes (0 is the
    text before the first child, n the tail of the n-th child); ``offset`` counts code points
    in that node as an HTML parser gives it. The run has the same length on both sides,
    save that one white space character of the text may stand for several of the page:
    then a new anchor begins after it.
    """

    start: int
    end: int
    path: str
    node: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a piece of a span stands in the page that the document was read from."""

    span: Span
    path: str
    node: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the bytes came from and how the text was made from them."""

    origin: str
    """The file name, address, or ``-`` for standard input, with ``:LINE`` for JSON Lines, ``:NUMBER`` for an
    entry of a feed, ``:OFFSET`` for a record of a web archive."""
    sha256: str
    """SHA-256 of the raw bytes, lower-case hexadecimal."""
    method: str
    """How the text was got: ``plaintext``, ``markdown``, ``webpage``, ``jsonlines``, ``feed`` or ``given``."""
    charset: str | None = None
    """The character encoding that the bytes were decoded with, if there were bytes."""

    def __post_init__(self) -> None:
        """Make the origin writable: a file's name that is no UTF-8 has lone surrogates, which no output can hold."""
        object.__setattr__(self, "origin", clean(self.origin))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    r"""One report as read: text, zones, metadata and provenance.

    >>> document = Document.from_text("Mayor resigns\n\nShe said no.")
    >>> document.zones[0].span.of(document.text)
    'Mayor resigns\n\nShe said no.'
    """

    id: str
    """First 16 hexadecimal digits of the SHA-256 of address and text: the same report, the same id."""
    text: str
    zones: tuple[Zone, ...]
    provenance: Provenance
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601 date (or date and time) of publication; None when unknown."""
    published_from: PublishedFrom | None = None
    language: str | None = None
    """BCP 47 primary tag, such as ``en``; None when it could not be told."""
    section: str | None = None
    warnings: tuple[str, ...] = ()
    """What the reader of this document should know: limits that cut it, odd encodings."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Fields of the input that onrecord does not know, carried through unchanged."""
    anchors: tuple[Anchor, ...] = ()
    """Where the text stands in its page, by rising ``start``; empty if it came from no page."""

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        zones: Iterable[Zone] | None = None,
        url: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        authors: str | Iterable[str] | None = (),
        published: str | date | None = None,
    ) -> Document:
        """Make a document from a string, one body zone unless ``zones`` are given, and from what is known of it.

        What tables have where nothing is known, NaN and NaT, counts as None.

        Args:
            text: the report, read as it is.
            zones: its parts, by start, none over another.
            url: its address, which with the text makes its id.
            title: its headline; read only where it stands in the text too.
            outlet: who published it.
            authors: who wrote it.
            published: the day or moment of it, see :func:`written_date`; days such as "Monday" are reckoned from it.

        Raises:
            BadSetting: ``published`` is no date, something else no string, or the zones are not of this text.
        """
        if not isinstance(text, str):
            raise BadSetting(f"give a string, not {type(text).__name__}", where="text")
        day = written_date(published, where="published")
        url = _known("url", url)
        whole = (Zone(kind="body", start=0, end=len(text)),) if text else ()
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(
            id=document_id(text, url),
            text=text,
            zones=whole if zones is None else _zones(zones, len(text)),
            provenance=Provenance(origin="given", sha256=digest, method="given"),
            title=_known("title", title),
            outlet=_known("outlet", outlet),
            url=url,
            authors=tuple(_authors(authors)),
            published=None if day is None else _iso(day),
            published_from=None if day is None else "given",
        )

    def zone_at(self, offset: int) -> ZoneKind:
        """Return the kind of the zone that holds ``offset``; text in no zone counts as body."""
        index = bisect_right(self.zones, offset, key=lambda zone: zone.start) - 1
        if index >= 0 and offset < self.zones[index].end:
            return self.zones[index].kind
        return "body"

    def locate(self, span: Span) -> tuple[Place, ...] | None:
        """Tell where in its page ``span`` stands, piece by piece; None for "cannot".

        White space that the page does not have (between two blocks) has no place and is
        passed over; any other character without a place makes the whole answer None.
        """
        places = tuple(self._places(span))
        covered = sum(place.span.end - place.span.start for place in places)
        wanted = sum(1 for character in span.of(self.text) if not character.isspace())
        unspaced = covered - sum(1 for place in places for character in place.span.of(self.text) if character.isspace())
        return places if places and unspaced == wanted else None

    def _places(self, span: Span) -> Iterator[Place]:
        first = max(0, bisect_right(self.anchors, span.start, key=lambda anchor: anchor.start) - 1)
        for at in range(first, len(self.anchors)):
            anchor = self.anchors[at]
            if anchor.start >= span.end:
                return
            start, end = max(anchor.start, span.start), min(anchor.end, span.end)
            if start < end:
                offset = anchor.offset + start - anchor.start
                yield Place(span=Span(start, end), path=anchor.path, node=anchor.node, offset=offset)


def document_id(text: str, url: str | None) -> str:
    """Return the document id of a text read from an address: 16 hexadecimal digits."""
    digest = hashlib.sha256()
    digest.update((url or "").encode("utf-8", "surrogatepass"))
    digest.update(b"\0")
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def written_date(given: str | date | None, *, where: str) -> str | None:
    """Return a date that a program gives in whatever type as words: a string as it is, others as ISO 8601.

    Takes strings, dates, datetimes, pandas' Timestamps and numpy's datetime64; what tables have where nothing is known,
    NaN and NaT, is None. A moment of midnight without a time zone is its day: columns of pandas and numpy have days as
    such moments. Whoever means midnight gives a time zone or a string.

    >>> written_date(datetime(2024, 5, 2), where="date"), written_date(datetime(2024, 5, 2, 7, 30), where="date")
    ('2024-05-02', '2024-05-02T07:30:00')

    Args:
        given: the date.
        where: the option's name, for the message.

    Raises:
        BadSetting: it is of another type.
    """
    if isinstance(given, str) or given is None:
        return given
    is_numpy = type(given).__name__ == "datetime64"  # by its name: who has none of these need not load numpy
    if isinstance(given, float | date) or is_numpy:
        if given != given:  # noqa: PLR0124 - NaN and NaT alone are not equal to themselves
            return None
        if is_numpy:
            return _MIDNIGHT.sub("", str(given))
        if isinstance(given, date):
            return _MIDNIGHT.sub("", given.isoformat())
    raise BadSetting(f"give a date or a string, not {type(given).__name__}", where=where)


_MIDNIGHT: Final = re.compile(r"(?<=\d{4}-\d\d-\d\d)T00(?::?00)*(?:\.0+)?\Z")


def _known(name: str, given: str | None) -> str | None:
    """Return what is known; None for NaN and NaT, which alone are not equal to themselves."""
    if given is None or (isinstance(given, float | date) and given != given):  # noqa: PLR0124 - that is how to tell
        return None
    if not isinstance(given, str):
        raise BadSetting(f"give a string, not {type(given).__name__}", where=name)
    return given


def _zones(given: Iterable[Zone], size: int) -> tuple[Zone, ...]:
    """Return zones that were made by hand, once it is known that a text of ``size`` has them."""
    zones = tuple(given)
    end = 0
    for zone in zones:
        if not isinstance(zone, Zone):
            raise BadSetting(f"give Zone objects, not {type(zone).__name__}", where="zones")
        where = f"zones: {zone.kind} {zone.start}-{zone.end}"
        if zone.kind not in ZONE_KINDS:
            raise BadSetting("no kind of zone", where=where, advice=f"one of {', '.join(ZONE_KINDS)}")
        if not end <= zone.start <= zone.end <= size:
            said = f"does not lie behind the zone before it and within the text of {size} characters"
            raise BadSetting(said, where=where, advice="give zones by their start, none over another")
        end = zone.end
    return zones


def _authors(given: str | Iterable[str] | None) -> Iterator[str]:
    several = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    return (name for each in several if (name := _known("authors", each)) is not None)


def _iso(told: str) -> str:
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(told).isoformat()
    except ValueError:
        raise BadSetting(f"{told[:40]!r} is no date", where="published", advice="write it as 2024-05-02") from None
