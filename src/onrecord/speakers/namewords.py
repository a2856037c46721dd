"""The words that names are made of: how two spellings compare, and what the lexicons know of a word.

Five lists beside this file, each a line an entry: ``titles.tsv`` (what stands before names, the gender it
tells), ``givennames.tsv`` (made by ``training/given_names.py``, its sources in ``givennames.NOTICE.txt``),
``nicknames.tsv``, ``surnames.tsv`` (the Chinese and Korean surnames that stand first, and the Spanish ones
that stand in pairs) and ``organizationwords.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, cast, get_args

from onrecord.wordlists import remembered

Gender = Literal["masculine", "feminine"]
TitleUse = Literal["before", "reign", "name", "kin"]

POSSESSIVE: Final = re.compile(r"(?<=\w)['\u2019\u02bc\u2018`](?:[sS])?\Z")
# Letters that are no base letter and accent, as reports write them without their stroke: Łukasz, Lukasz.
STROKES: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@remembered
def fold(word: str) -> str:
    """Return what two spellings of a name share: its letters and digits, without case and accents.

    >>> fold("O\u2019Malley") == fold("O'MALLEY"), fold("Ki-moon"), fold("F.E.C.")
    (True, 'kimoon', 'fec')
    """
    if word.isascii():
        return "".join(filter(str.isalnum, word.lower()))
    decomposed = unicodedata.normalize("NFKD", word).casefold().translate(STROKES)
    return "".join(filter(_counts, decomposed))


def _counts(character: str) -> bool:
    """Tell whether a character tells names apart: the vowel signs of Indic scripts do, accents do not."""
    if character.isalnum():
        return True
    return not "\u0300" <= character <= "\u036f" and unicodedata.category(character) in ("Mn", "Mc")


def without_possessive(name: str) -> str:
    """Return a name without the possessive at its end.

    >>> without_possessive("Harrow\u2019s"), without_possessive("Jones'")
    ('Harrow', 'Jones')
    """
    found = POSSESSIVE.search(name)
    return name[: found.start()] if found else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One line of the list of titles."""

    words: tuple[str, ...]
    """The title, folded word by word."""
    stands_for: str
    """What it is short for or counts as, in lower case: ``senator`` for "Sen." and "State Senator"."""
    abbreviated: bool
    """It is written with a full stop."""
    capitals: bool
    """It is of capitals only: ``AG`` is a title, the "Ag" of Tuareg names is none."""
    gender: Gender | None
    use: TitleUse
    """``reign`` goes with a given name ("Pope Marcus"), ``name`` may be a name ("Earl"), ``kin`` is a relation."""


@dataclass(frozen=True, slots=True)
class Titles:
    """All titles, by their first and by their last word, the longest first."""

    by_first_word: Mapping[str, tuple[Title, ...]]
    by_last_word: Mapping[str, tuple[Title, ...]]

    def at(self, words: Sequence[str], start: int) -> Title | None:
        """Return the longest title that begins at ``words[start]`` (folded words)."""
        for title in self.by_first_word.get(words[start], ()):
            if tuple(words[start : start + len(title.words)]) == title.words:
                return title
        return None

    def ending(self, words: Sequence[str]) -> Title | None:
        """Return the longest title that ends with the last of ``words`` (folded words)."""
        for title in self.by_last_word.get(words[-1], ()) if words else ():
            if tuple(words[-len(title.words) :]) == title.words:
                return title
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenName:
    """What is known of a given name."""

    gender: Gender
    sure: bool
    """At most one in fifty who bear it is of the other gender."""
    mostly_surname: bool
    """More people of the US bear it as their surname: Carson, Lewis, Cruz."""


@cache
def load_titles() -> Titles:
    """Return the titles of the package, read once."""
    titles = sorted(
        (_title(fields) for fields in _rows("titles.tsv")), key=lambda title: (-len(title.words), title.words)
    )
    firsts: dict[str, list[Title]] = {}
    lasts: dict[str, list[Title]] = {}
    for title in titles:
        firsts.setdefault(title.words[0], []).append(title)
        lasts.setdefault(title.words[-1], []).append(title)
    return Titles(
        {word: tuple(group) for word, group in firsts.items()}, {word: tuple(group) for word, group in lasts.items()}
    )


def _title(fields: Sequence[str]) -> Title:
    title, stands_for, gender, use = fields
    if gender not in ("", *get_args(Gender)) or use not in get_args(TitleUse):
        raise ValueError(f"titles.tsv: unknown gender or use in {fields!r}")
    return Title(
        words=tuple(fold(word) for word in title.split(" ")),
        stands_for=stands_for,
        abbreviated=title.endswith("."),
        capitals=title.isupper(),
        gender=cast("Gender", gender) if gender else None,
        use=cast("TitleUse", use),
    )


@cache
def load_given_names() -> Mapping[str, GivenName]:
    """Return the given names of the package by their folded form, read once."""
    return {
        name: GivenName(
            gender="feminine" if float(share) > 0.5 else "masculine",
            sure=not 0.02 < float(share) < 0.98,
            mostly_surname=surname == "more",
        )
        for name, share, surname in _rows("givennames.tsv")
    }


@cache
def load_nicknames() -> Mapping[str, tuple[str, ...]]:
    """Return the given names that a nickname may be short for, all folded, read once."""
    return {fold(nickname): tuple(fold(name) for name in full.split(";")) for nickname, full in _rows("nicknames.tsv")}


@cache
def load_surnames(order: Literal["first", "double"]) -> frozenset[str]:
    """Return the folded surnames that stand ``first``, or that stand in pairs (``double``), read once."""
    return frozenset(fold(surname) for surname, kept in _rows("surnames.tsv") if kept == order)


@cache
def load_organization_words(use: Literal["corporate", "generic", "paper"]) -> frozenset[str]:
    """Return the folded words that say what an organization is, read once.

    ``corporate`` words are its legal form ("Inc."); ``generic`` ones may be left off ("Institute"), and
    stand for the whole name as ``paper`` ones do ("Herald").
    """
    return frozenset(fold(word) for word, kept in _rows("organizationwords.tsv") if kept == use)


def _rows(name: str) -> Iterator[list[str]]:
    """Yield the fields of each line of a list of this package; the first line names the columns."""
    lines = files("onrecord.speakers").joinpath(name).read_text(encoding="utf-8").splitlines()
    width = lines[0].count("\t")
    for line in lines[1:]:
        yield (line + "\t" * (width - line.count("\t"))).split("\t")
