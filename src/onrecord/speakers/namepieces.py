"""Names whose pieces the heads tag one by one: around a nickname in marks, behind initials, before "& Sons"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.document import Span
from onrecord.speakers.markables import Markable
from onrecord.speakers.namewords import fold, load_given_names, load_nicknames
from onrecord.speakers.register import look_up

NICKNAMED: Final = re.compile(
    r"""(?P<given>(?:[A-Z][\w.’-]{0,20}[ ]){1,3})
    (?:(?P<bracket>\()|[“"‘']|''|``) (?P<nick>[A-Z][\w.-]{1,15}(?:[ ][A-Z][\w-]{1,15})?) (?(bracket)\)|(?:''|[”"’']))
    [ ](?=[^\W\d_])""",
    re.VERBOSE,
)
"""What stands before a surname: "William J. “Bill” ", "Michael A. (Mike) "."""
MOST_BEFORE_BRACKET: Final = 2
"""Given names; more are the residue of a page's links: "Ada Quill Adelaide (Ada) Maria QuillCouncil votes"."""
PARTICLES: Final = re.compile(r"(?:(?:van|von|der|den|de|del|della|di|da|dos|do|la|le|el|al|bin|ten|ter|wa|arap)[ ])*")
"""What a surname behind a nickname may begin with, and the heads leave out: "Jan “Jake” van der Moor"."""
INITIALS: Final = re.compile(r"(?:[A-Z]\.[ ]?){2,3}")
INITIALS_BEFORE: Final = re.compile(r"(?<![\w.&])(?<!\b[Tt]he )(?<!\d )(?:[A-Z]\.[ ]?){1,2}[A-Z]\.[ ]\Z")
"""What stands before a lone surname; not "the F.D.A.", nor "at 5 P.M."."""
INITIAL_BEFORE: Final = re.compile(
    r"(?:(?:\A|(?<=\n)|(?<=[“‘(\"]))(?![AQ]\.)|(?<=, )|(?<=\b[Bb]y )|(?<=\bwith )|(?<=\bto )|(?<=\bof )|(?<=\bfrom )"
    r"|(?<=\bM[rs] )|(?<=\bM[rs]\. )|(?<=\bDr )|(?<=\bDr\. ))[A-Z]\.[ ]\Z"
)
"""A lone initial before a name, where no sentence ends in it: "K. Dev Menon" at the head of a line, "by K. Menon"."""
LONGEST_INITIALS: Final = 10
DOTTED_PLACES: Final = frozenset(("D.C.", "N.C.", "N.D.", "N.H.", "N.J.", "N.M.", "N.Y.", "R.I.", "S.C.", "S.D."))
FIRM: Final = re.compile(r"[ ]&[ ](?:Sons?|Daughters?|Company|Brothers|Partners|Associates|(?:Co|Bros)\b\.?)(?!\w)")


def put_together(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Return names, by start and apart, of which those that are pieces of one are that one.

    "William J." and "Dunmore" around “Bill” are one man, "A.K." before "Moreland" is no place, "Tallow & Sons" a firm.
    """
    whole: list[Markable] = []
    initials = _initials(text, names)
    for at, name in enumerate(names):
        before = whole[-1] if whole else None
        if before is not None and name.span.start < before.span.end:
            continue  # a piece, taken along
        whole.append(_firm(text, _nicknamed(text, names, at) or _initialled(text, name, before, initials)))
        if before is not None and whole[-1].span.start < before.span.end:
            del whole[-2]
    return whole


def _nicknamed(text: str, names: Sequence[Markable], at: int) -> Markable | None:
    """Return a person from the given name on over a nickname to the surname, if the name at an index begins so."""
    first = names[at]
    match = NICKNAMED.match(text, first.span.start) if first.kind == "person" else None
    if match is None or first.span.end > match.end() or not _are_given(match):
        return None
    last = next((each for each in names[at + 1 : at + 4] if each.span.end > match.end()), None)
    if last is None or last.kind != "person":
        return None
    if last.span.start > match.end() and not PARTICLES.fullmatch(text, match.end(), last.span.start):
        return None
    return replace(first, span=Span(first.span.start, last.span.end))


def _are_given(match: re.Match[str]) -> bool:
    """Tell whether given names stand before what may be a nickname: "Ilven ‘Crooked’ Brandt" names two."""
    words, nick = match["given"].split(), fold(match["nick"])
    if match["bracket"] and len(words) > MOST_BEFORE_BRACKET:
        return False
    known = load_given_names().get(fold(words[0]))
    given = len(words) > 1 or INITIALS.fullmatch(words[0]) is not None or (known and not known.mostly_surname)
    return bool(given) and (not match["bracket"] or nick in load_nicknames() or nick in load_given_names())


def _initials(text: str, names: Sequence[Markable]) -> dict[str, set[str]]:
    """Return for each surname that stands behind given names the first letters of those."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        words = name.span.of(text).split()
        if name.kind == "person" and len(words) > 1:
            found[words[-1]].add(words[0][0])
    return found


def _initialled(
    text: str, name: Markable, before: Markable | None, initials: Mapping[str, Collection[str]]
) -> Markable:
    """Return a name with the lone initial before it, a lone surname with initials, however tagged: "A.K. Moreland".

    Not what the report's full names speak against: with a Teo Brandt, "She left the C.E.O. Brandt stayed" has no C.E.O.
    """
    floor = max(0, name.span.start - LONGEST_INITIALS)
    lone = INITIAL_BEFORE.search(text, floor, name.span.start) if name.kind == "person" else None
    if lone is not None and (before is None or before.span.end <= lone.start()):
        return replace(name, span=Span(lone.start(), name.span.end))
    match = INITIALS_BEFORE.search(text, floor, name.span.start) if name.kind == "person" else None
    if match is None or " " in name.span.of(text) or _is_place(match.group().strip()):
        return name
    if match.group()[0] not in initials.get(name.span.of(text), match.group()[0]):
        return name
    taken = before is not None and before.span.end > match.start()
    if taken and before is not None and not INITIALS.fullmatch(before.span.of(text)):
        return name
    return replace(name, span=Span(match.start(), name.span.end))


def _is_place(letters: str) -> bool:
    """Tell whether letters with stops are a country, a body or a state: "U.S.", "U.N.", "N.Y."; not "A.K."."""
    entry = look_up(letters)
    return letters in DOTTED_PLACES or (entry is not None and entry.kind != "state")


def _firm(text: str, name: Markable) -> Markable:
    """Return a firm for the name that "& Sons" stands behind."""
    match = FIRM.match(text, name.span.end)
    return replace(name, kind="organization", span=Span(name.span.start, match.end())) if match else name
