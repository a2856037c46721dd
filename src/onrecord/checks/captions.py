"""A caption that belongs to another story, or to a day after the report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from onrecord.checks.report import Report
from onrecord.checks.words import Words, telling
from onrecord.document import Span
from onrecord.reading import Check

FEWEST_WORDS: Final = 4
"""Words that tell something, without which a caption is a name and nothing can be said of it."""
MOST_SHARED: Final = 0.34
"""The share of a caption's telling words that the story has too, above which it belongs to it."""
MANY_WORDS: Final = 8
HARDLY_ANY: Final = 0.1
"""The share below which a caption of so many words belongs elsewhere, whoever is named in it."""
MOST_NAMES: Final = 3
"""Names that a message lists."""
_CREDIT: Final = re.compile(r" {0,2}[/|]")
"""Behind a name, the agency of a photographer."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


def check_captions(report: Report) -> Iterator[Check]:
    """Yield the captions of people whom the story does not know, or of hardly a word of it, and later days."""
    named = _people(report) if report.captions else []
    starts = [span.start for span in named]
    for caption in report.captions:
        inside = named[bisect_left(starts, caption.start) : bisect_left(starts, caption.end)]
        people = [name for name in inside if not _CREDIT.match(report.text, name.end)]
        strangers = [name for name in people if not _is_known(report, name)]
        words = set(telling(Words.of(report.text, [caption]).plain))
        shared = sum(_has(report.story, word) for word in words)
        of_nobody = strangers == people != [] and len(words) >= FEWEST_WORDS and shared <= MOST_SHARED * len(words)
        if of_nobody or (len(words) >= MANY_WORDS and shared <= HARDLY_ANY * len(words)):
            never = f"never names {_listed(report.text, strangers)}, and " if strangers else ""
            yield Check(
                kind="caption-off-story",
                severity="warning",
                span=caption,
                message=f"The story {never}has hardly a word of this caption.",
                evidence=tuple(strangers[:MOST_NAMES]),
                unknown="What the picture shows: it may be right, and its subject not worth a mention.",
            )
        yield from _later(report, caption)


def _people(report: Report) -> list[Span]:
    """Return where people are named in the report, by start."""
    return sorted(
        mention.span
        for entity in report.entities
        if entity.kind == "person"
        for mention in entity.mentions
        if mention.form == "name"
    )


def _is_known(report: Report, name: Span) -> bool:
    """Tell whether the story has the last word of a name, which is how it would call the person again."""
    words = Words.of(report.text, [name]).plain
    return not words or words[-1] in report.story


def _has(story: frozenset[str], word: str) -> bool:
    return word in story or word.removesuffix("s") in story or f"{word}s" in story


def _later(report: Report, caption: Span) -> Iterator[Check]:
    """Yield the days that a caption gives in full, of a year after the report's."""
    published = report.document.published or ""
    if not _DAY.match(published):
        return
    first = bisect_left(report.times, caption.start, key=lambda time: time.span.start)
    for time in takewhile(lambda time: time.span.end <= caption.end, islice(report.times, first, None)):
        value = time.value or ""
        if not time.anchored and _DAY.fullmatch(value) and value[:4] > published[:4]:
            yield Check(
                kind="caption-other-date",
                severity="warning",
                span=time.span,
                message=f"The caption is of {value}, the report of {published[:10]}.",
                unknown="Whether the report was brought up to date later, or its own date is wrong.",
            )


def _listed(text: str, people: Sequence[Span]) -> str:
    """Return names as a list.

    >>> _listed("Ada Quill, Bo Larch, Cy Marl", [Span(0, 9), Span(11, 19), Span(21, 28)])
    'Ada Quill, Bo Larch or Cy Marl'
    """
    names = list(dict.fromkeys(" ".join(name.of(text).split()) for name in people))[:MOST_NAMES]
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
