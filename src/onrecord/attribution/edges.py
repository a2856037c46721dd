"""The edges of a statement's parts: whole words; pieces of content without one go, quotation marks come along."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.attribution.endings import finished, is_speech
from onrecord.attribution.linking import Attribution
from onrecord.document import Span, merge_spans
from onrecord.layout.quotemarks import Quotation
from onrecord.layout.sentences import find_sentences, is_abbreviation

WORD: Final = re.compile(r"\w")
LEADING: Final = re.compile(r"[\s,;]*")
"""What belongs to the words before a content, as behind a name in commas: "According to Quy, the mayor, they go"."""
SYMBOLS: Final = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0e\ufe0f\u200d\s]+(?=\S)")
"""Emoji, arrows, bullets and flags, with which posts begin a line; they are no word of whoever speaks."""
STOP: Final = re.compile(r"[.!?][\"”’)]{0,2}\s")
LAST_WORD: Final = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)\.[\"”’)]{0,2}\Z")
LONGEST_WORD: Final = 40
"""Code points that a part grows by at most: a longer run is an address, or a script without spaces."""
BLOCK: Final = re.compile(r">(?:[ \t>]{0,8})")
"""The mark before the lines of a block quotation in Markdown and e-mail."""


def square_edges(
    text: str, attributions: Sequence[Attribution], quotations: Sequence[Quotation], *, silent: Sequence[Span] = ()
) -> list[Attribution]:
    """Return the attributions with parts that begin and end where a reader would cut them.

    Sources, cues and contents are of whole words, as word pieces are not, and a source is none of the dateline. A
    piece that begins with the first word inside quotation marks takes the opening mark in, one that ends with the
    last takes the closing mark, unless source or cue have it; one that begins with the opening mark goes on to the
    closing one, unless source or cue stand before it. A stray mark or comma by itself is no piece, and none begins
    with a comma. An attribution whose content has no word at all is dropped.

    Args:
        text: the document's text.
        attributions: as the model ties them.
        quotations: all quotations of the text.
        silent: runs in which nobody speaks (datelines, credits), by start; they are cut off where a piece
            begins or ends in one.
    """
    # A mark of two characters ('') may be cut in its middle.
    opening = {at: each.outer.start for each in quotations for at in range(each.outer.start + 1, each.inner.start + 1)}
    closing = {at: each.outer.end for each in quotations for at in range(each.inner.end, each.outer.end)}
    whole = {each.outer.start: each.outer for each in quotations if is_speech(text, each)}
    squared = []
    for attribution in attributions:
        parts = (*attribution.source, *attribution.cue, *attribution.content)
        spoken = (_cut_off(text, _grown(text, piece, parts), silent) for piece in attribution.content)
        pieces = [piece for piece in spoken if WORD.search(text, piece.start, piece.end)]
        if pieces:
            grown = (_grown(text, span, parts) for span in attribution.source)
            source = tuple(_trimmed(text, span, attribution.cue, silent) for span in grown)
            cue = tuple(_grown(text, span, parts) for span in attribution.cue)
            taken = (*source, *cue)
            content = [_squared(_begun(text, piece), opening, closing, taken) for piece in pieces]
            content = [_spoken_to_the_end(piece, whole, taken) for piece in content]
            content = [finished(text, piece, quotations, taken) for piece in content]
            squared.append(replace(attribution, source=source, cue=cue, content=tuple(merge_spans(content))))
    return squared


def _spoken_to_the_end(piece: Span, whole: Mapping[int, Span], taken: Sequence[Span]) -> Span:
    """Return a piece that begins a quotation with all of it: "You can't have it both ways, Mira," lost its "Mira".

    Of 2,846 contents of PolNeAR train that begin at an opening mark, four end before its closing one.
    """
    quotation = whole.get(piece.start)
    if quotation is None or quotation.end <= piece.end:
        return piece
    rest = Span(piece.end, quotation.end)
    return piece if any(rest.overlaps(span) for span in taken) else quotation


def _grown(text: str, span: Span, parts: Sequence[Span]) -> Span:
    """Return a span with the rest of the words that it begins and ends in; not into another part."""
    start, end = span
    if not span.size:
        return span
    first, last = max(0, start - LONGEST_WORD), min(len(text), end + LONGEST_WORD)
    while start > first and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < last and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    whole = Span(start, end)
    return span if whole != span and any(whole.overlaps(part) and part != span for part in parts) else whole


def _trimmed(text: str, source: Span, cue: Sequence[Span], silent: Sequence[Span]) -> Span:
    """Return a source without dateline and emoji before it, and without what is of another sentence than its cue."""
    cut = _cut_off(text, source, silent)
    cut = cut if WORD.search(text, cut.start, cut.end) else source
    symbols = SYMBOLS.match(text, cut.start, cut.end)
    cut = Span(symbols.end(), cut.end) if symbols else cut
    if cue and STOP.search(text, cut.start, cut.end):
        ends = [each.end for each in find_sentences(text, cut)[:-1] if not _is_abbreviated(text, each)]
        if ends:
            cut = Span(ends[-1], cut.end) if cut.start < cue[0].start else Span(cut.start, ends[0])
        return cut.trimmed(text)
    return cut


def _is_abbreviated(text: str, sentence: Span) -> bool:
    """Tell whether a stop may be its last word's: "U.S. Sen. Ada Held", "Held, D-Mich. -- who left -- said"."""
    last = LAST_WORD.search(text, max(sentence.start, sentence.end - LONGEST_WORD), sentence.end)
    return last is not None and is_abbreviation(last.group(1))


def _cut_off(text: str, piece: Span, silent: Sequence[Span]) -> Span:
    """Return a piece without a silent run or the mark of a block quotation at its start, or a silent run at its end.

    The white space next to them goes, too.
    """
    start, end = piece
    mark = BLOCK.match(text, start, end)
    if mark is not None and not text[text.rfind("\n", 0, start) + 1 : start].strip():
        start = mark.end()
    for run in _at(start, silent):
        start = min(run.end, end)
    for run in _at(end - 1, silent):
        end = max(run.start, start)
    return piece if (start, end) == piece else Span(start, end).trimmed(text)


def _begun(text: str, piece: Span) -> Span:
    """Return a piece without the commas that it begins with."""
    found = LEADING.match(text, piece.start, piece.end)
    return Span(found.end(), piece.end) if found and text[piece.start] in ",;" else piece


def _at(offset: int, runs: Sequence[Span]) -> Sequence[Span]:
    """Return the run that holds an offset, if there is one."""
    index = bisect_right(runs, offset, key=lambda run: run.start) - 1
    return runs[index : index + 1] if index >= 0 and offset < runs[index].end else ()


def _squared(piece: Span, opening: dict[int, int], closing: dict[int, int], taken: Sequence[Span]) -> Span:
    if piece.start not in opening and piece.end not in closing:
        return piece
    before = Span(opening.get(piece.start, piece.start), piece.start)
    after = Span(piece.end, closing.get(piece.end, piece.end))
    return Span(
        piece.start if any(before.overlaps(span) for span in taken) else before.start,
        piece.end if any(after.overlaps(span) for span in taken) else after.end,
    )
