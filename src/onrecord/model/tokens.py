"""Text to word pieces, each with the code points that it came from and what the eye sees of it.

The vocabulary is uncased, so that shape (case, digits), quotation marks and spacing reach the
network as one small feature id a token, added to its embedding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
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
        [SURROGATE.sub("\ufffd", span.of(text)) for span in paragraphs], add_special_tokens=False
    )
    opens = np.array([span.start for span in quoted], dtype=np.int32)
    closes = np.array([span.end for span in quoted], dtype=np.int32)
    result: list[Tokens] = []
    for paragraph, encoding in zip(paragraphs, encodings, strict=True):
        offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2) + paragraph.start
        starts, ends = offsets[:, 0], _with_accents(text, offsets[:, 1], paragraph.end)
        result.append(
            Tokens(
                ids=np.array(encoding.ids, dtype=np.int32),
                features=_features(text, starts, ends, opens, closes),
                starts=starts,
                ends=ends,
            )
        )
    return result


def _with_accents(text: str, ends: Ints, limit: int) -> Ints:
    """Return the ends moved behind the combining marks that follow, which the vocabulary drops: "café" in two parts."""
    behind = text[int(ends[0]) : limit] if len(ends) else ""
    if behind.isascii() or not any(map(_combines, set(behind))):  # few paragraphs have any such mark
        return np.ascontiguousarray(ends, dtype=np.int32)
    moved = ends.tolist()
    for index in range(len(moved)):
        while moved[index] < limit and _combines(text[moved[index]]):
            moved[index] += 1
    return np.array(moved, dtype=np.int32)


def _combines(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("M")


def _features(text: str, starts: Ints, ends: Ints, opens: Ints, closes: Ints) -> Ints:
    shapes = np.array(
        [_shape(text[start:end]) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)], dtype=np.int32
    )
    if len(opens):
        index = np.searchsorted(opens, starts, side="right") - 1
        inside = (index >= 0) & (starts < closes[np.maximum(index, 0)])
    else:
        inside = np.zeros(len(starts), dtype=bool)
    spaced = np.ones(len(starts), dtype=bool)
    spaced[1:] = starts[1:] != ends[:-1]
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
