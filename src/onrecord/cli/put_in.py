"""``onrecord put-in``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.bywhom import by_options, take_by
from onrecord.cli.correction_words import describe
from onrecord.cli.filters import CUE_CLASSES
from onrecord.cli.messages import print_line
from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.spans import content_option, span_option

if TYPE_CHECKING:
    from onrecord.document import Span

_HELP: Final = """\
Put a statement into a record that the reading of a report missed.

REPORT is the address of the report, or its id or the id of a statement of it, as 'onrecord search' shows them; the
first four digits or more are enough where no other begins so. From then on the statement is found, counted, cited and
corrected like any other, and it stays when the report is read again. Take it out with: onrecord correct --undo NUMBER

\b
Examples:
  onrecord put-in 3f9a1c2b7d8e4f60 --content 'The toll will rise' --speaker 'Ada Quill' --reason 'missed' --in news.db
  onrecord put-in 3f9a1c2b --content 'The toll … will rise' --source she --cue said --speaker 'Ada Quill' --in news.db
  onrecord put-in https://quill.example/toll --span 120-141 --cue warned --cue-class warning --in news.db
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  no such report, words that are not in it, a content in several places, or a statement that is there already;
     standard error says which
  2  wrong usage
"""


@click.command("put-in", help=_HELP, epilog=_EXIT_CODES, short_help="Put a statement in that was missed.")
@click.argument("report")
@content_option
@span_option
@click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Who says it. Several: all of them.")
@click.option(
    "--source", default="", metavar="WORDS", help="The report's words for who says it; the nearest to what is said."
)
@click.option("--cue", default="", metavar="WORDS", help="The report's words of saying; the nearest to what is said.")
@click.option(
    "--cue-class",
    type=click.Choice(CUE_CLASSES),
    metavar="CLASS",
    help=f"How it is framed, neutral if not given: {', '.join(CUE_CLASSES)}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the correction that keeps it as one JSON object.")
@record_option()
@by_options
def put_in(report: str, record: Path, *, as_json: bool, **options: Any) -> None:
    """Put a statement in."""
    # Imported here: `onrecord --help` needs no JSON (0.1 s).
    from onrecord.cli.printing import print_json

    by = take_by(options)
    _check(**options)
    with open_record(record) as opened:
        made = opened.put_in(report, _missed(**options), by)
    if as_json:
        print_json(made)
    else:
        print_line(describe(made))


def _check(*, content: str | None, spans: tuple[Span, ...], **_options: Any) -> None:
    if not content and not spans:
        raise click.UsageError("say what was said: --content or --span")
    if content and spans:
        raise click.UsageError("--content and --span exclude each other")


def _missed(*, content: str | None, spans: tuple[Span, ...], speakers: tuple[str, ...], **options: Any) -> Any:
    from onrecord.record import Missed

    return Missed(content=content or None, content_spans=spans, speaker=speakers, **options)
