"""Stands in for the model: finds in any text the statements of the example report, by their words.

Run as a script it is the whole command line with this model, for tests in a real process.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from onrecord.document import Document, Span
from onrecord.reading import Entity, Evidence, Mention, Reader, Reading, Role, Statement

# Each row: source, cue, content (a list is several spans), and what differs from a neutral statement of the body.
SCRIPT: tuple[tuple[str | None, str | None, str | list[str], dict[str, Any]], ...] = (
    (
        "fishers’ leader",
        "warns",
        "Harbour tax will empty the quays",
        {
            "form": "indirect",
            "zone": "headline",
            "cue_class": "warning",
            "confidence": 0.94,
            "speakers": ("e1",),
            "speaker_confidence": 0.83,
            "speaker_by": "heads",
            "source_form": "nominal",
            "about": ("e4",),
        },
    ),
    (
        "The council",
        "says",
        "the levy is needed to mend a breakwater that an engineer calls “one winter from failure”",
        {
            "form": "mixed",
            "zone": "standfirst",
            "confidence": 0.91,
            "speakers": ("e2",),
            "speaker_confidence": 0.97,
            "speaker_by": "same words",
            "source_form": "nominal",
        },
    ),
    (
        "an engineer",
        "calls",
        "“one winter from failure”",
        {
            "form": "mixed",
            "zone": "standfirst",
            "within": "s2",
            "confidence": 0.78,
            "speakers": ("e3",),
            "speaker_confidence": 0.9,
            "speaker_by": "same words",
            "source_form": "nominal",
        },
    ),
    (
        "Owners",
        "say that",
        "the levy would cost them a month’s catch",
        {
            "form": "indirect",
            "zone": "caption",
            "confidence": 0.9,
            "speakers": ("e4",),
            "speaker_confidence": 0.9,
            "speaker_by": "same words",
            "source_form": "nominal",
            "about": ("e4",),
        },
    ),
    (
        "the head of the fishers’ association",
        "said",
        "A new tax on moorings would drive half of the town’s boats to other ports within a year",
        {
            "form": "indirect",
            "speakers": ("e1",),
            "speaker_confidence": 0.71,
            "speaker_by": "heads",
            "source_form": "nominal",
        },
    ),
    (
        "Berrin Oakhollow",
        "told",
        [
            "“We are not asking for charity,”",
            (
                "“We are asking to be left with enough to mend our nets. "
                "Take that away and the quay will be empty by spring."
            ),
        ],
        {
            "confidence": 0.98,
            "speakers": ("e1",),
            "speaker_confidence": 0.99,
            "speaker_by": "name",
            "source_form": "name",
            "addressees": ("e6",),
        },
    ),
    (
        None,
        None,
        "“My grandfather tied up here, and so did his.”",
        {
            "continues": "s6",
            "cue_class": "none",
            "confidence": 0.88,
            "speakers": ("e1",),
            "speaker_confidence": 0.95,
            "speaker_by": "quotation goes on",
        },
    ),
    (
        "the finance office",
        "According to",
        "the levy would raise 2.1 million crowns over three years",
        {"form": "indirect", "speakers": ("e7",), "speaker_by": "same words", "source_form": "nominal"},
    ),
    (
        "She",
        "said",
        "the sum was “less than the price of a tank of diesel” and that open boats would pay nothing",
        {
            "form": "mixed",
            "speakers": ("e8",),
            "speaker_confidence": 0.93,
            "speaker_by": "heads",
            "source_form": "pronoun",
        },
    ),
    (
        "Its author, Dr Pell Aruvane,",
        "recalled that",
        (
            "the previous harbourmaster had warned in 2019 that “the whole north arm moves when a swell comes in”, and "
            "that nobody had answered him"
        ),
        {
            "form": "mixed",
            "confidence": 0.89,
            "speakers": ("e9",),
            "speaker_confidence": 0.98,
            "speaker_by": "name",
            "source_form": "name",
            "about": ("e10",),
        },
    ),
    (
        "the previous harbourmaster",
        "had warned",
        "“the whole north arm moves when a swell comes in”",
        {
            "form": "mixed",
            "within": "s10",
            "cue_class": "warning",
            "confidence": 0.64,
            "speaker_open": "ambiguous",
            "speaker_candidates": ("e10", "e9"),
            "speaker_by": "heads",
            "source_form": "nominal",
        },
    ),
    (
        "Corin Tasker, who was harbourmaster until 2021,",
        "did not respond to a request for comment",
        [],
        {
            "form": "indirect",
            "negated": True,
            "modality": "denied",
            "confidence": 0.41,
            "speakers": ("e10",),
            "speaker_confidence": 0.98,
            "speaker_by": "name",
            "source_form": "name",
        },
    ),
    (
        "Dunstan Freely, who owns two of the larger boats,",
        "claimed that",
        "the association had “invented” its figures",
        {
            "form": "mixed",
            "cue_class": "doubting",
            "confidence": 0.86,
            "speakers": ("e11",),
            "speaker_confidence": 0.98,
            "speaker_by": "name",
            "source_form": "name",
            "about": ("e12",),
            "targets": ("e12",),
        },
    ),
    (
        "Oakhollow",
        "said",
        "the association would ask the regional court to stop it",
        {
            "form": "indirect",
            "modality": "future",
            "speakers": ("e1",),
            "speaker_confidence": 0.97,
            "speaker_by": "partial name",
            "source_form": "name",
            "about": ("e12",),
        },
    ),
)

# Each row: id, name, kind, country, roles (title, of what, evidence), and the words of its mentions with their form,
# after a ``|`` what must follow them.
CAST: tuple[tuple[str, str, str, str | None, list[tuple[str, str | None, str]], dict[str, str]], ...] = (
    (
        "e1",
        "Berrin Oakhollow",
        "person",
        None,
        [("head", "the fishers’ association", "head of the fishers’ association")],
        {
            "fishers’ leader": "nominal",
            "the head of the fishers’ association": "nominal",
            "Berrin Oakhollow": "name",
            "Oakhollow| said": "name",
        },
    ),
    ("e2", "The council", "organization", None, [], {"The council": "nominal", "this council": "nominal"}),
    ("e3", "an engineer", "unnamed", None, [], {"an engineer": "nominal"}),
    ("e4", "Owners", "group", None, [], {"Owners": "nominal", "them| a month": "pronoun"}),
    ("e5", "Saltmere", "place", None, [], {"Saltmere|": "name", "SALTMERE": "name"}),
    ("e6", "a crowded meeting", "group", None, [], {"a crowded meeting": "nominal"}),
    ("e7", "the finance office", "organization", None, [], {"the finance office": "nominal"}),
    (
        "e8",
        "Ilse Varnham",
        "person",
        None,
        [("Council leader", None, "Council leader")],
        {"Ilse Varnham": "name", "She": "pronoun", "she": "pronoun", "Varnham| replied": "name"},
    ),
    ("e9", "Pell Aruvane", "person", None, [], {"Its author": "nominal", "Pell Aruvane": "name"}),
    (
        "e10",
        "Corin Tasker",
        "person",
        None,
        [("harbourmaster", None, "who was harbourmaster until 2021")],
        {"the previous harbourmaster": "nominal", "Corin Tasker": "name"},
    ),
    ("e11", "Dunstan Freely", "person", None, [], {"Dunstan Freely": "name", "he| was": "pronoun"}),
    (
        "e12",
        "the fishers’ association",
        "organization",
        None,
        [],
        {"the fishers’ association": "name", "the association": "nominal", "The association|’s": "nominal"},
    ),
)


def scripted_reading(document: Document, *, explain: bool = False) -> Reading:
    """Read a document as the script says, whatever of it the text holds."""
    entities = tuple(entity for entity in (_entity(document, row) for row in CAST) if _is_named(entity))
    names = {entity.id: entity.name for entity in entities}
    statements = []
    for index, (source, cue, content, differs) in enumerate(SCRIPT):
        statement = _statement(document, f"s{index + 1}", (source, cue, content), _of_cast(differs, names))
        if statement:
            statements.append(replace(statement, evidence=EVIDENCE) if explain else statement)
    reader = Reader(version="0.1.0", model="scripted")
    return Reading(document=document, reader=reader, statements=tuple(statements), entities=entities)


def _entity(document: Document, row: tuple[Any, ...]) -> Entity:
    name, fullest, kind, country, roles, mentions = row
    found = sorted((span, words, form) for words, form in mentions.items() for span in _all(document.text, words))
    written = [span.of(document.text) for span, _, form in found if form != "pronoun"]
    aliases = dict.fromkeys(words for words in written if words != fullest)
    return Entity(
        id=name,
        name=fullest,
        kind=kind,
        country=country,
        aliases=tuple(aliases),
        roles=tuple(
            Role(title=title, of=of, span=span) for title, of, words in roles for span in _all(document.text, words)[:1]
        ),
        mentions=tuple(Mention(span=span, form=form) for span, _, form in found),
    )


def _is_named(entity: Entity) -> bool:
    return any(mention.form != "pronoun" for mention in entity.mentions)


def _all(text: str, words: str) -> list[Span]:
    """Return where words stand; after ``|`` is what must follow them."""
    words, _, after = words.partition("|")
    pattern = rf"\b{re.escape(words)}\b(?={re.escape(after)})"
    return [Span(*match.span()) for match in re.finditer(pattern, text)]


def _of_cast(differs: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Keep of a statement's entities those that the text holds, and name its speakers."""
    several = ("speakers", "addressees", "about", "targets", "speaker_candidates")
    kept = {key: tuple(item for item in differs[key] if item in names) for key in several if key in differs}
    named = " and ".join(names[item] for item in kept.get("speakers", ()))
    return {**differs, **kept, "speaker_name": named or None}


