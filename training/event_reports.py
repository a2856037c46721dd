"""The labelled reports as examples: every pair of participants of every sentence that may tell of an event.

The reports are read as the product reads them, up to the point where the events are asked for; what the labels do not
name is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from event_examples import NONE, Arc, Item, Marked, Range
from onrecord import pipeline
from onrecord.document import Document, Span
from onrecord.events.participants import Participant, find_participants
from onrecord.events.triggers import hints_of
from onrecord.model import Model
from onrecord.model.scores import EVENT_TYPES
from onrecord.model.states import SentenceStates
from onrecord.reading import Statement
from onrecord.speakers.discourse import Discourse

MOST_PARTICIPANTS = 16
"""Of a sentence that names more, the first are pairs: their number grows with the square."""


def read_labels(path: Path, split: str) -> list[dict[str, Any]]:
    """Read the labels of one split, a report each."""
    with path.open(encoding="utf-8") as lines:
        return [label for label in map(json.loads, lines) if label["split"] == split]


def texts_of(names: Iterable[str], path: Path) -> dict[str, str]:
    """Return the texts of reports by id."""
    wanted = set(names)
    with path.open(encoding="utf-8") as lines:
        return {report["id"]: report["text"] for report in map(json.loads, lines) if report["id"] in wanted}


def report_items(labels: Sequence[dict[str, Any]], texts: dict[str, str], model: Model) -> Iterator[Item]:
    """Yield an item for each sentence with a word of the lexicon and a participant."""
    for label in labels:
        discourse, kept, _ = seen_by_events(Document.from_text(texts[label["report"]]), model)
        for states in kept:
            sentence = states.span
            participants = find_participants(discourse, sentence)[:MOST_PARTICIPANTS]
            item = Item(
                states=[states.states], hints=hints_of(discourse.text, states), key=label["report"], complete=True
            )
            parties = [(each.span, _range(states, each.span)) for each in participants]
            item.parties = [tokens for _, tokens in parties if tokens is not None]
            item.tags = list(_tags(states, sentence, label["events"]))
            if len(item.parties) == len(participants):
                item.arcs = list(_arcs(states, sentence, participants, label["events"]))
            yield item


def find_parties(item: Item, sentence: Marked, model: Model) -> None:
    """Give an invented sentence its other parties, as the product finds them, and the arcs of its event."""
    triggers = [tokens for pair in item.pairs[:1] for tokens in pair.trigger]
    actor, recipient = (sentence.spans[role][:1] for role in "st")
    spans = [*actor, *recipient]
    for discourse, kept, _ in (seen_by_events(Document.from_text(sentence.text), model),):
        for states in kept[:1]:
            found = find_participants(discourse, states.span)
            spans += [each.span for each in found if not any(each.span.overlaps(span) for span in spans)]
            places = [(states.tokens_of(span), at) for at, span in enumerate(spans)]
            item.parties = [(tokens.start, tokens.stop) for tokens, _ in places if tokens is not None]
            if len(item.parties) < len(spans) or NONE in sentence.types or not triggers:
                return
            item.tags = [(trigger, min(sentence.types)) for trigger in triggers]
            item.arcs = [
                Arc(
                    trigger=trigger,
                    actors=frozenset([0] if actor else []),
                    recipients=frozenset([len(actor)] if recipient else []),
                )
                for trigger in triggers
            ]


def seen_by_events(document: Document, model: Model) -> tuple[Discourse, list[SentenceStates], Sequence[Statement]]:
    """Read a document and return what the path hands to the events."""
    seen: list[tuple[Discourse, list[SentenceStates], Sequence[Statement]]] = []
    tell = pipeline.tell

    def look(
        discourse: Discourse, kept: Iterable[SentenceStates], statements: Sequence[Statement], *_: object, **__: object
    ) -> list[Any]:
        seen.append((discourse, list(kept), statements))
        return []

    pipeline.tell = look
    try:
        pipeline.read(document, model)
    finally:
        pipeline.tell = tell
    return seen[0]


def _tags(states: SentenceStates, sentence: Span, events: Sequence[dict[str, Any]]) -> Iterator[tuple[Range, int]]:
    """Yield the triggers of a sentence, those of events told elsewhere too, with their types."""
    for event in events:
        for trigger in (event["trigger"], *event["also"]):
            tokens = _range(states, Span(*trigger)) if _inside(trigger, sentence) else None
            if tokens is not None:
                yield tokens, EVENT_TYPES.index(event["type"])


def _arcs(
    states: SentenceStates, sentence: Span, participants: Sequence[Participant], events: Sequence[dict[str, Any]]
) -> Iterator[Arc]:
    """Yield the events told in a sentence with their parties, as far as they are among its participants."""
    for event in events:
        trigger = _range(states, Span(*event["trigger"])) if _inside(event["trigger"], sentence) else None
        if trigger is None:
            continue
        actors, recipients = (
            frozenset(at for span in event[role] if (at := best_match(span, participants)) is not None)
            for role in ("actors", "recipients")
        )
        known = bool(recipients) or not event["recipients"]
        yield Arc(trigger=trigger, actors=actors, recipients=recipients if known else None)


def best_match(span: Sequence[int], participants: Sequence[Participant]) -> int | None:
    """Return the participant that overlaps a labelled span most, by the share of both; None where none does."""
    start, end = span
    shares = [
        (max(0, min(end, each.span.end) - max(start, each.span.start)) / max(end - start, each.span.size), -at)
        for at, each in enumerate(participants)
    ]
    best = max(shares, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


def _inside(span: Sequence[int], sentence: Span) -> bool:
    return sentence.start <= span[0] < sentence.end


def _range(states: SentenceStates, span: Span) -> Range | None:
    tokens = states.tokens_of(span)
    return None if tokens is None else (int(np.int64(tokens.start)), int(np.int64(tokens.stop)))
