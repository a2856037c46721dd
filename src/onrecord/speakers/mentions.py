"""All that may refer to somebody in a report: the heads' names and descriptions, and the pronouns.

Names that the heads missed, but that a source is built around, are added: whoever speaks is somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.document import Span
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.headnouns import DETERMINERS, PRONOUNS
from onrecord.speakers.headnouns import look_up as look_up_noun
from onrecord.speakers.markables import Markable, MarkableKind
from onrecord.speakers.namegroups import group_names
from onrecord.speakers.namepieces import put_together
from onrecord.speakers.namerepairs import repaired
from onrecord.speakers.namewords import fold
from onrecord.speakers.personnames import gender_of_given, parse_person, split_title, title_at
from onrecord.speakers.pronouns import find_pronouns
from onrecord.speakers.register import is_one_of_a_people, look_up
from onrecord.speakers.sources import analyse_source
from onrecord.speakers.turnlabels import is_nameless
from onrecord.wordlists import word_set

WORD: Final = re.compile(r"\S+")
DASHES: Final = " -–—―"
"""What ends a dateline."""
ARTICLE: Final = re.compile(r"the\s+(?=\S)", re.IGNORECASE)
OF_PLACE: Final = re.compile(r",?\s{1,9}(?:of|from)\s{1,9}(?=[A-Z])|\s{0,9}\(")
COMPOUND_TAIL: Final = re.compile(
    r"(?<=[a-z])-(?:area|based|linked|backed|led|born|era|wide|owned|run|trained|made|controlled|held|occupied)\Z"
)
"""What makes an adjective of a name that is no person's: "Quarn Bay-based"."""
INITIAL_END: Final = re.compile(r"\b[A-Z]\.\Z")
AGAINST_OR_FOR: Final = re.compile(r"(?:anti|pro|non|post|pre)[-–—]\S+\Z", re.IGNORECASE)
NUMBER_BEFORE: Final = re.compile(r"\d[/,.]\Z")
ADJECTIVE_OF_PARTY: Final = re.compile(r"\s(?:Democratic|Republican)\Z")
MEMBER_OF_PARTY: Final = re.compile(r"\s{1,4}(?:Democrat|Republican)\Z")
SMALL_TAIL: Final = re.compile(r"(?<=[a-z])-[a-z]+\Z")
JOINED_TAIL: Final = re.compile(r"\s{1,4}(?:and|or|&)\Z")
NOT_LATIN: Final = re.compile(r"[^\W\d_a-zA-Z]")
PARTY: Final = re.compile(r"[(\[,]?\s?[RDI]\s?[-–—]\s?[A-Z]")
BEHIND_PARTY: Final = re.compile(r"\W?[RDI]-")
"""What stands before the state of a party's member: "(D-", no end of a word ("CORRECTED-")."""
ROLES_BEHIND: Final = word_set(
    "donor donors supporter supporters aide aides ally allies backer backers adviser advisers"
)
NO_SURNAMES: Final = frozenset({"Administration", "Campaign", "Presidency", "Memo", "Memos", "Impeachment", "Rally"})
"""What a headline writes behind a name with a capital: "the Harrow Administration"."""
NO_NAMES: Final = word_set(
    """you he she they we it who both mr mrs ms miss dr sen rep gov lord lady sir president a an the i us god this that
    here there yes no monday tuesday wednesday thursday friday saturday sunday"""
)
NO_DESCRIPTIONS: Final = word_set("a an the in of on at to and or by for with this that these those right")
NEVER_NAMES: Final = DETERMINERS | PRONOUNS
"""Words that are no name by themselves, capitals or not."""
DESCRIBED: Final = re.compile(
    r"(?:(?<![^\n])|(?<=[.?!]\s)|(?<=[.?!][\"”’]\s))(?:the|its|their|our)\s"
    r"(?:(?!(?:of|for|from|at|in|on|to|by|with|and)\s)[\w’'-]+\s){0,3}?(?P<noun>[a-z]+),\s\Z",
    re.IGNORECASE,
)
"""A description that begins a sentence, before the comma behind which whatever it describes is named.

Elsewhere the comma may end what stands before the subject: "According to the agency, Rafiq, who fled, is armed".
"""
BEHIND_BODY: Final = re.compile(r",\s(?!(?:and|or|the|who|whose)\b)(?-i:[a-z])", re.IGNORECASE)
"""What stands behind a body's name, which is in no list: "The dockers' union, Unitas, struck"."""
CONTESTS: Final = word_set("primary primaries caucus caucuses race races contest ticket nomination convention debate")
GUESSED: Final = 0.4
"""Confidence of a name that only the source's capitals tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The markables of a report, each kind in the order of the text."""

    names: tuple[Markable, ...]
    nominals: tuple[Markable, ...]
    pronouns: tuple[Span, ...]


