"""What each block of a report's flow is: headline, byline, caption, subheading, body, furniture ...

The page's own names decide first (pagehints), then the text patterns that plain text is read with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from onrecord.document import ZoneKind
from onrecord.ingest.pagearticle import MOST_COMPARED, Flow, nearest, word_runs
from onrecord.ingest.pagehints import Hint
from onrecord.ingest.pagemarkup import HEADINGS, Block
from onrecord.layout.blockquotes import SIGNED
from onrecord.layout.linepatterns import BREADCRUMB, BYLINE, CORRECTION, DATED, FURNITURE

_WORD = re.compile(r"\w+")
_HEAD_BLOCKS: Final = 60  # blocks between headline and story that are looked at; share buttons are the most of them
_LONGEST_HEADLINE: Final = 400  # characters; the longest of 109 real ones has 142
_FEWEST_HEADLINE_WORDS: Final = 3
"""An h1 of fewer words that is no title of the page names the outlet or the section."""
_QUOTED: Final = ("“", '"', "‘", "«", "„")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block of the report with its role."""

    block: Block
    kind: ZoneKind


def name_parts(blocks: Sequence[Block], flow: Flow, titles: Sequence[str]) -> list[Part]:
    """Return the report's blocks with their roles: the headline first, then in the order of the page."""
    headline = find_headline(blocks, flow, titles)
    story = _Story(blocks, flow, headline)
    members = story.members()
    head = story.head(members[0][0] if members else flow.members[0])
    found = dict(head) | dict(members)
    parts = [Part(block=blocks[index], kind=found[index]) for index in sorted(found)]
    return ([Part(block=blocks[headline], kind="headline")] if headline is not None else []) + parts


def find_headline(blocks: Sequence[Block], flow: Flow, titles: Sequence[str]) -> int | None:
    """Return the block that is the headline: like a title of the page, a heading, near the story."""
    first = min(flow.chosen)
    best, best_score = None, 0.5
    for index in range(min(flow.members[-1], first + 10) + 1):
        block = blocks[index]
        if len(block.text) > _LONGEST_HEADLINE:
            continue
        likeness = max((_likeness(block.text, title) for title in titles), default=0.0)
        is_h1 = nearest(block.element, "h1") is not None
        # 0.8: a paragraph is a headline only if the page's title says so nearly word for word.
        if not (is_h1 or block.element.tag in HEADINGS or "headline" in block.hinted(0) or likeness > 0.8):
            continue
        # Ties go to the later block: the same title stands in a menu or a carousel above it.
        score = likeness + (0.2 if is_h1 else 0.0) - (0.2 if block.linked else 0.0)
        if (likeness >= 0.5 or (is_h1 and not titles)) and score >= best_score:
            best, best_score = index, score
    return best if best is not None else _lone_heading(blocks, flow)


def _lone_heading(blocks: Sequence[Block], flow: Flow) -> int | None:
    """Return the page's only unlinked h1 if it stands above its story: titles for search engines are often others."""
    story = min((index for index in flow.chosen if blocks[index].element.tag not in HEADINGS), default=-1)
    found = [index for index, block in enumerate(blocks) if _is_main_heading(block)]
    if len(found) != 1 or not max(0, story - _HEAD_BLOCKS) <= found[0] < story:
        return None
    around, article = (nearest(blocks[index].element, "article") for index in (found[0], story))
    return found[0] if around in (None, article) else None  # the h1 of another article is no headline of this one


def _is_main_heading(block: Block) -> bool:
    if len(block.text) > _LONGEST_HEADLINE or len(block.text.split()) < _FEWEST_HEADLINE_WORDS or block.linked:
        return False
    return nearest(block.element, "h1") is not None and not block.hinted(0) & {"section", "furniture", "comments"}


def _likeness(text: str, title: str) -> float:
    """Return how alike two lines are, from 0 to 1: the Dice coefficient of their words."""
    ours, theirs = set(_WORD.findall(text.lower())), set(_WORD.findall(title.lower()))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


