"""Pronouns that are no sources, once it is known who says what: which ties hold, and which the sentence decides.

The heads tie a pronoun by the words around it, before anybody is known to speak, and lean towards whoever is mentioned
most. Prose often leaves one choice: in "Ilven said he would stay" he is Ilven, in "Brandt won his third race" Brandt,
and who says "he is wrong" in quotation marks is not he.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.document import Span
from onrecord.speakers.antecedents import Asked
from onrecord.speakers.asking import Said
from onrecord.speakers.discourse import Discourse, Occurrence, Referent
from onrecord.speakers.pronouns import pronoun_of
from onrecord.speakers.resolving import Answer
from onrecord.wordlists import word_set

SETTLED: Final = 0.8
"""Confidence of what the sentence decides."""
FAR: Final = 2_000
"""Code points that are looked back over: a sentence has fewer, and what has more stays linear."""
PERSONS: Final = ("he", "she")
THINGS: Final = ("it", "they")
OWNERS: Final = word_set("his its their theirs himself herself itself themselves")
NOMINATIVES: Final = word_set("he she it they")
NO_POSSESSION: Final = word_set(
    """a an the to in on at for of by with from about as and or but if that who whom which when where while because
    since after before until than into over under against during through again too is was are were"""
)
"""What does not follow "her" where it is a possessive."""
NEXT_WORD: Final = re.compile(r"\s+([^\W\d_][\w’'-]*)")
OPENING: Final = re.compile(r"\W*(?:(?:that|how|why|what|whether|if|when|where)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Around:
    """A content that holds a pronoun, or one of its pieces."""

    content: Span
    start: int
    """Where the first piece begins, or the cue, if that stands before it and it is not known who of two is meant."""
    speaker: Referent | None
    """Who says it, if it is one, and not "I" or "we"."""


def settle(discourse: Discourse, said: Sequence[Said], answers: Sequence[Answer]) -> None:
    """Tie third-person pronouns that are no sources anew where the sentence decides, and untie what can't be."""
    contents = _Contents(discourse, said, answers)
    for occurrence in discourse.occurrences:
        if occurrence.pronoun is None or occurrence.pronoun.kind not in (*PERSONS, *THINGS):
            continue
        if occurrence.referent is not None and occurrence.by != "heads":
            continue
        around = contents.around(occurrence.span)
        meant = _meant(discourse, occurrence, around)
        if meant is not None:
            discourse.assign(occurrence, meant, by="sentence", confidence=SETTLED)
        elif occurrence.referent is not None and _cannot_be(
            occurrence, discourse.referents[occurrence.referent], around
        ):
            discourse.release(occurrence)


class _Contents:
    """What is said by whom, found by what stands in it; pronouns are asked for in the order of the text."""

    def __init__(self, discourse: Discourse, said: Sequence[Said], answers: Sequence[Answer]) -> None:
        found = [
            _Around(span, _start(each, speaker), speaker)
            for each, answer in zip(said, answers, strict=True)
            for speaker in (_speaker(discourse, each, answer),)
            for span in each.content
        ]
        self._ahead = sorted(found, key=lambda each: (each.content.start, -each.content.end), reverse=True)
        self._open: list[_Around] = []

    def around(self, span: Span) -> _Around | None:
        """Return the innermost content around a span; spans come by start."""
        while self._ahead and self._ahead[-1].content.start <= span.start:
            self._open.append(self._ahead.pop())
        self._open = [each for each in self._open if each.content.end >= span.end]
        return self._open[-1] if self._open else None


def _speaker(discourse: Discourse, said: Said, answer: Answer) -> Referent | None:
    first = pronoun_of(said.source[0].of(discourse.text)) if said.source else None
    if len(answer.referents) != 1 or (first is not None and first.kind in ("i", "we")):
        return None
    return discourse.referents[answer.referents[0]]


def _start(said: Said, speaker: Referent | None) -> int:
    """Return from where on somebody else may be meant: the cue's hearer counts beside who may be man or woman."""
    start = said.content[0].start if said.content else 0
    told = bool(said.cue) and said.cue[0].start < start and speaker is not None and speaker.gender is None
    return said.cue[0].start if told else start


def _meant(discourse: Discourse, occurrence: Occurrence, around: _Around | None) -> Referent | None:
    """Return whom a pronoun means where its sentence leaves one choice."""
    asked = Asked.by(occurrence)
    if occurrence.quoted or _is_object(discourse.text, occurrence):
        return None
    speaker = around.speaker if around is not None else None
    if around is not None and speaker is not None and _may_say(asked, speaker):
        before = Span(around.start, occurrence.span.start)
        if asked.pronoun in THINGS:
            opens = OPENING.fullmatch(discourse.text, around.content.start, occurrence.span.start)
            return speaker if opens else None
        return None if any(True for _ in _people(discourse, asked, before, besides=speaker)) else speaker
    if asked.animacy != "person" or not _owns(discourse.text, occurrence):
        return None
    start = discourse.sentences[occurrence.sentence].start
    reach = Span(max(start, around.content.start) if around is not None else start, occurrence.span.start)
    found = {each.index: each for each in _people(discourse, asked, reach)}
    return next(iter(found.values())) if len(found) == 1 else None


def _may_say(asked: Asked, speaker: Referent) -> bool:
    """Tell whether somebody may speak of himself by a pronoun: "the council said it", "the fishers said they"."""
    wanted = {"it": ("organization", "country"), "they": ("group",)}.get(asked.pronoun or "", ("person", "unnamed"))
    return speaker.kind in wanted and asked.allows(speaker)


def _people(discourse: Discourse, asked: Asked, span: Span, *, besides: Referent | None = None) -> Iterator[Referent]:
    """Yield the people mentioned in a span whom a pronoun may mean, besides one."""
    for occurrence in discourse.within(Span(max(span.start, span.end - FAR), span.end)):
        referent = None if occurrence.referent is None else discourse.referents[occurrence.referent]
        if referent is not None and referent is not besides and referent.animacy == "person" and asked.allows(referent):
            yield referent


def _is_object(text: str, occurrence: Occurrence) -> bool:
    """Tell an object, which is hardly whoever acts in its clause: "Ilven asked him", not "Ilven asked his aide"."""
    word = occurrence.span.of(text).lower()
    return not (word in NOMINATIVES or _owns(text, occurrence))


def _owns(text: str, occurrence: Occurrence) -> bool:
    """Tell a possessive or a reflexive."""
    word = occurrence.span.of(text).lower()
    if word != "her":
        return word in OWNERS
    after = NEXT_WORD.match(text, occurrence.span.end)
    return after is not None and after[1].lower() not in NO_POSSESSION


def _cannot_be(occurrence: Occurrence, meant: Referent, around: _Around | None) -> bool:
    """Tell whether a pronoun is tied to whom it can't mean.

    "They" is no place and no adjective ("Belvarian"), and a quoted "he" not who says so.
    """
    assert occurrence.pronoun is not None
    if occurrence.pronoun.kind == "they":
        return meant.kind == "place" or (meant.kind == "group" and meant.named and meant.plural is False)
    return (
        occurrence.pronoun.kind in PERSONS
        and occurrence.quoted
        and around is not None
        and around.speaker is not None
        and around.speaker.index == meant.index
    )
