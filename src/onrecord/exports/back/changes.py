"""What an annotator changed: the statements of a file against those of the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, cast, get_args

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.errors import BadAnnotation
from onrecord.exports.back.annotated import Annotated, AnnotatedReport
from onrecord.exports.marking import PARTS
from onrecord.exports.names import entities_of, names_in, on_one_line
from onrecord.exports.selectors import one_line_pieces
from onrecord.reading import CueClass, Form, Statement, StatementModality
from onrecord.record.annotating import NewStatement
from onrecord.record.choosing import Kept
from onrecord.record.correcting import Should
from onrecord.record.ids import StatementId, mark_spans
from onrecord.record.speakernames import speaker_names

CUE_CLASSES: Final = get_args(CueClass)
FORMS: Final = get_args(Form)
MODALITIES: Final = get_args(StatementModality)
_Places = tuple[tuple[Span, ...], ...]
"""Where source, cue and content stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What should become of one statement."""

    statement: str
    """The record-wide id; of a new one, that which its spans give it."""
    what: Should | NewStatement | None
    """What it should be, or that it is new; None: it is none."""
    besides: Should | None = None
    """Of a new one, what the file says of its form, which need not follow from the quotation marks, and of whether it
    was said."""
    where: str
    who: str | None
    when: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A statement of the record."""

    statement: Statement
    speakers: tuple[str, ...]
    """Names."""


def changes_of(kept: Kept, report: AnnotatedReport) -> Iterator[Change | BadAnnotation]:
    """Yield what an annotator changed in a report, and what can't be: spans outside the text, ids of nothing."""
    text = clean(kept.text)
    if report.text is not None and report.text != text:
        yield _bad(
            report.where, "its text is not the record's", "export the report anew, or import into its own record"
        )
        return
    entities = entities_of(kept)
    known = {
        kept.ids[each.id]: _Known(statement=each, speakers=speaker_names(each, entities))
        for each in kept.reading.statements
    }
    by_places: defaultdict[_Places, list[str]] = defaultdict(list)
    for name, each in known.items():
        by_places[_places(text, each.statement)].append(name)
    seen: set[str] = set(report.broken)
    for entry in sorted(report.statements, key=lambda each: each.id is None):  # ids first: they are sure
        annotated, outside = entry, _outside(entry, text)
        if entry.id is None and outside is None:  # the tool lost it, or it was taken out
            same = (name for name in by_places.get(_places(text, entry), ()) if name not in seen)
            annotated = replace(entry, id=next(same, None))
        fault = outside or _fault(annotated, known, seen, text)
        if annotated.id is not None:
            seen.add(annotated.id)
        if fault is not None:
            yield fault
            continue
        if annotated.id is None:
            yield _added(kept.reading.document.id, text, annotated, cut_at_lines=report.cut_at_lines)
        else:
            yield from _changed(text, known[annotated.id], annotated, report, is_named=entry.id is not None)
    for name in sorted((report.handed_out & known.keys()) - seen):
        yield Change(statement=name, what=None, where=report.where, who=report.who, when=report.when)


def _bad(where: str, what: str, advice: str = "") -> BadAnnotation:
    return BadAnnotation(what, where=where, advice=advice)


def _outside(annotated: Annotated, text: str) -> BadAnnotation | None:
    """Return that a part of an entry is not in the text."""
    for part in PARTS:
        for span in getattr(annotated, part):
            if not 0 <= span.start <= span.end <= len(text):
                what = f"{part} {span.start}-{span.end} lies outside the text of {len(text)} characters"
                return _bad(annotated.where, what)
    return None


