"""Contents that end in mid-phrase, as where the network stopped before an article's noun, mended."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from onrecord.document import Span
from onrecord.layout.quotemarks import Quotation
from onrecord.layout.sentences import find_sentences

WORD: Final = re.compile(r"\w")
STOPS: Final = ".,!?…"
_NEED_MORE: Final = (
    "(?:because[ ]of|a|an|the|of|to|than|as|if|is|was|are|were|be|has|have|had|will|would|could|should|may|might)"
)
"""Words that what stands before them needs; without "in the" or "and" it is whole, and mostly all that was said."""
_ADD_MORE: Final = (
    "(?:his|its|my|our|your|their|for|at|from|with|by|into|in|on|during|under|between|and|or|but|after|because|while|when"
    "|where|whether|who|whose|which|although|until)"
)
DANGLING: Final = re.compile(rf"(?:(?:\s+|\s*[,;:—–]\s*)(?:{_NEED_MORE}|{_ADD_MORE}))+\Z", re.IGNORECASE)
"""Words that nothing ends in which goes on ("a forecast of the", "he knew who"), with the mark before them."""
WHOLE: Final = re.compile(r"\b(?:a while|(?:go|goes|going|carry) on)\Z", re.IGNORECASE)
"""What ends in such a word and is whole: "the show would go on"."""
NEED_MORE: Final = re.compile(rf"\s+{_NEED_MORE}\b", re.IGNORECASE)
LONGEST_DANGLING: Final = 40
"""Code points of such words at the end."""
GOES_ON: Final = re.compile(
    r"[ ](?!(?:and|or|but|when|while|because|if|as|that|with|for|in|on|at|to|by|from|until|since|before|after|even|is"
    r"|was|has|says?|said)\b)[\"“‘'$£€]?\w",
    re.IGNORECASE,
)
"""What such a word belongs to; before most little words it may stand alone ("brought them in and left")."""
CLAUSE_END: Final = re.compile(r"[,:](?!\d)|[;!?—–()]|--|\Z")
LONGEST_REST: Final = 80
"""Code points that a content goes on by at most, outside of quotation marks."""


def finished(text: str, piece: Span, quotations: Sequence[Quotation], taken: Sequence[Span]) -> Span:
    """Return a piece that ends in words that only begin something, as where the network stopped in mid-phrase, mended.

    Inside quotation marks it goes on to the end of the sentence. Elsewhere it goes on to the next mark where its last
    words need what follows ("would vote to"), and loses them where they don't ("would vote on"): that may be the
    reporter's. Of 13,626 contents of PolNeAR train 91 end so, which hardly any of the readers' do; of other news 1.4 %.
    """
    if not GOES_ON.match(text, piece.end) or any(0 <= span.start - piece.end <= 1 for span in taken):
        return piece
    reach = max(piece.start, piece.end - LONGEST_DANGLING)
    dangling = DANGLING.search(text, reach, piece.end)
    if not dangling or not WORD.search(text, piece.start, dangling.start()) or WHOLE.search(text, reach, piece.end):
        return piece
    end = _end_of_rest(text, piece.end, quotations, opened=NEED_MORE.match(dangling[0]) is not None)
    if end is None or any(Span(piece.end, end).overlaps(span) for span in taken):
        return Span(piece.start, dangling.start())
    return Span(piece.start, end)


def _end_of_rest(text: str, start: int, quotations: Sequence[Quotation], *, opened: bool) -> int | None:
    """Return where that ends which a content goes on with from ``start``; None where it should not."""
    around = _around(text, start, quotations)
    if around is not None:
        end = _end_of_sentence(text, Span(start, around.inner.end))
        return around.outer.end if end == around.inner.end else end
    if not opened:
        return None
    reach = start + LONGEST_REST
    line = text.find("\n", start, reach)
    line = min(reach, len(text)) if line < 0 else line
    rest = text[start : _end_of_sentence(text, Span(start, line))].rstrip(".?! ")
    rest = CLAUSE_END.split(rest, maxsplit=1)[0].rstrip()
    whole = rest.count('"') % 2 == 0 and rest.count("“") == rest.count("”") and start + len(rest) < reach
    return start + len(rest) if whole else None


def _end_of_sentence(text: str, span: Span) -> int:
    return next((each.end for each in find_sentences(text, span)), span.end)


def _around(text: str, offset: int, quotations: Sequence[Quotation]) -> Quotation | None:
    """Return the innermost sure quotation that an offset lies inside; at most two may have ended before it."""
    index = bisect_right(quotations, offset, key=lambda each: each.inner.start)
    nearest = reversed(quotations[max(0, index - 3) : index])
    return next((each for each in nearest if offset < each.inner.end and is_speech(text, each)), None)


def is_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation surely ends at its closing mark: many a single mark is an apostrophe."""
    return quotation.closed and (not quotation.single or text[quotation.inner.end - 1] in STOPS)
