"""Statements of several reports laid side by side: what is one utterance stands on one line.

Two statements are one utterance where they are tied (see tying), in one report or in two. A line is gathered around the
statement that is tied to most others, and all of them are tied to that one: what two reports each took from another
part of a long quotation stands on the line of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from onrecord.compare.carried import Carried
from onrecord.compare.naming import GivenTo, given_to, same_name
from onrecord.compare.stars import Stars
from onrecord.compare.tying import LEAST, MEANT, Tie, Utterance, tie_utterances
from onrecord.compare.wording import Word
from onrecord.reading import CueClass
from onrecord.record.meaning import shipped_meanings

NEAR: Final = 0.6
"""Cosine of two meanings from which on they are compared, also where no rarer word is in both."""
LEAST_TELLING: Final = 3
"""Rarer words of a content below which only a verbatim quotation is tied to another."""
COMPARED: Final = 40
"""Statements that each is compared with word by word: more share its rarer words only in a report of one formula."""
OVERLAP: Final = 8
"""Words in a row that both have, by which two quotations that each go on in their own way are tied all the same."""
READ: Final = 6
"""Of those, how many the network reads together with it, if what they have in common leaves that open."""
COMMON: Final = 2
"""Words in common, function words left out, from which on two statements are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement on its line."""

    carried: Carried
    tie: Tie | None
    """From the line's main wording to this one: ``this`` is that one's words, ``other`` this one's; None for itself."""
    given_to: GivenTo
    """Whether it is given to the speaker of the main wording. Another one is a conflict, which is not decided here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One utterance, as each report has it."""

    said: tuple[Said, ...]
    """By report and place; a report may have it twice, as in its headline and its body."""
    carriers: tuple[int, ...]
    """The reports that have it."""
    missing: tuple[int, ...]
    """The reports that leave it out."""
    speaker: str | None
    """As the main wording has it, or else another one; None where no report names one."""
    cue_classes: tuple[CueClass, ...]
    """Of the cues that it is given with, without "none"."""

    @property
    def main(self) -> Carried:
        """The wording that the others are compared with: the one tied to most of them, of equal ones the fullest."""
        return next(each.carried for each in self.said if each.tie is None)

    @property
    def frames_differ(self) -> bool:
        """Whether the reports' cues are of several classes: said here, claimed there."""
        return len(self.cue_classes) > 1


def lay_side_by_side(statements: Sequence[Carried], reports: int) -> list[Line]:
    """Return the lines: those of several reports first, by where they stand in them; then each report's own."""
    said = [Utterance.of(each.words) for each in statements]
    ties = _ties(statements, said)
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), tie in ties.items():
        near[one][other] = near[other][one] = tie.score
    # Of two that are equally tied the fuller one is what the other is compared with.
    stars: Stars[int] = Stars(lambda at: near[at], lambda at: (-sum(word.weight for word in said[at].words), at))
    groups = [stars.group_of(at) for at in range(len(statements)) if stars.centre_of(at) == at]
    lines = [_line(group, statements, ties, reports) for group in groups]
    lengths = {each.report: each.place for each in statements}  # the last place of each
    return sorted(lines, key=partial(_order, lengths=lengths))


def _ties(statements: Sequence[Carried], said: Sequence[Utterance]) -> dict[tuple[int, int], Tie]:
    """Return the ties between statements, by their numbers."""
    meanings = _meanings(statements)
    stems = [frozenset(word.stem for word in each.words if word.weight == 1) for each in said]
    overlaps = [_long_runs(each.words) for each in said]
    holders = _holders(statements)
    found = {}
    for (one, other), rank in _likely_pairs(stems, meanings).items():
        if one in holders[other] or other in holders[one]:
            continue
        same = same_name(statements[one].speaker, statements[other].speaker)
        meaning = round(float(meanings[one, other]), 4)
        tied = tie_utterances(said[one], said[other], meaning=meaning, same_speaker=same, reads=rank < READ)
        if tied.score < LEAST and overlaps[one] & overlaps[other]:
            tied = replace(tied, kind="clipped", score=LEAST)
        is_scrap = min(len(stems[one]), len(stems[other])) < LEAST_TELLING
        if tied.score >= LEAST and not (is_scrap and _is_reporters(statements[one], statements[other], tied)):
            found[one, other] = tied
    return _without_holders(found, statements, holders)


def _likely_pairs(
    stems: Sequence[frozenset[str]], meanings: np.ndarray[tuple[int, int], np.dtype[np.float64]]
) -> dict[tuple[int, int], int]:
    """Return the pairs that are compared word by word: of each statement those that share most rarer words with it.

    With each goes how many pairs of one of its statements come before it.
    """
    near: list[list[tuple[int, float, int]]] = [[] for _ in stems]
    for other in range(len(stems)):
        for one in range(other):
            shared = len(stems[one] & stems[other])
            if shared >= COMMON or meanings[one, other] >= NEAR:
                rank = (-shared, -round(float(meanings[one, other]), 4))
                near[one].append((*rank, other))
                near[other].append((*rank, one))
    ranks: dict[tuple[int, int], int] = {}
    for at, each in enumerate(near):
        for place, (*_, other) in enumerate(sorted(each)[:COMPARED]):
            pair = (min(at, other), max(at, other))
            ranks[pair] = min(place, ranks.get(pair, place))
    return dict(sorted(ranks.items()))


