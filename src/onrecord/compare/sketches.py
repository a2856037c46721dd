"""What a report is told by among others of its days: who is in it, its rarer words, its headline, what it quotes.

A sketch is made from one report alone, but for the weights of who is in it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar
from zlib import crc32

from onrecord.compare.wording import FUNCTION_WORDS

Key = TypeVar("Key", bound=Hashable)
READ: Final = 20_000
"""Characters of a report that are looked at: of a longer one (a transcript, a live page) the first."""
KEPT: Final = 80
"""Words of a sketch, those that tell most."""
RUN: Final = 5
"""Words to a run of quoted ones."""
RAREST: Final = 0.002
"""Share of reports that a word which the list lacks is taken to be in."""
NAME: Final = 3.0
"""What a word of a headline weighs that no text has in small letters: a name, which a whole week's headlines have."""
TOLD: Final = frozenset({"headline", "standfirst", "subheading", "body", "pullquote", "blockquote", "caption"})
"""Zones in which a report tells something at all."""
_WORD: Final = re.compile(r"\b[a-z]{3,40}\b")
_ANY_WORD: Final = re.compile(r"\w{1,60}")
# A quotation of some words; a straight mark may open or close.
_QUOTED: Final = re.compile('[“"]([^“”"\n]{15,1500})[”"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What a report is told by."""

    day: date
    people: Mapping[int, float]
    """The record's numbers of who is in it, with what that tells."""
    words: Mapping[str, float]
    """Its words in small letters with what they tell; the squares add up to 1."""
    title: Mapping[str, float]
    """The words of its headline, likewise."""
    quoted: frozenset[int]
    """The hashes of runs of five words inside quotation marks."""


def sketch(
    *, day: date, people: Mapping[int, float], title: str | None, text: str, zones: Collection[tuple[str, int, int]]
) -> Sketch:
    """Return what a report is told by."""
    told = _told(text, zones)
    return Sketch(
        day=day,
        people=people,
        words=_weighted(Counter(word for word in _WORD.findall(told) if word not in FUNCTION_WORDS)),
        title=_title(title or "", told),
        quoted=frozenset(run for found in _QUOTED.finditer(told) for run in _runs(found[1])),
    )


def _told(text: str, zones: Collection[tuple[str, int, int]]) -> str:
    """Return the parts of a report that tell something; all of it where no part is known."""
    told = "\n".join(text[start:end] for kind, start, end in zones if kind in TOLD)
    return (told or text)[:READ]


def _weighted(counted: Mapping[str, int]) -> dict[str, float]:
    weights = {word: (1 + math.log(times)) * tells(word) for word, times in counted.items()}
    best = sorted(weights, key=lambda word: (-weights[word], word))[:KEPT]
    return unit({word: weights[word] for word in best})


def _title(title: str, told: str) -> dict[str, float]:
    words = {word.casefold() for word in _ANY_WORD.findall(title) if len(word) > 2}
    common = known_words()
    small = set(_WORD.findall(told))
    kept = words - FUNCTION_WORDS
    return unit({word: tells(word) if word in common or word in small else NAME for word in kept})


def unit(weights: Mapping[Key, float]) -> dict[Key, float]:
    """Return weights as they are when their squares add up to 1."""
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {key: weight / length for key, weight in weights.items()}


def _runs(quoted: str) -> list[int]:
    words = [word.casefold() for word in _ANY_WORD.findall(quoted)]
    return [crc32(" ".join(words[at : at + RUN]).encode("utf-8", "replace")) for at in range(len(words) - RUN + 1)]


def tells(word: str) -> float:
    """Return what a word tells: the logarithm of how many reports there are to one that has it."""
    return -math.log(known_words().get(word, RAREST))


@cache
def known_words() -> Mapping[str, float]:
    """Return the share of reports that have each word which is not rare, from ``commonwords.tsv``."""
    lines = files("onrecord.compare").joinpath("commonwords.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: int(share) / 10_000 for word, share in rows}
