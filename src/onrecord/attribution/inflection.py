"""English inflection by rule: from a word as it stands to the dictionary forms it may have.

No part-of-speech tagger is asked: every form that the rules allow is returned, and the lexicon
keeps what it knows. ``hoping`` may be of ``hope`` or ``hop``; only ``hope`` is an entry.
"""

from __future__ import annotations

from typing import Final

from onrecord.wordlists import remembered

IRREGULAR: Final = {
    form: lemma
    for lemma, forms in {
        "be": "am is are was were been being 's 're 'm",
        "bear": "bore borne born",
        "beat": "beaten",
        "become": "became",
        "begin": "began begun",
        "beseech": "besought",
        "bet": "bet",
        "bid": "bade bidden",
        "bind": "bound",
        "bite": "bit bitten",
        "blow": "blew blown",
        "break": "broke broken",
        "bring": "brought",
        "build": "built",
        "buy": "bought",
        "catch": "caught",
        "choose": "chose chosen",
        "cling": "clung",
        "come": "came",
        "criterion": "criteria",
        "deal": "dealt",
        "die": "dying",
        "dig": "dug",
        "do": "does did done",
        "draw": "drew drawn",
        "dream": "dreamt",
        "drive": "drove driven",
        "dwell": "dwelt",
        "fall": "fell fallen",
        "feed": "fed",
        "feel": "felt",
        "fight": "fought",
        "find": "found",
        "flee": "fled",
        "fling": "flung",
        "forbid": "forbade forbidden",
        "foresee": "foresaw foreseen",
        "forgive": "forgave forgiven",
        "forget": "forgot forgotten",
        "forswear": "forswore forsworn",
        "freeze": "froze frozen",
        "get": "got gotten",
        "give": "gave given",
        "go": "goes went gone",
        "grow": "grew grown",
        "have": "has had 've",
        "hear": "heard",
        "hide": "hid hidden",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "lay": "laid",
        "lead": "led",
        "lean": "leant",
        "learn": "learnt",
        "leave": "left",
        "lend": "lent",
        "lie": "lay lain lying",
        "light": "lit",
        "lose": "lost",
        "make": "made",
        "mean": "meant",
        "meet": "met",
        "misspeak": "misspoke misspoken",
        "mistake": "mistook mistaken",
        "misunderstand": "misunderstood",
        "overhear": "overheard",
        "override": "overrode overridden",
        "overrun": "overran",
        "overthrow": "overthrew overthrown",
        "panic": "panicked panicking",
        "pay": "paid",
        "plead": "pled",
        "retake": "retook retaken",
        "ring": "rang rung",
        "rise": "rose risen",
        "say": "said",
        "see": "saw seen",
        "seek": "sought",
        "send": "sent",
        "set": "set",
        "shake": "shook shaken",
        "shine": "shone",
        "shoot": "shot",
        "show": "shown",
        "sing": "sang sung",
        "sink": "sank sunk",
        "sit": "sat",
        "slay": "slew slain",
        "sling": "slung",
        "speak": "spoke spoken",
        "spell": "spelt",
        "spend": "spent",
        "spin": "spun",
        "stand": "stood",
        "steal": "stole stolen",
        "stick": "stuck",
        "sting": "stung",
        "strike": "struck stricken",
        "strive": "strove striven",
        "swear": "swore sworn",
        "sweep": "swept",
        "swing": "swung",
        "take": "took taken",
        "teach": "taught",
        "tear": "tore torn",
        "tell": "told",
        "think": "thought",
        "throw": "threw thrown",
        "tie": "tying",
        "understand": "understood",
        "undertake": "undertook undertaken",
        "uphold": "upheld",
        "weep": "wept",
        "win": "won",
        "wind": "wound",
        "withdraw": "withdrew withdrawn",
        "withhold": "withheld",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
VOWELS: Final = frozenset("aeiou")


@remembered
def lemmas_of(word: str) -> tuple[str, ...]:
    """Return the dictionary forms that ``word`` may be of, the word itself first; lower case, straight apostrophes.

    >>> lemmas_of("denied")
    ('denied', 'deny', 'denie')
    >>> lemmas_of("Said")
    ('said', 'say')
    """
    plain = word.lower().replace("’", "'").replace("‘", "'")
    found = [plain]
    if plain in IRREGULAR:
        found.append(IRREGULAR[plain])
    found.extend(_stems(plain))
    return tuple(dict.fromkeys(found))


def _stems(word: str) -> list[str]:
    if len(word) < 4 or not word[-1].isalpha():
        return []
    if word.endswith("'s"):
        return [word[:-2]]
    if word.endswith("ing"):
        return _before_vowel(word[:-3])
    if word.endswith("ed"):
        return [word[:-3] + "y", word[:-1]] if word.endswith("ied") else _before_vowel(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        return _without_s(word)
    return []


def _before_vowel(stem: str) -> list[str]:
    """Undo what happens before -ed and -ing: a doubled consonant, a dropped e."""
    if not VOWELS.intersection(stem) and "y" not in stem:
        return []  # "thing", "red" are no inflected forms
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS
    return [stem, *([stem[:-1]] if doubled else []), stem + "e"]


def _without_s(word: str) -> list[str]:
    if word.endswith("ies"):
        return [word[:-3] + "y", word[:-1]]
    if word.endswith(("ches", "shes", "ses", "xes", "zes", "oes")):
        return [word[:-1], word[:-2]]
    return [word[:-1]]
