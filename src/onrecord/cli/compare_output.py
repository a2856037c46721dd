"""Where a comparison goes: blocks on the terminal, JSON, or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli.compare_blocks import show_blocks
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.printing import print_json
from onrecord.compare.comparing import Comparison
from onrecord.exports.describing import count

if TYPE_CHECKING:
    from onrecord.cli.outputs import PageFile


def show_comparison(
    comparison: Comparison, *, as_json: bool, page: PageFile | None, color: str, width: int | None
) -> None:
    """Print a comparison, or write its page."""
    if as_json:
        print_json(comparison)
    elif page is not None:
        from onrecord.exports.comparepage import to_compare_page  # only --html needs it

        page.write(to_compare_page(comparison))
    else:
        look = choose_look(color=color, width=width)
        click.echo(show_blocks(comparison, look), nl=False, color=look.colour)
    _say_what_there_is(comparison)


def _say_what_there_is(comparison: Comparison) -> None:
    shared = len(comparison.shared)
    frames = sum(line.frames_differ for line in comparison.shared)
    told = f"{count(shared, 'statement')} in several reports" if shared else "no statement is in two of these reports"
    if frames:
        told += f", {frames} of them with cues of several classes"
    if comparison.own_voice:
        told += f"; {count(len(comparison.own_voice), 'sentence')} in an outlet's own voice that another attributes"
    complain(told)
    if left_out := sum(side.left_out for side in comparison.reports):
        complain(f"too many to compare: the last {count(left_out, 'statement')} of long reports are left out")
