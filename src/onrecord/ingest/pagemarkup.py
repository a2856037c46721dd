"""Markup to blocks: the text that a page shows, each character tied to its text node.

White space is collapsed, and places where a word may break are left out, as a browser shows it; nothing else is
changed. A block is what a browser sets on lines of its own: a paragraph, a heading, a list item.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from lxml import etree
from lxml.html import HTMLParser

from onrecord.errors import HostileSource, NoArticle
from onrecord.ingest.pagehints import Hint, hints
from onrecord.settings import Settings

INLINE: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "nobr", "picture", "q", "rb", "rp", "rt", "ruby", "s", "samp",
    "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"
})  # fmt: skip
UNSHOWN: Final = frozenset({
    "title", "script", "style", "noscript", "template", "iframe", "svg", "math", "select", "option", "button",
    "textarea", "input", "object", "embed", "audio", "video", "canvas", "map", "datalist", "amp-analytics",
    "amp-ad", "amp-script"
})  # fmt: skip
HEADINGS: Final = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6"
})  # fmt: skip

# Only ASCII white space collapses in a browser; a no-break space is shown as it stands.
_SPACE = " \t\n\r\f"
# Between letters a soft hyphen or a space without width is no more than a place to break a word, or a leftover.
BREAKS: Final = "\u00ad\u200b\u2060\ufeff"
_NOT_AS_SHOWN = re.compile(rf"[ \t\n\r\f]{{2,}}|[{BREAKS}]+")
_TO_SPACE = str.maketrans("\t\n\r\f", "    ")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN_TAG = re.compile(r"[a-z][a-z0-9]*")


class Piece(NamedTuple):
    """A run ``[start, end)`` of a block's text that stands in one text node of the page."""

    start: int
    end: int
    path: str
    node: int
    offset: int


@dataclass(slots=True, eq=False, kw_only=True)
class Block:
    """What a browser sets on lines of its own: its text, and where each run of it stands."""

    element: Any
    """The nearest block-level element (lxml) around the text."""
    text: str
    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0
    """How many characters stand inside links."""
    strong: int = 0
    """How many characters are bold."""
    hints: tuple[tuple[int, Hint], ...] = ()
    """What the elements around the text say, each with the element's depth; the outermost first."""

    def hinted(self, below: int) -> frozenset[Hint]:
        """Return what the elements deeper than ``below`` levels say about this text."""
        return frozenset(hint for depth, hint in self.hints if depth > below)


@dataclass(slots=True, eq=False, kw_only=True)
class Markup:
    """A parsed page: its tree (empty below ``max_tag_depth``, else untouched) and its blocks in page order."""

    root: Any
    elements: int
    """How many elements were looked at."""
    blocks: list[Block]
    warnings: tuple[str, ...]


def parse_markup(page: str) -> Any:
    """Parse a page to an lxml tree; paths and offsets of anchors refer to this very parse.

    Raises:
        NoArticle: there is no element in the page.
        HostileSource: elements are nested deeper than the parser follows (2,048 levels); it
            drops the whole page then.
        MemoryError: the parser ran out of memory; it would give a part of the page else.
    """
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    root, cause = None, None
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        cause = error
    found = {entry.type_name for entry in parser.error_log}
    if "ERR_NO_MEMORY" in found:
        raise MemoryError
    if "ERR_RESOURCE_LIMIT" in found:
        raise HostileSource("elements are nested deeper than the parser follows, 2,048 levels") from cause
    if root is None:
        raise NoArticle("there is no element in the page") from cause
    return root


def xml_copy(root: Any) -> Any:
    """Copy a tree for a library that writes into it, without the characters that XML has not.

    lxml reads those and does not write them: a single one makes trafilatura give the whole page up.
    """
    copy = deepcopy(root)
    for element in copy.iter():
        attributes = element.items() if isinstance(element.tag, str) else []
        if any(_NOT_XML.search(value) for _, value in attributes):
            element.attrib.clear()
            for name, value in attributes:
                with suppress(ValueError):  # a name that HTML has and lxml does not write: `{a`
                    element.set(name, _NOT_XML.sub(" ", value))
        if element.text and _NOT_XML.search(element.text):
            element.text = _NOT_XML.sub(" ", element.text)
        if element.tail and _NOT_XML.search(element.tail):
            element.tail = _NOT_XML.sub(" ", element.tail)
    return copy


def read_markup(page: str, settings: Settings) -> Markup:
    """Parse a page and lay its shown text out in blocks."""
    root = parse_markup(page)
    walk = _Walk(settings)
    walk.through(root)
    return Markup(root=root, elements=walk.elements, blocks=walk.blocks, warnings=tuple(walk.warnings))


@dataclass(slots=True, eq=False)
class _Frame:
    """An open element: where it is, how many children it had, what it does to its text."""

    element: Any
    path: str
    block: Any
    linked: bool
    strong: bool
    hints: tuple[tuple[int, Hint], ...]
    children: int = 0
    same_tag: Counter[str] = field(default_factory=Counter)


