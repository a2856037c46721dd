"""Quantities: a number with the currency, sign, measure or percent that stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from onrecord.values.measures import SHARES, UNIT_WORDS, Unit, unit_of_sign
from onrecord.values.money import SIGNS, Currencies, currency_before, currency_names, currency_of_code
from onrecord.values.numberwords import SCALES
from onrecord.values.numerals import LETTERS, SEED, Numeral, read_numeral, to_power
from onrecord.wordlists import word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a number is read in: a paragraph of a report, and what the report tells of currencies and casualties."""

    text: str
    floor: int
    """Where the paragraph begins."""
    limit: int
    """Where it ends."""
    currencies: Currencies
    harms: bool
    """Whether the report has any word of killing, wounding or missing."""


class Quantity(NamedTuple):
    """A number with its unit."""

    start: int
    end: int
    numeral: Numeral
    unit: Unit | None
    """None for a bare number."""
    suffixed: bool
    """The unit stands behind the number."""


class _Suffix(NamedTuple):
    unit: Unit
    end: int


# "64pc" is how Irish, Pakistani and some British papers write it.
_PERCENT: Final = re.compile(r"\s?[%٪％]|(?<=\d)pc(?![\w-])")
_DEGREES: Final = re.compile(r"\s?[°º]\s?(?P<scale>[CF])?(?![\w])")
_CURRENCY_SIGN: Final = re.compile(rf"\s?(?P<sign>[{''.join(re.escape(each) for each in SIGNS)}¢])(?!\s?\d)")
_SIGN: Final = re.compile(r"(?P<space>\s?)(?P<sign>[A-Za-zµμ][A-Za-z]{0,4}(?:/[a-z]{1,3})?[23²³]?)(?!\w|-\w)")
_BRACKETED: Final = re.compile(r"\s[(\[{<](?P<sign>[A-Za-zµμ]{1,4}[23²³]?)[)\]}>]")
_WORD: Final = re.compile(r"(?P<join>\s{1,2}|\s?[-/]\s?|)(?P<word>(?:[A-Za-z]\.){2,4}|[^\W\d_]{1,20})(?![^\W_])")
_OF: Final = re.compile(r"\sof", re.IGNORECASE)
_MOST_WORDS: Final = 4
# Names of currencies that hardly are other words, so that a headline's capitals do no harm.
_ANY_CASE: Final = word_set(
    """dollar dollars euro euros pound pounds cent cents yen yuan rupee rupees peso pesos ruble rubles rouble roubles
    franc francs pence dinar dinars usd eur gbp rmb btc bitcoin bitcoins"""
)
_INCHES: Final = re.compile(
    r"(?:-|\s|\sand\s)(?P<inches>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven)"
    r"(?P<named>[\s-]?(?:inches|inch|in)\b)?(?![\w,.%-]*\d)",
    re.IGNORECASE,
)
# "3 dollars 50 cents", "13 dollars and forty-five cents", "15 dollars 50".
_CENTS: Final = re.compile(
    r"\s(?:and\s)?(?:(?P<cents>\d{1,2}|[a-z]{3,7}(?:-[a-z]{3,5})?)\s?(?:cents?|pence|p)\b|(?P<bare>\d{2})(?=\s*(?:[.;!?]|\Z))(?!\.\d))",
    re.IGNORECASE,
)
# "75 USD million": the scale behind a code; "30 MUSD": millions, as balance sheets have it.
_SCALE_BEHIND: Final = re.compile(r"\s(?P<scale>hundred|thousand|million|billion|trillion|crore|lakh)\b", re.IGNORECASE)
_MILLIONS: Final = re.compile(r"\sM(?P<code>USD|EUR|GBP|SEK|NOK|DKK|CHF|AUD|CAD)\b")
_ONES: Final = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
_NEGATIVE: Final = re.compile(r"(?:(?<=\s)|\A)(?:[-−–]|minus\s)\Z", re.IGNORECASE)
_TEMPERATURES: Final = frozenset({"Cel", "[degF]", "K"})


