"""The words of a text as they are compared: small letters, one kind of apostrophe, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from onrecord.document import Span
from onrecord.wordlists import word_set

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
COMMON: Final = word_set(
    """about after again against also although among another around back because been before being below between
    both came caption come could does doing down during each enlarge even every file first from further general
    former going have having here himself image images into just last left like made make many monday tuesday
    wednesday thursday friday saturday sunday more most much national near next october november december
    january february march april june july august september only other over photo picture president right said
    same says seen senate should since some speak speaks speaking such take than that their them then there
    these they this those through toggle during together under united until very view walks washington well were
    what when where which while will with without would year years arrives meeting"""
)
"""Words that any report may have, or any caption: that a story has them too says nothing."""


ORDINALS: Final = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth", "7th": "seventh",
    "8th": "eighth", "9th": "ninth", "10th": "tenth",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of some spans of a text, in their order. Where they stand is only looked at where a check asks."""

    plain: tuple[str, ...]
    _text: str
    _of: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, spans: Iterable[Span]) -> Words:
        """Take the words of spans.

        >>> Words.of("Don’t go there", [Span(0, 8)]).plain
        ("don't", 'go')
        """
        spans = tuple(spans)
        return cls(tuple([plain(word) for span in spans for word in WORD.findall(text, *span)]), text, spans)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where each word stands."""
        return tuple(Span(*found.span()) for span in self._of for found in WORD.finditer(self._text, *span))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self.plain):
            places.setdefault(word, []).append(place)
        return places

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def places_of(self, word: str) -> Sequence[int]:
        """Return where a word stands, as positions among the words."""
        return self._places.get(word, ())

    def find(self, wanted: Sequence[str]) -> Iterator[int]:
        """Yield each position where the words begin that are ``wanted``, one after the other."""
        if wanted:
            length = len(wanted)
            rarest = min(range(length), key=lambda place: len(self.places_of(wanted[place])))
            for place in self.places_of(wanted[rarest]):
                start = place - rarest
                if start >= 0 and self.plain[start : start + length] == tuple(wanted):
                    yield start


def plain(word: str) -> str:
    """Return a word as it is compared: without the ending of a genitive, "2nd" as "second"."""
    word = word.replace("’", "'").lower().removesuffix("'s")
    return ORDINALS.get(word, word)


def telling(words: Iterable[str]) -> list[str]:
    """Return the words that tell what a text is about: four letters or more, and not in every report."""
    return [word for word in words if len(word) > 3 and word not in COMMON and not word.isdigit()]
