"""The zones of a plain text: what each line of it is, told from the lines alone.

Running text is the default. A line is called anything else only on strong evidence, because a
paragraph of the story called furniture loses its statements: of the 1,749,319 characters of contents
in PolNeAR train none falls into furniture, a credit or a byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.document import Span, Zone, ZoneKind
from onrecord.layout.linepatterns import (
    BREADCRUMB,
    BYLINE,
    CAPTION_LEAD,
    CORRECTION,
    CREDIT,
    DATED,
    DATELINE,
    FURNITURE,
    MONTH,
    SECTION,
)
from onrecord.layout.paragraphs import find_paragraphs

_STOPS: Final = (
    ".",
    "!",
    "?",
    "…",
    ".”",
    '."',
    "!”",
    "?”",
    '!"',
    '?"',
    ".’",
    ".'",
    "?'",
    "!'",
    ".)",
    "''",
    "”",
    '"',
    ":",
    ",",
)
# “... is not safe”: headlines end so, paragraphs have a stop before the mark or behind it.
_BARE_MARK: Final = re.compile(r"[^\W_](?:[”\"]|'')$")
_CAPTION_SIGNS: Final = (
    "/",
    "|",
    "©",
    "hoto",
    "HOTO",
    "mage",
    "redit",
    "icture",
    " via ",
    "llustra",
    "ourtesy",
    "creen",
)
# Words that headlines leave out and sentences can't do without.
_SENTENCE_WORDS: Final = re.compile(
    r"\b(?:(?i:the|a|an|is|are|was|were|had|have|has|it|its|he|she|they|there|this|that|these|been|said|did|i|we"
    r"|you|our|my|his|her|their)\b|[a-z]{3,20}ed\b)"
)
_WORD: Final = re.compile(r"[^\W\d_][\w’'.-]*")
_FULL_NAME: Final = (
    r"[^\W\d_a-z][\w.’'-]+(?: (?:[^\W\d_a-z][\w.’'-]*|de|da|di|del|van|von|der|den|al|el|bin|ibn|la|le)){1,3}"
)
_NAMES_ONLY: Final = re.compile(rf"{_FULL_NAME}(?:(?:,? and|,) {_FULL_NAME}){{0,3}}$")
_OUTLET_LINE: Final = re.compile(
    r"(?:Special (?:to|for) (?:[Tt]he )?)?(?:USA ?T(?:ODAY|oday)(?: N(?:ETWORK|etwork))?"
    r"|[A-Z][\w-]{1,30}\.(?:com|org|net)"
    r"|(?:[A-Z][\w’'-]+ ){0,4}(?:News|Times|Post|Press|Today|Tribune|Herald|Gazette|Journal|Enquirer|Register|Bureau"
    r"|Network|Reuters|[Cc]ontributor|[Rr]eporter|[Cc]orrespondent|[Ww]riter|[Ee]ditor|[Cc]olumnist))$"
)
# Two to four capitals of which one is such a word name a column, a label or a place, and nobody.
_NO_PERSON: Final = re.compile(
    r"\b(?i:the|or|of|in|on|at|to|for|from|with|about|news|new|latest|live|breaking|exclusive|special|guest|report|reports"
    r"|story|stories|column|commentary|comment|opinion|editorial|analysis|review|interview|profile|letters?|notes?|q&a"
    r"|facts?|check|watch|video|photos?|gallery|slide|show|link|copied|share|updates?|edition|page|section|series|part"
    r"|politics|business|sports?|world|national|local|state|city|county|north|south|east|west|street|president|minister"
    r"|mayor|governor|senator|council|committee|party|police|court|university|school|church|park)\b"
)
_ARCHIVE_LABELS: Final = frozenset(["ABSTRACT", "FULL TEXT", "LETTERS"])
_SPEAKER: Final = re.compile(r"[^\W\d_a-z][\w.’' -]{0,30}: |Q\. ")
# "WATCH: Quill storms out" is furniture anywhere but at the top of a report that has no other headline.
_KICKED: Final = re.compile(
    r"(?i:watch|video|listen|photos|pictures|gallery)(?: (?i:live|now|video))?\s?[:|]\s?\S.{15,160}$"
)
_HIGHLIGHTS: Final = re.compile(r"(?:Story highlights|Key points|Highlights|In brief|At a glance)\b", re.IGNORECASE)
_LINK_LIST: Final = re.compile(
    r"(?i:.{0,60}:|(?:read|see) (?:more|also)|also see|related.{0,20}|more on this|most (?:read|popular))\W{0,5}$"
)
# 'Utter rubbish': British papers set a few quoted words above the next part of a story.
_CROSSHEAD: Final = re.compile(r"['‘][^'‘’.!?]{3,36}['’]$")
# “LAWLESS EXTREMISTS”
_SHOUT: Final = re.compile(r"[\"“][A-Z][A-Z’' -]{3,60}[\"”]")
_SHOUTED: Final = 60
_DAY: Final = re.compile(rf"\d{{4}}|{MONTH}\b|\d/\d|\bago\b", re.IGNORECASE)
_BULLET: Final = re.compile(r"[-–•⦁*·»>]\s")


_HEAD: Final = 3
"""Lines below a headline with a stop of which one must be surely the story's: others are its standfirst."""