def read_quantity(ground: Ground, at: int, *, floor: int | None = None, joined: bool = False) -> Quantity | None:
    """Return the number at ``at`` with its unit; None where it is part of a word, name, address or date.

    Args:
        ground: the paragraph.
        at: where the number begins.
        floor: where the last amount ends, so that its currency is not this number's as well.
        joined: it is the second of two, so that a hyphen before it is no part of a name.
    """
    text = ground.text
    numeral = read_numeral(text, at, ground.limit)
    if numeral is None or not _begins_here(ground, at, joined=joined):
        return None
    prefix = None
    if numeral.kind == "digits":
        scaled = numeral.scale > 2 or numeral.letter
        prefix = currency_before(text, at, ground.floor if floor is None else floor, scaled=scaled)
    if prefix is None and at > ground.floor and text[at - 1].isalnum():
        return None
    if prefix is not None:
        return _priced(ground, numeral, *prefix)
    suffix = read_unit(ground, numeral)
    if numeral.letter and (suffix is None or suffix.unit.kind == "measure"):
        enlarged = _with_letter(ground, numeral)
        beyond = read_unit(ground, enlarged)
        noun = suffix is None or text[numeral.end] in "mM"
        if beyond and beyond.unit.kind == "money":
            numeral, suffix = enlarged, beyond
        elif noun and _PLURAL_AHEAD.match(text, enlarged.end, ground.limit):
            numeral, suffix = enlarged, None
    if suffix is None:
        return Quantity(at, numeral.end, numeral, None, suffixed=False)
    return _finish(ground, Quantity(at, suffix.end, numeral, suffix.unit, suffixed=True))


_PLURAL_AHEAD: Final = re.compile(r"\s(?:people|[a-z]{2,20}s)\b")


def _begins_here(ground: Ground, at: int, *, joined: bool) -> bool:
    """Tell whether what stands right before a number is no part of it: "F-16", "9/11", "10:30", "'90s"."""
    text = ground.text
    if at == ground.floor:
        return True
    before = text[at - 1]
    far = text[at - 2] if at - 2 >= ground.floor else " "
    if before in "-–‑_":
        return joined or far.isspace() or far in "-–—("
    if before in "/:":
        return before == ":" and not far.isdigit()
    return before not in "'’" or text[at + 2 : at + 3] != "s"


def _priced(ground: Ground, numeral: Numeral, unit: Unit, start: int) -> Quantity:
    """Return the money of a number with a currency before it, and of what repeats the currency behind it."""
    if numeral.letter:
        numeral = _with_letter(ground, numeral)
    end = numeral.end
    suffix = read_unit(ground, numeral)
    if suffix is not None and suffix.unit.kind == "money" and suffix.unit.code in (unit.code, "USD"):
        # "$10 dollars", "A$5 dollars", never the "USD" of "CNY 10, USD 20"
        end = suffix.end if suffix.unit.name or suffix.unit.code == unit.code else end
    return Quantity(start, end, numeral, ground.currencies.settle(unit), suffixed=False)


def _with_letter(ground: Ground, numeral: Numeral) -> Numeral:
    """Return a number with the letter behind it as its scale: "5m"."""
    power = LETTERS[ground.text[numeral.end].lower()]
    value = None if numeral.bare is None else to_power(numeral.bare, power)
    return numeral._replace(end=numeral.end + 1, value=value, scale=power, letter=False)


def read_unit(ground: Ground, numeral: Numeral) -> _Suffix | None:
    """Return the unit that stands behind a number, settled by what is around it; None where none does."""
    at, text = numeral.end, ground.text
    if at >= ground.limit or numeral.kind == "share":
        return None
    if numeral.kind == "vague":
        of = _OF.match(text, at, ground.limit)
        return _named(ground, of.end() if of else at)
    percent = _PERCENT.match(text, at, ground.limit)
    if percent:
        return _Suffix(SHARES["percent"], percent.end())
    signed = _sign_behind(ground, at) if numeral.kind == "digits" else None
    if signed:
        return signed
    suffix = _named(ground, at)
    return _settled(ground, numeral, suffix) if suffix else _millions(ground, at) or _points(ground, at)


def _millions(ground: Ground, at: int) -> _Suffix | None:
    """Return the currency of "30 MUSD"."""
    found = _MILLIONS.match(ground.text, at, ground.limit)
    return _Suffix(Unit("money", found["code"], 1e6), found.end()) if found else None


def _sign_behind(ground: Ground, at: int) -> _Suffix | None:
    text, limit = ground.text, ground.limit
    degrees = _DEGREES.match(text, at, limit)
    if degrees:
        named = {"C": "Cel", "F": "[degF]", None: None}[degrees["scale"]]
        beyond = _named(ground, degrees.end())
        if named is None and beyond and beyond.unit.code in _TEMPERATURES:
            return beyond
        return _Suffix(Unit("measure", named), degrees.end())
    sign = _CURRENCY_SIGN.match(text, at, limit)
    if sign:
        mark = sign["sign"]
        return _Suffix(Unit("money", "USD", 0.01) if mark == "¢" else Unit("money", SIGNS[mark]), sign.end())
    written = _SIGN.match(text, at, limit)
    if written:
        unit = unit_of_sign(written["sign"], spaced=bool(written["space"])) or currency_of_code(written["sign"])
        if unit is None and written["sign"] == "p" and not written["space"]:
            unit = Unit("money", "GBP", 0.01)
        if unit is None and written["sign"] == "kr":
            unit = ground.currencies.settle(Unit("money", None, name="crown"))
        return _Suffix(unit, written.end()) if unit else None
    bracketed = _BRACKETED.match(text, at, limit)
    if bracketed:
        unit = unit_of_sign(bracketed["sign"], spaced=True)
        return _Suffix(unit, bracketed.end()) if unit else None
    return None


