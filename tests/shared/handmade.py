"""Readings made by hand, for tests of what keeps and shows them: no network is asked.

:func:`read_by_hand` finds in any text what a simple reader would: each paragraph is a statement, by the first person
that it names. :func:`readings` draws readings that no reader would make, to the edges of the contract.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from onrecord.document import Document, Span, Zone, ZoneKind
from onrecord.reading import (
    Amount,
    AmountBound,
    AmountKind,
    Check,
    CheckKind,
    CueClass,
    Entity,
    EntityKind,
    Event,
    EventMention,
    EventModality,
    EventType,
    Evidence,
    Form,
    Harm,
    Mention,
    MentionForm,
    OpenReason,
    Place,
    Reader,
    Reading,
    Role,
    Sector,
    Severity,
    SourceForm,
    Statement,
    StatementModality,
    Time,
    TimeModifier,
    TimeOpen,
    TimeType,
    When,
)
from strategies import CUES, PEOPLE, hostile_texts, invented_report

READER = Reader(version="0.1.0", model="hand")
PERSON = re.compile("|".join(map(re.escape, PEOPLE)))
CUE = re.compile(r"\b(?:" + "|".join(map(re.escape, CUES)) + r")\b")


def read_by_hand(text: str, *, url: str | None = None, reader: Reader = READER, **metadata) -> Reading:
    """Make a reading of a text: each paragraph a statement; ``metadata`` are fields of the document."""
    zones = (Zone(kind="body", start=0, end=len(text)),) if text else ()
    document = replace(Document.from_text(text, url=url), zones=zones, **metadata)
    entities = tuple(_entities(text))
    said = [_statement(text, Span(*found.span()), entities) for found in re.finditer(r"[^\n]+", text)]
    statements = tuple(replace(each, id=f"s{number}") for number, each in enumerate(said, 1))
    return Reading(document=document, reader=reader, statements=statements, entities=entities)


def invented_reading(seed: int, *, paragraphs: int = 6, **metadata) -> Reading:
    """Make a reading of an invented report, always the same for a seed."""
    defaults = {
        "url": f"https://www.outlet{seed % 7}.example/report-{seed}",
        "title": f"Report {seed}",
        "outlet": f"Outlet {seed % 7}",
        "published": f"2024-{seed % 12 + 1:02d}-{seed % 28 + 1:02d}",
        "published_from": "metadata",
        "language": "en",
    }
    text = f"Report number {seed}.\n\n{invented_report(seed, paragraphs=paragraphs)}"
    return read_by_hand(text, **{**defaults, **metadata})


MINISTRY = "Ministry of Ports, Salt and Peat"


def said_together() -> Reading:
    """Make a reading whose first statement a ministry and a person make together, and the second the ministry alone."""
    text = f"The quay stays open, the {MINISTRY} and Mara Ilven said.\n\nNo boat will wait, the {MINISTRY} said."
    read = read_by_hand(text, url="https://orrin.example/together", outlet="Orrin Echo", published="2024-05-02")
    ministry = Entity(id="e2", name=MINISTRY, kind="organization")
    together, alone = read.statements
    together = replace(together, speakers=("e2", "e1"), speaker_name=f"{MINISTRY} and Mara Ilven")
    alone = replace(alone, speakers=("e2",), speaker_name=MINISTRY)
    return replace(read, entities=(*read.entities, ministry), statements=(together, alone))


FULL = "Mara Ilven accused Teo Brandt in Belvar on 1 May. About 400 boats left, she said on Monday."


def full_reading(**metadata) -> Reading:
    """Make a reading that has one of everything that the contract knows."""
    read = read_by_hand(FULL, **{"published": "2024-05-02", **metadata})
    first, *others = read.entities
    sentence, told = (
        _spot("Mara Ilven accused Teo Brandt in Belvar on 1 May."),
        When(value="2024-05-01", span=_spot("1 May")),
    )
    event = Event(
        id="v1",
        type="ACCUSE",
        mode="verbal",
        actors=("e1",),
        recipients=("e2",),
        span=sentence,
        trigger=_spot("accused"),
        when=told,
        where=Place(name="Belvar", span=_spot("Belvar"), country="NO"),
        claimed_in="s1",
        also=(EventMention(span=sentence, trigger=_spot("accused"), claimed_in="s1"),),
        confidence=0.8123,
    )
    flight = replace(
        event,
        id="v2",
        type="RETREAT",
        mode=None,
        actors=("e1", "e2"),
        recipients=(),
        span=_spot("About 400 boats left"),
        trigger=_spot("left"),
        when=When(value="2024-05-02T10", by="published"),
        where=None,
        claimed_in=None,
        also=(),
    )
    amount = Amount(
        span=_spot("About 400"),
        kind="count",
        value=400.0,
        unit=None,
        approximate=True,
        of=_spot("boats"),
        claimed_in="s1",
    )
    return replace(
        read,
        entities=(replace(first, sector="GOV"), *others),
        statements=tuple(
            replace(each, said_on=When(value="2024-04-29", span=_spot("on Monday"))) for each in read.statements
        ),
        events=(event, flight),
        times=(Time(span=_spot("1 May"), type="date", value="2024-05-01", anchored=True),),
        amounts=(amount,),
        checks=(_check(),),
    )


def _check() -> Check:
    return Check(
        kind="number-differs",
        severity="warning",
        span=_spot("400"),
        message="the headline says 40",
        evidence=(_spot("boats"),),
        unknown="which of them is right",
    )


def _spot(words: str) -> Span:
    start = FULL.index(words)
    return Span(start, start + len(words))


def _entities(text: str):
    spans: dict[str, list[Span]] = {}
    for found in PERSON.finditer(text):
        spans.setdefault(found[0], []).append(Span(*found.span()))
    for number, (name, places) in enumerate(spans.items(), 1):
        mentions = tuple(Mention(span=span, form="name") for span in places)
        yield Entity(id=f"e{number}", name=name, kind="person", mentions=mentions)


def _statement(text: str, paragraph: Span, entities: tuple[Entity, ...]) -> Statement:
    named = [entity for entity in entities if any(paragraph.contains(each.span) for each in entity.mentions)]
    cue = CUE.search(text, *paragraph)
    person = PERSON.search(text, *paragraph)
    return Statement(
        id="s0",
        form="indirect",
        speakers=tuple(entity.id for entity in named[:1]),
        speaker_name=named[0].name if named else None,
        speaker_confidence=0.75 if named else None,
        source_form="name" if person else "implicit",
        source=(Span(*person.span()),) if person else (),
        cue=(Span(*cue.span()),) if cue else (),
        content=(paragraph,),
        cue_class="neutral",
        negated=False,
        modality="said",
        about=tuple(entity.id for entity in named[1:]),
        zone="body",
        confidence=0.9,
    )


def spans_in(text: str) -> st.SearchStrategy[Span]:
    """Spans of a text, the empty one and the whole among them."""
    offset = st.integers(0, len(text))
    return st.tuples(offset, offset).map(lambda ends: Span(min(ends), max(ends)))


def readings() -> st.SearchStrategy[Reading]:
    """Readings of any shape that the contract allows, whether or not a reader would make them."""
    return st.composite(_draw_reading)()


WORDS = hostile_texts(max_pieces=3)
SURE = st.floats(0, 1) | st.integers(0, 10_000).map(lambda whole: whole / 10_000)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)


def _draw_reading(draw) -> Reading:
    text = draw(hostile_texts())
    count, said = draw(st.integers(0, 4)), draw(st.integers(0, 5))
    names = draw(st.sampled_from(("e", "x-")))
    span = spans_in(text)
    several = st.lists(span, max_size=3).map(tuple)
    chosen = (
        st.lists(st.sampled_from([f"{names}{n + 1}" for n in range(count)]), unique=True).map(tuple)
        if count
        else st.just(())
    )
    document = replace(
        Document.from_text(text, url=draw(st.none() | WORDS)),
        zones=tuple(draw(st.lists(st.builds(_zone, st.sampled_from(get_args(ZoneKind)), span), max_size=2))),
        title=draw(st.none() | WORDS),
        outlet=draw(st.none() | WORDS),
        authors=tuple(draw(st.lists(WORDS, max_size=2))),
        published=draw(
            st.none() | st.sampled_from(("2024-05-02", "2024-05", "2024", "2024-05-02T10:00:00+02:00", "soon"))
        ),
        extra=draw(st.dictionaries(WORDS, JSON, max_size=3)),
        warnings=tuple(draw(st.lists(WORDS, max_size=2))),
    )
    entities = tuple(draw(st.builds(_entity(f"{names}{n + 1}"), **_ENTITY, **_places(span))) for n in range(count))
    statement = st.builds(
        Statement,
        id=st.just(""),
        source=several,
        cue=several,
        content=several,
        **dict.fromkeys(("speakers", "speaker_candidates", "addressees", "about", "targets"), chosen),
        said_on=st.none() | _whens(span),
        **_STATEMENT,
    )
    name = draw(st.sampled_from(("s", "said ")))
    statements = tuple(replace(draw(statement), id=f"{name}{n + 1}") for n in range(said))
    claims = st.none() | st.sampled_from([each.id for each in statements]) if statements else st.none()
    event = st.builds(Event, id=st.just(""), **dict.fromkeys(("actors", "recipients"), chosen), **_event(span, claims))
    name = draw(st.sampled_from(("v", "event ")))
    events = tuple(replace(draw(event), id=f"{name}{n + 1}") for n in range(draw(st.integers(0, 3))))
    return Reading(
        document=document,
        reader=READER,
        statements=statements,
        entities=entities,
        events=events,
        times=draw(st.lists(st.builds(Time, span=span, **_TIME), max_size=3).map(tuple)),
        amounts=draw(st.lists(st.builds(Amount, **_amount(span, claims)), max_size=3).map(tuple)),
        checks=draw(st.lists(st.builds(Check, span=span, **_CHECK, evidence=several), max_size=2).map(tuple)),
    )


def _zone(kind, span) -> Zone:
    return Zone(kind=kind, start=span.start, end=span.end)


def _entity(name):
    return lambda **fields: Entity(id=name, **fields)


def _places(span):
    mention = st.builds(
        Mention,
        span=span,
        form=st.sampled_from(get_args(MentionForm)),
        by=st.sampled_from(("name", "heads")),
        confidence=SURE,
    )
    role = st.builds(Role, title=WORDS, of=st.none() | WORDS, span=span)
    return {
        "mentions": st.lists(mention, max_size=3).map(tuple),
        "roles": st.lists(role, max_size=2).map(tuple),
    }


def _whens(span):
    return st.builds(When, value=DATES, span=st.none() | span, by=st.sampled_from(("expression", "published")))


def _event(span, claims):
    where = st.builds(Place, name=WORDS, span=span, country=st.none() | st.just("RU"))
    again = st.builds(EventMention, span=span, trigger=span, claimed_in=claims)
    return {
        "type": st.sampled_from(get_args(EventType)),
        "mode": st.none() | st.just("arrest"),
        "span": span,
        "trigger": span,
        "when": st.none() | _whens(span),
        "where": st.none() | where,
        "modality": st.sampled_from(get_args(EventModality)),
        "claimed_in": claims,
        "also": st.lists(again, max_size=2).map(tuple),
        "confidence": SURE,
    }


def _amount(span, claims):
    number = st.none() | st.floats(allow_nan=False, allow_infinity=False)
    return {
        "span": span,
        "kind": st.sampled_from(get_args(AmountKind)),
        "value": number,
        "upper": number,
        "unit": st.none() | st.sampled_from(("EUR", "%", "km/h")),
        "approximate": st.booleans(),
        "bound": st.none() | st.sampled_from(get_args(AmountBound)),
        "of": st.none() | span,
        "harm": st.none() | st.sampled_from(get_args(Harm)),
        "claimed_in": claims,
    }


DATES = (
    st.sampled_from(
        ("2024-05-02", "2024-05", "2024", "0000", "2024-00-02", "2024-05-02T10:00", "2024-05-02/2024-05-04")
    )
    | WORDS
)
_CHECK = {
    "kind": st.sampled_from(get_args(CheckKind)),
    "severity": st.sampled_from(get_args(Severity)),
    "message": WORDS,
    "unknown": WORDS,
}
_TIME = {
    "type": st.sampled_from(get_args(TimeType)),
    "value": st.none() | DATES,
    "modifier": st.none() | st.sampled_from(get_args(TimeModifier)),
    "anchored": st.booleans(),
    "open": st.none() | st.sampled_from(get_args(TimeOpen)),
}
_ENTITY = {
    "name": WORDS,
    "kind": st.sampled_from(get_args(EntityKind)),
    "aliases": st.lists(WORDS, max_size=2).map(tuple),
    "country": st.none() | st.just("RU"),
    "sector": st.none() | st.sampled_from(get_args(Sector)),
}
_STATEMENT = {
    "form": st.sampled_from(get_args(Form)),
    "speaker_name": st.none() | WORDS,
    "speaker_confidence": st.none() | SURE,
    "speaker_by": st.none() | st.just("same words"),
    "speaker_open": st.none() | st.sampled_from(get_args(OpenReason)),
    "source_form": st.sampled_from(get_args(SourceForm)),
    "cue_class": st.sampled_from(get_args(CueClass)),
    "negated": st.booleans(),
    "modality": st.sampled_from(get_args(StatementModality)),
    "within": st.none() | st.just("s1"),
    "continues": st.none() | st.just("s1"),
    "zone": st.sampled_from(get_args(ZoneKind)),
    "confidence": SURE,
    "evidence": st.none()
    | st.builds(
        Evidence,
        cue_score=SURE,
        source_score=st.none() | SURE,
        content_score=SURE,
        rule=WORDS | st.just("same words"),
        labels=st.lists(WORDS, max_size=2).map(tuple),
    ),
}
