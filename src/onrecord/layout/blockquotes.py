"""Block quotations: what pages set apart from the story as somebody's words, without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.document import Span, Zone
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import OPENERS, Quotation, pair_quotemarks

INTRODUCES = ":"
"""What ends a line of the page's own within a block: "The letter goes on:"."""
SIGNED: Final = re.compile(r"(?:[―—–]|--?)\s*[^\W\d_a-z][^\n]{0,99}[^\s.!?…:]$")
"""A dash and a name at the end of a block quotation or below it ("— Ada Quill, mayor"); no sentence."""


def find_quotations(text: str, zones: Sequence[Zone]) -> list[Quotation]:
    """Return what stands in quotation marks and, paragraph by paragraph, in block quotations, by start.

    >>> text = "She wrote: We go. He said “no”."
    >>> zones = [Zone(kind="body", start=0, end=10), Zone(kind="blockquote", start=11, end=17)]
    >>> [quotation.inner.of(text) for quotation in find_quotations(text, zones)]
    ['We go.', 'no']
    """
    blocks = [
        Quotation(inner=line, outer=line, closed=True, single=False)
        for zone in zones
        if zone.kind == "blockquote"
        for line in _lines(text, zone)
    ]
    marked = pair_quotemarks(text)
    return sorted([*blocks, *marked], key=lambda quotation: quotation.outer) if blocks else marked


def _lines(text: str, zone: Zone) -> list[Span]:
    """Return the paragraphs of a block without those that have marks of their own, introduce others or sign them."""
    words = zone.span.of(text)
    lines = [Span(zone.start + line.start, zone.start + line.end) for line in find_paragraphs(words)]
    own = (*OPENERS, '"', "'")
    said = (line for line in lines if text[line.end - 1] != INTRODUCES and not SIGNED.match(text, *line))
    return [line for line in said if not text.startswith(own, line.start)]
