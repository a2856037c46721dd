"""Who may take part in an event: everybody whom a sentence names, describes or refers to with a pronoun.

Sources are tied to entities already; events need more. "The rebels freed four aid workers" quotes nobody, so that
nothing asked who the aid workers are: phrases around a noun for people or organizations are read by rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.attribution.cuewords import BREAKS, Word, words_in
from onrecord.document import Span
from onrecord.speakers.discourse import Discourse, Occurrence
from onrecord.speakers.headnouns import look_up
from onrecord.speakers.nounphrases import DETERMINERS, STOPS
from onrecord.wordlists import word_set

ACTING: Final = ("person", "group", "organization", "country")
FARTHEST: Final = 5
"""Most words between a determiner and its noun."""
SCALES: Final = word_set("hundred thousand million billion trillion dozen")
NO_ADJECTIVES: Final = word_set("of and or percent")
DEFINITE: Final = re.compile(r"(?:the|his|her|its|their|our|my)\s|[A-Z]\w*['’]s?\s", re.IGNORECASE)
UP_TO_NAME: Final = re.compile(
    r"(?:\s(?:of|for|in|at|to|from|who|that|which|representing|leading|running|overseeing)\s[^,.;:!?\n“”\"]{1,80})?,\s"
)
"""What stands between a description and the name of whom it describes."""
ENDS: Final = frozenset(",.;:)")
"""What such a name ends at."""
LISTED: Final = re.compile(r",\s(?:and|or)\b")
OPENERS: Final = word_set(
    "after before when while since until once if although though because despite following unlike as in at for with by"
    " to from of under amid accused asked sued"
)
"""What a sentence may open with that ends at a comma before its subject."""
ADJECTIVES: Final = ("al", "ic", "ian", "ish", "ese", "ive", "ist", "ous", "an")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody in a sentence."""

    span: Span
    occurrence: Occurrence | None
    """Its place in the discourse; None where only the rule found it."""
    place: bool = False
    """It is a place, to which something is done and which does nothing."""


def find_participants(discourse: Discourse, sentence: Span) -> list[Participant]:
    """Return who may take part in what a sentence tells of, by place."""
    known = [each for each in discourse.within(sentence) if _may_act(discourse, each)]
    taken = [each.span for each in known]
    names = [each.span for each in known if each.form == "name"]
    found = [
        Participant(span=each.span, occurrence=each, place=_is_place(discourse, each))
        for each in known
        if not _is_title(discourse.text, each, names)
    ]
    words = words_in(discourse.text, sentence.start, sentence.end)
    for span in _described(words, taken):
        before = span.start - 1 if discourse.text[span.start - 1 : span.start] == " " else None
        kind = next((each for each in found if each.span.end == before and _is_origin(discourse, each)), None)
        if kind is not None:  # "Norwegian police" are one, and no Norwegians beside them
            found.remove(kind)
        found.append(Participant(span=Span(kind.span.start if kind else span.start, span.end), occurrence=None))
    found.sort(key=lambda each: (each.span.start, -each.span.end))
    return _with_names(discourse, sentence, found)


def _with_names(discourse: Discourse, sentence: Span, found: Sequence[Participant]) -> list[Participant]:
    """Return participants of which descriptions go by the name behind their comma: "the mayor of Belvar, Ada Quill,".

    They are kept, for who is named farther from the verb is often found by them only.
    """
    names = {each.span.start: each for each in found if _kind_of_named(discourse, each) is not None}
    going_by: list[Participant] = []
    described: dict[int, int] = {}
    """By the start of each name where the description ends that goes by it."""
    for each in found:
        name = _name_behind(discourse, sentence, each, names)
        # In "The official who met the mayor, Ada Quill," it is the first whom the name is taken for.
        end = None if name is None else described.get(name.span.start)
        if name is not None and end is None and _fits(discourse, each, name):
            described[name.span.start] = each.span.end
            going_by.append(replace(each, occurrence=name.occurrence))
        elif end is None or not discourse.text.startswith(" of ", end):  # "the head of the agency, Rafiq," are one
            going_by.append(each)
    return going_by


def _kind_of_named(discourse: Discourse, participant: Participant) -> str | None:
    """Return whether a name is a person's or an organization's; None for other names and what is no name."""
    occurrence = participant.occurrence
    if occurrence is None or occurrence.form != "name" or occurrence.referent is None:
        return None
    kind = discourse.referents[occurrence.referent].kind
    return kind if kind in ("person", "organization") else None


def _name_behind(
    discourse: Discourse, sentence: Span, participant: Participant, names: Mapping[int, Participant]
) -> Participant | None:
    """Return the name that stands behind a description and a comma, where that may be whom it describes."""
    text, span = discourse.text, participant.span
    if span.start in names or not DEFINITE.match(text, span.start):
        return None
    between = UP_TO_NAME.match(text, span.end)
    name = None if between is None else names.get(between.end())
    if name is None or text[name.span.end : name.span.end + 1] not in ENDS:
        return None
    goes_on = text.startswith(",", name.span.end)
    if goes_on and (_is_listed(text, name.span.end, names) or _opens_sentence(text, sentence, span.start)):
        return None
    return name


