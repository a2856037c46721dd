"""A headline that gives somebody's words to another, or clips them so that they say the opposite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from onrecord.checks.report import Report
from onrecord.checks.words import Words
from onrecord.document import Span
from onrecord.layout.quotemarks import pair_quotemarks
from onrecord.reading import Check, Entity
from onrecord.wordlists import word_set

FEWEST: Final = 3
"""Words of a quotation: two are a phrase that anybody may use."""
MOST_PLACES: Final = 20
"""Places of the same words that are looked at: a story says a headline's words once or twice."""
NEAR: Final = 3
"""Words before a quotation among which a "not" turns it round."""
LONGEST: Final = 25
"""Words of a quotation among which a "not" is looked for; each place in it is one to look at."""
SURE: Final = 0.8
"""Confidence in the speaker of the story's statement, below which nothing is said."""
DENIALS: Final = word_set("not never no nobody none nothing neither nor without cannot hardly barely")
CONDITIONS: Final = word_set("if unless until")
TURNED: Final = word_set(
    """not never no nobody none nothing neither nor without cannot won't hardly against refuse refuses refused refusing
    reject rejects rejected rejecting deny denies denied denying rule rules ruled dismiss dismisses dismissed oppose
    opposes opposed stop stops stopped fail fails failed lack lacks block blocks blocked few if unless until may might
    could would would-be when doubt doubts unlikely avoid avoids resist resists end ends vows vow warns warn"""
)
"""Words of a headline that may say themselves what the clipped quotation left out."""


class _Quoted(NamedTuple):
    """A quotation in a headline, and where the story has the same words."""

    span: Span
    """With its marks."""
    words: tuple[str, ...]
    headline: Span
    found: tuple[int, ...]
    """Positions among the words of the body."""
    places: tuple[Span, ...]
    """The same as spans."""


def check_headlines(report: Report) -> Iterator[Check]:
    """Yield the quotations of headlines that the story gives to somebody else, or has with a "not" before them."""
    for headline in report.headlines:
        for quoted in _quotations(report, headline):
            yield from _check_speaker(report, quoted)
            yield from _check_clipping(report, quoted)


def _quotations(report: Report, headline: Span) -> Iterator[_Quoted]:
    words = headline.of(report.text)
    for quotation in pair_quotemarks(words):
        inner = Span(headline.start + quotation.inner.start, headline.start + quotation.inner.end)
        outer = Span(headline.start + quotation.outer.start, headline.start + quotation.outer.end)
        plain = Words.of(report.text, [inner]).plain
        if quotation.closed and len(plain) >= FEWEST:
            found = tuple(islice(report.body.find(plain), MOST_PLACES))
            spans = report.body.spans
            places = tuple(Span(spans[at].start, spans[at + len(plain) - 1].end) for at in found)
            yield _Quoted(outer, plain, headline, found, places)


# ---- who said it -------------------------------------------------------------------------------------------


def _check_speaker(report: Report, quoted: _Quoted) -> Iterator[Check]:
    """Yield a quotation that the headline gives to a person who never says it, and the story to another."""
    given = _given_to(report, quoted)
    if given is None or not quoted.places:
        return
    said = [_speakers_at(report, place) for place in quoted.places]
    if not all(said) or any(given.id in speakers for speakers in said):
        return
    names = {entity.id: entity for entity in report.entities}
    others = [names[speaker] for speakers in said for speaker in sorted(speakers) if speaker in names]
    if not others or any(_may_be_one(given, other) for other in others):
        return
    yield Check(
        kind="headline-other-speaker",
        severity="warning",
        span=quoted.span,
        message=f"The headline gives these words to {given.name}, the story to {others[0].name}.",
        evidence=quoted.places,
        unknown=f"Whether {given.name} used the same words elsewhere.",
    )


def _given_to(report: Report, quoted: _Quoted) -> Entity | None:
    """Return the only one whom a headline names beside the quotation: a person of the story, and the source there."""
    sources = [
        source
        for statement in report.statements
        if any(quoted.headline.contains(each) and each.overlaps(quoted.span) for each in statement.content)
        for source in statement.source
    ]
    named = [(entity, span) for entity in report.entities if (span := _beside(entity, quoted)) is not None]
    if len(named) != 1 or named[0][0].kind != "person":
        return None
    person, span = named[0]
    in_story = any(mention.form == "name" and mention.span in report.in_story for mention in person.mentions)
    return person if in_story and any(source.overlaps(span) for source in sources) else None


