"""What an annotator changed: the statements of a file against those of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from onrecord.document import Span
from onrecord.errors import BadAnnotation
from onrecord.exports.back.annotated import Annotated, AnnotatedReport
from onrecord.exports.brat import one_line
from onrecord.exports.marking import PARTS
from onrecord.exports.selectors import one_line_pieces
from onrecord.reading import CueClass, Statement
from onrecord.record.annotating import NewStatement
from onrecord.record.choosing import Kept
from onrecord.record.correcting import Should
from onrecord.record.ids import StatementId, mark_spans
from onrecord.record.packing import clean

CUE_CLASSES: Final = get_args(CueClass)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What should become of one statement."""

    statement: str
    """The record-wide id; of a new one, that which its spans give it."""
    what: Should | NewStatement | None
    """What it should be, or that it is new; None: it is none."""
    where: str
    who: str | None
    when: str | None


def changes_of(kept: Kept, report: AnnotatedReport) -> Iterator[Change | BadAnnotation]:
    """Yield what an annotator changed in a report, and what can't be: spans outside the text, ids of nothing."""
    text = clean(kept.text)
    if report.text is not None and report.text != text:
        yield _bad(
            report.where, "its text is not the record's", "export the report anew, or import into its own record"
        )
        return
    known = {kept.ids[each.id]: each for each in kept.reading.statements}
    seen: set[str] = set(report.broken)
    for annotated in report.statements:
        fault = _fault(annotated, known, seen, text)
        if annotated.id is not None:
            seen.add(annotated.id)
        if fault is not None:
            yield fault
        elif annotated.id is None:
            yield from _added(kept.reading.document.id, text, annotated, known, seen)
        else:
            yield from _changed(text, known[annotated.id], annotated)
    for name in sorted((report.handed_out & known.keys()) - seen):
        yield Change(statement=name, what=None, where=report.where, who=report.who, when=report.when)


def _bad(where: str, what: str, advice: str = "") -> BadAnnotation:
    return BadAnnotation(what, where=where, advice=advice)


def _fault(annotated: Annotated, known: Mapping[str, Statement], seen: set[str], text: str) -> BadAnnotation | None:
    """Return what is wrong with an entry by itself."""
    if annotated.id is not None and annotated.id not in known:
        advice = "it was read anew or deleted since the export, or put into another record; without its id it is put in"
        return _bad(annotated.where, f"no statement {annotated.id} in the record", advice)
    if annotated.id is not None and annotated.id in seen:
        return _bad(annotated.where, f"statement {annotated.id} a second time")
    for part in PARTS:
        for span in getattr(annotated, part):
            if not 0 <= span.start <= span.end <= len(text):
                what = f"{part} {span.start}-{span.end} lies outside the text of {len(text)} characters"
                return _bad(annotated.where, what)
    if not annotated.content and (annotated.id is None or _pieces(text, known[annotated.id].content)):
        return _bad(annotated.where, "a statement without content", "mark what was said, or delete all of it")
    if annotated.cue_class not in {None, *CUE_CLASSES}:
        return _bad(annotated.where, f"no cue class: {annotated.cue_class}", f"one of {', '.join(CUE_CLASSES)}")
    return None


def _changed(text: str, statement: Statement, annotated: Annotated) -> Iterator[Change]:
    """Yield the fields in which a statement is not what it was."""
    should: dict[str, Any] = {}
    for part in PARTS:
        before, after = getattr(statement, part), getattr(annotated, part)
        if _pieces(text, before) != _pieces(text, after):
            should[f"{part}_spans"] = _joined(text, after)
    if _name(annotated.speaker) != _name(statement.speaker_name):
        should["speaker"] = _names(annotated.speaker)
    if annotated.cue_class not in {None, statement.cue_class}:
        should["cue_class"] = annotated.cue_class
    if should:
        yield _change(annotated, str(annotated.id), Should(**should))


def _added(
    document: str, text: str, annotated: Annotated, known: Mapping[str, Statement], seen: set[str]
) -> Iterator[Change]:
    source, cue, content = (_joined(text, getattr(annotated, part)) for part in PARTS)
    name = str(StatementId(document, mark_spans(source, cue, content)))
    if name in known:  # the tool lost the id of what is as it was
        seen.add(name)
        return
    new = NewStatement(
        source=source,
        cue=cue,
        content=content,
        speakers=_names(annotated.speaker),
        cue_class=cast("CueClass | None", annotated.cue_class),
    )
    yield _change(annotated, name, new)


def _change(annotated: Annotated, statement: str, what: Should | NewStatement) -> Change:
    return Change(statement=statement, what=what, where=annotated.where, who=annotated.who, when=annotated.when)


def _name(name: str | None) -> str:
    return one_line(clean(name or ""))


def _names(names: str | None) -> tuple[str, ...]:
    """Return the names of a heading; several are apart by semicolons."""
    return tuple(name for each in (names or "").split(";") if (name := _name(each)))


def _pieces(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans as brat would have them, so that what a tool cannot hold is no change."""
    return sorted(one_line_pieces(text, spans))


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return pieces that only line breaks and white space part as one span, in the order of the text."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and (span.start <= joined[-1].end or _is_line_end(text[joined[-1].end : span.start])):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _is_line_end(between: str) -> bool:
    return between.isspace() and len(between.splitlines()) > 0 and between.splitlines()[0] != between