def _fault(annotated: Annotated, known: Mapping[str, _Known], seen: set[str], text: str) -> BadAnnotation | None:
    """Return what is wrong with an entry by itself."""
    if annotated.id is not None and annotated.id not in known:
        advice = "it was read anew or deleted since the export, or put into another record; without its id it is put in"
        return _bad(annotated.where, f"no statement {annotated.id} in the record", advice)
    if annotated.id is not None and annotated.id in seen:
        return _bad(annotated.where, f"statement {annotated.id} a second time")
    if not annotated.content and (annotated.id is None or _pieces(text, known[annotated.id].statement.content)):
        return _bad(annotated.where, "a statement without content", "mark what was said, or delete all of it")
    for kind, word, words in (
        ("cue class", annotated.cue_class, CUE_CLASSES),
        ("form", annotated.form, FORMS),
        ("modality", annotated.modality, MODALITIES),
    ):
        if word not in {None, *words}:
            return _bad(annotated.where, f"no {kind}: {word}", f"one of {', '.join(words)}")
    return None


def _changed(
    text: str, known: _Known, annotated: Annotated, report: AnnotatedReport, *, is_named: bool
) -> Iterator[Change]:
    """Yield the fields in which a statement is not what it was; nobody speaks where an entry with its id says so."""
    statement = known.statement
    should: dict[str, Any] = {}
    for part in PARTS:
        before, after = getattr(statement, part), getattr(annotated, part)
        if _pieces(text, before) != _pieces(text, after):
            apart = {(one.end, other.start) for one, other in pairwise(sorted(before))}
            should[f"{part}_spans"] = _joined(text, after, cut_at_lines=report.cut_at_lines, apart=apart)
    names = names_in(annotated.speakers)
    as_it_was = {names_in([on_one_line(known.speakers)]), names_in([statement.speaker_name or ""])}
    if names not in as_it_was and (names or is_named):
        should["speaker"] = names
    if annotated.cue_class not in {None, statement.cue_class}:
        should["cue_class"] = annotated.cue_class
    if annotated.form not in {None, statement.form}:
        should["form"] = annotated.form
    if annotated.modality not in {None, statement.modality}:
        should["modality"] = annotated.modality
    if annotated.negated not in {None, statement.negated}:
        should["negated"] = annotated.negated
    if should:
        yield _change(annotated, str(annotated.id), Should(**should))


def _added(document: str, text: str, annotated: Annotated, *, cut_at_lines: bool) -> Change:
    source, cue, content = (_joined(text, getattr(annotated, part), cut_at_lines=cut_at_lines) for part in PARTS)
    new = NewStatement(
        source=source,
        cue=cue,
        content=content,
        speakers=names_in(annotated.speakers),
        cue_class=cast("CueClass | None", annotated.cue_class),
    )
    name = str(StatementId(document, mark_spans(source, cue, content)))
    besides = Should(
        form=cast("Form | None", annotated.form),
        modality=cast("StatementModality | None", annotated.modality),
        negated=annotated.negated,
    )
    return replace(_change(annotated, name, new), besides=besides)


def _change(annotated: Annotated, statement: str, what: Should | NewStatement) -> Change:
    return Change(statement=statement, what=what, where=annotated.where, who=annotated.who, when=annotated.when)


def _pieces(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans as brat would have them, so that what a tool cannot hold is no change."""
    return sorted(one_line_pieces(text, spans))


def _places(text: str, each: Statement | Annotated) -> _Places:
    """Return the places of source, cue and content, by which a statement is known without its id."""
    return tuple(tuple(_pieces(text, getattr(each, part))) for part in PARTS)


def _joined(
    text: str, spans: Sequence[Span], *, cut_at_lines: bool, apart: Container[tuple[int, int]] = ()
) -> tuple[Span, ...]:
    """Return spans in the order of the text, those that overlap as one, and pieces that a line break has cut.

    Those between which there is one of the gaps ``apart`` were pieces before.
    """
    joined: list[Span] = []
    for span in sorted(spans):
        last = joined[-1] if joined else None
        is_cut = last and cut_at_lines and (last.end, span.start) not in apart
        if last and (span.start < last.end or (is_cut and _is_cut(text[last.end : span.start]))):
            joined[-1] = Span(last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _is_cut(between: str) -> bool:
    return not between or (between.isspace() and between.splitlines()[0] != between)
