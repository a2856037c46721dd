"""Quotations that go on: speech with no source and cue of its own, which the last speaker continues.

A reporter who quotes somebody over several sentences or paragraphs names them once. What the model
ties to no cue, but stands in quotation marks and reads as speech, is kept as a statement of its own
that says which earlier one it continues; it is never given a source that is not there. Where the reporter
speaks between the two, or behind the second in a clause that the model missed, it continues nothing:
somebody else may have come in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from onrecord.attribution.hearers import asks_the_speaker
from onrecord.attribution.labelled import labelled_speech, whole_turns, without_kickers
from onrecord.attribution.linking import Attribution
from onrecord.attribution.ordering import position
from onrecord.document import Span, merge_spans
from onrecord.layout.quotemarks import Quotation
from onrecord.layout.sentences import find_sentences
from onrecord.reading import Evidence

WORD: Final = re.compile(r"\w+")
GOES_ON: Final = "quotation-goes-on"
RULES: Final = (GOES_ON, "speaker-label", "signature")
SPOKEN_WORDS: Final = 4
"""Fewer words in marks are a title, a slogan or scare quotes more often than a sentence that somebody said."""
ENDS: Final = (".", "!", "?", ",", "…", "—", "–", "-", ":", ";")
CLOSING: Final = "'’\"”»"
STOPS: Final = (".", "!", "?", "…")
MARKS: Final = 4
"""At most so many characters that close are looked behind."""
GOES_ON_IN: Final = re.compile(r"\s*[^\W\d_]")
TOLD_WORDS: Final = 3
"""Fewer words of the reporter's own between two quotations are no sentence that brings somebody in."""


def continue_quotations(
    text: str,
    attributions: Sequence[Attribution],
    quotations: Sequence[Quotation],
    paragraphs: Sequence[Span],
    *,
    confidence: dict[str, float],
) -> list[Attribution]:
    """Return the attributions with those that rules add for speech in no content, by position.

    Args:
        text: the document's text.
        attributions: what the model tied together.
        quotations: the outermost quotations of the text, by start.
        paragraphs: the paragraphs that are read; quotations elsewhere are left alone.
        confidence: what an attribution added by each of ``RULES`` is worth, from held-out reports.
    """
    kept = whole_turns(text, without_kickers(text, attributions), paragraphs)
    taken = _taken(kept)
    kept += [
        labelled
        for labelled in labelled_speech(text, paragraphs, quotations, confidence=confidence)
        if not any(_is_taken(span, taken) for span in (*labelled.source, *labelled.cue))
        and all(piece.contains(span) for piece in labelled.content for span in _overlapping(piece, taken))
    ]
    taken = _taken(kept)
    added = [
        _continuation(quotation, confidence[GOES_ON])
        for quotation in quotations
        if _inside(paragraphs, quotation.outer)
        and not _is_taken(quotation.inner, taken)
        and _is_speech(text, quotation)
    ]
    ordered = sorted([*kept, *added], key=position)
    ends = accumulate(map(_end, ordered), max, initial=0)
    return [
        replace(attribution, continues=index - 1)
        if not attribution.cue and index and _goes_on(text, attribution, ordered[index - 1], end, paragraphs)
        else attribution
        for index, (attribution, end) in enumerate(zip(ordered, ends, strict=False))
    ]