def _beside(entity: Entity, quoted: _Quoted) -> Span | None:
    """Return where a headline names an entity outside its quotation; None where it does not."""
    spans = (mention.span for mention in entity.mentions if mention.form == "name")
    return next((span for span in spans if quoted.headline.contains(span) and not quoted.span.overlaps(span)), None)


def _speakers_at(report: Report, place: Span) -> set[str]:
    """Return who says the words at a place: the innermost statement's speakers, where it is sure of them."""
    around = [
        (content.size, statement)
        for statement in report.statements
        for content in statement.content
        if content.contains(place)
    ]
    if not around:
        return set()
    _, statement = min(around, key=lambda pair: pair[0])
    sure = (statement.speaker_confidence or 0.0) >= SURE and statement.source_form in {"name", "pronoun", "nominal"}
    return set(statement.speakers) if sure else set()


def _may_be_one(first: Entity, second: Entity) -> bool:
    """Tell whether two entities may be one: nobody named, or a word of the name in common."""
    words = [set(Words.of(each.name, [Span(0, len(each.name))]).plain) for each in (first, second)]
    return first.kind != "person" or second.kind != "person" or bool(words[0] & words[1])


# ---- what was left out -------------------------------------------------------------------------------------


def _check_clipping(report: Report, quoted: _Quoted) -> Iterator[Check]:
    """Yield a quotation whose words the story only has with a "not" before or among them, or an "if" right behind."""
    if _turns(report, quoted):
        return
    missing = [_missing(report, at, len(quoted.words)) for at in quoted.found] or [*_within(report, quoted.words)]
    words = tuple(word for word in missing if word is not None)
    if words and len(words) == len(missing):
        yield Check(
            kind="headline-clipped",
            severity="warning",
            span=quoted.span,
            message=f"The headline leaves out “{words[0].of(report.text)}”, which changes what was said.",
            evidence=words,
            unknown="Whether the headline says it in other words.",
        )


def _turns(report: Report, quoted: _Quoted) -> bool:
    """Tell whether a headline's own words outside the quotation may say what the quotation leaves out."""
    before = Span(quoted.headline.start, quoted.span.start)
    behind = Span(quoted.span.end, quoted.headline.end)
    words = Words.of(report.text, [before, behind]).plain
    return any(word in TURNED or word.endswith("n't") for word in words)


def _missing(report: Report, at: int, count: int) -> Span | None:
    """Return the word beside ``count`` words of the body that turns them round; None where there is none."""
    body = report.body
    for earlier in range(at - 1, max(-1, at - 1 - NEAR), -1):
        if not _runs_on(report.text, body.spans[earlier].end, body.spans[earlier + 1].start):
            break
        if body.plain[earlier] in DENIALS or body.plain[earlier].endswith("n't"):
            return body.spans[earlier]
    last = at + count
    if last < len(body.plain) and body.plain[last] in CONDITIONS:
        return body.spans[last] if _runs_on(report.text, body.spans[last - 1].end, body.spans[last].start) else None
    return None


def _within(report: Report, quoted: Sequence[str]) -> Iterator[Span]:
    """Yield what stands among the quoted words where the story has them, if that denies: "We (do not) give way"."""
    body, text = report.body, report.text
    for cut in range(1, len(quoted)) if len(quoted) <= LONGEST else ():
        for at in islice(body.find(quoted[:cut]), MOST_PLACES):
            start = at + cut
            for end in range(start + 1, min(start + NEAR, len(body.plain) - len(quoted) + cut) + 1):
                left_out = body.plain[start:end]
                denies = any(word in DENIALS or word.endswith("n't") for word in left_out)
                whole = tuple(body.plain[end : end + len(quoted) - cut]) == tuple(quoted[cut:])
                places = range(at, end + len(quoted) - cut - 1)
                if denies and whole and all(_runs_on(text, body.spans[i].end, body.spans[i + 1].start) for i in places):
                    yield Span(body.spans[start].start, body.spans[end - 1].end)


def _runs_on(text: str, end: int, start: int) -> bool:
    """Tell whether nothing but a space or a comma parts two words."""
    return not set(text[end:start]) - {" ", ",", "\xa0"}
