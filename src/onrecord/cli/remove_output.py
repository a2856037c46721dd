"""What would be, or was, taken out of a record, as lines on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import click

from onrecord.cli.asking import agrees_to
from onrecord.cli.ending import FAILED
from onrecord.cli.messages import complain, print_line
from onrecord.cli.outputs import choose_look
from onrecord.cli.printing import print_json
from onrecord.cli.tables import print_rows, show_columns
from onrecord.exports.describing import count, day

if TYPE_CHECKING:
    from onrecord.cli.formats import Format
    from onrecord.record import Removal, Removed, ToRemove

COLUMNS: Final = {name: attrgetter(name) for name in ("id", "document", "texts", "who", "made_at", "why", "allowed_at")}


def say_removed(removed: Sequence[Removed], *, as_json: bool) -> None:
    """Print what went, and the number by which it can be allowed again; say where the same words still stand."""
    if as_json:
        print_json(removed)
    for each in removed:
        if not as_json:
            title = f" {each.title}" if each.title else ""
            print_line(f"removal {each.id}: {each.document}{title}: {', '.join(_counts(each))}")
    _say_copies(removed)


def print_to_remove(found: Sequence[ToRemove], record: Path, *, as_json: bool, color: str, width: int | None) -> None:
    """Print what would go, and say that it did not."""
    if as_json:
        print_json(found)
    else:
        _show(found, sys.stdout, color=color, width=width)
    _say_copies(found)
    complain(f"{record}: {_sum(found)} would be removed; nothing was changed")


def agree_to_remove(found: Sequence[ToRemove], *, color: str, width: int | None) -> None:
    """Show what would go, where a question is seen, and ask; end where the answer is no."""
    _show(found, sys.stderr, color=color, width=width)
    _say_copies(found)
    if not agrees_to(f"remove {_sum(found)} for good?"):
        complain("nothing was removed")
        raise click.exceptions.Exit(FAILED)


def _show(found: Sequence[ToRemove], stream: TextIO, *, color: str, width: int | None) -> None:
    look = choose_look(color=color, width=width, stream=stream)
    header = ("report", "published", "outlet", "statements", "corrections", "other texts", "title")
    rows = [
        (
            each.document,
            day(each.published) or "",
            each.outlet or "",
            str(each.statements),
            str(each.corrections),
            str(each.texts - 1),
            each.title or "",
        )
        for each in found
    ]
    click.echo(show_columns(header, rows, look), file=stream, nl=False, color=look.colour)


def _sum(found: Sequence[ToRemove]) -> str:
    return f"{count(len(found), 'report')} with {count(sum(each.statements for each in found), 'statement')}"


def _say_copies(found: Sequence[ToRemove]) -> None:
    """Say where the same words still stand."""
    for each in found:
        if each.copies:
            complain(f"{each.document}: its copies stay, under other addresses: {', '.join(each.copies)}")


def _counts(removed: Removed) -> list[str]:
    return [
        f"{number:,} {word}{'' if number == 1 else 's'}"
        for number, word in (
            (removed.texts, "text"),
            (removed.statements, "statement"),
            (removed.corrections, "correction"),
        )
        if number or word != "correction"
    ]


def say_wiped(record: Path, *, is_wiped: bool) -> None:
    """Say where words of what was taken out may still lie in the file, and end so."""
    if is_wiped:
        return
    complain(
        f"{record}: words of what was taken out may still lie in free places of the file, which can't be written anew:"
        f" others use it, or the disk has no room; later: onrecord remove --wipe --in {record}"
    )
    raise click.exceptions.Exit(FAILED)


def say_allowed(removal: Removal) -> None:
    """Print what may be added again."""
    print_line(f"removal {removal.id}: {removal.document} may be added again")


def print_removals(removals: Sequence[Removal], chosen: Format | None, *, color: str, width: int | None) -> None:
    """Print removals in a format, or as columns; say so where there are none."""
    if chosen is not None:
        print_rows(removals, chosen, COLUMNS)
        return
    if not removals:
        complain("nothing was taken out")
        return
    look = choose_look(color=color, width=width)
    header = ("number", "report", "texts", "when", "by", "state", "why")
    rows = [
        (
            str(each.id),
            each.document,
            str(each.texts),
            each.made_at[:16].replace("T", " "),
            each.who or "",
            "allowed" if each.allowed_at else "passed over",
            each.why or "",
        )
        for each in removals
    ]
    click.echo(show_columns(header, rows, look), nl=False, color=look.colour)
