"""``onrecord people``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click
from click.core import ParameterSource

from onrecord.cli.completion import complete_files
from onrecord.cli.options import EXIT_CODES, SOURCE_HELP, look_options, source_options, take_request
from onrecord.cli.recordfile import record_option

_HELP: Final = f"""\
List the people and organizations of news reports, or of a record: names, roles, how often each speaks and is spoken
about.

Of reports, those are listed that speak, and persons, organizations, countries, groups and unnamed sources that are
mentioned more than once. How many are left out is said on standard error. Who speaks most comes first, then who
is most spoken about.

With --in those of all reports of a record are listed, everybody once, with roles and their dates, countries and
outlets, and the rule that says that they are one. Put it right with: onrecord merge, onrecord split.

{SOURCE_HELP}
\b
Examples:
  onrecord people report.html                    list them in the terminal
  onrecord people report.html --kind person      only persons
  onrecord people report.html --all              those mentioned once, places and documents too
  onrecord people archive/ --jsonl > people.jsonl
  onrecord people --in news.db                   who says most in all reports of a record
  onrecord people --in news.db --name 'Ada Quill' --reports
  onrecord people --in news.db --kind person --country RU --csv > people.csv
"""
# The kinds of onrecord.reading.EntityKind; written out, so that --help needs no msgspec.
KINDS: Final = ("person", "organization", "country", "place", "group", "document", "unnamed", "author")
_OF_RECORD: Final = {
    "names": "--name",
    "countries": "--country",
    "limit": "--limit",
    "reports": "--reports",
    "as_csv": "--csv",
}
"""Options that go with ``--in`` only, by their parameters."""
_OF_BOTH: Final = ("record", "kinds", "as_json", "as_jsonl", "color", "width")


@click.command(
    help=_HELP, epilog=EXIT_CODES, short_help="List the people and organizations of news reports, or of a record."
)
@click.argument("sources", nargs=-1, metavar="[SOURCE...]", shell_complete=complete_files)
@record_option(required=False, help="List the people of this record instead.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print an indented JSON object for each report; of a record, a list."
)
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one JSON object a line for each report, or each person.")
@click.option("--csv", "as_csv", is_flag=True, help="With --in: print a table as CSV, safe for spreadsheets.")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    metavar="KIND",
    help=f"List only this kind: {', '.join(KINDS)}. May be given more than once.",
)
@click.option("--all", "everybody", is_flag=True, help="List all, those mentioned only once too.")
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="With --in: who goes by this name, or has this id."
)
@click.option("--country", "countries", multiple=True, metavar="CODE", help="With --in: who is tied to it, such as NO.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=50, metavar="N", help="With --in: N at most (50); 0 for all."
)
@click.option("--reports", is_flag=True, help="With --in: the reports of each too.")
@source_options
@look_options
@click.pass_context
def people(context: click.Context, /, record: Path | None, **options: Any) -> None:
    """List who is in reports, or in a record."""
    given = context.get_parameter_source("record") is not ParameterSource.ENVIRONMENT
    if record is not None and (given or not options["sources"]):
        _refuse_those_of_reports(context)
        _list_record(record, options)
        return
    if not options["sources"]:
        raise click.UsageError("name a SOURCE, or a record with --in")
    for name, option in _OF_RECORD.items():
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option} goes with --in: it lists the people of a record")
        del options[name]
    _list_reports(options)


def _refuse_those_of_reports(context: click.Context) -> None:
    """Refuse options that say how reports are read, or which are listed of one: nothing of a record would heed them."""
    for parameter in context.command.params:
        name = str(parameter.name)
        if name == "sources" or name in _OF_BOTH or name in _OF_RECORD:
            continue
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            instead = "; --limit 0 lists all of a record" if name == "everybody" else ""
            raise click.UsageError(f"{parameter.opts[0]} goes with a SOURCE, not with a record{instead}")


def _list_reports(options: dict[str, Any]) -> None:
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.outputs import choose_output
    from onrecord.cli.people_output import Selection
    from onrecord.cli.reading_run import run

    request = take_request(options)
    selection = Selection(kinds=options.pop("kinds"), everybody=options.pop("everybody"))
    complete = run(request, choose_output(selection.encode, selection.show, **options))
    selection.say_what_is_left_out()
    if not complete:
        raise click.exceptions.Exit(1)


def _list_record(record: Path, options: dict[str, Any]) -> None:
    from onrecord.cli.formats import take_format
    from onrecord.cli.record_people import list_record_people
    from onrecord.record import PersonFilter

    if options["sources"]:
        raise click.UsageError("--in lists the people of a record: name no SOURCE; find somebody with --name")
    list_record_people(
        record,
        PersonFilter(
            names=options["names"],
            kinds=options["kinds"],
            countries=tuple(country.upper() for country in options["countries"]),
        ),
        limit=options["limit"],
        reports=options["reports"],
        chosen=take_format(options),
        color=options["color"],
        width=options["width"],
    )
