"""Which blocks of a page are its report.

Trafilatura, in its precise mode, tells which text is the article; its output names the seeds. What it is known
to lose or to add is repaired here, by the page's own construction: measured in ``benchmarks/extract_articles.py``.

1. seeds: blocks whose words trafilatura kept;
2. more of the same: paragraphs built exactly as the seeds are, elsewhere on the page;
3. the container: the deepest element around nearly all of them;
4. the flow: every block of the container from the first of them to the last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import trafilatura

from onrecord.ingest.pagemarkup import Block, Markup, xml_copy

_WORD = re.compile(r"\w+")
_RUN: Final = 4  # words; as in the public extraction benchmark, long enough to be unlike by chance

_KEPT: Final = 0.7  # share of a block's words that trafilatura must have kept; its own white space differs
_FEWEST_CHARACTERS: Final = 100  # of seeds; below that its second, less precise, mode is asked
# Trafilatura is superlinear: 10,000 elements take 1 s, 200,000 minutes. Of 110 real pages the largest has
# 1,510, and 25,000 characters.
_MOST_ELEMENTS: Final = 15_000
_MOST_TEXT: Final = 2_000_000  # characters
MOST_COMPARED: Final = 20_000  # characters of one block
_MOST_COUNTED: Final = 2_000  # characters: one monstrous block must not outweigh a story


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The report's blocks: a range of the page's blocks, and how deep their container stands."""

    depth: int
    chosen: frozenset[int]
    """Indexes of the blocks that are article text for sure."""
    members: tuple[int, ...]
    """Indexes of all blocks of the container from the first chosen to the last."""


def find_flow(markup: Markup) -> Flow | None:
    """Return the blocks that make the report, or None if there is no running text."""
    blocks = markup.blocks
    seeds = _seeds(markup)
    seeds = _with_same_construction(blocks, seeds)
    if not seeds:
        return None
    container = _container(blocks, seeds)
    inside = [i for i in seeds if _is_within(blocks[i].element, container)]
    first, last = min(inside), max(inside)
    members = tuple(i for i in range(first, last + 1) if _is_within(blocks[i].element, container))
    return Flow(depth=_depth(container), chosen=frozenset(inside), members=members)


def _seeds(markup: Markup) -> set[int]:
    if markup.elements > _MOST_ELEMENTS or sum(len(block.text) for block in markup.blocks) > _MOST_TEXT:
        return {i for i, block in enumerate(markup.blocks) if _is_running(block)}
    for precise in (True, False):
        text = trafilatura.extract(xml_copy(markup.root), include_comments=False, favor_precision=precise) or ""
        known = set(word_runs(text))
        seeds = {
            i for i, block in enumerate(markup.blocks) if not _is_link(block) and _share(block.text, known) >= _KEPT
        }
        if sum(len(markup.blocks[i].text) for i in seeds) > _FEWEST_CHARACTERS:
            return seeds
    return set()


def _is_running(block: Block) -> bool:
    """Tell by a block alone whether it is running text: for pages that are too large for trafilatura."""
    furniture = block.hinted(0) & {"furniture", "comments", "caption", "credit"}
    return len(block.text) > 80 and block.linked < 0.4 * len(block.text) and not furniture


def _with_same_construction(blocks: Sequence[Block], seeds: set[int]) -> set[int]:
    """Add running text that is marked up exactly as most of the seeds are.

    An article cut in several containers (by advertisements) loses all but one otherwise.
    """
    sizes: Counter[Signature] = Counter()
    for i in seeds:
        sizes[signature(blocks[i].element)] += len(blocks[i].text)
    total = sum(sizes.values())
    common = {kind for kind, size in sizes.items() if size > 0.2 * total and any(name for _, name in kind)}
    return seeds | {
        i
        for i, block in enumerate(blocks)
        if len(block.text) > 80 and block.linked < 0.4 * len(block.text) and signature(block.element) in common
    }


Signature = tuple[tuple[str, str], ...]


def signature(element: Any) -> Signature:
    """Return tag and class of an element and of the two around it."""
    parts = []
    for _ in range(3):
        if element is None:
            break
        parts.append((str(element.tag), re.sub(r"\d+", "", element.get("class") or "")))
        element = element.getparent()
    return tuple(parts)


def _container(blocks: Sequence[Block], seeds: Iterable[int]) -> Any:
    """Return the deepest element that holds at least nine tenths of the seeds' characters."""
    sizes: Counter[Any] = Counter()
    for i in seeds:
        for element in (blocks[i].element, *blocks[i].element.iterancestors()):
            sizes[element] += min(len(blocks[i].text), _MOST_COUNTED)
    enough = 0.9 * max(sizes.values())
    return max((element for element, size in sizes.items() if size >= enough), key=_depth)


def _depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors())


def _is_within(element: Any, container: Any) -> bool:
    return element is container or any(above is container for above in element.iterancestors())


def _is_link(block: Block) -> bool:
    return block.linked > 0.8 * len(block.text)


def word_runs(text: str) -> list[tuple[str, ...]]:
    """Return the runs of four words of a text, or of the beginning of a long one; a shorter text is one run."""
    words = _WORD.findall(text[:_MOST_TEXT])
    return [tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))] if words else []


def _share(text: str, known: set[tuple[str, ...]]) -> float:
    runs = word_runs(text[:MOST_COMPARED])
    return sum(run in known for run in runs) / len(runs) if runs else 0.0


def nearest(element: Any, tag: str) -> Any:
    """Return the element itself or the nearest one around it with that tag; None if there is none."""
    return element if element.tag == tag else next(element.iterancestors(tag), None)
