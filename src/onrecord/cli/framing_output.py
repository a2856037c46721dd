"""Where the counts of ``onrecord framing`` go: blocks on the terminal, JSON, or CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click
from rich.cells import cell_len

from onrecord.cli.blocks import Look, broken
from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.printing import print_csv, print_json
from onrecord.compare.framing import Frame, Framing, Share
from onrecord.exports.describing import count
from onrecord.record.hits import Hit, as_found

_COLUMNS: Final = (
    "name", "statements_with_cue", "reports", "cue_class", "statements", "share", "low", "high", "average", "differs",
    "example", "example_cue", "example_words",
)  # fmt: skip
_BAR: Final = 20
"""Cells of a bar for a share of 100 %."""
_INDENT: Final = 2


def show_framing(framing: Framing, *, as_json: bool, as_csv: bool, color: str, width: int | None) -> None:
    """Print counts of cue classes.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--csv": as_csv})
    if as_json:
        print_json(_as_builtins(framing))
    elif as_csv:
        print_csv(_COLUMNS, (_cells(frame, share) for frame in framing.frames for share in frame.shares))
    elif framing.frames:
        look = choose_look(color=color, width=width)
        blocks = ["\n".join(_block(frame, look)) for frame in framing.frames]
        note = "\n".join(look.paint(line, "faint") for line in broken(framing.note, look.measure))
        click.echo("\n\n".join([*blocks, note]), color=look.colour)
    _say_what_was_counted(framing)


def _say_what_was_counted(framing: Framing) -> None:
    if not framing.frames:
        complain("nothing to count")
        return
    repeated = f"; {count(framing.repeated, 'sentence')} of an agency's counted once" if framing.repeated else ""
    complain(f"{count(framing.statements, 'statement')} with a cue{repeated}")
    if framing.left_out:
        complain(f"{count(framing.left_out, framing.by)} more; --limit 0 shows all")


def _as_builtins(framing: Framing) -> dict[str, Any]:
    frames = [
        {
            "name": frame.name,
            "person": frame.person,
            "statements": frame.statements,
            "without_cue": frame.without_cue,
            "reports": frame.reports,
            "shares": [_share_as_builtins(share) for share in frame.shares],
        }
        for frame in framing.frames
    ]
    names = ("by", "note", "statements", "repeated", "left_out", "average")
    return {name: getattr(framing, name) for name in names} | {"frames": frames}


def _share_as_builtins(share: Share) -> dict[str, Any]:
    names = ("cue_class", "statements", "share", "low", "high", "average", "differs")
    return {name: getattr(share, name) for name in names} | {"examples": [as_found(e) for e in share.examples]}


def _cells(frame: Frame, share: Share) -> list[Any]:
    example = share.examples[0] if share.examples else None
    told = [share.cue_class, share.statements, share.share, share.low, share.high, share.average, share.differs]
    shown = [example.statement, example.cue, example.words] if example else [None, None, None]
    return [frame.name, frame.statements, frame.reports, *told, *shown]


def _block(frame: Frame, look: Look) -> Iterator[str]:
    cued = f"{count(frame.statements, 'statement')} with a cue"
    facts = [cued, count(frame.reports, "report")]
    apart = f" ({look.show(frame.apart)})" if frame.apart else ""
    name = look.paint(look.show(frame.name or "(none)"), "name") + apart
    yield name + "".join(f"{look.dot}{fact}" for fact in facts)
    for share in frame.shares:
        yield _row(share, look).rstrip()
        for example in share.examples:
            yield look.paint(_example(example, look), "faint")


def _row(share: Share, look: Look) -> str:
    bar = look.sign("█", "#") * round(_BAR * share.share)
    between = look.sign("–", "-")
    interval = f"{share.low:.0%}{between}{share.high:.0%}"
    differs = f"  {share.differs}" if share.differs else ""
    told = f"{share.cue_class:<11}{share.statements:>6,}{share.share:>7.1%}  {interval:<9} average {share.average:.1%}"
    room = None if look.width is None else look.width - _INDENT - cell_len(told) - len(differs) - 2
    drawn = f"  {bar}" if room is None or room >= _BAR else ""
    return " " * _INDENT + told + look.paint(differs, "warning") + drawn


def _example(example: Hit, look: Look) -> str:
    """Return a statement on one line: cue, speaker, words, id."""
    cue = " ".join(example.cue.split())
    start = f"{' ' * 2 * _INDENT}{look.show(cue)}{look.dot}{look.show(example.speaker or 'speaker open')}: "
    end = f"  {example.statement}"
    words = look.show(example.words)
    if look.measure is not None:
        room = look.measure - cell_len(start) - len(end)
        words = words if cell_len(words) <= room else words[: max(0, room - 1)] + look.sign("…", ".")
    return f"{start}{words}{end}"
