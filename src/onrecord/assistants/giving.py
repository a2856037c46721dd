"""From what the record and the comparing give to what the tools give: texts and lists bounded, sources cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.assistants.answers import (
    Appearance,
    Changed,
    Cited,
    CompareAnswer,
    ComparedLine,
    ComparedReport,
    DocumentAnswer,
    Evidence,
    LineSaid,
    OwnVoiceFound,
    PersonAnswer,
    ReadAnswer,
    ReadStatement,
    StatementAnswer,
    StoryAnswer,
    StoryEntry,
    TextFound,
    VariantsAnswer,
    VerdictAnswer,
)
from onrecord.compare.alignment import Change
from onrecord.compare.comparing import Comparison, Side
from onrecord.compare.grading import Grade, Graded
from onrecord.compare.intext import InText
from onrecord.compare.lines import Line
from onrecord.compare.ownvoice import OwnVoice
from onrecord.compare.stories import Story, StoryReport
from onrecord.compare.variants import Variant
from onrecord.compare.verifying import Verdict
from onrecord.reading import Entity, Reading, Statement, When
from onrecord.record.choosing import Kept
from onrecord.record.citing import cite_source
from onrecord.record.fragments import link_to
from onrecord.record.hits import Citation, FoundStatement
from onrecord.record.lookup import Entry
from onrecord.record.overlaying import is_put_in
from onrecord.record.packing import words_of
from onrecord.record.people import Person
from onrecord.record.speakernames import speaker_names

WORDS: Final = 1_500
"""Characters of one statement in a list; 99 of 100 contents are shorter. The tool ``statement`` gives all of them."""
TEXT: Final = 20_000
"""Characters of a report's text."""
PARAGRAPH: Final = 4_000
LISTED: Final = 20
"""Names, roles, outlets of somebody, or reports of a story."""


def cut(words: str, most: int = WORDS) -> str:
    """Return words up to a number of characters, with an ellipsis where they go on."""
    return words if len(words) <= most else f"{words[:most]} …"


def cited(hit: FoundStatement) -> Cited:
    """Return a statement that was found."""
    return Cited(
        statement=hit.statement,
        speaker=hit.speaker,
        speakers=hit.speakers,
        words=cut(hit.words),
        is_cut=len(hit.words) > WORDS,
        form=hit.form,
        cue=cut(hit.cue, 200),
        cue_class=hit.cue_class,
        negated=hit.negated,
        modality=hit.modality,
        zone=hit.zone,
        confidence=hit.confidence,
        outlet=hit.outlet,
        title=hit.title,
        published=hit.published,
        link=hit.citation.link,
        standing=hit.standing,
        is_put_in=hit.is_put_in,
        cite_as=cite_source(hit.citation),
    )


def cited_in(kept: Kept, statement: Statement, entities: Mapping[str, Entity], report: Citation) -> Cited:
    """Return a statement of a report that is at hand.

    Args:
        kept: the report.
        statement: of it.
        entities: those of the report, by their ids.
        report: the citation of the report as a whole.
    """
    words = words_of(kept.text, statement.content) or ""
    own = replace(
        report,
        statement=kept.ids[statement.id],
        link=link_to(report.address, kept.text, statement.content),
        content=statement.content,
    )
    return Cited(
        statement=kept.ids[statement.id],
        speaker=statement.speaker_name,
        speakers=speaker_names(statement, entities),
        words=cut(words),
        is_cut=len(words) > WORDS,
        form=statement.form,
        cue=cut(words_of(kept.text, statement.cue) or "", 200),
        cue_class=statement.cue_class,
        negated=statement.negated,
        modality=statement.modality,
        zone=statement.zone,
        confidence=statement.confidence,
        outlet=kept.outlet,
        title=report.title,
        published=report.published,
        link=own.link,
        standing=kept.standing,
        is_put_in=is_put_in(statement),
        cite_as=cite_source(own),
    )


def read_answer(reading: Reading, most: int) -> ReadAnswer:
    """Return who says what in a text."""
    text, entities = reading.document.text, {each.id: each for each in reading.entities}
    return ReadAnswer(
        statements=tuple(_read(text, statement, entities) for statement in reading.statements[:most]),
        left_out=max(0, len(reading.statements) - most),
        warnings=reading.document.warnings,
    )


