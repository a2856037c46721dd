"""Bounds: the words around a number that make it about, at least, at most, more or less than that."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from onrecord.reading import AmountBound

_APPROXIMATELY: Final = (
    "about",
    "around",
    "roughly",
    "approximately",
    "some",
    "nearly",
    "almost",
    "close to",
    "an estimated",
    "estimated",
    "estimated at",
    "estimated to be",
    "circa",
    "ca.",
    "c.",
    "approx.",
    "approx",
    "~",
    "≈",
    "virtually",
    "perhaps",
    "maybe",
    "in the region of",
    "in the neighborhood of",
    "on the order of",
    "or so",
    "an average of",
    "nearing",
    "approaching",
)
_WORDS: Final[dict[AmountBound, tuple[str, ...]]] = {
    "more than": (
        "more than",
        "over",
        "well over",
        "above",
        "exceeding",
        "exceeded",
        "exceeds",
        "exceed",
        "in excess of",
        "upwards of",
        "upward of",
        "greater than",
        "larger than",
        "higher than",
        "north of",
        "just over",
        "topping",
        "topped",
        "surpassing",
        "surpassed",
        ">",
    ),
    "at least": ("at least", "no fewer than", "no less than", "not less than", "a minimum of", "minimum of", "≥"),
    "at most": (
        "at most",
        "up to",
        "as many as",
        "as much as",
        "no more than",
        "not more than",
        "a maximum of",
        "maximum of",
        "no greater than",
        "at the most",
        "as high as",
        "≤",
    ),
    "less than": (
        "less than",
        "fewer than",
        "under",
        "just under",
        "below",
        "not quite",
        "just short of",
        "short of",
        "lower than",
        "smaller than",
        "shy of",
        "<",
    ),
}
_OF: Final[dict[str, AmountBound]] = {words: bound for bound, listed in _WORDS.items() for words in listed}
WEAK: Final = frozenset({"over", "under", "above", "below", "some", "about", "around", "perhaps", "maybe"})
"""Words that are bounds only before a figure: "a fight over two bills" is no bound."""
_LOOKBACK: Final = 26  # "in the neighborhood of " has 23
_PHRASES = "|".join(re.escape(each) for each in sorted([*_APPROXIMATELY, *_OF], key=len, reverse=True))
_BEFORE: Final = re.compile(
    rf"(?:(?<=\W)|\A)(?P<words>{_PHRASES})"
    r"(?P<gap>\s{0,2})\Z",
    re.IGNORECASE,
)
# "Handed over 7,600 records": the word belongs to the verb.
_PARTICLE_OF: Final = re.compile(r"\b(?:hand|turn|fork|sign)(?:s|ed|ing)?\s\Z", re.IGNORECASE)
_VERB: Final = 12
"""Characters before "over" that its verb may take."""
_AFTER: Final = re.compile(
    r"\s?(?:(?P<least>\+|[- ]plus\b|\sor\s(?:more|greater|higher|above)\b)"
    r"|(?P<most>\sor\s(?:less|fewer|lower|below|under)\b)|(?P<about>-odd\b|\sor\sso\b|-some\b|-ish\b))",
    re.IGNORECASE,
)


class Around(NamedTuple):
    """What the words around a number make of it."""

    approximate: bool
    bound: AmountBound | None
    strong: bool
    """Whether the words by themselves tell that what follows is an amount."""
    start: int
    """Where the first of those words begins."""
    end: int
    """Where those behind the number end."""


def read_around(text: str, start: int, end: int, floor: int, limit: int, *, figure: bool) -> Around:
    """Return what stands before ``start`` and behind ``end`` of a number.

    Args:
        text: the report.
        start: where the number with its unit begins.
        end: where it ends.
        floor: where the paragraph begins.
        limit: where the paragraph ends.
        figure: it is written in digits, has a scale or a unit, so that "over" and "about" are about it.
    """
    approximate, bound, strong, at = False, None, False, start
    for _ in range(2):  # "at least an estimated 300", "well over about 5"
        found = _BEFORE.search(text, max(floor, at - _LOOKBACK), at)
        if found is None or (not found["gap"] and found["words"][-1].isalnum()):
            break
        words = " ".join(found["words"].lower().split())
        if (words in WEAK and not figure) or (words == "~" and found["gap"]):  # a list's bullet
            break
        first = found.start("words")
        if words == "over" and _PARTICLE_OF.search(text, max(floor, first - _VERB), first):
            break
        if words in _OF:
            bound = bound or _OF[words]
        else:
            approximate = True
        strong = strong or words not in WEAK
        at = found.start("words")
    behind = _AFTER.match(text, end, limit)
    if behind:
        approximate = approximate or behind["about"] is not None
        if behind["least"]:
            bound = bound or "at least"
        elif behind["most"]:
            bound = bound or "at most"
    return Around(approximate, bound, strong, at, behind.end() if behind else end)
