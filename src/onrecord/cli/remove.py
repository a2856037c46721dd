"""``onrecord remove``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.bywhom import by_options, take_by
from onrecord.cli.formats import format_options, take_format
from onrecord.cli.options import LARGEST, look_options
from onrecord.cli.recordfile import open_record, record_option

if TYPE_CHECKING:
    from onrecord.cli.formats import Format
    from onrecord.record import By, Record

_HELP: Final = """\
Take reports out of a record, with all that it has of them, for good; list what was taken out, or allow it again.

REPORT is the address of the report, or its id or the id of a statement of it, as 'onrecord search' shows them; the
first four digits or more are enough where no other begins so. It goes with every text that stood under its address or
a mirror of it, and with what was corrected there. Of its copies under other addresses, which stay, the earliest counts
from then on. The file is written anew, so that no word of it is left there. It can't be undone.

'onrecord add' passes over what was taken out, by its address, its text and its bytes, until it is allowed again.

\b
Examples:
  onrecord remove https://quill.example/toll --reason 'withdrawn' --in news.db
  onrecord remove 3f9a1c2b 4a0b2d3c --in news.db
  onrecord remove --list --in news.db
  onrecord remove --allow 1 --in news.db
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  no such report or removal; or its words are still in the file, which others use; standard error says which
  2  wrong usage
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Take reports out of a record, for good.")
@click.argument("reports", nargs=-1, metavar="REPORT...")
@click.option("--list", "listed", is_flag=True, help="List what was taken out, without any of its words.")
@click.option(
    "--allow", type=click.IntRange(0, LARGEST), metavar="NUMBER", help="Let what this removal took out be added again."
)
@click.option("--wipe", is_flag=True, help="Write the file anew once more, where others had kept that from being done.")
@record_option()
@by_options
@format_options("json", "csv")
@look_options
def remove(reports: tuple[str, ...], record: Path, **options: Any) -> None:
    """Take reports out, list removals, or allow one."""
    # Imported here: `onrecord --help` needs no terminal and no JSON (0.1 s).
    from onrecord.cli.remove_output import print_removals, say_allowed, say_wiped

    by, chosen = take_by(options), take_format(options)
    listed, allow, wipes = options.pop("listed"), options.pop("allow"), options.pop("wipe")
    if [bool(reports), listed, allow is not None, wipes].count(True) != 1:
        raise click.UsageError("name REPORTs, or give --list, --allow NUMBER or --wipe")
    if chosen is not None and not (listed or (reports and chosen == "json")):
        raise click.UsageError(f"--{chosen} goes with --list" + (" or a REPORT" if chosen == "json" else ""))
    with open_record(record, read_only=listed) as opened:
        if listed:
            print_removals(opened.removals(), chosen, **options)
        elif allow is not None:
            say_allowed(opened.allow(allow))
        elif wipes:
            say_wiped(record, is_wiped=opened.wipe())
        else:
            _remove(opened, reports, by, chosen)


def _remove(record: Record, reports: tuple[str, ...], by: By, chosen: Format | None) -> None:
    from onrecord.cli.remove_output import say_removed, say_wiped

    removed = record.remove(reports, by)
    say_removed(removed, as_json=chosen == "json")
    say_wiped(record.path, is_wiped=all(each.is_wiped for each in removed))
