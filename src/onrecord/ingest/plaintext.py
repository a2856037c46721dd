"""Plain text, as people paste it and scrapers save it, to a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from onrecord.document import Document, Provenance, Zone, document_id
from onrecord.errors import EmptySource
from onrecord.ingest.dates import to_iso
from onrecord.layout.linepatterns import BYLINE, DATED, MONTH
from onrecord.layout.zones import find_zones

# "Ana Ruiz, Daily Example": what follows a name after a comma may be her paper or her post.
_NO_PERSON: Final = re.compile(
    r"\b(?:News|Times|Post|Press|Today|USA ?T(?:oday|ODAY)|Tribune|Herald|Gazette|Journal|Enquirer|Echo|Daily|Weekly"
    r"|Register|Courier|\w+\.(?:com|org|net)|Magazine|Network|Agency|CNN|BBC|Reuters|AP|AFP|TASS|Bureau|Desk|Chief"
    r"|(?i:staff|writers?|reporters?|correspondents?|editors?|contributors?|producers?|columnists?))\b"
)
_POST: Final = re.compile(
    r"(?i:writer|reporter|correspondent|editor|contributor|producer|columnist|chief|bureau|read|photo)"
)
_BETWEEN_NAMES: Final = re.compile(r",? and |, | & |; ")
_DAY: Final = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?:T[\d:]{{5,8}}\S{{0,6}})?|{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {MONTH},? \d{{4}}",
    re.IGNORECASE,
)
_LATER: Final = re.compile(r"updated|revised|modified", re.IGNORECASE)


def read_text(text: str, *, origin: str, sha256: str, charset: str | None, url: str | None = None) -> Document:
    """Make a document of a plain text, its zones and metadata told from its lines alone.

    The publication date is taken only from a line that states it; the outlet only from a byline that
    names it beside the writer. What no line says is None.

    Raises:
        EmptySource: there is nothing but white space in the text.
    """
    require_words(text, origin)
    provenance = Provenance(origin=origin, sha256=sha256, method="plaintext", charset=charset)
    return describe(text, find_zones(text), provenance, url=url)


def require_words(text: str, origin: str) -> None:
    """Refuse a text without a visible character."""
    if not text.strip():
        raise EmptySource("nothing in it", where=origin)


def describe(
    text: str, zones: Sequence[Zone], provenance: Provenance, *, url: str | None, plain: Callable[[str], str] = str
) -> Document:
    """Make a document of a text and its zones, with what its headline, bylines and section line say of it.

    ``plain`` takes the markup out of a line before it is read.
    """
    bylines = [plain(zone.span.of(text)) for zone in zones if zone.kind == "byline"]
    title = _first(text, zones, "headline")
    published = next(filter(None, map(_published, bylines)), None)
    return Document(
        id=document_id(text, url),
        text=text,
        zones=tuple(zones),
        provenance=provenance,
        title=title and plain(title),
        outlet=next(filter(None, map(_outlet, bylines)), None),
        url=url,
        authors=tuple(dict.fromkeys(name for byline in bylines for name in _authors(byline))),
        published=published,
        published_from="text" if published else None,
        section=_first(text, zones, "section"),
    )


def _first(text: str, zones: Sequence[Zone], kind: str) -> str | None:
    """Return the words of the first zone of a kind on one line, without a mark that leads to the next line."""
    words = next((zone.span.of(text) for zone in zones if zone.kind == kind), None)
    return None if words is None else " ".join(words.split()).rstrip(";:")


def _authors(byline: str) -> Iterator[str]:
    signed = BYLINE.match(byline)
    names = byline if signed is None else signed["by"] or signed["piped"] or signed["titled"]
    if signed is None and (DATED.match(byline) or _NO_PERSON.search(byline)):
        return  # a line with the date, or the outlet below the names
    yield from writers_in(names)


def writers_in(names: str) -> Iterator[str]:
    """Yield the writers of a byline, given what stands behind its "By".

    >>> list(writers_in("Ana Ruiz, Tom Held and Mia Sool, Daily Example"))
    ['Ana Ruiz', 'Tom Held', 'Mia Sool']
    """
    for place, name in enumerate(_BETWEEN_NAMES.split(names)):
        if place == 0 or not _NO_PERSON.search(name):
            yield name.strip()


def _outlet(byline: str) -> str | None:
    """Return the outlet of "Ana Ruiz | Daily Example"; None for "Ana Ruiz | Political Editor"."""
    signed = BYLINE.match(byline)
    if signed is None or signed["outlet"] is None or _POST.search(signed["outlet"]) or DATED.match(signed["outlet"]):
        return None
    return str(signed["outlet"]).strip()


def _published(byline: str) -> str | None:
    signed = BYLINE.match(byline)
    words = byline[signed.end("by") :].lstrip(" ,|•·–—/-(") if signed is not None and signed["by"] else byline
    dated = DATED.match(words)
    if dated is None or _LATER.search(dated["stated"] or ""):
        return None
    day = _DAY.search(dated["date"])
    return to_iso(day.group()) if day is not None else None
