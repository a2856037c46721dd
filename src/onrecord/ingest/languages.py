"""Which language a report is in, told from its text; onrecord reads English.

Plainly English text is recognised by its function words alone (0.2 ms), so that py3langid's model, which takes
0.5 s and 100 MB to load, is loaded only for text that may be something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from onrecord.document import Document
from onrecord.errors import ForeignLanguage

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Frequent in English and rare elsewhere: "in", "die", "is", "was", "on" and "a" are words of other languages too.
ENGLISH_WORDS = frozenset({
    "the", "of", "and", "to", "that", "for", "with", "his", "has", "have", "been", "by", "from", "they", "were",
    "who", "which", "their", "would", "this", "not", "but", "said", "its", "had", "will", "are", "as", "it", "he",
    "she", "an", "be", "at", "after", "about", "when", "more", "than", "into", "over", "there", "what", "could",
    "you", "if", "or", "we"
})  # fmt: skip
# Of these, the ones that hardly stand in text of another language: "of" is Dutch, "to" Polish, "at" Danish.
PLAIN_WORDS = frozenset({
    "the", "and", "that", "this", "with", "his", "she", "they", "their", "its", "you", "were", "been", "have", "would",
    "could", "said", "who", "which", "what", "when", "there", "than", "but", "from", "about", "into"
})  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
LETTER = re.compile(r"[^\W\d_]")
SURE_SAMPLE = 4_000  # characters from the beginning
SURE_WORDS = 30
SURE_SHARE = 0.18  # 6,147 of 6,151 English reports have more; the most of 17 foreign ones was 0.07
# Of 5,000 English sentences of 8 to 29 words 67 % have that share and two plain words, of 322,014 messages of programs
# in 128 other languages 9, and those are left in English for the most part.
FEW_WORDS = 8
FEWEST_PLAIN = 2
# Below that a name, a number and a borrowed word outweigh the language: "Mayor resigns" reads as Bikol.
FEWEST_LETTERS = 60
PIECE = 600  # characters
MOST_PIECES = 12
# py3langid's probability: at 0.8 Indonesian and Malay are left open, at 0.5 no more English is lost.
TRUSTED = 0.65
NEAR_ENGLISH = frozenset({"pcm", "sco", "jam"})  # Nigerian Pidgin, Scots, Jamaican: found in short English too
# A report with that much English in it is read: translations and foreign quotations often stand beside it.
ENGLISH_ENOUGH = 1 / 3

NAMES = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian",
    "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mr": "Marathi", "ms": "Malay", "my": "Burmese",
    "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "nb": "Norwegian", "pa": "Punjabi", "pl": "Polish",
    "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak",
    "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def identify(text: str) -> str | None:
    """Return the language of a text as a primary tag such as ``en``; None if it is too short or unclear.

    A text of several languages is English if a third of it is.

    >>> identify("Mayor resigns") is None
    True
    """
    if _is_surely_english(text[:SURE_SAMPLE]):
        return "en"
    pieces = [(piece, len(LETTER.findall(piece))) for piece in _pieces(text)]
    total = sum(count for _, count in pieces)
    if total < FEWEST_LETTERS:  # known before the model is asked, or loaded
        return None
    letters: Counter[str | None] = Counter()
    for piece, count in pieces:
        letters[_identify_piece(piece)] += count
    if letters["en"] >= ENGLISH_ENOUGH * total:
        return "en"
    language, count = letters.most_common(1)[0]
    return language if count * 2 >= total else None


def require_english(document: Document, *, force: bool) -> None:
    """Refuse a document whose ``language`` is known and is not English, unless ``force``.

    Raises:
        ForeignLanguage: saying which language it is in.
    """
    if force or document.language in {None, "en"}:
        return
    raise ForeignLanguage(
        f"is in {name_of(document.language)}, and onrecord reads English",
        where=document.provenance.origin,
        advice="use --force to read it all the same",
    )


def name_of(language: str | None) -> str:
    """Return the English name of a language tag, or the tag itself.

    >>> name_of("de"), name_of("qaa")
    ('German', "the language 'qaa'")
    """
    return NAMES.get(language or "", f"the language {language!r}")


def _is_surely_english(text: str) -> bool:
    words = [word.lower() for word in WORD.findall(text)]
    if len(words) < FEW_WORDS or sum(word in ENGLISH_WORDS for word in words) < SURE_SHARE * len(words):
        return False
    return len(words) >= SURE_WORDS or len(PLAIN_WORDS.intersection(words)) >= FEWEST_PLAIN


def _pieces(text: str) -> Iterator[str]:
    """Yield pieces spread evenly over a text: all of a short one."""
    count = min(MOST_PIECES, -(-len(text) // PIECE))
    for number in range(count):
        start = number * len(text) // count
        yield text[start : min(start + PIECE, (number + 1) * len(text) // count)]


def _identify_piece(piece: str) -> str | None:
    if _is_surely_english(piece):
        return "en"
    language, probability = _identifier().classify(piece)
    return str(language) if probability >= TRUSTED and language not in NEAR_ENGLISH else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.5 s, and only foreign text needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
