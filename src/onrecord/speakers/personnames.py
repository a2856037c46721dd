"""A person's name as a report writes it: title, given names, surname, suffix, and the gender that they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.speakers.namewords import (
    Gender,
    Title,
    fold,
    load_given_names,
    load_nicknames,
    load_surnames,
    load_titles,
    without_possessive,
)
from onrecord.wordlists import remembered, word_set

WORD: Final = re.compile(r"\S+")
INITIAL_LETTER: Final = re.compile(r"[A-Z]\.?")
BRACKETED: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
EDGES: Final = "\"'“”‘’„«»‹›()[]{}<>,;:!?*…|/\\`´–—-_"
LEADING_PARTICLES: Final = word_set(
    "van von der den de del della dela di da do dos das du la le les lo los las ter ten te zu zur af al "
    "el bin ibn ben bint abu abd st mac ap y e"
)
CHILD_OF: Final = word_set("arap wa ole binti bte d/o s/o a/l a/p")
"""Particles that, in small letters, stand before the name of a father: "Kimani wa Njuguna", "Siva s/o Raman"."""
CONNECTIVES: Final = word_set("and or the of & y e")
FATHER_AND_SON: Final = word_set("jr sr junior senior ii iii iv")
CREDENTIALS: Final = word_set("phd md dds esq jd mba rn qc kc obe cbe mbe kbe dbe mp mep msp mla mlc td mk")
"""Letters behind a name; those of members of parliaments stand there without a comma."""
BEHIND_NAME: Final = FATHER_AND_SON | CREDENTIALS
PREFIX: Final = re.compile(r"\A(?:[Tt]hen|[Ee]x|[Nn]ow)[-–](?=[A-Z])")
# Surnames that stand first in Korea and China, and are given names elsewhere: "Kim Lane".
GIVEN_TOO: Final = word_set("kim lee jo ha lou lin min sun song dong kong tan so sim han ren")
# Given names of two syllables in pinyin (Jinping, Keqiang), and one syllable of a Korean or Chinese one (Jong, Hyun).
INITIAL: Final = "(?:zh|[cs]h|[bpmfdtnlgkhjqxrzcsyw])?"
PINYIN: Final = f"{INITIAL}(?:i?ao?|ai|u?ei?|ie|i|io|iu|ou?|u[aio]?|uai)(?:ng?)?"
ONE_SYLLABLE: Final = re.compile(f"{INITIAL}y?(?:a[eio]?|e[eiou]?|i[aeou]?|o[eou]?|u[aeio]?|w[ao])(?:ng|[nlmkgpb])?")
TWO_SYLLABLES: Final = re.compile(f"{PINYIN}(?:{PINYIN})?")
# 60: the longest title of titles.tsv has 30 characters, and "then-" and spaces may stand with it.
REACH: Final = 60
OPENING: Final = "“\"‘'«("
CLOSING: Final = "”\"’'»)]};:?!…—–"
MOST_WORDS: Final = 40
"""A longer run is no name: of it only so many words are looked at."""
LONGEST_TITLE: Final = 5
MOST_WORDS_BETWEEN: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """The parts of one person's name, as the text writes them."""

    titles: tuple[str, ...] = ()
    """What stands before it: ``Sen.``, ``Prime Minister``."""
    given: tuple[str, ...] = ()
    """Given names, middle names and initials."""
    surname: tuple[str, ...] = ()
    """The surname with its particles; a name of one word is a surname, unless its title goes with given names."""
    suffix: str | None = None
    """What parts father and son: ``Jr.``, ``III``."""
    gender: Gender | None = None
    """Told by the last title that has one, or else by the first given name; None where neither tells."""
    reigns: bool = False
    """The title belongs to the name: ``Pope Marcus``."""

    @property
    def words(self) -> tuple[str, ...]:
        """The name without titles, in the order given name, surname, suffix."""
        return (*self.given, *self.surname, *((self.suffix,) if self.suffix else ()))

    @property
    def key(self) -> str:
        """What all spellings of this name share; empty where it has no letter or digit."""
        return "".join(fold(word) for word in self.words)

    @property
    def surname_key(self) -> str:
        """What all spellings of the surname share, with its particles."""
        return "".join(fold(word) for word in self.surname)

    @property
    def given_key(self) -> str:
        """The first given name, folded: what a first-name mention would say; empty without one."""
        return fold(self.given[0]) if self.given else ""

    @property
    def suffix_key(self) -> str:
        """The suffix, folded, ``junior`` as ``jr``; empty without one."""
        return {"junior": "jr", "senior": "sr"}.get(fold(self.suffix or ""), fold(self.suffix or ""))

    @property
    def is_full(self) -> bool:
        """Tell whether it has a given name and a surname."""
        return bool(self.given and self.surname)


class _Word(NamedTuple):
    text: str
    span: Span
    folded: str


