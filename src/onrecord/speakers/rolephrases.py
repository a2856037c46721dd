"""Noun phrases that say what somebody is: "Florida governor", "a spokesman for the ferry line", and their two parts.

``rolewords.tsv`` beside this file lists the nouns that head such a phrase, the words that stand before them, and the
verbs that end it. A phrase is told by its words alone; where one does not fit there is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.speakers.register import look_up


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


DETERMINERS: Final = _words("a an the his her its their our my your this that one another")
LEADING: Final = _words("now then once formerly currently also himself herself perhaps both today previously")
OF: Final = _words("of for at with in to on from by")
"""What ties a role to what it is a role of; "in" and "on" also begin a time, which :func:`_ends_complement` sees."""
AND: Final = _words("and &")
RELATIVE: Final = _words("who whose whom that which where when while because since until if although though")
ENDS: Final = _words(
    """after before during as since under over into about against between through without within amid around upon
    but or nor so yet than like despite i he she it we they you me him them us there here what how why not n't"""
)
DAYS: Final = _words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december yesterday tomorrow tonight last next week month year"""
)
PARTIES: Final = _words("republican democratic democrat gop libertarian green independent tory labour conservative dem")
PLURAL_MODIFIERS: Final = _words(
    """news sports politics affairs communications relations operations economics services sales arms rights arts press
    business congress studies appeals veterans systems states data women's human physics systems ethics mathematics"""
)
PARTICIPLES: Final = _words(
    """acting founding managing marketing polling fundraising leading incoming outgoing sitting reigning running ruling
    advertising banking filing building housing governing ranking executing visiting teaching consulting voting
    investigating investing manufacturing publishing broadcasting racing boxing acting-up oscar-winning recording
    retired elected appointed indicted disgraced renowned noted famed united embattled beloved tenured decorated"""
)
COURTESY: Final = _words("Mr. Mrs. Ms. Dr. St. Jr. Sr. Inc. Corp. Co. Ltd. Lt.")
MOST_WORDS: Final = 9
"""Words of a phrase up to its head: 99.6 % of the gold roles of 180 reports have at most eight."""
MOST_COMPLEMENT: Final = 14

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
    abbreviations: frozenset[str]
    modifiers: frozenset[str]
    verbs: frozenset[str]
    says: frozenset[str]
    titles_of_verbs: Mapping[str, str]


@cache
def role_words() -> RoleWords:
    """Return the word lists of the package, read once."""
    lines = files("onrecord.speakers").joinpath("rolewords.tsv").read_text(encoding="utf-8").splitlines()
    lists = {line.split("\t")[0]: line.split("\t")[1].split(";") for line in lines[1:]}
    return RoleWords(
        heads=frozenset(lists["noun"]),
        plurals=frozenset(lists["plural"]),
        abbreviations=frozenset(lists["abbreviation"]),
        modifiers=frozenset(lists["modifier"]),
        verbs=frozenset(lists["verb"]) | frozenset(lists["says"]),
        says=frozenset(lists["says"]),
        titles_of_verbs=dict(pair.split("=", 1) for pair in lists["heads"]),
    )


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of ``text[start:end]``."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if word.endswith(".") and len(word) > 1 and not _is_abbreviation(word):
            found += [Token(word[:-1], match.start(), match.end() - 1), Token(".", match.end() - 1, match.end())]
        else:
            found.append(Token(word, match.start(), match.end()))
    return found


def _is_abbreviation(word: str) -> bool:
    """Tell whether a word's last stop is its own: "Sen.", "U.S.", "J.", "Fla."."""
    if len(word) == 2 or "." in word[:-1] or word in role_words().abbreviations or word in COURTESY:
        return True
    entry = look_up(word)
    return entry is not None and entry.kind == "state" and look_up(word[:-1]) is None


