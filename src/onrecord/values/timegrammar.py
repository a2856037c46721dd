"""The grammar of expressions of time: one regular expression over the letters of a paragraph's tokens.

The letters are those of :mod:`onrecord.values.timewords`. Every repetition is bounded, so a match looks at no more than
some 20 letters, and the scan is linear. The alternatives stand in the order in which they are tried.
"""

from __future__ import annotations

import re
from typing import Final

# A number: "a few", "a hundred", "twenty-five", 3, "several", "a".
_NUMBER: Final = r"(?:AFo?|AN|N(?:-?N){0,2}|Fo?|D|A)"
# As many of the last, or the next.
_COUNT: Final = r"(?:N(?:-?N){0,2}|D|Fo?)"
# At least, more than, about.
_BOUND: Final = r"(?:~|[><]\^|@[λμ])"
_MONTH: Final = r"[MJ]\.?"
_WEEKDAY_BEFORE: Final = r"(?:[Ww]\.?c?)?"
_CLOCK: Final = r"(?:Cp?|[DN]p|D?k)"

RULES: Final = (
    ("iso", r"I"),
    ("slash", r"K"),
    ("dashed", r"[DO][-/]M[-/]Y|Y[-/]M[-/][DO]"),
    ("slash_day", r"(?:[HLx]?[Ww]\.?c?)κ|(?<=[nR(])κ|(?<=κ[-r&])κ"),
    ("span_of_days", rf"{_WEEKDAY_BEFORE}{_MONTH}[DO](?:[-r]|&(?=[DO]c?Y))[DO](?!-?[NUuPp])(?:[coi]?Y)?"),
    ("days_of_month", rf"[DO][-r&][DO]o?{_MONTH}(?:[coi]?Y)?"),
    ("month_day", rf"{_WEEKDAY_BEFORE}(?:{_MONTH}t?[DO](?!-?[Uup]|-[DYN]|\^)|jDc?(?=Y))(?:[coi]?Y)?"),
    ("day_month", rf"{_WEEKDAY_BEFORE}(?:t?[DO]o?{_MONTH}(?:[coi]?Y)?|[DO]j\.?Y)"),
    ("weekday_day", r"[Ww]\.?t?O"),
    ("month_year", r"[MJj]\.?[coi/-]?Y"),
    ("month", rf"(?:H[lLx]|[LHxl]){_MONTH}|thM|M\.?|(?<=[iRsrba)(&oE-])J|(?<=i)j"),
    ("weekdays", r"VP?|Wν|ν"),
    ("weekday", r"[LHx]Un?W|(?:(?:H[lLx]|[LHxl{])?W|(?<=n)w)(?:E?P|itP)?(?:o?[LHx]U)?"),
    ("today", r"TP?"),
    ("part_of_day", r"[HL]P"),
    ("ago", rf"{_BOUND}?(?:{_NUMBER}-?[Uu](?:&Aq)?|qAU|N&Aq[Uu]|u)g"),
    ("edge_week", r"t?[OL](?:N|D)?[Uu]o(?:t?[HLx]?U|[MJ]\.?[co]?Y|[MJ]\.?|Y)"),
    ("from_now", rf"(?:{_NUMBER}[Uu]|qAU)R[!T]"),
    ("offset", rf"(?:{_BOUND}?{_NUMBER}|t)[Uu][eab]"),
    ("same", r"t?h(?:h?U|h?P|h?S|M)|thW"),
    ("following", r"t?[f{](?:U|P|W|S|M|Q)|txP|tx(?=U)U"),
    ("window", rf"t?(?:H[lLx]|[lLx]){_BOUND}?{_COUNT}[Uu]|t[lLx]U|[ND][lLx]u|t?[f{{][NDF][Uu]"),
    ("relative", r"(?:H[lLx]|[LHxl])-?[USQ]"),
    ("edge_of_unit", r"t?Bot?U|[Ee]itU"),
    ("every", r"v(?:\+|N|O|D|F)?(?:[UuQ]|WP?|P|M)"),
    ("times_a", r"(?:2|[NDF]\*)[Av%]U"),
    ("per", r"%U"),
    ("adverb", r"y"),
    ("two_numbers", rf"{_BOUND}?[ND](?:[-r]|&)[ND]-?u"),
    ("duration", rf"{_BOUND}?(?:qAU|N-?&-?A-?q-?[Uu]|{_NUMBER}(?:[->ε]?[Uu])(?:&Aq|&[ND]u)?)"),
    ("plurals", r"(?<=[=iaRr@o)>~])u"),
    ("century", r"t?(?:N-)?O-?U"),
    ("decade", r"t?d|tδ"),
    ("quarter", r"t?(?:O-?Q|Q)(?:o?[tHLx]?m?[YU])?|Y-?Q"),
    ("half_year", r"t?Oqo[tHLx]?m?[YU]|ηo?Y|Y-?η"),
    ("season", r"t?So?c?Y|(?<=i)tS|(?<=[iE)s-])S"),
    ("holiday", r"[LHx]?Xχ{0,9}(?:c?Y)?P?"),
    ("years", r"G"),
    ("year", r"(?:mU?)?Y"),
    ("clocks", r"[CD]p?[-r](?:Cp?|Dp)Z?|(?<=\()[CD]p?&(?:Cp?|Dp)Z?"),
    ("clock", rf"[CDN]p?itP|{_CLOCK}Z?"),
    ("in_the_morning", r"(?:[Ee]it|(?<=it))P"),
    ("the_weekend", r"tU"),
    ("since", r"s"),
)  # fmt: skip
"""Name and pattern of each kind of expression; :mod:`onrecord.values.timebuilding` has a function of each name."""

# What may stand before: "the end of", "late", "earlier", "about", "the night of".
_BEFORE: Final = r"(?P<before>t?Bo(?!t?U)|t?Po|t?Uo|t?E-?(?:[io](?!t[UP]))?|e(?:[io](?!t[UP]))?|~)?"

NEEDED: Final = frozenset("IKκGCpkMJjWwVνTPgUuQSXdδyηsY")
"""Letters of which every expression has at least one: without them a paragraph need not be looked at."""

# Letters that begin no expression: most of them are of words that have nothing to do with time.
_BEGINS: Final = r"(?![_c.'χpZ&*^gbr)(Rioan+=!λμ/νε-])"

EXPRESSION: Final = re.compile(
    _BEGINS + _BEFORE + "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in RULES) + ")"
)
"""Finds the next expression in a paragraph's letters; ``lastgroup`` names its rule."""
