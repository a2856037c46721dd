"""A record in which the cells of a column hold what is of another kind: reliability row ST7.

SQLite opens such a file, as it sees nothing wrong with it. Every command says in one line what is wrong, or answers.
With ``ONRECORD_FULL=1`` every column of every table is damaged in five ways; else each 29th of these damages is done.
"""

from __future__ import annotations

import os
import sqlite3
import traceback
from contextlib import closing

import pytest
from click.testing import CliRunner

from handmade import full_reading, invented_reading
from onrecord.cli import main
from onrecord.record import By, Record, Should

FULL = os.environ.get("ONRECORD_FULL") == "1"
VALUES = [1.5, "x", b"\x00\xff", None, 2**62]
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%'"


@pytest.fixture
def record(tmp_path):
    """A record of a few reports in which people were merged and statements corrected."""
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add([full_reading(), *(invented_reading(seed, paragraphs=3) for seed in range(4))])
        statements = [hit.statement for hit in record.search()]
        record.correct(statements[0], Should(cue_class="doubting"), By(who="Ida"))
        record.correct(statements[1], Should(speaker=["Mara Ilven"]))
        record.merge([person.id for person in record.people() if person.kind == "person"][:2])
    return path


def damages(path):
    """Yield what makes cells hold something else."""
    with closing(sqlite3.connect(path)) as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            if connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
                for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall():
                    yield from ((f"UPDATE OR IGNORE {table} SET {column} = ?", value) for value in VALUES)


def commands(path):
    with Record.open(path) as record:
        statement = next(iter(record.search())).statement
        first, second, *_ = (reading.document.id for reading in record.readings())
        person = next(iter(record.people())).id
    yield from (("search", "the", "--json"), ("search", "--facets"), ("people",), ("people", "--json"))
    yield from (("people", "--name", person, "--reports"), ("outlets",), ("stats",), ("framing",), ("stories",))
    yield from (("show", statement), ("show", first), ("cite", statement), ("cite", first), ("variants", statement))
    yield from (("verify", "the bridge is closed"), ("story", first), ("compare", first, second), ("corrections",))
    yield from (("undo", "--list"), ("export",), ("export", "--format", "csv"), ("export", "--format", "ftm"))


@pytest.mark.timeout(0 if FULL else 120)
def test_cells_of_another_kind_are_told_in_one_line_or_make_no_difference(record, tmp_path):
    whole, looks = record.read_bytes(), list(commands(record))
    damaged = tmp_path / "damaged.db"
    refused = 0
    for change, value in list(damages(record))[:: 1 if FULL else 29]:
        for file in tmp_path.glob("damaged.db*"):
            file.unlink()
        damaged.write_bytes(whole)
        with closing(sqlite3.connect(damaged)) as connection:
            try:
                connection.execute(change, (value,))
            except sqlite3.Error:  # a column that may not be empty
                continue
            connection.commit()
        for look in [*((*look, "--in", damaged) for look in looks), ("check-record", damaged)]:
            result = CliRunner().invoke(main, [str(word) for word in look])
            told = "".join(traceback.format_exception(result.exception)) if result.exception else ""
            assert isinstance(result.exception, SystemExit | None), (change, value, look, told)
            refused += "rows do not fit each other" in result.stderr
    assert refused > 10
