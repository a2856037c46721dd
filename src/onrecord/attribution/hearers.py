"""Who hears is not who tells: in "the jury heard that Pell lied" the jury is no source and no content.

Reports from courts say so all the time, and the network, which read few of them, takes whom something is told for who
tells it, or for a part of what is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from onrecord.attribution.linking import Attribution
from onrecord.document import Span
from onrecord.wordlists import word_set

BENCHES: Final = word_set(
    "court courts jury juries juror jurors inquest inquests inquiry inquiries tribunal tribunals hearing magistrates"
)
"""Those before whom others speak: what they heard, somebody told them."""
HEARD: Final = re.compile(
    r"(?:(?:has|have|had)[ ])?(?:(?:also|previously|earlier|later)[ ])?(?:heard|hears?|told)\b", re.IGNORECASE
)
LAST_WORD: Final = re.compile(r"(\w+)[\s,]*\Z")
IN_PLACE: Final = re.compile(
    r"\b(?:in|at|outside|inside|near|from|before|after|during)[ ](?:(?:the|a|an|his|her|their)[ ])?"
    r"(?:(?!(?:the|a|an)\b)\w+[ ]){0,2}\w+[\s,]*\Z",
    re.IGNORECASE,
)
"""What is said of somebody else who heard: "reporters in court", "after the hearing"."""
CLAUSE_ENDS: Final = re.compile(r"[\s.]*(?:\n|\Z)")
_BE: Final = r"(?:am|is|are|was|were|(?:has|have|had)[ ](?:\w+ly[ ]|also[ ]|since[ ])?been)"
TOLD: Final = re.compile(
    rf"\b{_BE}[ ](?:\w+ly[ ]|also[ ]|then[ ]|later[ ]|not[ ]|never[ ])?(?:told|informed|reminded|assured|notified)\b",
    re.IGNORECASE,
)
REACH: Final = 40
"""Code points of the auxiliaries and adverbs before the last word of a cue."""
BETWEEN: Final = re.compile(r"[\s,]*\Z")
ASKED: Final = re.compile(r"(?:asked|pressed|questioned|quizzed|challenged)\b", re.IGNORECASE)
ASKED_BY: Final = re.compile(rf"{ASKED.pattern}[ ]by\Z", re.IGNORECASE)
QUESTION: Final = re.compile(r"(?:[^,]{1,60},[ ])?(?:whether|if|about|why|how|what|who|when|where)\b", re.IGNORECASE)
"""A question that is reported, behind who asks it at most: "Asked by a reporter, Teo Brandt, whether she fell"."""
COUNSEL: Final = re.compile(r",[ ](?:defending|prosecuting|mitigating|cross-examining)(?:[ ](?:her|him|them))?,")
"""What counsel do in court between commas behind their names; no cue."""


def part_hearers(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions without those to whom something is told among sources and contents.

    "A court was told that ..." and "A court heard that ..." keep no source, "..., a jury has been told" has the jury in
    no piece of content; nor is "Brandt, defending, said" told twice, and "Asked by Brandt, she said no" Brandt's.
    """
    return [_parted(text, each) for each in attributions if not _is_counsel(text, each) and not _answers(text, each)]


def asks_the_speaker(text: str, attribution: Attribution) -> bool:
    """Tell whether an attribution is what somebody was asked who speaks next: "Asked whether he fell, Quy laughed"."""
    cue = attribution.cue
    return len(cue) == 1 and not attribution.source and ASKED.fullmatch(text, cue[0].start, cue[0].end) is not None


def _answers(text: str, attribution: Attribution) -> bool:
    """Tell whether the content answers its source: in "Asked by Brandt on Monday, she said no" nothing else is."""
    if len(attribution.cue) != 1 or len(attribution.source) != 1:
        return False
    cue, source, content = attribution.cue[0], attribution.source[0], attribution.content[0]
    if not cue.start < source.start < content.start or "," not in text[source.end - 1 : content.start]:
        return False
    if QUESTION.match(content.of(text)):
        return False
    return ASKED_BY.match(text[cue.start : source.start].rstrip()) is not None


def _parted(text: str, attribution: Attribution) -> Attribution:
    start = _start_of_told(text, attribution.cue)
    if start is None and (_was_asked(text, attribution) or _has_heard(text, attribution)):
        return replace(attribution, source=())
    if start is None:
        return attribution
    source = tuple(each for each in attribution.source if not _stands_before(text, each, start))
    content = tuple(each for each in attribution.content if not _stands_before(text, each, start))
    return replace(attribution, source=source, content=content or attribution.content)


def _start_of_told(text: str, cue: Sequence[Span]) -> int | None:
    """Return where the verb of a cue begins that says that somebody was told something; None for any other cue."""
    if len(cue) != 1:
        return None
    for found in TOLD.finditer(text, max(0, cue[0].start - REACH), cue[0].end):
        if found.end() == cue[0].end:
            return found.start()
    return None


def _was_asked(text: str, attribution: Attribution) -> bool:
    """Tell whether the source of a question was asked it, by the comma between: "Quy, asked if he knew, laughed"."""
    if len(attribution.cue) != 1 or len(attribution.source) != 1:
        return False
    cue, source = attribution.cue[0], attribution.source[0].of(text).rstrip(" ,")
    after = attribution.source[0].start + len(source)
    parted = after < cue.start and text[after : cue.start].strip() == ","
    return parted and "," not in source and ASKED.match(text, cue.start, cue.end) is not None


def _has_heard(text: str, attribution: Attribution) -> bool:
    """Tell whether the source heard what is said: "the jury heard that ...", and a headline's "..., jury told"."""
    if len(attribution.cue) != 1 or len(attribution.source) != 1:
        return False
    cue, source = attribution.cue[0], attribution.source[0]
    verb = HEARD.fullmatch(text, cue.start, cue.end)
    if verb is None or not _stands_before(text, source, cue.start) or not hears(source.of(text)):
        return False
    return not verb[0].endswith("told") or CLAUSE_ENDS.match(text, cue.end) is not None


def hears(subject: str) -> bool:
    """Tell whether a subject is one before whom others speak: "Quarn Crown Court", "the jury"; not "men in court"."""
    end = subject[-REACH:]
    found = LAST_WORD.search(end)
    return found is not None and found[1].lower() in BENCHES and not IN_PLACE.search(end)


def _stands_before(text: str, piece: Span, start: int) -> bool:
    """Tell whether a piece is the subject of the verb that begins at an offset."""
    return piece.end <= start and BETWEEN.match(text, piece.end, start) is not None


def _is_counsel(text: str, attribution: Attribution) -> bool:
    cue = attribution.cue
    return len(cue) == 1 and COUNSEL.fullmatch(text, max(0, cue[0].start - 2), cue[0].end + 1) is not None
