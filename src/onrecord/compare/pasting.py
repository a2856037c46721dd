"""A quotation as it is pasted from a report: with its marks, and with what the outlet says around them.

“The levy will go,” Mara Ilven said, “in spring.” is no quotation that anybody said: what stands between the marks is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from onrecord.attribution.cuelexicon import load_lexicon
from onrecord.document import Span
from onrecord.layout.quotemarks import outermost, pair_quotemarks

MOST_AROUND: Final = 10
"""Words before, between or behind the marks that say whose words they are; more of them say something else."""
LEAST_INSIDE: Final = 0.5
"""Share of all words that stand between the marks: fewer are a word or two that are quoted in a sentence."""
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_LINE: Final = re.compile(r"[\r\n]")


def said_alone(pasted: str) -> str:
    """Return a pasted quotation with spaces in the place of what says whose it is, so that all else stays in its place.

    >>> said_alone("“The levy will go,” Ilven said.").rstrip()
    ' The levy will go,'
    >>> said_alone("The levy is “dead”, she said.")
    'The levy is “dead”, she said.'
    """
    text = _LINE.sub(" ", pasted)  # marks are paired line by line, and what is pasted is broken anywhere
    inside = [each.inner for each in outermost(text, pair_quotemarks(text))]
    around = [span for span in _between(inside, len(text)) if _WORD.search(text, span.start, span.end)]
    quoted = sum(len(_WORD.findall(text, span.start, span.end)) for span in inside)
    if not around or quoted < max(2, LEAST_INSIDE * len(_WORD.findall(text))):
        return pasted
    if not all(_attributes(span.of(text)) for span in around):
        return pasted
    kept = [" "] * len(pasted)
    for span in inside:
        kept[span.start : span.end] = span.of(pasted)
    return "".join(kept)


def _between(inside: Sequence[Span], length: int) -> Iterator[Span]:
    ends = [Span(0, 0), *inside, Span(length, length)]
    yield from (Span(one.end, other.start) for one, other in pairwise(ends))


def _attributes(around: str) -> bool:
    """Tell whether words beside marks say who said what stands between them: "she said", "Ilven:"."""
    words = _WORD.findall(around.casefold())
    if len(words) > MOST_AROUND:
        return False
    is_label = around.rstrip(" \t\"'“‘«»„").endswith(":")
    cues = (match.entry for match in load_lexicon().find(words))
    return is_label or any(cue.part == "verb" and cue.use == "head" for cue in cues)
