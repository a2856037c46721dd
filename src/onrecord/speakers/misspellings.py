"""Slips of the pen: a surname that differs from a known one by a letter too many, too few, or out of place.

Of 780 people of the training reports four are named with such a slip in one of their statements. A letter
for another is no slip here: Walker and Walter are two surnames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

SHORTEST: Final = 5
LONGEST: Final = 24
"""Longer keys are no one surname; every letter of a known one costs an entry."""


@dataclass(slots=True)
class Spellings:
    """The surnames of a report, found again through a slip."""

    _surnames: set[str] = field(default_factory=set)
    _shorter: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """For each key with one letter left out: the surnames that it comes from."""

    def add(self, surname: str) -> None:
        """Make a surname known (folded)."""
        if surname not in self._surnames and SHORTEST <= len(surname) <= LONGEST:
            self._surnames.add(surname)
            for key in _without_a_letter(surname):
                self._shorter[key].append(surname)

    def meant_by(self, word: str) -> Iterator[str]:
        """Yield the known surnames that ``word`` (folded) is a slip for; a plural is none."""
        if not SHORTEST <= len(word) <= LONGEST:
            return
        for surname in self._shorter.get(word, ()):
            if surname[0] == word[0]:
                yield surname
        letters = sorted(word)
        for key in _without_a_letter(word):
            if key in self._surnames and key[0] == word[0] and word != f"{key}s":
                yield key
            for surname in self._shorter.get(key, ()):
                if surname != word and surname[0] == word[0] and sorted(surname) == letters:
                    yield surname


def _without_a_letter(word: str) -> Iterator[str]:
    """Yield every key that one letter left out of a word makes, each once."""
    for at in range(len(word)):
        if at == 0 or word[at] != word[at - 1]:
            yield word[:at] + word[at + 1 :]
