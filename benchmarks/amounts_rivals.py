"""Read texts with another library, for ``amounts.py``: JSON list of texts on stdin, readings on stdout.

    PYTHON benchmarks/amounts_rivals.py quantulum3|price-parser|recognizers-text < texts.json

Runs in an interpreter that has the library. A reading is [start, end, value, unit, upper, kind], with units in the
codes of onrecord's contract as far as the library's names have one; every doubt is decided in the library's favour.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final

Reading = list[Any]

MONEY: Final = {
    "dollar": "USD",
    "united states dollar": "USD",
    "us dollar": "USD",
    "american dollar": "USD",
    "pound": "GBP",
    "pound sterling": "GBP",
    "british pound": "GBP",
    "euro": "EUR",
    "japanese yen": "JPY",
    "yen": "JPY",
    "chinese yuan": "CNY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "hong kong dollar": "HKD",
    "new zealand dollar": "NZD",
    "mexican peso": "MXN",
    "swiss franc": "CHF",
    "turkish lira": "TRY",
    "indian rupee": "INR",
    "rupee": "INR",
    "finnish markka": "FIM",
    "peseta": "ESP",
    "netherlands guilder": "NLG",
    "costa rican colón": "CRC",
    "georgian lari": "GEL",
    "lao kip": "LAK",
    "sri lankan rupee": "LKR",
}
HUNDREDTHS: Final = {"cent": "USD", "penny": "USD", "pence": "GBP", "pennies": "USD"}
MEASURES: Final = {
    "foot": "[ft_i]",
    "meter": "m",
    "metre": "m",
    "mile": "[mi_i]",
    "pound-mass": "[lb_av]",
    "pound": "[lb_av]",
    "gallon": "[gal_us]",
    "ton": "t",
    "tonne": "t",
    "metric ton": "t",
    "short ton": "[ston_av]",
    "long ton": "t",
    "kilometer per hour": "km/h",
    "kilometre per hour": "km/h",
    "kilogram": "kg",
    "microgram": "ug",
    "inch": "[in_i]",
    "square meter": "m2",
    "square metre": "m2",
    "kilometer": "km",
    "kilometre": "km",
    "millimeter": "mm",
    "millimetre": "mm",
    "decimeter": "dm",
    "decimetre": "dm",
    "picometer": "pm",
    "picometre": "pm",
    "milliliter": "mL",
    "millilitre": "mL",
    "barrel": "[bbl_us]",
    "ounce": "[oz_av]",
    "acre": "[acr_us]",
    "cubic foot": "[cft_i]",
    "bit": "bit",
    "mile per hour": "[mi_i]/h",
    "square kilometer": "km2",
    "square kilometre": "km2",
    "square mile": "[mi_i]2",
    "megabit": "Mbit",
    "megabyte": "MBy",
    "tablespoon": "[tbs_us]",
    "cup": "[cup_us]",
    "teaspoon": "[tsp_us]",
    "meter per millisecond": "m/ms",
    "metre per millisecond": "m/ms",
    "centimeter per millisecond": "cm/ms",
    "centimetre per millisecond": "cm/ms",
    "kilometer per millisecond": "km/ms",
    "kilometre per millisecond": "km/ms",
    "gram": "g",
    "radian": "rad",
    "percentage": "%",
    "percent": "%",
    "percentage point": "pp",
}


def coded(value: float | None, name: str) -> tuple[float | None, str | None, str | None]:
    """Return a value with the contract's code of a unit's name, and its kind."""
    plain = name.lower()
    if plain in HUNDREDTHS:
        return None if value is None else round(value / 100, 9), HUNDREDTHS[plain], "money"
    if plain in MONEY and plain != "pound":
        return value, MONEY[plain], "money"
    return value, MEASURES.get(plain), None


def read_quantulum3(text: str) -> Iterator[Reading]:
    """Yield what quantulum3 finds."""
    from quantulum3 import parser

    for found in parser.parse(text):
        entity = found.unit.entity.name
        name = found.unit.name
        value, unit, kind = coded(found.value, name)
        if entity == "currency" and unit is None:
            unit, kind = MONEY.get(name.lower()), "money"
        if entity == "currency" and name.lower() == "pound":
            unit = "GBP"
        if entity not in ("currency", "dimensionless"):
            kind = "measure"
        if name == "percentage":
            kind = "percent"
        if entity == "dimensionless" and name == "dimensionless":
            kind = "count"
        yield [*found.span, value, unit, None, kind]


PIECE: Final = re.compile(r"[^.!?;]+(?:[.!?;](?=\S)[^.!?;]+)*")


def read_price_parser(text: str) -> Iterator[Reading]:
    """Yield the one price that price-parser finds in each sentence, placed where its digits are."""
    from price_parser import Price

    signs = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "US$": "USD", "C$": "CAD", "HK$": "HKD", "₹": "INR"}
    for piece in PIECE.finditer(text):
        price = Price.fromstring(piece.group())
        if price.amount is None or not price.amount_text:
            continue
        at = text.find(price.amount_text, piece.start())
        currency = price.currency or ""
        unit = signs.get(currency, currency if len(currency) == 3 else MONEY.get(currency.lower()))
        yield [max(at - 2, 0), at + len(price.amount_text), float(price.amount), unit, None, "money"]


def read_recognizers(text: str) -> Iterator[Reading]:
    """Yield what Recognizers-Text finds: currencies, then percentages, measures and numbers elsewhere."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    taken: list[tuple[int, int]] = []
    readers: list[tuple[str, Callable[..., list[Any]]]] = [
        ("money", recognize_currency),
        ("percent", recognize_percentage),
        ("measure", recognize_dimension),
        ("count", recognize_number),
    ]
    for kind, recognize in readers:
        for found in recognize(text, "en-us"):
            start, end = found.start, found.end + 1
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            resolution = found.resolution or {}
            written = str(resolution.get("value") or "").rstrip("%")
            try:
                value: float | None = float(written)
            except ValueError:
                value = None
            unit = {"percent": "%"}.get(kind)
            if kind in ("money", "measure"):
                value, unit, _ = coded(value, str(resolution.get("unit") or ""))
                unit = resolution.get("isoCurrency") or unit
                if kind == "money" and str(resolution.get("unit")).lower() == "pound":
                    unit = "GBP"
            taken.append((start, end))
            yield [start, end, value, unit, None, kind]


READERS: Final = {
    "quantulum3": read_quantulum3,
    "price-parser": read_price_parser,
    "recognizers-text": read_recognizers,
}


def main() -> None:
    """Read every text; one that the library fails on has no amounts."""
    read = READERS[sys.argv[1]]
    out = sys.stdout
    answers, failed = [], 0
    with contextlib.redirect_stdout(sys.stderr), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in json.load(sys.stdin):
            try:
                answers.append(list(read(text)))
            except Exception:  # noqa: BLE001 - whatever it raises, it has read nothing
                failed += 1
                answers.append([])
    if failed:
        print(f"{sys.argv[1]} failed on {failed} texts", file=sys.stderr)
    json.dump(answers, out)


if __name__ == "__main__":
    main()
