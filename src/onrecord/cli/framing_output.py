"""Where the counts of ``onrecord framing`` go: blocks on the terminal, JSON, or CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click
from rich.cells import cell_len, set_cell_size

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
    "example", "example_cue", "example_words", "person",
)  # fmt: skip
_BAR: Final = 20
"""Cells of a bar for a share of 100 %."""
_INDENT: Final = 2
_FEWEST: Final = 12
"""Cells of an example's words that are worth a line with its id."""


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
    return [frame.name, frame.statements, frame.reports, *told, *shown, frame.person]


def _block(frame: Frame, look: Look) -> Iterator[str]:
    cued = f"{count(frame.statements, 'statement')} with a cue"
    name = look.show(frame.name or "(none)")
    apart = f" ({look.show(frame.apart)})" if frame.apart else ""
    facts = [f"{name}{apart}", cued, count(frame.reports, "report")]
    first, *rest = broken(look.dot.join(facts), look.measure)
    yield look.paint(first[: len(name)], "name") + first[len(name) :]
    yield from rest
    for share in frame.shares:
        yield from _row(share, look)
        for example in share.examples:
            yield from (look.paint(line, "faint") for line in _example(example, look))


def _row(share: Share, look: Look) -> Iterator[str]:
    """Yield the lines of a share: one where there is room, its interval and the average below it where not."""
    between = look.sign("–", "-")
    interval = f"{share.low:.0%}{between}{share.high:.0%}"
    beginning = f"{' ' * _INDENT}{share.cue_class:<11}{share.statements:>6,}{share.share:>7.1%}"
    average = f"average {share.average:.1%}"
    differs = f"  {share.differs}" if share.differs else ""
    told = f"{beginning}  {interval:<9} {average}"
    if look.measure is None or cell_len(told) + len(differs) <= look.measure:
        yield told + look.paint(differs, "warning") + _bar(share, look, cell_len(told) + len(differs))
        return
    yield beginning
    for line in broken(f"{interval} {average}{differs.replace('  ', ' ')}", look.measure - 2 * _INDENT):
        words, found, _ = line.rpartition(share.differs) if share.differs else (line, "", "")
        yield " " * 2 * _INDENT + words + look.paint(found, "warning")


def _bar(share: Share, look: Look, taken: int) -> str:
    """Return the bar behind a row of so many cells, if there is room for one of 100 %."""
    if look.width is not None and look.width - taken - 2 < _BAR:
        return ""
    drawn = look.sign("█", "#") * round(_BAR * share.share)
    return f"  {drawn}" if drawn else ""


def _example(example: Hit, look: Look) -> Iterator[str]:
    """Yield a statement: cue, speaker, words, id; on one line, or the id below where few words would be left."""
    cue = " ".join(example.cue.split())
    start = f"{look.show(cue)}{look.dot}{look.show(example.speaker or 'speaker open')}: "
    words, indent = look.show(example.words), " " * 2 * _INDENT
    if look.measure is None:
        yield f"{indent}{start}{words}  {example.statement}"
        return
    width = look.measure - len(indent)
    room = width - cell_len(start) - len(example.statement) - 2
    if room >= min(_FEWEST, cell_len(words)):
        yield f"{indent}{start}{_cut(words, room, look)}  {example.statement}"
        return
    first, *rest = broken(f"{start}{words}", width)
    yield indent + first
    if rest:
        yield indent + _cut(" ".join(rest), width, look)
    yield indent + example.statement


def _cut(words: str, room: int, look: Look) -> str:
    """Return words of at most so many cells; what is cut off is marked."""
    if cell_len(words) <= room:
        return words
    return set_cell_size(words, max(0, room - 1)).rstrip() + look.sign("…", ".")
