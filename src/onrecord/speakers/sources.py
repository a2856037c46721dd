"""What a source is: its parts, what each part's head is, and to whom it belongs.

"Gov. Mara Ilven (R) and two groups in the valley" is a name and a description; "Podl's lawsuit" is a
document that Podl made; "Ilven's spokesman, Teo Brandt," is Teo Brandt. No network is asked: English
puts the head of a noun phrase last, and the words that join phrases are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from onrecord.document import Span
from onrecord.speakers.headnouns import (
    DEFINITE,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    STANDS_ALONE,
    Category,
    is_person,
    items_of,
)
from onrecord.speakers.markables import Markable, MarkableKind
from onrecord.speakers.phraseheads import Head, SourceKind, head_of
from onrecord.speakers.register import is_one_of_a_people
from onrecord.speakers.relatives import OF_WHOM
from onrecord.speakers.sourceless import find_agent, is_impersonal
from onrecord.speakers.sourcephrases import (
    ABBREVIATED,
    Phrase,
    Words,
    extent,
    owning_pronoun,
    read_phrases,
    without_acronyms,
)
from onrecord.speakers.turnlabels import is_nameless

__all__ = ["SourceKind", "SourcePart", "analyse_source", "find_agent", "is_impersonal"]

Relation = Literal["new", "replaces", "renames", "shares", "joins", "describes"]

FITTING: Final = {"person": ("person", "unknown", "group"), "other": ("person", "organization")}
"""What a description may be of that a name of a kind names; of other kinds what an organization's may."""
MAKERS: Final = frozenset(("by", "from", "of"))
OWNERS: Final = MAKERS | {"for", "with", "at", "to"}
SHOWN: Final = frozenset(("video", "photo", "photograph", "footage", "image", "picture", "transcript", "tape"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePart:
    """One of those whom a source names or describes."""

    span: Span
    """This part of the source."""
    kind: SourceKind
    """What its head is."""
    head: Span
    """The name without its title, the description up to its head noun ("A spokesman"), or the pronoun."""
    name: int | None
    """Which of the names given its head is; None if it is none."""
    owners: tuple[Span, ...]
    """Names and pronouns inside that own or made it, nearest first: Podl in "Podl's lawsuit"."""
    category: Category
    """What it is, from its head noun or the kind of its name."""
    plural: bool
    definite: bool
    """True for "the", "this", "his", "Podl's", which may point back; False for "a", "some", bare plurals."""
    heading: Span
    """The fullest description without relative clause, participle or apposition, to print if it stays unnamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A part in the making: items ``[start, end)``, its description up to ``heading_end``."""

    phrase: Phrase
    head: Head
    start: int
    end: int
    heading_end: int
    described: bool = False
    listing: bool = False
    """True while a list inside the description goes on: "polls in Ohio, Iowa and Texas"."""


def analyse_source(text: str, source: Sequence[Span], names: Sequence[Markable]) -> tuple[SourcePart, ...]:
    """Return the parts of a source, in order and disjoint; none where it has no word.

    Args:
        text: the document's text.
        source: the source's spans, in order.
        names: the markables of form "name" that overlap the source, by start.

    >>> text = "A spokesman for Ilven, who has seen it"
    >>> analyse_source(text, [Span(0, 38)], [])[0].heading.of(text)
    'A spokesman for Ilven'
    """
    spans = [name.span for name in names]
    items = without_acronyms(text, [item for piece in source for item in items_of(text, piece, spans)])
    words = Words(text, items, names)
    return tuple(_set_right(text, _part(words, draft)) for draft in _drafts(words, read_phrases(words)))


def _set_right(text: str, part: SourcePart) -> SourcePart:
    """Return "some of whom" as a pronoun; "the Serb", and a name that a transcript does not know, as descriptions."""
    if whom := OF_WHOM.fullmatch(text, part.span.start, part.span.end):
        return replace(part, kind="pronoun", head=Span(*whom.span("pronoun")), plural=True)
    of_people = is_one_of_a_people(part.span.of(text))
    if not of_people and (part.kind != "name" or not is_nameless(part.span.of(text))):
        return part
    return replace(part, kind="nominal", name=None, category="person", definite=of_people, heading=part.span)


def _drafts(words: Words, phrases: Sequence[Phrase]) -> list[_Draft]:
    """Tie the phrases of a source together: which is another source, which only says more of the one before."""
    drafts: list[_Draft] = []
    closing = _closing(phrases)
    for index, phrase in enumerate(phrases):
        head = head_of(words, phrase)
        new = _Draft(phrase=phrase, head=head, start=phrase.base.start, end=phrase.end, heading_end=phrase.heading_end)
        if not drafts:
            drafts.append(new)
            continue
        last = drafts[-1]
        match _relation(words, last, new, closes=closing[index]):
            case "new":
                drafts.append(new)
            case "replaces":
                drafts[-1] = new
            case "renames" | "shares":
                drafts[-1] = replace(new, start=last.start)
            case "joins":
                listing = phrase.link == "comma" and closing[index]
                drafts[-1] = replace(last, end=phrase.end, heading_end=phrase.heading_end, listing=listing)
            case "describes":
                drafts[-1] = replace(last, end=phrase.end, described=True)
    return drafts


def _closing(phrases: Sequence[Phrase]) -> list[bool]:
    """Tell for each phrase whether the commas after it run up to an "and": "B" in "A, B, C and D"."""
    closing = [False] * len(phrases)
    for index in range(len(phrases) - 2, -1, -1):
        link = phrases[index + 1].link
        closing[index] = link == "and" or (link == "comma" and closing[index + 1])
    return closing


def _relation(words: Words, last: _Draft, new: _Draft, *, closes: bool) -> Relation:
    link = new.phrase.link
    if last.listing and link in ("comma", "and"):
        return "joins"
    opening = words.items[new.phrase.base.start].plain
    if words.items[new.head.at].plain in RELATIVES or opening == "whose" or link == "aside":
        return "describes"
    if link == "including":
        return "new" if new.head.kind == "name" else "describes"
    if link == "comma":
        after_comma = _name_after_comma if new.head.kind == "name" else _nominal_after_comma
        return after_comma(words, last, new, closes=closes)
    return _relation_after_and(words, last, new)


def _relation_after_and(words: Words, last: _Draft, new: _Draft) -> Relation:
    if _shares_noun(words, last, new):
        return "shares"
    if _is_second_title(words, last, new):
        return "renames"
    return _nominal_after_and(words, last, new) if new.head.kind == "nominal" else "new"


def _name_after_comma(words: Words, last: _Draft, new: _Draft, *, closes: bool) -> Relation:
    left, right = last.head, new.head
    if left.kind == "name":
        listed = left.name_kind == right.name_kind and (right.name_kind == "person" or closes)
        return "new" if listed else "describes"
    if closes and _last_member_kind(words, last) == right.name_kind:
        return "joins"
    if left.kind == "pronoun" or right.name_kind == "place":
        return "describes"
    return _name_of_nominal(words, last, right, closes=closes)


def _name_of_nominal(words: Words, last: _Draft, right: Head, *, closes: bool) -> Relation:
    """Tell what a name after a description is: one of its members, the name of it, or something else."""
    if last.head.plural and _describes_member(words, last):
        return "joins"
    if last.head.plural:
        return "replaces" if last.head.category in ("group", "unknown") else "describes"
    fits = FITTING.get(right.name_kind or "", ("organization", "unknown", "group"))
    # One word may be tagged as a person and be none; in "the union, Brandt and Quy" two are listed.
    if not closes and words.items[right.at].span.of(words.text).isalpha():
        fits = (*fits, "organization")
    return "renames" if last.head.category in fits else "describes"


def _describes_member(words: Words, draft: _Draft) -> bool:
    """Tell whether a description ends in one person, whom a name after a comma names: "fans of her rival, Brandt"."""
    members = draft.phrase.members
    return bool(members) and is_person(words.noun_at(members[-1].base.head))


def _last_member_kind(words: Words, draft: _Draft) -> MarkableKind | None:
    """Return the kind of the name that stands behind the last preposition of a description."""
    members = draft.phrase.members
    return words.kind_of(words.items[members[-1].base.head]) if members else None


def _nominal_after_comma(words: Words, last: _Draft, new: _Draft, *, closes: bool) -> Relation:
    bare = words.items[new.start].plain not in DETERMINERS
    ends_list = any(member.tie in ("and", "or", "&") for member in new.phrase.members)
    if last.head.kind == "nominal" and new.head.plural and bare and (closes or ends_list):
        return "joins"
    listed = last.head.kind != "nominal" and not last.described and new.head.plural and closes and not bare
    return "new" if listed else "describes"


def _nominal_after_and(words: Words, last: _Draft, new: _Draft) -> Relation:
    left, right = last.head, new.head
    if words.items[new.start - 1].plain in PREPOSITIONS:
        return "new"
    determined = [words.items[draft.phrase.base.start].plain in DETERMINERS for draft in (last, new)]
    if left.kind != "nominal":
        if right.plural or (determined[1] and not last.described):
            return "new"
        return "describes"
    capitals = all(words.text[words.items[head.at].span.start].isupper() for head in (left, right))
    apart = all(determined) or (capitals and left.plural and right.plural)
    return "new" if apart else "joins"


def _shares_noun(words: Words, last: _Draft, new: _Draft) -> bool:
    """Tell whether two names stand before one noun: "Verizon and Google executives", "a Times/CBS poll"."""
    first = new.phrase.base.start
    if last.head.kind != "name" or new.head.kind != "nominal" or first == new.head.at or last.phrase.members:
        return False
    kind = words.kind_of(words.items[first])
    return kind is not None and (new.phrase.link == "tight" or (kind == last.head.name_kind and new.head.plural))


def _is_second_title(words: Words, last: _Draft, new: _Draft) -> bool:
    """Tell whether two titles stand before one name: "founder and chief executive Mara Ilven"."""
    titled = new.head.name_kind == "person" and new.head.at > new.start
    bare = words.items[last.phrase.base.start].plain not in DETERMINERS
    return titled and bare and last.head.kind == "nominal" and last.head.category == "person"


def _part(words: Words, draft: _Draft) -> SourcePart:
    head, items, base = draft.head, words.items, draft.phrase.base
    span = items[head.at].span
    if head.kind == "name" and items[head.at].name is None:
        span = Span(items[_start_of_unlisted(words, base.start, head.at)].span.start, span.end)
    if head.kind == "nominal":
        span = Span(items[draft.start].span.start, span.end)
    return SourcePart(
        span=extent(items, draft.start, draft.end),
        kind=head.kind,
        head=span,
        name=items[head.at].name if head.kind == "name" else None,
        owners=tuple(_owners(words, draft)),
        category=head.category,
        plural=head.plural,
        definite=head.kind != "nominal" or _is_definite(words, draft, base.start),
        heading=extent(items, draft.start, draft.heading_end) if head.kind == "nominal" else span,
    )


def _start_of_unlisted(words: Words, start: int, head: int) -> int:
    """Return where a name that is none of those given begins: after the last title or known noun before it."""
    while head > start and words.is_unlisted_name(words.items[head - 1]):
        if words.items[head - 1].plain in ABBREVIATED:
            break
        head -= 1
    return head


def _is_definite(words: Words, draft: _Draft, start: int) -> bool:
    items = words.items[start : draft.head.at]
    return words.items[start].plain in DEFINITE or any(item.kind == "possessive" for item in items)


def _owners(words: Words, draft: _Draft) -> Iterator[Span]:
    """Yield the names and possessive pronouns before the head, from it outwards, then those behind it."""
    yield from _names_before(words, draft.start, draft.phrase.base.head)
    if draft.head.kind != "nominal":
        return
    owning, last_person = False, False
    for member in draft.phrase.members:
        inner = member.base.head
        person = words.kind_of(words.items[inner]) == "person"
        if member.tie not in ("and", "or", "&"):
            # "By Ilven of the college": the college says who Ilven is, and made nothing.
            aside = last_person and member.tie not in ("by", "from")
            owning = _makes(words, draft, member.tie) and not aside
            last_person = (last_person and aside) or (owning and person)
        elif last_person:
            owning = person
        if owning:
            if words.kind_of(words.items[inner]) or words.items[inner].plain in STANDS_ALONE:
                yield words.items[inner].span
            yield from _names_before(words, member.base.start, inner)


def _names_before(words: Words, start: int, head: int) -> Iterator[Span]:
    for at in range(head - 1, start - 1, -1):
        if words.items[at].kind == "name" or owning_pronoun(words.items[at]):
            yield words.items[at].span


def _makes(words: Words, draft: _Draft, tie: str) -> bool:
    """Tell whether what follows ``tie`` owns or made the head: "a letter from", but not "a letter to"."""
    if draft.head.category != "document":
        return tie in OWNERS
    shown = words.items[draft.phrase.base.head].plain.removesuffix("s") in SHOWN
    return tie in MAKERS and not (tie == "of" and shown)
