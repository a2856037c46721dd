"""The words of an utterance as they are compared: without case, accents, marks, contractions and other spellings.

Only the comparing sees these forms. Every word keeps its span in the text as it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from onrecord.document import Span
from onrecord.record.querying import fold_word
from onrecord.wordlists import word_set

MOST_WORDS: Final = 2_000
"""Words of an utterance that are compared; of a longer one (a whole speech) the first."""
KEPT: Final = 50_000
"""Written words of which the forms are kept in memory: about 15 MB."""
# What pasted words have where they may break, a soft hyphen or a space without width: nothing is read there.
_BREAKS: Final = "\u00ad\u200b\u2060\ufeff"
NO_BREAKS: Final = dict.fromkeys(map(ord, _BREAKS))
# A word with its apostrophes, initials with their full stops, a number with its points; or what marks a gap.
_TOKEN: Final = re.compile(
    r"(?P<gap>\[\s{0,3}(?:…|\.{3})\s{0,3}\]|\(\s{0,3}(?:…|\.{3})\s{0,3}\)|…|\.(?:\s?\.){2,5})"
    r"|(?P<initials>\b(?:[A-Za-z]\.){2,6})"
    r"|(?P<number>\d{1,30}(?:[.,]\d{1,30}){0,10})"
    rf"|(?P<word>[^\W_]{{1,60}}(?:(?:['’ʼ`]|[{_BREAKS}]{{1,3}})[^\W_]{{1,20}}){{0,6}})"
    r"|(?P<percent>%)|(?P<open>\[)|(?P<close>\])"
)
_LONGEST_GLOSS: Final = 60
"""Characters in square brackets that are the reporter's own; in a longer run the bracket is somebody else's."""
_ENDINGS: Final = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}
_BEFORE_IS: Final = word_set("it that he she there what who here how where let this")
_WHOLE: Final = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "us": ("us",),
    "usa": ("united", "states"),
    "uk": ("united", "kingdom"),
    "percent": ("percent",),
    "ok": ("okay",),
}
_INITIALS: Final = {"us": ("united", "states"), "usa": ("united", "states"), "uk": ("united", "kingdom")}
_NUMBERS: Final = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
"""Not "one", which is mostly no number."""
_SOUNDS: Final = word_set("uh um er ah eh hmm")
AUXILIARIES: Final = word_set(
    "am are is was were be been being have has had having do does did will would can could may might must shall should"
)
FUNCTION_WORDS: Final = (AUXILIARIES - {"having"}) | word_set(
    "a an the and or but nor so if then than that this these those there here it its he him his she her hers "
    "they them their we us our i me my you your who whom whose which what when where why how as at by for from "
    "in into of off on onto out over to up with without about after before done not no just very also too any "
    "some all"
)
"""Words that any two utterances share."""
_BEFORE_NOUNS: Final = word_set("the a an his her their our my this that these those")
NEGATIONS: Final = word_set("not no never none nobody nothing neither nor without hardly")
_TITLES: Final = word_set(
    "former secretary state states president presidential candidate front runner frontrunner nominee "
    "presumptive senator sen gov rep mr mrs ms dr director attorney general minister prime chief leader mayor "
    "governor party percent"
)
_ENDINGS_OF_STEMS: Final = ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y")
_SHORTEST: Final = 3
_SHORTEST_PAST: Final = 5
"""Letters of a past form in "-ed": "added", but not "need" or "red"."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is compared. "don't" is two of them, with one span."""

    key: str
    stem: str
    """Without its ending, roughly: what "ban" and "banned" have in common."""
    span: Span
    """Where it stands in the text of its utterance."""
    weight: float
    """What it tells: 1 for most words, 0.25 for those that any two utterances share."""
    is_name: bool
    """Written with a capital, or of a title: who is spoken of rather than what is said."""
    is_gloss: bool = False
    """In square brackets: the reporter's word in the place of the speaker's."""
    after_gap: bool = False
    """An ellipsis stands before it."""


def read_words(text: str) -> list[Word]:
    """Return the words of a text as they are compared, :data:`MOST_WORDS` at most.

    >>> [word.key for word in read_words("“Don’t [the farmers] pay 5% … in the U.S.?”")]
    ['do', 'not', 'the', 'farmers', 'pay', '5', 'percent', 'in', 'the', 'united', 'states']
    """
    words = list(islice(_read(text), MOST_WORDS))
    return words[1:] if len(words) > 1 and words[0].key == "that" else words


