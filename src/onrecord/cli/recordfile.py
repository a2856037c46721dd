"""The record that a command looks into or changes: its option, and what is said while it is waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from onrecord.cli.completion import complete_files
from onrecord.cli.messages import complain
from onrecord.cli.options import FILE
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.record import Record

VARIABLE: Final = "ONRECORD_RECORD"
_OPENED: Final = f"{__name__}.opened"
"""Under this name the context of a command knows the record that it opened."""


class _MadeRecordOption(click.Option):
    """An option that says, where it is missing, what it names."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return what stands for the option in an error."""
        return f"{super().get_error_hint(ctx)} (the record; made if there is none)"


class _RecordOption(click.Option):
    """An option that says, where it is missing, what else names the record."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return what stands for the option in an error."""
        return f"{super().get_error_hint(ctx)} (the record; or set {VARIABLE})"


def record_option(
    *, required: bool = True, help: str = "The record."
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command ``--in FILE``, as its argument ``record``; without it the environment variable names the file."""
    return click.option(
        "--in",
        "record",
        cls=_RecordOption,
        metavar="FILE",
        envvar=VARIABLE,
        required=required,
        type=FILE,
        help=f"{help} Or set {VARIABLE}.",
    )


def _check_made(_ctx: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Refuse what stands for standard output elsewhere: a file of that name is hard to name again."""
    if value == "-":
        raise click.BadParameter("a record is a file, such as news.db")
    return value


def made_record_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--to FILE``, as its argument ``path``: the record that it adds to."""
    return click.option(
        "--to",
        "path",
        cls=_MadeRecordOption,
        required=True,
        callback=_check_made,
        metavar="FILE",
        shell_complete=complete_files,
        help="The record; made if there is none.",
    )(command)


def choose_record(context: click.Context, named: Path | None, record: Path | None) -> Path:
    """Return the record of a command that takes it as an argument too, ``named``, which outranks the variable.

    Raises:
        UsageError: no record is named, or two.
    """
    is_typed = context.get_parameter_source("record") is ParameterSource.COMMANDLINE
    if named is not None and record is not None and is_typed and named.absolute() != record.absolute():
        raise click.UsageError(f"two records are named, {named} and, with --in, {record}: name one")
    path = named or record
    if path is None:
        raise click.UsageError(f"name the RECORD, or set {VARIABLE}")
    return path


def open_record(path: str | Path, *, create: bool = False, read_only: bool = False) -> Record:
    """Open the record that a command named; have it said when it, or a change of it, waits for another process.

    Raises:
        RecordError: it can't be opened.
    """
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.record import Record
    from onrecord.record.opening import SILENT_SECONDS

    slow = Timer(SILENT_SECONDS, complain, [f"{path}: in use by another process, or being brought up to date; waiting"])
    slow.daemon = True
    slow.start()
    try:
        record = Record.open(path, create=create, read_only=read_only)
    finally:
        slow.cancel()
    tell_waiting(record)
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_OPENED] = record.path
    return record


@contextmanager
def telling_damage(context: click.Context) -> Iterator[None]:
    """Say of an unexpected error of a command that its record is damaged, if it is; else let it pass.

    A damaged cell may be stumbled over wherever it is used, and be it where it is printed.
    """
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort, OnrecordError, OSError):
        raise
    except Exception as error:
        if _OPENED not in context.meta:
            raise
        from onrecord.record.damage import damage_behind

        damage = damage_behind(error, context.meta[_OPENED])
        if damage is None:
            raise
        raise damage from error


def tell_waiting(record: Record, clear: Callable[[], None] = lambda: None) -> None:
    """Have it said when a change waits for another process's; ``clear`` makes room for the line."""

    def tell() -> None:
        clear()
        complain(f"{record.path}: another process is writing to it; waiting")

    record.tell_waiting(tell)
