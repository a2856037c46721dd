"""A statement that the reading missed, put into a record by words of its report."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.document import Span
from onrecord.errors import BadChange
from onrecord.reading import CueClass
from onrecord.record import By, Correction, Record
from onrecord.record.annotating import NewStatement, add_statement
from onrecord.record.correcting import list_corrections
from onrecord.record.ids import parse_statement_id
from onrecord.record.lookup import look_up
from onrecord.record.opening import translated
from onrecord.record.putting import place_missed, report_at


def put_in_missed(
    record: Record,
    report: str,
    *,
    by: By,
    content: str | None,
    spans: Sequence[Span],
    speakers: Sequence[str],
    source: str,
    cue: str,
    cue_class: CueClass | None,
) -> Correction:
    """Put a statement in, its content given by its words or by where it stands; return the correction that keeps it.

    Raises:
        MissingRecord: no such report.
        BadQuery: several ids begin so.
        BadChange: words or spans that are not in the report, words of the content in several places, a speaker without
            a name, or a statement that is there.
    """
    names = tuple(" ".join(name.split()) for each in speakers for name in each.split(";"))
    if not all(names):
        raise BadChange("a speaker without a name", advice="give the name, or leave --speaker out for nobody")
    with translated(record.path):
        named = report_at(record.connection, report) if "://" in report else report
        document = look_up(record.connection, named).record.document
        place = place_missed(document.text, content or spans, source=source, cue=cue)
        new = NewStatement(**place._asdict(), speakers=names, cue_class=cue_class)
        added = add_statement(record.connection, document.id, new, by)
        return list_corrections(record.connection, of=parse_statement_id(added))[-1]