@dataclass(slots=True)
class Line:
    """One paragraph, its words on one line, and what it is, if that has been told (by markup) already."""

    span: Span
    words: str
    """As long as the span, so that an offset in them is one in the text."""
    kind: ZoneKind | None = None


def find_zones(text: str) -> tuple[Zone, ...]:
    r"""Return the zones of a plain text, sorted and apart, each without the white space around it.

    Every character that is not white space lies in exactly one zone; body and furniture go on over
    paragraphs. Linear time; the text is not changed.

    >>> report = "Bridge closed for repairs\n\nBELVAR (Reuters) — The old bridge was closed on Monday, the mayor said."
    >>> [(zone.kind, zone.span.of(report)[:20]) for zone in find_zones(report)]
    [('headline', 'Bridge closed for re'), ('dateline', 'BELVAR (Reuters) —'), ('body', 'The old bridge was c')]
    """
    return name_lines([Line(span, on_one_line(span.of(text))) for span in find_paragraphs(text)])


def name_lines(lines: Sequence[Line]) -> tuple[Zone, ...]:
    """Return the zones of a report's lines; a kind that a line has already is kept."""
    for line in lines:
        line.kind = line.kind or kind_alone(line.words)
    start = _read_head(lines)
    if lines and _KICKED.match(lines[0].words) and not any(line.kind == "headline" for line in lines[:start]):
        lines[0].kind = "headline"
    _read_story(lines, start)
    _read_tail(lines, start)
    return _merged(_pieces(lines))


def on_one_line(words: str) -> str:
    """Return the words of a paragraph with each line break made a space, so that offsets stay."""
    return words.replace("\r", " ").replace("\n", " ") if "\n" in words or "\r" in words else words


def kind_alone(words: str) -> ZoneKind | None:
    """Tell what a line is by itself; None for a line that only its neighbours explain."""
    if FURNITURE.match(words) or CORRECTION.match(words):
        return "furniture"
    signed = len(words) <= 200 and BYLINE.match(words) is not None
    if not (signed and words[:3] in ("By ", "BY ")) and (_credit_of(words) or CAPTION_LEAD.match(words)):
        return "caption"  # but "By Ana Ruiz/Reuters" is no credit
    if signed:
        return "byline"
    if len(words) <= 100 and BREADCRUMB.match(words):
        return "section"
    return _kind_of_date(words)


def _kind_of_date(words: str) -> ZoneKind | None:
    """Tell a day of publication from the time that heads an entry of a live blog ("9:42 p.m.")."""
    dated = DATED.match(words) if len(words) <= 120 else None
    if dated is None:
        return None
    return "byline" if dated["stated"] or _DAY.search(words) else "subheading"


