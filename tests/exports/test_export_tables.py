"""CSV, workbooks and Parquet: no cell runs, what was there comes back, columns have types (reliability row WEB10)."""

from __future__ import annotations

import csv
import io
from dataclasses import fields, replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import dataset

from handing_on import made, record_of, stream
from handmade import invented_reading, read_by_hand, said_together
from onrecord.document import Span
from onrecord.exports import parquet, workbook
from onrecord.exports.cells import cell, safe, unsafe
from onrecord.reading import Entity, Event, When
from onrecord.record import By, PersonFilter, Should
from onrecord.record.statements import StatementRow
from strategies import hostile_texts

STARTS = "=+-@\t\r\n＝＋－＠"
CALLS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1", "'=1", "''=1", "'tis", "-", "=")


@pytest.mark.parametrize("words", CALLS)
def test_no_cell_begins_like_a_formula_and_all_come_back(words):
    assert not safe(words).startswith(tuple(STARTS))
    assert unsafe(safe(words)) == words


@given(hostile_texts(max_pieces=3) | st.text("='+-@\t'a", max_size=6))
def test_any_words_come_back(words):
    assert unsafe(safe(words)) == words
    assert not safe(words).startswith(tuple(STARTS))


def test_spans_and_names_are_cells():
    assert cell((Span(1, 4), Span(6, 9))) == "1:4 6:9"
    assert cell(("Ada Quill", "Teo Brandt")) == "Ada Quill; Teo Brandt"
    assert (cell(None), cell(()), cell(0.5), cell(False)) == (None, None, 0.5, False)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    dangerous = read_by_hand(
        "=HYPERLINK(1) said Mara Ilven.\n\n@Teo Brandt said so.", url="=1+1", title="+title", outlet="-outlet"
    )
    other = read_by_hand("The levy will go, Mara Ilven said.", url="https://orrin.example/a", published="2024-05-02")
    third = read_by_hand("Nobody was asked, Teo Brandt said.", url="https://orrin.example/b", published="2024-06")
    with record_of(tmp_path_factory.mktemp("tables"), dangerous, other, third) as record:
        yield record


