"""Roles: what the report itself says that a named person is, with the words that say so.

A role is written before the name ("Danish Foreign Minister Mara Ilven"), after it ("Mara Ilven, spokeswoman for the
ferry line", "Ilven (R-Wis.)", "Ilven, who heads the port board", "Ilven of the Quay Institute") or said of it ("Ilven
is a lawyer"). Nothing is inferred: every title is in the text at the span, save that "who heads" gives "head" (the
class ``heads`` of ``rolewords.tsv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from onrecord.document import Span
from onrecord.speakers.register import country_in, look_up
from onrecord.speakers.rolephrases import (
    AND,
    CALLED,
    COURTESY,
    DETERMINERS,
    OF,
    RELATIVE,
    RolePhrase,
    Token,
    end_of_complement,
    is_head,
    is_place_after_comma,
    phrase_at,
    phrases_before,
    read_tokens,
    role_words,
    tokens_of,
)
from onrecord.wordlists import word_set

BEFORE: Final = 200
"""Characters before a name that are looked at; the longest of 970 gold roles has 102."""
AFTER: Final = 400
FOLLOWING: Final = word_set(
    """in on since during under as for from with before after until there born based named called known running living
    working seeking serving representing supporting"""
)
"""Words that an apposition may go on with after its role; a verb of saying is none of them."""
ENDS_OBJECT: Final = RELATIVE | AND | OF - {"of"}
"""What ends "the port board" behind "heads"."""
DASHES: Final = ("-", "--", "---", "–", "—")
CLOSERS: Final = (",", ".", ";", ":", ")", "?", "!", "”", '"', "…", *DASHES)
QUOTES: Final = ("”", '"', "'", "’", "“")
COPULAS: Final = ("is", "was", "became")
OPENING: Final = (",", "(", "of", "from", *COPULAS, *DASHES)
"""What a role behind a name begins with."""
MOST_TAIL: Final = 8
"""Tokens of "of ..." between a head and the name after it."""
SHARING: Final = (",", "(", ")", "-")
MOST_SHARED: Final = 30
"""Tokens between "senators" and the last name that shares it."""
MOST_ROLES: Final = 4
"""Roles of one apposition: "founder, owner and president of ..."."""
_PARTY: Final = re.compile(
    r"\s*(?P<open>[(,])\s*(?:Rep\.?|Sen\.?|Gov\.?)?\s*(?P<party>[RDIL]|Rep|Dem|Ind)\.?"
    r"(?:\s?[-–—,]\s?(?P<place>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}))?\s*(?=[),;.]|$)"
)
_PLACE: Final = re.compile(r"\s*\((?P<place>[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)\)")
RANKING: Final = re.compile(
    r"\b(?:first|second|last|next|only|best|worst|right|wrong|better|greatest|biggest)\b", re.IGNORECASE
)
"""What "is the ..." ranks somebody by is an opinion or an event, not a role."""
_OWNER: Final = re.compile(r"(?:[^\W\d_][\w.-]*\s){0,3}[^\W\d_][\w.-]*['’]s?\s+$")
OWNING: Final = ("'", "’", "'s", "’s")
_COURTESY: Final = re.compile(r"(?<=\w) (?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame)\.?\Z")
"""A form of address behind a post."""
HONORIFICS: Final = word_set(
    """mr mr. mrs mrs. ms ms. miss mx mx. madam mdm mdm. shri smt smt. datuk dato dato' datin paduka tan seri sri puan
    encik ustaz ustazah alhaji alhaja hajia hajiya mallam otunba maulana maulvi allama maitre maître engr engr. cr adv
    adv."""
)
"""Forms of address between an office and a name, which are no office: "Chief Minister Shri Dev Ilven"."""

RETIRED: Final = word_set("ret ret. retd retd. rtd rtd. res res.")
ADDRESSED: Final = word_set("dr dr. prof prof. sir dame hon hon. rev rev.")
"""Forms of address that are a role where no office stands before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRole:
    """What the report says at one place that somebody is."""

    title: str
    """The title alone, in the report's words: ``Foreign Minister``; a party's letter as ``R``; empty where the report
    gives only what the person is of ("Ilven of the Quay Institute")."""
    of: str | None
    """What it is a title of, in the report's words, save that countries and states have their English name."""
    span: Span
    """The words that say so, title and ``of``; "Gov. Mara Ilven of Ohio" is one role with the name in it."""
    country: str | None
    """ISO 3166-1 alpha-2 code of the country that the words name, if it is one."""


