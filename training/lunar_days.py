"""Write the days of holidays of lunar calendars, by year, to ``src/onrecord/values/lunardays.tsv``.

    python training/lunar_days.py

From the package ``holidays`` (MIT). At run time it is not needed: its import takes 0.15 s, three times what reading a
text may cost. The days of the Islamic calendar are those of one country that keeps the holiday; others may begin it a
day earlier or later.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import holidays

OUTPUT = Path(__file__).resolve().parents[1] / "src" / "onrecord" / "values" / "lunardays.tsv"
YEARS = range(1950, 2076)
LISTED = {
    "ramadan": ("AF", "First Day of Ramadan"),
    "eid al-fitr": ("MY", "Eid al-Fitr"),
    "eid al-adha": ("MY", "Eid al-Adha"),
    "islamic new year": ("MY", "Islamic New Year"),
    "ashura": ("IN", "Ashura"),
    "purim": ("IL", "Purim"),
    "passover": ("IL", "Pesach"),
    "rosh hashanah": ("IL", "Rosh Hashanah"),
    "yom kippur": ("IL", "Yom Kippur"),
    "hanukkah": ("IL", "Hanukkah"),
    "diwali": ("IN", "Diwali"),
    "holi": ("IN", "Holi"),
    "lunar new year": ("HK", "Chinese New Year"),
}
CATEGORIES = {"IL": ("optional", "public", "school")}


def first_day(country: str, name: str, year: int) -> date | None:
    """Return the first day that a country keeps a holiday on in a year; None where the package does not say."""
    options = {"categories": CATEGORIES[country]} if country in CATEGORIES else {}
    listed = holidays.country_holidays(country, years=year, language="en_US", **options)
    days = [
        day for day, names in listed.items() if day.year == year and any(n.startswith(name) for n in names.split("; "))
    ]
    return min(days, default=None)


def main() -> None:
    """Write the table."""
    lines = ["\t".join(("year", *LISTED))]
    for year in YEARS:
        days = [first_day(country, name, year) for country, name in LISTED.values()]
        lines.append("\t".join((str(year), *(f"{day:%m-%d}" if day else "-" for day in days))))
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