def _read(text: str, statement: Statement, entities: Mapping[str, Entity]) -> ReadStatement:
    words = words_of(text, statement.content) or ""
    return ReadStatement(
        speaker=statement.speaker_name,
        speakers=speaker_names(statement, entities),
        words=cut(words),
        is_cut=len(words) > WORDS,
        form=statement.form,
        cue=words_of(text, statement.cue) or "",
        cue_class=statement.cue_class,
        negated=statement.negated,
        modality=statement.modality,
        zone=statement.zone,
        confidence=statement.confidence,
        source=words_of(text, statement.source) or "",
        why_open=statement.speaker_open,
        said_on=_day(statement.said_on),
        spans=tuple((span.start, span.end) for span in statement.content),
    )


def _day(when: When | None) -> str | None:
    return None if when is None else when.value


def document_answer(kept: Kept, report: Citation, *, skip: int, most: int, with_text: bool) -> DocumentAnswer:
    """Return a report with some of its statements."""
    statements, entities = kept.reading.statements, {each.id: each for each in kept.reading.entities}
    return DocumentAnswer(
        id=report.document,
        title=report.title,
        outlet=kept.outlet,
        published=report.published,
        authors=report.authors,
        address=report.address,
        standing=kept.standing,
        copy_of=kept.copy_of,
        cite_as=cite_source(report),
        statements=tuple(cited_in(kept, each, entities, report) for each in statements[skip : skip + most]),
        count=len(statements),
        next=following(skip, most, len(statements)),
        text=cut(kept.text, TEXT) if with_text else None,
        text_is_cut=with_text and len(kept.text) > TEXT,
    )


def following(skip: int, most: int, count: int) -> str | None:
    """Return the cursor behind some entries of a list; None at its end."""
    return str(skip + most) if skip + most < count else None


def statement_answer(entry: Entry) -> StatementAnswer:
    """Return a statement that was looked up; the entry is of a statement."""
    assert entry.hit is not None  # as it says
    assert entry.statement is not None
    named = {each.id: each.name for each in entry.record.entities}
    text, whole = entry.record.document.text, entry.hit.words
    return StatementAnswer(
        statement=replace(cited(entry.hit), words=cut(whole, TEXT), is_cut=len(whole) > TEXT),
        paragraph=None if entry.paragraph is None else cut(entry.paragraph.of(text), PARAGRAPH),
        addressees=tuple(named[each] for each in entry.statement.addressees if each in named),
        about=tuple(named[each] for each in entry.statement.about if each in named)[:LISTED],
        said_on=_day(entry.statement.said_on),
        is_corrected=entry.hit.is_corrected,
        copy_of=entry.copy_of,
    )


VERDICTS: Final[dict[Grade, str]] = {
    "verbatim": "The words are in the record as they were quoted.",
    "clipped": "The words are there, but words of the same sentences are left out of the quotation: see missing.",
    "altered": "Much of it is there, but some words are others: see changes.",
    "merged": "Two statements that follow each other were run together.",
    "spliced": "It was joined from different places.",
    "paraphrase": "Other words for much the same are there; the quotation itself is not.",
    "other speaker": "The words are there, but given to somebody else.",
    "denied": "The words are there, but denied, or reported as not said, or a “not” that stood with them is left out.",
    "other time": "The words are there, but not on those days.",
    "not in this record": "Not in this record, which is no proof that it was never said: see what was searched.",
}

REPORTED: Final = "But it is the outlet's wording there, not words in quotation marks: do not quote it as verbatim."


def verdict_answer(verdict: Verdict) -> VerdictAnswer:
    """Return what a record tells of a quotation."""
    asked = verdict.asked.words
    reported = verdict.sources and all(each.hit.form == "indirect" for each in verdict.sources)
    return VerdictAnswer(
        verdict=verdict.verdict,
        told=f"{VERDICTS[verdict.verdict]}{f' {REPORTED}' if reported else ''}",
        score=verdict.score,
        independent_sources=verdict.independent,
        first=None if verdict.first is None else cited(verdict.first),
        sources=tuple(_evidence(each, asked) for each in verdict.sources),
        misses=tuple(_evidence(each, asked) for each in verdict.beside),
        searched=verdict.searched,
        in_text=tuple(map(_text_found, verdict.in_text)),
    )


