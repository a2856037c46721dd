"""``onrecord mcp``: its arguments, its options and its help."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

import click

from onrecord.cli.ending import INTERRUPTED
from onrecord.cli.messages import complain
from onrecord.cli.options import FILE
from onrecord.cli.recordfile import VARIABLE
from onrecord.errors import MissingExtra

_HELP: Final = """\
Let an assistant quote from a record, with citations, instead of from memory.

Speaks the Model Context Protocol (MCP) on standard input and output: you don't type into it, an assistant's program
starts it. Tell that program the command, with the full path of the RECORD. The assistant can search, show, verify and
compare what is in the record, and read texts that you paste; it can't change anything.

\b
Examples:
  onrecord mcp news.db
  claude mcp add news -- onrecord mcp /home/ada/news.db

\b
In the configuration file of other programs:
  {"mcpServers": {"news": {"command": "onrecord", "args": ["mcp", "/home/ada/news.db"]}}}
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    the assistant closed standard input
  1    no such record, or the extra 'mcp' is missing; standard error says which
  2    wrong usage
  130  interrupted with Ctrl-C
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Let an assistant quote from a record (MCP).")
@click.argument("record", metavar="RECORD", envvar=VARIABLE, type=FILE)
def mcp(record: Path) -> None:
    """Answer an assistant until it closes standard input."""
    # Imported here: `onrecord --help` needs no server.
    try:
        from onrecord.assistants.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "mcp_types", "anyio"}:
            raise
        raise MissingExtra(
            "assistants need a package that is not installed", advice='install it: pip install "onrecord[mcp]"'
        ) from error
    if sys.stdin.isatty():
        complain("waits for an assistant on standard input (MCP); Ctrl-C ends. See: onrecord mcp --help")
    signal.signal(signal.SIGINT, _leave)
    serve(record)


def _leave(_number: int, _frame: object) -> None:
    """End at once: a thread waits for a line of standard input, which nothing but its end would bring back."""
    complain("interrupted")
    os._exit(INTERRUPTED)  # nothing is lost: the record is only read
