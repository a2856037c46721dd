"""The checks of a reading with the words of their spans, as rows and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from onrecord.document import Span
from onrecord.exports.describing import document_head
from onrecord.reading import Check, CheckKind, Reading, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A place of the report with its words."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check, with the words that it is about."""

    kind: CheckKind
    severity: Severity
    message: str
    words: str
    span: Span
    evidence: tuple[Quoted, ...]
    unknown: str


def check_rows(reading: Reading) -> Iterator[CheckRow]:
    """Yield the checks of a reading, in the order of the text."""
    text = reading.document.text
    return (_row(check, text) for check in reading.checks)


def _row(check: Check, text: str) -> CheckRow:
    return CheckRow(
        kind=check.kind,
        severity=check.severity,
        message=check.message,
        words=check.span.of(text),
        span=check.span,
        evidence=tuple(Quoted(words=span.of(text), span=span) for span in check.evidence),
        unknown=check.unknown,
    )


def to_checks_json(reading: Reading) -> bytes:
    """Encode the checks of a reading as one line of JSON: what the document is, and its checks."""
    return msgspec.json.encode({"document": document_head(reading.document), "checks": list(check_rows(reading))})
