"""Whether a quotation is in a record, as it is or otherwise, whose it is, and where it first stood.

1. what stands between its marks, if who said it was pasted along    pasting
2. the statements that may have it                     candidates
3. each is graded: what became of the words            grading
4. narrowed to the speaker and the days asked for
5. and one verdict given, with its sources and the nearest misses
6. where no statement has the words: reports whose text has them    intext

No verdict is "false": what is not found is not in this record, and the verdict says what was searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from onrecord.compare.alignment import align
from onrecord.compare.candidates import find_candidates, read_said
from onrecord.compare.grading import FOUND, LEAST_SHARE, WORD_FOR_WORD, Grade, Graded, compare, grade, join_grades
from onrecord.compare.intext import Days, InText, find_in_texts
from onrecord.compare.joining import find_pieces
from onrecord.compare.naming import same_name
from onrecord.compare.pasting import said_alone
from onrecord.compare.takenback import find_taken_back, has_within
from onrecord.compare.tying import nearness
from onrecord.compare.wording import Word, read_words
from onrecord.document import written_date
from onrecord.errors import BadQuery
from onrecord.record.corrected import names_of_known
from onrecord.record.damage import translated
from onrecord.record.filtering import Filters, condition
from onrecord.record.hits import Hit, read_hits
from onrecord.record.packing import print_order
from onrecord.record.ranking import keep
from onrecord.speakers.namewords import fold

if TYPE_CHECKING:
    from onrecord.record import Record

LEAST_WORDS: Final = 2
MOST_WORDS: Final = 1_000
"""Words of a quotation; the longest content of a statement in PolNeAR has 429."""
MOST_CHARACTERS: Final = 20_000
MISSES: Final = 3
LEAST_MISS: Final = 0.2
READ: Final = 12
"""Statements that are read with all that is known of them, which costs milliseconds each: so many sources are told."""
LEAST_STITCHED: Final = 15
"""Words of a quotation that can be put together from three statements."""
MOST_PIECES: Final = 60
CODES: Final[dict[Grade, int]] = {
    "verbatim": 0,
    "clipped": 10,
    "altered": 11,
    "merged": 12,
    "spliced": 13,
    "paraphrase": 14,
    "other speaker": 15,
    "denied": 16,
    "other time": 17,
    "not in this record": 18,
}
"""The exit code of ``onrecord verify`` for each verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A quotation, and what is claimed of it."""

    words: str
    """With what an outlet says around its marks (“...,” she said, “...”) or without: that is not looked for."""
    speaker: str | None = None
    """A name, or words of one, of who is claimed to have said it."""
    before: str | None = None
    """The last day on which it is claimed to have been in print: ``2024-05-02``, ``2024-05`` or ``2024``."""
    after: str | None = None
    """The first such day."""

    if TYPE_CHECKING:  # what is given is wider than what is kept, and told in the web's contract

        def __init__(
            self,
            *,
            words: str,
            speaker: str | None = None,
            before: str | date | None = None,
            after: str | date | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        for name in ("before", "after"):
            object.__setattr__(self, name, written_date(getattr(self, name), where=name))

    @property
    def said(self) -> str:
        """What is looked for: the words, with spaces in the place of what an outlet says around their marks."""
        return said_alone(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What a record holds: what was searched when something was not found."""

    reports: int
    statements: int
    outlets: int
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a record tells of a quotation."""

    asked: Asked
    verdict: Grade
    wording: Grade
    """What became of the words, whoever said them and whenever: the verdict itself but for another speaker's, a denied
    one, and another time's."""
    score: float
    """That of the best source: see :class:`onrecord.compare.grading.Graded`."""
    sources: tuple[Graded, ...]
    """The statements that bear the verdict out, the best first, of equal ones the earliest; 12 at most."""
    misses: tuple[Graded, ...]
    """The nearest statements that do not."""
    searched: Searched
    in_text: tuple[InText, ...] = ()
    """Reports whose text has the words though no statement has them all: the reader missed some; 3 at most."""

    @property
    def first(self) -> Hit | None:
        """The source that was published first; None where no day is known."""
        dated = [each.hit for each in self.sources if each.hit.published]
        return min(dated, key=lambda hit: (print_order(hit.published), hit.citation.document, hit.row), default=None)

    @property
    def beside(self) -> tuple[Graded, ...]:
        """The misses that a reader is to be told of: all, but beside a verbatim quotation only those that qualify it.

        They have more of the sentence, deny the words, have others in the place of some, or are somebody else's.
        """
        return self.otherwise if self.verdict == "verbatim" else self.misses

    @property
    def otherwise(self) -> tuple[Graded, ...]:
        """The misses that have the words all the same: with more of the sentence, altered, denied, or another's."""
        return tuple(each for each in self.misses if self._is_otherwise(each))

    def _is_otherwise(self, each: Graded) -> bool:
        if each.is_denied:
            return each.grade in WORD_FOR_WORD or each.score >= LEAST_SHARE
        if each.grade == "verbatim":  # that of other days only is the same
            theirs = [same_name(each.hit.speaker, name) for name in self.given_to]
            return bool(theirs) and all(same is False for same in theirs)
        return each.grade in {"clipped", "altered"}

    @property
    def given_to(self) -> tuple[str, ...]:
        """To whom the sources give the words, by the first name of each; not who reports what another one said."""
        innermost = [each.hit for each in self.sources if not _has_another(each, self.sources)]
        names = list(dict.fromkeys(hit.speaker for hit in innermost if hit.speaker))
        return tuple(name for at, name in enumerate(names) if not any(same_name(name, each) for each in names[:at]))

    @property
    def independent(self) -> int:
        """In how many reports the sources stand, copies and revised texts left out."""
        return len({each.hit.citation.document for each in self.sources if each.hit.standing == "counts"})

    @property
    def code(self) -> int:
        """The exit code that tells the verdict apart."""
        return CODES[self.verdict]


