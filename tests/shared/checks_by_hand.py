"""Reports laid out by hand for the checks: zones, people and statements as told, amounts and times as they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.checks.finding import find_checks
from onrecord.checks.report import Report
from onrecord.document import Document, Span, Zone
from onrecord.reading import Check, Entity, Mention, Statement
from onrecord.values.amounts import read_amounts
from onrecord.values.times import read_times

Said = tuple[str, str, str]
"""Source, cue and content of a statement; the source is the speaker's name or the end of it."""


def lay_out(
    body: str,
    *,
    headline: str = "",
    caption: str = "",
    people: Sequence[str] = (),
    said: Sequence[Said] = (),
    published: str | None = "2024-05-03",
) -> Report:
    """Make a report of headline, caption and body, each a paragraph or more.

    ``people`` are full names; they are mentioned wherever their last word stands. The words of a statement are looked
    for in their order: source and cue anywhere in the content's paragraph.
    """
    text = "\n\n".join(part for part in (headline, caption, body) if part)
    zones = []
    for kind, part in (("headline", headline), ("caption", caption), ("body", body)):
        if part:
            start = text.index(part)
            zones.append(Zone(kind=kind, start=start, end=start + len(part)))
    document = replace(Document.from_text(text, zones=tuple(zones)), published=published)
    paragraphs = [zone.span for zone in zones]
    entities = tuple(_entity(f"e{number}", name, text) for number, name in enumerate(people, 1))
    statements = tuple(_statement(f"s{number}", each, text, entities) for number, each in enumerate(said, 1))
    times = read_times(text, paragraphs, published)
    amounts = read_amounts(text, paragraphs, statements, avoid=[time.span for time in times])
    return Report(document, statements, entities, times, amounts)


def checks_of(report: Report) -> tuple[Check, ...]:
    """Return all checks of a report."""
    return find_checks(report.document, report.statements, report.entities, report.times, report.amounts)


def told(checks: Sequence[Check], report: Report) -> list[tuple[str, str, list[str]]]:
    """Return the kind of each check, its words, and the words of its evidence."""
    return [
        (check.kind, check.span.of(report.text), [span.of(report.text) for span in check.evidence]) for check in checks
    ]


def _entity(name: str, full: str, text: str) -> Entity:
    first, _, last = full.rpartition(" ")
    pattern = rf"(?:{re.escape(first)} )?\b{re.escape(last)}\b" if first else rf"\b{re.escape(last)}\b"
    spans = [Span(*found.span()) for found in re.finditer(pattern, text)]
    mentions = tuple(Mention(span=span, form="name") for span in spans)
    return Entity(id=name, name=full, kind="person", mentions=mentions)


def _statement(name: str, said: Said, text: str, entities: Sequence[Entity]) -> Statement:
    source, cue, content = said
    start = text.index(content)
    paragraph = Span(text.rfind("\n\n", 0, start) + 1, (text + "\n\n").index("\n\n", start))
    speakers = tuple(entity.id for entity in entities if entity.name.endswith(source))
    return Statement(
        id=name,
        form="direct",
        speakers=speakers,
        speaker_confidence=0.95 if speakers else None,
        source_form="name",
        source=(_spot(source, text, paragraph),),
        cue=(_spot(cue, text, paragraph),),
        content=(Span(start, start + len(content)),),
        cue_class="neutral",
        negated=False,
        modality="said",
        zone="body",
        confidence=0.9,
    )


def _spot(words: str, text: str, paragraph: Span) -> Span:
    start = text.index(words, *paragraph)
    return Span(start, start + len(words))
