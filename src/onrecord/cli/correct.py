"""``onrecord correct``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.bywhom import by_options, take_by
from onrecord.cli.correction_words import describe
from onrecord.cli.filters import CUE_CLASSES, FORMS, MODALITIES
from onrecord.cli.messages import print_line
from onrecord.cli.options import LARGEST
from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.spans import content_option, span_option

if TYPE_CHECKING:
    from onrecord.document import Span

_HELP: Final = """\
Correct a statement of a record: who says it, by which words of the report, what is said, how it is framed, whether
it is verbatim, whether it was said at all; or say that it is none.

STATEMENT is an id as 'onrecord search' shows it. The correction is kept apart from what was read, with who made it,
when and why, and shown over it. It survives a second reading; where that finds other spans, the correction is listed
as adrift: onrecord corrections --adrift. A statement that was missed is put in with: onrecord put-in

\b
Examples:
  onrecord correct 3f9a1c2b7d8e4f60-9c01d2e7 --speaker 'Ada Quill' --in news.db
  onrecord correct 3f9a1c2b7d8e4f60-9c01d2e7 --content 'The toll will rise' --reason 'cut short' --in news.db
  onrecord correct 3f9a1c2b7d8e4f60-9c01d2e7 --span 120-141 --span 160-171 --cue-class denying --in news.db
  onrecord correct 3f9a1c2b7d8e4f60-9c01d2e7 --source 'the harbour master' --cue 'denied' --in news.db
  onrecord correct 3f9a1c2b7d8e4f60-9c01d2e7 --nobody --in news.db
  onrecord correct 3f9a1c2b7d8e4f60-9c01d2e7 --no-statement --reason 'a headline' --in news.db
  onrecord correct --undo 3 --in news.db
"""
_SAYING: Final = (
    "--speaker, --nobody, --source, --cue, --content, --span, --cue-class, --form, --modality, --negated, --not-negated"
)
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  no such statement, or words that are not in the report, or in several places; standard error says why
  2  wrong usage
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Correct a statement of a record.")
@click.argument("statement", required=False)
@click.option("--speaker", "speakers", multiple=True, metavar="NAME", help="Who says it. Several: all of them.")
@click.option("--nobody", is_flag=True, help="The report names nobody who says it.")
@click.option(
    "--source",
    metavar="WORDS",
    help="The report's words for who says it; of several places the nearest to what is said. Empty ('') for none.",
)
@click.option("--cue", metavar="WORDS", help="The report's words of saying; as for --source.")
@content_option
@span_option
@click.option(
    "--cue-class", type=click.Choice(CUE_CLASSES), metavar="CLASS", help=f"How it is framed: {', '.join(CUE_CLASSES)}."
)
@click.option(
    "--form",
    type=click.Choice(FORMS),
    metavar="FORM",
    help=f"Whether it is verbatim, where that does not follow from the quotation marks: {', '.join(FORMS)}.",
)
@click.option(
    "--modality",
    type=click.Choice(MODALITIES),
    metavar="MODALITY",
    help=f"Whether it was said, will be, might be, or is denied to have been: {', '.join(MODALITIES)}.",
)
@click.option(
    "--negated/--not-negated", default=None, help="The report says that it was not said; --not-negated: it does not."
)
@click.option("--no-statement", is_flag=True, help="Nobody says this; one that was put in is taken out again.")
@click.option(
    "--undo", type=click.IntRange(0, LARGEST), metavar="NUMBER", help="Withdraw the correction of this number."
)
@record_option()
@by_options
def correct(statement: str | None, record: Path, undo: int | None, *, no_statement: bool, **options: Any) -> None:
    """Correct a statement, say that it is none, or withdraw a correction."""
    by = take_by(options)
    _check(statement, undo, no_statement=no_statement, **options)
    with open_record(record) as opened:
        if undo is not None:
            print_line(describe(opened.undo_correction(undo)))
        elif no_statement:
            print_line(describe(opened.take_away(str(statement), by)))
        else:
            for made in opened.correct(str(statement), _should(**options), by):
                print_line(describe(made))


def _check(statement: str | None, undo: int | None, *, no_statement: bool, **options: Any) -> None:
    # An empty source or cue says that there is none; not to be negated is something, too.
    said = {"source", "cue", "negated"}
    given = [name for name, value in options.items() if value or (name in said and value is not None)]
    if undo is not None and (statement is not None or no_statement or given):
        raise click.UsageError("--undo takes the number of a correction and nothing else")
    if undo is None and statement is None:
        raise click.UsageError("name a STATEMENT by its id, or give --undo NUMBER")
    if no_statement and given:
        raise click.UsageError("--no-statement excludes what the statement should be")
    if undo is None and not given and not no_statement:
        raise click.UsageError(f"say what it should be: {_SAYING} or --no-statement")
    for one, other in (("speakers", "nobody"), ("content", "spans")):
        if options[one] and options[other]:
            raise click.UsageError(f"--{one.removesuffix('s')} and --{other.removesuffix('s')} exclude each other")


def _should(
    *, speakers: tuple[str, ...], nobody: bool, content: str | None, spans: tuple[Span, ...], **options: Any
) -> Any:
    from onrecord.record import Should

    return Should(
        speaker=speakers if speakers or nobody else None,
        content=content,
        content_spans=spans or None,
        **options,
    )