def is_head(token: Token, *, plural: bool = False) -> bool:
    """Tell whether a word can head a role: "governor", "Sen.", "secretary-general", and "senators" if ``plural``."""
    words = role_words()
    if token.text in words.abbreviations:
        return True
    lower = token.lower
    if lower in words.heads or lower.rsplit("-", 1)[-1].rsplit("/", 1)[-1] in words.heads:
        return True
    return plural and lower in words.plurals


def phrase_before(text: str, tokens: Sequence[Token], head: int, last: int) -> RolePhrase | None:
    """Return the role that ends with ``tokens[last]`` and is headed by ``tokens[head]``; words before it are taken in."""
    first = _leftmost(tokens, head)
    return _phrase(text, tokens, first, head, last, last + 1)


def phrase_at(text: str, tokens: Sequence[Token], start: int) -> RolePhrase | None:
    """Return the role that begins at ``tokens[start]``: determiner, words before the head, head, "of ..."."""
    first = start
    while first < len(tokens) and tokens[first].lower in LEADING:
        first += 1
    if first < len(tokens) and tokens[first].lower in DETERMINERS:
        first += 1
    end = first
    while end < len(tokens) and end - first < MOST_WORDS and _goes_on(tokens, end):
        end += 1
    head = end - 1
    if head < first or not is_head(tokens[head]):
        return None
    last = _complement(tokens, end)
    return _phrase(text, tokens, first, head, last, last + 1)


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the words before a head go on at ``index``."""
    token = tokens[index]
    lower = token.lower
    if lower in AND:
        return index > 0 and is_head(tokens[index - 1]) and index + 1 < len(tokens) and _is_modifier(tokens[index + 1])
    return token.is_word and not _stops(token)


def _is_modifier(token: Token) -> bool:
    return is_head(token) or (token.lower in role_words().modifiers and token.lower not in ("former", "longtime"))


def _stops(token: Token) -> bool:
    """Tell whether a word is none of a noun phrase's own: a preposition, a verb, a pronoun, a determiner."""
    lower = token.lower
    return (
        lower in OF
        or lower in AND
        or lower in RELATIVE
        or lower in ENDS
        or lower in DETERMINERS
        or lower in role_words().verbs
    )


