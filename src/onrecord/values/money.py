"""Currencies: signs, codes and names beside a number, to ISO 4217.

Names come from ``currencies.tsv``, which ``training/currencies.py`` makes from CLDR (Unicode License v3), with the
countries where each is legal tender. A bare name that several countries share ("pesos", "crowns") stays open unless the
report names exactly one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from onrecord.values.measures import Unit
from onrecord.wordlists import word_set

SIGNS: Final[Mapping[str, str]] = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "￥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₩": "KRW",
    "₦": "NGN",
    "₪": "ILS",
    "₫": "VND",
    "₱": "PHP",
    "₴": "UAH",
    "₸": "KZT",
    "฿": "THB",
    "₡": "CRC",
    "₲": "PYG",
    "₵": "GHS",
    "₾": "GEL",
    "₼": "AZN",
    "₭": "LAK",
    "₮": "MNT",
    "៛": "KHR",
    "元": "CNY",
    "円": "JPY",
    "＄": "USD",
    "￡": "GBP",
}
DOLLARS: Final[Mapping[str, str]] = {
    "us": "USD",
    "u.s.": "USD",
    "u.s": "USD",
    "usd": "USD",
    "a": "AUD",
    "au": "AUD",
    "aud": "AUD",
    "aus": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "cad": "CAD",
    "can": "CAD",
    "cdn": "CAD",
    "hk": "HKD",
    "hkd": "HKD",
    "nz": "NZD",
    "nzd": "NZD",
    "s": "SGD",
    "sg": "SGD",
    "sgd": "SGD",
    "nt": "TWD",
    "r": "BRL",
    "mex": "MXN",
    "mx": "MXN",
    "mxn": "MXN",
    "j": "JMD",
    "ja": "JMD",
    "tt": "TTD",
    "bds": "BBD",
    "fj": "FJD",
    "z": "ZWG",
    "ar": "ARS",
    "cl": "CLP",
    "col": "COP",
    "n": "NAD",
    "ec": "XCD",
    "bz": "BZD",
    "g": "GYD",
    "b": "BND",
}
"""What stands before a dollar sign, in lower case."""
SPACED_DOLLARS: Final = frozenset({"us", "u.s.", "u.s", "usd", "hk", "nz", "mex", "c"})
"""Those of them that a space may part from it; "a $10 bill" is none."""
YUAN_BEFORE: Final = frozenset({"cn", "rmb", "cny"})
# Codes that are also words in capitals: only beside a scale.
_WORDLIKE: Final = word_set("ALL TOP CUP MAD PEN SOS TRY MOP BAM GEL ANG LAK MRO RON SAR STD AMD CUC PAB LSL BAN DEM")
_LOWER_CODES: Final = word_set("usd eur gbp inr rmb cny jpy chf aud cad nzd hkd sgd mxn")
# Written before the number: "Rs 500", "RM5m", "Ksh 200". A letter alone needs a scale: "R2bn".
_BEFORE: Final[Mapping[str, Unit]] = {
    "rs": Unit("money", "INR", name="rupee"),
    "rp": Unit("money", "IDR"),
    "rm": Unit("money", "MYR"),
    "rmb": Unit("money", "CNY"),
    "kr": Unit("money", None, name="crown"),
    "sh": Unit("money", None, name="shilling"),
    "shs": Unit("money", None, name="shilling"),
    "ksh": Unit("money", "KES"),
    "kshs": Unit("money", "KES"),
    "ush": Unit("money", "UGX"),
    "tsh": Unit("money", "TZS"),
    "tk": Unit("money", "BDT"),
    "sfr": Unit("money", "CHF"),
    "fr": Unit("money", None, name="franc"),
    "dh": Unit("money", None, name="dirham"),
    "dhs": Unit("money", None, name="dirham"),
}
_LONE: Final[Mapping[str, str]] = {"R": "ZAR", "N": "NGN", "P": "PHP"}

_SPECIAL: Final[Mapping[str, Unit]] = {
    **dict.fromkeys(("dollar", "dollars", "buck", "bucks", "greenbacks"), Unit("money", "USD", name="dollar")),
    **dict.fromkeys(("u.s. dollar", "u.s. dollars", "american dollar", "american dollars"), Unit("money", "USD")),
    **dict.fromkeys(("euro", "euros"), Unit("money", "EUR")),
    **dict.fromkeys(("pound", "pounds"), Unit("money", "GBP", name="pound")),
    **dict.fromkeys(("pound sterling", "pounds sterling", "sterling", "quid"), Unit("money", "GBP")),
    **dict.fromkeys(("yen", "japanese yen"), Unit("money", "JPY")),
    **dict.fromkeys(("yuan", "renminbi", "rmb", "kuai", "chinese renminbi"), Unit("money", "CNY")),
    **dict.fromkeys(("rupee", "rupees"), Unit("money", "INR", name="rupee")),
    **dict.fromkeys(("won", "korean won"), Unit("money", "KRW")),
    **dict.fromkeys(("ruble", "rubles", "rouble", "roubles"), Unit("money", "RUB")),
    **dict.fromkeys(("russian rouble", "russian roubles"), Unit("money", "RUB")),
    **dict.fromkeys(("lira", "liras"), Unit("money", "TRY", name="lira")),
    **dict.fromkeys(("reais", "reals", "brazilian reals"), Unit("money", "BRL")),
    **dict.fromkeys(("shekel", "shekels", "israeli shekel", "israeli shekels"), Unit("money", "ILS")),
    **dict.fromkeys(("crown", "crowns", "krona", "krone", "kroner"), Unit("money", None, name="crown")),
    **dict.fromkeys(("kronor",), Unit("money", "SEK")),
    **dict.fromkeys(("danish crowns", "danish kroner"), Unit("money", "DKK")),
    **dict.fromkeys(("norwegian crowns", "norwegian kroner"), Unit("money", "NOK")),
    **dict.fromkeys(("swedish crowns", "swedish krona", "swedish kronas"), Unit("money", "SEK")),
    **dict.fromkeys(("czech crowns", "koruna", "korunas", "czech koruna"), Unit("money", "CZK")),
    **dict.fromkeys(("markka", "finnish markka", "markkaa"), Unit("money", "FIM")),
    **dict.fromkeys(("deutsche mark", "deutsche marks", "deutschemarks", "german marks"), Unit("money", "DEM")),
    **dict.fromkeys(("guilder", "guilders", "dutch guilders"), Unit("money", "NLG")),
    **dict.fromkeys(("peseta", "pesetas"), Unit("money", "ESP")),
    **dict.fromkeys(("new israeli shekels",), Unit("money", "ILS")),
    **dict.fromkeys(("cent", "cents"), Unit("money", "USD", 0.01)),
    **dict.fromkeys(("euro cent", "euro cents", "eurocents"), Unit("money", "EUR", 0.01)),
    **dict.fromkeys(("pence", "p"), Unit("money", "GBP", 0.01)),
    **dict.fromkeys(("penny", "pennies"), Unit("money", "USD", 0.01)),
    **dict.fromkeys(("kopeck", "kopecks", "kopek", "kopeks"), Unit("money", "RUB", 0.01)),
    **dict.fromkeys(("paise", "paisa"), Unit("money", "INR", 0.01)),
    **dict.fromkeys(("bitcoin", "bitcoins", "btc"), Unit("money", None)),
}
# Names that are other words as well, or that hardly any report counts in.
_NOT_BARE: Final = word_set("real pula dong dram unit som gold silver balboa leone mark marks escudo")
SHARED: Final[Mapping[str, tuple[str, ...]]] = {
    "crown": ("SEK", "NOK", "DKK", "CZK", "ISK"),
    "rupee": ("INR", "PKR", "LKR", "NPR", "MUR", "SCR"),
    "lira": ("TRY",),
    "pound": ("GBP",),
    "dollar": ("USD",),
}
"""Currencies of one bare name; those not listed here are told from the table."""


@cache
def _rows() -> list[list[str]]:
    table = files("onrecord.values").joinpath("currencies.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in table.splitlines()[1:]]


@cache
def codes() -> frozenset[str]:
    """Return every code of ISO 4217 that is told in capitals beside a number."""
    return frozenset(code for code, *_ in _rows())


@cache
def currency_names() -> Mapping[str, Unit]:
    """Return the currencies by name, in lower case: "swiss francs", "us dollars", "baht", "pesos"."""
    names: dict[str, Unit] = {}
    bare: dict[str, set[str]] = defaultdict(set)
    for code, name, plural, countries in _rows():
        for written in (name, plural):
            names[written] = Unit("money", code)
            last = written.rsplit(" ", 1)[-1]
            if countries and last not in _NOT_BARE and last.isalpha() and len(last) > 2:
                bare[last].add(code)
    for last, shared in bare.items():
        only = next(iter(shared)) if len(shared) == 1 else None
        names.setdefault(last, Unit("money", only, name="" if only else last.removesuffix("s")))
    return {**names, **_SPECIAL}


@cache
def _sharing(name: str) -> tuple[str, ...]:
    listed = SHARED.get(name)
    if listed:
        return listed
    return tuple(code for code, written, _, countries in _rows() if countries and written.rsplit(" ", 1)[-1] == name)


@cache
def _places() -> Mapping[str, str]:
    """Return a pattern for each country's name, adjectives and capital, which a dateline may be all to tell it."""
    table = files("onrecord.speakers").joinpath("countries.tsv").read_text(encoding="utf-8")
    places = {}
    for line in table.splitlines()[1:]:
        country, name, _, adjectives, _, capitals, _ = line.split("\t")
        words = [name, *(word for word in f"{adjectives};{capitals};{capitals.upper()}".split(";") if word)]
        places[country] = "|".join(re.escape(word) for word in words)
    return places