@remembered  # a report says most of its names several times, and each is looked at in several places
def parse_person(name: str) -> PersonName:
    """Take a person's name apart.

    >>> parse_person("Sen. Ada van Doren")
    PersonName(titles=('Sen.',), given=('Ada',), surname=('van', 'Doren'), suffix=None, gender='feminine', reigns=False)
    >>> parse_person("Mr. Harrow\u2019s").surname, parse_person("Ban Ki-moon").surname
    (('Harrow',), ('Ban',))
    """
    words = _words(without_possessive(BRACKETED.sub(" ", name).strip().rstrip(",;:")))
    start, found = _after_titles(words)
    titles, rest = [title for _, title in found], list(words[start:])
    suffix, rest = _split_suffix(rest)
    reigns = bool(titles) and titles[-1].use == "reign"
    given, surname = _split([word.text for word in rest], reigns=reigns, titles=titles)
    told = next((title.gender for title in reversed(titles) if title.gender), None)
    return PersonName(
        titles=tuple(written for written, _ in found),
        given=given,
        surname=surname,
        suffix=suffix,
        gender=told or gender_of_given(given),
        reigns=reigns and len(rest) == 1,
    )


def without_letters(name: str) -> str:
    """Return a name without the letters behind it.

    >>> without_letters("Rosa Held MEP"), without_letters("Ada Pell, Ph.D."), without_letters("MP")
    ('Rosa Held', 'Ada Pell', 'MP')
    """
    words = name.split()
    while len(words) > 1 and fold(words[-1]) in CREDENTIALS:
        words.pop()
    return " ".join(words).rstrip(",") if len(words) < len(name.split()) else name


def gender_of_given(given: Sequence[str]) -> Gender | None:
    """Return the gender that given names tell: the first that is no initial, itself or what it is short for."""
    first = next((folded for folded in map(fold, given) if len(folded) > 1), "")
    known = load_given_names()
    if first in known:
        return known[first].gender
    genders = {known[name].gender for name in load_nicknames().get(first, ()) if name in known}
    return genders.pop() if len(genders) == 1 else None


def split_title(text: str, span: Span) -> Span:
    """Return ``span`` without the titles and descriptions before a person's name.

    >>> text = "former Florida Gov. Jo Harrow said"
    >>> split_title(text, Span(0, 29)).of(text)
    'Jo Harrow'

    The title of one who reigns stays with a lone name ("Pope Marcus"); a span that is all title stays whole.
    """
    return Span(span.start + _size_of_titles(span.of(text)), span.end)


@remembered
def _size_of_titles(name: str) -> int:
    """Return how many characters of a name are the titles and descriptions before it."""
    words = _words(name)
    start, found = _after_titles(words)
    if not words or not start:
        return 0
    rest = words[start:]
    if found and found[-1][1].use == "reign" and len(_split_suffix(list(rest))[1]) == 1:
        start -= len(found[-1][1].words)
    return words[start].span.start


def title_before(text: str, start: int, floor: int) -> Span | None:
    """Return the title that stands right before the name at ``start``, searched no further back than ``floor``.

    >>> text = "Asked whether Mrs. Harrow"
    >>> title_before(text, 19, 0).of(text)
    'Mrs.'
    """
    window = text[max(floor, start - REACH, 0) : start]
    gap = window[window.rfind("\n") + 1 :]
    at = start - len(gap)
    if gap and gap[-1] in OPENING:
        gap = gap[:-1]
    if not gap.strip() or not gap[-1].isspace():
        return None
    nearest = PREFIX.sub("", gap.split()[-1])
    if fold(nearest) not in load_titles().by_last_word or _is_particle(nearest):
        return None
    words = _words(gap)[-LONGEST_TITLE:]
    title = load_titles().ending([word.folded for word in words])
    if (
        title is None
        or _is_parted(title, nearest)
        or _is_small(title, nearest)
        or (title.use == "name" and not words[-1].text[0].isupper())
    ):
        return None
    first, last = words[-len(title.words)].span, words[-1].span
    return Span(at + first.start, at + last.end)


def _is_small(title: Title, written: str) -> bool:
    """Tell whether a title of capitals is not written so: "Mohamed Ag Harrow" is no attorney general."""
    return title.capitals and not written.isupper()


def _is_parted(title: Title, nearest: str) -> bool:
    """Tell whether the mark after a title, as in ``nearest``, parts it from the name after it.

    A full stop does after a word in full ("as president. Harrow said"), a comma does not after a relation
    ("his wife, Ada").
    """
    if nearest[-1] == ".":
        return not title.abbreviated
    return nearest[-1] in CLOSING or (nearest[-1] == "," and title.use != "kin")


@remembered
def title_at(written: str) -> Title | None:
    """Return what the list of titles says of a title as written, such as one of :func:`title_before`."""
    return load_titles().ending([word.folded for word in _words(written)])


def _words(name: str) -> list[_Word]:
    """Cut a name at white space; brackets, quotation marks and commas at the edges of words are left out."""
    words = []
    for match in islice(WORD.finditer(name), MOST_WORDS):
        shown = match.group().strip(EDGES)
        shown = PREFIX.sub("", shown) if "-" in shown or "–" in shown else shown
        folded = fold(shown)
        if folded:
            at = match.start() + match.group().find(shown)
            words.append(_Word(shown, Span(at, at + len(shown)), folded))
    return words


