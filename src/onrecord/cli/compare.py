"""``onrecord compare``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.options import look_options, source_options
from onrecord.cli.recordfile import record_option

_HELP: Final = """\
Lay reports on one occasion side by side: which statements each has and leaves out, where the words differ, with which
cue and in what order each gives them, and what one gives in its own voice that another has from somebody.

A REPORT is the id of a report of the record, as 'onrecord search' shows it, or its first four digits or more; or a file
or an address, which is read on the spot (those of the record come first). Words in [-brackets-] are in the main wording
only, those in {+braces+} in the other only. Cues are words, and other words are no proof of other intentions.

\b
Examples:
  onrecord compare 3f9a1c2b 74ccfb83 --in news.db
  onrecord compare --story 3f9a1c2b --in news.db          all reports of its story, 20 at most
  onrecord compare ours.html theirs.html                  no record is needed
  onrecord compare 3f9a1c2b draft.txt --in news.db
  onrecord compare --story 3f9a1c2b --in news.db --html story.html
  onrecord compare 3f9a1c2b 74ccfb83 --in news.db --json
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    done
  1    a report could not be read, or the record holds none of that id; standard error says which and why
  2    wrong usage
  130  interrupted with Ctrl-C
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Lay reports on one occasion side by side.")
@click.argument("reports", nargs=-1, metavar="[REPORT...]", shell_complete=complete_files)
@record_option(required=False)
@click.option("--story", metavar="ID", help="Compare the reports of this report's story, by day.")
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object.")
@click.option(
    "--html",
    metavar="FILE",
    shell_complete=complete_files,
    help="Write one self-contained page; - for standard output.",
)
@source_options
@look_options
def compare(reports: tuple[str, ...], record: Path | None, story: str | None, html: str | None, **options: Any) -> None:
    """Print reports side by side."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.compare_output import show_comparison
    from onrecord.cli.compare_run import gather
    from onrecord.cli.formats import refuse_two_formats
    from onrecord.cli.outputs import PageFile
    from onrecord.compare.comparing import compare_reports

    refuse_two_formats({"--json": options["as_json"], "--html": html})
    page = None if html is None else PageFile(html)
    if not reports and story is None:
        raise click.UsageError("name two REPORTs or more, or a story with --story")
    if story is not None and record is None:
        raise click.UsageError("--story goes with --in: it is told from a record")
    look = {name: options.pop(name) for name in ("as_json", "color", "width")}
    gathered = gather(reports, record=record, story=story, options=options)
    show_comparison(compare_reports(gathered.reports), page=page, **look)
    if not gathered.is_complete:
        raise click.exceptions.Exit(1)
