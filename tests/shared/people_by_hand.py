"""Reports of one person each, made by hand, for tests of who is who across reports."""

from __future__ import annotations

from dataclasses import replace

from handmade import READER
from onrecord.document import Document, Span, Zone
from onrecord.reading import Entity, Mention, Reader, Reading, Role, Statement


def told_of(
    name: str,
    *,
    kind: str = "person",
    roles: tuple[tuple[str, str | None], ...] = (),
    country: str | None = None,
    aliases: tuple[str, ...] = (),
    words: str = "The levy will go",
    reader: Reader = READER,
    **metadata,
) -> Reading:
    """Make a reading in which somebody says something; ``metadata`` are fields of the document."""
    text = f"{words}, {name} said."
    start = len(words) + 2
    span = Span(start, start + len(name))
    entity = Entity(
        id="e1",
        name=name,
        kind=kind,
        country=country,
        aliases=aliases,
        roles=tuple(Role(title=title, of=of, span=span) for title, of in roles),
        mentions=(Mention(span=span, form="name"),),
    )
    statement = Statement(
        id="s1",
        form="indirect",
        speakers=("e1",),
        speaker_name=name,
        speaker_confidence=0.9,
        source=(span,),
        cue=(Span(span.end + 1, span.end + 5),),
        content=(Span(0, len(words)),),
        cue_class="neutral",
        negated=False,
        modality="said",
        zone="body",
        confidence=0.9,
    )
    url = metadata.pop("url", None)
    zones = (Zone(kind="body", start=0, end=len(text)),)
    document = replace(Document.from_text(text, url=url), zones=zones, **metadata)
    return Reading(document=document, reader=reader, statements=(statement,), entities=(entity,))
