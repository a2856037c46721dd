"""Roles: what the report itself says that a named person is, with the words that say so.

A role is written before the name ("Belvari Foreign Minister Mara Ilven"), after it ("Mara Ilven, spokeswoman for the
ferry line", "Ilven (R-Wis.)", "Ilven, who heads the port board", "Ilven of the Quay Institute") or said of it ("Ilven is
a lawyer"). Nothing is inferred: every title is in the text at the span, save that "who heads" gives "head" (the class
``heads`` of ``rolewords.tsv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.document import Span
from onrecord.speakers.register import country_in, look_up
from onrecord.speakers.rolephrases import (
    AND,
    DETERMINERS,
    OF,
    PARTIES,
    RELATIVE,
    RolePhrase,
    Token,
    is_head,
    phrase_at,
    phrase_before,
    role_words,
    tokens_of,
)

BEFORE: Final = 200
"""Characters before a name that are looked at; the longest gold role before one has 92."""
AFTER: Final = 400
DASHES: Final = ("-", "--", "---", "–", "—")
CLOSERS: Final = (",", ".", ";", ":", ")", "?", "!", "”", '"', "…", *DASHES)
QUOTES: Final = ("”", '"', "'", "’", "“")
MOST_ROLES: Final = 4
"""Roles of one apposition: "founder, owner and president of ..."."""
_PARTY: Final = re.compile(
    r"\s*(?:\(|,)\s*(?:Rep\.?|Sen\.?|Gov\.?)?\s*(?P<party>[RDIL]|Rep|Dem|Ind)\.?"
    r"(?:\s?[-–—,]\s?(?P<place>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}))?\s*(?=[),;.]|$)"
)
_OWNER: Final = re.compile(r"(?:[^\W\d_][\w.-]*\s){0,3}[^\W\d_][\w.-]*['’]s?\s+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRole:
    """What the report says at one place that somebody is."""

    title: str
    """The title alone, in the report's words: ``Foreign Minister``; a party's letter as ``R``; empty where the report
    gives only what the person is of ("Ilven of the Quay Institute")."""
    of: str | None
    """What it is a title of, in the report's words, save that countries and states have their English name: ``Russia``."""
    span: Span
    """The words that say so, without the name; title and ``of`` are in them."""
    country: str | None
    """ISO 3166-1 alpha-2 code of the country that the words name, if it is one."""


def find_roles(text: str, name: Span, sentence: Span) -> tuple[FoundRole, ...]:
    """Return the roles that a sentence gives to the person named in it, by position.

    Args:
        text: the document's text.
        name: the name without titles.
        sentence: the sentence that holds the name; nothing outside is looked at.
    """
    before = tokens_of(text, max(sentence.start, name.start - BEFORE), name.start)
    after = tokens_of(text, name.end, min(sentence.end, name.end + AFTER))
    found = [*_before(text, before, after), *_after(text, name, after)]
    distinct = {role.span: role for role in found}
    return tuple(distinct[span] for span in sorted(distinct))


def country_before(text: str, name: Span) -> str | None:
    """Return the country whose name, as an owner, stands right before a name: "Belgium's Ilven"; None if there is none."""
    found = _OWNER.search(text, max(0, name.start - 60), name.start)
    words = found.group().split() if found else []
    for first in range(len(words)):
        entry = look_up(" ".join(words[first:]))
        if entry and entry.kind in ("country", "capital", "government"):
            return entry.country
    return None


def _before(text: str, tokens: Sequence[Token], after: Sequence[Token]) -> Iterator[FoundRole]:
    """Yield the role right before the name, or before a comma that the name stands between: "the mayor, Ilven,"."""
    end = len(tokens) - 1
    if end > 0 and tokens[end].text == "," and after and after[0].text in (",", ")", *DASHES):
        end -= 1
    elif end >= 0 and not tokens[end].is_word:
        return
    head = _head_before(tokens, end)
    if head is None:
        return
    phrase = phrase_before(text, tokens, head, end)
    if phrase:
        yield _role(text, phrase)


def _head_before(tokens: Sequence[Token], end: int) -> int | None:
    """Return the index of the head of a phrase that ends at ``end``: "Sen.", or "secretary" in "secretary of state"."""
    if end < 0:
        return None
    if is_head(tokens[end], plural=True):
        return end
    for index in range(end - 1, max(0, end - 5), -1):
        if tokens[index].lower in OF:
            tail = tokens[index + 1 : end + 1]
            fits = tokens[index].lower == "of" and all(each.is_capital or each.lower in TAILS for each in tail)
            return index - 1 if fits and is_head(tokens[index - 1]) else None
    return None


TAILS: Final = frozenset("the state staff defense defence and general".split())


def _after(text: str, name: Span, tokens: Sequence[Token]) -> Iterator[FoundRole]:
    """Yield the roles that follow the name."""
    start = 0
    party = _PARTY.match(text, name.end, tokens[-1].end if tokens else name.end)
    if party:
        yield _party(text, party)
        start = next((i for i, token in enumerate(tokens) if token.start >= party.end()), len(tokens))
        start += start < len(tokens) and tokens[start].text == ")"
    while start < len(tokens) and tokens[start].text in QUOTES:
        start += 1
    if start >= len(tokens):
        return
    first = tokens[start]
    if first.lower in ("of", "from"):
        yield from _affiliation(text, tokens, start)
    elif first.lower in ("is", "was"):
        yield from _copula(text, tokens, start)
    elif first.text in (",", "(", *DASHES):
        yield from _apposition(text, tokens, start)


