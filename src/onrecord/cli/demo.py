"""``onrecord demo``: an invented report that ships with the package, read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from onrecord.cli.messages import complain
from onrecord.cli.read import read
from onrecord.examples import copy_examples, example_report

_HELP: Final = """\
Read an invented report that ships with onrecord, and show its statements.

\b
Examples:
  onrecord demo
  onrecord demo --copy
  onrecord read harbour-tax.html
"""

_NEXT: Final = (
    "next: 'onrecord read FILE' reads a report of yours, 'onrecord serve' shows a record in the browser,"
    " 'onrecord --help' lists what else there is"
)
"""Said behind a report that fills more than a screen."""


@click.command(help=_HELP, short_help="Read an invented report, to see what it looks like.")
@click.option(
    "--copy",
    is_flag=True,
    help="Put the report here instead, as a page and as pasted text; the documentation's examples read these files.",
)
@click.pass_context
def demo(ctx: click.Context, *, copy: bool) -> None:
    """Read the example, or put it into the folder."""
    if copy:
        for path in copy_examples(Path()):
            click.echo(str(path))
        return
    report = str(example_report())
    complain(f"this is what 'onrecord read {report}' shows")
    # Callbacks of options do not run here: without it, --explain would be for all statements.
    ctx.invoke(read, sources=(report,), explain=frozenset())
    complain(_NEXT)
