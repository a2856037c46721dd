"""What the readers of expressions share: the scene that they read in, and the draft that they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.reading import TimeModifier, TimeOpen, TimeType
from onrecord.values.timecalendar import Anchor
from onrecord.values.timetense import FAR, Tense, tense_around
from onrecord.values.timetokens import Tokens
from onrecord.values.timewords import Value


@dataclass(slots=True)
class Draft:
    """An expression being read: tokens ``[start, end)`` of a paragraph, and what is known of its value."""

    start: int
    end: int
    type: TimeType
    value: str | None
    unit: str
    """What it is precise to: ``day``, ``month`` ...; ``part`` of a day; ``clock``; ``duration`` or ``set``."""
    day: date | None = None
    """The first day of it, for what is reckoned from it."""
    modifier: TimeModifier | None = None
    anchored: bool = False
    open: TimeOpen | None = None
    month_day: tuple[int, int | None] | None = None
    """Month and day of a date that the report gives without a year."""
    clock: str | None = None
    """A bare time of day, such as ``T14:30``, or two of them, parted by a slash."""


@dataclass(slots=True)
class Scene:
    """Where an expression is read: its paragraph, the publication date, and the dates of the report so far."""

    tokens: Tokens
    anchor: Anchor | None
    last: Draft | None = None
    """The last date of the report before the expression."""
    here: Draft | None = None
    """The last date of the paragraph before the expression."""
    may_is_a_name: bool = False

    def letters(self, start: int, end: int) -> str:
        """Return the letters of the tokens ``[start, end)``."""
        return self.tokens.letters[start:end]

    def word(self, index: int) -> str:
        """Return a word in lower case; nothing beyond the paragraph."""
        words = self.tokens.words
        return words[index] if 0 <= index < len(words) else ""

    def value_of(self, start: int, end: int, letters: str) -> Value:
        """Return the value of the first token of one of the classes ``letters``; None where there is none."""
        for index in range(start, end):
            if self.tokens.letters[index] in letters:
                return self.tokens.values[index]
        return None

    def number_of(self, start: int, end: int, letters: str) -> int | None:
        """Return the value of the first such token that is a whole number."""
        for index in range(start, end):
            value = self.tokens.values[index]
            if self.tokens.letters[index] in letters and isinstance(value, int):
                return value
        return None

    def tense(self, start: int, end: int, far: int = FAR) -> Tense:
        """Return the tense around the tokens ``[start, end)``, ``far`` tokens looked at on each side."""
        return tense_around(self.tokens.words, self.tokens.capital, start, end, far)


SHIFTS: Final = {"L": -1, "l": -1, "H": 0, "x": 1, "{": -1, "f": 1}
"""What a word before a unit or a name says: last, past, this, next, previous, following."""


def shift_of(letters: str) -> int | None:
    """Return the shift that the first letters say; None for none. "This past" is past, "this coming" coming.

    >>> shift_of("HlU"), shift_of("LU"), shift_of("W")
    (-1, -1, None)
    """
    if letters[:1] not in SHIFTS or not letters:
        return None
    return SHIFTS[letters[1]] if letters[0] == "H" and letters[1] in SHIFTS else SHIFTS[letters[0]]


def undated(start: int, end: int, unit: str, *, kind: TimeType = "date") -> Draft:
    """Return the draft of what only a publication date could settle."""
    return Draft(start, end, kind, None, unit, open="no publication date")


def unsettled(start: int, end: int, unit: str, why: TimeOpen, *, kind: TimeType = "date") -> Draft:
    """Return the draft of what stays open for another reason."""
    return Draft(start, end, kind, None, unit, open=why)