def _text_found(found: InText) -> TextFound:
    return TextFound(
        how=found.how,
        words=cut(found.words),
        report=found.citation.document,
        standing=found.standing,
        link=found.citation.link,
        cite_as=cite_source(found.citation),
    )


def _evidence(graded: Graded, asked: str) -> Evidence:
    return Evidence(
        wording=graded.grade,
        score=graded.score,
        missing=tuple(cut(span.of(graded.hit.words), 300) for span in graded.missing),
        changes=_changes(graded.changes, asked, graded.hit.words),
        is_denied=graded.is_denied,
        statement=cited(graded.hit),
        joined=tuple(map(cited, graded.pieces[1:LISTED] or filter(None, [graded.joined]))),
    )


def _changes(changes: Iterable[Change], this: str, other: str) -> tuple[Changed, ...]:
    return tuple(Changed(here=cut(each.this.of(this), 300), there=cut(each.other.of(other), 300)) for each in changes)[
        :LISTED
    ]


def variants_answer(hit: FoundStatement, variants: Sequence[Variant], *, skip: int, most: int) -> VariantsAnswer:
    """Return some of the other appearances of a statement."""
    return VariantsAnswer(
        statement=cited(hit),
        appearances=tuple(
            Appearance(
                kind=each.tie.kind,
                score=each.tie.score,
                given_to=each.given_to,
                counts=each.counts,
                changes=_changes(each.tie.changes, hit.words, each.hit.words),
                statement=cited(each.hit),
            )
            for each in variants[skip : skip + most]
        ),
        count=len(variants),
        next=following(skip, most, len(variants)),
    )


def person_answer(person: Person) -> PersonAnswer:
    """Return somebody, with the first of long lists."""
    shown = replace(
        person.without_reports(),
        names=person.names[:LISTED],
        countries=person.countries[:LISTED],
        roles=person.roles[:LISTED],
        outlets=person.outlets[:LISTED],
    )
    return PersonAnswer(person=shown)


def story_answer(story: Story) -> StoryAnswer:
    """Return the reports of a story."""
    return StoryAnswer(
        first=story.first,
        last=story.last,
        outlets=story.outlets[:LISTED],
        people=tuple(each.name for each in story.people),
        reports=tuple(map(_story_entry, story.reports[:LISTED])),
        left_out=max(0, len(story.reports) - LISTED),
    )


def _story_entry(report: StoryReport) -> StoryEntry:
    return StoryEntry(
        id=report.document,
        title=report.title,
        outlet=report.outlet,
        published=report.published,
        statements=report.statements,
        likeness=report.likeness,
        copies=len(report.copies),
    )


def compare_answer(comparison: Comparison, *, skip: int, most: int) -> CompareAnswer:
    """Return some lines of reports side by side."""
    ids = [each.document for each in comparison.reports]
    return CompareAnswer(
        reports=tuple(map(_compared, comparison.reports)),
        lines=tuple(_line(each, ids) for each in comparison.lines[skip : skip + most]),
        count=len(comparison.lines),
        next=following(skip, most, len(comparison.lines)),
        own_voice=tuple(_own_voice(each, ids) for each in comparison.own_voice[:LISTED]),
    )


def _compared(side: Side) -> ComparedReport:
    return ComparedReport(
        id=side.document,
        title=side.title,
        outlet=side.outlet,
        published=side.published,
        copy_of=side.copy_of,
        statements=side.statements,
        only=side.only,
    )


def _line(line: Line, ids: Sequence[str]) -> ComparedLine:
    return ComparedLine(
        speaker=line.speaker,
        said=tuple(
            LineSaid(
                report=ids[each.carried.report],
                statement=each.carried.statement,
                speaker=each.carried.speaker,
                cue=each.carried.cue,
                words=cut(each.carried.words),
                is_cut=len(each.carried.words) > WORDS,
                wording="main" if each.tie is None else each.tie.kind,
                given_to=each.given_to,
            )
            for each in line.said
        ),
        missing=tuple(ids[each] for each in line.missing),
        cue_classes=line.cue_classes,
    )


def _own_voice(found: OwnVoice, ids: Sequence[str]) -> OwnVoiceFound:
    return OwnVoiceFound(
        report=ids[found.report],
        sentence=cut(found.words),
        statement=found.statement.statement,
        speaker=found.statement.speaker,
        words=cut(found.statement.words),
    )
