"""Organizations, places and groups: which of their names are one, by spelling, acronym and part.

Places and groups are one where they are spelled alike. Organizations are also told by their acronym
("the Harbour Safety Commission (HSC)"), without their legal form ("Inc."), turned round ("Department of
Justice", "Justice Department") and by their first or last words ("Harrow Institute for Law").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from typing import Final

from onrecord.speakers.namementions import NameMention
from onrecord.speakers.namewords import fold, load_organization_words
from onrecord.speakers.register import look_up
from onrecord.wordlists import word_set

SMALL: Final = word_set("of for the and in on to at a an de la du des der by with against from &")
LEADS_ON: Final = word_set("of for in on to at against de")
MOST_WORDS: Final = 10
TIED: Final = ("organization", "other")
"""Kinds whose names are tied by more than their spelling."""
NATIONS: Final = {"us": ("united", "states"), "un": ("united", "nations"), "eu": ("european", "union")}
LONGEST_ACRONYM: Final = 7
MOST_CANDIDATES: Final = 8
"""Of more organizations with the same part or acronym only the most named are weighed."""


@dataclass(slots=True, eq=False)
class _Organization:
    """All mentions that are spelled alike, and what they turned out to be part of."""

    words: tuple[str, ...]
    """Folded, without the legal form, the kind of body last: ``justice department`` for "Department of Justice"."""
    shown: str
    mentions: list[NameMention]
    whole: _Organization | None = None
    """The fuller name that this one is short for."""
    rivals: tuple[_Organization, ...] = ()
    """Other fuller names that it might be short for."""

    @property
    def key(self) -> str:
        """Its words as one."""
        return "".join(self.words)

    @property
    def root(self) -> _Organization:
        """The fullest name of this organization."""
        root = self
        while root.whole is not None:
            root = root.whole
        return root


def group_organizations(
    text: str, mentions: Sequence[NameMention], people: frozenset[str] = frozenset()
) -> tuple[list[list[NameMention]], dict[int, tuple[int, ...]]]:
    """Return the mentions in groups, and for doubtful ones a mention of each other group.

    Args:
        text: the document's text.
        mentions: names of all kinds but person, in the order of the text.
        people: folded names of people, which are no short names of organizations.
    """
    spelled = _by_spelling(mentions)
    named = [each for each in spelled.values() if each.mentions[0].kind in TIED]
    _tie_brackets(text, mentions, spelled)
    _tie([each for each in named if _is_acronym(each.shown)], _index(named, _acronyms))
    _tie([each for each in named if each.key not in people], _index(named, _beginnings))
    _tie([each for each in named if each.key not in people], _index(named, _endings), introduced=True)
    groups: defaultdict[int, list[NameMention]] = defaultdict(list)
    for each in spelled.values():
        groups[id(each.root)].extend(each.mentions)
    doubts = {
        mention.index: rivals
        for each in spelled.values()
        if (rivals := tuple(rival.root.mentions[0].index for rival in each.rivals if rival.root is not each.root))
        for mention in each.mentions
    }
    return [sorted(group, key=lambda mention: mention.index) for group in groups.values()], doubts


def _by_spelling(mentions: Sequence[NameMention]) -> dict[str, _Organization]:
    """Return the names by what all spellings of each share, the mentions of each in one."""
    spelled: dict[str, _Organization] = {}
    for mention in mentions:
        words = _words_of(mention)
        key = "".join(words) if mention.kind in TIED else _country_of(mention) or mention.key
        if key not in spelled:
            spelled[key] = _Organization(words=words, shown=mention.shown, mentions=[])
        spelled[key].mentions.append(mention)
    return spelled


def _country_of(mention: NameMention) -> str | None:
    """Return a country's English name for its short names: "U.K.", "America"; None for what is no country.

    Its full style ("Republic of Turkey") stays by itself: as the fullest name it would head all that Turkey says.
    """
    entry = look_up(mention.shown) if mention.kind == "place" and " of " not in mention.shown else None
    return entry.name if entry is not None and entry.kind == "country" else None


def _words_of(mention: NameMention) -> tuple[str, ...]:
    """Return the folded words of a name, without its legal form and "U.S.", "Department of Justice" turned round."""
    words = spelled_out(_folded(mention.shown))
    if len(words) > 3 and words[:2] == ["united", "states"]:
        words = words[2:]
    return tuple(turned_round(words)) or (mention.key,)


def spelled_out(words: Sequence[str]) -> list[str]:
    """Return the folded words of a name without its legal form, and with those that its first stands for.

    >>> spelled_out(["un", "women"]), spelled_out(["harrow", "co"])
    (['united', 'nations', 'women'], ['harrow'])
    """
    kept = list(words)
    while len(kept) > 1 and kept[-1] in load_organization_words("corporate"):
        kept.pop()
    if len(kept) > 1 and kept[0] in NATIONS:
        kept[:1] = NATIONS[kept[0]]
    return kept


def turned_round(words: Sequence[str]) -> list[str]:
    """Return the folded words of a name with "of Justice" before "Department".

    >>> turned_round(["department", "of", "justice"])
    ['justice', 'department']
    """
    if len(words) > 2 and words[1] == "of" and words[0] in load_organization_words("generic"):
        return [*words[2:], words[0]]
    return list(words)


def _folded(name: str) -> list[str]:
    return [folded for word in name.split() if (folded := "&" if word == "&" else fold(word))]


def _is_acronym(shown: str) -> bool:
    letters = shown.replace(".", "")
    return letters.isalpha() and letters.isupper() and 2 <= len(letters) <= LONGEST_ACRONYM


def _acronyms(name: _Organization) -> Iterator[str]:
    """Yield the initials of a name: of all its words, and of its long ones."""
    words = _folded(name.shown)[:MOST_WORDS]
    if len(words) > 1:
        yield "".join(word[0] for word in words)
        yield "".join(word[0] for word in words if word not in SMALL)


def _beginnings(name: _Organization) -> Iterator[str]:
    """Yield the first words that may stand for a name: before "for" and "of", or before words such as "Institute"."""
    generic = load_organization_words("generic")
    words = name.words[:MOST_WORDS]
    for size in range(1, len(words)):
        rest = words[size:]
        if words[size - 1] not in SMALL and (
            (size > 1 and rest[0] in LEADS_ON) or all(word in generic or word in SMALL for word in rest)
        ):
            yield "".join(words[:size])


def _endings(name: _Organization) -> Iterator[str]:
    """Yield the last words that may stand for a name: two or more of them, or one such as "Commission" or "Herald"."""
    words = name.words[-MOST_WORDS:]
    lone = load_organization_words("generic") | load_organization_words("paper")
    for at in range(1, len(words)):
        if words[at] not in SMALL and (at < len(words) - 1 or words[at] in lone):
            yield "".join(words[at:])


def _index(
    names: Sequence[_Organization], keys_of: Callable[[_Organization], Iterator[str]]
) -> dict[str, list[_Organization]]:
    index: defaultdict[str, list[_Organization]] = defaultdict(list)
    for name in names:
        for key in dict.fromkeys(keys_of(name)):
            index[key].append(name)
    return index


def _tie(
    shorts: Sequence[_Organization], index: Mapping[str, Sequence[_Organization]], *, introduced: bool = False
) -> None:
    """Tie each short name to the fuller one that it stands for, the most named of several.

    With ``introduced``, only to one that the report has given in full before.
    """
    for short in shorts:
        if short.whole is not None:
            continue
        found = nsmallest(
            MOST_CANDIDATES,
            (
                name
                for name in index.get(short.key, ())
                if len(name.words) > len(short.words)  # so that no name is tied to itself, nor two to each other
                and not (introduced and short.mentions[0].index < name.mentions[0].index)
            ),
            key=lambda name: (-len(name.mentions), name.mentions[0].index),
        )
        if found:
            short.whole, short.rivals = found[0], tuple(found[1:])


def _tie_brackets(text: str, mentions: Sequence[NameMention], spelled: Mapping[str, _Organization]) -> None:
    """Tie acronyms to the names that they stand beside in brackets, either in front."""
    owner = {mention.index: name for name in spelled.values() for mention in name.mentions}
    for first, second in pairwise(mentions):
        between = text[first.span.end : second.span.start] if first.span.end <= second.span.start else ""
        if between.strip() != "(" or text[second.span.end : second.span.end + 1] != ")":
            continue
        long, short = owner[first.index], owner[second.index]
        if _is_acronym(first.shown):
            long, short = short, long
        if short.whole is None and _is_acronym(short.shown) and _may_abbreviate(short, long):
            short.whole = long


def _may_abbreviate(short: _Organization, long: _Organization) -> bool:
    """Tell whether the letters of an acronym stand in a longer name in their order, the first at its beginning."""
    letters = iter(long.key)
    return len(long.words) > 1 and long.key[0] == short.key[0] and all(letter in letters for letter in short.key)
