"""An annotator's file into a record, as corrections: what was changed, deleted and added, with who and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final, Literal

from onrecord.errors import BadAnnotation, BinarySource, OnrecordError
from onrecord.exports.back.annotated import AnnotatedReport
from onrecord.exports.back.changes import Change, changes_of
from onrecord.ingest.kinds import check_no_binary
from onrecord.record import Record
from onrecord.record.annotating import NewStatement, add_statement, delete_statement
from onrecord.record.changing import By
from onrecord.record.choosing import keep_report
from onrecord.record.correcting import Should, correct_statement
from onrecord.record.damage import translated
from onrecord.record.ids import parse_statement_id
from onrecord.record.opening import transaction
from onrecord.record.overlaying import find_statement
from onrecord.record.restoring import read_reading

BackFormat = Literal["brat", "label-studio", "web-annotation"]
_READERS: Final[dict[BackFormat, str]] = {
    "brat": "brat",
    "label-studio": "labelstudio",
    "web-annotation": "webannotation",
}


_HEAD: Final = 4_096
"""Bytes at the beginning of a file that tell what it is."""


@dataclass(slots=True)
class Imported:
    """What came of a file."""

    reports: int = 0
    corrected: int = 0
    """Statements with a field that should be otherwise."""
    deleted: int = 0
    added: int = 0
    unchanged: int = 0
    faults: int = 0


def import_annotations(
    record: Record,
    path: Path,
    format: BackFormat,
    *,
    by: By | None = None,
    blame: Callable[[OnrecordError], None],
) -> Imported:
    """Keep what annotators changed as corrections; what was kept before gives none.

    Args:
        record: the record that the export is of, open for writing.
        path: the file, or brat's folder.
        format: what tool it comes from.
        by: who and when, where the file does not say; and why.
        blame: is told of each entry that can't be understood or kept; the others are.

    Raises:
        BadAnnotation: the file as a whole can't be read.
        RecordError: the record can't be written.
    """
    _check_kind(path)
    imported = Imported()
    by = by or By()

    def told(error: OnrecordError) -> None:
        imported.faults += 1
        blame(error)

    for report in import_module(f"onrecord.exports.back.{_READERS[format]}").read(path):
        if isinstance(report, OnrecordError):
            told(report)
        else:
            with translated(record.path), transaction(record.connection):
                _import_report(record, report, by, imported, told)
    return imported


def _check_kind(path: Path) -> None:
    """Refuse what no annotator's tool writes, such as a record, and say what it is."""
    try:
        with path.open("rb") as file:
            check_no_binary(file.read(_HEAD), where=str(path))
    except OSError:  # a folder; or what can't be read, which is told by who reads it
        return
    except BinarySource as error:
        raise BadAnnotation(
            f"{error.what}, and no annotations",
            where=error.where,
            advice="a record is named with --in; here stands what the annotators' tool exported",
        ) from error


def _import_report(
    record: Record, report: AnnotatedReport, by: By, imported: Imported, told: Callable[[OnrecordError], None]
) -> None:
    kept = keep_report(record.connection, report.document)
    if kept is None:
        told(BadAnnotation(f"no report {report.document} in the record", where=report.where, advice="check --in"))
        return
    imported.reports += 1
    touched: set[str] = set()
    refused = False
    for change in list(changes_of(kept, report)):
        if isinstance(change, OnrecordError):
            told(change)
            touched.add(change.where)
            refused = refused or change.where == report.where
            continue
        touched.add(change.where)
        try:
            _keep(record, report.document, change, _by(change, by))
        except OnrecordError as error:
            told(BadAnnotation(error.what, where=change.where, advice=error.advice))
        else:
            _count(imported, change)
    if not refused:
        imported.unchanged += sum(each.where not in touched for each in report.statements)


def _keep(record: Record, document: str, change: Change, by: By) -> None:
    if change.what is None:
        delete_statement(record.connection, change.statement, by)
    elif isinstance(change.what, NewStatement):
        name = add_statement(record.connection, document, change.what, by)
        besides = _not_as_put_in(record, name, change.besides or Should())
        if besides != Should():
            correct_statement(record.connection, name, besides, by)
    else:
        correct_statement(record.connection, change.statement, change.what, by)


def _not_as_put_in(record: Record, statement: str, should: Should) -> Should:
    """Return what a statement that was put in should be and is not yet: its form follows from its quotation marks."""
    wanted = parse_statement_id(statement)
    found = find_statement(record.connection, read_reading(record.connection, wanted.document), wanted)
    return Should(
        **{
            name: getattr(should, name)
            for name in ("form", "modality", "negated")
            if found is not None and getattr(should, name) not in {None, getattr(found, name)}
        }
    )


def _count(imported: Imported, change: Change) -> None:
    if change.what is None:
        imported.deleted += 1
    elif isinstance(change.what, NewStatement):
        imported.added += 1
    else:
        imported.corrected += 1


def _by(change: Change, by: By) -> By:
    """Return who and when: the file's word before the caller's."""
    return replace(by, who=change.who or by.who, now=_moment(change.when) or by.now)


def _moment(when: str | None) -> datetime | None:
    """Return a point in time in UTC; None for what is none."""
    try:
        moment = datetime.fromisoformat(when or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the latter: a day before the year 1, in UTC
        return None
