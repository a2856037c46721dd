"""What one report gives in its own voice, and another only as what somebody says. Precision comes first.

A sentence is in the outlet's own voice where no part of it is a statement's. It is held against a statement of another
report only where it has most of the rarer words of what was said, with the same numbers and as many negations, and no
word that keeps it at a distance; and only if its report gives that statement to nobody. It may still be that the outlet
knows for itself what the other has from somebody: that is a finding, not a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Self

from onrecord.compare.carried import Carried, Report
from onrecord.compare.lines import Line
from onrecord.compare.sketches import known_words
from onrecord.compare.wording import Word, numbers_of, read_words
from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.sentences import find_sentences
from onrecord.wordlists import word_set

SHARE: Final = 0.65
"""Of the rarer words of what was said, in a sentence of the outlet's own."""
LEAST_WORDS: Final = 4
"""Of them in common, names among them ..."""
LEAST_PLAIN: Final = 2
"""... and so many that are no names; one will do where almost all are there."""
ALMOST_ALL: Final = 0.8
LONGER: Final = 2.5
"""Times as many rarer words in the sentence as in the statement, at most: a longer one tells of more than that."""
HEDGES: Final = word_set(
    "alleged allegedly alleges alleging allegation allegations accused accuses accusing accusation accusations "
    "reportedly reported purported purportedly supposed supposedly suspected apparently apparent claimed "
    "claims claim claiming according said says say told tells believed believes thought if whether may might "
    "possible possibly perhaps likely unlikely unclear unproven disputed question questions"
)
"""Words that keep what a sentence tells at a distance."""
_PRONOUNS: Final = word_set("i you he she it we they him her them this that these those")
_NEGATIONS: Final = word_set("not no never nobody nothing none neither without denied denies deny")
ASSERTING: Final = word_set("neutral doubting accusing conceding denying warning revealing thinking none")
"""Cue classes of what is said to be so; the others ask, promise, praise, feel or demand."""
# A word that doubts the noun behind it, with up to three words behind it on the same line.
_DOUBTED: Final = re.compile(
    r"\b(?P<hedge>[Aa]lleged|[Pp]urported|[Ss]o-called|[Ss]upposed|[Ss]uspected) "
    r"(?P<phrase>[a-z][a-z-]{2,30}(?: [a-z][a-z-]{2,30}){0,2})"
)
MOST_DOUBTS: Final = 100
"""Words of doubt in a report that are looked at, the first of them."""
COMMON: Final = 0.02
"""Share of reports from which on a word alone does not tell what is meant: an alleged attack, and the attack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVoice:
    """What a report gives in its own voice, and another as somebody's."""

    statement: Carried
    """As the other report has it."""
    report: int
    """The one that gives it in its own voice."""
    sentence: Span
    """Code points of its text."""
    words: str
    """Of the sentence."""
    share: float
    """Of the statement's rarer words that the sentence has, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """What one report doubts with a word, and another gives without it: an alleged persecution, and a persecution."""

    phrase: str
    """What is doubted: ``persecution``."""
    hedge: str
    """The word that doubts it: ``alleged``."""
    doubting: int
    """The report that doubts it."""
    doubt: Span
    """The doubting word with the phrase: code points of its text."""
    plain: int
    """The one that does not."""
    sentence: Span
    """The first sentence of its own that has the phrase."""
    words: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    words: tuple[Word, ...]
    telling: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a statement is held against sentences by: looked at once, for there may be thousands of them."""

    telling: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    negations: int
    has_pronoun: bool

    @classmethod
    def of(cls, text: str) -> Self:
        words = read_words(text)
        return cls(
            telling=_telling(words),
            names=frozenset(word.stem for word in words if text[word.span.start].isupper()),
            numbers=numbers_of(words),
            negations=_negations(words),
            has_pronoun=any(word.key in _PRONOUNS for word in words),
        )


def find_own_voice(reports: Sequence[Report], lines: Sequence[Line]) -> list[OwnVoice]:
    """Return the sentences of the outlets' own that tell what other reports attribute; by report, the best first."""
    own = [list(_own_sentences(report)) for report in reports]
    found = []
    for line in lines:
        asserted = [each.carried for each in line.said if each.carried.cue_class in ASSERTING and each.carried.cue]
        if not asserted or line.main.negated or line.main.modality != "said":
            continue
        statement, said = asserted[0], _Said.of(asserted[0].words)
        if len(said.telling) < LEAST_WORDS:
            continue
        for report in line.missing:
            best = max(
                (_held_against(statement, said, report, each, reports[report].text) for each in own[report]),
                key=lambda each: each.share if each else 0.0,
                default=None,
            )
            if best is not None:
                found.append(best)
    return sorted(found, key=lambda each: (each.report, -each.share, each.sentence, each.statement.statement))