def _long_runs(words: Sequence[Word]) -> frozenset[str]:
    """Return the runs of eight words: two long quotations that overlap at their ends have one, and not much else."""
    keys = [word.key for word in words]
    return frozenset(" ".join(keys[at : at + OVERLAP]) for at in range(len(keys) - OVERLAP + 1))


def _holders(statements: Sequence[Carried]) -> list[frozenset[int]]:
    """Return, for each statement, those whose contents hold it."""
    numbers = {(each.report, each.statement): at for at, each in enumerate(statements)}
    outer = [numbers.get((each.report, each.within or "")) for each in statements]
    found = []
    for at in range(len(statements)):
        above: list[int] = []
        holder = outer[at]
        while holder is not None and holder not in above:
            above.append(holder)
            holder = outer[holder]
        found.append(frozenset(above))
    return found


def _is_reporters(one: Carried, other: Carried, tie: Tie) -> bool:
    """Tell whether a word or two are the reporter's rather than a quotation: "opposes abortion", "the media"."""
    forms = {one.form, other.form}
    return forms != {"direct"} and ("indirect" in forms or tie.kind != "identical")


def _without_holders(
    ties: Mapping[tuple[int, int], Tie], statements: Sequence[Carried], holders: Sequence[frozenset[int]]
) -> dict[tuple[int, int], Tie]:
    """Return the ties but for those to what holds the true counterpart, which is somebody else's.

    Where A has "Ilven said: 'Quy told me that the lamps are paid'", the inner statement of B's "Quy said that the lamps
    are paid" is Quy's, not Ilven's.
    """
    near: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in ties:
        near[one].add(other)
        near[other].add(one)
    inner: defaultdict[int, set[int]] = defaultdict(set)
    for at, above in enumerate(holders):
        for holder in above:
            inner[holder].add(at)

    def holds_better(outer: int, at: int) -> bool:
        is_other = same_name(statements[outer].speaker, statements[at].speaker) is not True
        return is_other and bool(inner[outer] & near[at])

    return {
        (one, other): tie
        for (one, other), tie in ties.items()
        if not holds_better(one, other) and not holds_better(other, one)
    }


def _meanings(statements: Sequence[Carried]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the cosines of the meanings of all statements."""
    vectors = shipped_meanings().encode([each.words[:MEANT] for each in statements]).astype(np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = vectors / np.where(lengths == 0, 1.0, lengths)
    return units @ units.T


def _line(
    group: Sequence[int], statements: Sequence[Carried], ties: Mapping[tuple[int, int], Tie], reports: int
) -> Line:
    centre, *_ = group
    whole = statements[centre]
    said = [
        Said(
            carried=statements[at],
            tie=None if at == centre else _from(centre, at, ties),
            given_to="same" if at == centre else given_to(whole.speaker, statements[at].speaker),
        )
        for at in sorted(group, key=lambda at: (statements[at].report, statements[at].place))
    ]
    carried = [each.carried for each in said]
    carriers = tuple(sorted({each.report for each in carried}))
    return Line(
        said=tuple(said),
        carriers=carriers,
        missing=tuple(report for report in range(reports) if report not in carriers),
        speaker=whole.speaker or next((each.speaker for each in carried if each.speaker), None),
        cue_classes=tuple(dict.fromkeys(each.cue_class for each in carried if each.cue_class != "none")),
    )


def _from(centre: int, at: int, ties: Mapping[tuple[int, int], Tie]) -> Tie:
    """Return the tie from one statement to another, whichever of them stands first."""
    return ties[centre, at] if centre < at else turned(ties[at, centre])


def turned(tie: Tie) -> Tie:
    """Return a tie as the other side sees it."""
    changes = tuple(
        replace(each, this=each.other, other=each.this, this_words=each.other_words, other_words=each.this_words)
        for each in tie.changes
    )
    return replace(tie, changes=changes, of_this=tie.of_other, of_other=tie.of_this)


def _order(line: Line, lengths: Mapping[int, int]) -> tuple[object, ...]:
    """Return what sorts the lines."""
    first = {each.carried.report: each.carried.place for each in reversed(line.said)}
    if len(first) > 1:
        place = sum(at / lengths[report] for report, at in first.items()) / len(first)
        return (0, 0, round(place, 6), line.said[0].carried.statement)
    (report, at), *_ = first.items()
    return (1, report, at, line.said[0].carried.statement)