def verify(record: Record, asked: Asked) -> Verdict:
    """Look for a quotation in a record.

    Raises:
        BadQuery: fewer than two words, more than 1,000, or a day that is none.
    """
    _check(asked.words)
    words = asked.said
    with translated(record.path):
        rows = find_candidates(record.connection, words, record.meaning_index())
        mine = _claimed(record, rows, asked)
        nearest = _nearest(record, words, rows, mine)
        graded = _grade(words, read_hits(record.connection, nearest))
        taken_back = find_taken_back(record.connection, [each.hit for each in graded if each.grade in FOUND])
        graded = [replace(each, is_taken_back=each.hit.row in taken_back) for each in graded]
        mine = _with_surnames(record, mine, asked.speaker, [each.hit for each in graded])
        decided = _cut_misses(_decide(asked, graded, mine, measure_record(record)))
        days = Days(asked.after, asked.before)
        in_text = find_in_texts(record.connection, words, [*nearest, *rows], decided.wording, days)
    return replace(decided, in_text=in_text)


def _check(words: str) -> None:
    where = " ".join(words[:60].split())
    if len(words) > MOST_CHARACTERS or len(words.split()) > MOST_WORDS:
        raise BadQuery("too long for a quotation", where=f"{where} …", advice=f"give {MOST_WORDS:,} words at most")
    if len(read_words(words)) < LEAST_WORDS:
        what = "no word to look for" if not read_words(words) else "one word is no quotation"
        raise BadQuery(what, where=where, advice="give the words as they were quoted, two at least")


def _nearest(record: Record, words: str, rows: Sequence[int], mine: _Claimed) -> list[int]:
    """Return the candidates that come nearest, and the nearest of those that are claimed: only they are read whole."""
    asked, said = read_words(words), read_said(record.connection, rows)
    near = nearness(words, [each for _, each in said])
    order = {row: compare(asked, each, meaning).order for (row, each), meaning in zip(said, near, strict=True)}
    ranked = sorted(order, key=lambda row: (order[row], row))
    otherwise = [row for row in ranked[READ:] if order[row][0] != order[ranked[0]][0]]
    claimed = [row for row in ranked if row in mine.speaker and row in mine.days]
    by_speaker = [row for row in ranked if row in mine.speaker]
    joined = [] if ranked and order[ranked[0]][0] < len(WORD_FOR_WORD) else _pieces(asked, said)
    near_by = [*ranked[:READ], *otherwise[:MISSES]]  # beside many that have the same, what others made of it
    return list(dict.fromkeys([*near_by, *joined, *claimed[:READ], *by_speaker[:READ]]))


def _pieces(asked: Sequence[Word], said: Sequence[tuple[int, str]]) -> list[int]:
    """Return the statements that a quotation was put together from, if it was from three or more."""
    if len(asked) < LEAST_STITCHED:
        return []
    aligned = [align(asked, read_words(words)) for _, words in said]
    return list(dict.fromkeys(said[part.at][0] for part in find_pieces(asked, aligned)))[:MOST_PIECES]


def _grade(words: str, hits: Sequence[Hit]) -> list[Graded]:
    """Return the hits with what became of the words in each, the best first."""
    asked = read_words(words)
    near = nearness(words, [hit.words for hit in hits])
    graded = [grade(asked, hit, meaning) for hit, meaning in zip(hits, near, strict=True)]
    return sorted([*graded, *join_grades(asked, graded)], key=lambda each: each.order)


@dataclass(frozen=True, slots=True)
class _Claimed:
    """Which of the statements are by the speaker, and which are of the days, that were asked for."""

    speaker: frozenset[int]
    days: frozenset[int]


def _claimed(record: Record, rows: Sequence[int], asked: Asked) -> _Claimed:
    def kept(filters: Filters) -> frozenset[int]:
        return frozenset(keep(record.connection, rows, condition(record.connection, filters)))

    return _Claimed(
        speaker=kept(Filters(speaker=(asked.speaker,) if asked.speaker else (), copies=True)),
        days=kept(Filters(since=asked.after, until=asked.before, copies=True)),
    )