class _Walk:
    """One pass over the tree that fills ``blocks``; linear in the size of the page."""

    def __init__(self, settings: Settings) -> None:
        self.blocks: list[Block] = []
        self.warnings: dict[str, None] = {}
        self.elements = 0
        self._settings = settings
        self._frames: list[_Frame] = []
        self._line = _Line()
        self._after_break = False

    def through(self, root: Any) -> None:
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                if not self._open(element):
                    walker.skip_subtree()
            elif event == "end":
                self._close(element)
            else:
                self._count(element, "*")
                self._tail(element)
        self._end_line()

    def _open(self, element: Any) -> bool:
        """Enter an element; tell whether its subtree is shown and kept."""
        self.elements += 1
        tag = element.tag if isinstance(element.tag, str) else "*"
        step = self._count(element, tag)
        above = self._frames[-1] if self._frames else None
        depth = len(self._frames)
        frame = _Frame(
            element,
            f"{above.path if above else ''}/{step}",
            above.block if above and tag in INLINE else element,
            linked=tag == "a" or (above is not None and above.linked),
            strong=tag in ("b", "strong") or (above is not None and above.strong),
            hints=(above.hints if above else ()) + tuple((depth, hint) for hint in hints(element)),
        )
        self._frames.append(frame)
        if tag == "br":
            self._break()
        elif tag not in INLINE:
            self._end_line()
        if tag in UNSHOWN or self._too_deep(element):
            return False
        self._add(element.text, frame, node=0)
        return True

    def _close(self, element: Any) -> None:
        frame = self._frames.pop()
        if frame.block is element and element.tag != "br":
            self._end_line()
        self._tail(element)

    def _tail(self, element: Any) -> None:
        if self._frames:
            self._add(element.tail, self._frames[-1], node=self._frames[-1].children)

    def _count(self, element: Any, tag: str) -> str:
        """Count a child of the open element and return its step of an XPath."""
        if not self._frames:
            return "*[1]"
        above = self._frames[-1]
        above.children += 1
        if not isinstance(element.tag, str):
            return ""
        above.same_tag["*"] += 1
        above.same_tag[tag] += 1
        # A name such as `o:p` or `fb:like` can't stand in an XPath without a namespace.
        return f"{tag}[{above.same_tag[tag]}]" if _PLAIN_TAG.fullmatch(tag) else f"*[{above.same_tag['*']}]"

    def _too_deep(self, element: Any) -> bool:
        limit = self._settings.max_tag_depth
        if len(self._frames) <= limit:
            return False
        if any(text.strip() for text in element.itertext(tag=etree.Element)):
            self.warnings[f"truncated: text nested deeper than {limit} levels (max_tag_depth) was left out"] = None
        element.clear(keep_tail=True)  # nor may trafilatura go there: it is quadratic in nested tables
        return True

    def _add(self, data: str | None, frame: _Frame, *, node: int) -> None:
        if not data:
            return
        limit = self._settings.max_text_node_bytes
        if len(data) > limit:
            data = data[:limit]
            self.warnings[f"truncated: a run of text was cut after {limit} characters (max_text_node_bytes)"] = None
        if self._line.add(data, frame, node):
            self._after_break = False

    def _break(self) -> None:
        """A line break; two in a row end the block, as a reader sees it."""
        if self._after_break:
            self._end_line()
        else:
            self._line.breaks()
            self._after_break = True

    def _end_line(self) -> None:
        block = self._line.end()
        self._after_break = False
        if block is not None:
            self.blocks.append(block)
        self._line = _Line()


class _Line:
    """A block being put together, with white space collapsed across its text nodes."""

    __slots__ = ("_element", "_gap", "_hints", "_length", "_linked", "_parts", "_pieces", "_strong")

    def __init__(self) -> None:
        self._element: Any = None
        self._hints: tuple[tuple[int, Hint], ...] = ()
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = self._linked = self._strong = 0
        # White space waits here until a character follows: (what is shown, where the first of it stands).
        self._gap: tuple[str, str, int, int] | None = None

    def add(self, data: str, frame: _Frame, node: int) -> bool:
        """Add one text node; tell whether it had anything but white space."""
        before = self._length
        position = 0
        for run in _NOT_AS_SHOWN.finditer(data):
            self._words(data, position, run.start(), frame, node)
            if run[0][0] in _SPACE:
                self._space(" ", frame.path, node, run.start())
            position = run.end()
        self._words(data, position, len(data), frame, node)
        return self._length > before

    def breaks(self) -> None:
        """Start a new line inside the block; the page has no character for it."""
        if self._length:
            self._gap = ("\n", "", -1, -1)

    def end(self) -> Block | None:
        """Return the finished block, or None if it holds no text."""
        if not self._length:
            return None
        return Block(
            element=self._element,
            text="".join(self._parts),
            pieces=self._pieces,
            linked=self._linked,
            strong=self._strong,
            hints=self._hints,
        )

    def _words(self, data: str, start: int, end: int, frame: _Frame, node: int) -> None:
        if start < end and data[start] in _SPACE:
            self._space(" ", frame.path, node, start)
            start += 1
        trailing = end > start and data[end - 1] in _SPACE
        if trailing:
            end -= 1
        if start < end:
            self._place(data[start:end].translate(_TO_SPACE), frame, node, start)
        if trailing:
            self._space(" ", frame.path, node, end)

    def _space(self, shown: str, path: str, node: int, offset: int) -> None:
        if self._length and self._gap is None:
            self._gap = (shown, path, node, offset)

    def _place(self, words: str, frame: _Frame, node: int, offset: int) -> None:
        if self._gap is not None:
            shown, path, gap_node, gap_offset = self._gap
            self._append(shown, path, gap_node, gap_offset)
            self._gap = None
        if self._element is None:
            self._element = frame.block
            self._hints = frame.hints
        self._append(words, frame.path, node, offset)
        self._linked += len(words) if frame.linked else 0
        self._strong += len(words) if frame.strong else 0

    def _append(self, characters: str, path: str, node: int, offset: int) -> None:
        start, end = self._length, self._length + len(characters)
        self._parts.append(characters)
        self._length = end
        if node < 0:
            return
        last = self._pieces[-1] if self._pieces else None
        if last and (last.end, last.path, last.node, last.offset + last.end - last.start) == (
            start,
            path,
            node,
            offset,
        ):
            self._pieces[-1] = last._replace(end=end)
        else:
            self._pieces.append(Piece(start, end, path, node, offset))