def test_csv_has_a_row_a_statement_and_no_formula(record):
    written = stream(record, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert list(rows[0]) == [each.name for each in fields(StatementRow)]
    assert len(rows) == 4
    assert not [value for row in rows for value in row.values() if value.startswith(tuple(STARTS))]
    wanted = {row.content for row in record.statements()}
    assert {unsafe(row["content"]) for row in rows} == wanted
    assert any(each.startswith("=") for each in wanted)


def test_a_workbook_has_the_same_cells_and_no_formula(record, tmp_path):
    book = openpyxl.load_workbook(made(record, "xlsx", tmp_path / "a.xlsx"))
    header, *rows = book.active.iter_rows()
    assert [each.value for each in header] == [each.name for each in fields(StatementRow)]
    assert len(rows) == 4
    assert {each.data_type for row in rows for each in row} <= {"s", "n", "b", "d"}
    at = {each.value: each.column - 1 for each in header}
    contents = {unsafe(row[at["content"]].value) for row in rows}
    assert contents == {row.content for row in record.statements()}
    day = next(row[at["date"]] for row in rows if row[at["published"]].value == "2024-05-02")
    assert day.is_date
    assert day.value.isoformat() == "2024-05-02T00:00:00"


def test_a_workbook_goes_on_in_another_sheet_and_cuts_what_no_cell_can_hold(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    monkeypatch.setattr(workbook, "MOST_CHARACTERS", 12)
    with record_of(tmp_path, invented_reading(1)) as record:
        book = openpyxl.load_workbook(made(record, "xlsx", tmp_path / "a.xlsx"))
    assert book.sheetnames == ["statements", "statements 2", "statements 3", "statements 4"]
    place = [each.name for each in fields(StatementRow)].index("content")
    contents = [row[place].value for sheet in book for row in list(sheet.iter_rows())[1:]]
    assert len(contents) == 7
    assert all(len(each) <= 12 and each.endswith("…") for each in contents)


def test_what_is_cut_is_cut_between_characters():
    assert workbook._fitted("🌍" * 20_000).endswith("🌍…")
    assert len(workbook._fitted("🌍" * 20_000).encode("utf-16-le")) // 2 <= workbook.MOST_CHARACTERS


def test_parquet_is_by_month_and_one_typed_table(record, tmp_path):
    folder = made(record, "parquet", tmp_path / "out")
    assert sorted(each.name for each in folder.iterdir()) == ["month=2024-05", "month=2024-06", "month=unknown"]
    table = dataset.dataset(folder, partitioning="hive").to_table()
    assert table.num_rows == 4
    kinds = {name: str(table.schema.field(name).type) for name in ("date", "confidence", "negated", "content", "month")}
    assert kinds == {
        "date": "date32[day]",
        "confidence": "double",
        "negated": "bool",
        "content": "string",
        "month": "string",
    }
    contents = table.column("content").to_pylist()
    assert any(each.startswith("=") for each in contents), "a typed format needs no apostrophes"


def test_more_months_than_files_can_be_open_are_written_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "MOST_OPEN", 2)
    monkeypatch.setattr(parquet, "MOST_WAITING", 3)
    many = [read_by_hand(f"Levy {n} will go, Mara Ilven said.", published=f"2024-0{n % 5 + 1}-02") for n in range(30)]
    with record_of(tmp_path, *many) as record:
        folder = made(record, "parquet", tmp_path / "out")
        table = dataset.dataset(folder, partitioning="hive").to_table()
        wanted = sorted(row.statement for row in record.statements())
    assert sorted(table.column("statement").to_pylist()) == wanted
    assert [each.name for each in sorted((folder / "month=2024-01").iterdir())][:2] == [
        "part-0.parquet",
        "part-1.parquet",
    ]
    assert len(list(folder.iterdir())) == 5


def test_rows_as_arrow_are_the_rows(record):
    table = record.statements().to_arrow()
    rows = list(record.statements())
    assert table.num_rows == len(rows) == sum(batch.num_rows for batch in record.statements().batches(rows=1))
    first = table.to_pylist()[0]
    assert {name: first[name] for name in ("statement", "speaker", "content", "date", "confidence")} == {
        name: getattr(rows[0], name) for name in ("statement", "speaker", "content", "date", "confidence")
    }
    assert first["content_spans"] == [{"start": span.start, "end": span.end} for span in rows[0].content_spans]


def test_rows_say_what_each_speaker_is_and_who_it_is_in_the_record(tmp_path):
    together = said_together()
    official = Entity(id="e3", name="a senior official", kind="unnamed")
    ministry, *others = (replace(each, sector="GOV" if each.id == "e2" else None) for each in together.entities[::-1])
    first, second = together.statements
    unnamed = replace(second, speakers=("e3",), speaker_name="a senior official")
    reading = replace(together, entities=(*others, ministry, official), statements=(first, unnamed))
    with record_of(tmp_path, reading) as record:
        (joint, alone) = record.statements()
        ids = {person.name: person.id for person in record.people(PersonFilter())}
        row = next(csv.DictReader(io.StringIO(stream(record, "csv").decode(), newline="")))
        listed = record.statements().to_arrow().to_pylist()[0]
    assert joint.speakers == ("Ministry of Ports, Salt and Peat", "Mara Ilven")
    assert joint.speaker_kinds == ("organization", "person")
    assert joint.speaker_sectors == ("GOV", None)
    assert joint.speaker_ids == tuple(ids[name] for name in joint.speakers)
    assert (alone.speaker_kinds, alone.speaker_ids) == (("unnamed",), (None,))
    assert (row["speaker_sectors"], row["speaker_ids"]) == ("GOV; ", "; ".join(joint.speaker_ids))
    assert listed["speaker_sectors"] == ["GOV", None]


def test_a_corrected_speaker_whom_only_other_reports_name_is_that_person_in_rows(tmp_path):
    here = read_by_hand("The levy will go, Mara Ilven said.", url="https://orrin.example/a")
    there = read_by_hand("Nobody was asked, Teo Brandt said.", url="https://orrin.example/b")
    with record_of(tmp_path, here, there) as record:
        (brandt,) = [row.speaker_ids for row in record.statements() if row.speaker == "Teo Brandt"]
        wrong = next(row.statement for row in record.statements() if row.speaker == "Mara Ilven")
        record.correct(wrong, Should(speaker="Teo Brandt"), By(who="ida"))
        assert {row.speaker_ids for row in record.statements()} == {brandt}


def test_a_name_that_several_of_a_report_go_by_is_nobody_of_another_report_in_rows(tmp_path):
    """As in counts."""
    here = read_by_hand("The levy will go, Mara Ilven said.", url="https://orrin.example/a")
    brandts = [
        Entity(id="e2", name="T. Brandt", kind="person", aliases=("Teo Brandt",)),
        Entity(id="e3", name="Teo B.", kind="person", aliases=("Teo Brandt",)),
    ]
    here = replace(here, entities=(*here.entities, *brandts))
    there = read_by_hand("Nobody was asked, Teo Brandt said.", url="https://orrin.example/b")
    with record_of(tmp_path, here, there) as record:
        wrong = next(row.statement for row in record.statements() if row.speaker == "Mara Ilven")
        record.correct(wrong, Should(speaker="Teo Brandt"), By(who="ida"))
        assert [row.speaker_ids for row in record.statements() if row.statement == wrong] == [(None,)]


def test_events_are_rows_with_names_and_words(tmp_path):
    reading = read_by_hand("Mara Ilven sued Teo Brandt, Halvard Quy said.", published="2024-05-02", outlet="Orrin Echo")
    event = Event(
        id="v1",
        type="ACCUSE",
        actors=("e1",),
        recipients=("e2",),
        span=Span(0, 45),
        trigger=Span(11, 15),
        when=When(value="2024-05-01"),
        claimed_in="s1",
        confidence=0.8,
    )
    with record_of(tmp_path, replace(reading, events=(event,))) as record:
        (row,) = csv.DictReader(io.StringIO(stream(record, "csv", what="events").decode(), newline=""))
    assert [row[name] for name in ("date", "actor", "type", "recipient", "claimed_by", "trigger", "sentence")] == [
        "2024-05-01",
        "Mara Ilven",
        "ACCUSE",
        "Teo Brandt",
        "Mara Ilven",
        "sued",
        "Mara Ilven sued Teo Brandt, Halvard Quy said.",
    ]
    assert [row[name] for name in ("event", "told", "standing", "model")] == ["v1", "1", "counts", reading.reader.model]
    assert row["actor_ids"] != row["recipient_ids"] != ""
