"""Cells that a spreadsheet shows and does not run."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, cast

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.exports.names import on_one_line
from onrecord.record.speakernames import BETWEEN_NAMES

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), with the full-width forms that Excel
# takes so too, and what it skips before one; after apostrophes, so that what is escaped can be told from what was so.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_ESCAPED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def safe(words: str) -> str:
    """Put an apostrophe before words that a spreadsheet would run as a formula.

    >>> safe("=1+1"), safe("'=1"), safe("one = 1")
    ("'=1+1", "''=1", 'one = 1')
    """
    return f"'{words}" if _FORMULA.match(words) else words


def unsafe(cell: str) -> str:
    """Return the words that :func:`safe` was given.

    >>> unsafe("'=1+1"), unsafe("''=1"), unsafe("'tis")
    ('=1+1', "'=1", "'tis")
    """
    return cell[1:] if _ESCAPED.match(cell) else cell


def cell(value: Any) -> str | float | bool | date | None:
    """Return a value as a cell: words made safe, spans as ``start:end``, names joined by ``; ``.

    >>> cell(("Mara Ilven", "Brandt; Teo")), cell(())
    ('Mara Ilven; Brandt, Teo', None)
    >>> cell((None, "GOV")), cell((None,))
    ('; GOV', None)
    """
    if isinstance(value, tuple):
        if all(isinstance(each, Span) for each in value):
            value = " ".join(f"{start}:{end}" for start, end in value)
        else:  # in the order of the names beside them
            value = BETWEEN_NAMES.join(each or "" for each in value) if None in value else on_one_line(value)
    if isinstance(value, str):
        return safe(clean(value)) or None
    return cast("float | bool | date | None", value)
