"""Statements to queries: what each part of a source, or its lack, asks for, and who might answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.document import Span
from onrecord.model.scores import Sightings
from onrecord.speakers.antecedents import Antecedents, Asked
from onrecord.speakers.discourse import ANIMACY, Animacy, Discourse, Occurrence, Referent, gender_of_noun
from onrecord.speakers.featurenames import CATEGORIES
from onrecord.speakers.features import Candidate, History, Query
from onrecord.speakers.namewords import fold, without_possessive
from onrecord.speakers.pronouns import pronoun_of
from onrecord.speakers.sources import SourcePart
from onrecord.wordlists import word_set

MOST_CANDIDATES: Final = 24
WALK: Final = 160
"""Occurrences looked back over for candidates: enough for 24 people in all but lists of names."""
AHEAD: Final = 3
NOT_THEIR_OWNERS: Final = ("person", "group", "organization", "country")
"""A spokesman is not the one he speaks for; but a letter may be said to be its writer."""
SEEN_BY: Final = re.compile(
    r"\b(?:seen|obtained|reviewed|viewed|examined|verified|heard|acquired|accessed|read) (?:only )?by (?:the )?\Z"
)
NEAR_SEEN: Final = 40
OTHERS: Final = {
    **dict.fromkeys(("both", "all"), "both"),
    **dict.fromkeys(("those", "these"), "those"),
    **dict.fromkeys(("you", "everyone", "everybody", "anyone", "anybody", "nobody"), "you"),
    "that": "that",
}
"""Pronouns of no grammatical person, by what they ask for; any other asks for "one"."""
COMPANIES: Final = word_set(
    "airline automaker bakery brewer brewery carmaker company developer firm manufacturer retailer startup supermarket"
)
BODIES: Final = word_set(
    """assembly cabinet commission committee congress council court department government legislature ministry
    parliament police senate tribunal union"""
)
"""Head nouns of what is no company."""
SMALL_WORDS: Final = word_set(
    """the a an of for in on at to by from with and or his her their its this that these those
    s who is was one some"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement as the resolver sees it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    continues: int | None = None
    within: int | None = None
    quoted: bool = False
    """The content is in quotation marks."""
    headline: bool = False

    @property
    def position(self) -> int:
        """Where the statement stands for the order of turns: its source, or its cue, or its content."""
        return (self.source or self.cue or self.content)[0].start


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A query with who might answer it, and what the heads say of them."""

    query: Query
    candidates: tuple[Candidate, ...]
    pairs: dict[int, tuple[float, float]]
    rows: list[list[float]]
    seen: Sightings


def depth_of(statements: Sequence[Said], index: int) -> int:
    """Return in how many contents a statement lies."""
    depth, outer = 0, statements[index].within
    while outer is not None and depth < 8:
        depth, outer = depth + 1, statements[outer].within
    return depth


def content_words(words: str) -> frozenset[str]:
    """Return the folded words of a description that tell it from others.

    >>> sorted(content_words("the harbour council’s chief"))
    ['chief', 'council', 'harbour']
    """
    plain = (without_possessive(word) for word in words.split() if word.lower() not in SMALL_WORDS)
    return frozenset(map(fold, plain)) - {""}


def query_of_part(
    discourse: Discourse,
    said: Said,
    part: SourcePart,
    owners: tuple[int, ...],
    *,
    together: tuple[int, ...] = (),
    voice: int | None = None,
) -> Query:
    """Return what a part of a source asks."""
    text = discourse.text
    words = part.head.of(text).split()
    head = words[-1].lower().strip(".,") if words else ""
    asked = _asked_by_pronoun(discourse, part) if part.kind == "pronoun" else _asked_by_noun(part, head)
    heading = part.heading.of(text)
    described = part.kind == "nominal"
    return Query(
        asks=asked.pronoun or "nominal",
        category=part.category if part.category in CATEGORIES else "unknown",
        asked=asked,
        span=part.span,
        words=content_words(heading) if described else frozenset(),
        head=fold(head) if described else "",
        description=fold(heading) if described else "",
        definite=part.definite,
        owners=owners,
        together=together,
        voice=voice,
        several=several_of(words),
        cue=said.cue,
        quoted=is_quoted(discourse, part.span.start),
        content=said.content,
        content_quoted=said.quoted,
        headline=said.headline,
    )


def _asked_by_pronoun(discourse: Discourse, part: SourcePart) -> Asked:
    word = part.head.of(discourse.text).lower()
    pronoun = pronoun_of(word)
    if pronoun is None:
        return Asked(animacy=None, gender=None, plural=part.plural or None, pronoun=OTHERS.get(word, "one"))
    animacy: Animacy | None = "person" if pronoun.kind in ("he", "she", "i") else None
    return Asked(animacy=animacy, gender=pronoun.gender, plural=pronoun.plural, pronoun=pronoun.kind)


def _asked_by_noun(part: SourcePart, head: str) -> Asked:
    return Asked(animacy=ANIMACY.get(part.category), gender=gender_of_noun(head), plural=part.plural)


def several_of(words: Sequence[str]) -> int:
    """Return how many the words of a source ask for: 2 for "both" and "the two men", 0 where they do not tell."""
    plain = {word.lower() for word in words}
    return 2 if plain & {"both", "two", "pair", "duo", "couple"} else 3 if "three" in plain else 0


def query_without_source(discourse: Discourse, said: Said, *, impersonal: bool) -> Query:
    """Return what a statement without a source asks."""
    span = (said.cue or said.content)[0]
    return Query(
        asks="implicit",
        category="unknown",
        asked=Asked(animacy=None, gender=None, plural=None),
        span=span,
        impersonal=impersonal,
        cue=said.cue,
        quoted=is_quoted(discourse, span.start),
        content=said.content,
        content_quoted=said.quoted,
        headline=said.headline,
    )


def is_quoted(discourse: Discourse, offset: int) -> bool:
    """Tell whether an offset stands in quotation marks."""
    return bool(discourse.quoted_around(offset))


def candidates_for(discourse: Discourse, query: Query, history: History) -> tuple[Candidate, ...]:
    """Return who might answer: those mentioned near before, the last speakers, owners, somebody new, and nobody."""
    if query.asks == "you":  # nobody in particular: whoever reads, or "nobody"
        return Candidate(referent=None), Candidate(referent=None, nobody=True)
    found: dict[int, None] = dict.fromkeys(query.owners)
    for turn in reversed(history.turns[-3:]):
        found.update(dict.fromkeys(turn.speakers if len(turn.speakers) == 1 else ()))
    _add_mentioned(found, discourse, query)
    found.update(dict.fromkeys(history.together[-2:]))
    found.update(dict.fromkeys(query.together))
    found.update(dict.fromkeys(discourse.main))
    if query.asks in ("i", "we", "implicit") and not query.quoted:
        found[discourse.author.index] = None
    if query.voice is not None:
        found[query.voice] = None
    barred = {*_seers(discourse, query), *(query.owners if query.category in NOT_THEIR_OWNERS else ())}
    referents = (discourse.referents[index] for index in sorted(found) if index not in barred)
    return (
        *(Candidate(referent=each) for each in referents if _may_be(query, each)),
        Candidate(referent=None),
        Candidate(referent=None, nobody=True),
    )


def _seers(discourse: Discourse, query: Query) -> Iterator[int]:
    """Yield who has seen a document, by the words of the source: "a decree seen by the Echo" is not the Echo's."""
    for occurrence in discourse.within(query.span) if query.asks == "nominal" else ():
        before = discourse.text[max(query.span.start, occurrence.span.start - NEAR_SEEN) : occurrence.span.start]
        if occurrence.referent is not None and SEEN_BY.search(before):
            yield occurrence.referent


