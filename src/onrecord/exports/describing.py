"""What is said of statements and entities wherever they are shown: their order, and their facts in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from onrecord.document import Document, Span
from onrecord.reading import Amount, Entity, EventModality, EventType, Statement, Time

# 3 names say what the doubt is about; the rest is in the JSON and in --explain.
_MOST_CANDIDATES: Final = 3


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


def document_head(document: Document) -> dict[str, str | None]:
    """Return what a document is, for lists of what was found in it."""
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "published": document.published,
    }


def names_of(entities: Iterable[Entity]) -> dict[str, str]:
    """Return the name of each entity by its id."""
    return {entity.id: entity.name for entity in entities}


def list_names(ids: Iterable[str], names: Mapping[str, str]) -> str:
    """Return the names of entities as a list; an id that no entity has stands for itself.

    >>> list_names(["e1", "e2"], {"e1": "Ada Quill", "e2": "Bo Larch"})
    'Ada Quill, Bo Larch'
    """
    return ", ".join(names.get(entity, entity) for entity in ids)


def describe_open_speaker(statement: Statement, names: Mapping[str, str]) -> str | None:
    """Return why a statement has no speaker, and who it might be; None where it has one or nobody looked.

    For a statement that is ambiguous between two people: ``open: ambiguous (Ada Quill or Bo Larch?)``.
    """
    if statement.speaker_name or not statement.speaker_open:
        return None
    candidates = [names.get(entity, entity) for entity in statement.speaker_candidates]
    question = f" ({_one_of(candidates)}?)" if candidates else ""
    return f"open: {statement.speaker_open}{question}"


def _one_of(names: Sequence[str]) -> str:
    """Return names as alternatives.

    >>> _one_of(["Ada Quill", "Bo Larch", "Cy Marl", "Di Noss"])
    'Ada Quill, Bo Larch, Cy Marl or another'
    """
    shown = [*names[:_MOST_CANDIDATES], *(["another"] if len(names) > _MOST_CANDIDATES else [])]
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def explain_speaker(statement: Statement, names: Mapping[str, str]) -> list[str]:
    """Return how it came about that a statement has its speaker, or none: what decided it, how sure, who else."""
    if not (statement.speaker_name or statement.speaker_open):
        return []
    facts = [f"source {statement.source_form}"]
    if statement.speaker_by:
        facts.append(f"by {statement.speaker_by}")
    if statement.speaker_confidence is not None:
        facts.append(f"confidence {statement.speaker_confidence:.2f}")
    if statement.speaker_candidates:
        facts.append(f"candidates {list_names(statement.speaker_candidates, names)}")
    return facts


def source_is_the_name(document: Document, statement: Statement) -> bool:
    """Tell whether the source, as the report writes it, is the speaker's name and nothing else."""
    words = " ".join(span.of(document.text) for span in statement.source)
    return words.split() == (statement.speaker_name or "").split() != []


def offsets(span: Span) -> str:
    """Return a span as ``start:end``.

    >>> offsets(Span(12, 31))
    '12:31'
    """
    return f"{span.start}:{span.end}"


def day(published: str | None) -> str | None:
    """Return the day of a date or a date and time in ISO 8601.

    >>> day("2024-05-02T07:30:00+01:00")
    '2024-05-02'
    """
    return published.split("T")[0] if published else None


def describe_type(type: EventType, mode: str | None, modality: EventModality) -> str:
    """Return an event's type with its mode, and with how real it is where it did not simply happen.

    >>> describe_type("COERCE", "arrest", "happened"), describe_type("ASSAULT", None, "threatened")
    ('COERCE arrest', 'ASSAULT (threatened)')
    """
    kind = type if mode is None else f"{type} {mode}"
    return kind if modality == "happened" else f"{kind} ({modality})"


def describe_time(time: Time) -> str:
    """Return the value of an expression of time with what modifies it, or why it has none.

    >>> from onrecord.document import Span
    >>> describe_time(Time(span=Span(0, 13), type="date", value="2024-02", modifier="end"))
    '2024-02 (end)'
    """
    value = time.value or f"open: {time.open}"
    return f"{value} ({time.modifier})" if time.modifier else value


def describe_number(amount: Amount) -> str:
    """Return the number of an amount, as exact as the report has it.

    >>> from onrecord.document import Span
    >>> describe_number(Amount(span=Span(0, 9), kind="count", value=3e6, upper=5e6, unit=None, approximate=True))
    'about 3,000,000 to 5,000,000'
    """
    if amount.value is None:
        return "–"
    number = _number(amount.value) + (f" to {_number(amount.upper)}" if amount.upper is not None else "")
    return " ".join(filter(None, ("about" if amount.approximate else "", amount.bound or "", number)))


def _number(value: float) -> str:
    # To the cent, and not to the last digit of a float; from there on, "g" would write 1e+12.
    return f"{value:,.12g}" if abs(value) < 1e12 else f"{value:,.0f}"


def describe_amount(amount: Amount) -> str:
    """Return the number of an amount, and its unit or what befell those counted.

    >>> from onrecord.document import Span
    >>> describe_amount(Amount(span=Span(0, 9), kind="money", value=20e6, unit="EUR"))
    '20,000,000 EUR'
    """
    return f"{describe_number(amount)} {amount.harm or amount.unit or amount.kind}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "word"), count(1_200, "word"), count(2, "entity")
    ('1 word', '1,200 words', '2 entities')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"
