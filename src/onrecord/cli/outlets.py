"""``onrecord outlets``: its commands, their options and help."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from onrecord.cli.bywhom import by_options, take_by
from onrecord.cli.changes import say
from onrecord.cli.formats import Format, format_options, take_format
from onrecord.cli.messages import complain
from onrecord.cli.options import look_options
from onrecord.cli.recordfile import VARIABLE, open_record, record_option

if TYPE_CHECKING:
    from onrecord.record import Outlet

_HELP: Final = """\
List the outlets of a record with their domains and counts; join domains to one outlet, or split one off.

A report's domain is that of its address, without www., m. and amp.; a page's address is what its canonical link says.
Domains whose reports mostly call their outlet the same are one outlet. A * marks what you joined.

\b
Examples:
  onrecord outlets --in news.db
  onrecord outlets --in news.db --csv > outlets.csv
  onrecord outlets join 'Orrin Echo' orrin-echo.example echo.example --in news.db
  onrecord outlets split echo.example --in news.db
"""
_JOIN: Final = """\
Make domains those of one outlet, for reports that are added later too.

A DOMAIN is a domain or an address of the record, or the name of an outlet for all of its domains. Take it back with:
onrecord undo

\b
Examples:
  onrecord outlets join 'Orrin Echo' orrin-echo.example echo.example --in news.db
  onrecord outlets join 'Orrin Echo' 'OE' --in news.db --reason 'as the wire calls it'
"""
_SPLIT: Final = """\
Make a domain an outlet of its own. Take it back with: onrecord undo

\b
Example:
  onrecord outlets split echo.example --name 'The Echo' --in news.db
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  no such domain, or the record can't be read or changed; standard error says why
  2  wrong usage
"""
COLUMNS = {
    "name": lambda outlet: outlet.name,
    "domains": lambda outlet: tuple(domain.name for domain in outlet.domains),
    "reports": lambda outlet: outlet.reports,
    "copies": lambda outlet: outlet.copies,
    "revised": lambda outlet: outlet.revised,
    "statements": lambda outlet: outlet.statements,
    "first": lambda outlet: outlet.first,
    "last": lambda outlet: outlet.last,
}


class _Outlets(click.Group):
    """Lists where no command is named; so a record that is named bare, as for other commands, is taken for one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say how a record is named."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            what = f"{error.format_message()} To list the outlets of a record, name it with --in."
            raise click.UsageError(what, ctx) from error


@click.group(
    cls=_Outlets,
    help=_HELP,
    epilog=_EXIT_CODES,
    short_help="List the outlets of a record; join and split them.",
    invoke_without_command=True,
)
@record_option(required=False)
@format_options("json", "csv")
@look_options
@click.pass_context
def outlets(context: click.Context, /, record: Path | None, **options: Any) -> None:
    """List outlets, where no other command is given."""
    chosen = take_format(options)
    if context.invoked_subcommand is not None:
        _check_nothing_before(context, context.invoked_subcommand)
        return
    if record is None:
        raise click.UsageError(f"name the record with --in, or set {VARIABLE}")
    with open_record(record, read_only=True) as opened:
        found = opened.outlets()
    _print(found, chosen, **options)


def _check_nothing_before(context: click.Context, command: str) -> None:
    """Refuse options of the list before another command, which would not heed them."""
    for parameter in context.command.params:
        if context.get_parameter_source(str(parameter.name)) is ParameterSource.COMMANDLINE:
            option = parameter.opts[0]
            raise click.UsageError(f"{option} stands before {command}; give its options behind it: {command} --help")


@outlets.command(help=_JOIN, epilog=_EXIT_CODES, short_help="Make domains those of one outlet.")
@click.argument("name")
@click.argument("domains", nargs=-1, required=True, metavar="DOMAIN...")
@record_option()
@by_options
def join(name: str, domains: tuple[str, ...], record: Path, **options: Any) -> None:
    """Join domains."""
    by = take_by(options)
    with open_record(record) as opened:
        say(opened.join_outlets(name, domains, by))


@outlets.command(help=_SPLIT, epilog=_EXIT_CODES, short_help="Make a domain an outlet of its own.")
@click.argument("domain")
@click.option("--name", metavar="NAME", help="What to call it, if not by the domain.")
@record_option()
@by_options
def split(domain: str, name: str | None, record: Path, **options: Any) -> None:
    """Split a domain off."""
    by = take_by(options)
    with open_record(record) as opened:
        say(opened.split_outlet(domain, by, name=name))


def _print(found: Sequence[Outlet], chosen: Format | None, *, color: str, width: int | None) -> None:
    # Imported here: `onrecord --help` needs no terminal and no JSON (0.1 s).
    from onrecord.cli.outputs import choose_look
    from onrecord.cli.tables import print_rows, show_columns

    if chosen is not None:
        print_rows(found, chosen, COLUMNS)
        return
    if not found:
        complain("no outlets: no report of this record names one")
        return
    look = choose_look(color=color, width=width)
    header = ("outlet", "statements", "reports", "copies", "revised", "from", "to", "domains")
    rows = [
        (
            outlet.name,
            f"{outlet.statements:,}",
            f"{outlet.reports:,}",
            f"{outlet.copies:,}",
            f"{outlet.revised:,}",
            outlet.first or "",
            outlet.last or "",
            ", ".join(domain.name + "*" * (domain.joined_by == "user") for domain in outlet.domains),
        )
        for outlet in found
    ]
    click.echo(show_columns(header, rows, look), nl=False, color=look.colour)
