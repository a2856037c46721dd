"""Invented reports of four outlets, three of them on one occasion, marked by hand with who says what.

``{s Name}`` is a source and a speaker, ``{n Name}`` somebody who is named, ``{c said}`` a cue, ``{c doubting claimed}``
one of another class, ``{q ...}`` a content; a paragraph has at most one statement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.document import Document, Span, Zone
from onrecord.reading import Entity, Mention, Reader, Reading, Statement

MARK = re.compile(r"\{(?P<kind>[sncq]) (?P<words>[^{}]*)\}")
CLASSES = frozenset({"doubting", "accusing", "conceding", "denying", "demanding", "warning"})

ECHO = """Belvar council drops mooring levy

{n Belvar} has dropped its plan for a levy on moorings at {n Orrin Quay} after a night of protest by the ferry crews.

{q “The levy on moorings is dead, and it will not come back as long as I sit here,”} {s Mara Ilven} {c said} on Monday.

{s Teo Brandt} {c said} {q the crews had been threatened with dismissal before the vote}.

{s Halvard Quy} {c conceding admitted} {q the harbour office had overspent by 40,000 crowns on lamps}.

Two engineers found alleged negligence at the eastern piers, where chains had rusted through."""
COURIER = """Levy dead, says Ilven

The council of {n Belvar} gave up the levy on moorings on Monday night, as ferry crews of {n Orrin Quay} looked on.

{q “The levy on moorings is dead,”} {s Mara Ilven} {c doubting claimed}.

{s Halvard Quy} {c said} {q the harbour office had overspent by 40,000 crowns on lamps}.

The crews had been threatened with dismissal before the vote, and some wept when it was over.

Inspectors had written of negligence at the eastern piers in March, and of chains rusted through."""
TIDE = """Crews cheer as mooring levy falls

Ferry crews cheered in the hall at {n Orrin Quay} when {n Belvar} let its levy on moorings fall after hours of protest.

{s Teo Brandt} {c accusing charged} {q that crews had been threatened with dismissal before the council’s vote}.

{q “The levy on moorings is dead, and it will not come back as long as I sit here,”} {s Teo Brandt} {c said}.

{s Mara Ilven} {c said} {q nobody would lose a berth this winter}."""
BAKERS = """Bakers of Sund open again

Two bakers of {n Sund} opened their stalls again on Tuesday, a year after the flood took flour, ovens and shelves.

{s Ibby Tarrow} {c said} {q the first loaves were gone in an hour}."""


def read_marked(marked: str, **metadata) -> Reading:
    """Make a reading of a marked report."""
    text, spans = "", []
    end = 0
    for found in MARK.finditer(marked):
        text += marked[end : found.start()]
        kind, words = found["kind"], found["words"]
        first, _, rest = words.partition(" ")
        if kind == "c":
            name, words = (first, rest) if first in CLASSES else ("neutral", words)
        spans.append((kind, Span(len(text), len(text) + len(words)), name if kind == "c" else words))
        text, end = text + words, found.end()
    text += marked[end:]
    names = list(dict.fromkeys(told for kind, _, told in spans if kind in "sn"))
    entities = tuple(_entity(number, name, spans) for number, name in enumerate(names, 1))
    lines = [Span(*found.span()) for found in re.finditer(r"[^\n]+", text)]
    found = [each for line in lines if (each := _statement(line, spans, names, text))]
    return Reading(
        document=replace(Document.from_text(text, url=metadata.get("url")), zones=_zones(lines), **metadata),
        reader=Reader(version="0.1.0", model="hand"),
        statements=tuple(replace(each, id=f"s{number}") for number, each in enumerate(found, 1)),
        entities=entities,
    )


def _zones(lines):
    kinds = ("headline", *("body" for _ in lines[1:]))
    return tuple(Zone(kind=kind, start=line.start, end=line.end) for kind, line in zip(kinds, lines, strict=True))


def _entity(number, name, spans):
    mentions = tuple(Mention(span=span, form="name") for kind, span, told in spans if kind in "sn" and told == name)
    kind = "organization" if name in {"Belvar", "Orrin Quay", "Sund"} else "person"
    return Entity(id=f"e{number}", name=name, kind=kind, mentions=mentions)


def _statement(line, spans, names, text):
    inside = [each for each in spans if line.contains(each[1])]
    content = tuple(span for kind, span, _ in inside if kind == "q")
    if not content:
        return None
    ((_, source, name),) = [each for each in inside if each[0] == "s"]
    ((_, cue, cue_class),) = [each for each in inside if each[0] == "c"]
    return Statement(
        id="s0",
        form="direct" if text[content[0].start] == "“" else "indirect",
        speakers=(f"e{names.index(name) + 1}",),
        speaker_name=name,
        speaker_confidence=0.9,
        source_form="name",
        source=(source,),
        cue=(cue,),
        content=content,
        cue_class=cue_class,
        negated=False,
        modality="said",
        zone="body",
        confidence=0.9,
    )


def occasion() -> list[Reading]:
    """Return the reports: three of one occasion, one of them also as a copy, and one of another."""
    return [
        read_marked(ECHO, **_told("echo", "Orrin Echo", "2024-05-06", ECHO)),
        read_marked(COURIER, **_told("courier", "Vel Courier", "2024-05-07", COURIER)),
        read_marked(TIDE, **_told("tide", "Tide Weekly", "2024-05-08", TIDE)),
        read_marked(ECHO, **_told("mirror", "Mirror of Sund", "2024-05-07", ECHO)),
        read_marked(BAKERS, **_told("bakers", "Vel Courier", "2024-05-07", BAKERS)),
    ]


def _told(name, outlet, day, marked):
    return {
        "url": f"https://{name}.example/{day}",
        "outlet": outlet,
        "published": day,
        "title": marked.partition("\n")[0],
        "language": "en",
    }