def _credit_of(words: str) -> Span | None:
    """Return where the credit of a caption stands; None for a line that is no caption by its credit."""
    # 1,000: of 1,678 captions found in 6,151 reports the longest has 815 characters.
    if len(words) > 1_000 or not any(sign in words for sign in _CAPTION_SIGNS):
        return None
    credit = CREDIT.search(words)
    if credit is None:
        return None
    if credit.group().startswith("|"):
        before = words[: credit.start()].rstrip()
        told = (
            "/" in credit.group() or "Getty" in credit.group() or before.endswith((".", "!", "?", "”", '"', "'", "’"))
        )
        return Span(*credit.span()) if told else None
    at_end = credit.end() >= len(words) - 3 or words.startswith(
        ("Enlarge this image", "toggle caption", "hide caption")
    )
    return Span(*credit.span()) if at_end else None


def _read_head(lines: Sequence[Line]) -> int:
    """Name the lines above the story; return the index of the story's first line."""
    start = _story_start(lines)
    texts = [index for index in range(start) if lines[index].kind is None]
    headline = next((index for index, line in enumerate(lines[:start]) if line.kind == "headline"), None)
    for index in texts:
        line, after = lines[index], lines[index + 1]
        if (headline is None or index < headline) and SECTION.match(line.words):
            line.kind = "section"
        elif _is_name_line(line.words, after.words, lines[index - 1] if index else None):
            line.kind = "byline"
        elif _HIGHLIGHTS.match(line.words):
            line.kind, headline = "standfirst", index
        elif headline is None and _is_headline(line.words, lines[index + 1 : index + 1 + _HEAD]):
            line.kind, headline = "headline", index
        elif headline is not None and _is_writer(lines, index, start, lines[headline].words):
            line.kind = "byline"
        elif headline is not None and _is_standfirst(line.words, lines[index - 1], after):
            line.kind = "standfirst"
        else:
            return index
    return start if headline is None else _past_standfirst(lines, start)


def _story_start(lines: Sequence[Line]) -> int:
    for index, line in enumerate(lines):
        if line.kind is None and _is_running(line.words):
            return index
    texts = [index for index, line in enumerate(lines) if line.kind is None]
    sentences = (index for index in texts if _is_sentence(lines[index].words))
    return next(sentences, texts[0] if texts else len(lines))


def _is_running(words: str) -> bool:
    """Tell whether a line is surely a paragraph of the story: long, or opened by a dateline."""
    # Of the headlines of PolNeAR train's 840 reports the longest has 141 characters, the next 108.
    return len(words) > 160 or (len(words) > 110 and _is_stopped(words)) or DATELINE.match(words) is not None


def _is_sentence(words: str) -> bool:
    return _is_stopped(words) and _SENTENCE_WORDS.search(words) is not None


def _is_stopped(words: str) -> bool:
    return words.endswith(_STOPS) and not _BARE_MARK.search(words[-3:])


def _is_name_line(words: str, after: str, before: Line | None) -> bool:
    """Tell whether a line names writers, or their outlet below their names."""
    if before is not None and before.kind == "byline" and _OUTLET_LINE.match(words):
        return True
    return (_NAMES_ONLY.match(words) is not None and _OUTLET_LINE.match(after) is not None) or words in (
        "USA TODAY",
        "USAToday",
    )