def _own_sentences(report: Report) -> Iterator[_Sentence]:
    """Yield the sentences that no statement has a part of, and that keep nothing at a distance."""
    for span in _sentences(report):
        if any(each.start < span.end and span.start < each.end for each in report.taken):
            continue
        words = read_words(span.of(report.text))
        if not any(word.key in HEDGES for word in words):
            yield _Sentence(span, tuple(words), _telling(words))


def _sentences(report: Report) -> Iterator[Span]:
    for paragraph in find_paragraphs(report.text):
        if any(zone.start < paragraph.end and paragraph.start < zone.end for zone in report.spoken):
            yield from find_sentences(report.text, paragraph)


def _held_against(statement: Carried, said: _Said, report: int, sentence: _Sentence, text: str) -> OwnVoice | None:
    mine, theirs = said.telling, sentence.telling
    shared = mine & theirs
    if len(theirs) > LONGER * len(mine) or not _has_most(said, shared):
        return None
    if said.numbers - numbers_of(sentence.words) or said.negations != _negations(sentence.words):
        return None
    return OwnVoice(
        statement=statement,
        report=report,
        sentence=sentence.span,
        words=sentence.span.of(text),
        share=round(len(shared) / len(mine), 4),
    )


def _has_most(said: _Said, shared: frozenset[str]) -> bool:
    """Tell whether so many of a statement's words are no accident."""
    if len(shared) < LEAST_WORDS or len(shared) < SHARE * len(said.telling):
        return False
    if not shared & said.names and said.has_pronoun:
        return False  # nobody can tell from it who did it
    return len(shared - said.names) >= (1 if len(shared) >= ALMOST_ALL * len(said.telling) else LEAST_PLAIN)


def _telling(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.stem for word in words if word.weight == 1)


def _negations(words: Sequence[Word]) -> int:
    return sum(word.key in _NEGATIONS for word in words)


# ---- one word of doubt ---------------------------------------------------------------------------------------


def find_doubted(reports: Sequence[Report]) -> list[Doubted]:
    """Return what one report doubts with a word, and another has in a sentence of its own without it."""
    doubts = [dict(reversed(list(islice(_doubts(report), MOST_DOUBTS)))) for report in reports]
    own = [list(_own_sentences(report)) for report in reports]
    found = []
    for doubting, mine in enumerate(doubts):
        for phrase, span in sorted(mine.items(), key=lambda each: each[1]):
            for plain, report in enumerate(reports):
                if plain == doubting or phrase in doubts[plain]:
                    continue
                sentence = _first_with(phrase, own[plain])
                if sentence is not None:
                    found.append(
                        Doubted(
                            phrase=phrase,
                            hedge=span.of(reports[doubting].text).split(" ", 1)[0].lower(),
                            doubting=doubting,
                            doubt=span,
                            plain=plain,
                            sentence=sentence,
                            words=sentence.of(report.text),
                        )
                    )
    return found


def _doubts(report: Report) -> Iterator[tuple[str, Span]]:
    """Yield what a report doubts: two words, or one that is rare."""
    for match in _DOUBTED.finditer(report.text):
        words = []
        for word in match["phrase"].split():
            if not _telling(read_words(word)):  # "the", or "hmm", which is no word at all
                break
            words.append(word)
        if len(words) > 1:
            yield " ".join(words[:2]), Span(match.start(), match.start("phrase") + len(" ".join(words[:2])))
        elif words and known_words().get(words[0], 0.0) < COMMON:
            yield words[0], Span(match.start(), match.start("phrase") + len(words[0]))


def _first_with(phrase: str, sentences: Sequence[_Sentence]) -> Span | None:
    wanted = [word.stem for word in read_words(phrase)]
    for sentence in sentences:
        if not sentence.telling.issuperset(wanted):
            continue
        stems = [word.stem for word in sentence.words]
        if any(stems[at : at + len(wanted)] == wanted for at in range(len(stems))):
            return sentence.span
    return None
