"""Reports on one occasion side by side: what each carries, in which words and frames, what order, and whose voice.

1. the reports, from a record or read on the spot       carried
2. which of their statements are one utterance          lines
3. what one gives in its own voice, another as said     ownvoice
4. who is quoted by whom, and in what order             this file
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onrecord.compare.carried import Report, from_record
from onrecord.compare.lines import Line, Said, lay_side_by_side
from onrecord.compare.naming import fullest_names
from onrecord.compare.ownvoice import Doubted, OwnVoice, find_doubted, find_own_voice
from onrecord.errors import BadQuery, MissingRecord
from onrecord.reading import CueClass
from onrecord.record.choosing import keep_report
from onrecord.record.damage import translated
from onrecord.record.lookup import look_up

if TYPE_CHECKING:
    from onrecord.record import Record

MOST_REPORTS: Final = 20
"""Reports that are compared."""
MOST_STATEMENTS: Final = 1_000
"""Statements that are compared, of all reports together: each is held against each. News reports have 20; of longer
ones, such as a debate's transcript, each report's first are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the compared reports."""

    document: str
    title: str | None
    outlet: str | None
    published: str | None
    address: str | None
    """Whatever the report gives: check it before it becomes a link."""
    is_in_record: bool
    copy_of: str | None
    """The report of the record that it repeats: no further source."""
    statements: int
    left_out: int
    """Of its statements, the last ones, which were not compared: there are too many."""
    only: int
    """Of its statements, those that no other report has."""
    cue_classes: dict[CueClass, int]
    """How many of its statements have a cue of each class, the most frequent first."""
    order: tuple[int, ...]
    """The lines that it shares with others, by their numbers in ``lines``, in the order in which it has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A speaker, and how many statements each report has of him."""

    name: str
    statements: tuple[int, ...]
    """By report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Reports side by side."""

    reports: tuple[Side, ...]
    lines: tuple[Line, ...]
    """Those of several reports first, by where they stand in them; then each report's own."""
    own_voice: tuple[OwnVoice, ...]
    doubted: tuple[Doubted, ...]
    speakers: tuple[Quoted, ...]
    """Those with names, who are quoted by most reports first."""

    @property
    def shared(self) -> tuple[Line, ...]:
        """The lines that several reports have."""
        return tuple(line for line in self.lines if len(line.carriers) > 1)

    def only(self, report: int) -> tuple[Line, ...]:
        """Return the lines that one report alone has."""
        return tuple(line for line in self.lines if line.carriers == (report,))


def compare_reports(reports: Sequence[Report]) -> Comparison:
    """Lay reports side by side; each one's ``number`` is its place in the sequence.

    Raises:
        BadQuery: fewer than two, more than 20, or one of them twice.
    """
    _check([report.document for report in reports])
    most = MOST_STATEMENTS // len(reports)
    lines = lay_side_by_side([each for report in reports for each in report.statements[:most]], len(reports))
    return Comparison(
        reports=tuple(_side(report, number, lines) for number, report in enumerate(reports)),
        lines=tuple(lines),
        own_voice=tuple(find_own_voice(reports, lines)),
        doubted=tuple(find_doubted(reports)),
        speakers=tuple(_quoted(reports)),
    )


def compare_in_record(record: Record, reports: Sequence[str]) -> Comparison:
    """Lay reports of a record side by side.

    Args:
        record: an open record.
        reports: their ids, or the beginnings of them.

    Raises:
        MissingRecord: there is no such report.
        BadQuery: fewer than two, more than 20, one of them twice, or several begin so.
    """
    return compare_reports([read_report(record, words, number) for number, words in enumerate(reports)])


def read_report(record: Record, words: str, number: int) -> Report:
    """Return a report of a record by its id, or the beginning of it, as the comparing takes it.

    Raises:
        MissingRecord: there is no such report.
        BadQuery: several begin so.
    """
    with translated(record.path):
        document = look_up(record.connection, words).citation.document
        kept = keep_report(record.connection, document)
    if kept is None:
        raise MissingRecord("no such report in the record", where=words, advice="see onrecord search")
    return from_record(kept, number)


def _check(documents: Sequence[str]) -> None:
    if len(documents) < 2:
        raise BadQuery("one report alone has nothing to be compared with", advice="name two reports or more")
    if len(documents) > MOST_REPORTS:
        raise BadQuery(f"{len(documents)} reports are too many to compare", advice=f"name {MOST_REPORTS} at most")
    twice = [each for each, times in Counter(documents).items() if times > 1]
    if twice:
        raise BadQuery("the same report twice", where=twice[0], advice="name each report once")


def _side(report: Report, number: int, lines: Sequence[Line]) -> Side:
    classes = Counter(each.cue_class for each in report.statements)
    return Side(
        document=report.document,
        title=report.title,
        outlet=report.outlet,
        published=report.published,
        address=report.address,
        is_in_record=report.is_in_record,
        copy_of=report.copy_of,
        statements=len(report.statements),
        left_out=len(report.statements) - sum(_is_of(number, each) for line in lines for each in line.said),
        only=sum(len(line.said) for line in lines if line.carriers == (number,)),
        cue_classes=dict(sorted(classes.items(), key=lambda each: (-each[1], each[0]))),
        order=tuple(at for _, at in sorted(_places(number, lines))),
    )


def _is_of(number: int, said: Said) -> bool:
    return said.carried.report == number


def _places(number: int, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where a report first has each line that it shares."""
    for at, line in enumerate(lines):
        places = [each.carried.place for each in line.said if each.carried.report == number]
        if places and len(line.carriers) > 1:
            yield min(places), at


def _quoted(reports: Sequence[Report]) -> list[Quoted]:
    """Return the speakers with names; who has the same name in two reports is one.

    A last name that is short for two of them is neither's.
    """
    fullest = fullest_names(each.speaker for report in reports for each in report.statements if each.speaker)
    groups: dict[str, list[int]] = {}
    for number, report in enumerate(reports):
        for each in report.statements:
            if name := fullest.get(each.speaker or ""):
                groups.setdefault(name, [0] * len(reports))[number] += 1
    found = [Quoted(name=name, statements=tuple(counts)) for name, counts in groups.items()]
    return sorted(found, key=lambda each: (-sum(map(bool, each.statements)), -sum(each.statements), each.name))
