"""A reading: all that onrecord found in one document, and its shape as JSON.

The types below *are* the contract (schema ``onrecord/1``): :func:`to_json` writes them,
:func:`json_schema` publishes them as JSON Schema. Every span counts code points of the
document's text. Unknown is None, never a guess.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal

import msgspec

from onrecord.document import Document, Provenance, PublishedFrom, Span, Zone, ZoneKind
from onrecord.encoding import encode

SCHEMA: Literal["onrecord/1"] = "onrecord/1"

Form = Literal["direct", "indirect", "mixed"]
CueClass = Literal[
    "neutral",
    "doubting",
    "accusing",
    "conceding",
    "denying",
    "praising",
    "demanding",
    "promising",
    "warning",
    "asking",
    "thinking",
    "feeling",
    "revealing",
    "none",
]
StatementModality = Literal["said", "future", "hypothetical", "denied"]
EntityKind = Literal["person", "organization", "country", "place", "group", "document", "unnamed", "author"]
MentionForm = Literal["name", "nominal", "pronoun", "metonym"]
SourceForm = Literal["name", "nominal", "pronoun", "metonym", "implicit"]
OpenReason = Literal["impersonal", "ambiguous", "no antecedent", "unsure"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
"""The root types of PLOVER (Political Language Ontology for Verifiable Event Records)."""
EventModality = Literal["happened", "planned", "threatened", "called for", "hypothetical", "denied"]
Sector = Literal[
    "GOV",
    "MIL",
    "REB",
    "OPP",
    "PTY",
    "COP",
    "JUD",
    "SPY",
    "LEG",
    "MED",
    "EDU",
    "BUS",
    "CRM",
    "CVL",
    "NGO",
    "IGO",
    "LAB",
    "REL",
    "UNK",
]
"""PLOVER's sectors of actors, as far as reports name them; ``UNK`` is an armed or organized actor of no stated kind."""
TimeType = Literal["date", "time", "duration", "set"]
TimeModifier = Literal[
    "start", "mid", "end", "approx", "before", "after", "on or before", "on or after", "less", "more"
]
TimeOpen = Literal["no publication date", "event", "ambiguous", "beyond the calendar"]
AmountKind = Literal["money", "percent", "count", "casualties", "measure"]
AmountBound = Literal["at least", "at most", "more than", "less than"]
Harm = Literal["killed", "wounded", "missing"]
CheckKind = Literal[
    "caption-off-story",
    "caption-other-date",
    "number-differs",
    "headline-other-speaker",
    "headline-clipped",
    "headline-not-said",
    "name-spelling",
    "quotation-mark",
]
Severity = Literal["warning", "notice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a statement was read as it was: the labels and scores behind it (``--explain``)."""

    cue_score: float
    """Probability that the tagger gave the cue, 0 to 1; 0 where there is no cue."""
    source_score: float | None
    """Mean probability of the source's tokens, or of there being none; None without a cue."""
    content_score: float
    """Mean probability of the content's tokens, 0 to 1."""
    rule: str
    """What put it together: ``linked`` (the model), or the name of the rule that did."""
    labels: tuple[str, ...] = ()
    """One ``START-END LABEL PROBABILITY`` for each word piece of the statement, such as ``812-816 B-cue 0.98``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When something was said or happened."""

    value: str
    """ISO 8601 date, date and time, part of a date (``2024-05``), or interval (``2024-05-02/2024-05-04``)."""
    span: Span | None = None
    """The expression of the text that says so; None where the publication date alone does."""
    by: Literal["expression", "published"] = "expression"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attribution: a source, a cue and a content, each a list of spans."""

    id: str
    """``s1``, ``s2`` ... in the order of the text."""
    form: Form
    """Verbatim, reported, or partly quoted, by the quotation marks inside the content."""
    speakers: tuple[str, ...] = ()
    """The entities that say it; empty where the report leaves it open."""
    speaker_name: str | None = None
    """Their names, as a heading; None where there is no speaker."""
    speaker_confidence: float | None = None
    """Calibrated probability that the speakers are right, 0 to 1; None where there is none."""
    speaker_by: str | None = None
    """What decided it: ``heads`` (the model), or the name of the rule that did."""
    speaker_open: OpenReason | None = None
    """Why there is no speaker; None where there is one."""
    speaker_candidates: tuple[str, ...] = ()
    """Where there is no speaker: the entities that it might be, the likeliest first."""
    source_form: SourceForm = "implicit"
    """How the source names the speaker; ``implicit`` where there is no source."""
    source: tuple[Span, ...]
    """The words that name who said it; empty where the report names nobody."""
    cue: tuple[Span, ...]
    """The words that say that it was said; empty where a quotation goes on without any."""
    content: tuple[Span, ...]
    """What was said, with its quotation marks; in pieces where the report interrupts it."""
    cue_class: CueClass
    """How the outlet frames it, told from the cue; see "Cue classes"."""
    negated: bool
    """The report says that the statement was not made."""
    modality: StatementModality
    """Whether it was made, is yet to be made, might be, or is denied to have been made."""
    addressees: tuple[str, ...] = ()
    """The entities that it was said to."""
    about: tuple[str, ...] = ()
    """The entities that the content mentions, the one mentioned most first."""
    targets: tuple[str, ...] = ()
    """The entities that the cue accuses or praises; the content need not mention them."""
    within: str | None = None
    """The statement whose content holds this one, where speech is reported inside speech."""
    continues: str | None = None
    """The earlier statement that this one, which has no source and cue of its own, goes on from."""
    zone: ZoneKind
    """The zone that the content begins in."""
    said_on: When | None = None
    """When it was said, as far as the report says."""
    confidence: float
    """Calibrated probability that content and source are right, 0 to 1."""
    evidence: Evidence | None = None


def keep_statements(statements: Sequence[Statement], kept: Container[str]) -> tuple[Statement, ...]:
    """Return the statements of some ids; what pointed at one that is left out points at the next that is not."""
    outer = {each.id: each.within for each in statements}
    earlier = {each.id: each.continues for each in statements}
    return tuple(
        replace(each, within=_nearest(each.id, outer, kept), continues=_nearest(each.id, earlier, kept))
        for each in statements
        if each.id in kept
    )


def _nearest(name: str, following: Mapping[str, str | None], kept: Container[str]) -> str | None:
    """Follow the pointers from a statement to the first one that is kept; None at their end."""
    seen = {name}
    found = following.get(name)
    while found is not None and found not in kept:
        found = None if found in seen else following.get(found)
        seen.add(found or "")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What the report says that an entity is: a title, of an organization or country."""

    title: str
    """The title alone, as the report writes it, such as ``Foreign Minister``."""
    of: str | None
    """What it is a title of, such as ``Russia`` or ``Right to Rise USA``; None where the report does not say."""
    span: Span
    """Where the report says so."""

    @property
    def words(self) -> str:
        """The role as it is shown."""
        return role_in_words(self.title, self.of)


def role_in_words(title: str, of: str | None) -> str:
    """Return a role as it is shown: the title, and what it is a title of.

    The comma tells nothing that the report does not: a "spokesman for" or a "professor at" has an ``of`` too.

    >>> role_in_words("Foreign Minister", "Norland"), role_in_words("mayor", None)
    ('Foreign Minister, Norland', 'mayor')
    """
    return f"{title}, {of}" if of else title


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where the text refers to an entity."""

    span: Span
    form: MentionForm
    by: str = "name"
    """What tied it to the entity: ``name``, ``heads`` (the model), or the name of another rule."""
    confidence: float = 1.0
    """Calibrated probability that it refers to the entity, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organization, country, group, document or unnamed source of the report."""

    id: str
    """``e1``, ``e2`` ... in the order of first mention."""
    name: str
    """The fullest name that the report gives, or its fullest description of somebody never named."""
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    """Every other name and description that the report uses for it."""
    roles: tuple[Role, ...] = ()
    country: str | None = None
    """ISO 3166-1 alpha-2 code of the country that the report ties it to, such as ``RU``."""
    sector: Sector | None = None
    """What part of a society it acts as, by its description, role or name; None where the report does not say."""
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One expression of time, as TIMEX3 has it (ISO-TimeML, ISO 24617-1)."""

    span: Span
    type: TimeType
    value: str | None
    """ISO 8601, with TIMEX3's letters for parts of years and days: ``2024-05-02``, ``2024-W18``, ``2024-Q2``,
    ``2024-SP``, ``201`` (a decade), ``2024-05-02T14:30``, ``2024-05-02TEV``, ``P3D``, ``2024-05-02/2024-05-04``; None
    where it stays open."""
    modifier: TimeModifier | None = None
    """``late February`` is the end of it, ``about three years`` approx."""
    anchored: bool = False
    """Whether the value was reckoned from the publication date or another date of the report."""
    open: TimeOpen | None = None
    """Why there is no value; None where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One quantity with what it counts."""

    span: Span
    kind: AmountKind
    value: float | None
    """The number in full: ``1.2bn`` is 1200000000; the lower one of a range; None for ``dozens`` and the like."""
    upper: float | None = None
    """The higher number of a range."""
    unit: str | None
    """ISO 4217 for money, ``%`` and ``pp`` for percentages and points, a UCUM code for measures; None for counts."""
    approximate: bool = False
    """``about``, ``nearly``, ``roughly``, ``some``, ``dozens``."""
    bound: AmountBound | None = None
    of: Span | None = None
    """What is counted, or what it is a share of."""
    harm: Harm | None = None
    """What befell the casualties."""
    claimed_in: str | None = None
    """The statement whose content holds it; None where the outlet says it in its own voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened."""

    name: str
    span: Span
    country: str | None = None
    """ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One more place where the report tells of an event."""

    span: Span
    trigger: Span
    claimed_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom, as a PLOVER event."""

    id: str
    """``v1``, ``v2`` ... in the order of the text."""
    type: EventType
    mode: str | None = None
    """PLOVER's mode, for the types that have modes, such as ``arrest``; None where the report does not say."""
    actors: tuple[str, ...]
    """The entities that do it."""
    recipients: tuple[str, ...] = ()
    """The entities that it is done to."""
    span: Span
    """The sentence that tells of it."""
    trigger: Span
    """The words that name what is done."""
    when: When | None = None
    where: Place | None = None
    modality: EventModality = "happened"
    claimed_in: str | None = None
    """The statement that asserts it; None where the outlet does so in its own voice."""
    also: tuple[EventMention, ...] = ()
    """Where the report tells of it again."""
    confidence: float
    """Calibrated probability that type, actors and recipients are right, 0 to 1."""


def keep_events(events: Iterable[Event], tellers: Container[str | None]) -> tuple[Event, ...]:
    """Return the events that some statements, or with None the outlet, tell of: each as the first of these does."""
    kept = []
    for event in events:
        first = EventMention(span=event.span, trigger=event.trigger, claimed_in=event.claimed_in)
        told = [each for each in (first, *event.also) if each.claimed_in in tellers]
        if told:
            first, *also = told
            at, trigger, teller = first.span, first.trigger, first.claimed_in
            kept.append(replace(event, span=at, trigger=trigger, claimed_in=teller, also=tuple(also)))
    return tuple(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something in a report that does not fit the rest of it. It says that two places differ, never which is right."""

    kind: CheckKind
    severity: Severity
    """``warning`` for what changes what a reader takes away, ``notice`` for slips of the pen."""
    span: Span
    """What does not fit."""
    message: str
    """What it does not fit, in a sentence."""
    evidence: tuple[Span, ...] = ()
    """The places of the report that say otherwise; empty where what is missing is the point."""
    unknown: str
    """What the check can't know, in a sentence: how it may be wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Which version of onrecord, with which model, made a reading."""

    version: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was found in one document, spans into ``document.text``."""

    document: Document
    reader: Reader
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    times: tuple[Time, ...] = ()
    amounts: tuple[Amount, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """The ``document`` member of the contract."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    authors: tuple[str, ...]
    published: str | None
    published_from: PublishedFrom | None
    language: str | None
    section: str | None
    sha256: str
    origin: str
    method: str
    charset: str | None
    warnings: tuple[str, ...]
    text: str
    zones: tuple[Zone, ...]
    extra: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """One line of ``--jsonl``: the contract, schema version 1."""

    schema: Literal["onrecord/1"]
    reader: Reader
    document: DocumentRecord
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...] = ()
    times: tuple[Time, ...] = ()
    amounts: tuple[Amount, ...] = ()
    checks: tuple[Check, ...] = ()


def _shared(kind: type[Any], shape: type[Any]) -> tuple[str, ...]:
    """Return the fields that a type and its shape in the contract both have."""
    names = {each.name for each in fields(shape)}
    return tuple(each.name for each in fields(kind) if each.name in names)


_OF_DOCUMENT: Final = _shared(Document, DocumentRecord)
_OF_PROVENANCE: Final = _shared(Provenance, DocumentRecord)
_FOUND: Final = _shared(Reading, ReadingRecord)


def _take(holder: Any, names: Sequence[str], **others: Any) -> dict[str, Any]:
    """Return the values of some fields, with others in the place of theirs."""
    return {name: getattr(holder, name) for name in names} | others


def to_record(reading: Reading) -> ReadingRecord:
    """Lay a reading out in the shape of the contract."""
    document = reading.document
    told = _take(document, _OF_DOCUMENT, extra=dict(document.extra)) | _take(document.provenance, _OF_PROVENANCE)
    return ReadingRecord(schema=SCHEMA, **_take(reading, _FOUND, document=DocumentRecord(**told)))


def to_reading(record: ReadingRecord) -> Reading:
    """Turn the shape of the contract back into a reading; where its characters stood in a page is not in it."""
    provenance = Provenance(**_take(record.document, _OF_PROVENANCE))
    document = Document(**_take(record.document, _OF_DOCUMENT, provenance=provenance))
    return Reading(**_take(record, _FOUND, document=document))


def to_json(reading: Reading | ReadingRecord) -> bytes:
    """Encode a reading as one line of UTF-8 JSON, the same bytes for the same reading.

    Lone surrogates, which no encoding can write, are U+FFFD, so that every span still fits.
    """
    return encode(reading if isinstance(reading, ReadingRecord) else to_record(reading))


def from_json(line: bytes | str) -> ReadingRecord:
    """Decode and validate what :func:`to_json` wrote.

    Raises:
        msgspec.DecodeError: it is no JSON, or, as a ValidationError, has not the contract's shape.
    """
    return msgspec.json.decode(line, type=ReadingRecord)


def json_schema() -> dict[str, Any]:
    """Return the contract as JSON Schema (2020-12), generated from the types above."""
    schema = msgspec.json.schema(ReadingRecord)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}