def find_roles(text: str, name: Span, sentence: Span) -> tuple[FoundRole, ...]:
    """Return the roles that a sentence gives to the person named in it, by position.

    Args:
        text: the document's text.
        name: the name without titles.
        sentence: the sentence that holds the name; nothing outside is looked at.
    """
    before = _without_address(tokens_of(text, max(sentence.start, name.start - BEFORE), name.start))
    behind = read_tokens(text, name.end, min(sentence.end, name.end + AFTER))
    after = list(islice(behind, 1))
    if after and (after[0].lower in OPENING or after[0].text in QUOTES):  # else nothing behind the name is a role
        after += behind
    found = _joined([*_before(text, before, after), *_after(text, name, after)], name)
    distinct = {role.span: role for role in found}
    return tuple(distinct[span] for span in sorted(distinct))


def _without_address(tokens: list[Token]) -> list[Token]:
    """Return what stands before a name without the form of address right before it, unless nothing else does."""
    end = len(tokens)
    opening = next((at for at in range(end - 3, end - 5, -1) if at > 0 and tokens[at].text == "("), None)
    if opening is not None and tokens[-1].text == ")" and tokens[opening + 1].lower in HONORIFICS | RETIRED:
        return tokens[:opening]  # "Senator (Mrs) Ada Held", "Gen. (ret.) Ada Held"
    while end > 0 and tokens[end - 1].lower in HONORIFICS:
        end -= 1
    return tokens[:end] if end else tokens


def _joined(found: list[FoundRole], name: Span) -> list[FoundRole]:
    """Make one role of "Gov." and "of Belvar" around a name: the title of the one, of the other."""
    title = next((role for role in found if role.span.end <= name.start and role.title and role.of is None), None)
    place = next((role for role in found if role.span.start >= name.end and not role.title), None)
    if title is None or place is None or found.index(place) != found.index(title) + 1:
        return found
    span = Span(title.span.start, place.span.end)
    both = FoundRole(title=title.title, of=place.of, span=span, country=title.country or place.country)
    return [both if role is title else role for role in found if role is not place]


def country_before(text: str, name: Span) -> str | None:
    """Return the country whose name stands as an owner right before a name ("Belgium's Ilven"); None without one."""
    floor = max(0, name.start - 60)
    # Few names have an owner before them, and the pattern tries every word of the run before it finds none.
    if not text[floor : name.start].rstrip().endswith(OWNING):
        return None
    found = _OWNER.search(text, floor, name.start)
    words = found.group().split() if found else []
    for first in range(len(words)):
        entry = look_up(" ".join(words[first:]))
        if entry and entry.kind in ("country", "capital", "government"):
            return entry.country
    return None


def _before(text: str, tokens: Sequence[Token], after: Sequence[Token]) -> Iterator[FoundRole]:
    """Yield the roles right before the name, or before a comma that the name stands between: "the mayor, Ilven,"."""
    end = _end_before(tokens, after)
    several = bool(after) and after[0].text in ("and", "&", ",", "(")
    head = _head_before(tokens, end, plural=several) if end is not None else None
    while end and head == end and tokens[end].lower in ADDRESSED:  # "Chief executive Dr Ilven"
        inner = _end_before(tokens[:end], after)
        post = None if inner is None else _head_before(tokens, inner, plural=False)
        if inner is None or post is None:
            break
        head, end = post, inner
    if end is None or head is None:
        yield from _outlet_before(text, tokens)
        yield from _shared(text, tokens)
        return
    if tokens[-1].text == "," and head > 0 and tokens[head - 1].lower in ("for", "as") and tokens[0].text != "As":
        return  # "ran for president, Ilven said"
    for phrase in phrases_before(text, tokens, head, end):
        yield _role(text, phrase)


def _end_before(tokens: Sequence[Token], after: Sequence[Token]) -> int | None:
    """Return the index of the last token of a phrase before the name; None if none can stand there."""
    end = len(tokens) - 1
    if end < 0 or tokens[end].is_word:
        return end - 1 if end > 0 and tokens[end].lower in CALLED else end
    enclosed = bool(after) and after[0].text in (",", ")", ".", *DASHES)
    return end - 1 if tokens[end].text == "," and (enclosed or tokens[0].text == "As") else None


def _outlet_before(text: str, tokens: Sequence[Token]) -> Iterator[FoundRole]:
    """Yield the role of "the Belvar Post's Ilven": no title, of the paper; only of what is plainly an organization."""
    start = end = len(tokens)
    if end == 0 or not tokens[-1].is_possessive:
        return
    while start > 0 and tokens[start - 1].is_word and tokens[start - 1].text[0].isupper() and end - start < MOST_TAIL:
        start -= 1
    if start < end and tokens[start].lower in DETERMINERS:
        start += 1
    if start == end:
        return
    owned = tokens[-1].end - (1 if tokens[-1].text[-1] in "'’" else 2)  # "the Belvar Times'", "the Post's"
    span = Span(tokens[start].start, owned)
    last = text[tokens[-1].start : span.end]
    if (last.lower() in OUTLETS and end - start > 1) or (last.isupper() and len(last) > 1 and look_up(last) is None):
        yield FoundRole(title="", of=span.of(text), span=span, country=country_in(span.of(text)))


