"""An Excel workbook: the same table as in CSV, cells typed, no cell a formula, the first row kept in sight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from onrecord.errors import ExportError, MissingExtra
from onrecord.exports.formats import Options
from onrecord.exports.tables import table
from onrecord.record.choosing import Kept

MOST_ROWS: Final = 1_048_576
"""Excel's limit for a sheet; then another one begins."""
MOST_CHARACTERS: Final = 32_767
"""Excel's limit for a cell, in UTF-16 units; a longer content is cut, with an ellipsis."""
# The time noted in the file: the same bytes for the same record.
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write(readings: Iterable[Kept], options: Options, path: Path) -> None:
    """Write the workbook, row by row: rows go to a temporary file, not into memory.

    Raises:
        MissingExtra: XlsxWriter is not installed.
        ExportError: the file can't be written.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtra(
            "a workbook needs XlsxWriter", advice='install it: pip install "onrecord[tables]"'
        ) from error
    with TemporaryDirectory(prefix="onrecord-") as rows:
        settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": rows}
        book = xlsxwriter.Workbook(str(path), settings)
        book.set_properties({"created": _CREATED, "comments": "onrecord"})
        try:
            _fill(book, table(readings, options), options.what)
        except BaseException:
            _let_go(book)
            raise
        _close(book, path, xlsxwriter.exceptions.XlsxWriterException)


def _close(book: Any, path: Path, failure: type[Exception]) -> None:
    """Put the file together."""
    try:
        book.close()
    except (OSError, failure) as error:
        raise ExportError(
            f"can't be written ({error})", where=str(path), advice="check the folder and the disk"
        ) from error


def _let_go(book: Any) -> None:
    """Close the files of a workbook that is given up: it would leave them open."""
    for sheet in book.worksheets():
        sheet.row_data_fh.close()


def _fill(book: Any, rows: Iterator[list[Any]], name: str) -> None:
    names = next(rows)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True})
    sheets, at, sheet = 0, MOST_ROWS, None
    for row in rows:
        if at == MOST_ROWS:
            sheets += 1
            sheet = _begin(book, name if sheets == 1 else f"{name} {sheets}", names, bold)
            at = 1
        for column, value in enumerate(row):
            _put(sheet, at, column, value, day)
        at += 1
    if sheet is None:
        _begin(book, name, names, bold)


def _begin(book: Any, name: str, names: list[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, each in enumerate(names):
        sheet.write_string(0, column, each, bold)
    return sheet


def _put(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, _fitted(value))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        # Excel's calendar begins in 1900, and has a day that was none in it.
        if value.year > 1900:
            sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), day)
        else:
            sheet.write_string(row, column, value.isoformat())
    elif value is not None:
        sheet.write_number(row, column, value)


def _fitted(words: str) -> str:
    units = words.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return words
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