def _party(text: str, found: re.Match[str]) -> FoundRole:
    """Return the role of "(R-Wis.)": title R, of Wisconsin."""
    start = found.start("party")
    span = Span(start, found.end("place") if found["place"] else found.end("party"))
    place = look_up(found["place"]) or look_up(found["place"] + ".") if found["place"] else None
    of = place.name if place else found["place"]
    return FoundRole(title=found["party"], of=of, span=span, country=place.country if place else None)


def _affiliation(text: str, tokens: Sequence[Token], start: int) -> Iterator[FoundRole]:
    """Yield the role of "Ilven of the Quay Institute": no title, of the institute."""
    index = start + 1
    if index < len(tokens) and tokens[index].lower in DETERMINERS:
        index += 1
    end = index
    while end < len(tokens) and (tokens[end].is_capital or tokens[end].lower in ("of", "the", "and", "&", "for")):
        end += 1
    while end > index and not tokens[end - 1].is_capital:
        end -= 1
    if end > index and tokens[index].is_capital and not tokens[end - 1].is_possessive:
        span = Span(tokens[start].start, tokens[end - 1].end)
        named = text[tokens[index].start : tokens[end - 1].end]
        entry = look_up(named)
        of = entry.name if entry and entry.kind in ("country", "state") else named
        yield FoundRole(title="", of=of, span=span, country=country_in(named))


def _copula(text: str, tokens: Sequence[Token], start: int) -> Iterator[FoundRole]:
    """Yield the role of "Ilven is a lawyer"."""
    index = start + 1
    if index < len(tokens) and tokens[index].lower in DETERMINERS:
        phrase = phrase_at(text, tokens, index)
        if phrase:
            yield _role(text, phrase)


def _apposition(text: str, tokens: Sequence[Token], start: int) -> Iterator[FoundRole]:
    """Yield the roles of ", the owner and president of the line, who heads the board"."""
    index = _past_age(tokens, start + 1)
    for _ in range(MOST_ROLES):
        if index < len(tokens) and tokens[index].lower == "who":
            yield from _relative(text, tokens, index)
            return
        if index < len(tokens) and tokens[index].lower in ("of", "from"):
            yield from _affiliation(text, tokens, index)
            return
        phrase = phrase_at(text, tokens, index) if index < len(tokens) else None
        if phrase is None or not _is_closed(tokens, phrase.next):
            return
        yield _role(text, phrase)
        index = phrase.next
        while index < len(tokens) and (tokens[index].lower in AND or tokens[index].text == ","):
            index += 1


def _past_age(tokens: Sequence[Token], index: int) -> int:
    """Return the index after "42,"."""
    if index + 1 < len(tokens) and tokens[index].text.isdigit() and tokens[index + 1].text == ",":
        return index + 2
    return index


def _is_closed(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an apposition ends at ``index``, not in a verb: ", a spokesman said" is about somebody else."""
    if index >= len(tokens):
        return True
    token = tokens[index]
    if token.text in CLOSERS or token.lower in AND:
        return True
    return token.lower in RELATIVE or token.lower in ("in", "on", "since", "during", "under", "as", "for", "from")


def _relative(text: str, tokens: Sequence[Token], start: int) -> Iterator[FoundRole]:
    """Yield the role of "who heads the board", "who is a lawyer", "who served as mayor of the town"."""
    index = start + 1
    while index < len(tokens) and tokens[index].lower in (
        "also",
        "now",
        "once",
        "previously",
        "formerly",
        "has",
        "had",
    ):
        index += 1
    if index + 1 >= len(tokens):
        return
    verb = tokens[index].lower
    if verb in ("is", "was"):
        yield from _said_to_be(text, tokens, index + 1)
    elif verb in ("served", "serves", "worked", "works") and tokens[index + 1].lower == "as":
        yield from _said_to_be(text, tokens, index + 2)
    elif verb in role_words().titles_of_verbs:
        yield from _doing(text, tokens, index)


def _said_to_be(text: str, tokens: Sequence[Token], index: int) -> Iterator[FoundRole]:
    phrase = phrase_at(text, tokens, index) if index < len(tokens) else None
    if phrase:
        yield _role(text, phrase)


def _doing(text: str, tokens: Sequence[Token], verb: int) -> Iterator[FoundRole]:
    """Yield the role of "heads the port board": head, of the port board."""
    index = verb + 1
    if tokens[index].lower in DETERMINERS:
        index += 1
    end = index
    while end < len(tokens) and tokens[end].is_word and tokens[end].lower not in RELATIVE | AND | OF - {"of"}:
        end += 1
    if end == index:
        return
    of = text[tokens[index].start : tokens[end - 1].end]
    title = role_words().titles_of_verbs[tokens[verb].lower]
    span = Span(tokens[verb].start, tokens[end - 1].end)
    yield FoundRole(title=title, of=of, span=span, country=country_in(of))


def _role(text: str, phrase: RolePhrase) -> FoundRole:
    country = country_in(phrase.span.of(text))
    return FoundRole(title=phrase.title, of=phrase.of, span=phrase.span, country=country)
