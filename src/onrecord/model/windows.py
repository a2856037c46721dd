"""Paragraphs to windows: the runs of text that the network sees at once.

Where a window ends depends on the paragraphs around the cut, never on where the document
begins or how long it is: windows of a text and of the same text with something put before it
fall in step again after a few paragraphs (content-defined chunking, as in LBFS, Muthitacharoen
et al. 2001). Each window is scored alone, so that nothing depends on its neighbours in a batch.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.document import Span
from onrecord.model.tokens import BREAK_FEATURE, CLS, SEP, Ints, Tokens

_CLS, _SEP, _BREAK = (np.array([number], dtype=np.int32) for number in (CLS, SEP, BREAK_FEATURE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One input of the network: ``[CLS] paragraph [SEP] paragraph [SEP] ...``.

    All arrays have the length T of the window. ``starts`` and ``ends`` are offsets of the
    document's text; [CLS] and [SEP] have ``starts == ends``.
    """

    ids: Ints
    features: Ints
    starts: Ints
    ends: Ints
    words: NDArray[np.bool_] = field(init=False)
    """For each token whether it is text, neither [CLS] nor [SEP]."""

    def __post_init__(self) -> None:
        """Tell the words from the rest, which every head asks for."""
        object.__setattr__(self, "words", self.ends > self.starts)

    def __len__(self) -> int:
        """Return T, the number of word pieces with [CLS] and [SEP]."""
        return len(self.ids)


def pack_windows(paragraphs: Sequence[Tokens], texts: Sequence[str], *, limit: int) -> Iterator[Window]:
    """Pack paragraphs into windows of at most ``limit`` word pieces.

    Args:
        paragraphs: the word pieces of each paragraph, in order.
        texts: the text of each paragraph, from its first word piece on.
        limit: most word pieces of a window, [CLS] and [SEP] included; at least 16.
    """
    pieces = [
        piece for tokens, text in zip(paragraphs, texts, strict=True) for piece in _split(tokens, text, limit - 2)
    ]
    sizes = [len(tokens) + 1 for tokens, _ in pieces]
    start = 0
    while start < len(pieces):
        end = _choose_end(pieces, sizes, start, limit - 1)
        yield _window([tokens for tokens, _ in pieces[start:end]])
        start = end


def _split(tokens: Tokens, text: str, limit: int) -> Iterator[tuple[Tokens, str]]:
    """Split a paragraph that is longer than a window, after the last stop that fits."""
    base = int(tokens.starts[0]) if len(tokens) else 0
    while len(tokens) > limit:
        cut = limit
        for index in range(limit - 1, limit // 2, -1):
            if text[int(tokens.starts[index]) - base] in ".!?" and tokens.starts[index + 1] > tokens.ends[index]:
                cut = index + 1
                break
        head, tokens = tokens.slice(0, cut), tokens.slice(cut, len(tokens))
        yield head, text[int(head.starts[0]) - base : int(head.ends[-1]) - base]
    if len(tokens):
        yield tokens, text[int(tokens.starts[0]) - base :]


def _choose_end(pieces: Sequence[tuple[Tokens, str]], sizes: Sequence[int], start: int, limit: int) -> int:
    """Return the piece before which the window that begins at ``start`` ends.

    Of the cuts that leave the window at least half full, the one before the paragraph with the
    smallest checksum is taken, and one that parts a colon or an open quotation from what follows
    only if there is no other.
    """
    total, end = 0, start
    best: tuple[bool, int, int] | None = None
    while end < len(pieces) and total + sizes[end] <= limit:
        total += sizes[end]
        end += 1
        if end < len(pieces) and total * 2 >= limit:
            parts = pieces[end - 1][1].rstrip().endswith((":", ",", "—", "–"))
            rank = (parts, zlib.crc32(pieces[end][1].encode("utf-8", "surrogatepass")), end)
            best = rank if best is None else min(best, rank)
    if end == len(pieces) or best is None:
        return max(end, start + 1)
    return best[2]


def _window(paragraphs: Sequence[Tokens]) -> Window:
    first = paragraphs[0].starts[:1]
    ids, features, starts, ends = [_CLS], [_BREAK], [first], [first]
    for tokens in paragraphs:
        edge = tokens.ends[-1:]
        ids += tokens.ids, _SEP
        features += tokens.features, _BREAK
        starts += tokens.starts, edge
        ends += tokens.ends, edge
    return Window(
        ids=np.concatenate(ids),
        features=np.concatenate(features),
        starts=np.concatenate(starts),
        ends=np.concatenate(ends),
    )


def span_of_tokens(window: Window, first: int, last: int) -> Span:
    """Return the text span of the tokens ``first`` to ``last``, both included."""
    return Span(int(window.starts[first]), int(window.ends[last]))
