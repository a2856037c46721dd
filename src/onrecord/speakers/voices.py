"""Who says "I" in the paragraphs of an interview or of a page of letters, where one report has several voices.

Q: What did you see?                 I saw the flood, and I will not forget it.
A: I saw nothing.                    Ada Ilven, Belvar.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.document import Span
from onrecord.speakers.discourse import Discourse, Referent

QUESTION: Final = re.compile(r"Q(?:[:.]\s|(?=[A-Z]['’\w]))")
"""How a question begins; some pages lose the mark behind the letter: "QWhat did you see?"."""
ANSWER: Final = re.compile(r"A[:.]\s")
FEWEST: Final = 2
"""Questions, answers or signatures that a page of them has at least."""
SPOKE_TO: Final = re.compile(r"\b(?:spoke|talk(?:s|ed|ing)|sat down|speaks|speaking|interview) (?:to|with) (?:the )?$")
REACH: Final = 40
"""Code points before an outlet's name in which somebody speaks to it."""
SIGNED: Final = 40
"""Code points behind the name in a signature: where the writer lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A run of the text that one person says, or in which they are spoken to."""

    span: Span
    referent: int
    asked: bool
    """True for the questions that the person is asked."""
    asker: int | None = None
    """The outlet that asks, where the report says to whom the person spoke."""


def find_voices(discourse: Discourse) -> list[Voice]:
    """Return the voices of an interview, or of a page of letters, by start; none where the report is neither."""
    return [*_interviewed(discourse)] or [*_letters(discourse)]


def voice_at(voices: Sequence[Voice], offset: int) -> Voice | None:
    """Return the voice of the run that an offset lies in."""
    at = bisect_right(voices, offset, key=lambda voice: voice.span.start) - 1
    return voices[at] if at >= 0 and offset < voices[at].span.end else None


def _interviewed(discourse: Discourse) -> Iterator[Voice]:
    text, paragraphs = discourse.text, discourse.paragraphs
    asked = [bool(QUESTION.match(text, each.start, each.end)) for each in paragraphs]
    answered = [bool(ANSWER.match(text, each.start, each.end)) for each in paragraphs]
    if sum(asked) < FEWEST or sum(answered) < FEWEST:
        return
    first = asked.index(True)
    guest = _presented(discourse, paragraphs[first].start)
    if guest is None:
        return
    asker = _spoken_to(discourse, paragraphs[first].start)
    for index in range(first, len(paragraphs)):
        ends_so = text.startswith("?", paragraphs[index].end - 1)
        is_question = asked[index] or (ends_so and not answered[index])
        yield Voice(span=paragraphs[index], referent=guest.index, asked=is_question, asker=asker)


def _presented(discourse: Discourse, end: int) -> Referent | None:
    """Return the person whom the paragraphs before the first question name most, and in full."""
    named = Counter(each.person for each in discourse.within(Span(0, end)) if each.person is not None)
    most = [discourse.referents[index] for index, _ in named.most_common()]
    return next((each for each in most if " " in each.name), most[0] if most else None)


def _spoken_to(discourse: Discourse, end: int) -> int | None:
    """Return the organization that the person who is presented spoke to: "She talked to the Fjord Review"."""
    for each in discourse.within(Span(0, end)):
        start = each.span.start
        if (
            each.form == "name"
            and each.animacy != "person"
            and SPOKE_TO.search(discourse.text, max(0, start - REACH), start)
        ):
            return each.referent
    return None


def _letters(discourse: Discourse) -> Iterator[Voice]:
    signatures = [(at, who) for at, each in enumerate(discourse.paragraphs) if (who := _signs(discourse, each))]
    if len(signatures) < FEWEST or _says_i(discourse, Span(0, discourse.paragraphs[signatures[-1][0]].start)) < FEWEST:
        return  # headings that are names stand over news, too
    start = 0
    for at, who in signatures:
        for paragraph in discourse.paragraphs[start:at]:
            yield Voice(span=paragraph, referent=who.index, asked=False)
        start = at + 1


def _says_i(discourse: Discourse, span: Span) -> int:
    """Return how often a run says "I" outside quotation marks."""
    pronouns = (each.pronoun for each in discourse.within(span) if not each.quoted)
    return sum(pronoun is not None and pronoun.kind == "i" for pronoun in pronouns)


def _signs(discourse: Discourse, paragraph: Span) -> Referent | None:
    """Return whose name a paragraph is, alone or with where they live."""
    name = next(discourse.within(paragraph), None)
    if name is None or name.person is None:
        return None
    words = name.span.of(discourse.text)
    rest = discourse.text[name.span.end : paragraph.end].strip(" .")
    alone = name.span.start == paragraph.start and len(rest) <= SIGNED and (not rest or rest[0] in ",;")
    return discourse.referents[name.person] if alone and " " in words else None
