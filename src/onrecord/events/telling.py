"""A report to its events: each sentence that may tell of one is asked, and what is told twice is told once.

1. participants   who is in the sentence
2. score          which words are triggers, of which type, and who their parties might be
3. choose         the likeliest parties; those who stand in one list act together
4. weigh          how likely all of it is right; what is less likely than the manifest says is left out
5. qualify        mode, modality, time, place, and who asserts it
6. merge          the same occurrence told again
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from onrecord.attribution.linking import Scorer
from onrecord.document import Span
from onrecord.events.asserting import Claims
from onrecord.events.choosing import Choice, choose, keep_likeliest
from onrecord.events.cueing import Cues
from onrecord.events.merging import Told, merge
from onrecord.events.modality import modality_of
from onrecord.events.participants import Participant, find_participants
from onrecord.events.scoring import SentenceScores, Trigger, score_sentences
from onrecord.events.tellers import Tellers
from onrecord.events.triggers import mode_of
from onrecord.events.weighing import Signs, weigh
from onrecord.model.scores import EVENT_TYPES, Floats, PairScores
from onrecord.model.states import SentenceStates
from onrecord.reading import Event, EventMention, Place, Statement, Time
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.newcomers import meet
from onrecord.speakers.register import look_up
from onrecord.values.dating import when_of

SENTENCES_AT_ONCE: Final = 64
"""Sentences read at a time: those of most reports, and little memory for what the network makes of each."""
_BEFORE_PLACE: Final = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|over|off|along)\s+(?:the\s+)?$", re.IGNORECASE
)


def tell(
    discourse: Discourse,
    kept: Sequence[SentenceStates],
    statements: Sequence[Statement],
    speakers: Iterable[tuple[int, ...]],
    times: Sequence[Time],
    *,
    scorer: Scorer,
) -> list[Told]:
    """Return the events of a report as its sentences tell them; parties met nowhere else become referents.

    Args:
        discourse: the report, its mentions tied.
        kept: the states of the sentences that may tell of something.
        statements: what is said, to find who asserts an event.
        speakers: of each, the referents that say it; none where that is open.
        times: its expressions of time, by start.
        scorer: the model.
    """
    telling = scorer.manifest.telling
    claims, cues = Claims(discourse.text, statements), Cues(statements, speakers)
    tellers = Tellers(discourse.text, statements)
    told: list[Told] = []
    for start in range(0, len(kept), SENTENCES_AT_ONCE):
        sentences = kept[start : start + SENTENCES_AT_ONCE]
        for scores, events in read_sentences(discourse, sentences, cues, tellers, scorer):
            weighed = [(weigh(signs, telling.weights), choice) for choice, signs in events]
            told += [
                _told(discourse, choice, scores, claims=claims, times=times, confidence=confidence)
                for confidence, choice in keep_likeliest(weighed)
                if confidence >= telling.least
            ]
    return told


def read_sentences(
    discourse: Discourse, sentences: Iterable[SentenceStates], cues: Cues, tellers: Tellers, scorer: Scorer
) -> list[tuple[SentenceScores, list[tuple[Choice, Signs]]]]:
    """Return those of the sentences that may tell of events, and these with what speaks for and against each."""
    text = discourse.text
    present = [(states, find_participants(discourse, states.span)) for states in sentences]
    scored = score_sentences(text, present, cues, scorer)
    telling = [(scores, chosen) for scores in scored if (chosen := _choose(text, scores, tellers))]
    coded = [_code(scores, chosen, scorer) for scores, chosen in telling]
    return [
        (
            scores,
            [
                (choice, _signs(discourse, choice, scores, types=types, weights=trigger))
                for choice, types, trigger in zip(chosen, pairs.types, pairs.trigger, strict=True)
            ],
        )
        for (scores, chosen), pairs in zip(telling, coded, strict=True)
    ]


def _choose(text: str, scores: SentenceScores, tellers: Tellers) -> list[Choice]:
    triggers = [_without_tellers(each, scores.participants, tellers) for each in scores.triggers]
    return choose(text, triggers, scores.participants)


def _code(scores: SentenceScores, chosen: Sequence[Choice], scorer: Scorer) -> PairScores:
    recipients = scores.parties[[each.recipients[0] if each.recipients else 0 for each in chosen]]
    recipients[[not each.recipients for each in chosen]] = 0
    return scorer.code(scores.read, scores.parties[[each.actors[0] for each in chosen]], recipients)


def _without_tellers(trigger: Trigger, participants: Sequence[Participant], tellers: Tellers) -> Trigger:
    """Return a trigger whose parties are none of those who only tell of it.

    Who tells of a deed of their own is named again before it: "Ilven said that she arrested him".
    """
    barred: set[int] = set()
    for content, source in tellers.of(trigger.span):
        before = [each for each in participants if content.contains(each.span) and each.span.end <= trigger.span.start]
        for at, each in enumerate(participants):
            only_tells = any(each.span.overlaps(span) for span in source) and not content.contains(each.span)
            if only_tells and not any(_may_be(each, other) for other in before):
                barred.add(1 + at)
    if not barred:
        return trigger
    actors, recipients = trigger.actors.copy(), trigger.recipients.copy()
    actors[list(barred)] = recipients[list(barred)] = 0
    return replace(trigger, actors=actors, recipients=recipients)


def _may_be(one: Participant, other: Participant) -> bool:
    """Tell whether who is named again may be the same: by the same referent, or by a pronoun, whoever it is tied to."""
    if one.occurrence is None or other.occurrence is None:
        return False
    again = one.occurrence.referent is not None and one.occurrence.referent == other.occurrence.referent
    return again or other.occurrence.form == "pronoun"


def _signs(discourse: Discourse, choice: Choice, scores: SentenceScores, *, types: Floats, weights: Floats) -> Signs:
    trigger = choice.trigger
    actor = choice.actors[0]
    recipient = choice.recipients[0] if choice.recipients else None
    place = trigger.tokens.start
    steps = scores.starts[actor] - place
    away = 0 if recipient is None else abs(scores.starts[recipient] - place)
    return Signs(
        trigger=trigger.probability,
        actor=choice.actor_share,
        recipient=choice.recipient_share,
        known=trigger.known,
        known_as_this=trigger.known_as_this,
        pair=float(types[EVENT_TYPES.index(trigger.type)]),
        pair_none=float(types[-1]),
        pair_trigger=float(weights[trigger.tokens].sum()),
        has_recipient=recipient is not None,
        actor_before=steps < 0,
        actor_steps=abs(steps),
        recipient_steps=away,
        actor_form=_form(scores.participants[actor]),
        recipient_form="none" if recipient is None else _form(scores.participants[recipient]),
        cue=trigger.cue is not None,
        cue_of_type=trigger.cue is not None and trigger.cue.type == trigger.type,
        tagged=trigger.tagged,
        quoted=bool(discourse.quoted_around(trigger.span.start)),
    )


def _form(participant: Participant) -> str:
    return participant.occurrence.form if participant.occurrence is not None else "rule"


def _referents(discourse: Discourse, participant: Participant) -> tuple[int, ...]:
    """Return who a participant is: one, or the members of those who act together."""
    known = participant.occurrence.referent if participant.occurrence is not None else None
    index = meet(discourse, participant.span, by="event") if known is None else known
    return _members(discourse, index)


def _members(discourse: Discourse, referent: int) -> tuple[int, ...]:
    return discourse.referents[referent].members or (referent,)


def _told(
    discourse: Discourse,
    choice: Choice,
    scores: SentenceScores,
    *,
    claims: Claims,
    times: Sequence[Time],
    confidence: float,
) -> Told:
    text, sentence, participants = discourse.text, scores.span, scores.participants
    asked = choice.recipients if choice.speakers else (*choice.actors, *choice.recipients)
    parties = {at: _referents(discourse, participants[at]) for at in asked}
    acting = [_members(discourse, each) for each in choice.speakers] or [parties[at] for at in choice.actors]
    actors = tuple(dict.fromkeys(chain.from_iterable(acting)))
    recipients = tuple(dict.fromkeys(index for at in choice.recipients for index in parties[at] if index not in actors))
    taken = [participants[at].span for at in (*choice.actors, *choice.recipients)]
    return Told(
        type=choice.trigger.type,
        mode=mode_of(text, choice.trigger.span, sentence, choice.trigger.type),
        actors=actors,
        recipients=recipients,
        span=sentence,
        trigger=choice.trigger.span,
        modality=modality_of(text, choice.trigger.span, sentence),
        claimed_in=claims.innermost(choice.trigger.span),
        confidence=confidence,
        when=when_of(sentence, choice.trigger.span, times, text),
        where=_place(discourse, sentence, choice.trigger.span, taken),
    )


def _place(discourse: Discourse, sentence: Span, trigger: Span, taken: Sequence[Span]) -> Place | None:
    """Return the nearest place named after "in", "at", "near" and the like that takes no part in the event itself."""
    named = [
        (abs(each.span.start - trigger.start), each.span)
        for each in discourse.within(sentence)
        if each.form == "name" and each.referent is not None and each.span not in taken
        if discourse.referents[each.referent].kind in ("place", "country")
        if _BEFORE_PLACE.search(discourse.text, max(sentence.start, each.span.start - 16), each.span.start)
    ]
    if not named:
        return None
    span = min(named)[1]
    entry = look_up(span.of(discourse.text))
    return Place(name=span.of(discourse.text), span=span, country=entry.country if entry is not None else None)


def to_events(told: list[Told], ids: Mapping[int, str]) -> tuple[Event, ...]:
    """Return what is told as events of the reading, in the order of the text.

    Args:
        told: the events sentence by sentence.
        ids: the entity of each referent.
    """
    groups = merge([each for each in told if _names(each.actors, ids)])
    return tuple(_event(f"v{number}", group, ids) for number, group in enumerate(groups, start=1))


def _event(name: str, group: Sequence[Told], ids: Mapping[int, str]) -> Event:
    first = group[0]
    actors = tuple(dict.fromkeys(party for each in group for party in _names(each.actors, ids)))
    recipients = tuple(dict.fromkeys(party for each in group for party in _names(each.recipients, ids)))
    return Event(
        id=name,
        type=first.type,
        mode=next((each.mode for each in group if each.mode), None),
        actors=actors,
        recipients=tuple(party for party in recipients if party not in actors),
        span=first.span,
        trigger=first.trigger,
        when=next((each.when for each in group if each.when is not None), None),
        where=next((each.where for each in group if each.where is not None), None),
        modality=first.modality,
        claimed_in=first.claimed_in,
        also=tuple(
            EventMention(span=each.span, trigger=each.trigger, claimed_in=each.claimed_in) for each in group[1:]
        ),
        confidence=round(max(each.confidence for each in group), 4),
    )


def _names(parties: Sequence[int], ids: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(ids[index] for index in parties if index in ids)