def _is_writer(lines: Sequence[Line], index: int, start: int, headline: str) -> bool:
    """Tell whether a line right above the story is a name and nothing else, of nobody whom the story begins with.

    Whose name or word is in the headline or in the first paragraph is a subject or a place; a word that the report has
    in small letters too is no name.
    """
    line, story = lines[index].words, lines[start].words
    if not _NAMES_ONLY.fullmatch(line) or _NO_PERSON.search(line) or not (_is_running(story) or _is_sentence(story)):
        return False
    if not all(between.kind == "byline" for between in lines[index + 1 : start]):
        return False
    names = [word for word in _WORD.findall(line) if len(word) > 2 and word[0].isupper()]
    begun = {word.casefold() for word in _WORD.findall(f"{headline} {story}")}
    if any(name.casefold().rstrip(".") in begun for name in names):
        return False
    lowered = {name.lower() for name in names}
    return not any(word in lowered for each in lines[start:] for word in _WORD.findall(each.words))


def _is_headline(words: str, below: Sequence[Line]) -> bool:
    after = below[0]
    if len(words) > 200 or words.endswith((",", ":")):
        return False
    if not _is_stopped(words):
        return True
    if after.kind == "byline" or DATELINE.match(after.words) or after.words.rstrip(".") in _ARCHIVE_LABELS:
        return True
    if len(below) > 1 and _is_name_line(after.words, below[1].words, None):
        return True
    return _looks_clipped(words) and any(_is_running(line.words) for line in below)


def _looks_clipped(words: str) -> bool:
    """Tell whether a line with a stop is still written as headlines are: in title case, or without articles."""
    tokens = [token for token in _WORD.findall(words) if len(token) > 3]
    capitals = sum(token[0].isupper() for token in tokens)
    if len(tokens) >= 5 and capitals * 4 >= len(tokens) * 3:
        return True
    if len(words) <= 100 and _SPEAKER.match(words):  # "Ruiz: I will stay."
        return True
    return len(words) <= 100 and len(tokens) >= 3 and _SENTENCE_WORDS.search(words) is None


def _is_standfirst(words: str, before: Line, after: Line) -> bool:
    if len(words) > 300 or words.endswith((",", ":")):
        return False
    return not _is_stopped(words) or before.words.endswith(";") or after.kind == "byline"


def _past_standfirst(lines: Sequence[Line], start: int) -> int:
    """Name a long standfirst that stands right above the byline; return where the story begins then."""
    for end in range(start + 1, min(start + 3, len(lines))):
        if lines[end].kind == "byline" and not any(_opens_story(line.words) for line in lines[start:end]):
            for line in lines[start:end]:
                line.kind = line.kind or "standfirst"
            following = (index for index in range(end, len(lines)) if lines[index].kind is None)
            return next(following, len(lines))
        if lines[end].kind is not None:
            return start
    return start


def _opens_story(words: str) -> bool:
    return len(words) > 300 or DATELINE.match(words) is not None


def _read_story(lines: Sequence[Line], start: int) -> None:
    """Name what stands between the paragraphs of the story, from the line ``start`` on."""
    for index in range(start, len(lines)):
        line = lines[index]
        if line.kind == "section":
            line.kind = None
        elif line.kind == "byline" and index > start and not _stays_byline(lines, index):
            line.kind = "subheading" if DATED.match(line.words) else None
            continue
        if line.kind is None and index > start and _is_subheading(lines, index):
            line.kind = "subheading"


