"""Head nouns: what kind of source a description is, told from the noun that it is built around.

``headnouns.tsv`` beside this file has a line an entry: the noun in the singular, its category, and its
number. "A former spokesman for the council" is built around *spokesman*: English puts the head last,
before what follows with "of", "for", "who" or a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast, get_args

from onrecord.attribution.cuewords import plain
from onrecord.document import Span
from onrecord.wordlists import remembered, word_set

Category = Literal["person", "group", "organization", "document", "country", "unknown"]
Number = Literal["count", "plural", "singular"]
ItemKind = Literal["word", "number", "mark", "possessive", "name"]


# A possessive or clitic verb; letters with points (U.S.) or a word with inner hyphens; figures; any other mark.
ITEM: Final = re.compile(
    r"""(?P<possessive>['’](?:s|ve|re|m|d|ll)(?!\w) | (?<=s)['’](?=\s|$))
    | (?P<word>[^\W\d_](?:\.[^\W\d_])+\.? | [^\W\d_][^\W_]*(?:(?:[-&–.]|['’](?!(?:s|ve|re|m|d|ll)(?!\w)))[^\W_]+)*)
    | (?P<number>\d[^\W_]*(?:[-.,/][^\W_]+)*%?)
    | (?P<mark>-{2,3} | '' | `` | \S)""",
    re.VERBOSE | re.IGNORECASE,
)
PREPOSITIONS: Final = word_set(
    """of for in with from to at on by about against like including over between among amid behind near under
    inside within without along around across after before during since until through throughout toward towards
    upon into onto off per via versus alongside such despite beside besides beyond concerning regarding except than
    as"""
)
RELATIVES: Final = word_set("""who whom whose which that where when while because if whether although though""")
CONJUNCTIONS: Final = word_set("and or nor but & plus")
VERBS: Final = word_set(
    """is are was were be been being has have had do does did will would can could may might must shall should isn't
    aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't not n't"""
)
PRONOUNS: Final = word_set(
    """i you he she it we they me him her us them his hers its their theirs my mine our ours your yours myself yourself
    himself herself itself ourselves yourselves themselves self one another both all none each either neither
    everyone everybody someone somebody anyone anybody nobody this that these those who whom whose which what"""
)
STANDS_ALONE: Final = PRONOUNS - word_set(
    "his her its their my our your this that these those one another both all none each either neither whose which what"
)
PERSONAL: Final = frozenset(("i", "you", "he", "she", "me", "him", "her", "his", "my", "himself", "herself", "one"))
MANY: Final = frozenset(
    ("we", "they", "us", "them", "our", "their", "ours", "theirs", "both", "all", "these", "those", "themselves")
)
SOMEBODY: Final = frozenset(("everyone", "everybody", "anyone", "anybody", "someone", "somebody", "nobody", "self"))
POSSESSIVES: Final = word_set("his her its their my our your whose")
DEFINITE: Final = word_set("the this that these those") | POSSESSIVES
INDEFINITE: Final = word_set(
    """a an some any no another one two three four five six seven eight nine ten eleven twelve many several few most
    all both each every half various certain numerous dozens hundreds thousands more other only nearly almost"""
)
DETERMINERS: Final = DEFINITE | INDEFINITE
IRREGULAR: Final = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "wives": "wife",
    "ladies": "lady",
    "data": "data",
    "media": "media",
    "criteria": "criterion",
    "analyses": "analysis",
    "businessmen": "businessman",
    "police": "police",
    "alumni": "alumnus",
    "thieves": "thief",
}
# After its head noun a description goes on with a participle ("released Monday"), a time ("this week") or one of these.
AFTER_HEAD: Final = word_set(
    """just newly recently familiar close able unable responsible available involved here there upstate nationwide
    overall alike worldwide abroad today yesterday tomorrow earlier later ago last next this now then himself
    herself itself themselves monday tuesday wednesday thursday friday saturday sunday named known made written seen
    held sent given put set done shown taken drawn"""
)
GUESSED_PERSON: Final = re.compile(r"(?:man|woman|person|ist|ologist|crat|eer)$")
GUESSED_PEOPLE: Final = re.compile(r"(?:men|women|persons|ists|ologists|crats|eers|goers)$")
PEOPLES: Final = re.compile(r"[A-Z]\w+(?:ans|ians|ites|nians|darians)$")


class HeadNoun(NamedTuple):
    """What the lexicon says of a noun as it stands."""

    category: Category
    plural: bool


class Item(NamedTuple):
    """A word, number, mark or name of a source, with where it stands."""

    kind: ItemKind
    plain: str
    """The item in lower case, with straight apostrophes."""
    span: Span
    name: int | None = None
    """The index of the name that the item is, where the names are given."""

    @property
    def ends_phrase(self) -> bool:
        """Tell whether a base noun phrase can't go on over this word."""
        return self.kind == "word" and (
            self.plain in PREPOSITIONS or self.plain in RELATIVES or self.plain in CONJUNCTIONS or self.plain in VERBS
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BasePhrase:
    """A noun phrase from its article to its head noun: items ``[start, end)``, the head at ``head``."""

    start: int
    end: int
    head: int


def items_of(text: str, span: Span, names: Sequence[Span] = ()) -> list[Item]:
    """Return the items of ``text`` in ``span``; each of ``names`` (by start) that lies in it is one item.

    >>> [item.plain for item in items_of("Mara Ilven's aide", Span(0, 17), [Span(0, 10)])]
    ['mara ilven', "'s", 'aide']
    """
    items: list[Item] = []
    at = span.start
    for index, name in enumerate(names):
        start, end = max(name.start, at), min(name.end, span.end)
        if start < end and (name.start >= at or at == span.start):
            items += _plain_items(text, at, start)
            items.append(Item("name", plain(text[start:end]), Span(start, end), index))
            at = end
    return [*items, *_plain_items(text, at, span.end)]


def _plain_items(text: str, start: int, end: int) -> Iterator[Item]:
    for found in ITEM.finditer(text, start, end):
        yield Item(cast("ItemKind", found.lastgroup), plain(found.group()), Span(found.start(), found.end()))


def without_determiner(words: str) -> str:
    """Return a description in lower case, without the article or the like that opens it.

    >>> without_determiner("The protesters"), without_determiner("the")
    ('protesters', 'the')
    """
    first, _, rest = words.lower().partition(" ")
    return rest if rest and first in DETERMINERS else words.lower()


def find_head(text: str, span: Span) -> Span | None:
    """Return the head noun of the noun phrase that begins in ``span``; None where there is no word.

    >>> text = "A former spokesman for the council"
    >>> find_head(text, Span(0, len(text))).of(text)
    'spokesman'
    """
    items = items_of(text, span)
    for start, item in enumerate(items):
        if item.kind in ("word", "number") and not item.ends_phrase:
            return items[read_base(items, start).head].span
    return None


def read_base(items: Sequence[Item], start: int) -> BasePhrase:
    """Return the base noun phrase that begins at ``items[start]``, which is a word, number or name."""
    head, at = start, start + 1
    if items[start].plain in STANDS_ALONE:
        return BasePhrase(start=start, end=at, head=head)
    while at < len(items) and not _ends_base(items, start, head, at):
        if items[at].kind in ("word", "name", "number"):
            head = at
        at += 1
    while at - 1 > head and items[at - 1].kind == "mark":
        at -= 1
    return BasePhrase(start=start, end=at, head=head)


def _ends_base(items: Sequence[Item], start: int, head: int, at: int) -> bool:
    """Tell whether the noun phrase from ``start``, with ``head`` its last noun so far, ends before ``items[at]``."""
    item = items[at]
    if item.kind == "mark":
        return not _joins(items, start, head, at)
    if item.kind == "possessive":
        return not _owns(items, at)
    if item.ends_phrase:
        return not _joins_modifiers(items, start, head, at)
    owned = items[at - 1].kind == "possessive"
    return items[head].kind != "number" and not owned and _follows_head(items[head], item, items[at + 1 : at + 2])


def _owns(items: Sequence[Item], at: int) -> bool:
    """Tell whether something follows that a possessor can own: "Ilven's aide", not "Ilven's, of course"."""
    return at + 1 < len(items) and items[at + 1].kind != "mark" and not items[at + 1].ends_phrase


def _follows_head(head: Item, item: Item, after: Sequence[Item]) -> bool:
    """Tell whether ``item``, which stands after what may be the head noun, describes it from behind."""
    if item.kind in ("name", "number"):
        return False
    if head.plain in DETERMINERS and head.plain not in ("those", "these"):
        return False
    if head.kind != "name" and look_up(head.plain) is None:
        return False
    if item.plain in PRONOUNS and item.plain not in ("one", "all", "both"):
        return True
    if look_up(item.plain) is not None:
        return False
    noun_follows = bool(after) and after[0].kind == "word" and look_up(after[0].plain) is not None
    return item.plain in AFTER_HEAD or (item.plain.endswith(("ed", "ing", "ly")) and not noun_follows)


def _joins(items: Sequence[Item], start: int, head: int, at: int) -> bool:
    """Tell whether a mark stands inside a noun phrase: of an abbreviation, a quoted word, or between adjectives."""
    mark, after = items[at].plain, items[at + 1] if at + 1 < len(items) else None
    if after is None or after.ends_phrase or after.kind in ("mark", "possessive"):
        return False
    if mark == ",":
        adjective = items[head].kind == "word" and look_up(items[head].plain) is None
        between = head > start or "-" in items[head].plain
        return adjective and between and after.kind in ("word", "number") and after.plain not in DETERMINERS
    if mark in ("-", "–"):
        tight = items[at - 1].span.end == items[at].span.start and items[at].span.end == after.span.start
        return tight and not (items[at - 1].kind == after.kind == "name")
    return mark in (".", '"', "“", "”", "'", "‘", "’", "''", "``", "«", "»", "$", "#", "@")


def _joins_modifiers(items: Sequence[Item], start: int, head: int, at: int) -> bool:
    """Tell whether "and" stands between two modifiers of one noun: "current and former officials"."""
    if items[at].plain not in ("and", "or", "&") or head != at - 1 or at + 1 >= len(items):
        return False
    if items[head].kind == "name":
        introduced = items[start].plain in DETERMINERS and 0 < head - start <= 2
        return introduced and items[at + 1].kind == "name" and _reaches_noun(items[at + 1 : at + 5])
    left = look_up(items[head].plain) if items[head].kind == "word" else None
    if left is not None and (head > start or left.plural):
        return False
    return _reaches_noun(items[at + 1 : at + 5])


def _reaches_noun(after: Sequence[Item]) -> bool:
    """Tell whether at least one modifier, and then a noun of the lexicon, follow an "and"."""
    for index, item in enumerate(after):
        if item.kind not in ("word", "name") or item.plain in DETERMINERS or item.ends_phrase:
            return False
        if index and item.kind == "word" and look_up(item.plain) is not None:
            return True
    return False


def is_plural(word: str) -> bool:
    """Tell whether a word is known as a noun of more than one; unknown words in -s are taken to be."""
    known = look_up(word)
    return known.plural if known else word.endswith("s") and not word.endswith(("ss", "'s", "us", "is"))


@remembered
def look_up(word: str) -> HeadNoun | None:
    """Return what the lexicon knows of a noun as it stands; persons or organizations in the plural are a group.

    >>> look_up("spokeswomen")
    HeadNoun(category='group', plural=True)
    """
    lexicon = load_nouns()
    whole = plain(word)
    last = whole.rpartition("-")[2]
    for form in (whole, last) if last != whole else (whole,):
        if form in lexicon:
            category, number = lexicon[form]
            return HeadNoun(category, number == "plural")
        for singular in _singulars(form):
            if singular in lexicon and lexicon[singular][1] == "count":
                category = lexicon[singular][0]
                many: Category = "group" if category in ("person", "organization", "country") else category
                return HeadNoun(many, plural=True)
    return _guess(word)


@remembered
def is_personal(word: str) -> bool:
    """Tell whether a noun, in the singular or plural, is one for persons: not "sides", "parties", "papers".

    >>> is_personal("candidates"), is_personal("women"), is_personal("parties")
    (True, True, False)
    """
    lexicon = load_nouns()
    whole = plain(word)
    return any(lexicon[form][0] == "person" for form in (whole, *_singulars(whole)) if form in lexicon)


def is_person(noun: HeadNoun | None) -> bool:
    """Tell whether what the lexicon says of a noun is that it is one person."""
    return noun is not None and noun.category == "person"


def _guess(word: str) -> HeadNoun | None:
    if GUESSED_PEOPLE.search(word) or PEOPLES.match(word):
        return HeadNoun("group", plural=True)
    if word[:1].islower() and GUESSED_PERSON.search(word):
        return HeadNoun("person", plural=False)
    return None


def _singulars(word: str) -> Iterator[str]:
    """Yield what ``word`` may be the plural of."""
    if word in IRREGULAR:
        yield IRREGULAR[word]
    for ending, singular in (("men", "man"), ("women", "woman"), ("ies", "y"), ("ves", "f"), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)] + singular


@cache
def load_nouns() -> dict[str, tuple[Category, Number]]:
    """Return the lexicon of the package, read once: each noun in the singular with its category and number."""
    lines = files("onrecord.speakers").joinpath("headnouns.tsv").read_text(encoding="utf-8").splitlines()
    return dict(_entry(line) for line in lines[1:])  # the first line names the columns


def _entry(line: str) -> tuple[str, tuple[Category, Number]]:
    noun, category, number = line.split("\t")
    if category not in get_args(Category) or number not in get_args(Number):
        raise ValueError(f"headnouns.tsv: unknown category or number in {line!r}")
    return noun, (cast("Category", category), cast("Number", number))
