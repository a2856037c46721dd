"""Noun phrases that say what somebody is: "Florida governor", "a spokesman for the ferry line", and their two parts.

``rolewords.tsv`` beside this file lists the nouns that head such a phrase, the words that stand before them, and the
verbs that end it. A phrase is told by its words alone; where one does not fit there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.speakers import headnouns
from onrecord.speakers.register import look_up
from onrecord.wordlists import word_set

DETERMINERS: Final = word_set(
    """a an the his her its their our my your this that one another two three four five six seven several some many
    other few various"""
)
LEADING: Final = word_set("now then once formerly currently also himself herself perhaps both today previously")
OF: Final = word_set("of for at with in to on from")
"""What ties a role to what it is a role of; "in" and "on" also begin a time, which :func:`_ends_complement` sees."""
AND: Final = word_set("and &")
TIES: Final = OF | AND
RELATIVE: Final = word_set("who whose whom that which where when while because since until if although though")
ENDS: Final = word_set(
    """by after before behind beyond well away off out during as since under over into about against between through
    without within amid around upon
    but or nor so yet than like despite i he she it we they you me him them us there here what how why not n't
    it's he's she's that's what's there's here's who's let's i'm we're they're you're"""
)
BEGINS_OTHER: Final = LEADING | ENDS | RELATIVE
DAYS: Final = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december yesterday tomorrow tonight last next week month year
    night morning afternoon evening"""
)
PARTIES: Final = word_set(
    "republican democratic democrat gop libertarian green independent tory labour conservative dem"
)
PLURAL_MODIFIERS: Final = word_set(
    """news sports politics affairs communications relations operations economics services sales arms rights arts press
    business congress studies appeals veterans systems states data women's human physics systems ethics mathematics
    caucus campus census bus"""
)
PARTICIPLES: Final = word_set(
    """acting founding managing marketing polling fundraising leading incoming outgoing sitting reigning running ruling
    advertising banking filing building housing governing ranking executing visiting teaching consulting voting
    investigating investing manufacturing publishing broadcasting racing boxing acting-up oscar-winning recording
    retired elected appointed indicted disgraced renowned noted famed united embattled beloved tenured decorated"""
)
COURTESY: Final = word_set("Mr. Mrs. Ms. Dr. St. Jr. Sr. Inc. Corp. Co. Ltd. Lt. No.")
MOST_WORDS: Final = 9
"""Words of a phrase up to its head."""
MOST_COMPLEMENT: Final = 14
"""Words and marks of "of ..."; the longest of 970 gold roles has 13 words in all."""

MAKERS: Final = re.compile(r"\w(?:maker|keeper|worker|writer|owner|builder|planner|singer|smith|monger)$")
RECEIVERS: Final = word_set(
    """adviser advisor aide assistant ambassador envoy counsel counselor donor contributor consultant heir liaison
    deputy delegate assistant successor heiress representative speechwriter witness secretary candidate challenger
    correspondent rival alternative contender attorney lawyer friend nominee"""
)
"""Heads that a "to" with a lower-case word belongs to: "adviser to media start-ups", not "candidate to weigh in"."""
RANKS: Final = word_set("executive deputy associate assistant vice")
"""Heads that before another are its rank: "executive Director"."""
LEAD_MODIFIERS: Final = word_set(
    "former ex longtime retired acting current veteran top senior deputy late onetime then"
)
NOUNS_TOO: Final = word_set("watch fire vote show call work help support challenge face press")
"""Verbs that, capitalised, are part of a name: "Judicial Watch president"."""
CALLED: Final = word_set("called named known")
CHIEFS: Final = ("CEO", "CFO", "COO", "CTO")
"""Titles that only companies give, whose names stand before them."""
IN_TITLE: Final = word_set("state staff defense defence chief")

_TOKEN: Final = re.compile(r"[^\W_](?:[.'’&/-]?\w)*\.?(?:['’](?=\s))?|--+|[^\w\s]|_")
_POSSESSIVE: Final = re.compile(r"(?:['’]s|s['’])$")
_ACRONYM: Final = re.compile(r"[A-Z][A-Z.&]{1,6}$")


class Token(NamedTuple):
    """A word or mark of the text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word as the lists have it."""
        return self.text.lower().replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Tell a word or number from a mark."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital or a digit."""
        return self.text[0].isupper() or self.text[0].isdigit()

    @property
    def is_possessive(self) -> bool:
        """Tell whether it ends in "'s" or "s'"."""
        return bool(_POSSESSIVE.search(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePhrase:
    """A phrase that says what somebody is."""

    title: str
    of: str | None
    span: Span
    next: int
    """The index of the first token after it."""


class RoleWords(NamedTuple):
    """``rolewords.tsv``, by class."""

    heads: frozenset[str]
    plurals: frozenset[str]
    never: frozenset[str]
    """Nouns for people that tell no role: "man", "person", "source"."""
    adjectives: frozenset[str]
    """Nouns that right before a name are adjectives: "moderate", "major", "fellow"."""
    abbreviations: frozenset[str]
    modifiers: frozenset[str]
    verbs: frozenset[str]
    titles_of_verbs: Mapping[str, str]


@cache
def role_words() -> RoleWords:
    """Return the word lists of the package, read once."""
    lines = files("onrecord.speakers").joinpath("rolewords.tsv").read_text(encoding="utf-8").splitlines()
    lists = {line.split("\t")[0]: line.split("\t")[1].split(";") for line in lines[1:]}
    return RoleWords(
        heads=frozenset(lists["noun"]),
        plurals=frozenset(lists["plural"]),
        never=frozenset(lists["never"]),
        adjectives=frozenset(lists["adjective"]),
        abbreviations=frozenset(lists["abbreviation"]),
        modifiers=frozenset(lists["modifier"]),
        verbs=frozenset(lists["verb"]) | frozenset(lists["says"]),
        titles_of_verbs=dict(pair.split("=", 1) for pair in lists["heads"]),
    )


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of ``text[start:end]``."""
    return list(read_tokens(text, start, end))


def read_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the words and marks of ``text[start:end]``."""
    for match in _TOKEN.finditer(text, start, end):
        word, (first, last) = match.group(), match.span()
        if word.endswith(".") and len(word) > 1 and not _is_abbreviation(word):
            yield Token(word[:-1], first, last - 1)
            yield Token(".", last - 1, last)
        else:
            yield Token(word, first, last)


def _is_abbreviation(word: str) -> bool:
    """Tell whether a word's last stop is its own: "Sen.", "U.S.", "J.", "Fla."."""
    if len(word) == 2 or "." in word[:-1] or word in role_words().abbreviations or word in COURTESY:
        return True
    place = word.rsplit("-", 1)[-1]  # "R-Wis."
    entry = look_up(place)
    return entry is not None and entry.kind == "state" and look_up(place[:-1]) is None


def is_head(token: Token, *, plural: bool = False) -> bool:
    """Tell whether a word can head a role: "governor", "Sen.", "secretary-general", and "senators" if ``plural``."""
    words = role_words()
    lower = token.lower
    if token.text in words.abbreviations or lower in words.heads:
        return True
    last = lower.rsplit("-", 1)[-1].rsplit("/", 1)[-1]
    if lower in words.never or last in words.never or token.is_possessive:
        return False
    if last in words.heads or MAKERS.search(lower):
        return True
    noun = headnouns.look_up(token.text)
    if noun is None or noun.category == "person" or not plural:
        return noun is not None and noun.category == "person"
    return token.text in words.plurals or (token.text.islower() and noun.category == "group" and _is_of_people(lower))


def _is_of_people(plural: str) -> bool:
    """Tell whether a noun for several people has a singular for one that can head a role: "rivals", not "most"."""
    singular = plural[:-3] + "man" if plural.endswith("men") else plural.removesuffix("s")
    noun = headnouns.look_up(singular)
    return singular != plural and singular not in role_words().never and bool(noun and noun.category == "person")


def phrases_before(text: str, tokens: Sequence[Token], head: int, last: int) -> Iterator[RolePhrase]:
    """Yield the role that ends with ``tokens[last]`` and is headed by ``tokens[head]``, with the words before it.

    "Ferry spokesman Capt." is two.
    """
    first = _leftmost(tokens, head)
    for inner in range(first, head):
        if tokens[inner].text in role_words().abbreviations and tokens[inner + 1].lower in AND:
            yield from _phrase(text, tokens, first, inner, inner)  # "former Sen. and vice presidential candidate"
            first = inner + 2
            break
        if is_head(tokens[inner]) and tokens[inner].text.islower() and tokens[inner + 1].is_capital:
            if tokens[inner].lower in RANKS:
                continue
            if tokens[inner].lower not in role_words().adjectives:
                yield from _phrase(text, tokens, first, inner, inner)
            first = inner + 1
            break
    if first == head and tokens[head].lower in role_words().adjectives:
        return
    yield from _phrase(text, tokens, first, head, last)


def phrase_at(text: str, tokens: Sequence[Token], start: int) -> RolePhrase | None:
    """Return the role that begins at ``tokens[start]``: determiner, words before the head, head, "of ..."."""
    first = start
    while first < len(tokens) and tokens[first].lower in LEADING:
        first += 1
    if first < len(tokens) and tokens[first].lower in DETERMINERS:
        first += 1
    end = first
    if first < len(tokens) and tokens[first].lower in AND:
        return None
    while end < len(tokens) and end - first < MOST_WORDS and _goes_on(tokens, end):
        end += 1
    head = end - 1
    if head < first or not is_head(tokens[head]):
        return None
    last = end_of_complement(tokens, end)
    return next(_phrase(text, tokens, first, head, last), None)


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the words before a head go on at ``index``."""
    token = tokens[index]
    lower = token.lower
    if lower in AND:
        return index > 0 and _leads_to_head(tokens, index + 1)
    return token.is_word and not _stops(token)


def _leads_to_head(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether what follows "and" is more of the same phrase, up to its head."""
    for token in tokens[index : index + 4]:
        if is_head(token):
            return token.lower not in LEAD_MODIFIERS
        if not token.is_word or _stops(token) or token.lower in LEAD_MODIFIERS:
            return False
    return False


def _stops(token: Token) -> bool:
    """Tell whether a word is none of a noun phrase's own: a preposition, a verb, a pronoun, a determiner."""
    lower = token.lower
    if lower in role_words().modifiers:
        return False
    return (
        lower in OF
        or lower in AND
        or lower in RELATIVE
        or lower in ENDS
        or lower in DETERMINERS
        or lower in role_words().verbs
    )


def end_of_complement(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the last token of the "of ..." that begins at ``start``; ``start - 1`` if there is none."""
    if start + 1 >= len(tokens) or tokens[start].lower not in OF or _begins_time(tokens, start):
        return start - 1
    after = tokens[start + 1]
    if tokens[start].lower in ("in", "on") and after.lower in ("his", "her", "their", "its"):
        return start - 1
    lowers = not after.is_capital and after.lower not in DETERMINERS and not after.is_possessive
    if tokens[start].lower == "to" and lowers and tokens[start - 1].lower not in RECEIVERS:
        return start - 1
    index = start + 1
    while index < len(tokens) and index - start <= MOST_COMPLEMENT and not _ends_complement(tokens, index):
        index += 1
    while index - 1 > start and not (tokens[index - 1].is_word and tokens[index - 1].lower not in TIES):
        index -= 1
    return index - 1 if index - 1 > start else start - 1


def _ends_complement(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    lower = token.lower
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if not token.is_word:
        if token.text == ",":
            return not is_place_after_comma(tokens, index)
        return token.text not in "&$'’"
    if lower in AND:
        return following is None or _begins_another(tokens, index + 1)
    if lower in CALLED:
        return following is None or not following.is_capital
    if lower in RELATIVE or lower in ENDS or lower in role_words().verbs:
        return True
    return (lower in DAYS and not tokens[index - 1].is_possessive) or (lower in OF and _begins_time(tokens, index))


def _begins_another(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether what follows "and" is another role or a verb, and no part of the name or description before it."""
    token = tokens[index]
    if token.is_capital:
        return False
    if token.lower in BEGINS_OTHER or token.lower in role_words().verbs or token.lower.endswith("ed"):
        return True
    for each in tokens[index : index + MOST_WORDS]:
        if is_head(each):
            return True
        if not each.is_word or (_stops(each) and each.lower not in DETERMINERS):
            return False
    return False


def _begins_time(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "in 2012", "on Tuesday", "in the 1990s", "for 30 years" begins at ``index``."""
    after = [token for token in tokens[index + 1 : index + 3] if token.lower not in DETERMINERS][:1]
    return bool(after) and (after[0].text[0].isdigit() or after[0].lower in DAYS)


def is_place_after_comma(tokens: Sequence[Token], comma: int) -> bool:
    """Tell whether a comma belongs to "Burlington, Vt." or "University of California, Berkeley"."""
    if comma + 1 >= len(tokens) or not tokens[comma - 1].is_capital:
        return False
    run = [tokens[comma + 1].text]
    for token in tokens[comma + 2 : comma + 4]:
        run.append(f"{run[-1]} {token.text}")
    after = tokens[comma + 1]
    run = [words for size, words in enumerate(run, comma + 2) if size >= len(tokens) or _is_edge(tokens[size])]
    entries = [entry for entry in map(look_up, run) if entry and entry.kind in ("state", "country", "capital")]
    return bool(entries) or after.text in ("Berkeley", "Irvine", "Inc.", "Inc", "LLC", "Jr.")


def _is_edge(token: Token) -> bool:
    return not token.is_word or _stops(token)


def _leftmost(tokens: Sequence[Token], head: int) -> int:
    """Return the index of the first token of the phrase that ``tokens[head]`` heads, its determiner left out."""
    index = head
    while index > 0 and head - index < MOST_WORDS:
        token = tokens[index - 1]
        if token.lower in AND and index > 1 and _shares_person(tokens, index - 2, head):
            index -= 2
            continue
        stops = _stops(token) and not (token.is_capital and token.lower in NOUNS_TOO and index > 1)
        if not token.is_word or stops or token.lower in DAYS or token.lower in LEADING:
            break
        if not token.is_capital and (not _can_modify(token, tokens[index]) or _is_infinitive(tokens, index - 1)):
            break
        index -= 1
    return index


def _is_infinitive(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word behind "to" is a verb: "to sue former mayor Mara Ilven", not "a letter to pop star"."""
    token, following = tokens[index], tokens[index + 1].lower
    if index == 0 or tokens[index - 1].lower != "to" or token.lower in role_words().modifiers | PARTICIPLES:
        return False
    return following in LEAD_MODIFIERS or following.startswith(("then-", "ex-"))


def _shares_person(tokens: Sequence[Token], left: int, head: int) -> bool:
    """Tell whether "anchor and ..." before a name is the same person: "president and CEO", not "the mayor and Sen."."""
    if not is_head(tokens[left]):
        return False
    return tokens[left].is_capital or all(not token.is_capital for token in tokens[left + 2 : head + 1])


def _can_modify(token: Token, following: Token) -> bool:
    """Tell whether a lower-case word may stand before another of a phrase; verbs and adverbs do not.

    Before a capitalised title only known words do: "embattled Gov.", but "remember President", "show Sen.".
    """
    lower = token.lower
    words = role_words()
    if following.is_capital and lower in words.verbs:
        return False
    if lower in words.modifiers or lower in PARTICIPLES or lower in PLURAL_MODIFIERS or token.is_possessive:
        return True
    if following.is_capital and not is_head(token):
        return "-" in lower
    if "-" in lower:
        return True
    return not lower.endswith(("ed", "ing", "ly")) and (lower.endswith("ss") or not lower.endswith("s"))


def _phrase(text: str, tokens: Sequence[Token], first: int, head: int, last: int) -> Iterator[RolePhrase]:
    """Yield the phrase of the tokens ``[first, last]``: its title and what it is of."""
    before = list(tokens[first : head + 1])
    of, title = _split(before)
    complement = list(tokens[head + 1 : last + 1])
    kept, tied = _split_complement(complement)
    written = [*(token.text for token in title), *(token.text for token in kept)]
    if not written:
        return
    if tied:
        tied_to = text[tied[0].start : tied[-1].end]
        of = _named(tied_to) or tied_to
    span = Span(tokens[first].start, tokens[last].end)
    yield RolePhrase(title=" ".join(written), of=of, span=span, next=last + 1)


def _split_complement(complement: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Return the part of "of communications for the Ilven campaign" that is the title's, and the part it is of."""
    at = 0
    while at + 1 < len(complement) and _is_in_title(complement[at:]):
        at += 2
        while at < len(complement) and complement[at].lower not in OF:
            at += 1
    tied = list(complement[at + 1 :])
    while tied and tied[0].text in DETERMINERS:
        tied.pop(0)
    return list(complement[:at]), tied


def _is_in_title(complement: Sequence[Token]) -> bool:
    """Tell whether the title goes on: "secretary of State", "director of policy", "head for trade at the council"."""
    preposition, after = complement[0].lower, complement[1]
    if preposition == "in":
        return after.lower == "chief"
    if after.lower in IN_TITLE:
        return True
    if after.is_capital or after.lower in DETERMINERS or after.is_possessive:
        return False
    return preposition == "of" or (preposition == "for" and any(token.lower == "at" for token in complement[2:]))


def _split(words: list[Token]) -> tuple[str | None, list[Token]]:
    """Return what the words before a head say that the role is of, and the words of the title."""
    possessive = next(
        (i for i in range(len(words) - 2, -1, -1) if words[i].is_possessive and not _is_of_title(words, i)), None
    )
    if possessive is not None:
        owner = [token for token in words[: possessive + 1] if token.lower not in DETERMINERS]
        text = _POSSESSIVE.sub(lambda found: "s" if found.group()[0] == "s" else "", " ".join(t.text for t in owner))
        return _named(text) or text, words[possessive + 1 :]
    start = 0
    while start < len(words) - 1 and not _can_own(words[start]):
        start += 1
    end = start
    while end < len(words) - 1 and words[end].is_capital and words[end].lower not in PARTIES:
        end += 1
    size = _size_of_owner(words, start, end)
    if size == 0 or words[start + size].lower in AND:
        return None, words
    text = " ".join(token.text for token in words[start : start + size])
    return _named(text) or text, words[:start] + words[start + size :]


def _is_of_title(words: Sequence[Token], index: int) -> bool:
    """Tell whether a possessive owns nothing: "State's Attorney", "Commonwealth's Attorney" are offices."""
    return words[index].lower in ("state's", "commonwealth's") and words[index + 1].text == "Attorney"


def _can_own(token: Token) -> bool:
    return token.text[0].isupper() and token.lower not in LEAD_MODIFIERS


def _size_of_owner(words: Sequence[Token], start: int, end: int) -> int:
    """Return how many of the capitalised words ``[start, end)`` name an owner; the rest are the title's."""
    run = words[start:end]
    if not run:
        return 0
    if not words[-1].is_capital and (end == len(words) - 1 or not words[end].is_capital):
        if len(run) == 1 and (run[0].lower in role_words().modifiers or run[0].text.endswith("ing")):
            return 1 if look_up(run[0].text) else 0
        return 0 if is_head(run[0]) else len(run)
    if words[-1].text in CHIEFS:
        return 0 if is_head(run[0]) else len(run)
    for size in range(len(run), 0, -1):
        entry = look_up(" ".join(token.text for token in run[:size]))
        if entry:
            return size
    is_body = bool(_ACRONYM.match(run[0].text)) and not is_head(run[0])
    return 1 if is_body else 0


def _named(words: str) -> str | None:
    """Return the country's or state's name for an adjective or abbreviation: "Russian", "U.S.", "Fla."."""
    entry = look_up(words)
    return entry.name if entry and entry.kind in ("country", "demonym", "state") else None
