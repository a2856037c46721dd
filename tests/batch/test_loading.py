"""An archive into a record: the same as adding its reports, once, whatever slice of it."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("duckdb", reason="archives need the extra batch: pip install 'onrecord[batch]'")
pytest.importorskip("fsspec", reason="archives need the extra batch: pip install 'onrecord[batch]'")
pytest.importorskip("pyarrow", reason="archives need the extra batch: pip install 'onrecord[batch]'")

import pyarrow as pa
from pyarrow import parquet

import reading_by_hand
from batch_by_hand import entry, write_lines
from onrecord.adding import Counts, running
from onrecord.batch import cutting, loading
from onrecord.batch.loading import load_archive, open_archive
from onrecord.errors import BadQuery, BatchError, LockedRecord
from onrecord.exports.exporting import export
from onrecord.exports.formats import BY_NAME
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import SourceRef, read_source
from onrecord.record import Record
from onrecord.settings import DEFAULTS

LOADED = "21 added, 1 revised, 18 of them copies, 66 statements"


@pytest.fixture
def lines(tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "LEAST", 2_000)
    entries = [entry(number, outlet=f"Outlet {number % 3}", odd={"a": [2**80, "é"]}) for number in range(20)]
    return write_lines(tmp_path / "a.jsonl", [*entries, entry(3, url="https://mirror.example/3"), entry(4, "Later.")])


def load(record, out, **options):
    counts = Counts()
    with open_archive(str(out)) as archive:
        list(load_archive(record, archive, counts=counts, **options))
    return str(counts)


def exported(record):
    target = io.BytesIO()
    export(record, BY_NAME["jsonl"], target)
    return target.getvalue()


def test_batch_then_load_is_the_record_of_adding_the_reports(batch, lines, tmp_path):
    batch(lines)
    with Record.open(tmp_path / "a.db", create=True) as added, Record.open(tmp_path / "b.db", create=True) as loaded:
        source = SourceRef(name=lines, where="file")
        with PageParser() as parser:
            for document in read_source(source, options=ReadOptions(), parser=parser, settings=DEFAULTS):
                added.add(reading_by_hand.read(document)[0])
        assert load(loaded, tmp_path / "out") == LOADED
        assert exported(loaded) == exported(added)
        assert loaded.check() == []
        same = "SELECT hash, origin, raw_sha256, is_current FROM documents ORDER BY id"
        assert loaded.connection.execute(same).fetchall() == added.connection.execute(same).fetchall()
        assert load(loaded, tmp_path / "out") == "0 added, 22 skipped"
        assert loaded.connection.execute("SELECT count(*) FROM runs WHERE ended_at IS NULL").fetchone() == (0,)


@pytest.mark.parametrize(
    ("where", "reports"),
    [
        ("year = 2024 AND month = 5", 8),
        ("outlet = 'Outlet 1' -- or not", 7),
        ("document IN (SELECT document FROM statements WHERE content LIKE '%levy of 7 crowns%')", 1),
        ("date BETWEEN '2024-05-01' AND '2024-05-09'", 4),
        ("false", 0),
    ],
)
def test_a_condition_chooses_reports(batch, lines, tmp_path, where, reports):
    batch(lines)
    with Record.open(tmp_path / "a.db", create=True) as record:
        load(record, tmp_path / "out", where=where)
        assert record.connection.execute("SELECT count(*) FROM documents").fetchone() == (reports,)


@pytest.mark.parametrize(
    "where",
    [
        "nothing = 1",
        "1) UNION SELECT 1 --",
        "true; DROP VIEW documents",
        "document IN (SELECT content FROM read_text('/etc/hostname'))",
        "document IN (SELECT content FROM read_text('https://orrin.example/'))",
    ],
)
def test_a_condition_that_asks_for_something_else_is_refused_and_nothing_is_written(batch, lines, tmp_path, where):
    batch(lines)
    with Record.open(tmp_path / "a.db", create=True) as record:
        with pytest.raises(BadQuery, match="DuckDB says"):
            load(record, tmp_path / "out", where=where)
        assert record.connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)


def test_loading_that_was_interrupted_goes_on(batch, lines, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 5)
    batch(lines)
    with Record.open(tmp_path / "a.db", create=True) as record:
        with open_archive(str(tmp_path / "out")) as archive:
            run = load_archive(record, archive)
            given = [next(run) for _ in range(7)]
            run.close()
        assert record.connection.execute("SELECT count(*) FROM documents").fetchone() == (10,)
        assert [each.outcome for each in given[:3]] == ["added"] * 3
        load(record, tmp_path / "out")
        assert record.connection.execute("SELECT count(*) FROM documents").fetchone() == (22,)
        assert record.check() == []


def test_a_folder_that_is_no_archive_is_told(tmp_path):
    with pytest.raises(BatchError, match="no output of onrecord batch"), open_archive(str(tmp_path)):
        pass
    (tmp_path / "_onrecord").mkdir()
    with pytest.raises(BatchError, match="not read to its end yet"), open_archive(str(tmp_path)):
        pass


def test_a_folder_whose_name_is_like_a_pattern_is_that_folder(batch, lines, tmp_path):
    batch(lines, out="news[1]*")
    batch(write_lines(tmp_path / "b.jsonl", [entry(30)]), out="news[1]s")
    with open_archive(str(tmp_path / "news[1]*")) as archive:
        assert archive.count(None) == 22


def test_an_archive_is_loaded_where_another_process_keeps_the_record_from_being_tidied(
    batch, lines, tmp_path, monkeypatch
):
    def locked(_):
        raise LockedRecord("another process writes to it")

    monkeypatch.setattr(running, "MANY", 1)
    monkeypatch.setattr(running, "tidy", locked)
    batch(lines)
    with Record.open(tmp_path / "a.db", create=True) as record:
        assert load(record, tmp_path / "out") == LOADED


def test_an_archive_may_be_named_with_file_before_its_path(batch, lines, tmp_path):
    batch(lines)
    with Record.open(tmp_path / "news.db", create=True) as record:
        assert load(record, f"file://{tmp_path}/out") == LOADED


def test_a_table_without_rows_is_there(batch, lines, tmp_path):
    batch(lines)
    with open_archive(str(tmp_path / "out")) as archive:
        assert archive.count("document IN (SELECT document FROM events WHERE month = 5)") == 0


def test_an_archive_that_was_altered_is_told(batch, lines, tmp_path):
    batch(lines)
    [path] = (tmp_path / "out/documents").rglob("year=2024/month=04/*.parquet")
    rows = parquet.ParquetFile(path).read()
    place = rows.column_names.index("reading")
    parquet.write_table(rows.set_column(place, "reading", pa.array(["{}"] * len(rows))), path)
    with Record.open(tmp_path / "a.db", create=True) as record, pytest.raises(BatchError, match="another version"):
        load(record, tmp_path / "out")
    path.write_bytes(b"")
    with pytest.raises(BatchError, match="its documents can't be read"), open_archive(str(tmp_path / "out")):
        pass


def test_months_and_years_are_numbers_and_unknown_ones_null(batch, tmp_path):
    batch(write_lines(tmp_path / "a.jsonl", [entry(1), entry(2, date=None), entry(3, date="2024-11-02")]))
    with open_archive(str(tmp_path / "out")) as archive:
        query = "SELECT year, month, count(*) FROM documents GROUP BY ALL ORDER BY ALL"
        assert archive.connection.execute(query).fetchall() == [(2024, 5, 1), (2024, 11, 1), (None, None, 1)]
