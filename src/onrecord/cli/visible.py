"""Text of a report made safe to show: nothing in it can move the cursor or turn the reading order.

Only what is shown passes through here; JSON carries the text as it is.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.exports.hidden import HIDDEN

_SPACE: Final = re.compile(r"[ \t\r\n]+")


def visible(text: str, encoding: str) -> str:
    r"""Return ``text`` on one line, with each hidden character, or one that ``encoding`` lacks, as its escape.

    >>> visible("red \x1b[31mink, “quoted”", "utf-8")
    'red \\x1b[31mink, “quoted”'
    >>> visible("one\n\ntwo\nthree “four”", "ascii")
    'one | two three \\u201cfour\\u201d'
    """
    text = _SPACE.sub(lambda run: _on_one_line(run.group(), encoding), text)
    text = HIDDEN.sub(_escape, text)
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _on_one_line(space: str, encoding: str) -> str:
    if space.count("\n") > 1:
        return f" {paragraph_mark(encoding)} "
    return space if space.strip(" ") == "" else " "


def paragraph_mark(encoding: str) -> str:
    """Return the sign for a paragraph break inside a span."""
    return "¶" if can_write("¶", encoding) else "|"


def can_write(text: str, encoding: str) -> bool:
    """Tell whether ``encoding`` has every character of ``text``."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
