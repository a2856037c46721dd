"""The noun phrases of a source, each with what follows it, and the word that ties it to the one before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from onrecord.document import Span
from onrecord.speakers.headnouns import (
    CONJUNCTIONS,
    DEFINITE,
    DETERMINERS,
    INDEFINITE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    BasePhrase,
    HeadNoun,
    Item,
    is_person,
    look_up,
    read_base,
)
from onrecord.speakers.markables import Markable, MarkableKind
from onrecord.wordlists import word_set

Link = Literal["first", "comma", "and", "tight", "including", "aside"]

LEADING: Final = word_set("""even especially but while particularly mostly yet so how""")
# "Both Ilven and Brandt" are two; "both candidates" keep their word.
BOTH: Final = word_set("both either neither")
ABBREVIATED: Final = word_set("sen sens rep reps gov govs mr mrs ms dr gen col lt capt sgt prof")
TOGETHER: Final = word_set("along together alongside well")
EXAMPLES: Final = word_set("like such unlike")
ADDS: Final = CONJUNCTIONS | TOGETHER
BETWEEN: Final = ADDS | LEADING | {"when", "where", "if", "because"}
"""What stands between two noun phrases besides prepositions."""
LEADS_IN: Final = PREPOSITIONS | LEADING
BEHIND_BOTH: Final = ABBREVIATED | DEFINITE | (PREPOSITIONS - {"of"})
"""Words that "both", where it counts what follows, stands before."""
ENDS_PHRASE: Final = ADDS | EXAMPLES | {"including"}
TIES_NO_MEMBER: Final = TOGETHER | {"including", "unlike"}
# A source may begin with the word that ties it to its cue: "by police", "in media reports".
FIRST_TIES: Final = word_set("by from in of to for with among on according per via under within at")
CLAUSE_ENDS: Final = frozenset((",", ";", ":", "(", "[", "--", "---", "—", "–", "-"))
# Of 20 descriptions with a clause and no comma in train 18 keep it, the longest with 16 words and marks.
LONGEST_HEADING: Final = 18
# Why a source goes unnamed says nothing of who it is: "an official who was not authorized to speak".
ANONYMITY: Final = word_set("anonymity anonymous authorized authorised")
# How many phrases behind a head are looked through for a person, so that a list of thousands stays linear.
NEAR: Final = 8
OPENS: Final = word_set("([{")
CLOSES: Final = {"(": ")", "[": "]", "{": "}"}
OPENED_BY: Final = {closing: opening for opening, closing in CLOSES.items()} | {
    "”": "“",
    "’": "‘",
    '"': '"',
    "»": "«",
    "''": "''",
}
GIVES_NAME: Final = re.compile(
    r"(?:.* )?(?:his|her|their|the|an?) (?:(?:first|last|full|own|real|call) ){0,2}(?:(?:nick)?name|(?:call)?sign)"
    r"(?:(?: only| simply| just)? as| ,)?"
    r"|.*\b(?:him|her|them)sel(?:f|ves)(?: \w+){0,2} as"
    r"|(?:whom (?:\w+ ){1,3}|(?:who|which|that|is|was|are|were|has|been|be|also|only|better|asked|wanted|to) ){0,6}"
    r"(?:known|identified)(?: (?!(?:the|an?|his|her|their|him|them|one) )\w+){0,4} as"
)
"""Words of a clause before the name of whom it describes: "a man who gave his name as Tavi", "known as", "whose call
sign", but not "an officer who identified the attacker as Tavi" or "who gave the attacker's name as Tavi"."""
LONGEST_CLAUSE: Final = 12
"""Items of a clause among which a name is looked for that it gives."""
SEEN: Final = word_set("seen obtained reviewed viewed read examined inspected verified heard acquired accessed")
"""Who has seen a document did not make it: "a memo seen by the Echo"."""
QUOTES: Final = frozenset(("'", '"', "“", "”", "‘", "’", "''", "``", ".", "«", "»"))
ACRONYM: Final = re.compile(r"[A-Z][A-Za-z&.-]{0,9}[A-Z]")
# After the head and before a preposition, these belong to the description: "a source familiar with the case".
KEPT_AFTER: Final = word_set(
    """familiar close able unable responsible available involved here there upstate nationwide overall worldwide abroad
    loyal opposed critical sympathetic surveyed polled interviewed"""
)
PARTITIVE: Final = word_set(
    """one some many most all none each half several few both percent per-cent number majority minority series lot lots
    dozen dozens hundreds thousands millions scores handful any neither either another two three four five six seven
    eight nine ten quarter third two-thirds three-quarters rest array range variety string share proportion portion
    mix plurality average pair review set bunch"""
)
ONE_OF: Final = word_set("one each none neither either another series average review")


