"""What a cue means: how it frames the statement, whether the statement was made, and in which mood.

1. the cue's words are looked up in the lexicon (``cuelexicon.tsv``);
2. one entry decides the class: :func:`deciding_match`;
3. negation and modality are read from the words between the last break and that entry
   (:mod:`onrecord.attribution.cuemodality`).

``docs/explanation/cue-classes.md`` explains classes, decisions and limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.attribution.cuelexicon import DETERMINERS, Match, load_lexicon
from onrecord.attribution.cuemodality import VerbGroup, expects, mood_of, plans, verb_group, wishes
from onrecord.attribution.cuewords import Word, words_after, words_before, words_of
from onrecord.attribution.hearers import hears
from onrecord.document import Span
from onrecord.reading import CueClass, StatementModality
from onrecord.wordlists import word_set

# A cue is a verb group with what belongs to it: PolNeAR's longest has 31 words, 99.9 % have at most 14.
MOST_WORDS: Final = 40
PREPOSITIONS: Final = word_set("for against on out off at")
"""Those that a verb of saying means something else with, and that may be told as the content's first word."""
DAYS: Final = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS: Final = word_set(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
BESIDE_A_DAY: Final = word_set("last next this late early morning afternoon evening night")
PLAIN_SPEECH: Final[frozenset[CueClass]] = frozenset({"neutral", "asking", "warning", "revealing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CueReading:
    """What the cue of a statement says about it."""

    cue_class: CueClass
    negated: bool
    """True where the report says that the statement was not made: "did not say", "refused to comment"."""
    modality: StatementModality


def classify_cue(text: str, cue: tuple[Span, ...], *, sentence: Span | None = None) -> CueReading:
    """Return the class, negation and modality of the cue at ``cue`` in ``text``.

    Auxiliaries and subjects before the cue are looked at too, at most 160 characters of them and not
    beyond ``sentence``. A cue without words, or that the lexicon does not know, has the class ``none``.

    >>> classify_cue("The mayor did not say when.", (Span(10, 21),))
    CueReading(cue_class='neutral', negated=True, modality='said')
    """
    words = _without_days(words_of(text, cue)[:MOST_WORDS])
    if not words:
        return CueReading(cue_class="none", negated=False, modality="said")
    match = _with_its_preposition(text, words, deciding_match(words), sentence)
    before = words_before(text, cue[0].start, sentence=sentence)
    group = verb_group(before, words, match)
    mood = mood_of(text, group, sentence=sentence)
    cue_class = match.entry.cue_class if match else "none"
    if match is not None and match.entry.words == ("hear",) and _is_heard_by_bench(text, group):
        cue_class = "neutral"  # what a court heard was said to it
    return CueReading(cue_class=cue_class, negated=mood.negated, modality=mood.modality)


def deciding_match(words: Sequence[Word]) -> Match | None:
    """Return the entry that decides what the cue means, or None if the lexicon knows none of its words.

    "Allegedly" decides wherever it stands before the verb. Else the first entry that is not light does, unless it
    is neutral and another verb is joined to it ("issued a statement condemning"), or it only governs the verb that
    matters ("is expected to announce").
    """
    found = load_lexicon().find([word.plain for word in words])
    spoken = [match for match in found if match.entry.use != "sole"]
    if not spoken:
        return _sole(found, words)
    doubt = next((match for match in spoken if match.entry.part == "adverb" and match.entry.use == "head"), None)
    if doubt is not None:
        return doubt
    heads = [match for match in spoken if match.entry.use == "head" and not _yields(match, spoken, words)]
    if not heads:
        return next((match for match in spoken if match.entry.cue_class != "neutral"), spoken[0])
    return _joined(heads, words) or heads[0]


def _with_its_preposition(text: str, words: Sequence[Word], match: Match | None, sentence: Span | None) -> Match | None:
    """Return the entry with the preposition that the content took along: "called [for the mayor to go]"."""
    if match is None or match.entry.part != "verb" or match.end != len(words) or len(match.entry.words) > 1:
        return match
    following = next(iter(_without_days(list(words_after(text, words[-1].end, sentence=sentence)))), None)
    if following is None or following.plain not in PREPOSITIONS:
        return match
    pair = [words[-1].plain, following.plain]
    longer = next((other for other in load_lexicon().find(pair) if len(other.entry.words) == len(pair)), None)
    if longer is None or longer.entry.part != "verb":
        return match
    return match._replace(entry=longer.entry)


def _is_heard_by_bench(text: str, group: VerbGroup) -> bool:
    """Tell whether the subject of a verb of hearing is a court: "the jury has heard"."""
    subject = group.words[: group.start]
    return bool(subject) and hears(text[subject[0].start : subject[-1].end])


def _without_days(words: list[Word]) -> list[Word]:
    """Return words without "on Monday" and "on May 3": the "on" of "insisted on Monday that" is none of "insist on"."""
    plain = [word.plain for word in words]
    kept, at = [], 0
    while at < len(words):
        end = _end_of_day(plain, at + 1) if plain[at] == "on" else None
        if end is None:
            kept.append(words[at])
        at = end or at + 1
    return kept


def _end_of_day(plain: Sequence[str], at: int) -> int | None:
    """Return where the day that begins with a word ends: of weekday, or month and number; None where it is no day."""
    while at < len(plain) and plain[at] in BESIDE_A_DAY:
        at += 1
    month, other = (*plain[at : at + 2], "", "")[:2]
    if month in DAYS:
        at += 1
    elif (month in MONTHS and other.isdecimal()) or (month.isdecimal() and other in MONTHS):
        at += 2
    else:
        return None
    while at < len(plain) and plain[at] in BESIDE_A_DAY:
        at += 1
    return None if at < len(plain) and plain[at] == "'s" else at  # "insisted on Monday's vote"


def _sole(found: Sequence[Match], words: Sequence[Word]) -> Match | None:
    """Return a match that counts only alone (a colon, "in"), if it covers the cue."""
    covered = sum(match.end - match.start for match in found)
    return found[0] if found and covered == len(words) else None


def _joined(heads: Sequence[Match], words: Sequence[Word]) -> Match | None:
    """Return the entry that takes over from a neutral first one: a verb joined to it, or a noun after a noun."""
    first = heads[0]
    if first.entry.cue_class != "neutral":
        return None
    later = [match for match in heads[1:] if match.entry.cue_class != "neutral"]
    if first.entry.part != "verb":
        return next(iter(later), None)
    return next((match for match in later if match.entry.part == "verb" and _is_joined(match, words)), None)


def _is_joined(match: Match, words: Sequence[Word]) -> bool:
    """Tell whether a verb is joined to the one before it: "said and repeatedly warned", "went on to accuse".

    Not what is a noun by its looks: "said after a court hearing", "told officers during questioning".
    """
    word = words[match.start].plain
    before = next((other.plain for other in reversed(words[: match.start]) if not other.plain.endswith("ly")), "")
    if word == "hearing" or before in DETERMINERS | {"during"}:
        return False
    return word.endswith("ing") or before in ("and", ",") or (before == "to" and word == match.entry.words[0])


def _yields(match: Match, spoken: Sequence[Match], words: Sequence[Word]) -> bool:
    """Tell whether the entry after ``match`` is what matters: its noun ("passionate defender"), the verb it governs."""
    if match.entry.part == "adjective":
        return any(other.start == match.end and other.entry.part == "noun" for other in spoken) or _is_governor(
            match, spoken, words
        )
    return _is_governor(match, spoken, words)


def _is_governor(match: Match, spoken: Sequence[Match], words: Sequence[Word]) -> bool:
    """Tell whether ``match`` only governs the verb after it: "is expected to announce", "plans to tell"."""
    following = next((other for other in spoken if other.start >= match.end), None)
    if following is None or following.entry.part != "verb" or following.entry.use != "head":
        return False
    between = [word.plain for word in words[match.end : following.start]]
    if "to" not in between or len(between) > 3:
        return False
    word = words[match.start].plain
    return expects(word) or ((plans(word) or wishes(word)) and following.entry.cue_class in PLAIN_SPEECH)