def _after_titles(words: Sequence[_Word]) -> tuple[int, list[tuple[str, Title]]]:
    """Return the index of the first word of the name itself, and the titles before it, as written."""
    folded = [word.folded for word in words]
    last = len(_split_suffix(list(words))[1])
    found: list[tuple[str, Title]] = []
    at = limit = 0
    while at < last:
        title = None if _is_particle(words[at].text) else load_titles().at(folded, at)
        if title is None or not _may_be_title(title, words, at, last) or _is_small(title, words[at].text):
            if _is_description(words[at], words[at + 1 : last]):
                limit = at + 1
            at += 1
            if at - limit > MOST_WORDS_BETWEEN:
                break
            continue
        found.append((" ".join(word.text for word in words[at : at + len(title.words)]), title))
        at += len(title.words)
        limit = at
    return (limit, found) if limit < last else (0, [])


def _may_be_title(title: Title, words: Sequence[_Word], at: int, last: int) -> bool:
    """Tell whether the words at ``at`` can be a title here: with a name after it, and not a name themselves."""
    after = last - at - len(title.words)
    if after < 1:
        return False
    if title.use == "kin":
        return words[at].text.islower() or len(title.words) > 1
    if title.use == "reign":
        return at == 0 or words[at - 1].text.islower()
    # "Earl Harrow" is a name, "Earl John Harrow" has a title; in "Jo Bishop Harrow" it is a middle name.
    return title.use != "name" or (after > 1 and (at == 0 or words[at - 1].text.islower()))


def _is_description(word: _Word, after: Sequence[_Word]) -> bool:
    """Tell whether a lower-case word, and so all before it, describes: "the economist", "campaign manager"."""
    if not word.text.islower() or word.folded in LEADING_PARTICLES or word.text.startswith(("al-", "el-", "d'", "d’")):
        return False
    return (
        word.folded not in CONNECTIVES
        and word.text not in CHILD_OF
        and any(not other.text.islower() for other in after)
    )


def _split_suffix(words: list[_Word]) -> tuple[str | None, list[_Word]]:
    """Part the suffix at the end from the name before it; credentials are dropped."""
    suffix = None
    while len(words) > 1 and words[-1].folded in BEHIND_NAME:
        if words[-1].folded in FATHER_AND_SON:
            suffix = words[-1].text
        words = words[:-1]
    return suffix, words


def _split(words: list[str], *, reigns: bool, titles: Sequence[Title]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part given names from the surname."""
    if not any(_is_latin(word) for word in words):
        return (), ((" ".join(words),) if words else ())
    if len(words) == 1:
        return (tuple(words), ()) if reigns or _goes_with_given(words[0], titles) else ((), tuple(words))
    if _surname_first(words):
        return tuple(words[1:]), (words[0],)
    at = _surname_at(words)
    return tuple(words[:at]), tuple(words[at:])


def _is_latin(word: str) -> bool:
    return any(letter.isalpha() and (letter < "\u0250" or "\u1e00" <= letter < "\u1f00") for letter in word)


def _goes_with_given(word: str, titles: Sequence[Title]) -> bool:
    """Tell whether a lone name is a given name by its title: "Sir Keith", "first lady Ada"."""
    known = load_given_names().get(fold(word))
    polite = any(title.use == "kin" or title.stands_for in ("sir", "lady") for title in titles[-1:])
    return polite and known is not None and not known.mostly_surname


def _surname_first(words: Sequence[str]) -> bool:
    """Tell whether a name is Chinese or Korean, its surname first: "Xi Jinping", "Ban Ki-moon", "Kim Jong Un"."""
    if fold(words[0]) not in load_surnames("first") or len(words) > 3:
        return False
    given = [fold(word) for word in words[1:]]
    if len(given) == 2:
        return all(ONE_SYLLABLE.fullmatch(word) for word in given)
    head, _, tail = words[1].partition("-")
    if tail:
        return bool(head) and tail.islower()
    return fold(words[0]) not in GIVEN_TOO and TWO_SYLLABLES.fullmatch(given[0]) is not None


def _is_particle(word: str) -> bool:
    """Tell a particle of a surname in small letters: "Ada da Harrow" has nobody's D.A. in it."""
    return word.islower() and (fold(word) in LEADING_PARTICLES or word in CHILD_OF)


def _surname_at(words: Sequence[str]) -> int:
    """Return the index of the surname's first word: the last word, its particles, its pair."""
    if words[0].islower() and fold(words[0]) in LEADING_PARTICLES:
        return 0
    at = len(words) - 1
    pairs = load_surnames("double")
    if at >= 2 and fold(words[at]) in pairs and fold(words[at - 1]) in pairs:
        at -= 1
    # A particle begins the surname: the first in lower case ("de la Cruz Harrow"), or those right before it.
    lower = next((i for i in range(1, at) if _is_particle(words[i])), at)
    while (
        at > 1
        and fold(words[at - 1]) in LEADING_PARTICLES
        and len(words[at - 1]) > 1
        and "." not in words[at - 1][:-1]
        and not INITIAL_LETTER.fullmatch(words[at - 1])
    ):
        at -= 1
    return min(at, lower)
