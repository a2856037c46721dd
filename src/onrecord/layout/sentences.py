"""Sentences of English news: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from onrecord.document import Span
from onrecord.layout.linepatterns import MONTH, WEEKDAY
from onrecord.wordlists import word_set

# Stops, what closes after them, and then white space, the end, or a sentence glued on by a scraper ("it.The").
# The first stop comes before the look at what it follows: what begins with characters is searched for much faster.
_STOP: Final = re.compile(
    r"(?P<stop>[.!?…‼⁇⁈⁉](?<![.!?…‼⁇⁈⁉]{2})[.!?…‼⁇⁈⁉]*+)(?P<closers>[\"'”’»)\]]*+)(?:\[\d{1,3}\])?"
    r"(?:(?P<gap>\s+)|\Z|(?=[\"“]?[A-Z][a-z]* [a-z]))"
)
_LOOKBACK = 24  # longer than any abbreviation with the name before its hyphen
_TOKEN: Final = re.compile(r"[\w.&’'/-]*\Z")


# Never the last word of a sentence: titles before a name, and words before a number.
_TITLES: Final = word_set(
    """mr mrs ms mx dr prof rev fr hon messrs mme mlle sen sens rep reps gov govs gen lt col maj capt cmdr cpl sgt pvt
    adm brig pres atty amb supt insp det sec st mt ft vs v viz cf al fig figs nos pp dept asst assoc e.g i.e
    lt.gen maj.gen spc pfc ens del ald cllr dist hr res"""
)
_BEFORE_NUMBERS: Final = word_set("no c art sect ch vol para p jan feb mar apr jun jul aug sept sep oct nov dec")
# With a capital alone: "he fell ill. Quill left", "after mass. Quill left".
_STATES: Final = word_set(
    """ala ariz ark calif colo conn fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn tex
    va vt wash wis wisc wyo n.h n.j n.m n.y n.c n.d s.c s.d r.i w.va del alta nfld ont que sask qld tas vic"""
)
# May also end a sentence: then only a word that begins sentences tells.
_AMBIGUOUS: Final = _STATES | word_set(
    """inc corp co ltd llc plc bros jr sr etc esq ave blvd rd u.s u.k u.n u.s.a e.u d.c ph.d m.d b.a m.a b.s
    jan feb mar apr jun jul aug sept sep oct nov dec ca approx est min max ft lb oz mph"""
)
_STARTERS: Final = word_set(
    """The A An He She It They We You I This That These Those There Here His Her Its Their Our My Your But And Or So
    Yet Nor If When While As At By For From In On Of To With Without After Before Since Until During Under Over
    Through Among Between Within Because Although Though However Meanwhile Still Also Then Now Later Earlier
    Once Some Many Most Several Both All Each Every No Not None Only Even Just What Who Why How Where Which
    Whether Asked According Despite Instead Other Others Another One Two Three Critics Officials Police Let Do
    Does Did Is Are Was Were Will Would Can Could Should Mr Mrs Ms Sen Rep Gov"""
)
_MANITOBA: Final = re.compile(r"[^\W\d_a-z][\w.’'-]*, Man\Z")  # "Brandon, Man.", which no other word gives away
_WORD: Final = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_AFTER_CLOCK: Final = re.compile(rf"{WEEKDAY}$|{MONTH}$|[A-Z]{{2,4}}$")  # 6 p.m. Monday, 6 p.m. EST
_OPENING: Final = "\"'“‘«„([{—–-"
# '"Why?" Ruiz asked.' is one sentence.
_REPORTING: Final = re.compile(
    r"(?:[A-Z][\w.’'-]{0,24},? ){1,5}(?:(?:has|have|had|also|later|then|once) )?(?:said|says|asked|asks|wrote|writes"
    r"|tweeted|told|tells|added|adds|replied|replies|shouted|cried|yelled|exclaimed|wondered|wonders|joked|demanded|quipped"
    r"|responded|recalled|continued|declared|answered|countered|warned|chanted|screamed|urged|noted|explained|insisted)\b"
)


def find_sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences of one paragraph, without the white space between them.

    Linear time. Abbreviations ("Sen.", "D-Minn."), initials, figures, ellipses and stops inside a quotation
    before its reporting clause do not end a sentence.

    >>> report = "Sen. J. K. Ruiz left. “Why?” he asked."
    >>> [sentence.of(report) for sentence in find_sentences(report, Span(0, len(report)))]
    ['Sen. J. K. Ruiz left.', '“Why?” he asked.']
    """
    return list(_sentences(text, span.trimmed(text)))


