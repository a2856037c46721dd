"""Numerals: digits, number words, scales and fractions, to one number and where it stands.

"1.2bn", "two and a half million", "12½", "1,00,000", "half a dozen", "tens of thousands", "a third", "four in 10". A
number that does not fit a float, and one that the report leaves open ("dozens"), has no value.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from onrecord.values.numberwords import ONES, SCALES, TENS, NumberWords

NumeralKind = Literal["digits", "words", "vague", "share"]

CLIPPED: Final = {"k": 3, "mn": 6, "mln": 6, "mio": 6, "mil": 6, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "cr": 7}
LETTERS: Final = {"m": 6, "b": 9, "t": 12}
"""Scales only beside a currency or a noun: "5m" alone is a length, "100t" a weight."""
PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
DOZEN: Final = 12
MOST_DIGITS: Final = 309  # the longest that a float holds
MOST_WORDS: Final = 16

_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_SMALL = "|".join([*ONES, *TENS])
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_PART = "half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?"
_PLURAL = "dozens|scores|tens|hundreds|thousands|millions|billions|trillions|lakhs|crores"
_FEW = r"several|many|a\sfew|a\scouple(?:\sof)?|some\sfew|untold"

# Where a numeral may begin: one scan of the text for all of them.
SEED: Final = re.compile(
    rf"""(?<![\d_])(?<!\d[.,])\d
    | (?<![\w.])\.(?=\d)
    | [{_VULGAR}]
    | (?<![\w-])(?:
        (?:{_SMALL}|{_PLURAL}|half|several|many)(?![^\W_])
        | an?\s(?=(?:few|couple|half|quarter|third|fourth|fifth|sixth|eighth|tenth|dozen|penny|{_SCALE})\b)
        | (?:dozen|quarter|{_SCALE})(?!\w)
      )""",
    re.VERBOSE | re.IGNORECASE,
)
# Digits with their groups and decimals, and a fraction behind them.
_DIGITS: Final = re.compile(
    rf"""(?P<digits>\d++(?:[,\u00a0\u202f\u2009٬]\d{{1,3}}(?!\d))*+(?:\.\d{{3}}(?!\d)){{2,}}+
        | \d++(?:[,\u00a0\u202f\u2009٬]\d{{1,3}}(?!\d))*+(?:\.\d++)?
        | \.\d++)
    (?:\s?(?P<vulgar>[{_VULGAR}]) | [ -](?P<over>\d/\d{{1,2}})(?![\d/]) | (?P<under>/\d{{1,2}})(?![\d/]))?""",
    re.VERBOSE,
)
_WORD: Final = re.compile(rf"(?:{_SMALL}|{_SCALE})(?!\w)", re.IGNORECASE)
_JOIN: Final = re.compile(r"\s?-\s?|\s{1,2}and\s{1,2}|\s{1,2}")
_AND_HALF: Final = re.compile(r"[\s-]and[\s-]a[\s-]half(?!\w)", re.IGNORECASE)
_AFTER_DIGITS: Final = re.compile(rf"[\s-]{{1,2}}(?P<scale>{_SCALE})(?!\w)", re.IGNORECASE)
_GLUED: Final = re.compile(r"(?P<scale>[A-Za-z]{1,3})(?!\w)")
_SPACED: Final = re.compile(r"\s(?P<scale>mn|mln|mio|bn|bln|tn|trn)(?!\w)")
_VAGUE: Final = re.compile(
    rf"""(?:{_FEW})[\s-](?:(?:dozen|{_SCALE})\b(?:[\s-](?:thousand|million|billion|trillion)\b)?)
    | (?:{_PLURAL})\b(?:\sof\s(?:hundreds|thousands|millions|billions|trillions)\b){{0,2}}""",
    re.VERBOSE | re.IGNORECASE,
)
# "half a million", "a quarter of a billion", "three-quarters of a million", "half a dozen", "a half-million".
_PART_OF_SCALE: Final = re.compile(
    rf"(?:(?P<many>an?|one|two|three)[\s-])?(?P<part>{_PART})[\s-](?:of[\s-])?(?:an?[\s-])?(?P<whole>dozen|{_SCALE})\b",
    re.IGNORECASE,
)
# "a dozen", "two dozen", "12 dozen".
_DOZEN: Final = re.compile(r"[\s-]dozen\b", re.IGNORECASE)
_ARTICLE_SCALE: Final = re.compile(rf"an?\s(?={_SCALE}|dozen)", re.IGNORECASE)
_SHARE: Final = re.compile(
    rf"(?:(?P<many>an?|one|two|three|four|five|seven|nine)[\s-](?P<part>{_PART})|(?P<half>half))(?!\w)", re.IGNORECASE
)
# "half of", "half the", "two-thirds majority", "a third of"; not "the second half", "half an hour".
_OF_WHOLE: Final = re.compile(r"\sof\b|\s(?:the|its|their|all|our|his|her|these|those)\b")
_ORDINAL: Final = re.compile(r"(?:first|second|last|other|latter|better|back|front|top)\s\Z", re.IGNORECASE)
_HALF_UNIT: Final = re.compile(
    r"half\s(?:of\s)?(?:an?\s|one\s)?(?=percent|per\scent|percentage|mile|point|kilomet|acre|ton|pound|cent)"
    r"|half\san?[\s-](?=percent|per\scent|percentage|mile|point|kilomet|acre|ton|pound|cent)",
    re.IGNORECASE,
)
_RATIO: Final = re.compile(
    r"(?:\s(?:in|out\sof)\s(?:every\s)?)(?P<whole>\d{1,3}(?![\d,.]\d|\w)|three|four|five|six|seven|eight|nine|ten|twenty)"
    r"(?![\w-])",
    re.IGNORECASE,
)


class Numeral(NamedTuple):
    """A number of the text, with where it stands."""

    start: int
    end: int
    value: float | None
    """The number in full; a share is of 100; None where it does not fit, or the report leaves it open."""
    kind: NumeralKind
    bare: float | None
    """The number before its scale: 1.2 of "1.2bn"."""
    scale: int = 0
    """The power of ten that is named behind it; 0 where there is none."""
    letter: bool = False
    """A letter stands behind it that may be a scale or a unit ("5m"): read once more by what is around."""


def read_numeral(text: str, at: int, limit: int) -> Numeral | None:
    """Return the numeral that begins at ``at`` and ends by ``limit``; None where none does.

    >>> read_numeral("2.5 million", 0, 11).value
    2500000.0
    """
    first = text[at]
    if first.isdigit() or first == "." or first in _VULGAR:
        return _read_digits(text, at, limit)
    return _read_words(text, at, limit)


def to_float(digits: str, scale: int = 0) -> float | None:
    """Return the number that digits of any script write, times a power of ten; None where a float does not hold it."""
    if len(digits) > MOST_DIGITS:
        return None
    try:
        value = float(f"{digits}e{scale}")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def to_power(bare: float, power: int) -> float | None:
    """Return a number times a power of ten without the errors of a product: 1.2 and 9 are 1,200,000,000."""
    return to_float(f"{Decimal(repr(bare)):f}", power)


def _read_digits(text: str, at: int, limit: int) -> Numeral | None:
    if text[at] in _VULGAR:
        bare: float | None = _vulgar(text[at])
        end, whole = at + 1, ""
    else:
        found = _DIGITS.match(text, at, limit)
        if found is None:
            return None
        whole, end = _ungrouped(found["digits"]), found.end()
        if found["under"] and not _is_fraction(found["digits"], found["under"]):
            return None
        bare = _plus_fraction(to_float(whole), found)
        if found["vulgar"] or found["over"] or found["under"]:
            whole = ""
    scale, end, letter = _read_scale(text, end, limit)
    value = bare
    if scale and bare is not None:
        value = to_float(whole, scale) if whole else bare * 10.0**scale
    numeral = Numeral(at, end, value, "digits", bare, scale, letter)
    return _dozens(text, numeral, limit) or _ratio(text, numeral, limit) or numeral


def _ungrouped(digits: str) -> str:
    """Return digits without what groups them by thousands or lakhs; "3,5" has a decimal comma."""
    plain = digits.replace("\u00a0", ",").replace("\u202f", ",").replace("\u2009", ",").replace("٬", ",")
    if plain.count(".") > 1:
        return plain.replace(".", "").replace(",", "")
    if "," not in plain:
        return plain
    whole, _, decimals = plain.partition(".")
    groups = whole.split(",")
    if len(groups[-1]) != 3:
        return f"{groups[0]}.{groups[1]}" if len(groups) == 2 and not decimals else "?"
    if len(groups[0]) > 3 or any(len(group) < 2 for group in groups[1:]):
        return "?"
    return "".join(groups) + (f".{decimals}" if decimals else "")


def _vulgar(mark: str) -> float:
    return unicodedata.numeric(mark)


def _is_fraction(digits: str, under: str) -> bool:
    """Tell whether "1/2" is a part of one, and not a date or a score."""
    return len(digits) == 1 and under[1:] in {"2", "3", "4", "5", "8", "10", "16"} and int(digits) < int(under[1:])


def _plus_fraction(value: float | None, found: re.Match[str]) -> float | None:
    if value is None:
        return None
    if found["vulgar"]:
        return value + _vulgar(found["vulgar"])
    if found["over"]:
        over, under = found["over"].split("/")
        return value + int(over) / int(under) if int(under) else None
    if found["under"]:
        return value / int(found["under"][1:])
    return value


def _read_scale(text: str, at: int, limit: int) -> tuple[int, int, bool]:
    """Return the power of ten behind digits, where it ends, and whether it is a letter that may be a unit."""
    scale, end = 0, at
    for _ in range(2):  # "1 lakh crore", "3 hundred thousand"
        found = _AFTER_DIGITS.match(text, end, limit)
        if found is None:
            break
        scale, end = scale + SCALES[found["scale"].lower()], found.end()
    if scale:
        return scale, end, False
    found = _GLUED.match(text, at, limit) or _SPACED.match(text, at, limit)
    if found is None:
        return 0, at, False
    name = found["scale"].lower()
    if name in CLIPPED:
        return CLIPPED[name], found.end(), False
    return 0, at, name in LETTERS


def _read_words(text: str, at: int, limit: int) -> Numeral | None:
    return (
        _vague(text, at, limit)
        or _part_of_scale(text, at, limit)
        or _half_unit(text, at, limit)
        or _share(text, at, limit)
        or _spelled(text, at, limit)
    )


def _vague(text: str, at: int, limit: int) -> Numeral | None:
    found = _VAGUE.match(text, at, limit)
    return Numeral(at, found.end(), None, "vague", None) if found else None


def _part_of_scale(text: str, at: int, limit: int) -> Numeral | None:
    found = _PART_OF_SCALE.match(text, at, limit)
    if found is None:
        return None
    whole = found["whole"].lower()
    scale = SCALES.get(whole, 0)
    size = 10.0**scale if scale else DOZEN
    return Numeral(at, found.end(), _part(found) * size, "words", _part(found), scale)


def _half_unit(text: str, at: int, limit: int) -> Numeral | None:
    """Return the half of "half a percentage point" and "half a mile"."""
    found = _HALF_UNIT.match(text, at, limit)
    return Numeral(at, found.end(), 0.5, "words", 0.5) if found else None


def _share(text: str, at: int, limit: int) -> Numeral | None:
    """Return "a third", "two-thirds", "half" where they are shares of something, as parts of 100."""
    found = _SHARE.match(text, at, limit)
    if found is None:
        return None
    named = found["part"] is not None and not found["part"].lower().startswith("half")
    if found["half"] and _ORDINAL.search(text, max(0, at - 8), at):
        return None
    if not _OF_WHOLE.match(text, found.end(), limit) and not (named and found["many"].lower() not in ("a", "an")):
        return None
    value = 50.0 if found["half"] else round(100 * _part(found), 4)
    return Numeral(at, found.end(), value, "share", None)


def _part(found: re.Match[str]) -> float:
    many = (found["many"] or "a").lower()
    part = found["part"].lower()
    name = "half" if part == "halves" else part.removesuffix("s")
    return ONES.get(many, 1) / PARTS[name]


def _spelled(text: str, at: int, limit: int) -> Numeral | None:
    """Return a number in words: "one hundred and twenty thousand", "two and a half million", "a dozen"."""
    if text[at : at + 7].lower() == "a penny":
        return Numeral(at, at + 1, 1.0, "words", 1.0)
    article = _ARTICLE_SCALE.match(text, at, limit)
    if article and text[article.end() : article.end() + 5].lower() == "dozen":
        return Numeral(at, article.end() + 5, float(DOZEN), "words", 1.0)
    sum_ = NumberWords(current=1.0 if article else 0.0, last="one" if article else "")
    end = _add_words(sum_, text, article.end() if article else at, limit)
    if end is None:
        return None
    numeral = Numeral(at, end, sum_.value, "words", sum_.bare if sum_.scale else sum_.value, sum_.scale)
    return _dozens(text, numeral, limit) or _ratio(text, numeral, limit) or numeral


def _add_words(sum_: NumberWords, text: str, at: int, limit: int) -> int | None:
    """Add the words from ``at`` on as far as they are one number; return where it ends, None where none is."""
    end = None
    begin, with_and = at, False
    for _ in range(MOST_WORDS):
        found = _WORD.match(text, begin, limit)
        if found is None or not sum_.add(found.group().lower(), with_and=with_and):
            break
        end = found.end()
        half = _AND_HALF.match(text, end, limit)
        if half:
            sum_.add_half()
            end = half.end()
        joined = _JOIN.match(text, end, limit)
        if joined is None:
            break
        begin, with_and = joined.end(), "and" in joined.group().lower()
    return end


def _dozens(text: str, numeral: Numeral, limit: int) -> Numeral | None:
    found = _DOZEN.match(text, numeral.end, limit)
    if found is None or numeral.value is None:
        return None
    return numeral._replace(end=found.end(), value=numeral.value * DOZEN, scale=0)


def _ratio(text: str, numeral: Numeral, limit: int) -> Numeral | None:
    """Return "four in 10" and "three out of five" as parts of 100."""
    if numeral.scale or numeral.value is None or not 0 < numeral.value < 100:
        return None
    found = _RATIO.match(text, numeral.end, limit)
    if found is None:
        return None
    name = found["whole"].lower()
    whole = float(name) if name[0].isdigit() else float(ONES.get(name) or TENS.get(name, 0))
    if whole not in (3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000) or numeral.value >= whole:
        return None
    return Numeral(numeral.start, found.end(), round(100 * numeral.value / whole, 4), "share", None)
