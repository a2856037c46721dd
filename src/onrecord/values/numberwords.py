"""Number words: "one hundred and twenty thousand", word by word, to one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES: Final = {word: value for value, word in enumerate(_ONES.split())}
TENS: Final = {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
SCALES: Final = {
    "hundred": 2,
    "thousand": 3,
    "lakh": 5,
    "lakhs": 5,
    "million": 6,
    "crore": 7,
    "crores": 7,
    "billion": 9,
    "trillion": 12,
    "quadrillion": 15,
}
"""Powers of ten; a billion is a thousand million, as in all news of today."""
_NO_SCALE = 99


@dataclass(slots=True)
class NumberWords:
    """The sum of the number words read so far.

    >>> words = NumberWords()
    >>> [words.add(word) for word in ("three", "hundred", "twelve", "million", "and")]
    [True, True, True, True, False]
    >>> words.value
    312000000.0
    """

    total: float = 0.0
    """What is closed by a scale: the thousands of "two thousand and twelve"."""
    current: float = 0.0
    """What a scale may still multiply."""
    smallest: int = _NO_SCALE
    """The last scale, which the next has to be below."""
    last: Literal["", "one", "ten", "scale"] = ""
    bare: float | None = None
    """What the last scale multiplied."""

    @property
    def value(self) -> float:
        """The number as far as it is read."""
        return self.total + self.current

    @property
    def scale(self) -> int:
        """The power of ten that the number ends in; 0 where it ends in other words."""
        return self.smallest if self.total and not self.current and self.smallest < _NO_SCALE else 0

    def add(self, word: str, *, with_and: bool = False) -> bool:
        """Add a word in lower case; return False, and add nothing, where it cannot go on with the number."""
        if word in SCALES:
            return not with_and and self._multiply(SCALES[word])
        if word not in ONES and word not in TENS:
            return False
        value = float(ONES[word] if word in ONES else TENS[word])
        if not self._goes_on(value, with_and=with_and):
            return False
        self.current += value
        self.last = "ten" if word in TENS else "one"
        return True

    def add_half(self) -> None:
        """Add the half of "two and a half million", or of "a million and a half"."""
        if self.scale:
            self.total += 0.5 * 10.0**self.smallest
            self.bare = (self.bare or 1.0) + 0.5
        else:
            self.current += 0.5

    def _goes_on(self, value: float, *, with_and: bool) -> bool:
        """Tell whether a number below a hundred can follow: after a scale, or "five" after "twenty"."""
        if not self.last:
            return True
        if self.last == "ten":
            return 0 < value < 10 and not with_and
        return self.last == "scale" and value > 0

    def _multiply(self, power: int) -> bool:
        if not self.last or (self.last != "scale" and self.current == 0):
            return False
        if power == SCALES["hundred"]:
            if not 0 < self.current < 100:
                return False
            self.current *= 100
        elif power < self.smallest:
            self.bare = self.current or None
            self.total += (self.current or 1.0) * 10.0**power
            self.current, self.smallest = 0.0, power
        elif self.current == 0:  # "a hundred thousand million"
            self.total *= 10.0**power
        else:
            return False
        self.last = "scale"
        return True
