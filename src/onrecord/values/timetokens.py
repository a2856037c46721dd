"""A paragraph to tokens: its words, figures and marks, and one letter of the grammar for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.document import Span
from onrecord.values.timegrammar import NEEDED
from onrecord.values.timeholidays import NAMES
from onrecord.values.timewords import (
    CAPITAL_ONLY,
    LEXICON,
    OTHER,
    ZONES,
    Value,
)
from onrecord.wordlists import word_set

# No repetition can give back what another one wants: the alternatives begin with different characters, or end where
# a word ends. Addresses, handles and tags are one token each, so that nothing is read out of them.
_TOKEN: Final = re.compile(
    r"""(?P<word>(?!www\.)[^\W\d_]++(?!\w|\.\ ?m\b|\.M\b|['’]clock\b|://)|['’]s\b)
    | (?P<address>(?:https?://|www\.)[^\s<>]++|[@#]\w++|<[^<>\n]{0,400}>)
    | (?P<iso>(?:1[5-9]|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?)(?![\w-])
    | (?P<slash>[0-9]{1,2}/[0-9]{1,2}/(?:[12][0-9]{3}|[0-9]{2})|9/11|[0-9]{1,2}\.[0-9]{1,2}\.[12][0-9]{3})(?![\w/])
    | (?P<slashday>[0-9]{1,2}/[0-9]{1,2})(?![\w/])
    | (?P<years>(?:1[5-9]|20)[0-9]{2}[-–—/](?:[0-9]{2}){1,2})(?![\w-])
    | (?P<clock>[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)(?![0-9:])
    | (?P<half>[ap]\.\ ?m\b\.?|[AP]\.M\b\.?|o['’]clock\b)
    | (?P<decade>['’]?[0-9]0['’]?s\b|(?:1[0-9]|20)[0-9]0['’]?s\b)
    | (?P<short>['’][0-9]{2})(?!\w)
    | (?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th))\b
    | (?P<figure>[0-9]{1,2}(?=,[12][0-9]{3}(?![.,]?[0-9]|\w))|[0-9]++(?:[.,][0-9]++){0,8}+)(?=[ap]\.?m\b|(?!\w))
    | \w++ | \S""",
    re.VERBOSE,
)
_OTHER: Final[tuple[str, Value]] = (OTHER, None)
_ABBREVIATED: Final = word_set(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"
)
_PLAIN: Final = frozenset({"easter", "christmas", "thanksgiving", "halloween", "ramadan", "passover"})
"""Holidays that careless writers leave without their capital."""
_HYPHENED: Final = re.compile(
    r"(?:April|May|June|August|Jan|Jun|Sun)-"
    r"(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[A-Z][a-z]|(?:Jan|Jun|Sun)-[a-z]{2}"
    r"|Jun-Jun\b|(?<=\bJun-)Jun\b"
)
"""The beginning of a name of two: "Jan-Willem", "Kim Jun-ho", "June-Ann"; not of months, as in "May-June"."""
MOST_DIGITS: Final = 6
"""Figures of more digits count nothing that a calendar has, and ``int`` refuses them above 4,300."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a paragraph, side by side; positions are indexes of these lists."""

    spans: list[tuple[int, int]]
    words: list[str]
    """In lower case."""
    values: list[Value]
    capital: list[bool]
    """Whether a token begins with a capital."""
    letters: str
    """One a token: what the grammar reads."""

    def span(self, start: int, end: int) -> Span:
        """Return the span of the tokens ``[start, end)``."""
        return Span(self.spans[start][0], self.spans[end - 1][1])


_LETTERS: Final = re.compile(r"[^\W\d_]+")
_FIGURES: Final = re.compile(r"[0-9]|[ap]\. ?m|clock")
"""What times have in them that are not written in words alone."""
_IN_WORDS: Final = frozenset(word for word, (letter, _) in LEXICON.items() if letter in NEEDED)
_TELLING: Final = _IN_WORDS | {
    first for first, names in NAMES.items() if any(_IN_WORDS.isdisjoint(n) for n, _ in names)
}
"""Words in which a time is told; "new" is none, for "New Year's Day" has others."""


def may_tell(text: str, paragraph: Span) -> bool:
    """Tell whether a paragraph may have an expression of time: four in ten have no word or figure of any.

    >>> may_tell("It met at noon.", Span(0, 15)), may_tell("It met in Belvar.", Span(0, 17))
    (True, False)
    """
    lowered = text[paragraph.start : paragraph.end].lower()
    return not _TELLING.isdisjoint(_LETTERS.findall(lowered)) or _FIGURES.search(lowered) is not None


def cut(text: str, paragraph: Span) -> Tokens:
    """Cut a paragraph into tokens, in linear time.

    >>> tokens = cut("It met on May 2, 2016.", Span(0, 22))
    >>> tokens.letters, tokens.values[3:7]
    ('__nJDcY_', [5, 2, ',', 2016])
    """
    found = list(_TOKEN.finditer(text, paragraph.start, paragraph.end))
    written = [token.group() for token in found]
    words = [word.lower() for word in written]
    letters: list[str] = []
    values: list[Value] = []
    known = LEXICON.get
    for at, (token, word) in enumerate(zip(found, words, strict=True)):
        kind = token.lastgroup
        if kind == "word" or kind is None:
            letter, value = known(word, _OTHER)
            if letter == OTHER:
                letter = "Z" if written[at] in ZONES else OTHER
            elif letter in CAPITAL_ONLY:
                letter = OTHER if _HYPHENED.match(text, token.start()) else _named(written[at], letter)
            elif letter == "p" and (not letters or letters[-1] not in "DNC"):
                letter = OTHER  # "I am"
            elif letter == "." and not (letters and letters[-1] in "MJjw" and words[at - 1] in _ABBREVIATED):
                letter = OTHER  # the end of a sentence
        else:
            letter, value = _READERS[kind](word)
        letters.append(letter)
        values.append(value)
    capital = [word[0].isupper() for word in written]
    _mark_holidays(words, values, capital, letters)
    return Tokens([token.span() for token in found], words, values, capital, "".join(letters))


def _named(written: str, letter: str) -> str:
    """Return the class of a month or weekday as it is written: J and j for those that are other words too."""
    if letter == "M" and written.lower() in {"may", "march", "mar", "jan"}:
        return "J" if written[0].isupper() else "j"
    if written[0].isupper():
        return letter
    # Careless lower case is read where the word is nothing else.
    if written == "august" or (letter == "M" and len(written) <= 4 and written not in {"june", "july"}):
        return "j"
    return letter if letter in "MWV" and (len(written) > 5 or written in {"april", "june", "july"}) else OTHER


def _read_figure(word: str) -> tuple[str, Value]:
    plain = word.replace(",", "")
    if len(plain) > MOST_DIGITS:
        return OTHER, None
    if not word.isdigit():
        whole, comma, rest = word.rpartition(",")
        if comma and plain.isdigit() and len(rest) == 3:
            return "N", int(plain)
        if whole.isdigit() and rest.isdigit():
            return "N", f"{whole}.{rest}"  # a decimal comma
        return ("N", plain) if plain.count(".") == 1 else (OTHER, None)
    number = int(word)
    if len(word) <= 2 and 1 <= number <= 31:
        return "D", number
    return ("Y", number) if len(word) == 4 and 1000 <= number <= 2199 else ("N", number)


def _read_clock(word: str) -> tuple[str, Value]:
    hour = int(word.partition(":")[0])
    # A leap second is one of the clock's, not of ISO 8601's every library: 23:59:60 does not match, and stays open.
    return ("C", word.zfill(5 if word.count(":") == 1 else 8)) if hour <= 24 else (OTHER, None)


def _read_half(word: str) -> tuple[str, Value]:
    return "p", word[0] if word[0] in "ap" else None


def _read_decade(word: str) -> tuple[str, Value]:
    digits = "".join(character for character in word if character.isdigit())
    if len(digits) == 4:
        return "d", digits[:3]
    apostrophe = word[0] in "'’"
    # "The 60s"; but "in her 30s" is an age, and "temperatures in the 70s" neither.
    return "d" if apostrophe else "δ", f"19{digits[0]}" if digits[0] > "1" else f"20{digits[0]}"


def _read_short(word: str) -> tuple[str, Value]:
    number = int(word[1:])
    return "Y", number + (2000 if number < 50 else 1900)


def _read_ordinal(word: str) -> tuple[str, Value]:
    number = int(word[:-2])
    return ("O", number) if 1 <= number <= 31 else (OTHER, None)


_READERS: Final = {
    "address": lambda _word: (OTHER, None),
    "iso": lambda word: ("I", word.upper()),
    "slash": lambda word: ("K", word),
    "slashday": lambda word: ("κ", word),
    "years": lambda word: ("G", word),
    "clock": _read_clock,
    "half": _read_half,
    "decade": _read_decade,
    "short": _read_short,
    "ordinal": _read_ordinal,
    "figure": _read_figure,
}


def _mark_holidays(words: Sequence[str], values: list[Value], capital: Sequence[bool], letters: list[str]) -> None:
    """Write X over the first token of a holiday's name and χ over the rest of it."""
    for index, word in enumerate(words):
        for name, value in NAMES.get(word, ()):
            if not (capital[index] or len(name) > 1 or word in _PLAIN):
                continue
            if name == ("may", "day") and not all(capital[index : index + 2]):
                continue  # "on a brisk May day"
            if _same(words[index : index + len(name)], name):
                letters[index : index + len(name)] = "X" + "χ" * (len(name) - 1)
                values[index] = value
                break


def _same(words: Sequence[str], name: Sequence[str]) -> bool:
    return len(words) == len(name) and all(
        word == wanted or (word == "’s" and wanted == "'s") or (word == "’" and wanted == "'")
        for word, wanted in zip(words, name, strict=True)
    )
