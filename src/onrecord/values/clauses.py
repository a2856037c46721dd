"""Whether an expression of time belongs to a cue or trigger, by what stands between them and around it.

There is no parser: words that open another clause, commas and the order of things tell. Where they say nothing for it,
the time is not taken: a wrong date is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from onrecord.document import Span
from onrecord.reading import Time

FAR: Final = 80
"""Characters between a cue and its time, content and source not counted: "told reporters at the White House on"."""
LONGEST_SENTENCE: Final = 2_000
"""Characters on each side of a cue in which its sentence is looked for: no sentence of news is longer."""

# What opens another clause, or puts the time at something other than the saying or the deed.
_BREAK: Final = re.compile(
    r"[;:.!?]\s|\b(?:that|who|whom|whose|which|when|where|while|because|although|though|if|unless|as|but|whether"
    r"|after|before|since|until|ahead|despite|saying|adding)\b|,\s(?:and|or|so|yet)\s"
)
# ", the row forced her to resign on" is another clause; ", in an interview on" is none.
_GOES_ON: Final = re.compile(r",\s(?!(?:in|at|on|during|late|early|last|via|speaking)\b)[a-z]")
# A time behind one of these is told of what they open: "Ilven, who left on Thursday, said".
_SUBORDINATE: Final = re.compile(r"\b(?:who|whom|whose|which|where|although|though|if|because|unless|until)\b")
_CLAUSE: Final = 300
"""Characters before a time in which its clause is looked for a word that opens it."""
_NOT_ITS_OWN: Final = re.compile(
    r"\b(?:after|before|since|until|till|ahead of|of|about|regarding|concerning|following|from|through|to|between|by"
    r"|over|for|than|prior to|against|with|and)\s(?:the\s|last\s)?$"
)
_OPENS: Final = re.compile(
    r"[\"'“‘(\s]*(?:[Aa]lso\s)?(?:(?:[Oo]n|[Ii]n|[Ll]ate|[Ee]arly|[Aa]t|[Dd]uring)\s(?:[\w’'-]{1,20}\s){0,8})?$"
)
# "In a May 2 letter, she wrote", "In Friday's statement, she said".
_OPENED: Final = re.compile(r"(?:['’]s)?(?:\s[\w’'-]{1,20}){0,3},")
_OWNER: Final = ("'s", "’s")
# "During Thursday's debate" right behind the cue; "finish in last week's vote" is of something else.
_OWNING: Final = re.compile(r"(?:^|\s)(?:during|at|in)\s$")
_NEAR: Final = 12
"""Characters between a cue and "Thursday's": "said during "."""
# "The 2016 race", "its July vote", "a May 9 deadline": says which one it is.
_DETERMINED: Final = re.compile(r"(?:\b(?:the|an?|his|her|its|their|our|my)|['’]s)\s$", re.IGNORECASE)
_DESCRIBED: Final = re.compile(r"(?:\b(?:the|an?|his|her|its|their|our|my)|['’]s)\s[a-z-]{1,15}\s$", re.IGNORECASE)
_YEAR_OR_MONTH: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
_NOUN_AFTER: Final = re.compile(r"\s(?!(?:and|or|in|at|on|by|as|with|to|of|for|from|when|that|because|but)\b)[\w“‘\"']")


def opens(sentence: Span, time: Time, text: str) -> bool:
    """Tell whether a time opens its sentence: "On Thursday, she said", "In a letter of Monday, she wrote"."""
    before = text[sentence.start : time.span.start]
    if len(before) > FAR or not _OPENS.fullmatch(before) or _NOT_ITS_OWN.search(before):
        return False
    return _OPENED.match(text, time.span.end, sentence.end) is not None


def distance(anchor: Span, time: Time, text: str, passed: Sequence[Span]) -> int | None:
    """Return the characters between a cue and a time of its clause, ``passed`` not counted; None for another clause."""
    between = _between(anchor, time.span, text, passed)
    if between is None or len(between) > FAR or _BREAK.search(between) or not _its_own(time, text, between):
        return None
    if anchor.end <= time.span.start and _GOES_ON.search(between):
        return None
    return len(between)


def follows_another(anchor: Span, time: Time, cues: Sequence[Span]) -> bool:
    """Tell whether another cue stands between a cue and the time behind it: "hinted at it and vowed on Monday".

    ``cues`` are all of the sentence, by start.
    """
    first = bisect_left(cues, anchor.end, key=lambda cue: cue.start)
    return first < len(cues) and cues[first].end <= time.span.start


def is_of_another(sentence: Span, cue: Span, source: Sequence[Span], time: Time, text: str) -> bool:
    """Tell whether a time before the cue is of another clause: of a relative one, or of one with its own subject.

    "Ilven, who left on Thursday, said", "The pier sank in 1987, and Ilven says", "at Monday's vote, a day that Ilven
    regrets". "Speaking in Belvar on Thursday, Ilven said" is of the saying.
    """
    if time.span.start >= cue.start:
        return False
    behind = [piece.end for piece in source if piece.end <= time.span.start]
    since = max(max(behind, default=sentence.start), time.span.start - _CLAUSE)
    if _SUBORDINATE.search(text, since, time.span.start):
        return True
    ahead = [piece.start for piece in source if time.span.end <= piece.start < cue.start]
    return bool(ahead) and bool(text[time.span.end : min(ahead)].strip(" ,\"'“‘"))


def _between(anchor: Span, time: Span, text: str, passed: Sequence[Span]) -> str | None:
    """Return the words between a cue and a time, without those of content and source; None where they overlap."""
    if anchor.overlaps(time):
        return None
    gap = Span(anchor.end, time.start) if anchor.end <= time.start else Span(time.end, anchor.start)
    if gap.size > LONGEST_SENTENCE:
        return None
    pieces, place = [], gap.start
    for piece in sorted(piece for piece in passed if piece.overlaps(gap)):
        pieces.append(text[place : max(place, piece.start)])
        place = max(place, piece.end)
    pieces.append(text[place : gap.end])
    return "".join(pieces)


def _its_own(time: Time, text: str, between: str) -> bool:
    """Tell "said Thursday", "during Thursday's debate" from "after Thursday's debate" and "the Thursday debate"."""
    before = text[max(0, time.span.start - 24) : time.span.start]
    if _NOT_ITS_OWN.search(before):
        return False
    if text.startswith(_OWNER, time.span.end):
        return len(between) <= _NEAR and _OWNING.search(between) is not None
    return not _says_which(time, text, before)


def _says_which(time: Time, text: str, before: str) -> bool:
    if not _NOUN_AFTER.match(text, time.span.end):
        return False
    whole = _YEAR_OR_MONTH.fullmatch(time.value or "") is not None
    return _DETERMINED.search(before) is not None or (whole and _DESCRIBED.search(before) is not None)
