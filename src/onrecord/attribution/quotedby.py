"""Who is quoted, where the report also says by whom: "Torv was quoted as saying by the agency".

Behind "by" the network looks for the speaker, and takes the one quoted into the content or leaves them out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from onrecord.attribution.linking import Attribution
from onrecord.document import Span

QUOTED: Final = re.compile(
    r"(?P<cue>\b(?:is|are|was|were|(?:has|have|had) been) (?:\w{2,20} ){0,2}?(?:quoted|cited)(?: on \w{3,12})? as"
    r" (?:saying|telling \w{2,20}(?: \w{2,20})?))(?P<by>(?: on \w{3,12})? by )(?=\w)"
)
BREAKS: Final = r",;:.!?\"“”»—–"
SUBJECT: Final = re.compile(
    rf"(?:\A|[\n{BREAKS}]['’]?\s?)(?P<subject>[^\s{BREAKS}]+(?: [^\s{BREAKS}]+){{0,7}})(?<! and)(?<! but) \Z"
)
"""At most eight words between the last break and the cue; more are no name, or one that would be cut."""
WORD: Final = re.compile(r"\w")
OPENING: Final = re.compile(r"(?:and|but|while|that|because)\s+")
REACH: Final = 120


class _Quoted(NamedTuple):
    subject: Span
    cue: Span
    by: int
    """Where the quoting one begins."""


def give_to_quoted(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions with what an agency quotes given to whom it quotes, one for each such cue."""
    quoted = list(_quoted(text)) if " as saying" in text or " as telling" in text else []  # as in few reports
    if not quoted:
        return list(attributions)
    kept: list[Attribution] = []
    seen: set[Span] = set()
    for each in attributions:
        found = _at(each, quoted)
        if found is None:
            kept.append(each)
            continue
        content = tuple(rest for piece in each.content for rest in _without(text, piece, found))
        if content and found.cue not in seen:
            seen.add(found.cue)
            kept.append(replace(each, source=(found.subject,), cue=(found.cue,), content=content))
    return kept


def _quoted(text: str) -> Iterator[_Quoted]:
    for match in QUOTED.finditer(text):
        subject = SUBJECT.search(text, max(0, match.start() - REACH), match.start())
        if subject is not None:
            words = Span(*subject.span("subject"))
            opening = OPENING.match(text, words.start, words.end)
            words = Span(opening.end() if opening else words.start, words.end)
            yield _Quoted(words, Span(*match.span("cue")), match.end())


def _at(attribution: Attribution, quoted: Sequence[_Quoted]) -> _Quoted | None:
    """Return the cue that an attribution has, or has a part of, if the one behind "by" is its source."""
    for cue in attribution.cue:
        index = bisect_left(quoted, cue.end, key=lambda each: each.cue.start) - 1
        if index < 0 or not quoted[index].cue.overlaps(cue):
            continue
        if all(source.start >= quoted[index].by - len("the ") for source in attribution.source):
            return quoted[index]
    return None


def _without(text: str, piece: Span, quoted: _Quoted) -> Iterator[Span]:
    """Yield what of a piece of content lies before the one quoted and behind "by"."""
    if not piece.overlaps(Span(quoted.subject.start, quoted.by)):
        yield piece
        return
    parts = ((piece.start, min(piece.end, quoted.subject.start)), (max(piece.start, quoted.by), piece.end))
    for start, end in parts:
        if start < end and WORD.search(text, start, end):
            yield Span(start, end).trimmed(text)
