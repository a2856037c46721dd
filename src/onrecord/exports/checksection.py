"""The checks of a reading as a section of its page: what does not fit, what it does not fit, what can't be known."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.exports.checks_json import CheckRow, check_rows
from onrecord.exports.describing import offsets
from onrecord.exports.escaping import attribute, escape_text
from onrecord.reading import Reading


def check_section(reading: Reading) -> Iterator[str]:
    """Yield the section of all checks; nothing where everything fits."""
    rows = list(check_rows(reading))
    if rows:
        yield '<section id="checks" class="values" aria-labelledby="checks-title">'
        yield '<h2 id="checks-title">What does not fit</h2>\n<ul>'
        yield from (_item(row, place) for place, row in enumerate(rows))
        yield "</ul>\n</section>"


def name_of_check(place: int) -> str:
    """Return the name of the place in the text that a check is about."""
    return f"check-{place + 1}"


def _item(row: CheckRow, place: int) -> str:
    link = attribute("href", f"#{name_of_check(place)}")
    where = f"<small>{offsets(row.span)}</small>"
    compared = "".join(
        f"<p>compare <q>{escape_text(each.words)}</q> <small>{offsets(each.span)}</small></p>" for each in row.evidence
    )
    return (
        f'<li class="{escape_text(row.severity)}"><p class="facts">{escape_text(row.severity)} · '
        f"{escape_text(row.kind)}</p>"
        f"<p><a{link}><q>{escape_text(row.words)}</q></a> {where}: {escape_text(row.message)}</p>"
        f'{compared}<p class="facts">Not known: {escape_text(row.unknown)}</p></li>'
    )
