"""From a record to every format: whole or not at all, always the same bytes, and nothing of the text without it."""

from __future__ import annotations

import io
import json
import os
import random
from pathlib import Path

import pytest

from handing_on import kept_of, made, record_of, stream
from handmade import invented_reading, read_by_hand
from onrecord.errors import ExportError, MissingExtra
from onrecord.exports import exporting
from onrecord.exports.exporting import export
from onrecord.exports.formats import BY_NAME, FORMATS
from onrecord.reading import from_json, to_json
from onrecord.record import Filters, Record

READINGS = tuple(invented_reading(seed) for seed in range(8))
COPY = read_by_hand(READINGS[0].document.text, url="https://mirror.example/0", published="2025-01-01")
TEXTLESS = [each for each in FORMATS if not each.needs_text]


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with record_of(tmp_path_factory.mktemp("record"), *READINGS, COPY) as record:
        yield record


def bytes_of(path):
    """Return what is in a file, or in all files of a folder."""
    if path.is_dir():
        return {
            each.relative_to(path).as_posix(): each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()
        }
    return path.read_bytes()


def test_jsonl_is_the_contract_by_the_document_s_id(record):
    lines = stream(record, "jsonl").splitlines()
    assert lines == sorted(
        (to_json(reading) for reading in READINGS), key=lambda line: json.loads(line)["document"]["id"]
    )
    assert [from_json(line).document.id for line in lines] == sorted(each.document.id for each in READINGS)


def test_copies_are_left_out_unless_asked_for(record):
    count = export(record, BY_NAME["jsonl"], io.BytesIO())
    assert (count.reports, count.total, count.left_out) == (8, 8, 1)
    assert count.statements == sum(len(each.statements) for each in READINGS)
    count = export(record, BY_NAME["jsonl"], io.BytesIO(), filters=Filters(copies=True))
    assert (count.reports, count.left_out) == (9, 0)


@pytest.mark.parametrize("format", FORMATS, ids=lambda each: each.name)
def test_the_same_reports_in_any_order_give_the_same_bytes(format, record, tmp_path):
    shuffled = [*READINGS]
    random.Random(5).shuffle(shuffled)
    first = bytes_of(made(record, format.name, tmp_path / "first"))
    with Record.open(tmp_path / "other.db", create=True) as other:
        for reading in shuffled:
            other.add(reading)
        other.add(COPY)
        assert bytes_of(made(other, format.name, tmp_path / "second")) == first
    assert first


@pytest.mark.parametrize("format", TEXTLESS, ids=lambda each: each.name)
def test_without_text_no_six_words_of_a_report_are_handed_on(format, record, tmp_path):
    def has(kept, written):
        words = kept.text.split()
        return any(" ".join(words[at : at + 6]).encode() in written for at in range(len(words) - 6))

    def written(**options):
        found = bytes_of(made(record, format.name, tmp_path / str(len(list(tmp_path.iterdir()))), **options))
        joined = b"".join(found.values()) if isinstance(found, dict) else found
        return unpacked(format.name, joined, found)

    kept = kept_of(record)[:8]
    assert not any(has(each, written(with_text=False)) for each in kept)
    if format.name not in {"xlsx", "parquet"}:  # or else this would find nothing in any bytes
        assert all(has(each, written().replace(b"\\n", b"\n")) for each in kept[:2])


def unpacked(name, joined, found):
    """Return what a packed format holds, as bytes that words can be looked for in."""
    if name == "parquet":
        from pyarrow import BufferReader, parquet

        return str([parquet.read_table(BufferReader(each)).to_pylist() for each in found.values()]).encode()
    if name == "xlsx":
        import openpyxl

        return str(list(openpyxl.load_workbook(io.BytesIO(joined)).active.values)).encode()
    return joined


def test_without_text_the_contract_has_hashes_in_its_place(record):
    from hashlib import sha256

    line = json.loads(stream(record, "jsonl", with_text=False).splitlines()[0])
    kept = kept_of(record)[0]
    assert line["schema"] == "onrecord/1+without-text"
    assert line["document"]["text"] is None
    assert line["document"]["text_sha256"] == sha256(kept.text.encode()).hexdigest()
    statement, told = kept.reading.statements[1], line["statements"][1]
    assert told["id_in_record"] == kept.ids[statement.id]
    assert told["sha256"]["content"] == [sha256(span.of(kept.text).encode()).hexdigest() for span in statement.content]


# ---- what is chosen


def test_reports_are_chosen_by_day_and_outlet(record):
    def documents(**filters):
        return {
            json.loads(line)["document"]["id"]
            for line in stream(record, "jsonl", filters=Filters(**filters)).splitlines()
        }

    for filters, wanted in (
        ({"since": "2024-06"}, [each for each in READINGS if each.document.published >= "2024-06"]),
        ({"until": "2024-03-03"}, [each for each in READINGS if each.document.published <= "2024-03-03"]),
        ({"outlet": ("Outlet 3",)}, [each for each in READINGS if each.document.outlet == "Outlet 3"]),
        ({"since": "2024-04", "outlet": ("Outlet 0",)}, [READINGS[7]]),
    ):
        assert documents(**filters) == {each.document.id for each in wanted}, filters