def _named(ground: Ground, at: int) -> _Suffix | None:
    """Return the unit whose name, of at most four words, stands at ``at``: the longest."""
    words: list[str] = []
    ends: list[int] = []
    for step in range(_MOST_WORDS):
        found = _WORD.match(ground.text, at, ground.limit)
        if found is None or (found["join"] == "" and (step or ground.text[at - 1].isalpha())):
            break
        words.append(found["word"])
        ends.append(found.end())
        at = found.end()
    names = currency_names()
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count]).lower()
        unit = SHARES.get(phrase) or UNIT_WORDS.get(phrase) or names.get(phrase)
        last = words[count - 1]
        if unit is None and count == 1:
            unit = currency_of_code(last)
        elif unit is not None and unit.kind == "money" and not (last.islower() or last.lower() in _ANY_CASE):
            unit = None
        if unit is not None:
            return _Suffix(unit, ends[count - 1])
    return None


def _finish(ground: Ground, quantity: Quantity) -> Quantity:
    """Return a quantity with what belongs to it behind its unit, and its sign: "5 feet 2 inches", "minus 5 degrees"."""
    unit, numeral, text = quantity.unit, quantity.numeral, ground.text
    if unit is None or numeral.value is None:
        return quantity
    if unit.code == "[ft_i]":
        found = _INCHES.match(text, quantity.end, ground.limit)
        if found and (found["named"] or found.group()[0] == "-"):
            inches = found["inches"].lower()
            more = (_ONES.index(inches) if inches in _ONES else int(inches)) / 12
            return quantity._replace(end=found.end(), numeral=numeral._replace(value=numeral.value + more))
    if unit.kind == "money" and unit.factor == 1.0 and not numeral.scale:
        return _with_smaller(ground, quantity, numeral.value)
    if unit.kind == "measure" and (unit.code in _TEMPERATURES or unit.code is None):
        found = _NEGATIVE.search(text, max(ground.floor, quantity.start - 7), quantity.start)
        if found:
            return quantity._replace(start=found.start(), numeral=numeral._replace(value=-numeral.value))
    return quantity


def _with_smaller(ground: Ground, quantity: Quantity, value: float) -> Quantity:
    """Return money with the cents, or the scale, that stand behind its currency."""
    text = ground.text
    scale = _SCALE_BEHIND.match(text, quantity.end, ground.limit)
    if scale and text[quantity.end - 1].isupper():
        power = SCALES[scale["scale"].lower()]
        numeral = quantity.numeral._replace(value=to_power(value, power), scale=power)
        return quantity._replace(end=scale.end(), numeral=numeral)
    found = _CENTS.match(text, quantity.end, ground.limit)
    if found is None:
        return quantity
    written = found["cents"] or found["bare"]
    if written[0].isdigit():
        cents: float | None = float(written)
    else:
        spelled = SEED.match(text, found.start("cents"), found.end("cents"))
        smaller = read_numeral(text, spelled.start(), found.end("cents")) if spelled else None
        cents = smaller.value if smaller and smaller.end == found.end("cents") else None
    if cents is None or cents >= 100:
        return quantity
    added = float(f"{value + cents / 100:.12g}")
    return quantity._replace(end=found.end(), numeral=quantity.numeral._replace(value=added))


# ---- words that are a unit or not by what is around them

