"""``onrecord register``: its commands, their options and help."""

from __future__ import annotations

from contextlib import ExitStack
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.formats import format_options, take_format
from onrecord.cli.messages import complain, print_line
from onrecord.cli.options import FILE, look_options
from onrecord.cli.recordfile import open_record, record_option

_HELP: Final = """\
Names of people, organizations and countries that a record goes by when it tells who is who.

Countries, their peoples, capitals and governments, and international bodies come with onrecord: Moscow, the Kremlin and
Russia are one. With 'add' you give a record names of your own.

\b
Examples:
  onrecord register add people.csv --in news.db
  onrecord register list --in news.db
  onrecord register find 'the Kremlin' --in news.db
"""
_ADD: Final = """\
Add names from a CSV file in UTF-8 (- for standard input), whose first row names the columns. Commas, semicolons or tabs
stand between them.

\b
Columns:
  name      as it is to be shown
  kind      person, organization or country
  aliases   other names, parted by ;       (may be left away, as the next two)
  country   ISO code such as NO, or name
  wikidata  id such as Q42

Reports that give one of the names are told of that person or organization, unless report and register tie it to
different countries. An entry of the same kind and name as one before takes its place. If a row is wrong, each wrong
row is reported with its line, and nothing is added.

\b
Examples:
  onrecord register add people.csv --in news.db
  onrecord register list --csv --in old.db | onrecord register add - --in news.db
"""
_REMOVE: Final = """\
Take entries out of the register, by their names.

\b
Examples:
  onrecord register remove 'Ada Quill' --in news.db
"""
_LIST: Final = """\
List the names that were added to a record; --csv gives what 'add' takes.

\b
Examples:
  onrecord register list --in news.db
  onrecord register list --csv --in news.db > people.csv
"""
_FIND: Final = """\
Tell what the register, of a record and of onrecord itself, has for a name.

\b
Examples:
  onrecord register find 'the Kremlin'
  onrecord register find 'Ada Quill' 'A. Quill' --in news.db
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  a row is wrong, or the record can't be read or changed; standard error says why
  2  wrong usage
"""
COLUMNS: Final = {name: attrgetter(name) for name in ("name", "kind", "aliases", "country", "wikidata")}


@click.group(help=_HELP, short_help="Give a record names to go by.")
def register() -> None:
    """Change and show the register."""


@register.command(help=_ADD, epilog=_EXIT_CODES, short_help="Add names from a CSV file.")
@click.argument("file", type=FILE)
@record_option()
def add(file: Path, record: Path) -> None:
    """Add a file."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.exports.describing import count
    from onrecord.record.registering import read_register

    entries, wrong = read_register(file)
    for error in wrong:
        complain(str(error))
    if wrong:
        complain("nothing was added")
        raise click.exceptions.Exit(1)
    with open_record(record) as opened:
        moved = opened.add_to_register(entries)
    complain(f"added: {count(len(entries), 'entry')}; {_moved(moved)}")


@register.command(help=_REMOVE, epilog=_EXIT_CODES, short_help="Take names out.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@record_option()
def remove(names: tuple[str, ...], record: Path) -> None:
    """Take entries out of the register."""
    with open_record(record) as opened:
        moved = opened.remove_from_register(names)
    complain(f"removed; {_moved(moved)}")


def _moved(number: int) -> str:
    """Return how many reports have somebody who is somebody else now."""
    from onrecord.exports.describing import count

    return f"who somebody is has changed in {count(number, 'place')}"


@register.command("list", help=_LIST, epilog=_EXIT_CODES, short_help="List the names that were added.")
@record_option()
@format_options("json", "csv")
@look_options
def list_(record: Path, **options: Any) -> None:
    """List the entries of a record's own register."""
    # Imported here: `onrecord --help` needs no terminal and no JSON (0.1 s).
    from onrecord.cli.outputs import choose_look
    from onrecord.cli.tables import print_rows, show_columns

    chosen = take_format(options)
    with open_record(record, read_only=True) as opened:
        entries = opened.register()
    if chosen is not None:
        print_rows(entries, chosen, COLUMNS)
        return
    if not entries:
        complain("no names were added; what comes with onrecord is told by: onrecord register find NAME")
        return
    look = choose_look(**options)
    rows = [
        (entry.name, entry.kind, entry.country or "", entry.wikidata or "", "; ".join(entry.aliases))
        for entry in entries
    ]
    click.echo(
        show_columns(("name", "kind", "country", "wikidata", "aliases"), rows, look), nl=False, color=look.colour
    )


@register.command(help=_FIND, epilog=_EXIT_CODES, short_help="Tell whom a name is taken for.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@record_option(required=False)
def find(names: tuple[str, ...], record: Path | None) -> None:
    """Tell whom names are taken for."""
    from onrecord.record.damage import translated
    from onrecord.record.registering import describe_name

    with ExitStack() as stack:
        opened = record and stack.enter_context(open_record(record, read_only=True))
        if record is not None:
            stack.enter_context(translated(record))
        for name in names:
            print_line(f"{name}: {describe_name(opened.connection if opened else None, name)}")
