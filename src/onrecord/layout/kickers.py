"""What stands before a headline's words and is none of them: a wire's slug ("UPDATE 2-"), a kicker ("Analysis: ").

Both say what the piece is. Read with the words, a slug became a part of the first name, and a kicker somebody
who speaks.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.document import Span

KICKER: Final = re.compile(
    r"(?:opinion|analysis|comment(?:ary)?|editorial|perspective|feature|profile|interview|q&a|review|preview|recap|quiz"
    r"|(?:full )?transcript|live(?: (?:updates|blog))?|latest(?: updates)?|as it happened|breaking(?: news)?|just in"
    r"|exclusive|watch(?: live)?|listen|podcast|video|photos|(?:in )?pictures|gallery|explain(?:er|ed)|factbox"
    r"|fact[ -]?check|special report"
    r"|timeline|obituary|updated?|correction|highlights|key points|at a glance|in (?:brief|full|quotes)|full text"
    r"|what (?:we|to) know(?: so far)?|everything we know)[ .…!]{0,4}",
    re.IGNORECASE,
)
"""What outlets set before a headline's colon, or behind it, to say what the piece is."""
SLUG: Final = re.compile(
    # "Brief-" and "Poll-" with small letters begin words of headlines ("Poll-Driven Politics").
    r"(?:(?:(?:UPDATE|Update|WRAPUP|Wrapup)[ -]?\d{1,2}"
    r"|RPT|REFILE|CORRECTED|CORRECTION|EXCLUSIVE|FACTBOX|EXPLAINER|ANALYSIS|INSIGHT|INTERVIEW|TIMELINE|NEWSMAKER"
    r"|SPECIAL REPORT|INSTANT VIEW|SNAP ANALYSIS|BREAKINGVIEWS|PRESS DIGEST|COLUMN|POLL|BRIEF|WITNESS|OBITUARY"
    r"|Rpt|Refile|Corrected|Exclusive|Factbox|Explainer|Analysis|Insight|Interview|Timeline|Newsmaker)"
    r"(?: ?\([^()\n]{1,40}\))?-){1,3}(?=[^\W_a-z]|[\"'“‘«$€£])"
)
"""What wire services set before a headline, with a hyphen and no space behind it."""
ASKING: Final = frozenset({"Who", "What", "Which", "who", "what", "which"})
"""Words that are nobody's name right behind a slug or a kicker: "FACTBOX-Who says what"."""
_MARKED: Final = re.compile(rf"{KICKER.pattern}(?::| ?\|)[^\S\n]{{1,4}}(?=\S)", re.IGNORECASE)


def find_kicker(text: str, start: int) -> Span | None:
    """Return the slug and kicker at the start of a line, with their hyphens, colon and white space; None without.

    >>> headline = "UPDATE 2-Ostravia says no"
    >>> find_kicker(headline, 0).of(headline)
    'UPDATE 2-'
    >>> headline = "Analysis: What the vote says"
    >>> find_kicker(headline, 0).of(headline)
    'Analysis: '
    """
    end = start
    for pattern in (SLUG, _MARKED):
        found = pattern.match(text, end)
        end = found.end() if found else end
    return Span(start, end) if end > start else None