def _shared(text: str, tokens: Sequence[Token]) -> Iterator[FoundRole]:
    """Yield the role that the name shares with those before it: "Senators Mara Ilven, Teo Brandt (R-Wis.) and ...".

    Between its plural head and the name stand only capitalised words, marks and "and".
    """
    for index in range(len(tokens) - 2, max(-1, len(tokens) - MOST_SHARED), -1):
        token = tokens[index]
        if is_head(token, plural=True) and not is_head(token):
            if tokens[index + 1].is_capital:
                for phrase in phrases_before(text, tokens, index, index):
                    yield _role(text, phrase)
            return
        if not (token.is_capital or token.lower in AND or token.text in SHARING):
            return


def _head_before(tokens: Sequence[Token], end: int, *, plural: bool) -> int | None:
    """Return the index of the head of a phrase that ends at ``end``: "Sen.", or "secretary" in "secretary of state"."""
    if end < 0:
        return None
    if is_head(tokens[end], plural=plural):
        return end
    for index in range(end - 1, max(0, end - MOST_TAIL), -1):
        if tokens[index].lower == "for" and (minister := _minister_before(tokens, index, end)) is not None:
            return minister
        if tokens[index].lower in OF:
            fits = _is_tail(tokens[index : end + 1]) or (
                tokens[-1].text == "," and end_of_complement(tokens, index) == end
            )
            return _outermost_head(tokens, index - 1) if fits and is_head(tokens[index - 1]) else None
    return None


def _minister_before(tokens: Sequence[Token], tie: int, end: int) -> int | None:
    """Return the head of an office of state with its field: "Minister for Ports", "Secretary of State for Ports"."""
    head = tie - 3 if tokens[tie - 1].text == "State" and tokens[tie - 2].lower == "of" else tie - 1
    capitals = all(token.is_capital or token.lower in TAILS | AND for token in tokens[tie + 1 : end + 1])
    return head if head >= 0 and capitals and tokens[head].text in ("Minister", "Secretary") else None


def _outermost_head(tokens: Sequence[Token], head: int) -> int:
    """Return the head that another belongs to: "secretary" in "press secretary of the President of Norland"."""
    while (
        head > 2
        and tokens[head - 1].lower in DETERMINERS
        and tokens[head - 2].lower in ("of", "to")
        and is_head(tokens[head - 3])
    ):
        head -= 3
    return head


def _is_tail(tokens: Sequence[Token]) -> bool:
    """Tell whether "of state", "of the Port Board" may stand between a head and a name."""
    if tokens[0].lower != "of" or tokens[-1].text in COURTESY or tokens[-1].is_possessive:
        return False
    return all(token.is_capital or token.lower in TAILS for token in tokens[1:])


OUTLETS: Final = word_set(
    """post times news journal tribune globe herald party university college institute forum foundation center
    association council committee union bank magazine review"""
)
JOINING: Final = word_set("of the & for")
TAILS: Final = word_set("the state staff defense defence and general")


def _after(text: str, name: Span, tokens: Sequence[Token]) -> Iterator[FoundRole]:
    """Yield the roles that follow the name."""
    start = 0
    place = _PLACE.match(text, name.end, tokens[-1].end if tokens else name.end)
    entry = look_up(place["place"]) if place else None
    if place and entry and entry.kind == "state":
        yield FoundRole(title="", of=entry.name, span=Span(*place.span("place")), country=entry.country)
        start = next((i for i, token in enumerate(tokens) if token.start >= place.end()), len(tokens))
    party = _PARTY.match(text, name.end, tokens[-1].end if tokens else name.end)
    if party and (party["place"] or party["open"] == "("):
        yield _party(party)
        start = next((i for i, token in enumerate(tokens) if token.start >= party.end()), len(tokens))
        start += start < len(tokens) and tokens[start].text == ")"
    while start < len(tokens) and tokens[start].text in QUOTES:
        start += 1
    if start >= len(tokens):
        return
    first = tokens[start]
    if first.lower in ("of", "from"):
        for role in _affiliation(text, tokens, start):
            yield role
            start = next((i for i, token in enumerate(tokens) if token.start >= role.span.end), len(tokens))
        first = tokens[start] if start < len(tokens) else first
    if party and first.text == "," and start + 1 < len(tokens) and tokens[start + 1].lower in ("is", "was"):
        start += 1
        first = tokens[start]
    if first.lower in COPULAS:
        yield from _copula(text, tokens, start)
    elif first.text in (",", "(", *DASHES):
        yield from _apposition(text, tokens, start)