def find_mentions(
    text: str, paragraphs: Sequence[Span], tagged: Iterable[Markable], sources: Sequence[Sequence[Span]]
) -> Mentions:
    """Return the names, descriptions and pronouns of a report.

    Args:
        text: the document's text.
        paragraphs: the runs that are read.
        tagged: what the heads tag, in any order.
        sources: the sources of the statements.
    """
    markables = list(tagged)
    trimmed = (_trimmed(text, each) for each in markables if each.form == "name")
    names = _joined(text, without_overlaps(each for each in trimmed if _is_name(text, each)))
    names = _with_bodies(text, repaired(text, put_together(text, names)))
    members = {each.span: each for each in names if _is_member(text, each)}
    last = {each.span.of(text).rsplit(maxsplit=1)[-1].lower() for each in names}
    names = [each for each in names if each.span not in members and not _is_compound(text, each, last)]
    names = _with_sources(text, names, sources)
    described = (each for each in markables if each.form == "nominal" and _is_description(text, each))
    nominals = without_overlaps([*described, *map(_described, members.values())])
    ends = [name.span.end for name in names]
    kept = tuple(each for each in nominals if not _ends_in_name(each.span, names, ends))
    return Mentions(names=tuple(names), nominals=kept, pronouns=tuple(find_pronouns(text, paragraphs)))


def apart(text: str, markable: Markable, silent: Sequence[Span]) -> Markable:
    """Return a name or description without the dateline before it: "KOLVAR - Ostravia" is Ostravia.

    >>> name = Markable(span=Span(0, 17), form="name", kind="person", confidence=0.9)
    >>> apart("KOLVAR - Ostravia", name, [Span(0, 8)]).span
    Span(start=9, end=17)
    """
    span = markable.span
    at = bisect_right(silent, span.start, key=lambda run: run.start) - 1
    if at < 0 or span.start >= silent[at].end:
        return markable
    if span.end > silent[at].end:
        return replace(markable, span=Span(silent[at].end, span.end).trimmed(text))
    return replace(markable, span=Span(span.start, span.start + len(span.of(text).rstrip(DASHES))))


def lay_out(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], quoted: Sequence[Span], mentions: Mentions
) -> Discourse:
    """Put the mentions of a report in their places, its names grouped and their roles known."""
    discourse = Discourse(text, paragraphs, sentences, quoted)
    discourse.add_names(mentions.names, group_names(text, mentions.names))
    discourse.add_others(mentions.nominals, mentions.pronouns)
    discourse.add_roles()
    return discourse


def speaks_by_name(name: Markable) -> bool:
    """Tell whether a source built around this name is it: "many Democrats" are not "Democrats", but some of them."""
    return name.kind in ("person", "organization", "place", "document")


def without_overlaps(markables: Iterable[Markable]) -> list[Markable]:
    """Return markables by start; of those that overlap the surest is kept, of equally sure ones the longest."""
    ordered = sorted(markables, key=lambda each: (-each.confidence, -each.span.size, each.span.start))
    kept: list[Markable] = []
    starts: list[int] = []
    for each in ordered:
        at = bisect_left(starts, each.span.end)
        if not each.span.size or (at and kept[at - 1].span.end > each.span.start):
            continue
        starts.insert(at, each.span.start)
        kept.insert(at, each)
    return kept


def _trimmed(text: str, name: Markable) -> Markable:
    """Cut what is no name from a person's (titles, "of Ohio", a role behind it), and the article from any other's."""
    span = name.span
    joined = JOINED_TAIL.search(text, span.start, span.end)
    if joined is not None and joined.start() > span.start:
        span = Span(span.start, joined.start())
    if name.kind != "person":
        article = ARTICLE.match(text, span.start, span.end)
        tail = COMPOUND_TAIL.search(text, span.start, span.end)
        return _over(name, Span(article.end() if article else span.start, tail.start() if tail else span.end))
    untitled = split_title(text, span)
    span = untitled if untitled.size else span  # "Amy Pope" has no title
    tail = SMALL_TAIL.search(text, span.start, span.end)
    if tail is not None and not _surname_first(span.of(text)):
        span = Span(span.start, tail.start())
    place = OF_PLACE.search(text, span.start, span.end)
    if place is not None and place.start() > span.start:
        span = Span(span.start, place.start())
    words = [*WORD.finditer(text, span.start, span.end)]
    while len(words) > 2 and (_is_role(words[-1].group()) or _is_building(text, words[-1])):
        words.pop()
    if len(words) > 1 and words[-1].group() in NO_SURNAMES:
        words.pop()
    return _over(name, Span(span.start, words[-1].end() if words else span.start))


