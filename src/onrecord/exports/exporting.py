"""From a record to a file, a folder or a stream in any format, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import ExportError
from onrecord.exports.formats import Format, Options
from onrecord.record import Filters, Record
from onrecord.record.choosing import Kept, count_reports, kept_readings
from onrecord.record.damage import translated
from onrecord.record.opening import one_moment


@dataclass(slots=True, kw_only=True)
class Count:
    """What was handed on so far."""

    reports: int = 0
    statements: int = 0
    total: int = 0
    """How many reports the filters of reports choose."""
    left_out: int = 0
    """Copies and revised texts that the filters would choose otherwise."""
    tell: Callable[[], None] = field(default=lambda: None)
    """Called after each report."""

    def counted(self, readings: Iterator[Kept]) -> Iterator[Kept]:
        """Count readings as they go by."""
        for kept in readings:
            yield kept
            self.reports += 1
            self.statements += len(kept.reading.statements)
            self.tell()


def export(
    record: Record,
    format: Format,
    to: Path | BinaryIO,
    *,
    filters: Filters | None = None,
    options: Options | None = None,
    count: Count | None = None,
    replace: bool = False,
) -> Count:
    """Write a record in a format: the same bytes for the same record.

    The record is read as of one moment, one report at a time. A file or folder has its name only when it is complete.

    Args:
        record: the record.
        format: one of :data:`onrecord.exports.formats.FORMATS`.
        to: a path; for a format that is a stream also a file that is open for bytes.
        filters: which reports and statements; none for all that count.
        options: with text or without, and what the rows of a table are.
        count: is kept up to date as reports go by.
        replace: a file that is there, whoever wrote it.

    Raises:
        ExportError: the target can't be written, or is there already, or is the record itself.
        MissingExtra: the format needs a package that is not installed.
        RecordError: the record can't be read.
    """
    filters, options, count = filters or Filters(), options or Options(), count or Count()
    if isinstance(to, Path):
        with _told(to):
            _refuse(to, format, record, replace=replace)
    with translated(record.path), one_moment(record.connection):
        count.total, count.left_out = count_reports(record.connection, filters)
        readings = count.counted(kept_readings(record.connection, filters))
        with _whole(to, format) if isinstance(to, Path) else nullcontext(to) as target:
            _write(readings, format, options, target)
    return count


def _write(readings: Iterator[Kept], format: Format, options: Options, target: Path | BinaryIO) -> None:
    made = format.load()
    if format.shape in {"file", "folder"}:
        made(readings, options, target)
    elif format.shape == "files":
        for name, content in made(readings, options):
            (Path(str(target)) / name).write_bytes(content)
    elif isinstance(target, Path):
        with target.open("wb") as file:
            file.writelines(made(readings, options))
    else:
        for piece in made(readings, options):
            target.write(piece)


def _refuse(to: Path, format: Format, record: Record, *, replace: bool) -> None:
    """Refuse a target that would destroy something."""
    if to.exists() and to.samefile(record.path):
        raise ExportError("is the record itself", where=str(to), advice="choose another name")
    if format.is_folder and to.is_dir() and any(to.iterdir()):
        raise ExportError("a folder with something in it", where=str(to), advice="name a new one")
    if format.is_folder and to.exists() and not to.is_dir():
        raise ExportError(f"a file, and {format.name} makes a folder", where=str(to), advice="name a new folder")
    if format.is_folder and to.is_dir() and to.samefile(Path()):
        raise ExportError("the folder that you are in", where=str(to), advice="name a new one")
    if not format.is_folder and to.is_dir():
        raise ExportError(f"a folder, and {format.name} makes a file", where=str(to), advice="name a file in it")
    if to.exists() and not to.is_file() and not to.is_dir():  # a pipe, /dev/null: a file would take its place
        raise ExportError("no file", where=str(to), advice="name a file, or write to standard output")
    if to.is_file() and to.stat().st_size and not replace:
        raise ExportError("is there already", where=str(to), advice="choose another name, or replace it with --force")


@contextmanager
def _whole(to: Path, format: Format) -> Iterator[Path]:
    """Give a place to write to that becomes ``to`` at the end, and leaves nothing behind when it does not."""
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with _told(to):
            if format.is_folder:
                part.mkdir()
            yield part
            if format.is_folder and to.is_dir():
                to.rmdir()
            part.replace(to)
    finally:
        with suppress(OSError):  # nothing is left where nothing could be made
            shutil.rmtree(part, ignore_errors=True) if part.is_dir() else part.unlink(missing_ok=True)


@contextmanager
def _told(to: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = "check the folder, its permissions and the disk"
        raise ExportError(error.strerror or str(error), where=str(to), advice=advice) from error
