"""Statements as an annotator left them, whatever tool they come from."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.document import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """One statement in an annotator's file."""

    where: str
    """File and line, or whatever else leads to it."""
    id: str | None
    """The record-wide id; None for one that the annotator made."""
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    speakers: tuple[str, ...] = ()
    """As they are written; one text may have several names, apart by semicolons."""
    form: str | None = None
    """None where the file does not say: it is then as it was, or, for a new one, follows from the quotation marks."""
    cue_class: str | None = None
    """None where the file does not say."""
    negated: bool | None = None
    """None where the file does not say."""
    modality: str | None = None
    """None where the file does not say."""
    who: str | None = None
    when: str | None = None
    """ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedReport:
    """What an annotator's file says of one report."""

    where: str
    document: str
    """The contract's ``document.id``."""
    statements: tuple[Annotated, ...]
    text: str | None = None
    """The text that the offsets count in; None where the file does not have it."""
    handed_out: frozenset[str] = frozenset()
    """The ids of the statements that the export had: those that are missing now were deleted."""
    broken: frozenset[str] = frozenset()
    """The ids of statements that could not be understood; they are not taken for deleted."""
    cut_at_lines: bool = False
    """Whether the tool ends a span at each line break, so that pieces which only that parts are one span."""
    who: str | None = None
    when: str | None = None
