"""With which words outlets frame what speakers say: the shares of cue classes, with intervals, beside the average.

This counts words. That an outlet writes "claimed" oftener than others tells that it does, not why, nor that it should
not: who is quoted, on what, and by which agency, differs too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from onrecord.compare.intervals import bunching, wilson
from onrecord.reading import CueClass
from onrecord.record.damage import translated
from onrecord.record.filtering import Filters, condition
from onrecord.record.frames import Framed, framed_statements
from onrecord.record.hits import Hit, read_hits
from onrecord.record.identities import show_person
from onrecord.record.namesakes import tell_apart
from onrecord.record.ranking import keep

if TYPE_CHECKING:
    from onrecord.record import Record

By = Literal["outlet", "speaker"]
CONFIDENCE: Final = 0.95
LEAST: Final = 10
"""Statements with a cue below which nothing is said to differ."""
NOTE: Final = (
    "Counts of words, no judgement of bias: a cue class says which word stands there, not what an outlet meant by it,"
    " and outlets differ in whom they quote and on what."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often a cue class is used."""

    cue_class: CueClass
    statements: int
    share: float
    """Of the statements with a cue, 0 to 1."""
    low: float
    """Wilson's interval at 95 %, widened by how much statements of one report are alike."""
    high: float
    average: float
    """The share in all statements that the other options let by, whatever the outlet (or speaker)."""
    differs: Literal["more", "less"] | None
    """Where the average lies outside the interval even when that is widened for the number of shares that are looked
    at (Bonferroni), so that one list in twenty has a difference by chance; None for no difference, or too few."""
    examples: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """An outlet, or a speaker, with the cue classes of its statements."""

    name: str | None
    """Of a speaker that of the user's register, or else what most of its statements have; None for no known one."""
    person: str | None
    """The record's id of the speaker; None for an outlet, and for who can't be told."""
    apart: str | None
    """What tells a speaker from another one of the name on the list; None where there is none."""
    statements: int
    """With a cue; copies, revised texts and an agency's sentences count once."""
    without_cue: int
    """Quotations that go on without one."""
    reports: int
    shares: tuple[Share, ...]
    """Of each class that it has, or that another one has in every twentieth statement; the most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """Who frames what how."""

    by: By
    note: str
    """What the figures are, and are not."""
    statements: int
    """That were counted, those without a cue left out."""
    repeated: int
    """That were left out because another report had the same sentence before."""
    average: dict[CueClass, float]
    """The share of each class in all of them, the most frequent first."""
    frames: tuple[Frame, ...]
    """Those of most statements first."""
    left_out: int
    """How many more there are beyond the limit."""


def count_frames(
    record: Record,
    *,
    by: By = "outlet",
    filters: Filters | None = None,
    topic: str | None = None,
    limit: int | None = 20,
    examples: int = 1,
) -> Framing:
    """Count the cue classes of each outlet, or of each speaker.

    Args:
        record: an open record.
        by: outlets or speakers.
        filters: speaker, outlet, days and what else a search is narrowed by. The one on what is counted by chooses what
            is listed; the average is that of all of them.
        topic: words that are all to be in what was said.
        limit: how many to list at most; None for all.
        examples: statements to each share at most.

    Raises:
        BadQuery: a day that is none.
    """
    filters = filters or Filters()
    widened = replace(filters, outlet=()) if by == "outlet" else replace(filters, speaker=())
    with translated(record.path):
        everything, repeated = framed_statements(record.connection, widened, topic)
        chosen = everything if widened == filters else _chosen(record, everything, filters)
        known = _groups(chosen, by)
        groups = known[:limit]
        average = _average(everything)
        cells = sum(len(_classes(group, average)) for group in groups)
        pooled = {each: bunching(_bunches(everything, each)) or 1.0 for each in average}
        frames = [_frame(record, group, by, average, pooled, cells=cells, examples=examples) for group in groups]
        apart = tell_apart(record.connection, ((frame.person, frame.name) for frame in frames))
    return Framing(
        by=by,
        note=NOTE,
        statements=sum(each.cue_class != "none" for each in everything),
        repeated=repeated,
        average=average,
        frames=tuple(replace(frame, apart=apart.get(frame.person or "")) for frame in frames),
        left_out=len(known) - len(groups),
    )


def _chosen(record: Record, everything: Sequence[Framed], filters: Filters) -> list[Framed]:
    where = condition(record.connection, filters)
    rows = set(keep(record.connection, [each.row for each in everything], where))
    return [each for each in everything if each.row in rows]


def _groups(framed: Sequence[Framed], by: By) -> list[list[Framed]]:
    """Return the statements of each outlet or speaker, the most first; without those of none."""
    groups: defaultdict[object, list[Framed]] = defaultdict(list)
    for each in framed:
        groups[each.outlet if by == "outlet" else each.person].append(each)
    known = [group for key, group in groups.items() if key is not None]
    return sorted(known, key=lambda group: (-_with_cue(group), _name(group, by) or "", str(group[0].person)))


def _with_cue(framed: Sequence[Framed]) -> int:
    return sum(each.cue_class != "none" for each in framed)


def _name(group: Sequence[Framed], by: By) -> str | None:
    names = Counter(each.outlet if by == "outlet" else each.speaker for each in group)
    return min(names, key=lambda name: (-names[name], -len(name or ""), name or ""))


def _average(framed: Sequence[Framed]) -> dict[CueClass, float]:
    counts = Counter(each.cue_class for each in framed if each.cue_class != "none")
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return {cue_class: round(count / counts.total(), 4) for cue_class, count in ordered}


def _classes(group: Sequence[Framed], average: dict[CueClass, float]) -> list[CueClass]:
    """Return the classes that are told of: its own, and those that are usual elsewhere."""
    own = {each.cue_class for each in group}
    return [each for each in average if each in own or average[each] >= 1 / 20]


def _bunches(framed: Sequence[Framed], cue_class: CueClass) -> list[tuple[int, int]]:
    """Return, report by report, how many statements have a class, and how many have a cue."""
    has, all_ = Counter[int](), Counter[int]()
    for each in framed:
        if each.cue_class != "none":
            all_[each.report] += 1
            has[each.report] += each.cue_class == cue_class
    return [(has[report], number) for report, number in sorted(all_.items())]


def _frame(
    record: Record,
    group: Sequence[Framed],
    by: By,
    average: dict[CueClass, float],
    pooled: dict[CueClass, float],
    *,
    cells: int,
    examples: int,
) -> Frame:
    shares = [
        _share(group, each, average[each], pooled[each], cells=cells, examples=_examples(record, group, each, examples))
        for each in _classes(group, average)
    ]
    return Frame(
        name=_name(group, by),
        person=show_person(who) if by == "speaker" and isinstance(who := group[0].person, int) else None,
        apart=None,
        statements=_with_cue(group),
        without_cue=len(group) - _with_cue(group),
        reports=len({each.report for each in group}),
        shares=tuple(sorted(shares, key=lambda each: (-each.statements, -each.average, each.cue_class))),
    )


def _share(
    group: Sequence[Framed],
    cue_class: CueClass,
    average: float,
    pooled: float,
    *,
    cells: int,
    examples: tuple[Hit, ...],
) -> Share:
    bunches = _bunches(group, cue_class)
    count, of = sum(has for has, _ in bunches), sum(all_ for _, all_ in bunches)
    # Statements of one report are alike: so many independent ones would tell as much.
    ratio = bunching(bunches) or pooled
    low, high = wilson(count / ratio, of / ratio, confidence=CONFIDENCE)
    least, most = wilson(count / ratio, of / ratio, confidence=1 - (1 - CONFIDENCE) / max(1, cells))
    differs: Literal["more", "less"] | None = "more" if average < least else "less" if average > most else None
    return Share(
        cue_class=cue_class,
        statements=count,
        share=round(count / of, 4) if of else 0.0,
        low=round(low, 4),
        high=round(high, 4),
        average=average,
        differs=differs if of >= LEAST else None,
        examples=examples,
    )


def _examples(record: Record, group: Sequence[Framed], cue_class: CueClass, most: int) -> tuple[Hit, ...]:
    """Return the earliest statements of a class, from as many reports as there are."""
    firsts: dict[int, int] = {}
    for each in group:
        if each.cue_class == cue_class:
            firsts.setdefault(each.report, each.row)
    return tuple(read_hits(record.connection, list(islice(firsts.values(), most))))
