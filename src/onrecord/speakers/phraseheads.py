"""What a noun phrase of a source is built around: a name, a description's noun, or a pronoun.

English puts the head last, but a name may stand behind the title ("Secretary of State Mara Ilven") or the clause that
gives it ("a group called Future 45"), and "52 percent of voters" are voters.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal

from onrecord.speakers.headnouns import (
    CONJUNCTIONS,
    DETERMINERS,
    INDEFINITE,
    MANY,
    PERSONAL,
    PRONOUNS,
    SOMEBODY,
    STANDS_ALONE,
    BasePhrase,
    Category,
    HeadNoun,
    is_person,
    look_up,
)
from onrecord.speakers.markables import MarkableKind
from onrecord.speakers.sourcephrases import (
    ABBREVIATED,
    GIVES_NAME,
    LONGEST_CLAUSE,
    ONE_OF,
    PARTITIVE,
    Phrase,
    Words,
)

SourceKind = Literal["name", "nominal", "pronoun"]

NAME_CATEGORY: Final[dict[MarkableKind, Category]] = {
    "person": "person",
    "organization": "organization",
    "place": "country",
    "group": "group",
    "document": "document",
}
TITLE_TIES: Final = frozenset(("of", "in"))
OFFICE_TIES: Final = TITLE_TIES | {"to", "for", "at"}
CALLED: Final = frozenset(("called", "named", "dubbed", "nicknamed"))
PARTY_MEMBERS: Final = frozenset(("democrat", "republican", "independent"))
OTHER_DETERMINERS: Final = DETERMINERS - {"the"}
NO_OFFICE: Final = ABBREVIATED | DETERMINERS
COUNTING: Final = PARTITIVE | INDEFINITE - {"a", "an"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a phrase is built around: the item at ``at``, and what is known of it."""

    at: int
    kind: SourceKind
    name_kind: MarkableKind | None = None
    noun: HeadNoun | None = None
    plural: bool = False

    @property
    def category(self) -> Category:
        """What it is, from its head noun or the kind of its name."""
        if self.name_kind is not None:
            return NAME_CATEGORY.get(self.name_kind, "unknown")
        return self.noun.category if self.noun else "unknown"


def head_of(words: Words, phrase: Phrase) -> Head:
    """Tell what a phrase is built around."""
    at = phrase.base.head
    item = words.items[at]
    titled = _name_after_title(words, phrase)
    titled = _name_after_called(words, phrase) if titled is None else titled
    if titled is not None:
        return Head(at=titled, kind="name", name_kind=words.kind_of(words.items[titled]))
    kind = words.kind_of(item)
    if item.kind == "name" or (kind and words.items[phrase.base.start].plain not in DETERMINERS):
        return Head(at=at, kind="name", name_kind=kind, plural=kind == "group")
    if _is_pronoun(words, phrase):
        return _pronoun(item.plain, at)
    return _nominal(words, phrase)


def _name_after_title(words: Words, phrase: Phrase) -> int | None:
    """Return where the name stands in "Secretary of State Mara Ilven", which is no secretary of Ilven's.

    The office may have an article or a place: "Speaker of the House Mara Ilven", "Leader in the Assembly Mara Ilven".
    """
    noun = words.noun_at(phrase.base.head)
    if noun is None or noun.category != "person" or noun.plural:
        return None
    if words.items[phrase.base.start].plain in OTHER_DETERMINERS:
        return None
    if (named := _name_after_field(words, phrase)) is not None:
        return named
    in_title = True
    for at, member in enumerate(takewhile(lambda member: member.tie in OFFICE_TIES, phrase.members)):
        base = member.base  # the first that is a person: "Secretary of State Mara Ilven of Belvar"
        in_title = in_title and member.tie in TITLE_TIES
        if words.kind_of(words.items[base.head]) == "person":
            ends = in_title and _ends_title(words, phrase, base, plain=at == 0 and member.tie == "of")
            return base.head if ends or _ends_office(words, base) else None
    return None


def _ends_office(words: Words, base: BasePhrase) -> bool:
    """Tell whether a name stands right behind that of a place or body: "the envoy to the United Nations Mara Ilven"."""
    before = words.items[base.head - 1] if base.head > base.start else None
    if before is None or before.plain in PARTY_MEMBERS:
        return False
    return before.kind == "name" and words.kind_of(before) in ("place", "organization")