def _complement(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the last token of the "of ..." that begins at ``start``; ``start - 1`` if there is none."""
    if start >= len(tokens) or tokens[start].lower not in OF or _begins_time(tokens, start):
        return start - 1
    index = start + 1
    while index < len(tokens) and index - start <= MOST_COMPLEMENT and not _ends_complement(tokens, index):
        index += 1
    while index - 1 > start and not tokens[index - 1].is_word:
        index -= 1
    return index - 1 if index - 1 > start else start - 1


def _ends_complement(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    lower = token.lower
    if not token.is_word:
        if token.text == ",":
            return not _is_place_after_comma(tokens, index)
        return token.text not in "&$'’."
    if lower in AND:
        return index + 1 >= len(tokens) or not (tokens[index + 1].is_capital or tokens[index + 1].lower == "the")
    if lower in RELATIVE or lower in ENDS or lower in role_words().verbs:
        return True
    return lower in DAYS or (lower in OF and _begins_time(tokens, index))


def _begins_time(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "in 2012", "on Tuesday", "in the 1990s", "for 30 years" begins at ``index``."""
    after = [token for token in tokens[index + 1 : index + 3] if token.lower not in DETERMINERS][:1]
    return bool(after) and (after[0].text[0].isdigit() or after[0].lower in DAYS)


def _is_place_after_comma(tokens: Sequence[Token], comma: int) -> bool:
    """Tell whether a comma belongs to "Burlington, Vt." or "University of California, Berkeley"."""
    if comma + 1 >= len(tokens) or not tokens[comma - 1].is_capital:
        return False
    run = [tokens[comma + 1].text]
    for token in tokens[comma + 2 : comma + 4]:
        run.append(f"{run[-1]} {token.text}")
    after = tokens[comma + 1]
    entries = [entry for entry in map(look_up, run) if entry and entry.kind in ("state", "country", "capital")]
    return bool(entries) or after.text in ("Berkeley", "Irvine", "Inc.", "Inc", "LLC", "Jr.")


def _leftmost(tokens: Sequence[Token], head: int) -> int:
    """Return the index of the first token of the phrase that ``tokens[head]`` heads, its determiner left out."""
    firm = index = head
    while index > 0 and head - index < MOST_WORDS:
        token = tokens[index - 1]
        lower = token.lower
        if lower in DETERMINERS:
            return index
        if lower in AND and index > 1 and is_head(tokens[index - 2]) and tokens[index - 2].is_capital:
            index -= 2
            firm = index
            continue
        if not token.is_word or _stops(token) or lower in DAYS or lower in LEADING:
            break
        if not token.is_capital and not _can_modify(token):
            break
        index -= 1
        if token.is_capital or lower in role_words().modifiers or is_head(token):
            firm = index
    return firm


def _can_modify(token: Token) -> bool:
    """Tell whether a lower-case word may stand before a head; verbs in -ed, -ing and -s, and adverbs, do not."""
    lower = token.lower
    if lower in role_words().modifiers or lower in PARTICIPLES or lower in PLURAL_MODIFIERS or token.is_possessive:
        return True
    if "-" in lower:
        return True
    return not lower.endswith(("ed", "ing", "ly")) and (lower.endswith("ss") or not lower.endswith("s"))


def _phrase(text: str, tokens: Sequence[Token], first: int, head: int, last: int, following: int) -> RolePhrase | None:
    """Make a phrase of the tokens ``[first, last]``: its title and what it is of."""
    before = list(tokens[first : head + 1])
    of, title = _split(before)
    complement = list(tokens[head + 1 : last + 1])
    kept, tied = _split_complement(complement)
    written = [*(token.text for token in title), *(token.text for token in kept)]
    if not written:
        return None
    if tied:
        tied_to = text[tied[0].start : tied[-1].end]
        of = _named(tied_to) or tied_to
    span = Span(tokens[first].start, tokens[last].end)
    return RolePhrase(title=" ".join(written), of=of, span=span, next=following)


def _split_complement(complement: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Return the part of "of communications for the Ilven campaign" that is the title's, and the part it is of."""
    at = 0
    while at < len(complement):
        rest = complement[at + 1 :]
        if complement[at].lower == "of" and rest and not rest[0].is_capital and rest[0].lower not in DETERMINERS:
            following = next((i for i in range(at + 1, len(complement)) if complement[i].lower in OF), len(complement))
            at = following
            continue
        if complement[at].lower == "of" and rest and rest[0].text in ("State", "Staff", "Defense") and len(rest) == 1:
            return list(complement), []
        break
    tied = list(complement[at + 1 :])
    while tied and tied[0].lower in DETERMINERS:
        tied.pop(0)
    return list(complement[:at]), tied


def _split(words: list[Token]) -> tuple[str | None, list[Token]]:
    """Return what the words before a head say that the role is of, and the words of the title."""
    possessive = next((i for i in range(len(words) - 2, -1, -1) if words[i].is_possessive), None)
    if possessive is not None:
        owner = [token for token in words[: possessive + 1] if token.lower not in DETERMINERS]
        text = _POSSESSIVE.sub(lambda found: "s" if found.group()[0] == "s" else "", " ".join(t.text for t in owner))
        return _named(text) or text, words[possessive + 1 :]
    start = 0
    while start < len(words) - 1 and not words[start].is_capital:
        start += 1
    end = start
    while end < len(words) - 1 and words[end].is_capital and words[end].lower not in PARTIES:
        end += 1
    size = _size_of_owner(words, start, end)
    if size == 0:
        return None, words
    text = " ".join(token.text for token in words[start : start + size])
    return _named(text) or text, words[:start] + words[start + size :]


def _size_of_owner(words: Sequence[Token], start: int, end: int) -> int:
    """Return how many of the capitalised words ``[start, end)`` name an owner; the rest are the title's."""
    run = words[start:end]
    if not run:
        return 0
    if not words[-1].is_capital and (end == len(words) - 1 or not words[end].is_capital):
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
