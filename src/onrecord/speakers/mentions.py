"""All that may refer to somebody in a report: the heads' names and descriptions, and the pronouns.

Names that the heads missed, but that a source is built around, are added: whoever speaks is somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.document import Span
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.headnouns import look_up as look_up_noun
from onrecord.speakers.markables import Markable, MarkableKind
from onrecord.speakers.namegroups import group_names
from onrecord.speakers.namewords import fold
from onrecord.speakers.personnames import gender_of_given, parse_person, split_title, title_at
from onrecord.speakers.pronouns import find_pronouns
from onrecord.speakers.register import look_up
from onrecord.speakers.sources import analyse_source
from onrecord.wordlists import word_set

WORD: Final = re.compile(r"\S+")
ARTICLE: Final = re.compile(r"the\s+(?=\S)", re.IGNORECASE)
OF_PLACE: Final = re.compile(r",?\s{1,9}(?:of|from)\s{1,9}(?=[A-Z])|\s{0,9}\(")
SMALL_TAIL: Final = re.compile(r"(?<=[a-z])-[a-z]+\Z")
JOINED_TAIL: Final = re.compile(r"\s{1,4}(?:and|or|&)\Z")
NOT_LATIN: Final = re.compile(r"[^\W\d_a-zA-Z]")
PARTY: Final = re.compile(r"[(\[,]?\s?[RDI]\s?[-–—]\s?[A-Z]")
ROLES_BEHIND: Final = word_set(
    "donor donors supporter supporters aide aides ally allies backer backers adviser advisers"
)
NO_NAMES: Final = word_set(
    """you he she they we it who mr mrs ms miss dr sen rep gov lord lady sir president a an the i us god this that here
    there yes no monday tuesday wednesday thursday friday saturday sunday"""
)
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
    names = without_overlaps(each for each in trimmed if _is_name(text, each))
    names = _with_sources(text, names, sources)
    nominals = without_overlaps(each for each in markables if each.form == "nominal")
    ends = [name.span.end for name in names]
    kept = tuple(each for each in nominals if not _ends_in_name(each.span, names, ends))
    return Mentions(names=tuple(names), nominals=kept, pronouns=tuple(find_pronouns(text, paragraphs)))


def lay_out(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], mentions: Mentions) -> Discourse:
    """Put the mentions of a report in their places, its names grouped and their roles known."""
    discourse = Discourse(text, paragraphs, quoted)
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
        name = replace(name, span=span)
    if name.kind != "person":
        article = ARTICLE.match(text, span.start, span.end)
        return replace(name, span=Span(article.end(), span.end)) if article else name
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
    return replace(name, span=Span(span.start, words[-1].end()) if words else Span(span.start, span.start))


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
    if PARTY.match(text, max(0, name.span.start - 1)) or text[max(0, name.span.start - 2) : name.span.start] in (
        "R-",
        "D-",
        "I-",
    ):
        return False
    after = text[name.span.end : name.span.end + 2]
    full = name.kind == "person" and " " in words  # "the Ada Ilven-led council" names her, "Ilven-led" hardly
    if after[:1] == "-" and after[1:].islower() and not full:
        return False
    last = WORD.findall(words)[-1].split("-")[-1]
    if "-" in words and last.islower() and len(words.split()) == 1:
        return False
    if after[:1] == ")" and text[max(0, name.span.start - 1) : name.span.start] == "(":
        entry = look_up(words)
        if entry is not None and entry.kind == "state":
            return False
    title = title_at(words)
    return words.lower() not in NO_NAMES and (title is None or len(title.words) < len(words.split()))


def _ends_in_name(span: Span, names: Sequence[Markable], ends: Sequence[int]) -> bool:
    """Tell whether the last word of a description lies in a name."""
    at = bisect_left(ends, span.end)
    return at < len(names) and names[at].span.start < span.end


def _with_sources(text: str, names: list[Markable], sources: Sequence[Sequence[Span]]) -> list[Markable]:
    """Add the names that sources are built around and the heads did not tag."""
    kinds: dict[str, Counter[MarkableKind]] = {}
    for name in names:
        for word in (fold(name.span.of(text)), fold(name.span.of(text).split()[-1])):
            kinds.setdefault(word, Counter())[name.kind] += 1
    starts = [name.span.start for name in names]
    added = []
    for source in sources:
        first = max(0, bisect_left(starts, source[0].start) - 1)
        last = bisect_left(starts, source[-1].end)
        inside = [
            name
            for name in names[first:last]
            if speaks_by_name(name) and any(name.span.overlaps(span) for span in source)
        ]
        added += [
            Markable(span=part.head, form="name", kind=_guess(part.head.of(text), kinds), confidence=GUESSED)
            for part in analyse_source(text, source, inside)
            if part.kind == "name" and part.name is None and part.head.size
        ]
    return without_overlaps([*names, *added]) if added else names


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
