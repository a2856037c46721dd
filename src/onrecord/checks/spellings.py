"""One person under two spellings of the family name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from onrecord.checks.report import STORY, Report
from onrecord.checks.words import plain
from onrecord.document import Span
from onrecord.reading import Check, Entity

SHORTEST: Final = 6
"""Letters: of shorter names too many that are one letter apart are two people's."""
OFTEN: Final = 3
"""How often the other spelling stands, at least, beside one that stands once."""
NAMED: Final = STORY | {"caption"}
_LAST: Final = re.compile(r"[^\W_]{2,40}+(?:['’]s)?(?=\W{0,3}\Z)")


def check_spellings(report: Report) -> Iterator[Check]:
    """Yield the family names that stand once, beside another of the same person a letter apart that stands often."""
    for entity in report.entities:
        if entity.kind == "person":
            yield from _check_person(report, entity)


def _check_person(report: Report, entity: Entity) -> Iterator[Check]:
    places = _surnames(report, entity)
    for name, (span, *others) in sorted(places.items()):
        if others or len(name) < SHORTEST:
            continue
        usual = next((each for each in sorted(places) if len(places[each]) >= OFTEN and is_slip(name, each)), None)
        if usual is not None:
            yield Check(
                kind="name-spelling",
                severity="notice",
                span=span,
                message=f"“{span.of(report.text)}” is “{places[usual][0].of(report.text)}” everywhere else.",
                evidence=tuple(places[usual][:3]),
                unknown="Which spelling is right, and whether both are one person.",
            )


def _surnames(report: Report, entity: Entity) -> dict[str, list[Span]]:
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for mention in entity.mentions:
        if mention.form == "name" and report.document.zone_at(mention.span.start) in NAMED:
            last = _LAST.search(mention.span.of(report.text))
            if last is not None:
                start = mention.span.start + last.start()
                places[plain(last[0])].append(Span(start, start + len(last[0])))
    return places


def is_slip(name: str, other: str) -> bool:
    """Tell whether two names are one letter apart: changed, dropped, added, or two letters swapped.

    An s at the end is no slip but a plural, and the first letter is seldom missed.

    >>> is_slip("halvorsen", "halvorson"), is_slip("brandts", "brandt"), is_slip("marlen", "varlen")
    (True, False, False)
    """
    if name == other or name[:1] != other[:1] or abs(len(name) - len(other)) > 1:
        return False
    if name.removesuffix("s") == other.removesuffix("s") or name.rstrip("'") == other.rstrip("'"):
        return False
    start = next((place for place, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = name[start:], other[start:]
    swapped = a[:2] == b[:2][::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
