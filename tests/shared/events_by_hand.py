"""Two invented reports on one strike, and a reader that finds in any text the events of a script, by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from handmade import READER
from onrecord.document import Document, Span
from onrecord.reading import (
    Amount,
    Entity,
    Event,
    EventMention,
    EventModality,
    EventType,
    Mention,
    Place,
    Reading,
    Statement,
    Time,
    When,
)

ECHO = """\
Norlund strikes Amary

Norlund bombed the port of Amary on Thursday, the Estavan defence ministry said, killing 12 people.

Premier Mara Ilven threatened on Friday to cut off all trade with Estava. Estava accused Norlund of having shelled a \
village in April.

Bishops urged the army to open the road to Sel. Norlund will suspend aid of 20 million euros to Estava on 10 May 2024.
"""
POST = """\
Police in Sel detained three editors on 1 May 2024 at 14:30.

President Teo Brandt said Norlund had bombed the port of Amary on Thursday. The port was in flames after the attack by \
Norlund, witnesses said. Estava denied having massed troops.
"""
NAMES = (
    ("Norlund", "country"),
    ("Estava", "country"),
    ("Mara Ilven", "person"),
    ("Teo Brandt", "person"),
    ("Amary", "place"),
    ("Police in Sel", "organization"),
    ("three editors", "group"),
    ("Bishops", "group"),
    ("the army", "organization"),
    ("the Estavan defence ministry", "organization"),
    ("witnesses", "unnamed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An event of the script, in words of its sentence."""

    sentence: str
    trigger: str
    type: EventType
    actors: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    mode: str | None = None
    when: tuple[str, str] | None = None
    """The value and the words."""
    where: str | None = None
    modality: EventModality = "happened"
    said_by: str | None = None
    also: tuple[str, str, str] | None = None
    """Another sentence, its trigger, and who says so."""
    confidence: float = 0.9


SCRIPT = (
    Row(
        sentence="Norlund bombed the port of Amary on Thursday, the Estavan defence ministry said, killing 12 people.",
        trigger="bombed",
        type="ASSAULT",
        mode="aerial",
        actors=("Norlund",),
        recipients=("Estava",),
        when=("2024-05-02", "on Thursday"),
        where="Amary",
        said_by="the Estavan defence ministry",
    ),
    Row(
        sentence="Premier Mara Ilven threatened on Friday to cut off all trade with Estava.",
        trigger="threatened",
        type="THREATEN",
        actors=("Mara Ilven",),
        recipients=("Estava",),
        when=("2024-05-03", "on Friday"),
    ),
    Row(
        sentence="Premier Mara Ilven threatened on Friday to cut off all trade with Estava.",
        trigger="cut off",
        type="SANCTION",
        mode="discontinue",
        actors=("Mara Ilven",),
        recipients=("Estava",),
        modality="threatened",
    ),
    Row(
        sentence="Estava accused Norlund of having shelled a village in April.",
        trigger="shelled",
        type="ASSAULT",
        actors=("Norlund",),
        when=("2024-04", "in April"),
        said_by="Estava",
        confidence=0.6,
    ),
    Row(
        sentence="Bishops urged the army to open the road to Sel.",
        trigger="urged",
        type="REQUEST",
        actors=("Bishops",),
        recipients=("the army",),
    ),
    Row(
        sentence="Norlund will suspend aid of 20 million euros to Estava on 10 May 2024.",
        trigger="suspend",
        type="SANCTION",
        actors=("Norlund",),
        recipients=("Estava",),
        when=("2024-05-10", "on 10 May 2024"),
        modality="planned",
    ),
    Row(
        sentence="Police in Sel detained three editors on 1 May 2024 at 14:30.",
        trigger="detained",
        type="COERCE",
        mode="arrest",
        actors=("Police in Sel",),
        recipients=("three editors",),
        when=("2024-05-01T14:30", "on 1 May 2024 at 14:30"),
    ),
    Row(
        sentence="President Teo Brandt said Norlund had bombed the port of Amary on Thursday.",
        trigger="bombed",
        type="ASSAULT",
        actors=("Norlund",),
        when=("2024-05-02", "on Thursday"),
        said_by="Teo Brandt",
        also=("The port was in flames after the attack by Norlund, witnesses said.", "attack", "witnesses"),
    ),
    Row(
        sentence="Estava denied having massed troops.",
        trigger="massed troops",
        type="MOBILIZE",
        mode="troops",
        actors=("Estava",),
        modality="denied",
        said_by="Estava",
    ),
)


