"""All other appearances of a statement in a record, each with how it is tied to it.

1. the statements that may be some                  candidates
2. each is read and compared with this one          tying
3. who each is given to, and whether it counts
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onrecord.compare.candidates import find_candidates, read_said
from onrecord.compare.naming import GivenTo, given_to, same_name
from onrecord.compare.tying import CERTAIN, LEAST, UNLIKELY, Tie, Utterance, nearness, tie_utterances
from onrecord.errors import MissingRecord
from onrecord.record.damage import translated
from onrecord.record.hits import Hit, read_hits
from onrecord.record.lookup import look_up
from onrecord.record.packing import print_order

if TYPE_CHECKING:
    from onrecord.record import Record

READ: Final = 40
"""Candidates that the network reads together with a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Another appearance of a statement."""

    hit: Hit
    tie: Tie
    """From the statement to this one: ``this`` is the statement's words, ``other`` this one's."""
    given_to: GivenTo
    """Whether it is given to the same speaker. Another speaker is a conflict: both stand, none is preferred."""

    @property
    def counts(self) -> bool:
        """Whether it is a source of its own: not in a copy of another report, nor in a text that was revised."""
        return self.hit.standing == "counts"


def find_variants(record: Record, statement: str, *, min_score: float = LEAST) -> tuple[Hit, list[Variant]]:
    """Return a statement and all of its other appearances, the surest first.

    Args:
        record: an open record.
        statement: its id, or the beginning of one.
        min_score: leave out those that are less likely another appearance; below :data:`LEAST` nothing more is found.

    Raises:
        MissingRecord: no statement of this id.
        BadQuery: several statements begin so.
    """
    with translated(record.path):
        hit = look_up(record.connection, statement).hit
        if hit is None:
            raise _no_statement(statement)
        rows = [row for row in find_candidates(record.connection, hit.words, record.meaning_index()) if row != hit.row]
        reads = _nearest(record, hit, rows)
        others = read_hits(record.connection, list(reads))
    found = sorted(
        (each for each in _tied(hit, others, reads) if each.tie.score >= min_score),
        key=lambda each: (-each.tie.score, print_order(each.hit.published), each.hit.statement),
    )
    return hit, found


def _nearest(record: Record, hit: Hit, rows: Sequence[int]) -> dict[int, bool]:
    """Return the candidates that may be tied, by what they have in common, and whether the network is to read each.

    It reads the likeliest of those that are neither certain nor unlikely: so many that the cost stays the same.
    """
    mine, said = Utterance.of(hit.words), read_said(record.connection, rows)
    near = nearness(hit.words, [each for _, each in said])
    scores = {
        row: tie_utterances(mine, Utterance.of(other), meaning=meaning, same_speaker=True, reads=False).score
        for (row, other), meaning in zip(said, near, strict=True)
    }
    order = sorted(scores, key=lambda row: (-scores[row], row))
    read = [row for row in order if UNLIKELY <= scores[row] < CERTAIN][:READ]
    return {row: row in read for row in order if row in read or scores[row] >= LEAST}


def _tied(hit: Hit, others: Sequence[Hit], reads: Mapping[int, bool]) -> Iterator[Variant]:
    mine = Utterance.of(hit.words)
    for other, meaning in zip(others, nearness(hit.words, [each.words for each in others]), strict=True):
        same = same_name(hit.speaker, other.speaker)
        theirs = Utterance.of(other.words)
        tied = tie_utterances(mine, theirs, meaning=meaning, same_speaker=same, reads=reads[other.row])
        if tied.score >= LEAST:
            yield Variant(hit=other, tie=tied, given_to=given_to(hit.speaker, other.speaker))


def _no_statement(words: str) -> MissingRecord:
    return MissingRecord("the id of a report, not of a statement", where=words, advice="see onrecord search")
