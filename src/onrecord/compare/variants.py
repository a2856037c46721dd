"""All other appearances of a statement in a record, each with how it is tied to it.

1. the statements that may be some                  candidates
2. each is read and compared with this one          tying
3. who each is given to, and whether it counts
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.compare.candidates import find_candidates, read_said
from onrecord.compare.naming import GivenTo, given_to, same_name
from onrecord.compare.tying import LEAST, Tie, nearness, tie_words
from onrecord.compare.wording import read_words
from onrecord.errors import MissingRecord
from onrecord.record.hits import Hit, read_hits
from onrecord.record.lookup import look_up
from onrecord.record.opening import translated

if TYPE_CHECKING:
    from onrecord.record import Record


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


def find_variants(record: Record, statement: str) -> tuple[Hit, list[Variant]]:
    """Return a statement and all of its other appearances, the surest first.

    Args:
        record: an open record.
        statement: its id, or the beginning of one.

    Raises:
        MissingRecord: no statement of this id.
        BadQuery: several statements begin so.
    """
    with translated(record.path):
        hit = look_up(record.connection, statement).hit
        if hit is None:
            raise _no_statement(statement)
        rows = [row for row in find_candidates(record.connection, hit.words, record.meaning_index()) if row != hit.row]
        others = read_hits(record.connection, _nearest(record, hit, rows))
    found = sorted(
        _tied(hit, others), key=lambda each: (-each.tie.score, each.hit.published or "9", each.hit.statement)
    )
    return hit, found


def _nearest(record: Record, hit: Hit, rows: Sequence[int]) -> list[int]:
    """Return the candidates that are tied if they are the same speaker's: only they are read whole."""
    words, said = read_words(hit.words), read_said(record.connection, rows)
    near = nearness(hit.words, [each for _, each in said])
    return [
        row
        for (row, other), meaning in zip(said, near, strict=True)
        if tie_words(words, read_words(other), meaning=meaning, same_speaker=True).score >= LEAST
    ]


def _tied(hit: Hit, others: Sequence[Hit]) -> Iterator[Variant]:
    words = read_words(hit.words)
    for other, meaning in zip(others, nearness(hit.words, [each.words for each in others]), strict=True):
        same = same_name(hit.speaker, other.speaker)
        tied = tie_words(words, read_words(other.words), meaning=meaning, same_speaker=same)
        if tied.score >= LEAST:
            yield Variant(hit=other, tie=tied, given_to=given_to(hit.speaker, other.speaker))


def _no_statement(words: str) -> MissingRecord:
    return MissingRecord("the id of a report, not of a statement", where=words, advice="see onrecord search")
