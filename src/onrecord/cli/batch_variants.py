"""``onrecord batch-variants``: its arguments, its options and its help."""

from __future__ import annotations

import sys
from typing import Final

import click

from onrecord.cli.completion import complete_files

_HELP: Final = """\
Look for the same words across an archive that 'onrecord batch' read: statements of two reports that are one utterance.

DIR is what 'onrecord batch' wrote. Its folder variants/ gets a table of pairs: identical, clipped (words fell away),
altered (other words), spliced (in another order) or a paraphrase, with a score, who each is given to, and both
statements. Statements that share no five words in a row are not compared; of a phrase that everybody uses, each is
compared with the next 20 that have it. So the cost grows with the archive, and not with its square.

Needs: pip install "onrecord[batch]".

\b
Examples:
  onrecord batch-variants archive/
  onrecord batch-variants s3://news/read/ --address auto      on a cluster
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    all statements were looked at
  1    the archive could not be read, or the result not written; standard error says why
  2    wrong usage
  130  interrupted with Ctrl-C; the same command begins again
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Look for the same words across an archive.")
@click.argument("archive", metavar="DIR", shell_complete=complete_files)
@click.option(
    "--workers", type=click.IntRange(min=0), default=0, metavar="N", help="Processes that look; 0, one for each core."
)
@click.option("--address", metavar="HOST:PORT", help="A Ray cluster to run on; auto, on one of its nodes.")
@click.option("--json", "as_json", is_flag=True, help="Print how many pairs are of which kind as a JSON object.")
def batch_variants(archive: str, workers: int, address: str | None, *, as_json: bool) -> None:
    """Look for variants across an archive."""
    # Imported here: `onrecord --help` needs no numbers or tables (0.4 s).
    from onrecord.batch.places import find_place
    from onrecord.batch.variants import find_all_variants, list_files
    from onrecord.cli.batch_run import open_quietly
    from onrecord.cli.messages import complain
    from onrecord.cli.printing import print_json
    from onrecord.cli.progress import Steps, may_show_progress
    from onrecord.exports.describing import count

    list_files(find_place(archive))  # what is no archive is told before Ray starts
    with Steps("batch-variants:", stream=sys.stderr, shown=may_show_progress(prints=False)) as steps:
        steps.tell("starting Ray" if address is None else "joining the cluster")
        with open_quietly(workers=workers, address=address) as cluster:
            found = find_all_variants(archive, cluster, tell=steps.tell)
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in found.kinds.items())
    complain(
        f"{archive}: {count(found.statements, 'statement')}, {count(found.compared, 'pair')} compared,"
        f" {found.tied:,} tied{f': {kinds}' if kinds else ''}"
    )
    if as_json:
        print_json(found)
