"""Annotated reports to what the network is trained on: windows with their gold cues, sources and contents."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model.tokens import tokenize
from onrecord.model.windows import Window, pack_windows

Marks = dict[int, str]
STYLES: tuple[Marks, ...] = tuple(
    {ord(a): c for a, c in zip('“”"', style, strict=True)} for style in ('"""', "«»«", "‘’'", '„“"', "“”“")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A gold attribution in tokens of its window; ``source`` is None where there is none."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window with its attributions."""

    window: Window
    links: tuple[Link, ...]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Read one annotated report a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def windows_of(text: str, tokenizer: Tokenizer, *, limit: int) -> list[Window]:
    """Cut a text into windows as the product does."""
    paragraphs = find_paragraphs(text)
    quoted = [quotation.inner for quotation in outermost(text, pair_quotemarks(text))]
    tokens = tokenize(text, paragraphs, quoted, tokenizer)
    return list(pack_windows(tokens, [span.of(text) for span in paragraphs], limit=limit))


def examples_of(
    report: dict[str, Any], tokenizer: Tokenizer, *, limit: int, draw: random.Random | None, swap: float
) -> Iterator[Example]:
    """Yield the windows of a report with their gold; ``draw`` varies marks and the first paragraph."""
    text = report["text"]
    if draw is not None and draw.random() < swap:
        text = text.translate(draw.choice(STYLES))
    for window in windows_of(text, tokenizer, limit=limit):
        yield Example(window=window, links=tuple(_links(window, report["attributions"])))


def _links(window: Window, attributions: Sequence[dict[str, Any]]) -> Iterator[Link]:
    low, high = int(window.starts[0]), int(window.ends[-1])
    for attribution in attributions:
        cue = attribution.get("cue") or []
        if not cue or cue[0][0] < low or cue[-1][1] > high:
            continue
        cue_tokens = _tokens(window, Span(cue[0][0], cue[-1][1]))
        if cue_tokens is None:
            continue
        sources = [tokens for span in attribution.get("source") or [] if (tokens := _tokens(window, Span(*span)))]
        content = [tokens for span in attribution.get("content") or [] if (tokens := _tokens(window, Span(*span)))]
        if content:
            yield Link(cue=cue_tokens, source=sources[0] if sources else None, content=tuple(sorted(content)))


def _tokens(window: Window, span: Span) -> tuple[int, int] | None:
    """Return the first and last token that a span touches; None if it touches none."""
    touched = np.flatnonzero((window.ends > span.start) & (window.starts < span.end) & (window.ends > window.starts))
    return (int(touched[0]), int(touched[-1])) if len(touched) else None