@cache
def _mentions(code: str) -> re.Pattern[str] | None:
    """Return what finds the countries of a currency in a report; None where the register has none of them."""
    countries = next((row[3].split() for row in _rows() if row[0] == code), [])
    named = [_places()[country] for country in countries if country in _places()]
    return re.compile(rf"\b(?:{'|'.join(named)})\b") if named else None


class Currencies:
    """What the currencies of one report are: names that several countries share are told once a report."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._told: dict[str, str | None] = {}

    def settle(self, unit: Unit) -> Unit:
        """Return ``unit`` with its code told, or left open, by the countries that the report names."""
        if not unit.name or unit.name in ("dollar", "pound"):
            return unit
        if unit.name == "yen":
            return unit._replace(code="CNY" if self.chinese else unit.code)
        if unit.name not in self._told:
            self._told[unit.name] = self._tell(unit)
        return unit._replace(code=self._told[unit.name])

    @property
    def british(self) -> bool:
        """Whether the report speaks of British money or of Britain."""
        if "pound" not in self._told:
            found = _BRITISH.search(self._text)
            self._told["pound"] = "GBP" if found else None
        return self._told["pound"] is not None

    @property
    def chinese(self) -> bool:
        """Whether "¥" is the yuan here: the report speaks of China, and not of Japan."""
        if "yen" not in self._told:
            chinese = _CHINESE.search(self._text) and not _JAPANESE.search(self._text)
            self._told["yen"] = "CNY" if chinese else None
        return self._told["yen"] is not None

    def _tell(self, unit: Unit) -> str | None:
        named = []
        for code in _sharing(unit.name):
            mentions = _mentions(code)
            if mentions is not None and mentions.search(self._text):
                named.append(code)
        if len(named) == 1:
            return named[0]
        return unit.code


_BRITISH: Final = re.compile(r"£|\b(?:sterling|pence|quid|Britain|British|UK|U\.K\.|England|Scotland|Wales|London)\b")
_CHINESE: Final = re.compile(r"\b(?:China|Chinese|yuan|renminbi|RMB|Beijing)\b")
_JAPANESE: Final = re.compile(r"\b(?:Japan|Japanese|yen|Tokyo)\b")
_PREFIX: Final = re.compile(r"(?:(?<![\w.])(?P<word>[A-Za-z][A-Za-z.]{0,3}))?\s?\Z")
_LETTERS: Final = re.compile(r"(?<![\w-])(?P<word>[A-Za-z]{1,4}\.?)\s{0,2}\Z")
_LONGEST_PREFIX: Final = 8


def currency_before(text: str, at: int, floor: int, *, scaled: bool) -> tuple[Unit, int] | None:
    """Return the currency that stands right before a number, and where it begins; None where none does.

    Args:
        text: the report.
        at: where the number begins.
        floor: where the paragraph begins.
        scaled: a scale stands behind the number, so that "R2bn" is rand and "TRY 5 billion" lira.
    """
    sign = at - 1
    while sign >= floor and at - sign <= 2 and text[sign] in " \u00a0\u202f":
        sign -= 1
    if sign < floor:
        return None
    mark = text[sign]
    if mark in SIGNS:
        return _signed(text, mark, sign, floor)
    if mark == "¢" and text[sign - 2 : sign].upper() == "GH":
        return Unit("money", "GHS"), sign - 2
    lettered = mark.isalpha() or mark == "."
    found = _LETTERS.search(text, max(floor, at - _LONGEST_PREFIX), at) if lettered else None
    if found is None:
        return None
    word, start = found["word"], found.start()
    unit = _written_before(word.rstrip("."), scaled=scaled)
    if unit is None or (word[-1] == "." and not unit.name and unit.code not in ("IDR", "BDT")):
        return None
    return unit, start


def _signed(text: str, mark: str, sign: int, floor: int) -> tuple[Unit, int]:
    """Return what a sign stands for with the letters before it: "US$", "HK$", "CN¥"."""
    unit = Unit("money", SIGNS[mark], name="yen" if mark in "¥￥" else "")
    found = _PREFIX.search(text, max(floor, sign - 6), sign)
    word = found["word"] if found else None
    if found is None or word is None:
        return unit, sign
    plain = word.lower()
    spaced = found.end() - found.start() > len(word)
    if mark in "$＄" and plain in (SPACED_DOLLARS if spaced else DOLLARS):
        return Unit("money", DOLLARS[plain]), found.start()
    if mark in "¥￥" and plain in YUAN_BEFORE:
        return Unit("money", "CNY"), found.start()
    return unit, sign


def _written_before(word: str, *, scaled: bool) -> Unit | None:
    if word in codes() and (scaled or word not in _WORDLIKE):
        return Unit("money", word)
    plain = word.lower()
    if plain in _LOWER_CODES:
        return Unit("money", "CNY" if plain == "rmb" else plain.upper())
    if plain in _BEFORE and (word[0].isupper() or plain in {"kr", "rs"}):
        return _BEFORE[plain]
    if scaled and word in _LONE:
        return Unit("money", _LONE[word])
    return None


def currency_of_code(word: str) -> Unit | None:
    """Return the currency that a code behind a number stands for: "50 million USD", "20 usd"."""
    if word in codes() and word not in _WORDLIKE:
        return Unit("money", word)
    if word in _LOWER_CODES and word != "rmb":
        return Unit("money", word.upper())
    return None
