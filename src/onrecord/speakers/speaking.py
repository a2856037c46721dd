"""Statements get their speakers, and those that they are said to, are about, and are aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from onrecord.document import Span
from onrecord.reading import Entity, Statement
from onrecord.speakers.aboutness import MentionIndex, find_about, find_targets
from onrecord.speakers.addressing import find_addressees
from onrecord.speakers.asking import Said
from onrecord.speakers.authors import FIRST_PERSON
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.entities import make_entities
from onrecord.speakers.newcomers import meet
from onrecord.speakers.pronouns import Pronoun, pronoun_of
from onrecord.speakers.resolving import Answer


class Cast(NamedTuple):
    """Everybody in a report."""

    entities: tuple[Entity, ...]
    ids: dict[int, str]
    """The entity's id of each referent that is one."""


def said_in(statements: Sequence[Statement]) -> list[Said]:
    """Return the statements of a report as the resolver sees them."""
    place = {statement.id: index for index, statement in enumerate(statements)}
    return [
        Said(
            source=each.source,
            cue=each.cue,
            content=each.content,
            continues=None if each.continues is None else place[each.continues],
            within=None if each.within is None else place[each.within],
            quoted=each.form != "indirect",
            headline=each.zone == "headline",
        )
        for each in statements
    ]


def add_speakers(
    discourse: Discourse, statements: Sequence[Statement], answers: Sequence[Answer]
) -> tuple[tuple[Statement, ...], Cast]:
    """Return the statements with speakers, addressees, about and targets, and the entities of the report."""
    discourse.speaking = {index for answer in answers for index in (*answer.referents, *answer.candidates)}
    entities, ids = make_entities(discourse)
    mentions = MentionIndex(entities)
    known = len(discourse.referents), len(discourse.occurrences)
    referents = {entity: referent for referent, entity in ids.items()}
    addressed = _addressees(discourse, statements, answers, mentions, referents)
    if (len(discourse.referents), len(discourse.occurrences)) != known:  # hearers met just now are to be mentioned
        entities, ids = make_entities(discourse)
        mentions = MentionIndex(entities)
    spoken = [
        _with_speakers(discourse, statement, answer, ids) for statement, answer in zip(statements, answers, strict=True)
    ]
    about = find_about(discourse.text, spoken, mentions)
    return tuple(
        replace(
            statement,
            addressees=tuple(ids[key] for key in dict.fromkeys(hearers) if key in ids),
            about=mentioned,
            targets=find_targets(discourse.text, statement, mentions),
        )
        for statement, mentioned, hearers in zip(spoken, about, addressed, strict=True)
    ), Cast(entities=entities, ids=ids)


def _with_speakers(discourse: Discourse, statement: Statement, answer: Answer, ids: dict[int, str]) -> Statement:
    known = [index for index in answer.referents if index in ids]
    if not known:
        return replace(
            statement,
            source_form=answer.form,
            speaker_open=answer.open or "unsure",
            speaker_candidates=tuple(ids[index] for index in answer.candidates if index in ids),
        )
    return replace(
        statement,
        speakers=tuple(ids[index] for index in known),
        speaker_name=" and ".join(discourse.referents[index].name for index in known),
        speaker_confidence=answer.confidence,
        speaker_by=answer.by,
        source_form=answer.form,
    )


def _addressees(
    discourse: Discourse,
    statements: Sequence[Statement],
    answers: Sequence[Answer],
    mentions: MentionIndex,
    referents: dict[str, int],
) -> list[list[int]]:
    """Return the referents that each statement is said to; hearers met nowhere else are introduced."""
    speaking = {statement.id: answer.referents for statement, answer in zip(statements, answers, strict=True)}
    found: list[list[int]] = []
    for statement in statements:
        hearers: list[int] = []
        for addressed in find_addressees(discourse.text, statement, _sentence_of(discourse, statement)):
            mention = mentions.named_by(discourse.text, addressed.span)
            pronoun = pronoun_of(addressed.span.of(discourse.text))
            if mention is not None:
                hearers.append(referents[mention.entity])
            elif pronoun is not None and pronoun.kind in FIRST_PERSON:
                hearers += _me(pronoun, speaking.get(statement.within or "", ()))
            else:
                hearers.append(meet(discourse, addressed.span, by="addressee"))
        found.append(hearers)
    return found


def _me(pronoun: Pronoun, speaking: Sequence[int]) -> Sequence[int]:
    """Return whom "me" means in what somebody says: "He told me to go," Ilven said. Who else "us" are, nobody tells."""
    return speaking if pronoun.kind == "i" and len(speaking) == 1 else ()


def _sentence_of(discourse: Discourse, statement: Statement) -> Span | None:
    place = (statement.cue or statement.content)[0].start
    return discourse.sentences[discourse.sentence_at(place)] if discourse.sentences else None