def test_with_a_speaker_a_report_has_only_what_that_one_says(record):
    lines = [json.loads(line) for line in stream(record, "jsonl", filters=Filters(speaker=("Ilven",))).splitlines()]
    assert lines
    assert {each["speaker_name"] for line in lines for each in line["statements"]} == {"Mara Ilven"}
    for line in lines:
        left = {each["id"] for each in line["statements"]}
        assert {each[name] for each in line["statements"] for name in ("within", "continues")} <= {None, *left}


def test_a_report_without_statements_is_handed_on_too(tmp_path):
    with record_of(tmp_path, read_by_hand("", url="https://orrin.example/nothing")) as record:
        assert len(stream(record, "jsonl").splitlines()) == 1
        assert stream(record, "csv").count(b"\r\n") == 1
        for each in FORMATS:
            made(record, each.name, tmp_path / each.name)


def test_what_a_report_costs_does_not_grow_with_the_record(tmp_path):
    def steps_of(record):
        """Count the steps of SQLite's machine, in hundreds, of the export of one report more."""
        steps = []
        record.connection.set_progress_handler(lambda: steps.append(1), 100)
        stream(record, "csv")
        record.connection.set_progress_handler(None, 0)
        return len(steps)

    with record_of(tmp_path, *map(invented_reading, range(10))) as record:
        few = steps_of(record)
        record.add([invented_reading(seed) for seed in range(10, 40)])
        many = steps_of(record)
    assert few > 10
    assert many / 40 < 1.5 * few / 10


# ---- where it goes


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        ("jsonl", "news.db", "the record itself"),
        ("brat", ".", "a folder with something in it"),
        ("brat", "note.txt", "a file, and brat makes a folder"),
        ("csv", ".", "a folder, and csv makes a file"),
        ("csv", "no/such/folder/a.csv", "No such file"),
        ("parquet", "no/such/folder", "No such file"),
        ("csv", "note.txt/a.csv", "Not a directory"),
        ("csv", "a" * 300, "too long"),
    ],
)
def test_a_target_that_would_be_destroyed_or_is_not_there_is_refused(tmp_path, name, target, message):
    (tmp_path / "note.txt").write_text("mine")
    with record_of(tmp_path, READINGS[0]) as record, pytest.raises(ExportError, match=message):
        made(record, name, tmp_path / target)
    assert (tmp_path / "note.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["csv", "brat", "parquet", "xlsx"])
def test_an_export_that_fails_half_way_leaves_nothing(tmp_path, name, monkeypatch):
    def broken(*arguments):
        yield from list(kept_of(arguments[0]))[:1]
        raise OSError(28, "No space left on device")

    with record_of(tmp_path, *READINGS[:3]) as record:
        monkeypatch.setattr(exporting, "kept_readings", lambda _connection, _filters: broken(record))
        with pytest.raises(ExportError, match="No space left"):
            made(record, name, tmp_path / "out")
    assert not [each for each in tmp_path.iterdir() if "news.db" not in each.name]


def test_an_empty_folder_is_filled(record, tmp_path):
    (tmp_path / "out").mkdir()
    made(record, "brat", tmp_path / "out")
    assert (tmp_path / "out" / "annotation.conf").exists()


def test_the_folder_that_somebody_is_in_is_not_taken_away(record, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExportError, match="that you are in"):
        made(record, "brat", Path())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_no_file_takes_the_place_of_a_pipe_or_a_device(record, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="standard output"):
        made(record, "csv", tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_a_file_that_is_there_is_replaced_only_where_that_is_wanted(record, tmp_path):
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(ExportError, match="is there already"):
        made(record, "csv", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "old"
    assert made(record, "csv", tmp_path / "a.csv", replace=True).read_bytes() == stream(record, "csv")


def test_the_record_is_read_as_of_one_moment(tmp_path):
    with record_of(tmp_path, *READINGS[:3]) as record, Record.open(tmp_path / "news.db") as writer:
        target = io.BytesIO()
        count = exporting.Count(tell=lambda: writer.add(READINGS[4:]))
        export(record, BY_NAME["jsonl"], target, count=count)
        assert len(target.getvalue().splitlines()) == 3
        assert len(stream(record, "jsonl").splitlines()) == 7
        assert not record.connection.in_transaction


@pytest.mark.parametrize(("name", "package"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_without_the_extra_it_says_what_to_install(record, tmp_path, name, package, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingExtra, match=r"pip install \"onrecord\[tables\]\""):
        made(record, name, tmp_path / "out")
    assert not list(tmp_path.iterdir())