class _Story:
    """One report while its blocks are named, in order."""

    def __init__(self, blocks: Sequence[Block], flow: Flow, headline: int | None) -> None:
        self._blocks = blocks
        self._flow = flow
        self._headline = headline
        self._title = blocks[headline].text if headline is not None else ""
        self._article = nearest(blocks[headline].element, "article") if headline is not None else None
        self._seen: set[tuple[str, ...]] = set()
        self._in_body = False

    def members(self) -> list[tuple[int, ZoneKind]]:
        """Name the blocks of the flow; other stories, comments and repetitions are left out."""
        named: list[tuple[int, ZoneKind]] = []
        for index in self._flow.members:
            block = self._blocks[index]
            if index == self._headline or self._is_elsewhere(block) or self._is_repeated(block):
                continue
            kind = self._kind(index, block)
            if kind is None:
                continue
            self._in_body = self._in_body or kind in ("body", "blockquote")
            named.append((index, kind))
        # What heads nothing, or ends the page; but what the outlet takes back is kept.
        while named and named[-1][1] in ("furniture", "subheading") and not _is_correction(self._blocks[named[-1][0]]):
            named.pop()
        return self._told_apart(named)

    def _told_apart(self, named: list[tuple[int, ZoneKind]]) -> list[tuple[int, ZoneKind]]:
        """Return the parts with those block quotations as body that nothing says to be somebody's words.

        Of 8 pages with such elements that were looked through, 4 set summaries and notes of their own in them.
        """
        told: list[tuple[int, ZoneKind]] = []
        for is_quote, group in groupby(named, key=lambda part: part[1] == "blockquote"):
            parts = list(group)
            above = self._blocks[told[-1][0]] if told else None
            below = self._blocks[named[len(told) + len(parts)][0]] if len(told) + len(parts) < len(named) else None
            if is_quote and not _is_somebodys(above, below):
                parts = [(index, "body") for index, _ in parts]
            told += parts
        return told

    def head(self, start: int) -> list[tuple[int, ZoneKind]]:
        """Name what stands around the headline above the flow: section, standfirst, byline, captions."""
        if self._headline is None:
            return []
        self._in_body = False
        named: list[tuple[int, ZoneKind]] = []
        for index in range(max(0, self._headline - 15), start):
            block = self._blocks[index]
            if index == self._headline or self._is_elsewhere(block) or self._is_repeated(block):
                continue
            kind = self._head_kind(block, above=index < self._headline)
            if kind is not None and index < self._headline + _HEAD_BLOCKS:
                named.append((index, kind))
        return named

    def _is_elsewhere(self, block: Block) -> bool:
        """Tell whether a block stands in another article element than the headline: another story."""
        if self._article is None:
            return False
        other = nearest(block.element, "article")
        return (
            other is not None
            and other is not self._article
            and all(above is not self._article for above in other.iterancestors())
            and all(above is not other for above in self._article.iterancestors())
        )

    def _is_repeated(self, block: Block) -> bool:
        """Tell whether the report said all this before: hidden copies for other screens, teasers of itself."""
        if len(block.text) <= _LONGEST_HEADLINE and _likeness(block.text, self._title) > 0.95:
            return True
        runs = word_runs(block.text[:MOST_COMPARED])
        # Short lines recur by right (a list's items), and a pull quote is a repetition.
        if len(runs) < 16 or "pullquote" in block.hinted(self._flow.depth):
            return False
        repeated = sum(run in self._seen for run in runs) >= 0.9 * len(runs)
        if not repeated:
            self._seen.update(runs)
        return repeated

    def _kind(self, index: int, block: Block) -> ZoneKind | None:
        hinted = block.hinted(self._flow.depth)
        if hinted & {"comments"}:
            return None
        kind = self._kind_in_quote(block) or _kind_by_hint(block, hinted, in_body=self._in_body)
        if kind is not None:
            return kind
        if index not in self._flow.chosen and "aside" in hinted:
            return "furniture"
        return self._kind_by_text(block)

    def _kind_in_quote(self, block: Block) -> ZoneKind | None:
        """Tell the words of a block quotation from the line that says whose they are; None for what is in none."""
        quote = _quote_of(block.element)
        depth = 0 if quote is None else sum(1 for _ in quote.iterancestors())
        if quote is None or depth <= self._flow.depth:
            return None
        # Posts, pull quotes, comments and what is promoted have kinds of their own; figures are around quotations.
        if {hint for at, hint in block.hints if self._flow.depth < at <= depth} - {"figure", "caption"}:
            return None
        if _names_source(block, quote):
            return "body" if len(block.text) < 200 else None
        return "blockquote" if self._kind_by_text(block) == "body" else None

    def _kind_by_text(self, block: Block) -> ZoneKind:
        text = block.text
        if _is_furniture(block) or _is_correction(block):
            return "furniture"
        if not self._in_body and len(text) < 200 and BYLINE.match(text):
            return "byline"
        if len(text) < 100 and DATED.match(text):
            return "subheading" if self._in_body else "furniture"  # the time that heads an entry of a live blog
        return "subheading" if _is_subheading(block) else "body"

    def _head_kind(self, block: Block, *, above: bool) -> ZoneKind | None:
        hinted = block.hinted(0)
        text = block.text
        if hinted & {"comments"} or len(text) > 1_000:
            return None
        if "section" in hinted or (len(text) < 80 and BREADCRUMB.match(text)):
            return "section" if len(text) < 80 else None
        if above:
            return None
        kind = _kind_by_hint(block, hinted, in_body=False)
        if kind in ("standfirst", "byline", "caption", "credit"):
            return kind
        if kind is None and len(text) < 200 and BYLINE.match(text):
            return "byline"
        return None