class Member(NamedTuple):
    """A noun phrase that follows a head: the word that ties it ("of", "by"), and the phrase."""

    tie: str
    base: BasePhrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One noun phrase of a source with all that hangs on it: items ``[base.start, end)``."""

    link: Link
    base: BasePhrase
    end: int
    heading_end: int
    """Where the description ends: before a relative clause, a participle or an apposition."""
    members: tuple[Member, ...]
    clause: int | None = None
    """Where a relative clause or participle begins, if one does."""


@dataclass(frozen=True, slots=True)
class Words:
    """A source as items, with the text and the names that they come from."""

    text: str
    items: Sequence[Item]
    names: Sequence[Markable]

    def kind_of(self, item: Item) -> MarkableKind | None:
        """Return the kind of the name that an item is; None if it is none."""
        if item.name is not None:
            return self.names[item.name].kind
        return "other" if self.is_unlisted_name(item) else None

    def is_unlisted_name(self, item: Item) -> bool:
        """Tell whether a capitalised word that is no known noun, pronoun or article stands as a name."""
        return (
            item.kind == "word"
            and self.text[item.span.start].isupper()
            and item.plain not in DETERMINERS
            and item.plain not in PRONOUNS
            and not item.ends_phrase
            and look_up(item.span.of(self.text)) is None
        )

    def plain_at(self, start: int, end: int) -> list[str]:
        """Return the items of a run in lower case."""
        return [item.plain for item in self.items[start:end]]

    def noun_at(self, index: int) -> HeadNoun | None:
        """Return what the lexicon knows of the item at ``index``."""
        item = self.items[index]
        return look_up(item.span.of(self.text)) if item.kind == "word" else None


def without_acronyms(text: str, items: Sequence[Item]) -> list[Item]:
    """Return items without brackets that a phrase goes on behind: "the Dockers' League (DKL) leader", "Dr (Mrs) Q"."""
    kept: list[Item] = []
    at = 0
    while at < len(items):
        inside = bool(kept) and kept[-1].kind in ("word", "name") and _is_acronym(text, items[at : at + 4])
        size = 3 if inside else _size_of_address(kept, items[at : at + 5])
        kept += () if size else (items[at],)
        at += size or 1
    return kept


def _size_of_address(before: Sequence[Item], items: Sequence[Item]) -> int:
    """Return how many items are a form of address in brackets between a title and a name; 0 if they are none."""
    titled = before[-2:-1] if before and before[-1].plain == "." else before[-1:]
    if not items or items[0].plain != "(" or not titled or titled[0].plain not in ABBREVIATED | {"senator", "hon"}:
        return 0
    closing = next((at for at, item in enumerate(items) if item.plain == ")"), len(items))
    return closing + 1 if closing + 1 < len(items) and items[closing + 1].kind == "name" else 0


def _is_acronym(text: str, items: Sequence[Item]) -> bool:
    """Tell whether four items are an acronym in brackets and the noun behind it."""
    if len(items) < 4 or items[0].plain != "(" or items[2].plain != ")":
        return False
    behind = items[3].kind == "word" and look_up(items[3].plain) is not None
    return behind and ACRONYM.fullmatch(items[1].span.of(text)) is not None


def read_phrases(words: Words) -> list[Phrase]:
    """Return the noun phrases of a source in their order."""
    phrases: list[Phrase] = []
    at = 0
    while at < len(words.items):
        link, at = _read_link(words.items, at, first=not phrases)
        if at < len(words.items):
            phrases.append(_read_phrase(words, at, link))
            at = phrases[-1].end
    return phrases


def _read_link(items: Sequence[Item], at: int, *, first: bool) -> tuple[Link, int]:
    """Return how the next noun phrase hangs on what is before it, and where it begins."""
    start = at
    while at < len(items) and _links(items, at, first=first):
        at += 1
    if first and at == len(items):
        return "first", next((index for index in range(start, at) if items[index].kind == "word"), at)
    if first:
        return "first", at
    tight = at == start + 1 and items[start].plain in ("/", "-", "–") and _touches(items, start)
    return "tight" if tight else _kind_of_link({item.plain for item in items[start:at]}), at


def _kind_of_link(passed: set[str]) -> Link:
    """Tell what the words between two noun phrases say of the second."""
    if "including" in passed:
        return "including"
    if not passed.isdisjoint(EXAMPLES):
        return "aside"
    if not passed.isdisjoint(ADDS):
        return "and"
    return "comma" if passed.isdisjoint(PREPOSITIONS) else "aside"


def _touches(items: Sequence[Item], at: int) -> bool:
    """Tell whether a mark stands between two words without a space."""
    inside = 0 < at < len(items) - 1
    return inside and items[at - 1].span.end == items[at].span.start and items[at].span.end == items[at + 1].span.start


def _links(items: Sequence[Item], at: int, *, first: bool) -> bool:
    """Tell whether an item stands between noun phrases and belongs to none."""
    item = items[at]
    if item.kind in ("mark", "possessive"):
        return True
    if item.kind != "word" or _opens_count(items, at):
        return False
    if item.plain in BOTH:
        after = items[at + 1] if at + 1 < len(items) else None
        return after is not None and (after.kind == "name" or after.plain in BEHIND_BOTH)
    ties = FIRST_TIES if first else PREPOSITIONS
    return item.plain in ties or item.plain in BETWEEN


def _opens_count(items: Sequence[Item], at: int) -> bool:
    """Tell whether "at least", "at most" begins here, which belongs to the number after it."""
    return items[at].plain == "at" and at + 1 < len(items) and items[at + 1].plain in ("least", "most")


def _read_phrase(words: Words, start: int, link: Link) -> Phrase:
    """Return the noun phrase at ``items[start]`` with the phrases and the clause that hang on it."""
    items = words.items
    base = read_base(items, start)
    members: list[Member] = []
    at = heading_end = base.end
    if link != "first" and items[start].plain in RELATIVES:
        return Phrase(link=link, base=base, end=len(items), heading_end=heading_end, members=(), clause=start)
    while at < len(items):
        item = items[at]
        if item.plain in OPENS:
            at = _after_bracket(items, at)
        elif item.kind == "possessive" or item.plain in QUOTES:
            heading_end += heading_end == at
            at += 1
        elif item.plain in KEPT_AFTER:
            at = heading_end = at + 1
        elif _adds_member(words, base, members, at):
            member = _read_member(items, at)
            members.append(member)
            at = heading_end = member.base.end
        elif item.kind == "mark" or item.plain in ENDS_PHRASE:
            break
        else:
            found, end = _read_clause(items, at)
            noun = words.noun_at(base.head)
            definite = link == "first" and items[base.start].plain in DEFINITE and not (noun and noun.plural)
            end = min(end, _start_of_last_name(words, at)) if definite else end
            heading_end = _end_of_clause(items, start, at) or heading_end
            return Phrase(link=link, base=base, end=end, heading_end=heading_end, members=(*members, *found), clause=at)
    return Phrase(link=link, base=base, end=at, heading_end=heading_end, members=tuple(members))


def _after_bracket(items: Sequence[Item], at: int) -> int:
    closing = CLOSES[items[at].plain]
    return next((index + 1 for index in range(at + 1, len(items)) if items[index].plain == closing), len(items))


def _adds_member(words: Words, base: BasePhrase, members: Sequence[Member], at: int) -> bool:
    """Tell whether a preposition, or an "and" that belongs to the phrase behind one, stands at ``at``."""
    items = words.items
    if items[at].kind != "word" or at + 1 >= len(items):
        return False
    if items[at].plain in PREPOSITIONS:
        return items[at].plain not in TIES_NO_MEMBER and _start_of_member(items, at) < len(items)
    if items[at].plain not in ("and", "or", "&") or not members or _start_of_member(items, at) >= len(items):
        return False
    return not _parts_at(words, base, members, at)


def _parts_at(words: Words, base: BasePhrase, members: Sequence[Member], at: int) -> bool:
    """Tell whether "and" after "of ...", "in ..." begins another source: "A of Texas and B of Kentucky"."""
    items = words.items
    start = _start_of_member(items, at)
    right = read_base(items, start)
    person = words.kind_of(items[right.head]) == "person"
    persons = any(words.kind_of(items[member.base.head]) in ("person", "other") for member in members[-NEAR:])
    if words.kind_of(items[base.head]) == "person" and not persons:
        noun = words.noun_at(right.head)
        described = noun is not None and noun.category in ("person", "group")
        return person or (described and (items[start].plain in DETERMINERS or (noun is not None and noun.plural)))
    if person and not any(member.tie in EXAMPLES for member in members):
        return not persons
    noun = words.noun_at(base.head)
    return (
        noun is not None
        and noun.plural
        and (items[start].plain in INDEFINITE or items[at + 1].plain in PREPOSITIONS)
        and items[start].kind == "word"
    )


def _start_of_member(items: Sequence[Item], at: int) -> int:
    """Return where the noun phrase behind a preposition or an "and" begins."""
    at += 1
    while at < len(items) and items[at].kind == "word" and items[at].plain in LEADS_IN:
        at += 1
    opens = at < len(items) and (items[at].kind == "mark" and items[at].plain in QUOTES)
    at += opens
    if at < len(items) and (items[at].kind in ("mark", "possessive") or items[at].ends_phrase):
        return len(items)
    return at


def _read_member(items: Sequence[Item], at: int) -> Member:
    return Member(items[at].plain, read_base(items, _start_of_member(items, at)))


def _read_clause(items: Sequence[Item], start: int) -> tuple[list[Member], int]:
    """Return the makers that a clause names, and where it ends: "released Monday by the council", "he sent"."""
    if items[start].plain in PRONOUNS and items[start].plain not in RELATIVES:
        return [Member("by", BasePhrase(start=start, end=start + 1, head=start))], len(items)
    found: list[Member] = []
    at = start
    while at < len(items):
        makes = items[at].kind == "word" and (
            items[at].plain in ("by", "from") or (bool(found) and _goes_on(items, at))
        )
        makes = makes and items[at - 1].plain not in SEEN
        if makes and items[start].plain not in RELATIVES and _start_of_member(items, at) < len(items):
            found.append(_read_member(items, at))
            at = found[-1].base.end
        else:
            at += 1
    return found, at


def _start_of_last_name(words: Words, start: int) -> int:
    """Return where the comma before a name stands that ends a source: "the woman who founded the firm, Ida Pell,".

    Not where the name is that of somebody in the clause: "a man who knows the mayor, Ida Pell".
    """
    items = words.items
    end = len(items)
    while end > start and items[end - 1].kind == "mark":
        end -= 1
    parted = end - 3 > start and items[end - 1].kind == "name" and items[end - 2].plain == ","
    return end - 2 if parted and not is_person(words.noun_at(end - 3)) else len(items)


def _end_of_clause(items: Sequence[Item], start: int, at: int) -> int | None:
    """Return where a clause without a comma before it ends, which tells who is meant; None if it runs on too long."""
    if items[at].plain in ("if", "when", "while", "because", "although", "though"):
        return None
    end = next((index for index in range(at, len(items)) if items[index].plain in CLAUSE_ENDS), len(items))
    if any(_says_unnamed(items, index) for index in range(at, min(end, start + LONGEST_HEADING))):
        return None
    return end if end - at > 1 and end - start <= LONGEST_HEADING else None


def _says_unnamed(items: Sequence[Item], at: int) -> bool:
    if items[at].plain in ("named", "identified"):
        return items[at - 1].plain in ("be", "being")
    return items[at].plain in ANONYMITY


def _goes_on(items: Sequence[Item], at: int) -> bool:
    return items[at].plain == "and" and at + 1 < len(items) and items[at + 1].kind in ("name", "word")


def owning_pronoun(item: Item) -> bool:
    """Tell whether an item is a possessive pronoun."""
    return item.kind == "word" and item.plain in POSSESSIVES


def extent(items: Sequence[Item], start: int, end: int) -> Span:
    """Return the span of ``items[start:end]`` without the marks and the possessive at its end.

    A mark that closes a bracket or quotation opened inside is kept.
    """
    if items[end - 1].kind not in ("mark", "possessive"):
        return Span(items[start].span.start, items[end - 1].span.end)
    marks = Counter(items[at].plain for at in range(start, end) if items[at].kind == "mark")
    while end - 1 > start and items[end - 1].kind in ("mark", "possessive"):
        closing = items[end - 1].plain
        opening = OPENED_BY.get(closing)
        if opening and marks[opening] and (opening != closing or marks[closing] % 2 == 0):
            break
        marks[closing] -= 1
        end -= 1
    return Span(items[start].span.start, items[end - 1].span.end)