def sentences_of(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """Return the sentences of several paragraphs, in their order."""
    return [sentence for paragraph in paragraphs for sentence in _sentences(text, paragraph.trimmed(text))]


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for stop in _STOP.finditer(text, span.start, span.end):
        end = stop.end() if stop["gap"] is None else stop.start("gap")
        if stop.end() < span.end and _ends_sentence(text, start, stop, span.end):
            yield Span(start, end)
            start = stop.end()
    if start < span.end:
        yield Span(start, span.end)


def _ends_sentence(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    following = text[stop.end() : min(stop.end() + 160, limit)]
    first = following.lstrip(_OPENING)[:1]
    if first.islower() or following[0] in ".,;:)":
        return False
    if stop["closers"]:
        return following[0] not in "-–—" and not _before_reporting(stop, following)
    if stop["stop"] != ".":
        return bool(first) or following[0] in _OPENING
    return _single_stop_ends(text, start, stop, following)


def _before_reporting(stop: re.Match[str], following: str) -> bool:
    """Tell whether a question or exclamation in quotation marks is what the next words report."""
    return stop["stop"][-1] in "?!" and _REPORTING.match(following) is not None


def _single_stop_ends(text: str, start: int, stop: re.Match[str], following: str) -> bool:
    found = _TOKEN.search(text, max(start, stop.start() - _LOOKBACK), stop.start())
    word = found.group() if found else ""
    if stop["gap"] is None:
        return word.isalpha() and word[-2:].islower() and len(word) > 2  # "it.The", never "example.Com"
    if not word:
        return text[max(start, stop.start() - 1)] not in " \xa0" or following[0] in _OPENING or following[0].isupper()
    if stop.start() - len(word) == start and word.isdigit():
        return False  # the number of a list item: "1. The bridge"
    if word == "Man" and _MANITOBA.search(text, max(start, stop.start() - _LOOKBACK), stop.start()):
        word = "Ont"  # a province as any
    return not _abbreviates(word, following)


def _abbreviates(word: str, following: str) -> bool:
    """Tell whether the stop belongs to the word before it, given what follows."""
    written = word.rsplit("-", 1)[-1].lstrip("'’")
    last = written.lower()
    match = _WORD.match(following.lstrip(_OPENING))
    following_word = match.group() if match else ""
    if last in _TITLES:
        return bool(following_word)
    if last in _BEFORE_NUMBERS and following_word[:1].isdigit():
        return True
    if len(word) == 1 and word.isupper():
        return word != "I" or following_word not in _STARTERS
    if last in ("a.m", "p.m"):
        return _AFTER_CLOCK.match(following_word) is not None
    if (last in _AMBIGUOUS and not (written.islower() and last in _STATES)) or _is_dotted(word):
        return bool(following_word) and following_word not in _STARTERS and following[0] not in '"“'
    return False


def is_abbreviation(word: str) -> bool:
    """Tell whether a word without its last stop is one that a stop mostly belongs to, whatever follows.

    >>> is_abbreviation("Jr"), is_abbreviation("U.S"), is_abbreviation("Q"), is_abbreviation("Quill")
    (True, True, True, False)
    """
    known = word.lower()
    return len(word) == 1 or known in _TITLES or known in _AMBIGUOUS or known in _BEFORE_NUMBERS or _is_dotted(word)


def _is_dotted(word: str) -> bool:
    """Tell whether a word is letters and stops in turn: J.K, U.S.S.R."""
    return len(word) > 2 and not word[1::2].strip(".") and word[::2].isalpha()
