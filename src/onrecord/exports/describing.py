"""What is said of a statement wherever it is shown: its order among others, and its facts in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.reading import Statement


def in_reading_order(statements: Sequence[Statement]) -> Iterator[tuple[Statement, int]]:
    """Yield each statement with its depth: one inside another comes directly after it, one deeper."""
    ids = {statement.id for statement in statements}
    inner: dict[str | None, list[Statement]] = {}
    for statement in statements:
        inner.setdefault(statement.within if statement.within in ids else None, []).append(statement)
    stack = [(statement, 0) for statement in reversed(inner.get(None, []))]
    while stack:
        statement, depth = stack.pop()
        yield statement, depth
        stack.extend((deeper, depth + 1) for deeper in reversed(inner.get(statement.id, [])))


def describe(statement: Statement) -> list[str]:
    """Return what is worth knowing of a statement in a few words: form, cue class, zone, what is unusual."""
    facts: list[str] = [statement.form, statement.cue_class, statement.zone]
    if statement.negated:
        facts.append("negated")
    if statement.modality != "said" and not (statement.negated and statement.modality == "denied"):
        facts.append(statement.modality)
    if statement.within:
        facts.append(f"within {statement.within}")
    if statement.continues:
        facts.append(f"continues {statement.continues}")
    return [fact for fact in facts if fact != "none"]


def day(published: str | None) -> str | None:
    """Return the day of a date or a date and time in ISO 8601.

    >>> day("2024-05-02T07:30:00+01:00")
    '2024-05-02'
    """
    return published.split("T")[0] if published else None
