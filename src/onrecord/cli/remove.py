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
    from onrecord.record import By, Record, ToRemove

_HELP: Final = """\
Take reports out of a record, with all that it has of them, for good; list what was taken out, or allow it again.

REPORT is the address of the report, or its id or the id of a statement of it, as 'onrecord search' shows them; the
first four digits or more are enough where no other begins so. It goes with every text that stood under its address or
a mirror of it, and with what was corrected there. Of its copies under other addresses, which stay, the earliest counts
from then on. The file is written anew, so that no word of it is left there. It can't be undone.

On a terminal it shows first what would go, and asks; where nobody can answer, as in a cron job, it goes on. --dry-run
shows the same and changes nothing; --yes does not ask.

'onrecord add' passes over what was taken out, by its address, its text and its bytes, until it is allowed again.

\b
Examples:
  onrecord remove https://quill.example/toll --reason 'withdrawn' --in news.db
  onrecord remove https://quill.example/toll --dry-run --in news.db
  onrecord remove 3f9a1c2b 4a0b2d3c --yes --in news.db
  onrecord remove --list --in news.db
  onrecord remove --allow 1 --in news.db
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  no such report or removal; or the answer was no; or its words are still in the file, which others use; standard
     error says which
  2  wrong usage
  130  interrupted with Ctrl-C; at the question: nothing was removed; later: the same command again tells
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Take reports out of a record, for good.")
@click.argument("reports", nargs=-1, metavar="REPORT...")
@click.option("--dry-run", is_flag=True, help="Show what would be taken out, and change nothing.")
@click.option("--yes", is_flag=True, help="Take it out without asking.")
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
    """Take reports out, show what would be, list removals, or allow one."""
    # Imported here: `onrecord --help` needs no terminal and no JSON (0.1 s).
    from onrecord.cli.asking import can_ask
    from onrecord.cli.remove_output import print_removals, print_to_remove, say_allowed, say_wiped

    by, chosen = take_by(options), take_format(options)
    look = {"color": options.pop("color"), "width": options.pop("width")}
    _check(reports, chosen, options)
    with open_record(record, read_only=options["listed"] or options["dry_run"]) as opened:
        if options["listed"]:
            print_removals(opened.removals(), chosen, **look)
        elif options["allow"] is not None:
            say_allowed(opened.allow(options["allow"]))
        elif options["wipe"]:
            say_wiped(record, is_wiped=opened.wipe())
        elif options["dry_run"]:
            print_to_remove(opened.to_remove(reports), record, as_json=chosen == "json", **look)
        else:
            agreed = _ask(opened, reports, look) if can_ask() and not options["yes"] else None
            _remove(opened, reports, by, chosen, agreed)


def _check(reports: tuple[str, ...], chosen: Format | None, options: dict[str, Any]) -> None:
    """Refuse options that do not go together."""
    listed = options["listed"]
    if [bool(reports), listed, options["allow"] is not None, options["wipe"]].count(True) != 1:
        raise click.UsageError("name REPORTs, or give --list, --allow NUMBER or --wipe")
    if chosen is not None and not (listed or (reports and chosen == "json")):
        raise click.UsageError(f"--{chosen} goes with --list" + (" or a REPORT" if chosen == "json" else ""))
    for name in ("dry_run", "yes"):
        if options[name] and not reports:
            raise click.UsageError(f"--{name.replace('_', '-')} goes with a REPORT")


def _ask(record: Record, reports: tuple[str, ...], look: dict[str, Any]) -> list[ToRemove]:
    """Return what was shown and agreed to: more may come under the same words or address meanwhile."""
    from onrecord.cli.remove_output import agree_to_remove

    shown = record.to_remove(reports)
    agree_to_remove(shown, **look)
    return shown


def _remove(
    record: Record, reports: tuple[str, ...], by: By, chosen: Format | None, agreed: list[ToRemove] | None
) -> None:
    from onrecord.cli.remove_output import say_removed, say_wiped

    removed = record.remove(reports, by, agreed=agreed)
    say_removed(removed, as_json=chosen == "json")
    say_wiped(record.path, is_wiped=all(each.is_wiped for each in removed))
