"""``onrecord read``: its arguments, its options and its help."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.options import (
    EXIT_CODES,
    SOURCE_HELP,
    look_options,
    min_confidence_option,
    source_options,
    take_request,
)

_HELP: Final = f"""\
Read news reports and print every statement: who said it, with which word, and what.

{SOURCE_HELP}
\b
Examples:
  onrecord read report.html                      show the statements in the terminal
  onrecord read https://paper.example/story      fetch one page, then read it
  onrecord read https://paper.example/feed       read a feed, and the pages that it names
  onrecord read crawl.warc.gz --jsonl            read the articles of a web archive
  onrecord read - < report.txt                   read standard input
  onrecord read report.html --html marked.html   make a page with every statement marked in the text
  onrecord read archive/ --jsonl > out.jsonl     one JSON object a line for each report
  onrecord read posts.jsonl --text-field body --date-field published --jsonl
  onrecord read report.html --explain s3         why statement s3 was read as it was
  onrecord read report.html --with events,times  who did what to whom, and when, below the statements
"""

# The parts of onrecord.pipeline.PARTS; written out, so that --help needs no model.
PARTS: Final = ("events", "times", "amounts", "checks")
_STATEMENT_IDS: Final = re.compile(r"(?:all|s\d+(?:,s\d+)*)\Z")


class ReadCommand(click.Command):
    """A command in which ``--explain`` may stand without its value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse ``args``; a bare ``--explain`` explains all, whatever source follows it."""
        return super().parse_args(ctx, _with_explain_named(args))


def _with_explain_named(args: list[str]) -> list[str]:
    """Write the value into a bare ``--explain``.

    >>> _with_explain_named(["--explain", "s3", "a.txt"]), _with_explain_named(["--explain", "a.txt"])
    (['--explain', 's3', 'a.txt'], ['--explain=all', 'a.txt'])
    """
    named = []
    for argument, following in pairwise([*args, ""]):
        bare = argument == "--explain" and not _STATEMENT_IDS.match(following)
        named.append("--explain=all" if bare else argument)
    return named


def _check_explain(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> frozenset[str] | None:
    """Turn ``--explain`` into the set of statement ids; None for all."""
    if value is None:
        return frozenset()
    if not _STATEMENT_IDS.match(value):
        raise click.BadParameter(f"{value!r} is no statement; give s3, s3,s7 or all")
    return None if value == "all" else frozenset(value.split(","))


def _check_parts(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """Turn ``--with`` into the parts to read; None where it is not given."""
    if value is None:
        return None
    named = [part.strip() for part in value.split(",") if part.strip()]
    wrong = [part for part in named if part not in (*PARTS, "all", "none")]
    if wrong or not named:
        raise click.BadParameter(f"{value!r} names no part; give {', '.join(PARTS)}, all or none")
    return tuple(part for part in PARTS if part in named or "all" in named)


@click.command(cls=ReadCommand, help=_HELP, epilog=EXIT_CODES, short_help="Print who said what in news reports.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print an indented JSON object for each report.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one JSON object a line for each report.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    shell_complete=complete_files,
    help="Write one report as a page with its statements marked; - prints it.",
)
@click.option(
    "--explain",
    metavar="[ID,...]",
    callback=_check_explain,
    help="Show the labels and scores behind statements: all, or those named, such as s3.",
)
@click.option(
    "--with",
    "parts",
    metavar="PART[,...]",
    callback=_check_parts,
    help="Read these too: events, times, amounts, checks, all or none. JSON and pages have all unless told.",
)
@min_confidence_option("statements")
@source_options
@look_options
def read(**options: Any) -> None:
    """Read reports and print their statements."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.messages import complain
    from onrecord.cli.read_output import choose_output
    from onrecord.cli.reading_run import run

    if options["parts"] is None:
        options["parts"] = PARTS if options["as_json"] or options["as_jsonl"] or options["page"] else ()
    request = take_request(options, explain=options["explain"] != frozenset(), parts=options["parts"])
    output = choose_output(**options)
    if not run(request, output, prints=options["page"] in {None, "-"}):
        raise click.exceptions.Exit(1)
    if missing := output.missing(options["explain"] or ()):
        complain(f"--explain {','.join(missing)}: no such statement is shown")
        raise click.exceptions.Exit(1)
