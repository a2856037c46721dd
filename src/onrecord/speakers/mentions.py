"""All that may refer to somebody in a report: the heads' names and descriptions, and the pronouns.

Names that the heads missed, but that a source is built around, are added: whoever speaks is somebody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.document import Span
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.markables import Markable, MarkableKind
from onrecord.speakers.namegroups import group_names
from onrecord.speakers.namewords import fold
from onrecord.speakers.personnames import gender_of_given, parse_person, split_title
from onrecord.speakers.pronouns import find_pronouns
from onrecord.speakers.register import look_up
from onrecord.speakers.sources import analyse_source

GUESSED: Final = 0.4
"""Confidence of a name that only the source's capitals tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The markables of a report, each kind in the order of the text."""

    names: tuple[Markable, ...]
    nominals: tuple[Markable, ...]
    pronouns: tuple[Span, ...]


def find_mentions(
    text: str, paragraphs: Sequence[Span], tagged: Iterable[Markable], sources: Sequence[Sequence[Span]]
) -> Mentions:
    """Return the names, descriptions and pronouns of a report.

    Args:
        text: the document's text.
        paragraphs: the runs that are read.
        tagged: what the heads tag, in any order.
        sources: the sources of the statements.
    """
    markables = list(tagged)
    names = without_overlaps(_trimmed(text, each) for each in markables if each.form == "name")
    names = _with_sources(text, names, sources)
    nominals = without_overlaps(each for each in markables if each.form == "nominal")
    starts = [name.span.end for name in names]
    kept = tuple(each for each in nominals if not _ends_in_name(each.span, names, starts))
    return Mentions(names=tuple(names), nominals=kept, pronouns=tuple(find_pronouns(text, paragraphs)))


def lay_out(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], mentions: Mentions) -> Discourse:
    """Put the mentions of a report in their places, its names grouped and their roles known."""
    discourse = Discourse(text, paragraphs, quoted)
    discourse.add_names(mentions.names, group_names(text, mentions.names))
    discourse.add_others(mentions.nominals, mentions.pronouns)
    discourse.add_roles()
    return discourse


def without_overlaps(markables: Iterable[Markable]) -> list[Markable]:
    """Return markables by start; of those that overlap the surest is kept, of equally sure ones the longest."""
    ordered = sorted(markables, key=lambda each: (-each.confidence, -each.span.size, each.span.start))
    kept: list[Markable] = []
    starts: list[int] = []
    for each in ordered:
        at = bisect_left(starts, each.span.end)
        if not each.span.size or (at and kept[at - 1].span.end > each.span.start):
            continue
        starts.insert(at, each.span.start)
        kept.insert(at, each)
    return kept


def _trimmed(text: str, name: Markable) -> Markable:
    """Cut a person's titles, and the article of anything else, from its name."""
    if name.kind == "person":
        return replace(name, span=split_title(text, name.span))
    words = name.span.of(text)
    if words[:4].lower() == "the " and len(words) > 4:
        return replace(name, span=Span(name.span.start + 4, name.span.end))
    return name


def _ends_in_name(span: Span, names: Sequence[Markable], ends: Sequence[int]) -> bool:
    """Tell whether the last word of a description lies in a name."""
    at = bisect_left(ends, span.end)
    return at < len(names) and names[at].span.start < span.end


def _with_sources(text: str, names: list[Markable], sources: Sequence[Sequence[Span]]) -> list[Markable]:
    """Add the names that sources are built around and the heads did not tag."""
    kinds: dict[str, Counter[MarkableKind]] = {}
    for name in names:
        for word in (fold(name.span.of(text)), fold(name.span.of(text).split()[-1])):
            kinds.setdefault(word, Counter())[name.kind] += 1
    starts = [name.span.start for name in names]
    added = []
    for source in sources:
        first = max(0, bisect_left(starts, source[0].start) - 1)
        last = bisect_left(starts, source[-1].end)
        inside = [name for name in names[first:last] if any(name.span.overlaps(span) for span in source)]
        added += [
            Markable(span=part.head, form="name", kind=_guess(part.head.of(text), kinds), confidence=GUESSED)
            for part in analyse_source(text, source, inside)
            if part.kind == "name" and part.name is None and part.head.size
        ]
    return without_overlaps([*names, *added]) if added else names


def _guess(words: str, kinds: dict[str, Counter[MarkableKind]]) -> MarkableKind:
    """Return the kind that the same name has elsewhere, or what its words look like."""
    known = kinds.get(fold(words))
    if known:
        return known.most_common(1)[0][0]
    entry = look_up(words)
    if entry is not None:
        return "group" if entry.plural else "organization" if entry.kind == "body" else "place"
    person = parse_person(words)
    count = len(words.split())
    if gender_of_given(person.given) or (count <= 3 and not words.isupper()):
        return "person"
    return "organization"
