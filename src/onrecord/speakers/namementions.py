"""What grouping needs to know of every name of a report: how it is shown, its kind, its parts, its title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.document import Span
from onrecord.speakers.headnouns import look_up as look_up_noun
from onrecord.speakers.markables import Markable, MarkableKind
from onrecord.speakers.namewords import (
    Gender,
    Title,
    fold,
    load_given_names,
    load_nicknames,
    load_organization_words,
    without_possessive,
)
from onrecord.speakers.personnames import PersonName, parse_person, split_title, title_at, title_before, without_letters
from onrecord.speakers.register import look_up

EDGES: Final = " \t\r\n\"'“”‘’«»()[]{},;:!?*|"
ARTICLES: Final = ("the ", "The ", "THE ")
# A title before a name says more than the heads: "Mr. Ford" is no company.
TITLE_VOTES: Final = 2.0
# Where a surname is tagged a person in one mention of five, it is the person of that surname in all of them.
PERSON_SHARE: Final = 0.2
SUFFIXES: Final = ("jr", "sr", "ii", "iii", "iv")
PARTY_MEMBERS: Final = ("Democrats", "Republicans")
PLACES: Final = ("country", "demonym", "state", "capital", "city")
JOINS: Final = frozenset({"and", "&", ","})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMention:
    """One name of the text, read for grouping."""

    index: int
    """Its place in the sequence of names."""
    span: Span
    shown: str
    """The name without title, article and possessive, on one line."""
    key: str
    """What all spellings of it share; never empty."""
    kind: MarkableKind
    """Its kind, after the mentions of one string have voted."""
    person: PersonName
    """Its parts, if it is a person's."""
    title: Title | None
    """The title in it or right before it."""

    @property
    def gender(self) -> Gender | None:
        """The gender that the title tells."""
        return self.title.gender if self.title else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A name by itself, wherever it stands."""

    start: int
    """Where the name begins, after the titles in its span."""
    shown: str
    person: PersonName


def read_mentions(text: str, names: Sequence[Markable]) -> list[NameMention]:
    """Read every name, let the mentions of one string vote on their kind, and give couples their surname."""
    # A name stands three times in a report (17 names, 6 strings, at the median of 180): each string is read once.
    read: dict[tuple[str, bool], _Written] = {}
    mentions = []
    floor = 0
    for index, name in enumerate(names):
        key = (name.span.of(text), name.kind == "person")
        if key not in read:
            read[key] = _read(*key)
        mentions.append(_mention(text, index, name, read[key], floor))
        floor = max(floor, name.span.end)
    return _share_surnames(text, _vote(mentions, names, _people_of_labels(text, mentions)))


def _read(surface: str, is_person: bool) -> _Written:  # noqa: FBT001 - a key of two parts
    start = split_title(surface, Span(0, len(surface))).start if is_person else 0
    shown = _clean(_uncommaed(surface[start:]) if is_person else surface) or _clean(surface) or surface
    shown = without_letters(shown) if is_person else shown
    return _Written(start=start, shown=shown, person=parse_person(shown))


def _mention(text: str, index: int, name: Markable, written: _Written, floor: int) -> NameMention:
    span = Span(name.span.start + written.start, name.span.end)
    before = title_before(text, span.start, name.span.start if written.start else min(floor, span.start))
    title = title_at(before.of(text)) if before else None
    shown, person = written.shown, written.person
    if before and title and title.use == "reign" and _is_lone(person):
        shown = _clean(text[before.start : span.end])
        person = parse_person(shown)
    elif title is None and person.titles:
        title = title_at(person.titles[-1])
    elif title and title.use == "kin" and _is_lone(person) and fold(shown) not in load_given_names():
        title = None  # "pleased her father, Harrow said"
    return NameMention(
        index=index,
        span=span,
        shown=shown,
        key=fold(shown) or shown,
        kind="group" if name.kind == "person" and " and " in shown else name.kind,  # "Ada and Tom Harrow" in one
        person=person,
        title=title,
    )


def _is_lone(person: PersonName) -> bool:
    return len(person.given) + len(person.surname) == 1


def _uncommaed(name: str) -> str:
    """Return a person's name up to its first comma, save before "Jr.": "Ada Harrow, D-Ohio" is no longer name."""
    before, comma, after = name.partition(",")
    return name if comma and fold(after) in SUFFIXES else before


def _clean(written: str) -> str:
    """Return a name on one line, without article, possessive, and quotation marks and brackets around it."""
    shown = without_possessive(" ".join(written.split()).strip(EDGES))
    if shown.startswith(ARTICLES) and len(shown) > 4:
        return shown[4:].strip(EDGES)
    return shown


def _people_of_labels(text: str, mentions: Sequence[NameMention]) -> frozenset[str]:
    """Return the keys of those who are people by a transcript's labels: "JAKE SUMNER, HOST:" whose turns go "SUMNER:".

    Capitals are mostly an organization's for the heads, and a transcript has little else.
    """
    turns = {mention.key for mention in mentions if _is_lone(mention.person) and _is_label(text, mention.span, ":")}
    labels = {key for key in turns if look_up_noun(key) is None}  # "COUNCIL:" is no Orrin Council
    full = [each for each in mentions if each.person.is_full and each.person.surname_key in labels]
    people = [each for each in full if each.kind == "person" or _is_label(text, each.span, (":", ","))]
    return frozenset(key for each in people for key in (each.key, each.person.surname_key))


