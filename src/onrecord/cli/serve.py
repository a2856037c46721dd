"""``onrecord serve``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

from onrecord.cli.options import FILE
from onrecord.cli.recordfile import VARIABLE

_HELP: Final = """\
Read a record in the browser: search it, read its reports with all that was said in them marked, follow who said what.

Opens the RECORD for reading and prints the address; open that in a browser. Ctrl-C ends it. Without a RECORD it shows
a small invented one, which takes some seconds. Programs ask the same server for JSON under /api/v1.

Only this machine can reach it, unless --host says otherwise: then everybody who can reach this machine can read the
record. Nobody can change anything without --allow-edits, and with it only who has the token.

\b
Examples:
  onrecord serve                          look at what it is, with invented reports
  onrecord serve news.db                  then open http://127.0.0.1:8710/
  onrecord serve news.db --port 0         on any free port
  onrecord serve news.db --host 0.0.0.0   for everybody in the same network
  onrecord serve news.db --allow-edits    prints a token to type in before something is changed
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    ended with Ctrl-C
  1    it could not start: no such record, port taken, the extra 'web' is missing; standard error says which
  2    wrong usage
"""
PORT: Final = 8710
"""Not one of IANA's list, nor of what developers' tools take."""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Read a record in the browser.")
@click.argument("record", required=False, metavar="[RECORD]", envvar=VARIABLE, type=FILE)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="The address that it listens at.")
@click.option(
    "--port", default=PORT, show_default=True, metavar="N", type=click.IntRange(0, 65_535), help="Its port; 0, any."
)
@click.option("--allow-edits", is_flag=True, help="Let who has the token correct, merge and add.")
@click.option(
    "--token",
    metavar="WORDS",
    envvar="ONRECORD_TOKEN",
    help="The token; one is made up if not given. Better set ONRECORD_TOKEN: others can see a command's options.",
)
@click.pass_context
def serve(
    context: click.Context, /, *, record: Path | None, host: str, port: int, allow_edits: bool, token: str | None
) -> None:
    """Serve a record until Ctrl-C."""
    # Who gives one may take it for a lock on the reading, which there is none for.
    if not allow_edits and context.get_parameter_source("token") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--token goes with --allow-edits: it lets change a record, and reading needs none")
    if token is not None and len(token) < 8:
        raise click.UsageError("a token has 8 characters at least")
    # Imported here: `onrecord --help` needs no server.
    from onrecord.cli.serving_run import Order, run

    run(Order(record=record, host=host, port=port, allow_edits=allow_edits, token=token))
