"""Somebody whom the sentences before "he" or "she" introduce, and the heads did not tag: "a 29-year-old Quarn woman".

The heads give every word one label: a description with a name inside is cut up by it, and nothing is left to refer to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.attribution.cuewords import Word, words_in
from onrecord.document import Span
from onrecord.speakers.discourse import Discourse, Occurrence
from onrecord.speakers.headnouns import look_up
from onrecord.speakers.nounphrases import OPENS_TIME, STOPS
from onrecord.speakers.pronouns import pronoun_of
from onrecord.speakers.sources import SourcePart
from onrecord.speakers.together import described_before
from onrecord.wordlists import word_set

SENTENCES: Final = 1
"""Sentences back from a pronoun in which somebody is introduced."""
LONGEST_RUN: Final = 1500
"""Code points of a sentence that are read."""
MOST_WORDS: Final = 9
ARTICLES: Final = word_set("a an another")
PREDICATES: Final = word_set(
    """is are was were be been being am become became becomes remain remained remains as like than not never no 's 're
    called named dubbed elected appointed half such what quite"""
)
"""Words before an article that makes no one new: "Ilven is a Quarn lawyer", "as a Quarn lawyer"."""
APPOSING: Final = frozenset((",", "(", "-", "--", "---", "–", "—", ":", ";"))


def look_before(discourse: Discourse, part: SourcePart) -> None:
    """Put those whom a pronoun may mean, and the heads did not tag, among the occurrences."""
    pronoun = pronoun_of(part.head.of(discourse.text))
    if part.plural:
        described_before(discourse, part.span.start)
    elif pronoun is not None and pronoun.kind in ("he", "she"):
        introduced_before(discourse, part.span.start)


def introduced_before(discourse: Discourse, offset: int) -> None:
    """Put somebody whom the sentences up to an offset introduce by a description, and no tag has, among the others.

    Not before anybody is named: a report that begins with "A Quarn boy" is about him, and names him later.
    """
    if not discourse.sentences:
        return
    sentence = discourse.sentence_at(offset)
    for span in discourse.sentences[max(0, sentence - SENTENCES) : sentence + 1]:
        end = min(span.end, offset)
        run = Span(max(span.start, end - LONGEST_RUN), max(span.start, end))
        for found in _introduced(discourse, run) if discourse.first_named < run.start else ():
            noun = discourse.nominal(found, "person")
            name = " ".join(found.of(discourse.text).split())
            discourse.insert(noun)
            new = discourse.introduce(name, "unnamed", gender=noun.gender, plural=False)
            discourse.assign(noun, new, by="description")


def _introduced(discourse: Discourse, run: Span) -> Iterator[Span]:
    """Yield the descriptions of one person that begin in a run and have a name inside."""
    inside = list(discourse.within(run))
    if not any(each.form == "name" for each in inside):
        return
    words = words_in(discourse.text, run.start, run.end)
    for at, word in enumerate(words):
        if word.plain not in ARTICLES or _says_what(words, at, inside):
            continue
        last = _head(words, at)
        if last is None:
            continue
        span = Span(word.start, words[last].end)
        names = [each for each in inside if span.contains(each.span) and each.form == "name"]
        taken = any(each.form != "name" and each.span.overlaps(span) for each in inside)
        if names and not taken and not _is_named(discourse, span):
            yield span


def _says_what(words: Sequence[Word], at: int, inside: Sequence[Occurrence]) -> bool:
    """Tell whether a description says what somebody is who was mentioned already, and introduces nobody."""
    if at == 0:
        return False
    before = words[at - 1]
    if before.text in APPOSING:
        return any(each.animacy in ("person", None) and each.span.end <= before.start for each in inside)
    return before.plain in PREDICATES


def _head(words: Sequence[Word], at: int) -> int | None:
    """Return the index of the noun for one person that the phrase from an article on is built around."""
    head = None
    for index in range(at + 1, min(len(words), at + MOST_WORDS)):
        word = words[index]
        inner = word.text == "-" or (word.text == "." and words[index - 1].text[0].isupper())
        if not (word.text[0].isalnum() or inner) or word.plain in STOPS or word.plain in OPENS_TIME:
            break
        noun = look_up(word.plain) if word.text[0].islower() else None
        if noun is not None:
            head = index if noun.category == "person" and not noun.plural else None
    after = words[head + 1] if head is not None and head + 1 < len(words) else None
    goes_on = after is not None and (after.text[0].isupper() or after.plain in ("'s", "'", "-"))
    return None if goes_on else head


def _is_named(discourse: Discourse, span: Span) -> bool:
    """Tell whether a name right behind says who a description means: "a Quarn woman, Ada Ilven,"."""
    after = discourse.first_from(span.end)
    between = discourse.text[span.end : max(span.end, after.span.start)]
    return after.form == "name" and after.animacy == "person" and between.strip(" ,") in ("", "named", "called")