def _with_surnames(record: Record, mine: _Claimed, speaker: str | None, hits: Sequence[Hit]) -> _Claimed:
    """Return what is claimed with the statements of whom their report calls by the last name of the speaker alone.

    No report ties them to the full name; but that it is somebody else, none tells either, unless the record knows who
    it is: by the user's register, or as an organization.
    """
    if not speaker:
        return mine
    alone = {hit.row: names for hit in hits if (names := [each for each in hit.speakers if _is_last(speaker, each)])}
    known = names_of_known(record.connection, alone) if alone else {}
    unknown = {row for row, names in alone.items() if any(fold(each) not in known.get(row, ()) for each in names)}
    return replace(mine, speaker=mine.speaker | unknown)


def _is_last(speaker: str, name: str) -> bool:
    return " " not in name and same_name(speaker, name) is True


def _decide(asked: Asked, graded: Sequence[Graded], mine: _Claimed, searched: Searched) -> Verdict:
    found = [each for each in graded if each.grade in FOUND]
    by_speaker = [each for each in found if each.hit.row in mine.speaker]
    # Much the same in other words, by somebody else, is no sign that this one said it.
    found = [each for each in found if each.grade != "paraphrase" or each.hit.row in mine.speaker]
    in_time = [each for each in by_speaker if each.hit.row in mine.days]
    kept = in_time
    verdict: Grade | None = None
    if found and (not by_speaker or _is_closer(found[0], by_speaker[0])):
        kept, verdict = found, "other speaker"
    elif by_speaker and not in_time:
        kept, verdict = by_speaker, "other time"
    if not kept:
        return Verdict(
            asked=asked,
            verdict="not in this record",
            wording="not in this record",
            score=max((each.score for each in graded[:1]), default=0.0),
            sources=(),
            misses=_misses(graded, ()),
            searched=searched,
        )
    same = [each for each in kept if each.grade == kept[0].grade]
    denied = [each for each in graded if each.grade == kept[0].grade and each.is_denied]
    # A report that denies the words is no source of them, nor is who reports that they are denied.
    borne_out = [each for each in same if not each.is_denied and not _has_another(each, denied)]
    same = borne_out or same
    sources = sorted(same, key=lambda each: _has_another(each, same))  # who said it comes before who reports it
    if verdict is None and not borne_out:
        verdict = "denied"
    return Verdict(
        asked=asked,
        verdict=verdict or kept[0].grade,
        wording=kept[0].grade,
        score=kept[0].score,
        sources=tuple(sources),
        misses=_misses(graded, sources),
        searched=searched,
    )


def _has_another(each: Graded, sources: Sequence[Graded]) -> bool:
    return any(has_within(each.hit, other.hit) for other in sources)


def _repeats(each: Graded, other: Graded) -> bool:
    is_new = each.is_denied and not other.is_denied
    return not is_new and other.grade == each.grade and has_within(each.hit, other.hit)


def _misses(graded: Sequence[Graded], sources: Sequence[Graded]) -> tuple[Graded, ...]:
    """Return the statements that are no source, nor a part of one, and have a fifth of the words at least.

    The nearest come first; of equal ones those that deny the words.
    """
    chosen = {hit.row for each in sources for hit in (each.hit, each.joined, *each.pieces) if hit is not None}
    near = [each for each in graded if each.hit.row not in chosen and each.score >= LEAST_MISS]
    told = [*sources, *near]  # who reports what one of these has is no other one, but who denies it is
    near = [each for each in near if not any(_repeats(each, other) for other in told)]
    nearest: dict[int, Graded] = {}
    for each in sorted(near, key=lambda each: (-each.score, not each.is_denied, each.order)):
        nearest.setdefault(each.hit.row, each)  # what another one was joined to is graded alone as well
    return tuple(nearest.values())


def _cut_misses(verdict: Verdict) -> Verdict:
    """Leave the nearest misses: many that have the same words on other days hide none that has them otherwise."""
    rows = dict.fromkeys(each.hit.row for each in (*verdict.otherwise, *verdict.misses))
    kept = set(list(rows)[:MISSES])
    return replace(verdict, misses=tuple(each for each in verdict.misses if each.hit.row in kept))


def _is_closer(best: Graded, claimed: Graded) -> bool:
    """Tell whether somebody else has the very words, and the one who is claimed to have said them other ones."""
    return best.grade in WORD_FOR_WORD and claimed.grade not in WORD_FOR_WORD


def measure_record(record: Record) -> Searched:
    """Return how much a record holds; copies are counted, texts that were revised are not."""
    reports, outlets, since, until = record.connection.execute(
        "SELECT count(*), count(DISTINCT outlet_id), min(published), max(published) FROM documents WHERE is_current"
    ).fetchone()
    (statements,) = record.connection.execute(
        "SELECT total(statement_count) FROM documents JOIN readings ON document_id = documents.id WHERE is_current"
    ).fetchone()
    return Searched(
        reports=reports,
        statements=int(statements),
        outlets=outlets,
        since=since and since[:10],
        until=until and until[:10],
    )
