"""``onrecord people``: its arguments, its options and its help."""

from __future__ import annotations

from typing import Any, Final

import click

from onrecord.cli.options import EXIT_CODES, SOURCE_HELP, look_options, source_options, take_request

_HELP: Final = f"""\
List the people and organizations of news reports: names, roles, how often each speaks and is spoken about.

Listed are those that speak, and persons, organizations, countries, groups and unnamed sources that are
mentioned more than once. How many are left out is said on standard error. Who speaks most comes first, then who
is most spoken about.

{SOURCE_HELP}
\b
Examples:
  onrecord people report.html                    list them in the terminal
  onrecord people report.html --kind person      only persons
  onrecord people report.html --all              those mentioned once, places and documents too
  onrecord people archive/ --jsonl > people.jsonl
"""
# The kinds of onrecord.reading.EntityKind; written out, so that --help needs no msgspec.
KINDS: Final = ("person", "organization", "country", "place", "group", "document", "unnamed", "author")


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="List the people and organizations of news reports.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Print an indented JSON object for each report.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one JSON object a line for each report.")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    metavar="KIND",
    help=f"List only this kind: {', '.join(KINDS)}. May be given more than once.",
)
@click.option("--all", "everybody", is_flag=True, help="List all, those mentioned only once too.")
@source_options
@look_options
def people(**options: Any) -> None:
    """Read reports and list who is in them."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.people_output import Selection, choose_output  # noqa: PLC0415
    from onrecord.cli.reading_run import run  # noqa: PLC0415

    request = take_request(options)
    selection = Selection(kinds=options.pop("kinds"), everybody=options.pop("everybody"))
    complete = run(request, choose_output(selection, **options))
    selection.say_what_is_left_out()
    if not complete:
        raise click.exceptions.Exit(1)