def _stays_byline(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a byline inside or below the story is one: at its end, or saying when it was updated."""
    dated = DATED.match(lines[index].words)
    if dated is not None:
        return dated["stated"] is not None
    signed = BYLINE.match(lines[index].words)
    if signed is not None and signed["by"]:
        return True
    return index >= len(lines) - 3 and all(
        line.kind is not None or len(line.words) <= 160 for line in lines[index + 1 :]
    )


def _is_subheading(lines: Sequence[Line], index: int) -> bool:
    if index + 1 >= len(lines) or not _reads_as_subheading(lines[index].words):
        return False
    before, after = lines[index - 1], lines[index + 1]
    follows_text = before.kind in ("subheading", "caption", "furniture") or before.words.endswith(_STOPS)
    return follows_text and after.kind in (None, "caption") and _is_paragraph(after.words)


def _reads_as_subheading(words: str) -> bool:
    if _CROSSHEAD.match(words) or (len(words) <= _SHOUTED and _SHOUT.fullmatch(words)):
        return True
    if len(words) > 80 or words.endswith((".", ",", ":", ";", "…", '"', "”", "’", "'", ")")) or _BULLET.match(words):
        return False
    if words.endswith("?") and (len(words) > 45 or _SPEAKER.match(words)):
        return False
    return words[0].isupper() or words[0].isdigit()


def _is_paragraph(words: str) -> bool:
    """Tell whether a line reads as sentences: below a subheading there is text, in a list another item."""
    return len(words) > 80 or (len(words) > 30 and words.endswith(_STOPS))


def _read_tail(lines: Sequence[Line], start: int) -> None:
    """Name the links that a label such as "Read more:" opens."""
    last_running = max((i for i, line in enumerate(lines) if line.kind is None and _is_running(line.words)), default=-1)
    in_list = False
    for index in range(start, len(lines)):
        line = lines[index]
        if line.kind == "furniture":
            in_list = _LINK_LIST.match(line.words) is not None
        elif in_list and line.kind in (None, "subheading") and _is_link(line.words, beyond=index > last_running):
            line.kind = "furniture"
        else:
            in_list = False


def _is_link(words: str, *, beyond: bool) -> bool:
    return len(words) <= 150 and not words.endswith(_STOPS) and (beyond or _BULLET.match(words) is not None)


def _pieces(lines: Sequence[Line]) -> Iterator[Zone]:
    """Yield the zones line by line: captions apart from their credits, the dateline apart from its story."""
    before_story = True
    for line in lines:
        kind = line.kind or "body"
        if kind == "caption":
            yield from _caption_pieces(line, in_head=before_story)
        elif kind == "body":
            yield from _body_pieces(line, opening=before_story)
            before_story = before_story and not _is_running(line.words) and not line.words.endswith(":")
        else:
            yield Zone(kind=kind, start=line.span.start, end=line.span.end)


def _caption_pieces(line: Line, *, in_head: bool) -> Iterator[Zone]:
    credit = _credit_of(line.words)
    start = line.span.start
    if credit is None:
        yield Zone(kind="caption", start=start, end=line.span.end)
        return
    tail: ZoneKind = "credit"
    if line.words[credit.start] == "|":  # "... | Jo Lee/Getty Images Bridge closed": the headline on the same line
        tail = "headline" if in_head else "caption"
    yield from _parts(
        line, [("caption", 0, credit.start), ("credit", credit.start, credit.end), (tail, credit.end, len(line.words))]
    )


def _body_pieces(line: Line, *, opening: bool) -> Iterator[Zone]:
    dateline = DATELINE.match(line.words)
    # Below the opening, capitals before a dash are a list's heading as often as a place.
    if dateline is None or not (opening or "(" in dateline.group() or "/" in dateline.group()):
        yield Zone(kind="body", start=line.span.start, end=line.span.end)
        return
    yield from _parts(line, [("dateline", 0, dateline.end()), ("body", dateline.end(), len(line.words))])


def _parts(line: Line, parts: Sequence[tuple[ZoneKind, int, int]]) -> Iterator[Zone]:
    for kind, start, end in parts:
        words = line.words[start:end]
        if words.strip():
            first = line.span.start + start + len(words) - len(words.lstrip())
            yield Zone(kind=kind, start=first, end=line.span.start + start + len(words.rstrip()))


def _merged(zones: Iterator[Zone]) -> tuple[Zone, ...]:
    """Join neighbouring zones that go on over paragraphs."""
    merged: list[Zone] = []
    for zone in zones:
        if merged and zone.kind == merged[-1].kind and zone.kind in ("body", "furniture", "standfirst", "credit"):
            merged[-1] = Zone(kind=zone.kind, start=merged[-1].start, end=zone.end)
        else:
            merged.append(zone)
    return tuple(merged)
