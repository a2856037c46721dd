"""All checks of one report."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.checks.captions import check_captions
from onrecord.checks.figures import check_figures
from onrecord.checks.headlines import check_headlines
from onrecord.checks.marks import check_marks
from onrecord.checks.report import Report
from onrecord.checks.spellings import check_spellings
from onrecord.document import Document
from onrecord.reading import Amount, Check, Entity, Statement, Time


def find_checks(
    document: Document,
    statements: Sequence[Statement],
    entities: Sequence[Entity],
    times: Sequence[Time],
    amounts: Sequence[Amount],
) -> tuple[Check, ...]:
    """Return what does not fit the rest of the report, in the order of the text.

    Each check is a function of what was read. None judges what is true: it names two places that differ.
    """
    report = Report(document, statements, entities, times, amounts)
    checks = (check_captions, check_headlines, check_figures, check_marks, check_spellings)
    return tuple(
        sorted((found for check in checks for found in check(report)), key=lambda found: (found.span, found.kind))
    )
