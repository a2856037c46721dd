"""Make the table of currencies: ``src/onrecord/values/currencies.tsv``.

    python training/currencies.py

Takes from CLDR (Unicode License v3, through ``babel``, needed only here) the English names of every currency, and
the countries where each is legal tender. Names with years in them, which no report writes, are left out.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import get_global

TABLE: Final = Path(__file__).parent.parent / "src" / "onrecord" / "values" / "currencies.tsv"
# Not currencies that a report counts in: metals, test codes, funds, composite units.
LEFT_OUT: Final = frozenset(
    {
        "XAG",
        "XAU",
        "XPD",
        "XPT",
        "XXX",
        "XTS",
        "XBA",
        "XBB",
        "XBC",
        "XBD",
        "XUA",
        "XSU",
        "XRE",
        "XFU",
        "XFO",
        "XEU",
        "ZWL",
    }
)


def tender() -> dict[str, list[str]]:
    """Return each currency's countries, of today."""
    countries: dict[str, list[str]] = defaultdict(list)
    for country, currencies in sorted(get_global("territory_currencies").items()):
        for code, _, until, legal in currencies:
            if until is None and legal:
                countries[code].append(country)
    return countries


def lines() -> list[str]:
    """Return the table's lines, by code."""
    english = Locale("en")
    plurals = english._data["currency_names_plural"]  # noqa: SLF001 - babel gives plural names no other way
    countries = tender()
    made = []
    for code, name in sorted(english.currencies.items()):
        if code in LEFT_OUT or "(" in name:
            continue
        plural = plurals[code]["other"] if code in plurals else name
        made.append("\t".join([code, name.lower(), plural.lower(), " ".join(countries.get(code, []))]))
    return made


if __name__ == "__main__":
    TABLE.write_text("\n".join(["code\tname\tplural\tcountries", *lines()]) + "\n", encoding="utf-8")