def _is_label(text: str, span: Span, behind: str | tuple[str, ...]) -> bool:
    """Tell whether a name in capitals begins a line, and this stands behind it."""
    before = text[max(0, span.start - 1) : span.start]
    return before in {"", "\n"} and text.startswith(behind, span.end) and span.of(text).isupper()


def _vote(
    mentions: Sequence[NameMention], names: Sequence[Markable], people: frozenset[str] = frozenset()
) -> list[NameMention]:
    """Give all mentions of one string the kind that most of them are tagged with; ``people`` are, whatever they say."""
    votes: defaultdict[str, defaultdict[MarkableKind, float]] = defaultdict(lambda: defaultdict(float))
    for mention, name in zip(mentions, names, strict=True):
        titled = _is_titled(mention)
        votes[mention.key]["person" if titled else mention.kind] += TITLE_VOTES if titled else name.confidence
    winners = {key: max(counts, key=lambda kind: counts[kind]) for key, counts in votes.items()}
    winners |= dict.fromkeys(people & winners.keys(), "person")
    surnames = {
        mention.person.surname_key
        for mention in mentions
        if winners[mention.key] == "person" and mention.person.is_full
    }
    for key, counts in votes.items():
        share = counts["person"] / (sum(counts.values()) or 1.0)
        if key in people:
            continue
        if key in surnames and (share >= PERSON_SHARE or winners[key] == "other"):
            winners[key] = "person"
        elif winners[key] == "person" and key[-1:] == "s" and key[:-1] in surnames and key not in surnames:
            winners[key] = "group"  # "the Harrows" beside "Ada Harrow"
    with_titles = {mention.key for mention in mentions if mention.title is not None}
    winners |= dict.fromkeys(_firms(mentions, winners) - surnames - with_titles - people, "organization")
    for mention in mentions:
        if mention.key not in surnames and mention.key not in with_titles:
            winners[mention.key] = _known_kind(mention, winners[mention.key])
    return [_of_kind(mention, "person" if _is_titled(mention) else winners[mention.key]) for mention in mentions]


def _of_kind(mention: NameMention, kind: MarkableKind) -> NameMention:
    return mention if mention.kind == kind else replace(mention, kind=kind)


def _firms(mentions: Sequence[NameMention], kinds: Mapping[str, MarkableKind]) -> set[str]:
    """Return the keys of firms without their legal form that are told as people: "Nimbus" beside "Nimbus Inc"."""
    forms = load_organization_words("corporate")
    words = [mention.shown.replace(",", "").split() for mention in mentions if kinds[mention.key] != "person"]
    firms = {fold(name[0]) for name in words if len(name) == 2 and fold(name[1]) in forms}
    full = [each.person for each in mentions if kinds[each.key] == "person" and each.person.is_full]
    return {key for key in firms if kinds.get(key) == "person"} - {fold(word) for each in full for word in each.given}


def _known_kind(mention: NameMention, voted: MarkableKind) -> MarkableKind:
    """Return what the register knows a name to be, where the heads take a place or its people for a person."""
    if mention.shown.rpartition(" ")[2] in PARTY_MEMBERS:
        return "group"
    entry = look_up(mention.shown) if voted == "person" and mention.key not in load_given_names() else None
    if entry is None or entry.kind not in PLACES:
        return voted
    if entry.plural:
        return "group"
    return "organization" if entry.kind == "state" else "place"  # a state does things: it is its government, too


def _is_titled(mention: NameMention) -> bool:
    """Tell whether a form of address that only people have stands before a name."""
    return mention.title is not None and mention.title.stands_for in ("mr", "mrs", "ms", "doctor", "senator")


def _share_surnames(text: str, mentions: list[NameMention]) -> list[NameMention]:
    """Give the first of a couple the surname of the second: "Ada and Jo Harrow".

    A list goes on so, from its end: "Ada, Jo and Mia Harrow".
    """
    surnames = {mention.person.surname_key for mention in mentions if mention.person.is_full}
    shared = list(mentions)
    joined = False
    for index in range(len(mentions) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        between = text[here.span.end : after.span.start].strip() if here.span.end <= after.span.start else ""
        joined = between in JOINS and (between != "," or joined)
        if joined and after.kind == here.kind == "person" and after.person.is_full and _is_given(here, surnames):
            person = replace(
                here.person,
                given=here.person.words,
                surname=after.person.surname,
                gender=here.person.gender or parse_person(f"{here.shown} {after.person.surname[-1]}").gender,
            )
            shown = " ".join(person.words)
            shared[index] = replace(here, person=person, shown=shown, key=fold(shown))
        else:
            joined = False
    return shared


def _is_given(mention: NameMention, surnames: set[str]) -> bool:
    """Tell whether a lone word is a given name, and nobody's surname in this report."""
    word = fold(mention.shown)
    if " " in mention.shown or word in surnames or mention.person.suffix:
        return False
    known = load_given_names().get(word)
    return word in load_nicknames() or (known is not None and not known.mostly_surname)