def read_script(document: Document) -> Reading:
    """Read a document as the script says, whatever of it the text holds."""
    text = document.text
    entities = tuple(_entities(text))
    ids = {entity.name: entity.id for entity in entities}
    rows = [row for row in SCRIPT if row.sentence in text]
    said = [(row.sentence, row.said_by) for row in rows if row.said_by]
    said += [(row.also[0], row.also[2]) for row in rows if row.also]
    claims = {claim: f"s{number}" for number, claim in enumerate(dict.fromkeys(said), 1)}
    return Reading(
        document=document,
        reader=READER,
        statements=tuple(_statement(text, *claim, name, ids) for claim, name in claims.items()),
        entities=entities,
        events=tuple(_event(text, row, f"v{number}", ids, claims) for number, row in enumerate(rows, 1)),
        times=tuple(_time(text, row) for row in rows if row.when),
        amounts=tuple(_amounts(text)),
    )


def read_all(documents: Iterable[Document], _model: Any, *, parts: Any, **_options: Any) -> Iterator[Reading]:
    """Stand in for ``onrecord.pipeline.read_all``; only the parts that are asked for are read."""
    for document in documents:
        found = read_script(document)
        yield replace(found, **{part: () for part in ("events", "times", "amounts") if part not in parts})


def place(text: str, words: str, within: str | None = None) -> Span:
    """Find words in a text, or in a sentence of it."""
    start = text.index(words, text.index(within) if within else 0)
    return Span(start, start + len(words))


def _entities(text: str) -> Iterator[Entity]:
    known = [(name, kind) for name, kind in NAMES if name in text]
    for number, (name, kind) in enumerate(known, 1):
        mention = Mention(span=place(text, name), form="name")
        yield Entity(id=f"e{number}", name=name, kind=kind, mentions=(mention,))


def _statement(text: str, sentence: str, speaker: str, name: str, ids: dict[str, str]) -> Statement:
    return Statement(
        id=name,
        form="indirect",
        speakers=(ids[speaker],),
        speaker_name=speaker,
        source=(place(text, speaker, sentence),),
        cue=(),
        content=(place(text, sentence),),
        cue_class="neutral",
        negated=False,
        modality="said",
        zone="body",
        confidence=0.9,
    )


def _event(text: str, row: Row, name: str, ids: dict[str, str], claims: dict[tuple[str, str], str]) -> Event:
    also = ()
    if row.also:
        sentence, trigger, speaker = row.also
        told = place(text, sentence), place(text, trigger, sentence)
        also = (EventMention(span=told[0], trigger=told[1], claimed_in=claims[sentence, speaker]),)
    return Event(
        id=name,
        type=row.type,
        mode=row.mode,
        actors=tuple(ids[each] for each in row.actors),
        recipients=tuple(ids[each] for each in row.recipients if each in ids),
        span=place(text, row.sentence),
        trigger=place(text, row.trigger, row.sentence),
        when=When(value=row.when[0], span=place(text, row.when[1], row.sentence)) if row.when else None,
        where=Place(name=row.where, span=place(text, row.where, row.sentence)) if row.where else None,
        modality=row.modality,
        claimed_in=claims[row.sentence, row.said_by] if row.said_by else None,
        also=also,
        confidence=row.confidence,
    )


def _time(text: str, row: Row) -> Time:
    value, words = row.when or ("", "")
    kind = "time" if "T" in value else "date"
    return Time(span=place(text, words, row.sentence), type=kind, value=value, anchored="20" not in words)


def _amounts(text: str) -> Iterator[Amount]:
    if "20 million euros" in text:
        aid = place(text, "aid")
        yield Amount(span=place(text, "20 million euros"), kind="money", value=20_000_000, unit="EUR", of=aid)
    if "killing 12 people" in text:
        span, of = place(text, "12"), place(text, "people")
        yield Amount(span=span, kind="casualties", value=12, unit=None, of=of, harm="killed", claimed_in="s1")
