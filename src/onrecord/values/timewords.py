"""The words that expressions of time are made of: to each a letter for its class, and its value.

A report becomes a string of such letters (:mod:`onrecord.values.timetokens`), and the grammar
(:mod:`onrecord.values.timegrammar`) is a regular expression over it: 600 words are some 700 letters.
"""

from __future__ import annotations

from typing import Final

Value = int | str | None

OTHER: Final = "_"
"""The letter of a word or mark that no expression of time has in it."""

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_ABBREVIATIONS: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_ABBREVIATIONS: Final = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_UNITS: Final = ("minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century", "weekend")
_CARDINALS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_DECADES: Final = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip
_DAY_PARTS: Final = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_SEASONS: Final = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}

# Letter, then the words that it stands for.
_FUNCTION_WORDS: Final = {
    "A": "a an",
    "t": "the",
    "H": "this current",
    "h": "that same",
    "L": "last",
    "l": "past",
    "x": "next coming upcoming",
    "f": "following",
    "{": "previous preceding prior",
    "g": "ago",
    "b": "before",
    "a": "after",
    "o": "of",
    "i": "in during within",
    "s": "since",
    "R": "from",
    "(": "between",
    "r": "to through thru until till",
    ")": "by",
    "n": "on",
    "@": "at",
    "&": "and or",
    "~": "about around nearly almost roughly approximately",
    ">": "more over",
    "<": "less fewer under",
    "^": "than",
    "v": "every each",
    "+": "other",
    "%": "per",
    "2": "once twice thrice",
    "*": "times",
    "m": "fiscal fy",
    "=": "for",
    "!": "now",
    "λ": "least",
    "μ": "most",
    "ε": "additional extra further",
}
_MARKS: Final = {",": "c", "/": "/", ".": ".", "-": "-", "–": "-", "—": "-", "'s": "'", "’s": "'"}
_ZONES: Final = "ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST IST JST AEST"
_SETS: Final = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W", "monthly": "P1M",
    "quarterly": "P3M", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y", "hourly": "PT1H",
}  # fmt: skip
_FEW: Final = "few several many couple dozens dozen recent"
_BOUNDS: Final = {
    "beginning": "start", "start": "start", "outset": "start", "end": "end", "close": "end", "middle": "mid",
}  # fmt: skip
_EDGES: Final = {"early": "start", "mid": "mid", "late": "end"}


def _lexicon() -> dict[str, tuple[str, Value]]:
    words: dict[str, tuple[str, Value]] = {}
    for letter, listed in _FUNCTION_WORDS.items():
        words.update((word, (letter, word)) for word in listed.split())
    words.update((mark, (letter, mark)) for mark, letter in _MARKS.items())
    words.update((name, ("M", number)) for number, name in enumerate(MONTHS, start=1))
    words.update((name, ("M", number)) for name, number in _MONTH_ABBREVIATIONS.items())
    words.update((name, ("W", number)) for number, name in enumerate(WEEKDAYS))
    words.update((f"{name}s", ("V", number)) for number, name in enumerate(WEEKDAYS))
    words.update((name, ("w", number)) for name, number in _WEEKDAY_ABBREVIATIONS.items())
    words.update((unit, ("U", unit)) for unit in _UNITS)
    words.update(("centuries" if unit == "century" else f"{unit}s", ("u", unit)) for unit in _UNITS)
    words.update((name, ("ν", part)) for name, part in (("mornings", "MO"), ("afternoons", "AF"), ("evenings", "EV")))
    for unit, short in (("second", "secs"), ("minute", "mins"), ("hour", "hrs"), ("year", "yrs"), ("hour", "hr")):
        words[short] = ("u", unit)
    words["nights"] = ("u", "night")
    words["h1"], words["h2"] = ("η", 1), ("η", 2)
    words["seconds"] = ("u", "second")
    words["quarters"] = ("u", "quarter")
    words.update((name, ("N", number)) for number, name in enumerate(_CARDINALS, start=1))
    words.update((name, ("N", 10 * number)) for number, name in enumerate(_TENS, start=2))
    words["hundred"] = ("N", 100)
    words.update((name, ("O", number)) for number, name in enumerate(_ORDINALS, start=1))
    words["thirtieth"] = ("O", 30)
    words.update((name, ("d", f"1{9 if number > 1 else 0}{number}")) for name, number in _DECADES.items())
    words.update((name, ("P", part)) for name, part in _DAY_PARTS.items())
    words.update((name, ("S", part)) for name, part in _SEASONS.items())
    words.update((name, ("T", shift)) for name, shift in (("today", 0), ("yesterday", -1), ("tomorrow", 1)))
    words["tonight"] = ("T", "tonight")
    words.update((name, ("y", value)) for name, value in _SETS.items())
    words.update((name, ("F", name)) for name in _FEW.split())
    words.update((name, ("B", bound)) for name, bound in _BOUNDS.items())
    words.update((name, ("E", edge)) for name, edge in _EDGES.items())
    words["earlier"], words["later"] = ("e", "start"), ("e", "end")
    words["noon"], words["midday"], words["midnight"] = ("k", "12:00"), ("k", "12:00"), ("k", "00:00")
    words["quarter"], words["half"] = ("Q", None), ("q", None)
    words["am"], words["pm"] = ("p", "a"), ("p", "p")
    for number in range(1, 5):
        words[f"q{number}"] = ("Q", number)
    return words


LEXICON: Final = _lexicon()
"""Each word in lower case, with its letter and its value."""
ZONES: Final = frozenset(_ZONES.split())
"""Names of time zones, in capitals only."""
CAPITAL_ONLY: Final = frozenset("MWwV")
"""Classes whose words are names: in lower case they are something else ("march", "sat", "may"), or carelessness."""