EVIDENCE = Evidence(
    cue_score=0.99,
    source_score=0.97,
    content_score=0.95,
    rule="linked",
    labels=("said/B-cue/0.99", "the/I-content/0.95"),
)


def _statement(document: Document, name: str, phrases: Sequence[Any], differs: dict[str, Any]) -> Statement | None:
    source, cue, content = phrases
    contents = [content] if isinstance(content, str) else content
    anchor = document.text.find(contents[0] if contents else source)
    if anchor < 0:
        return None
    defaults: dict[str, Any] = {"form": "direct", "zone": "body", "cue_class": "neutral", "confidence": 0.96}
    return Statement(
        id=name,
        source=_nearest(document.text, source, anchor),
        cue=_nearest(document.text, cue, anchor),
        content=tuple(span for words in contents for span in _nearest(document.text, words, anchor)),
        **{"negated": False, "modality": "said", **defaults, **differs},
    )


def _nearest(text: str, words: str | None, anchor: int) -> tuple[Span, ...]:
    """Return the place of ``words`` that is nearest to ``anchor``."""
    places = [start for start in range(len(text)) if words and text.startswith(words, start)]
    start = min(places, key=lambda place: abs(place - anchor), default=-1)
    return (Span(start, start + len(words)),) if words and places else ()


class ScriptedModel:
    """What ``Model.load`` gives in these tests."""

    @classmethod
    def load(cls, *_args: Any, **_options: Any) -> ScriptedModel:
        """Load nothing."""
        return cls()


def read_all(
    documents: Iterable[Document], _model: Any, *, settings: Any = None, explain: bool = False, parts: Any = ()
) -> Iterator[Reading]:
    """Stand in for ``onrecord.pipeline.read_all``; the script tells of no events, times or amounts."""
    del settings, parts
    return (scripted_reading(document, explain=explain) for document in documents)


def install() -> None:
    """Put the scripted model in the place of the real one, in this process."""
    from onrecord.cli import reading_run

    reading_run.Model = ScriptedModel
    reading_run.read_all = read_all


if __name__ == "__main__":
    from onrecord.cli import main

    # A test run that was started in the background ignores Ctrl-C, and so would this process.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    install()
    main()