def _fits(discourse: Discourse, description: Participant, name: Participant) -> bool:
    """Tell whether a description is of one of the kind that a name names."""
    noun = look_up(description.span.of(discourse.text).rsplit(maxsplit=1)[-1])
    kinds = ("unknown", "group", _kind_of_named(discourse, name))
    return noun is not None and not noun.plural and noun.category in kinds


def _is_listed(text: str, end: int, names: Mapping[int, Participant]) -> bool:
    """Tell whether the comma at ``end`` is one of a list: "the mayor, Ada Quill, and two others"."""
    return LISTED.match(text, end) is not None or end + len(", ") in names


def _opens_sentence(text: str, sentence: Span, start: int) -> bool:
    """Tell whether a comma behind ``start`` ends what opens the sentence: "After he sued the mayor, Ada Quill, 34,"."""
    words = words_in(text, sentence.start, start)
    last = max((at + 1 for at, word in enumerate(words) if word.text in BREAKS), default=0)
    first = words[last].plain if last < len(words) else ""
    return first in OPENERS or first.endswith("ing")


def _may_act(discourse: Discourse, occurrence: Occurrence) -> bool:
    if occurrence.referent is None:
        return occurrence.form == "nominal"
    return discourse.referents[occurrence.referent].kind not in ("other", "document")


def _is_origin(discourse: Discourse, participant: Participant) -> bool:
    """Tell whether a name says where those after it belong: "Norwegian", "U.S."."""
    occurrence = participant.occurrence
    if occurrence is None or occurrence.form != "name" or occurrence.referent is None:
        return False
    return discourse.referents[occurrence.referent].kind in ("country", "group", "place")


def _is_place(discourse: Discourse, occurrence: Occurrence) -> bool:
    return occurrence.referent is not None and discourse.referents[occurrence.referent].kind == "place"


def _is_title(text: str, occurrence: Occurrence, names: Sequence[Span]) -> bool:
    """Tell whether a description only opens a name: "President" of "President Ilven"; not "a Belvar police officer"."""
    if occurrence.form != "nominal":
        return False
    at = bisect_left(names, occurrence.span.start, key=lambda name: name.start)
    end = occurrence.span.end
    return any(
        name.end >= end and (name.start < end or text[end : name.start].isspace()) for name in names[at : at + 1]
    )


def _described(words: Sequence[Word], taken: Sequence[Span]) -> Iterator[Span]:
    """Yield the phrases around nouns for people, groups, organizations and countries, where nothing is known yet."""
    for at, word in enumerate(words):
        if not word.text[0].isalpha():
            continue
        noun = look_up(word.text)
        if noun is None or noun.category not in ACTING:
            continue
        if any(each.start < word.end and word.start < each.end for each in taken):
            continue
        if any(each.start == word.end + 1 for each in taken):
            continue  # "President" of "President Ilven"
        first = _first_word(words, at, max((each.end for each in taken if each.end <= word.start), default=0))
        if first == at and not (noun.plural or noun.category == "group" or word.text[0].isupper()):
            continue  # "accused" without an article is a verb, "the accused" somebody
        yield Span(words[first].start, word.end)


def _first_word(words: Sequence[Word], head: int, floor: int) -> int:
    """Return where the phrase around a noun begins: at its determiner or number, at its kind, or at the noun.

    Verbs look like adjectives without a tagger ("accused rebels"), so that without a determiner only names,
    numbers and a few endings go before the noun.
    """
    first = head
    for at in range(head - 1, max(-1, head - 1 - FARTHEST), -1):
        word = words[at]
        if word.start < floor or word.plain in STOPS or not word.text[0].isalnum():
            break
        if word.plain in DETERMINERS:
            return at
        if _counts(words, at, head):  # "the storm killed 9 people": two are in it
            return max(_first_of_number(words, at), bisect_left(words, floor, key=lambda each: each.start))
        if first == at + 1 and (word.text[0].isupper() or word.text[0].isdigit() or word.plain.endswith(ADJECTIVES)):
            first = at
    return first


def _counts(words: Sequence[Word], at: int, head: int) -> bool:
    """Tell whether a word is a number that counts who a noun is, as "60 percent of", "G7", "43rd" and a year don't."""
    word, behind = words[at], words[at + 1]
    glued = word.end == behind.start or (at > 0 and words[at - 1].end == word.start and words[at - 1].text.isalpha())
    if not word.text.isdecimal() or glued or (len(word.text) == 4 and word.text[:2] in ("19", "20")):
        return False
    between = [each.plain for each in words[at + 1 : head] if each.plain not in SCALES]
    return len(between) <= 1 and NO_ADJECTIVES.isdisjoint(between)


def _first_of_number(words: Sequence[Word], at: int) -> int:
    """Return where a number that ends at a word begins, or the determiner right before it: "the 35", "1,076"."""
    while at > 1 and words[at - 1].text in ",." and words[at - 2].text.isdecimal():
        if words[at - 2].end != words[at - 1].start or words[at - 1].end != words[at].start:
            break
        at -= 2
    return at - 1 if at > 0 and words[at - 1].plain in DETERMINERS else at