def _name_after_field(words: Words, phrase: Phrase) -> int | None:
    """Return where the name stands in "Secretary of State for Ports and Quays Mara Ilven"; none in "Mayor Ilven"."""
    start = at = phrase.base.end + 2 * (words.plain_at(phrase.base.end, phrase.base.end + 2) == ["of", "state"])
    office = words.items[phrase.base.head].span.of(words.text)
    if office not in ("Minister", "Secretary") or words.plain_at(at, at + 1) != ["for"]:
        return None
    while (at := at + 1) < phrase.end and words.kind_of(words.items[at]) != "person":
        if not (words.text[words.items[at].span.start].isupper() or words.items[at].plain in ("and", "&", ".")):
            return None
    before = [word for word in words.plain_at(start + 1, at) if word != "."]
    titled = not before or before[-1] in (ABBREVIATED | CONJUNCTIONS) - {"dr"} or is_person(look_up(before[-1]))
    return None if titled or at >= phrase.end else at


def _ends_title(words: Words, phrase: Phrase, base: BasePhrase, *, plain: bool) -> bool:
    """Tell whether the words before a person's name end the title that a phrase begins with; as "of State" does."""
    before = range(base.start, base.head)
    if not before:
        return False
    has_article = words.items[base.start].plain == "the"
    if has_article or not plain:
        # "The widow of the late Mara Ilven", "a spokesman in the Mara Ilven camp": capitals make it an office.
        starts = [words.text[words.items[at].span.start] for at in (phrase.base.start, base.head - 1)]
        if not all(start.isupper() for start in starts):
            return False
        before = before[1:] if has_article else before
    titled = any(words.items[at].plain in NO_OFFICE or is_person(words.noun_at(at)) for at in before)
    return bool(before) and not titled


def _name_after_called(words: Words, phrase: Phrase) -> int | None:
    """Return where the name stands in "a new group called Future 45" and "a man who gave his name as Tavi"."""
    clause = phrase.clause
    if clause is None:
        return None
    for at in range(clause + 1, min(phrase.end, clause + LONGEST_CLAUSE)):
        if words.kind_of(words.items[at]) is None:
            continue
        before = [item.plain for item in words.items[clause:at]]
        if (len(before) == 1 and before[0] in CALLED) or GIVES_NAME.fullmatch(" ".join(before)):
            return at
    return None


def _is_pronoun(words: Words, phrase: Phrase) -> bool:
    base = phrase.base
    if words.items[base.head].plain not in PRONOUNS or base.head != base.start:
        return False
    if phrase.members and phrase.members[0].tie == "of":
        return False
    described = phrase.heading_end > base.end or phrase.clause is not None
    return not (described and words.items[base.head].plain in ("those", "that", "one", "all", "both"))


def _pronoun(plain: str, at: int) -> Head:
    if plain in PERSONAL or plain in SOMEBODY:
        return Head(at=at, kind="pronoun", noun=HeadNoun("person", plural=False))
    if plain in MANY:
        return Head(at=at, kind="pronoun", noun=HeadNoun("group", plural=True), plural=True)
    return Head(at=at, kind="pronoun")


def _nominal(words: Words, phrase: Phrase) -> Head:
    """Tell what a description is of; "one of her ads" is an ad, "52 percent of voters" are voters."""
    at = phrase.base.head
    counted = words.items[at].plain in PARTITIVE or words.items[at].kind == "number"
    if counted and phrase.members and phrase.members[0].tie == "of":
        inner = phrase.members[0].base.head
        if words.items[inner].plain in STANDS_ALONE:
            return _pronoun(words.items[inner].plain, inner)
        noun = words.noun_at(inner)
        plural = words.items[at].plain not in ONE_OF
        if noun is not None and not plural and noun.category == "group" and noun.plural:
            noun = HeadNoun("person", plural=False)
        kind = words.kind_of(words.items[inner]) if noun is None else None
        if kind:
            noun = HeadNoun("group" if plural else NAME_CATEGORY.get(kind, "unknown"), plural=plural)
        return Head(at=inner, kind="nominal", noun=noun, plural=plural)
    return _plain_nominal(words, phrase)


def _plain_nominal(words: Words, phrase: Phrase) -> Head:
    at = phrase.base.head
    item = words.items[at]
    if item.kind == "number":
        one = HeadNoun("person" if item.plain.endswith("-old") else "group", plural=not item.plain.endswith("-old"))
        return Head(at=at, kind="nominal", noun=one, plural=one.plural)
    noun = words.noun_at(at)
    if noun is None and item.plain in COUNTING:
        noun = HeadNoun("group", plural=True)
    plural = noun.plural if noun else item.plain.endswith("s") and not item.plain.endswith("ss")
    return Head(at=at, kind="nominal", noun=noun, plural=plural)