def _party(found: re.Match[str]) -> FoundRole:
    """Return the role of "(R-Wis.)": title R, of Wisconsin."""
    start = found.start("party")
    span = Span(start, found.end("place") if found["place"] else found.end("party"))
    place = look_up(found["place"]) or look_up(found["place"] + ".") if found["place"] else None
    of = place.name if place else found["place"]
    return FoundRole(title=found["party"], of=of, span=span, country=place.country if place else None)


def _affiliation(text: str, tokens: Sequence[Token], start: int) -> Iterator[FoundRole]:
    """Yield the role of "Ilven of the Quay Institute": no title, of the institute."""
    index = start + 1
    if index < len(tokens) and tokens[index].text in DETERMINERS:
        index += 1
    end = index
    while end < len(tokens) and (tokens[end].is_capital or tokens[end].lower in JOINING or _joins(tokens, index, end)):
        end += 1
    while end > index and not tokens[end - 1].is_capital:
        end -= 1
    if end > index and end + 1 < len(tokens) and tokens[end].text == "," and is_place_after_comma(tokens, end):
        end += 2
    if end > index and tokens[index].is_capital and not tokens[end - 1].is_possessive:
        span = Span(tokens[start].start, tokens[end - 1].end)
        named = text[tokens[index].start : tokens[end - 1].end]
        entry = look_up(named)
        of = entry.name if entry and entry.kind in ("country", "state") else named
        yield FoundRole(title="", of=of, span=span, country=country_in(named))


def _joins(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Tell whether "and" goes on a name with an "of" or "for" in it: "Institute for Tides and Piers"."""
    return tokens[index].lower == "and" and any(token.lower in ("of", "for") for token in tokens[start:index])


def _copula(text: str, tokens: Sequence[Token], start: int) -> Iterator[FoundRole]:
    """Yield the role of "Ilven is a lawyer"."""
    index = start + 1
    if index < len(tokens) and (tokens[index].lower in DETERMINERS or tokens[index].is_possessive):
        phrase = phrase_at(text, tokens, index)
        if phrase and not RANKING.search(phrase.title):
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
        end = _past_acronym(tokens, phrase.next) if phrase else index
        if phrase is None or not _is_closed(tokens, end):
            return
        yield _role(text, phrase)
        index = end
        while index < len(tokens) and (tokens[index].lower in AND or tokens[index].text == ","):
            index += 1


def _past_age(tokens: Sequence[Token], index: int) -> int:
    """Return the index after "42,"."""
    if index + 1 < len(tokens) and tokens[index].text.isdigit() and tokens[index + 1].text == ",":
        return index + 2
    return index


def _past_acronym(tokens: Sequence[Token], index: int) -> int:
    """Return the index after "(DKL)", behind the name of what somebody leads."""
    inside = [token.text for token in tokens[index : index + 3]]
    return index + 3 if len(inside) == 3 and inside[0] == "(" and inside[1].isupper() and inside[2] == ")" else index


def _is_closed(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an apposition ends at ``index``, not in a verb: ", a spokesman said" is about somebody else."""
    if index >= len(tokens):
        return True
    token = tokens[index]
    if token.text in CLOSERS or token.lower in AND:
        return True
    return token.lower in RELATIVE or token.lower in FOLLOWING


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
    while end < len(tokens) and tokens[end].is_word and tokens[end].lower not in ENDS_OBJECT:
        end += 1
    if end == index or (_is_ahead(tokens, verb) and end < len(tokens) and tokens[end].lower in ("in", "by")):
        return
    of = text[tokens[index].start : tokens[end - 1].end]
    title = role_words().titles_of_verbs[tokens[verb].lower]
    span = Span(tokens[verb].start, tokens[end - 1].end)
    yield FoundRole(title=title, of=of, span=span, country=country_in(of))


def _is_ahead(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether who "leads Brandt in polls" heads nobody."""
    return tokens[verb].lower in ("leads", "led") and tokens[verb + 1].is_capital


def _role(text: str, phrase: RolePhrase) -> FoundRole:
    country = country_in(phrase.span.of(text))
    address = _COURTESY.search(text, *phrase.span)  # "Chief executive Dr Ilven": "Dr" is no part of the post
    title = _COURTESY.sub("", phrase.title) if address else phrase.title
    span = Span(phrase.span.start, address.start()) if address and title != phrase.title else phrase.span
    return FoundRole(title=title, of=phrase.of, span=span, country=country)
