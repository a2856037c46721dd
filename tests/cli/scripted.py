"""Stands in for the model: finds in any text the statements of the example report, by their words.

Run as a script it is the whole command line with this model, for tests in a real process.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from onrecord.document import Document, Span
from onrecord.reading import Evidence, Reader, Reading, Statement

# Each row: source, cue, content (a list is several spans), and what differs from a neutral statement of the body.
SCRIPT: tuple[tuple[str | None, str | None, str | list[str], dict[str, Any]], ...] = (
    (
        "fishers’ leader",
        "warns",
        "Harbour tax will empty the quays",
        {"form": "indirect", "zone": "headline", "cue_class": "warning", "confidence": 0.94},
    ),
    (
        "The council",
        "says",
        "the levy is needed to mend a breakwater that an engineer calls “one winter from failure”",
        {"form": "mixed", "zone": "standfirst", "confidence": 0.91},
    ),
    (
        "an engineer",
        "calls",
        "“one winter from failure”",
        {"form": "mixed", "zone": "standfirst", "within": "s2", "confidence": 0.78},
    ),
    (
        "Owners",
        "say that",
        "the levy would cost them a month’s catch",
        {"form": "indirect", "zone": "caption", "confidence": 0.9},
    ),
    (
        "the head of the fishers’ association",
        "said",
        "A new tax on moorings would drive half of the town’s boats to other ports within a year",
        {"form": "indirect", "speaker_name": "Berrin Oakhollow", "speaker_confidence": 0.71},
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
        {"confidence": 0.98},
    ),
    (
        None,
        None,
        "“My grandfather tied up here, and so did his.”",
        {"continues": "s6", "cue_class": "none", "speaker_name": "Berrin Oakhollow", "confidence": 0.88},
    ),
    (
        "the finance office",
        "According to",
        "the levy would raise 2.1 million crowns over three years",
        {"form": "indirect"},
    ),
    (
        "She",
        "said",
        "the sum was “less than the price of a tank of diesel” and that open boats would pay nothing",
        {"form": "mixed", "speaker_name": "Ilse Varnham", "speaker_confidence": 0.93},
    ),
    (
        "Its author, Dr Pell Aruvane,",
        "recalled that",
        (
            "the previous harbourmaster had warned in 2019 that “the whole north arm moves when a swell comes in”, and "
            "that nobody had answered him"
        ),
        {"form": "mixed", "confidence": 0.89},
    ),
    (
        "the previous harbourmaster",
        "had warned",
        "“the whole north arm moves when a swell comes in”",
        {"form": "mixed", "within": "s10", "cue_class": "warning", "confidence": 0.64},
    ),
    (
        "Corin Tasker, who was harbourmaster until 2021,",
        "did not respond to a request for comment",
        [],
        {"form": "indirect", "negated": True, "modality": "denied", "confidence": 0.41},
    ),
    (
        "Dunstan Freely, who owns two of the larger boats,",
        "claimed that",
        "the association had “invented” its figures",
        {"form": "mixed", "cue_class": "doubting", "confidence": 0.86},
    ),
    (
        "Oakhollow",
        "said",
        "the association would ask the regional court to stop it",
        {"form": "indirect", "modality": "future"},
    ),
)


def scripted_reading(document: Document, *, explain: bool = False) -> Reading:
    """Read a document as the script says, whatever of it the text holds."""
    statements = []
    for index, (source, cue, content, differs) in enumerate(SCRIPT):
        statement = _statement(document, f"s{index + 1}", (source, cue, content), differs)
        if statement:
            statements.append(replace(statement, evidence=EVIDENCE) if explain else statement)
    reader = Reader(version="0.1.0", model="scripted")
    return Reading(document=document, reader=reader, statements=tuple(statements))


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
    documents: Iterable[Document], _model: Any, *, settings: Any = None, explain: bool = False
) -> Iterator[Reading]:
    """Stand in for ``onrecord.pipeline.read_all``."""
    del settings
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
