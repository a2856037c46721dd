"""``onrecord load``: its arguments, its options and its help."""

from __future__ import annotations

from typing import Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.recordfile import made_record_option

_HELP: Final = """\
Bring an archive that 'onrecord batch' read, or a slice of it, into a record.

DIR is what 'onrecord batch' wrote. --where takes a condition of SQL (DuckDB) on the table documents: document, title,
outlet, address, published, date, authors, language, text, origin, statements, entities, events, year, month and more;
the other tables are statements, entities, events and amounts. Reports are added as 'onrecord add' adds them: one that
the record holds is skipped. Interrupt it, or kill it, at any moment: the same command does the rest.

Needs: pip install "onrecord[batch]".

\b
Examples:
  onrecord load archive/ --to news.db
  onrecord load archive/ --to may.db --where "year = 2024 AND month = 5"
  onrecord load archive/ --to echo.db --where "outlet ILIKE '%echo%' AND statements > 0"
  onrecord load archive/ --to quill.db \\
    --where "document IN (SELECT document FROM statements WHERE speaker = 'Ada Quill')"
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    every report that was chosen is in the record
  1    the archive or the condition could not be read, or the record not written; standard error says why
  2    wrong usage
  130  interrupted with Ctrl-C (143: with SIGTERM); what was added is kept
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Bring a slice of an archive into a record.")
@click.argument("archive", metavar="DIR", shell_complete=complete_files)
@made_record_option
@click.option("--where", metavar="SQL", help="A condition on the reports; all of them without it.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object at the end: how many became what.")
def load(**options: Any) -> None:
    """Bring an archive into a record."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.load_run import run

    code = run(**options)
    if code:
        raise click.exceptions.Exit(code)