def _over(name: Markable, span: Span) -> Markable:
    return name if name.span == span else replace(name, span=span)


def _surname_first(words: str) -> bool:
    """Tell whether a hyphen belongs to a name of the Korean or Chinese order: "Ban Ki-moon"."""
    first = words.split(maxsplit=1)[0]
    person = parse_person(words)
    return bool(person.given) and person.surname == (first,)


def _is_building(text: str, word: re.Match[str]) -> bool:
    """Tell whether the last word of a name begins another: "the Ada Ilven White House"."""
    return word.group() == "White" and text.startswith(" House", word.end())


def _is_role(word: str) -> bool:
    """Tell whether a word behind a name in a headline is what the person is: "Ada Ilven Donor"."""
    noun = look_up_noun(word.lower())
    return noun is not None and noun.category in ("person", "group") and word.lower() in ROLES_BEHIND


def _is_name(text: str, name: Markable) -> bool:
    """Tell whether anything is left of a name: letters, and no title, pronoun or party with its state."""
    words = name.span.of(text)
    if sum(map(str.isalpha, words)) < 2 and not NOT_LATIN.search(words):
        return False
    if PARTY.match(text, max(0, name.span.start - 1)) or BEHIND_PARTY.fullmatch(
        text[max(0, name.span.start - 3) : name.span.start]
    ):
        return False
    title = title_at(words)
    return (
        not _is_part(text, name)
        and words.lower() not in NO_NAMES
        and not is_nameless(words)
        and (title is None or len(title.words) < len(words.split()))
    )


def _is_part(text: str, name: Markable) -> bool:
    """Tell whether a name is only part of a word that is none, of an adjective, or of a party with its state."""
    words = name.span.of(text)
    after = text[name.span.end : name.span.end + 2]
    full = " " in words  # "the Ada Ilven-led council" names her, "Ilven-led" hardly
    if after[:1] == "-" and after[1:].islower() and not full:
        return True
    if ADJECTIVE_OF_PARTY.search(words) and _noun_follows(text, name.span.end):
        return True  # "the Belvar Democratic primary"
    if AGAINST_OR_FOR.match(words) or ("-" in words and words.split("-")[-1].islower() and len(words.split()) == 1):
        return True
    if after[:1] != ")" or text[max(0, name.span.start - 1) : name.span.start] != "(":
        return False
    entry = look_up(words)
    return entry is not None and entry.kind == "state"


def _noun_follows(text: str, end: int) -> bool:
    """Tell whether the word behind a name is a noun in small letters that it may stand before."""
    after = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    word = after.group().strip(".,;:!?’'\"”)") if after is not None else ""
    return word.islower() and (word in CONTESTS or look_up_noun(word) is not None)