def numbers_of(words: Iterable[Word]) -> frozenset[str]:
    """Return the numbers among words, without thousands separators.

    >>> sorted(numbers_of(read_words("Five of 1,200 berths")))
    ['1200', '5']
    """
    return frozenset(word.key for word in words if word.key[:1].isdigit())


def is_negated(words: Iterable[Word]) -> bool:
    """Tell whether any of the words denies something.

    >>> is_negated(read_words("We won't pay")), is_negated(read_words("We will pay"))
    (True, False)
    """
    return any(word.key in NEGATIONS for word in words)


def _read(text: str) -> Iterator[Word]:
    gloss_end, after_gap = -1, False
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "gap":
            after_gap = True
        elif kind == "open":
            closing = text.find("]", found.end(), found.end() + _LONGEST_GLOSS)
            gloss_end = closing if closing >= 0 else gloss_end
        elif kind != "close":
            span, is_gloss = Span(*found.span()), found.start() < gloss_end
            for key, stem, weight, is_name in _forms(kind, found[0]):
                yield Word(key, stem, span, weight, is_name, is_gloss, after_gap)
                after_gap = False


@lru_cache(maxsize=KEPT)
def _forms(kind: str, written: str) -> tuple[tuple[str, str, float, bool], ...]:
    """Return the words that a written one stands for: key, stem, weight, and whether it is a name."""
    return tuple(
        (key, _stem(key), 0.25 if key in FUNCTION_WORDS else 1.0, written[0].isupper() or key in _TITLES)
        for key in _keys(kind, written)
    )


def _keys(kind: str, written: str) -> tuple[str, ...]:
    if kind == "percent":
        return ("percent",)
    if kind == "number":
        return (written.replace(",", ""),)
    if kind == "initials":
        letters = written.replace(".", "").lower()
        return _INITIALS.get(letters, (letters,))
    if written == "US":
        return _INITIALS["us"]
    folded = fold_word(written.translate(NO_BREAKS)).replace("’", "'").replace("ʼ", "'").replace("`", "'")
    if folded in _SOUNDS:
        return ()
    return _WHOLE.get(folded) or _contracted(folded)


def _contracted(word: str) -> tuple[str, ...]:
    stem, mark, ending = word.rpartition("'")
    if not mark:
        return (_NUMBERS.get(word, word),)
    if ending == "t" and stem.endswith("n"):
        return (stem[:-1], "not")
    if ending in _ENDINGS:
        return (stem, _ENDINGS[ending])
    if ending == "s":
        return (stem, "is") if stem in _BEFORE_IS else (f"{stem}s",)
    return (stem + ending,)


def _stem(word: str) -> str:
    """Return a word without its ending, where something is left of it.

    >>> [_stem(word) for word in ("ban", "banned", "banning", "policies", "his")]
    ['ban', 'ban', 'ban', 'polic', 'his']
    """
    if word in FUNCTION_WORDS:
        return word
    for ending in _ENDINGS_OF_STEMS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word[: -len(ending)]
            doubled = len(stem) > _SHORTEST and stem[-1] == stem[-2] and stem[-1] not in "lse"
            return stem[:-1] if doubled else stem
    return word


def is_claim(words: Sequence[Word]) -> bool:
    """Tell whether words claim or propose something, rather than only name it; by their forms, which is a guess.

    >>> is_claim(read_words("the levy was raised")), is_claim(read_words("to raise the levy"))
    (True, True)
    >>> is_claim(read_words("the new harbour levy"))
    False
    """
    keys = [word.key for word in words]
    has_verb = any(key in AUXILIARIES or (len(key) >= _SHORTEST_PAST and key.endswith("ed")) for key in keys)
    is_gerund = bool(keys) and keys[0].endswith("ing")
    return has_verb or is_gerund or any(map(_is_infinitive, keys, keys[1:]))


def _is_infinitive(key: str, following: str) -> bool:
    return key == "to" and following not in _BEFORE_NOUNS and not following.endswith("s")
