"""A report as the checks see it: what was read in it, and its headline, captions and story apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from onrecord.checks.words import Words
from onrecord.document import Document, Span, ZoneKind
from onrecord.reading import Amount, Entity, Statement, Time

STORY: Final[frozenset[ZoneKind]] = frozenset(
    {"headline", "standfirst", "subheading", "dateline", "pullquote", "blockquote", "body"}
)
"""What is about the report's own subject: captions may belong to another, furniture does to none."""
BELOW: Final[frozenset[ZoneKind]] = STORY - {"headline"}
MOST_HEADLINES: Final = 5
"""Pages repeat theirs once or twice; a list of headlines has none of its own story."""

LONGEST_HEADLINE: Final = 400
"""Characters: the longest of 6,151 reports has 171."""


class Inside:
    """Tells whether a span lies inside one of some others, which lie apart."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)

    def __contains__(self, span: Span) -> bool:
        return self.around(span) is not None

    def around(self, span: Span) -> Span | None:
        """Return the one that holds a span; None where none does."""
        at = bisect_right(self._spans, span.start, key=lambda each: each.start) - 1
        return self._spans[at] if at >= 0 and self._spans[at].contains(span) else None


def near(spans: Sequence[Span], place: Span) -> Sequence[Span]:
    """Return those of some spans by start, that lie apart, which may overlap a place."""
    at = bisect_right(spans, place.start, key=lambda each: each.start)
    return spans[max(0, at - 1) : at + 1]


@dataclass(frozen=True)
class Report:
    """What was read in a document. Its words are only looked at where a check asks for them."""

    document: Document
    statements: Sequence[Statement]
    entities: Sequence[Entity]
    times: Sequence[Time]
    amounts: Sequence[Amount]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @cached_property
    def headlines(self) -> tuple[Span, ...]:
        """The headlines, by start; none of a text that has more than a page repeats."""
        found = tuple(span for span in self._of_kinds(frozenset({"headline"})) if span.size <= LONGEST_HEADLINE)
        return found if len(found) <= MOST_HEADLINES else ()

    @cached_property
    def captions(self) -> tuple[Span, ...]:
        """The captions, by start."""
        return self._of_kinds(frozenset({"caption"}))

    @cached_property
    def below(self) -> tuple[Span, ...]:
        """The story below its headlines."""
        return self._of_kinds(BELOW)

    @cached_property
    def in_story(self) -> Inside:
        """What tells whether a span lies in the story below its headlines."""
        return Inside(self.below)

    @cached_property
    def body(self) -> Words:
        """The words of the story below its headlines."""
        return Words.of(self.text, self.below)

    @cached_property
    def story(self) -> frozenset[str]:
        """The words of the story, its headlines among them."""
        return frozenset(self.body.plain) | frozenset(Words.of(self.text, self.headlines).plain)

    def _of_kinds(self, kinds: frozenset[ZoneKind]) -> tuple[Span, ...]:
        return tuple(zone.span for zone in self.document.zones if zone.kind in kinds)