def _joined(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Make one name of two that the heads parted behind an initial: "Ada W." and "Harrow"."""
    whole: list[Markable] = []
    for name in names:
        before = whole[-1] if whole else None
        if (
            before is not None
            and before.kind == name.kind == "person"
            and text[before.span.end : name.span.start] == " "
            and " " in before.span.of(text)
            and INITIAL_END.search(before.span.of(text))
        ):
            whole[-1] = replace(before, span=Span(before.span.start, name.span.end))
        else:
            whole.append(name)
    return whole


def _is_member(text: str, name: Markable) -> bool:
    """Tell whether what looks like a name describes somebody by place, party or people: "the Belvar Republican"."""
    words = name.span.of(text)
    article = text[max(0, name.span.start - 4) : name.span.start].lower() == "the "
    of_party = name.kind != "person" and MEMBER_OF_PARTY.search(words) is not None
    if not article or not (of_party or is_one_of_a_people(f"the {words}", noun=True)):
        return False
    goes_on = text[name.span.end : name.span.end + 1] == " " and text[name.span.end + 1 : name.span.end + 2].isupper()
    return not goes_on and not _noun_follows(text, name.span.end)


def _described(name: Markable) -> Markable:
    """Return a member of a party as the description that it is, article and all."""
    return replace(name, form="nominal", kind="person", span=Span(name.span.start - len("the "), name.span.end))


def _with_bodies(text: str, names: list[Markable]) -> list[Markable]:
    """Return names with those as organizations that the report calls one, though the heads took them for a person's.

    "The dockers' union, Unitas, said": Unitas is an organization, wherever it is named; but not Held, who is
    Mara Held elsewhere.
    """
    bodies = {each.span.of(text) for each in names if each.kind == "person" and _is_body(text, each.span)}
    if not bodies:
        return names
    bodies -= {word for each in names for word in each.span.of(text).split() if word != each.span.of(text)}
    return [replace(each, kind="organization") if each.span.of(text) in bodies else each for each in names]


def _is_body(text: str, name: Span) -> bool:
    if not name.of(text).isalpha() or not BEHIND_BODY.match(text, name.end):
        return False
    before = DESCRIBED.search(text, max(0, name.start - 80), name.start)
    noun = None if before is None else look_up_noun(before["noun"])
    return noun is not None and noun.category == "organization" and not noun.plural


def _is_compound(text: str, name: Markable, last: Collection[str]) -> bool:
    """Tell whether a word joins two who are named by themselves too: "a Harrow-Ilven ticket".

    Args:
        text: the document's text.
        name: what is tagged as a name.
        last: the last words of the report's names, in lower case.
    """
    first, hyphen, second = name.span.of(text).lower().partition("-")
    return bool(hyphen) and " " not in name.span.of(text) and name.kind == "person" and first in last and second in last


def _is_description(text: str, nominal: Markable) -> bool:
    """Tell whether a description has more than an article or preposition, and does not begin within a number."""
    words = nominal.span.of(text)
    if words.lower() in NO_DESCRIPTIONS:
        return False
    return not (words[0].isdigit() and NUMBER_BEFORE.search(text, max(0, nominal.span.start - 2), nominal.span.start))


def _ends_in_name(span: Span, names: Sequence[Markable], ends: Sequence[int]) -> bool:
    """Tell whether the last word of a description lies in a name."""
    at = bisect_left(ends, span.end)
    return at < len(names) and names[at].span.start < span.end


def _with_sources(text: str, names: list[Markable], sources: Sequence[Sequence[Span]]) -> list[Markable]:
    """Add the names that sources are built around and the heads did not tag."""
    starts = [name.span.start for name in names]
    heads: list[Span] = []
    for source in sources:
        first = max(0, bisect_left(starts, source[0].start) - 1)
        last = bisect_left(starts, source[-1].end)
        inside = [
            name
            for name in names[first:last]
            if speaks_by_name(name) and any(name.span.overlaps(span) for span in source)
        ]
        if _may_name_others(text, source, inside):
            parts = analyse_source(text, source, inside)
            heads += [part.head for part in parts if part.kind == "name" and part.name is None and part.head.size]
    if not heads:
        return names
    kinds = _kinds(text, names)
    added = [Markable(span=head, form="name", kind=_guess(head.of(text), kinds), confidence=GUESSED) for head in heads]
    return without_overlaps([*names, *added])


def _may_name_others(text: str, source: Sequence[Span], names: Sequence[Markable]) -> bool:
    """Tell whether a source has a word with a capital that is in none of some names, by start, and no "The" or "He".

    Most have none, and need not be analysed for the names that the heads did not tag.
    """
    for piece in source:
        at = piece.start
        for start, end in (*(name.span for name in names), Span(piece.end, piece.end)):
            words = text[at : min(start, piece.end)].split()
            if any(word.lower() not in NEVER_NAMES and any(map(str.isupper, word)) for word in words):
                return True
            at = max(at, end)
    return False


def _kinds(text: str, names: Sequence[Markable]) -> dict[str, Counter[MarkableKind]]:
    """Return how often each name, and the last word of each, is of which kind."""
    kinds: dict[str, Counter[MarkableKind]] = {}
    for name in names:
        for word in (fold(name.span.of(text)), fold(name.span.of(text).split()[-1])):
            kinds.setdefault(word, Counter())[name.kind] += 1
    return kinds


def _guess(words: str, kinds: dict[str, Counter[MarkableKind]]) -> MarkableKind:
    """Return the kind that the same name has elsewhere, or what its words look like."""
    known = kinds.get(fold(words))
    if known:
        return known.most_common(1)[0][0]
    entry = look_up(words)
    if entry is not None:
        return "group" if entry.plural else "organization" if entry.kind == "body" else "place"
    person = parse_person(words)
    count = len(words.split())
    if gender_of_given(person.given) or (count <= 3 and not words.isupper()):
        return "person"
    return "organization"
