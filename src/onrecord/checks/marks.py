"""A quotation mark that is opened and never closed, so that the reporter's own words stand inside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.checks.report import Report
from onrecord.document import Span
from onrecord.layout.quotemarks import Quotation, pair_quotemarks
from onrecord.reading import Check

LONGEST: Final = 120
"""Characters: a source and a cue that stand further apart are no clause."""


def check_marks(report: Report) -> Iterator[Check]:
    """Yield the marks that have no second one, with a reporting clause ("..., she said") behind them."""
    quotations = pair_quotemarks(report.text)
    opened = [
        index
        for index, quotation in enumerate(quotations)
        if not quotation.closed
        and not quotation.single
        and quotation.outer in report.in_story
        and not _goes_on(report.text, quotations, index)
    ]
    clauses = _reporting_clauses(report) if opened else []
    for quotation in (quotations[index] for index in opened):
        first = bisect_left(clauses, quotation.inner)
        swallowed = clauses[first] if first < len(clauses) and quotation.inner.contains(clauses[first]) else None
        if swallowed is not None:
            said = " ".join(swallowed.of(report.text).split())
            yield Check(
                kind="quotation-mark",
                severity="notice",
                span=Span(quotation.outer.start, quotation.inner.start),
                message=f"This quotation mark is never closed, so that “{said}” stands inside the quotation.",
                evidence=(swallowed,),
                unknown="Where the quotation was meant to end.",
            )


def _goes_on(text: str, quotations: Sequence[Quotation], index: int) -> bool:
    """Tell whether the next paragraph begins with a mark, as is the custom where a quotation goes on."""
    end = quotations[index].outer.end
    following = bisect_left(quotations, end, lo=index, key=lambda each: each.outer.start)
    return following < len(quotations) and not text[end : quotations[following].outer.start].strip()


def _reporting_clauses(report: Report) -> list[Span]:
    """Return the clauses of source and cue that a comma parts from what was said before them, by start."""
    clauses = []
    for statement in report.statements:
        if statement.source and statement.cue and statement.within is None:
            parts = (*statement.source, *statement.cue)
            clause = Span(min(part.start for part in parts), max(part.end for part in parts))
            before = report.text[max(0, clause.start - 3) : clause.start].rstrip()
            if before.endswith(",") and clause.size <= LONGEST:
                clauses.append(clause)
    return sorted(clauses)
