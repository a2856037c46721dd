"""``onrecord demo``: an invented report that ships with the package, read."""

from __future__ import annotations

import click

from onrecord.cli.messages import complain
from onrecord.cli.read import read
from onrecord.examples import example_report


@click.command(short_help="Read an invented report, to see what it looks like.")
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Read an invented report that ships with onrecord, and show its statements."""
    report = str(example_report())
    complain(f"this is what 'onrecord read {report}' shows")
    # Callbacks of options do not run here: without it, --explain would be for all statements.
    ctx.invoke(read, sources=(report,), explain=frozenset())