_WEIGHED: Final = re.compile(
    r"\b(?:weigh\w{0,4}|los[et]|losing|shed|shedding|gain\w{0,3}|drop\w{0,4}|lift\w{0,3}|bench\w{0,5}|heav\w{1,4}|put\son|carr\w{1,4}"
    r"|seiz\w{1,3}|baby)\b[^.;]{0,30}\Z",
    re.IGNORECASE,
)
_PAID: Final = re.compile(
    r"\b(?:pay\w{0,4}|paid|cost\w{0,3}|worth|spen[dt]\w{0,3}|fined?|price\w?|debts?|profit\w?|loan\w?|invest\w{0,5}|budget\w?"
    r"|bill|fund\w{0,4}|earn\w{0,3}|rais\w{1,3}|savings?|salar\w{1,3}|tax\w{0,2})\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_STUFF: Final = re.compile(
    r"\sof\s(?!public|taxpayer|government|state|private|foreign|aid|debt|cash|money)\w", re.IGNORECASE
)
_PER: Final = re.compile(r"\s(?:per|an?|each)\s(?:year|month|week|day|hour|head|person|night|household)\b|-a-")
_WEATHER: Final = re.compile(
    r"\b(?:temperature|heat|cold|warm|weather|thermometer|fever|cool|hot|climate|freez|sunshine|highs?\b|lows?\b)",
    re.IGNORECASE,
)
_LEADS: Final = re.compile(
    r"\b(?:lead(?:s|ing)?|led|trail\w{0,3}|margin|advantage|poll\w{0,4}|edge|gap|up|down|won|win|wins|winning|beat\w{0,3}|ahead"
    r"|behind|percent|support|favorab\w{1,6}|approval|bump|bounce|swing|closed|narrowed|widened)\b[^.;]{0,40}\Z|%[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_LEAD_AFTER: Final = re.compile(
    r"(?:\s(?:ahead|behind|lead|higher|lower|among|over|clear|better|nationally|in\sthe\spolls?|advantage|margin|edge|gap|deficit"
    r"|swing|bump|bounce|drop|rise|increase|decline|spread|jump|surge)\b)",
    re.IGNORECASE,
)
# "A net rating of nine points", "outweigh them by 24 points": points of polls where a poll is told of.
_MOVED: Final = re.compile(
    r"\b(?:by|of|down|up|from|to|plus|minus|only|just|is|at|lost|gained|fell|rose|dropped|slipped|climbed)\s"
    r"(?:a\s|nearly\s|about\s|only\s|just\s|some\s)?[\w.-]{1,20}\Z",
    re.IGNORECASE,
)
_POLL: Final = re.compile(
    r"\b(?:polls?|polling|pollsters?|ratings?|(?:un)?favorab\w{1,6}|approval|positives?|negatives?|voters)\b",
    re.IGNORECASE,
)
_INDEX: Final = re.compile(r"\b(?:Dow|Nasdaq|NASDAQ|S&P|index|FTSE|Nikkei|DAX|average|stocks?|games?|scor\w{1,3})\b")
_POINTS: Final = re.compile(r"[\s-]{1,2}(?P<points>points?)(?![\w])", re.IGNORECASE)
_ASIDE: Final = 60
_POLL_NEAR: Final = 120
"""Characters on each side of points in which a poll is told of."""


def _settled(ground: Ground, numeral: Numeral, suffix: _Suffix) -> _Suffix | None:
    """Return a unit by its name as it is meant here; None where the name is no unit here."""
    text, unit = ground.text, suffix.unit
    word = text[numeral.end : suffix.end].strip(" -\u00a0\n").lower()
    if word in ("pound", "pounds"):
        return suffix._replace(unit=_pounds(ground, numeral, suffix.end))
    if word in ("degree", "degrees"):
        near = text[max(ground.floor, numeral.start - _ASIDE) : suffix.end + _ASIDE]
        return suffix if _WEATHER.search(near) else None
    if word == "won" and not (numeral.scale > 2 or (numeral.value or 0) >= 1000):
        return None
    if word in ("stone", "bit", "bits", "cup", "cups") and numeral.kind != "digits":
        return None
    if word in ("penny", "pennies") and ground.currencies.british:
        return suffix._replace(unit=Unit("money", "GBP", 0.01))
    return suffix._replace(unit=ground.currencies.settle(unit)) if unit.kind == "money" else suffix


def _pounds(ground: Ground, numeral: Numeral, end: int) -> Unit:
    """Return the currency or the weight, by what is counted and what is done with it."""
    text, limit = ground.text, ground.limit
    weight, money = Unit("measure", "[lb_av]"), Unit("money", "GBP", name="pound")
    before = max(ground.floor, numeral.start - _ASIDE)
    if text[numeral.end] == "-" or _STUFF.match(text, end, limit) or _WEIGHED.search(text, before, numeral.start):
        return weight
    paid = _PER.match(text, end, limit) or _PAID.search(text, before, numeral.start)
    return money if numeral.scale > 3 or paid or ground.currencies.british else weight


def _points(ground: Ground, at: int) -> _Suffix | None:
    """Return percentage points where "points" are those of polls and shares."""
    text = ground.text
    found = _POINTS.match(text, at, ground.limit)
    if found is None:
        return None
    before = max(ground.floor, at - _ASIDE - 20)
    polled = _POLL.search(text, max(ground.floor, at - _POLL_NEAR), min(ground.limit, at + _POLL_NEAR)) is not None
    if _INDEX.search(text, before, at) and not polled:
        return None
    if polled and _MOVED.search(text, before, at):
        return _Suffix(SHARES["percentage points"], found.end())
    if _LEAD_AFTER.match(text, found.end(), ground.limit) or _LEADS.search(text, before, at):
        return _Suffix(SHARES["percentage points"], found.end())
    return None