def _add_mentioned(found: dict[int, None], discourse: Discourse, query: Query) -> None:
    """Add who is mentioned right behind a query in its sentence, and near before it, until there are enough."""
    at = discourse.index_at(query.span.start)
    sentence = discourse.sentence_at(query.span.start)
    for index in discourse.ahead(at, sentence, AHEAD):
        referent = discourse.occurrences[index].referent
        if referent is not None:
            found[referent] = None
    for occurrence in reversed(discourse.occurrences[max(0, at - WALK) : at]):
        if len(found) >= MOST_CANDIDATES:
            return
        if occurrence.referent is not None:
            found[occurrence.referent] = None


def _may_be(query: Query, referent: Referent) -> bool:
    """Tell whether grammar leaves somebody as the answer: "he" is no woman, "the council" nobody in person."""
    if query.asks in ("he", "she", "it"):
        return query.asked.allows(referent)
    if query.asks == "nominal" and query.category in ("person", "organization"):
        return query.asked.plural is True or (query.asked.allows(referent) and _same_trade(query.head, referent))
    return True


def _same_trade(head: str, referent: Referent) -> bool:
    """Tell whether words leave that a described organization is this one: no company is a council, and none a company.

    >>> council = Referent(index=0, name="the islanders’ council", kind="organization", named=False, heads={"council"})
    >>> _same_trade("company", council), _same_trade("body", council)
    (False, True)
    """
    heads = {*referent.heads, *referent.name.casefold().split()[-1:]}
    for one, other in ((COMPANIES, BODIES), (BODIES, COMPANIES)):
        if head in one:
            return heads.isdisjoint(other) or not heads.isdisjoint(one)
    return True


def pairs_of(antecedents: Antecedents, discourse: Discourse, query: Query) -> dict[int, tuple[float, float]]:
    """Return for each referent the chance and the score that the heads give it as the answer."""
    if query.asks == "implicit" or query.asks in ("i", "we"):
        return {}
    occurrence = Occurrence(
        span=query.span,
        form="nominal" if query.asks == "nominal" else "pronoun",
        sentence=discourse.sentence_at(query.span.start),
        paragraph=discourse.paragraph_at(query.span.start),
        quoted=query.quoted,
        animacy=query.asked.animacy,
        gender=query.asked.gender,
        plural=query.asked.plural,
    )
    pairs = {referent.index: (chance, score) for referent, chance, score in antecedents.scores(occurrence, query.asked)}
    for index in query.together:
        members = [pairs[each] for each in discourse.referents[index].members if each in pairs]
        if members:
            pairs[index] = (min(chance for chance, _ in members), min(score for _, score in members))
    return pairs


def referent_of_span(discourse: Discourse, span: Span) -> Referent | None:
    """Return who an owner inside a source is: the referent of the occurrence that stands there."""
    for occurrence in discourse.within(span):
        if occurrence.referent is not None:
            return discourse.referents[occurrence.referent]
    return None


def owners_of(discourse: Discourse, owners: Sequence[Span]) -> tuple[int, ...]:
    """Return the referents of the owners inside a source, nearest first."""
    found = (referent_of_span(discourse, span) for span in owners)
    return tuple(dict.fromkeys(each.index for each in found if each is not None))