def _quote_of(element: Any) -> Any:
    """Return the block quotation that an element is in, or that its figure is for; None if there is none."""
    quote, caption = nearest(element, "blockquote"), nearest(element, "figcaption")
    if quote is not None or caption is None:
        return quote
    return next(caption.itersiblings("blockquote", preceding=True), None)


def _names_source(block: Block, quote: Any) -> bool:
    """Tell whether a block of a quotation, or of its figure, says whose it is."""
    outside = nearest(block.element, "blockquote") is not quote
    signs = outside or nearest(block.element, "footer") is not None or SIGNED.match(block.text) is not None
    return signs or all("/cite[" in each.path for each in block.pieces)


def _is_somebodys(above: Block | None, below: Block | None) -> bool:
    """Tell whether block quotations are introduced by a colon, or followed by a line that says whose they are."""
    if above is not None and above.text.endswith(":"):
        return True
    if below is None:
        return False
    quote = _quote_of(below.element)
    return SIGNED.match(below.text) is not None or (quote is not None and _names_source(below, quote))


def _kind_by_hint(block: Block, hinted: frozenset[Hint], *, in_body: bool) -> ZoneKind | None:
    """Return what the page's own names say that a block is; None if they say nothing of use."""
    size = len(block.text)
    if "embed" in hinted and "furniture" not in block.hinted(_depth_of(block, "embed")):
        return "body"
    # The first that holds; the lengths are those above which real pages use the name for a whole section.
    rules: tuple[tuple[bool, ZoneKind], ...] = (
        ("credit" in hinted and size < 200, "credit"),
        (bool(hinted & {"caption", "figure"}) and nearest(block.element, "table") is None, "caption"),
        ("furniture" in hinted, "furniture"),
        ("pullquote" in hinted, "pullquote"),
        ("byline" in hinted and size < 200, _kind_of_byline(block.text, in_body=in_body)),
        ("standfirst" in hinted and size < 600 and not in_body, "standfirst"),
        ("section" in hinted and size < 80 and not in_body, "section"),
    )
    return next((kind for holds, kind in rules if holds), None)


def _kind_of_byline(text: str, *, in_body: bool) -> ZoneKind:
    """Tell a byline from the date beside it, and from what is said about its writer below the story."""
    signed = BYLINE.match(text) is not None
    return "furniture" if DATED.match(text) or (in_body and not signed) else "byline"


def _depth_of(block: Block, wanted: Hint) -> int:
    return next(depth for depth, hint in block.hints if hint == wanted)


def _is_furniture(block: Block) -> bool:
    """Tell whether a block is a list item or a line that is there for its links, or a line of the page's own."""
    if block.linked > 0.8 * len(block.text):
        return True
    return len(block.text) < 400 and FURNITURE.match(block.text) is not None


def _is_correction(block: Block) -> bool:
    return CORRECTION.match(block.text) is not None


def _is_subheading(block: Block) -> bool:
    text = block.text
    if block.element.tag in HEADINGS or nearest(block.element, "h2") is not None:
        return True
    return (
        block.strong >= 0.95 * len(text) < 80
        and block.element.tag in ("p", "div")
        and not text.endswith((".", ",", ";", '"', "”", "’", "»"))
        and not text.startswith(_QUOTED)
    )
