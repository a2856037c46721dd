"""What became of a quotation's words in one statement: all there, some fallen away, others in their place, or none.

A quotation is verbatim where its words stand in the statement one behind the other, and with nothing left out of the
sentences that they stand in. Where something of those was left out, it is clipped, and what is missing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from onrecord.compare.alignment import Alignment, Change, align
from onrecord.compare.joining import find_joint, find_pieces
from onrecord.compare.kinds import is_moved
from onrecord.compare.presence import LEAST, presence
from onrecord.compare.wording import Word, is_negated, numbers_of, read_words
from onrecord.document import Span
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.record.hits import Hit
from onrecord.record.packing import print_order
from onrecord.wordlists import word_set

Grade = Literal[
    "verbatim",
    "clipped",
    "altered",
    "merged",
    "spliced",
    "paraphrase",
    "other speaker",
    "denied",
    "other time",
    "not in this record",
]
FOUND: Final = ("verbatim", "clipped", "merged", "spliced", "altered", "paraphrase")
"""Grades of a statement that has the quotation, the best first."""
WORD_FOR_WORD: Final = ("verbatim", "clipped")
LEAST_SHARE: Final = 0.65
"""Of the quotation's words, by weight, in an altered one."""
MOST_WORDS: Final = 0.85
LEAST_RUNNING: Final = 0.4
"""Share of the words that stand in runs of three, unless :data:`MOST_WORDS` are there in whatever runs."""
LEAST_WEIGHT: Final = 2.0
"""Of the words in common; "we will do it" has 1 and is anybody's."""
LEAST_CHANGED: Final = 4.0
"""Of the words in common where others stand in the place of the rest, unless :data:`MOST_WORDS` are there."""
LEAST_MEANING: Final = 0.6
"""Cosine of the meanings below which nothing is looked for: of 27 paraphrases that are told the least has 0.69."""
LEAST_MEANT: Final = 8
"""Words of a quotation that can be a paraphrase; the meaning of fewer is near that of too much."""
WHOLE: Final = 0.8
"""Share of a statement's words in a quotation that has it as a whole."""
CLOSE: Final = 0.05
"""One statement with so little less of the words is likelier than two that share them."""
MOST_TURNING: Final = 3
"""Words left out among those of a quotation that deny these: "did not", "no longer"; more say something else."""
BETWEEN: Final = frozenset(" \n\t\xa0\"'“”‘’")
NO_DENIAL: Final = word_set("only just merely simply doubt matter surprise wonder")
"""Words that "not" and "no" stand before without denying what is said: "not only", "no doubt"."""
SAYING: Final = word_set("say said saying claim claimed suggest suggested write wrote written promise promised")
"""Verbs whose clause was not said where they are denied: "I never said that the levy would stay"."""
DENIED_WITH: Final = word_set(
    "ever once again longer actually really even publicly explicitly have has had been going to would could of us them "
    "you one"
)
"""Words that may stand between a "not" and such a verb; not "afraid to", "forget I", "me who", which leave it said."""
LEFT_OPEN: Final = word_set("or why")
"""Words that "not" stands behind without denying what is said: "whether or not", "why not"."""
COMPARING: Final = word_set("than but")
"""Words that a negation is left out with, as a whole, without denying what follows: "no later than", "nothing but"."""
NO_LESS: Final = word_set("less fewer")
"""The same: "no less true"; but "no more" and "no longer" deny."""
# Where a sentence ends: at a mark of it, and whatever quotation marks follow; or where the reporter broke in.
_END: Final = re.compile(r"[.!?][\"'”’)\]]{0,3}(?=\s|$)|\s…(?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A statement with what became of the quotation in it."""

    hit: Hit
    grade: Grade
    score: float
    """The share of the quotation's words that it has, by weight; the probability that it says the same for a
    paraphrase."""
    missing: tuple[Span, ...] = ()
    """What the quotation leaves out of the sentences that it stands in: spans of ``hit.words``."""
    changes: tuple[Change, ...] = ()
    """What else is not the same: ``this`` in the quotation, ``other`` in ``hit.words``."""
    is_turned: bool = False
    """What is missing denies the words: "I never said so", quoted without "never"."""
    is_taken_back: bool = False
    """The report says behind the words that they were not said: "Ilven said no such thing"."""
    joined: Hit | None = None
    """The statement that the rest of a merged or spliced quotation is from."""
    pieces: tuple[Hit, ...] = ()
    """Where a spliced quotation is from, piece by piece, if it is from more than two statements."""

    @property
    def is_denied(self) -> bool:
        """Whether the speaker is reported to deny it, or not to have said it, or says so in words that are left out."""
        hit = self.hit
        is_told = hit.negated or hit.modality == "denied" or hit.cue_class == "denying"
        return is_told or self.is_turned or self.is_taken_back

    @property
    def order(self) -> tuple[object, ...]:
        """What sorts the best first: by grade, words, whether it counts, and day; the same in any order of adding."""
        rank, hit = FOUND.index(self.grade) if self.grade in FOUND else len(FOUND), self.hit
        printed = print_order(hit.published)
        return (rank, -self.score, hit.standing != "counts", printed, hit.citation.document, hit.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What became of a quotation's words in those of a statement; see :class:`Graded`."""

    grade: Grade
    score: float
    missing: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()
    is_turned: bool = False

    @property
    def order(self) -> tuple[int, float]:
        """What sorts the best first."""
        return (FOUND.index(self.grade) if self.grade in FOUND else len(FOUND), -self.score)


def grade(asked: Sequence[Word], hit: Hit, meaning: float) -> Graded:
    """Compare a quotation with one statement."""
    compared = compare(asked, hit.words, meaning)
    return Graded(
        hit=hit,
        grade=compared.grade,
        score=compared.score,
        missing=compared.missing,
        changes=compared.changes,
        is_turned=compared.is_turned,
    )


def compare(asked: Sequence[Word], words: str, meaning: float) -> Compared:
    """Compare a quotation with the words of a statement, of which the nearness in meaning is known."""
    said = read_words(words)
    aligned = align(asked, said)
    inner = tuple(change for change in aligned.changes if not _is_beyond(change))
    is_changed = any(change.this_words or change.is_replaced for change in inner)
    if not _is_enough(aligned) or (is_changed and not _is_changed_little(asked, said, aligned)):
        alike = _likeness(asked, said, aligned, meaning)
        if alike >= LEAST:
            return Compared(grade="paraphrase", score=alike)
        return Compared(grade="not in this record", score=_score(aligned))
    if is_changed:
        moved = is_moved(asked, said, aligned)
        return Compared(grade="spliced" if moved else "altered", score=_score(aligned), changes=inner)
    missing = tuple(_missing(said, words, aligned, inner))
    return Compared(
        grade="clipped" if missing else "verbatim",
        score=_score(aligned),
        missing=missing,
        changes=inner,
        is_turned=_is_turned(said, words, aligned),
    )


def _is_enough(aligned: Alignment) -> bool:
    """Tell whether so many of the words, so close together, are no accident."""
    if aligned.shared < min(LEAST_WEIGHT, aligned.this_weight) or aligned.of_this < LEAST_SHARE:
        return False
    return aligned.of_this >= MOST_WORDS or aligned.running >= LEAST_RUNNING * aligned.this_weight


def _is_changed_little(asked: Sequence[Word], said: Sequence[Word], aligned: Alignment) -> bool:
    """Tell whether words stand in the place of others so that it is still the same quotation.

    A short one with a changed word, and one with other numbers besides, is more often another quotation.
    """
    if aligned.shared < LEAST_CHANGED:
        return False
    return aligned.of_this >= MOST_WORDS or not numbers_of(asked) - numbers_of(said)


def _likeness(asked: Sequence[Word], said: Sequence[Word], aligned: Alignment, meaning: float) -> float:
    """Return the probability that a statement says the same in other words; 0 where that can't be told.

    Not of a few words, nor where a number of the quotation is not there.
    """
    if meaning < LEAST_MEANING or len(asked) < LEAST_MEANT or numbers_of(asked) - numbers_of(said):
        return 0.0
    return round(presence(asked, said, aligned, meaning), 4)


def _score(aligned: Alignment) -> float:
    return round(min(1.0, aligned.of_this), 4)


def _is_beyond(change: Change) -> bool:
    """Tell whether a change is only what the statement has before or behind the quotation."""
    return change.where != "middle" and not change.this.size


def _missing(said: Sequence[Word], text: str, aligned: Alignment, inner: Sequence[Change]) -> Iterator[Span]:
    """Yield what the quotation leaves out: before it in its first sentence, within it, behind it in its last.

    Of one that stands between marks in the outlet's own sentence ("called it “a shame for the port”") nothing that is
    outside of them, unless that denies it.
    """
    first, last = aligned.runs[0][1], sum(aligned.runs[-1][1:]) - 1
    ends = [found.end() for found in _END.finditer(text)]
    start = max((end for end in ends if end <= said[first].span.start), default=0)
    end = min((end for end in ends if end >= said[last].span.end), default=len(text))
    before = [word for word in said[:first] if word.span.start >= start]
    behind = [word for word in said[last + 1 :] if word.span.end <= end]
    quoted = _marks_around(text, Span(said[first].span.start, said[last].span.end))
    if quoted is not None and not is_negated([*before, *behind]):
        before = [word for word in before if word.span.start >= quoted.start]
        behind = [word for word in behind if word.span.end <= quoted.end]
    if tells(before):
        yield Span(before[0].span.start, before[-1].span.end)
    yield from (change.other for change in inner if change.other_words)
    if tells(behind):
        yield Span(behind[0].span.start, behind[-1].span.end)


def _marks_around(text: str, span: Span) -> Span | None:
    """Return what stands between the quotation marks around a span; None where there are none."""
    inside = (quotation.inner for quotation in outermost(text, pair_quotemarks(text)))
    return next((each for each in inside if each.contains(span)), None)


def tells(words: Sequence[Word]) -> bool:
    """Tell whether words have a meaning of their own, or deny: "and then" does neither, "not" does."""
    return any(word.weight == 1 for word in words) or is_negated(words)


def _is_turned(said: Sequence[Word], text: str, aligned: Alignment) -> bool:
    """Tell whether a quotation leaves out a "not" right before its words or among them, or that they were not said."""
    (_, first, _), *_ = aligned.runs
    gaps = [(at + size, behind) for (_, at, size), (_, behind, _) in pairwise(aligned.runs)]
    beside = [said[max(0, first - 1) : first], *(said[start:end] for start, end in gaps if end - start <= MOST_TURNING)]
    return _is_disowned(said, first, text) or any(is_negated(words) and _turns(words, said, text) for words in beside)


def _is_disowned(said: Sequence[Word], first: int, text: str) -> bool:
    """Tell whether the words right before a quotation say that it was not said: "I never said that"."""
    verb = first - 1 - (first > 0 and said[first - 1].key == "that")
    if verb < 1 or said[verb].key not in SAYING:
        return False
    reach = range(verb - 1, max(0, verb - 1 - MOST_TURNING) - 1, -1)
    at = next((each for each in reach if said[each].key not in DENIED_WITH), None)
    if at is None or not is_negated(said[at : at + 1]) or (at > 0 and said[at - 1].key in LEFT_OPEN):
        return False
    denial = said[at]
    return set(text[denial.span.end : said[first].span.start]).isdisjoint(".,;:!?—–")


def _turns(words: Sequence[Word], said: Sequence[Word], text: str) -> bool:
    """Tell whether left out words deny what follows: not "No, we will", "no doubt", "not only" or "whether or not".

    Nor does a comparison that is left out whole: "no fewer than ten" for "ten", where "fewer than ten" would be denied.
    """
    end = words[-1].span.end
    behind = next((word for word in said if word.span.start >= end), None)
    runs_on = behind is not None and set(text[end : behind.span.start]) <= BETWEEN
    before = next((word for word in reversed(said) if word.span.end <= words[0].span.start), words[0])
    left_out = {word.key for word in words}
    is_open = not LEFT_OPEN.isdisjoint({before.key, *left_out})
    is_open = is_open or (before.key == "if" and left_out == {"not"})  # "a part, if not all"
    compares = words[-1].key in COMPARING | NO_LESS
    denies = left_out.isdisjoint(NO_DENIAL) and (behind is None or behind.key not in NO_DENIAL)
    return runs_on and denies and not is_open and not compares


def join_grades(asked: Sequence[Word], graded: Sequence[Graded]) -> list[Graded]:
    """Return a grade for statements that make up the quotation together; none where one alone does."""
    if any(each.grade in {"verbatim", "clipped"} for each in graded):
        return []
    aligned = [align(asked, read_words(each.hit.words)) for each in graded]
    joint = find_joint(asked, aligned)
    if joint is None:
        return _join_many(asked, graded, aligned)
    one, other = (graded[part.at].hit for part in joint)
    together = one.citation.document == other.citation.document and one.citation.content < other.citation.content
    whole = all(aligned[part.at].of_other >= WHOLE for part in joint)
    covered = sum(word.weight for part in joint for word in asked[part.start : part.end]) / sum(w.weight for w in asked)
    if any(each.grade == "altered" and each.score > covered - CLOSE for each in graded):
        return []
    return [
        Graded(
            hit=one,
            joined=other,
            grade="merged" if together and whole else "spliced",
            score=round(covered, 4),
        )
    ]


def _join_many(asked: Sequence[Word], graded: Sequence[Graded], aligned: Sequence[Alignment]) -> list[Graded]:
    """Return a grade for three or more statements that make up the quotation together, if any do."""
    found = find_pieces(asked, aligned)
    if not found:
        return []
    covered = sum(word.weight for part in found for word in asked[part.start : part.end]) / sum(w.weight for w in asked)
    hits = tuple(graded[at].hit for at in dict.fromkeys(part.at for part in found))
    return [Graded(hit=hits[0], joined=hits[1], pieces=hits, grade="spliced", score=round(covered, 4))]
