"""Rules that tie source, cue, content and note of a statement together while one of them is pointed at, without script.

Each statement of a page has a class of its own, ``k0``, ``k1`` and on; a rule each lights all of it up. Style sheets of
three lengths, so that a usual report loads the short one. What is lit has its soft words in ink: soft ones are hard
to read on the tint, on dark paper above all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LENGTHS: Final = (64, 256, 1_000)
"""Rules of the sheets. With 8,000 of them Chromium took minutes over a page: statements beyond the last have none, and
their links work all the same."""


def sheets() -> Mapping[str, bytes]:
    """Return the style sheets by their names."""
    return {_name(length): "".join(map(_rule, range(length))).encode() for length in LENGTHS}


def sheet_for(statements: int) -> str:
    """Return the name of the shortest sheet that ties so many statements.

    >>> sheet_for(40), sheet_for(65), sheet_for(5_000)
    ('ties-64.css', 'ties-256.css', 'ties-1000.css')
    """
    return _name(next((length for length in LENGTHS if statements <= length), LENGTHS[-1]))


def _name(length: int) -> str:
    return f"ties-{length}.css"


def _rule(number: int) -> str:
    name = f".k{number}"
    return f".report:has({name}:is(:hover,:focus-within,:target)) {name}{{background:var(--tie);--soft:var(--ink)}}\n"
