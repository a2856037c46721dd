"""``onrecord import``: its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.messages import complain
from onrecord.cli.options import FILE
from onrecord.cli.recordfile import open_record, record_option

if TYPE_CHECKING:
    from onrecord.exports.back.importing import Imported

_HELP: Final = """\
Take what annotators corrected in an export back into its record, as corrections.

PATH is the folder or .ann file of brat, the JSON that Label Studio exports, or a file of Web Annotations. Changed
words, speakers and cue classes, statements that were deleted and new ones are kept apart from the readings, with who
made them and when, as 'onrecord correct' does. What is unchanged, or was imported before, gives none. An entry that
does not fit the record is reported in one line, and the others are kept.

\b
Examples:
  onrecord import correct/ --format brat --in news.db --by ada
  onrecord import project-1.json --format label-studio --in news.db
  onrecord import shared.jsonld --format web-annotation --in news.db --reason 'second reading'
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    everything was understood and kept
  1    an entry, or the file, could not be; standard error says which and why
  2    wrong usage
"""


@click.command("import", help=_HELP, epilog=_EXIT_CODES, short_help="Take annotators' corrections back.")
@click.argument("path", type=FILE)
@click.option(
    "--format",
    "name",
    type=click.Choice(["brat", "label-studio", "web-annotation"]),
    required=True,
    help="The tool that it comes from.",
)
@record_option()
@click.option("--by", "who", metavar="NAME", help="Who corrected, where the file does not say.")
@click.option("--reason", "why", metavar="WORDS", help="Why, for all of them.")
def import_(path: Path, name: Any, record: Path, who: str | None, why: str | None) -> None:
    """Keep what annotators changed."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.exports.back.importing import import_annotations
    from onrecord.record.changing import By

    with open_record(record) as opened:
        imported = import_annotations(
            opened, path, name, by=By(who=who, why=why), blame=lambda error: complain(str(error))
        )
    complain(_summary(imported))
    if imported.faults:
        raise click.exceptions.Exit(1)


def _summary(imported: Imported) -> str:
    from onrecord.exports.describing import count

    return (
        f"{count(imported.reports, 'report')}: {count(imported.corrected, 'statement')} corrected,"
        f" {imported.deleted:,} deleted, {imported.added:,} added, {imported.unchanged:,} unchanged"
    )
