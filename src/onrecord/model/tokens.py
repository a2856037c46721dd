"""Text to word pieces, each with the code points that it came from and what the eye sees of it.

The vocabulary is uncased, so that shape (case, digits), quotation marks and spacing reach the
network as one small feature id a token, added to its embedding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.document import Span

Ints = NDArray[np.int32]

CLS: Final = 101
SEP: Final = 102

SHAPES: Final = ("special", "lower", "title", "upper", "digit", "mark")
QUOTED: Final = ("outside", "inside")
SPACED: Final = ("joined", "spaced")
FEATURES: Final = len(SHAPES) * len(QUOTED) * len(SPACED)
BREAK_FEATURE: Final = 0
SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Half of a UTF-16 pair by itself: a Python string may hold one, the vocabulary refuses it."""
MAY_COMBINE: Final = re.compile("[^\0-\u02ff\u2000-\u206f]")
"""What may be a combining mark, as nothing is of Western letters and of punctuation: most paragraphs have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The word pieces of one paragraph; ``starts`` and ``ends`` are offsets of the document's text."""

    ids: Ints
    features: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        """Return the number of word pieces."""
        return len(self.ids)

    def slice(self, start: int, end: int) -> Tokens:
        """Return the word pieces ``start`` to ``end`` of these."""
        return Tokens(
            ids=self.ids[start:end],
            features=self.features[start:end],
            starts=self.starts[start:end],
            ends=self.ends[start:end],
        )


def tokenize(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], tokenizer: Tokenizer) -> list[Tokens]:
    """Cut each paragraph into word pieces.

    Args:
        text: the document's text.
        paragraphs: spans of the text, by start.
        quoted: the stretches inside quotation marks, by start, none inside another.
        tokenizer: the vocabulary of the network.

    Returns:
        One :class:`Tokens` a paragraph, in order; one may be empty.
    """
    encodings = tokenizer.encode_batch(
        [_without_surrogates(span.of(text)) for span in paragraphs], add_special_tokens=False
    )
    # All paragraphs at once: numpy takes no longer over their pieces than over those of one.
    ids = np.fromiter(chain.from_iterable(encoding.ids for encoding in encodings), np.int32)
    edges = np.fromiter(chain.from_iterable(chain.from_iterable(encoding.offsets for encoding in encodings)), np.int32)
    sizes = [len(encoding) for encoding in encodings]
    before = np.array([paragraph.start for paragraph in paragraphs], np.int32).repeat(sizes)
    starts, ends = edges[::2] + before, edges[1::2] + before
    bounds = list(pairwise(accumulate(sizes, initial=0)))
    for paragraph, (first, end) in zip(paragraphs, bounds, strict=True):
        _take_accents_in(text, ends[first:end], paragraph.end)
    features = _features(text, starts, ends, [first for first, end in bounds if first < end], quoted)
    return [
        Tokens(ids=ids[first:end], features=features[first:end], starts=starts[first:end], ends=ends[first:end])
        for first, end in bounds
    ]


def _without_surrogates(words: str) -> str:
    return words if words.isascii() else SURROGATE.sub("\ufffd", words)


def _take_accents_in(text: str, ends: Ints, limit: int) -> None:
    """Move the ends behind the combining marks that follow, which the vocabulary drops: "café" in two parts."""
    if not len(ends) or not MAY_COMBINE.search(text, ends[0], limit):
        return
    moved = ends.tolist()
    for index in range(len(moved)):
        while moved[index] < limit and _combines(text[moved[index]]):
            moved[index] += 1
    ends[:] = moved


def _combines(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("M")


def _features(text: str, starts: Ints, ends: Ints, firsts: Sequence[int], quoted: Sequence[Span]) -> Ints:
    """Return the feature of each word piece; ``firsts`` are those that a paragraph begins with."""
    shapes = np.array(
        [_shape(text[start:end]) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)], dtype=np.int32
    )
    if quoted:
        opens = np.array([span.start for span in quoted], dtype=np.int32)
        closes = np.array([span.end for span in quoted], dtype=np.int32)
        index = np.searchsorted(opens, starts, side="right") - 1
        inside = (index >= 0) & (starts < closes[np.maximum(index, 0)])
    else:
        inside = np.zeros(len(starts), dtype=bool)
    spaced = np.ones(len(starts), dtype=bool)
    spaced[1:] = starts[1:] != ends[:-1]
    spaced[firsts] = True
    return ((shapes * len(QUOTED) + inside) * len(SPACED) + spaced).astype(np.int32)


def _shape(piece: str) -> int:
    first = piece[:1]
    if first.islower():
        return 1
    if first.isupper():
        return 3 if len(piece) > 1 and piece.isupper() else 2
    if first.isdigit():
        return 4
    return 1 if first.isalpha() else 5
