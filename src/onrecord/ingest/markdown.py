"""Markdown to a document: the text exactly as published, its zones from the markup.

Markup stays in the text, but zones begin after the marks that lead a line (``# ``, ``> ``, ``- ``). A
block quote is body: in reports it holds what somebody said or posted, more often than a line repeated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from onrecord.document import Document, Provenance, Span, ZoneKind
from onrecord.ingest.dates import to_iso
from onrecord.ingest.plaintext import describe, require_words
from onrecord.layout.zones import Line, kind_alone, name_lines, on_one_line

_LINE: Final = re.compile(r"\S(?:[^\n\r\x0b\x0c\u2028\u2029]*\S)?")
_BREAK: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")
# It begins with a field or a comment; between two rules there may stand half the story.
_FRONT_MATTER: Final = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<fields>(?=\s{0,20}(?:[\"']?[\w-]{1,40}[\"']?:|#))(?:[^\r\n]*\r?\n){1,60}?)"
    r"---[ \t]*(?=[\r\n]|\Z)"
)
_FIELD: Final = re.compile(r"^(title|authors?|date|published|section|outlet|sitename|url):[ \t]*(\S.*)$", re.MULTILINE)
_HEADING: Final = re.compile(r"(#{1,6})\s+(?=\S)")
_UNDERLINE: Final = re.compile(r"(?:={2,}|-{2,})$")
_RULE: Final = re.compile(r"(?:[-*_] ?){3,80}$")
_FENCE: Final = re.compile(r"```|~~~")
_EMPTY_QUOTE: Final = re.compile(r">[>\s]*$")  # between the paragraphs of a block quotation
_LEAD: Final = re.compile(r"(?:(?:>|[-*+]|\d{1,3}[.)])\s+|>){1,8}+(?=\S)")
_IMAGE: Final = re.compile(r"!\[(?P<alt>[^\]\n]{0,500})\]\([^()\n]{0,1000}\)$")
_LINK: Final = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\n]{0,1000}\)")
# A link's address, tags on a line of their own; not a paragraph that stands in tags.
_ASIDE: Final = re.compile(
    r"\[[^\[\]\n]{1,100}\]:\s\S|(?:</?[a-zA-Z][^<>\n]*>\s*)++$"
    r"|<(?!(?:b|blockquote|div|em|font|i|li|p|q|span|strong|u)\b)/?[a-zA-Z][^\n]*>$|<!--"
)
_EMPHASIS: Final = re.compile(r"(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{1,600})\1$")


@dataclass(slots=True)
class _Block:
    """A block of the text being put together line by line."""

    start: int
    end: int
    kind: ZoneKind | None = None
    open: bool = False
    """True while the next line, without a blank one between, goes on with it."""
    picture: bool = False
    """True for the end of an image, which words in italics below it describe."""


def read_markdown(text: str, *, origin: str, sha256: str, charset: str | None, url: str | None = None) -> Document:
    """Make a document of a Markdown text; what its front matter says of it outranks what its lines say.

    Raises:
        EmptySource: there is nothing but white space in the text.
    """
    require_words(text, origin)
    provenance = Provenance(origin=origin, sha256=sha256, method="markdown", charset=charset)
    front = _FRONT_MATTER.match(text)
    blocks = _read_blocks(text, 0 if front is None else front.end())
    if front is not None:
        blocks.insert(0, _Block(front.start(), front.end(), "furniture"))
    zones = name_lines([_to_line(text, block) for block in blocks])
    document = describe(text, zones, provenance, url=url, plain=_without_links)
    return document if front is None else _with_fields(document, front["fields"])


def _with_fields(document: Document, fields: str) -> Document:
    told = {name: _unquoted(value.strip()) for name, value in _FIELD.findall(fields)}
    published = to_iso(told.get("date") or told.get("published"))
    authors = told.get("authors") or told.get("author") or ""
    names = tuple(name.strip(" \"'") for name in authors.strip("[]").split(",") if name.strip(" \"'"))
    return replace(
        document,
        title=told.get("title") or document.title,
        authors=names or document.authors,
        published=published or document.published,
        published_from="metadata" if published else document.published_from,
        section=told.get("section") or document.section,
        outlet=told.get("outlet") or told.get("sitename") or document.outlet,
        url=document.url or told.get("url"),
    )


def _unquoted(value: str) -> str:
    """Take the marks off that stand around a whole value; those of "Mayor: 'I stay'" are its own."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _to_line(text: str, block: _Block) -> Line:
    words = on_one_line(text[block.start : block.end])
    if block.kind is None:
        plain = _without_links(words)
        kind = kind_alone(plain) if plain != words else None
        # Only what is one zone as a whole: a caption is cut in two at offsets of its own words.
        block.kind = kind if kind in ("byline", "furniture") else None
    return Line(Span(block.start, block.end), words, block.kind)


