"""What a search gives: a statement with who, the words, where and when, and how to cite it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from onrecord.document import Span, ZoneKind
from onrecord.reading import CueClass, Entity, Form, Statement, StatementModality
from onrecord.record.choosing import STANDINGS, Standing, keep_report
from onrecord.record.fragments import link_to
from onrecord.record.ids import StatementId
from onrecord.record.overlaying import is_put_in
from onrecord.record.packing import (
    Terms,
    number_array,
    pack_spans,
    text_of,
    unpack_confidence,
    unpack_json,
    unpack_spans,
    unpack_text,
    words_of,
)
from onrecord.record.querying import Term, find_terms
from onrecord.record.speakernames import read_speaker_names, speaker_names

SNIPPET: Final = 240
"""Characters of a snippet; the median content of a statement has 110."""
WEIGHED: Final = 200
"""Matches in one content that are looked at for the best place of a snippet: each is compared with each."""
LEAD: Final = 40
"""Characters of a snippet before its first match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """The part of the content that answers the words of a search."""

    text: str
    """With an ellipsis where more comes before or behind."""
    matches: tuple[Span, ...]
    """Where the words of the search stand, in ``text``."""

    def marked(self, before: str, behind: str) -> str:
        """Return the text with its matches between two marks.

        >>> Snippet(text="no new levy", matches=(Span(7, 11),)).marked("**", "**")
        'no new **levy**'
        """
        parts, end = [], 0
        for match in self.matches:
            parts += [self.text[end : match.start], before, match.of(self.text), behind]
            end = match.end
        return "".join([*parts, self.text[end:]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the words stand, so that somebody else can look."""

    statement: str | None
    """The record-wide id: the same in every record of the same report; None for a report as a whole."""
    document: str
    """The contract's ``document.id``."""
    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    published: str | None
    address: str | None
    link: str | None
    """The address with a text fragment, which leads a browser to the words; None without an address of a page."""
    raw_sha256: str
    """Of the bytes that the report was read from."""
    added: str
    """When the report came into the record, UTC."""
    source: tuple[Span, ...]
    """Code points of the document's text."""
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStatement:
    """One statement that was found, as JSON has it."""

    statement: str
    """The record-wide id."""
    speaker: str | None
    """As a heading: several names are one text; None where the report leaves it open."""
    speakers: tuple[str, ...]
    """Their names, one by one; empty where the report leaves it open."""
    words: str
    """What was said, with its quotation marks; pieces joined by an ellipsis."""
    cue: str
    source: str
    outlet: str | None
    published: str | None
    title: str | None
    form: Form
    cue_class: CueClass
    zone: ZoneKind
    modality: StatementModality
    negated: bool
    confidence: float
    """Calibrated probability that content and source are right, 0 to 1."""
    standing: Standing
    """Whether it counts, or stands in a copy or in a text that was revised."""
    snippet: Snippet
    citation: Citation
    is_corrected: bool = False
    """Somebody corrected what was read, or put the statement in."""
    is_put_in: bool = False
    """Somebody put the statement in, which no reading has: its confidence is 1 and says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(FoundStatement):
    """One statement that was found, with its place in the record."""

    row: int
    """The record's own number of the statement."""


_FOUND: Final = tuple(each.name for each in fields(FoundStatement))


def as_found(hit: Hit) -> FoundStatement:
    """Return a statement that was found without its number, which means nothing outside its file."""
    return FoundStatement(**{name: getattr(hit, name) for name in _FOUND})


_QUERY: Final = """
SELECT s.id, s.document_id, s.mark, s.standing, s.form, s.cue_class, s.zone, s.modality, s.negated, s.confidence,
    s.source, s.cue, s.content, coalesce(s.speaker_name, e.name) AS speaker,
    d.hash, d.title, d.authors, coalesce(o.name, d.outlet) AS outlet, d.published, d.address, d.raw_sha256,
    d.added_at, d.odd
FROM json_each(?) wanted JOIN statements s ON s.id = wanted.value JOIN documents d ON d.id = s.document_id
LEFT JOIN entities e ON e.id = s.speaker_id LEFT JOIN outlets o ON o.id = s.outlet_id
ORDER BY wanted.key"""


def read_hits(connection: sqlite3.Connection, rows: Sequence[int], terms: Sequence[Term] = ()) -> list[Hit]:
    """Return the statements of these numbers, in their order; ``terms`` are marked in the snippets."""
    words = Terms(connection)
    found = connection.execute(_QUERY, (number_array(rows),))
    names = [column[0] for column in found.description]
    texts: dict[int, str] = {}
    hits = [_hit(connection, dict(zip(names, row, strict=True)), words, terms, texts) for row in found.fetchall()]
    speakers = read_speaker_names(connection, rows)
    return _corrected(connection, [replace(hit, speakers=speakers.get(hit.row, hit.speakers)) for hit in hits], terms)


def _hit(
    connection: sqlite3.Connection, row: dict[str, Any], words: Terms, terms: Sequence[Term], texts: dict[int, str]
) -> Hit:
    document = row["document_id"]
    if document not in texts:
        texts[document] = unpack_text(text_of(connection, document), row["odd"])
    text = texts[document]
    citation = _cite(row, text)
    content = words_of(text, citation.content) or ""
    return Hit(
        statement=str(citation.statement),
        speaker=row["speaker"],
        speakers=(row["speaker"],) if (row["speaker"] or "").strip() else (),  # where no entity is one
        words=content,
        cue=words_of(text, citation.cue) or "",
        source=words_of(text, citation.source) or "",
        outlet=row["outlet"],
        published=row["published"],
        title=row["title"],
        form=words.word(row["form"]),
        cue_class=words.word(row["cue_class"]),
        zone=words.word(row["zone"]),
        modality=words.word(row["modality"]),
        negated=bool(row["negated"]),
        confidence=unpack_confidence(row["confidence"]),
        standing=STANDINGS[row["standing"]],
        snippet=cut_snippet(content, terms),
        citation=citation,
        row=row["id"],
    )


def _corrected(connection: sqlite3.Connection, hits: Sequence[Hit], terms: Sequence[Term]) -> list[Hit]:
    """Return the hits with what somebody corrected over what was read."""
    documents = {hit.citation.document for hit in hits}
    query = "SELECT 1 FROM corrections WHERE document_hash = ? AND standing = 'stands' LIMIT 1"
    kept = {each: keep_report(connection, each) for each in documents if connection.execute(query, (each,)).fetchone()}
    statements = {
        each.ids[statement.id]: (statement, each.text, entities)
        for each in kept.values()
        if each is not None
        for entities in [{entity.id: entity for entity in each.reading.entities}]
        for statement in each.reading.statements
    }
    return [_overlay(hit, *statements[hit.statement], terms) if hit.statement in statements else hit for hit in hits]


def _overlay(hit: Hit, statement: Statement, text: str, entities: Mapping[str, Entity], terms: Sequence[Term]) -> Hit:
    content = words_of(text, statement.content) or ""
    changed = replace(
        hit,
        speaker=statement.speaker_name,
        speakers=speaker_names(statement, entities),
        words=content,
        cue=words_of(text, statement.cue) or "",
        source=words_of(text, statement.source) or "",
        form=statement.form,
        cue_class=statement.cue_class,
        modality=statement.modality,
        negated=statement.negated,
        zone=statement.zone,
        snippet=cut_snippet(content, terms),
        citation=replace(
            hit.citation,
            source=statement.source,
            cue=statement.cue,
            content=statement.content,
            link=link_to(hit.citation.address, text, statement.content),
        ),
    )
    if is_put_in(statement):
        return replace(changed, is_corrected=True, is_put_in=True)
    return hit if changed == hit else replace(changed, is_corrected=True)


def _cite(row: dict[str, Any], text: str) -> Citation:
    content = unpack_spans(row["content"])
    return Citation(
        statement=None if row["mark"] is None else str(StatementId(row["hash"], row["mark"])),
        document=row["hash"],
        title=row["title"],
        authors=tuple(unpack_json(row["authors"], ())),
        outlet=row["outlet"],
        published=row["published"],
        address=row["address"],
        link=link_to(row["address"], text, content),
        raw_sha256=row["raw_sha256"],
        added=row["added_at"],
        source=unpack_spans(row["source"]),
        cue=unpack_spans(row["cue"]),
        content=content,
    )


def cite_document(
    connection: sqlite3.Connection, document: int, text: str = "", content: Sequence[Span] = ()
) -> Citation:
    """Return the citation of a report as a whole, or of words of its text."""
    names = ("hash", "title", "authors", "outlet", "published", "address", "raw_sha256", "added_at")
    found = connection.execute(
        "SELECT d.hash, d.title, d.authors, coalesce(o.name, d.outlet), d.published, d.address, d.raw_sha256,"
        " d.added_at FROM documents d LEFT JOIN outlets o ON o.id = d.outlet_id WHERE d.id = ?",
        (document,),
    ).fetchone()
    row = dict(zip(names, found, strict=True))
    return _cite({**row, "mark": None, "source": None, "cue": None, "content": pack_spans(content)}, text)


def cut_snippet(content: str, terms: Sequence[Term], *, most: int = SNIPPET) -> Snippet:
    """Return the part of a content with the most matches, as a whole if it is short.

    >>> cut_snippet("They said that it is not a plan, it is a wish of hers", [Term(("wish",))], most=50).text
    '… said that it is not a plan, it is a wish of hers'
    """
    matches = find_terms(content, terms) if terms else []
    if len(content) <= most:
        return Snippet(text=content, matches=tuple(matches))
    start, end = _window(content, _densest(matches[:WEIGHED], most - LEAD), most)
    before, behind = ("… " if start > 0 else ""), (" …" if end < len(content) else "")
    moved = len(before) - start
    inside = (match for match in matches if start <= match.start and match.end <= end)
    return Snippet(
        text=before + content[start:end] + behind,
        matches=tuple(Span(match.start + moved, match.end + moved) for match in inside),
    )


def _densest(matches: Sequence[Span], reach: int) -> int:
    """Return where the match stands that has the most of them in reach, itself included; 0 for no matches."""
    following = [sum(first.start <= match.start < first.start + reach for match in matches) for first in matches]
    return matches[following.index(max(following))].start if matches else 0


def _window(content: str, place: int, most: int) -> tuple[int, int]:
    """Return a run of whole words of at most ``most`` characters, from shortly before a place on."""
    start = max(0, min(place - LEAD, len(content) - most))
    if start > 0:
        start = min(content.find(" ", start, place) + 1 or place, place)
    end = min(len(content), start + most)
    if end < len(content):
        end = max(content.rfind(" ", start + 1, end + 1), start) if " " in content[start + 1 : end + 1] else end
    return start, end


def pages(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield rows in runs of ``size``."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