def _continuation(quotation: Quotation, confidence: float) -> Attribution:
    evidence = Evidence(cue_score=0.0, source_score=None, content_score=confidence, rule=GOES_ON)
    return Attribution(source=(), cue=(), content=(quotation.outer,), confidence=confidence, evidence=evidence)


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation reads as a sentence: long enough, a capital first, a stop last."""
    words = quotation.inner.of(text).strip()
    if len(WORD.findall(words)) < SPOKEN_WORDS:
        return False
    first = next((character for character in words if character.isalnum()), "")
    ends = words.rstrip(CLOSING).endswith(ENDS)  # "‘Go home.’" may end what somebody says
    return not first.islower() and (ends or not quotation.closed) and not _is_title(words)


def _is_title(words: str) -> bool:
    """Tell whether nearly all long words are capitalised, not only the first: the name of a show, a book, a song."""
    all_words = WORD.findall(words)
    long = [word for word in all_words if len(word) > 3]
    further = any(word[0].isupper() and word != "I" for word in all_words[1:])
    return further and len(long) < 12 and sum(word[0].isupper() for word in long) * 5 >= len(long) * 4


def _taken(attributions: Sequence[Attribution]) -> list[Span]:
    return merge_spans(span for each in attributions for span in (*each.source, *each.cue, *each.content))


def _is_taken(span: Span, taken: Sequence[Span]) -> bool:
    """Tell whether any of a span lies in an attribution already; ``taken`` is disjoint and sorted."""
    index = bisect_left(taken, span.end, key=lambda other: other.start) - 1
    return index >= 0 and taken[index].end > span.start


def _overlapping(span: Span, taken: Sequence[Span]) -> Sequence[Span]:
    """Return what of ``taken`` overlaps a span: speech inside a speaker's turn lies within it, and does not bar it."""
    first = bisect_right(taken, span.start, key=lambda other: other.end)
    return taken[first : bisect_left(taken, span.end, key=lambda other: other.start)]


def _inside(paragraphs: Sequence[Span], span: Span) -> bool:
    return index_at(paragraphs, span.start) is not None


def index_at(spans: Sequence[Span], offset: int) -> int | None:
    """Return the index of the span (paragraph, sentence) that holds an offset; ``spans`` are sorted and disjoint."""
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index if index >= 0 and offset < spans[index].end else None


def _end(attribution: Attribution) -> int:
    return max(span.end for span in (*attribution.source, *attribution.cue, *attribution.content))


def _goes_on(text: str, attribution: Attribution, last: Attribution, end: int, paragraphs: Sequence[Span]) -> bool:
    """Tell whether an attribution without a cue goes on from the last; ``end`` is where all those before it end."""
    if asks_the_speaker(text, last):
        return False
    start = position(attribution).start
    here, there = (index_at(paragraphs, position(each).start) for each in (attribution, last))
    ends = index_at(paragraphs, max(last.content).start)
    if here is None or there is None or here - max(there, ends or 0) > 1:
        return False
    between = Span(min(end, start), start)
    reported = _is_reported(text, attribution.content[-1].end, paragraphs[here].end)
    return not reported and not _is_led_up_to(text, between, paragraphs)


def _is_reported(text: str, end: int, limit: int) -> bool:
    """Tell whether a content ends in a comma, and its paragraph has words behind it: a clause says who said it."""
    return _ends_in(text, end, ",") and GOES_ON_IN.match(text, end, limit) is not None


def _ends_in(text: str, end: int, marks: str | tuple[str, ...]) -> bool:
    """Tell whether one of these marks stands right before an offset, whatever closes behind it."""
    return text[max(0, end - MARKS) : end].rstrip(CLOSING).endswith(marks)


def _is_led_up_to(text: str, between: Span, paragraphs: Sequence[Span]) -> bool:
    """Tell whether the reporter speaks between two quotations: in a sentence of his own, or up to a colon."""
    if between.of(text).rstrip().endswith(":"):
        return True
    whole = _ends_in(text, between.start, STOPS)
    first = bisect_left(paragraphs, between.start, key=lambda span: span.end)
    last = bisect_left(paragraphs, between.end, key=lambda span: span.start)
    for paragraph in paragraphs[first:last]:
        part = Span(max(paragraph.start, between.start), min(paragraph.end, between.end))
        sentences = find_sentences(text, part)
        begun = part.start == between.start and not whole  # "Ilven said on Friday": no sentence of its own
        if any(len(WORD.findall(each.of(text))) >= TOLD_WORDS for each in sentences[begun:]):
            return True
    return False