def _without_links(words: str) -> str:
    return _LINK.sub(r"\1", words)


def _read_blocks(text: str, start: int) -> list[_Block]:
    reader = _BlockReader(text)
    for match in _LINE.finditer(text, start):
        reader.add(Span(*match.span()))
    return reader.blocks


class _BlockReader:
    """Puts blocks together line by line."""

    def __init__(self, text: str) -> None:
        self.blocks: list[_Block] = []
        self._text = text
        self._headed = False
        self._fenced = False

    def add(self, line: Span) -> None:
        """Add a line as blocks of its own, or to the block above it."""
        words = line.of(self._text)
        above = self._open_block_above(line)
        if _FENCE.match(words) or self._fenced:
            self._fenced ^= _FENCE.match(words) is not None
            self._add(line, "furniture")
        elif heading := _HEADING.match(words):
            self._add_heading(Span(line.start + heading.end(), line.end))
        elif above is not None and _UNDERLINE.match(words):
            above.kind, above.open = self._kind_of_heading(), False
            self._add(line, "furniture")
        elif image := _IMAGE.match(words):
            self._add_image(line, image)
        elif _RULE.match(words) or _ASIDE.match(words) or _EMPTY_QUOTE.match(words):
            self._add(line, "furniture")
        elif above is not None and not _LEAD.match(words):
            above.end = line.end
        else:
            self._add_paragraph(line, words)

    def _open_block_above(self, line: Span) -> _Block | None:
        if not self.blocks or not self.blocks[-1].open:
            return None
        above = self.blocks[-1]
        return above if len(_BREAK.findall(self._text, above.end, line.start)) == 1 else None

    def _add(self, span: Span, kind: ZoneKind | None, *, is_open: bool = False, picture: bool = False) -> None:
        self.blocks.append(_Block(span.start, span.end, kind, is_open, picture))

    def _kind_of_heading(self) -> ZoneKind:
        kind: ZoneKind = "subheading" if self._headed else "headline"
        self._headed = True
        return kind

    def _add_heading(self, span: Span) -> None:
        words = span.of(self._text).rstrip("#").rstrip() or span.of(self._text)
        self._add(Span(span.start, span.start + len(words)), self._kind_of_heading())

    def _add_image(self, line: Span, image: re.Match[str]) -> None:
        """Add the words of an image as a caption, between its marks."""
        words = image["alt"].strip()
        if not words:
            self._add(line, "furniture", picture=True)
            return
        start = line.start + image["alt"].index(words) + 2
        self._add(Span(line.start, line.start + 2), "furniture")
        self._add(Span(start, start + len(words)), "caption")
        self._add(Span(line.start + image.end("alt"), line.end), "furniture", picture=True)

    def _add_paragraph(self, line: Span, words: str) -> None:
        lead = _LEAD.match(words)
        start = lead.end() if lead is not None else 0
        if _LINK.fullmatch(words, start):  # one of a list of links, "[Read more](...)"
            self._add(Span(line.start + start, line.end), "furniture")
        elif emphasis := _EMPHASIS.match(words, start):  # *A ferry. Photo: Lena Brandt* below its picture
            below_picture = bool(self.blocks) and self.blocks[-1].picture
            kind: ZoneKind | None = "caption" if below_picture else None
            self._add(Span(line.start + emphasis.start(2), line.start + emphasis.end(2)), kind)
        else:
            is_quote = lead is not None and ">" in lead.group() and self._is_introduced()
            self._add(Span(line.start + start, line.end), "blockquote" if is_quote else None, is_open=True)

    def _is_introduced(self) -> bool:
        """Tell whether the last block ends in a colon or is a block quotation, so that one may begin or go on here."""
        above = next((each for each in reversed(self.blocks[-2:]) if not self._text.startswith(">", each.start)), None)
        return above is not None and (above.kind == "blockquote" or self._text[above.end - 1] == ":")
