"""What the commands that read reports have in common: the options for sources and looks, and their help."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from datetime import datetime
from functools import reduce
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from onrecord.cli.reading_run import Request
    from onrecord.ingest.options import ReadOptions
    from onrecord.pipeline import Part

SOURCE_HELP: Final = """\
A SOURCE is a file, a folder, a pattern such as 'reports/*.html', an http(s) address, or - for standard input. It may
hold a web page, text, Markdown, JSON Lines, a feed (RSS, Atom, JSON Feed), a sitemap, or a web archive (WARC), also in
gzip. What can't be read is reported in one line, and the rest is read.
"""

EXIT_CODES: Final = """\
\b
Exit codes:
  0    every report was read
  1    a report (or the model) could not be read; standard error says which and why
  2    wrong usage
  130  interrupted with Ctrl-C
  141  the reader of standard output went away, as in '| head'
"""


FILE: Final = click.Path(path_type=Path, readable=False)
"""A file of the user's: one that can't be read is no wrong usage, and is told by what reads it."""
LARGEST: Final = 2**63 - 1
"""The largest number that SQLite, and a length of Python's, can be."""


class Share(click.FloatRange):
    """A number from 0 to 1: NaN, which is neither below nor above, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        share = float(super().convert(value, param, ctx))
        if isnan(share):
            self.fail(f"{value!r} is no number from 0 to 1.", param, ctx)
        return share


def _check_date(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - only its day is kept
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day; write it as 2024-05-02") from error


def _check_utf8(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse bytes that are no text before anything is read: neither JSON nor a record could hold them."""
    try:
        (value or "").encode()
    except UnicodeEncodeError as error:
        raise click.BadParameter(f"{value!r} is not in UTF-8") from error
    return value


_FIRST_AND_LAST: Final = (("since", "until"), ("after", "before"))
"""Options that say the first day and the last."""


def check_days(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no year, month or day, and a first day behind the last, before anything is opened: wrong usage."""
    if value is None:
        return None
    from onrecord.errors import BadQuery  # `onrecord --help` needs no record (0.1 s)
    from onrecord.record.filtering import first_day, last_day

    try:
        first_day(value)
    except BadQuery as error:
        raise click.BadParameter(f"{value!r} is no day; write 2024-05-02, 2024-05 or 2024") from error
    for pair in _FIRST_AND_LAST:
        first, last = ({**ctx.params, parameter.name: value}.get(name) for name in pair)
        if first and last and first_day(first) > last_day(last):
            raise click.BadParameter(
                f"nothing is published from {first} on and until {last}: the first is the later one"
            )
    return value


def _check_chart(_ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse another kind of picture before anything is counted: wrong usage."""
    from onrecord.exports.figures import KINDS  # `onrecord --help` needs no exports

    if value is not None and value.suffix.lower() not in KINDS:
        raise click.BadParameter(f"a chart is PNG or SVG: end the name of {str(value)!r} in .png or .svg")
    return value


_SOURCE_OPTIONS: Final = (
    click.option(
        "--date",
        callback=_check_date,
        metavar="YYYY-MM-DD",
        help="The day of publication, whatever the report says.",
    ),
    click.option(
        "--url",
        callback=_check_utf8,
        metavar="ADDRESS",
        help="The address of the report, whatever it says itself; not for a source of many.",
    ),
    click.option("--text-field", metavar="NAME", help="JSON: the field that holds the text."),
    click.option("--html-field", metavar="NAME", help="JSON: the field that holds the page."),
    click.option("--title-field", metavar="NAME", help="JSON: the field that holds the title."),
    click.option("--date-field", metavar="NAME", help="JSON: the field that holds the day of publication."),
    click.option("--url-field", metavar="NAME", help="JSON: the field that holds the address."),
    click.option("--outlet-field", metavar="NAME", help="JSON: the field that holds the outlet."),
    click.option("--authors-field", metavar="NAME", help="JSON: the field that holds the authors."),
    click.option("--language-field", metavar="NAME", help="JSON: the field that holds the language."),
    click.option("--fetch", is_flag=True, help="Fetch the pages that a feed or a sitemap in a file names."),
    click.option(
        "--max-pages",
        type=click.IntRange(min=0),
        default=1_000,
        show_default=True,
        metavar="N",
        help="Fetch at most N pages for one feed or sitemap.",
    ),
    click.option("--force", is_flag=True, help="Read reports that are not in English too."),
)
since_option: Final = click.option(
    "--since",
    callback=check_days,
    metavar="DAY",
    help="Published on this day, month or year, or later: 2024-05-02, 2024-05.",
)
"""The option of what looks at the reports of some days."""
until_option: Final = click.option(
    "--until", callback=check_days, metavar="DAY", help="Published on this day, month or year, or earlier."
)
"""Its other end."""
chart_option: Final = click.option(
    "--chart",
    type=FILE,
    callback=_check_chart,
    metavar="FILE",
    help="Write a chart too: FILE.png or FILE.svg.",
)
"""The option of stats and framing that draws what they count."""
_THREADS: Final = click.option(
    "--threads", type=click.IntRange(min=0), default=0, metavar="N", help="Threads; 0, one for each core."
)
_LOOK_OPTIONS: Final = (
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colours; auto: on a terminal, unless NO_COLOR is set.",
    ),
    click.option(
        "--width", type=click.IntRange(min=20), metavar="CELLS", help="Break lines here, not at the terminal's width."
    ),
)


def source_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how its sources are read; :func:`take_request` takes them."""
    return report_options(_THREADS(command))


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what its sources hold; :func:`take_read_options` takes them."""
    return reduce(lambda decorated, option: option(decorated), reversed(_SOURCE_OPTIONS), command)


def look_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--color`` and ``--width``."""
    return reduce(lambda decorated, option: option(decorated), reversed(_LOOK_OPTIONS), command)


def min_confidence_option(what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command ``--min-confidence``, which leaves out ``what`` is less sure."""
    return click.option(
        "--min-confidence",
        type=Share(0, 1),
        default=0.0,
        metavar="SHARE",
        help=f"Leave out {what} with less confidence than this, 0 to 1.",
    )


def take_request(options: dict[str, Any], *, explain: bool = False, parts: Collection[Part] | None = None) -> Request:
    """Take what :func:`source_options` and the argument ``sources`` gave out of a command's options."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.reading_run import Request
    from onrecord.pipeline import PARTS

    return Request(
        options=take_read_options(options),
        sources=options.pop("sources"),
        threads=options.pop("threads"),
        explain=explain,
        parts=PARTS if parts is None else parts,
    )


def take_read_options(options: dict[str, Any]) -> ReadOptions:
    """Take what :func:`report_options` gave out of a command's options."""
    from onrecord.ingest.options import ReadOptions

    return ReadOptions(**{item.name: options.pop(item.name) for item in fields(ReadOptions)})
