"""Statements that the reading missed and somebody put in: found, counted and told of like those that were read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import read_by_hand
from older_records import make_older
from onrecord.document import Span
from onrecord.reading import Reader, to_record
from onrecord.record import Filters, PersonFilter, Record, annotating
from onrecord.record.annotating import NewStatement, add_statement, delete_statement
from onrecord.record.counting import count_by
from onrecord.record.lookup import look_up
from onrecord.record.migrating import known_steps, split_sql
from onrecord.record.opening import transaction
from onrecord.record.storing import Vectors
from onrecord.record.writing import add_reading

NEWER = Reader(version="0.2.0", model="hand")
LEVY = "The council met for two hours. No boat of Teo Brandt will pay it.\n\nNobody had asked, Teo Brandt claimed."
QUAY = "The quay will be empty by spring, Ibby Tarrow warned."
BOAT = Span(LEVY.index("No boat"), LEVY.index(".\n"))
MISSED = NewStatement(content=(BOAT,), speakers=("Ibby Tarrow",), cue_class="promising")


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add([read(LEVY), read(QUAY)])
        yield record
        assert record.check() == []


def read(text, **metadata):
    given = {"url": f"https://orrin.example/{len(text)}", "outlet": "Orrin Echo", "published": "2024-05-02"}
    return read_by_hand(text, **{**given, **metadata})


@pytest.fixture
def document(record):
    return document_of(record, "council")


def document_of(record, words):
    return next(iter(record.search(words))).citation.document


def found(record, words=None, **filters):
    return {hit.statement for hit in record.search(words, filters=Filters(**filters))}


def test_what_was_put_in_is_found_by_its_words_its_meaning_and_who_says_it_about_whom(record, document):
    before = record.search("boat").count().number, next(iter(record.people(PersonFilter(names=("Ibby Tarrow",)))))
    added = add_statement(record.connection, document, MISSED)
    (hit, *_) = record.search("boat", filters=Filters(cue_class=("promising",)))
    assert (hit.statement, hit.speaker, hit.words) == (added, "Ibby Tarrow", BOAT.of(LEVY))
    assert [(each.is_corrected, each.is_put_in) for each in (hit, *record.search("council"))] == [
        (True, True),
        (False, False),
    ]
    assert record.search("boat").count().number == before[0] + 1
    assert added in {hit.statement for hit in record.search(meaning="ships need not give money")}
    ibby = before[1].id
    for filters in ({"speaker": ("Tarrow",)}, {"person": (ibby,)}, {"about": ("Brandt",)}):
        assert added in found(record, **filters)
    assert added not in found(record, speaker=("Brandt",))
    assert look_up(record.connection, added).statement.content == (BOAT,)


def test_what_was_put_in_counts_for_its_speaker_and_its_outlet(record, document):
    add_statement(record.connection, document, MISSED)
    (ibby,) = record.people(PersonFilter(names=("Ibby Tarrow",)))
    assert (ibby.statements, ibby.reports) == (2, 2)
    (outlet,) = count_by(record.connection, "outlet", Filters())
    assert (outlet.statements, outlet.speakers, outlet.cue_classes["promising"]) == (4, 2, 1)
    assert {each.name: each.statements for each in record.outlets()} == {"Orrin Echo": 4}


@pytest.mark.parametrize("way", ["undo", "delete"])
def test_what_is_taken_out_again_is_found_and_counted_no_more(record, document, way):
    told = record.reading(document)
    added = add_statement(record.connection, document, MISSED)
    if way == "undo":
        record.undo_correction(record.corrections()[-1].id)
    else:
        delete_statement(record.connection, added)
    assert added not in found(record, "boat")
    assert record.search(filters=Filters(speaker=("Tarrow",))).count().number == 1
    assert record.reading(document) == told
    assert add_statement(record.connection, document, MISSED) in found(record, "boat")


def test_an_addition_that_fails_leaves_nothing_to_be_found(record, document):
    before = found(record)
    with pytest.raises(KeyboardInterrupt):
        add_and_be_stopped(record, document)
    assert (found(record), record.corrections()) == (before, [])


def add_and_be_stopped(record, document):
    with transaction(record.connection):
        assert add_statement(record.connection, document, MISSED) in found(record, "boat")
        raise KeyboardInterrupt


def test_what_was_read_stays_as_it_is_beside_what_was_put_in(record, document):
    told, rows = record.reading(document), list(record.statements(corrected=False))
    added = add_statement(record.connection, document, replace(MISSED, speakers=("Wenna Sool",)))
    assert record.reading(document) == told
    assert list(record.statements(corrected=False)) == rows
    assert [row.speaker for row in record.statements() if row.statement == added] == ["Wenna Sool"]


def test_what_was_put_in_is_still_found_after_a_second_reading_and_once_only_where_that_finds_it(record, document):
    added = add_statement(record.connection, document, MISSED)
    again = replace(to_record(read(LEVY)), reader=NEWER)
    assert [(each.outcome, each.statements) for each in record.add(again)] == [("reread", 2)]
    assert added in found(record, "boat")
    first = replace(again.statements[0], source=(), cue=(), content=(BOAT,))
    newest = replace(again, reader=replace(NEWER, model="other"), statements=(first, *again.statements[1:]))
    record.add(newest)
    assert [(hit.statement, hit.speaker) for hit in record.search("boat")] == [(added, "Ibby Tarrow")]


def test_what_was_put_into_a_copy_is_found_with_the_copies_and_counts_for_nothing(record):
    wire = LEVY + " " + "The boats of the harbour lay still that week, and no one went out to them at all. " * 9
    first, copy = record.add([read(wire), read(wire, url="https://vel.example/wire")])
    added = add_statement(record.connection, copy.document, MISSED)
    assert copy.copy_of == first.document
    assert (added in found(record, "boat"), added in found(record, "boat", copies=True)) == (False, True)


def test_the_views_have_what_was_put_in_and_say_so(record, document):
    added = add_statement(record.connection, document, MISSED)
    (hidden, *_) = (hit.statement for hit in record.search("asked"))
    delete_statement(record.connection, hidden)
    for view, others in (("who_said_what", 3), ("who_said_what_corrected", 2)):
        rows = record.connection.execute(f"SELECT is_added, statement, speaker FROM {view} ORDER BY id").fetchall()
        assert [row for row in rows if row[0]] == [(1, added, "Ibby Tarrow")]
        assert len(rows) == others + 1
    query = "SELECT statement FROM statements_fts JOIN who_said_what ON who_said_what.id = statements_fts.rowid"
    rows = record.connection.execute(f"{query} WHERE statements_fts MATCH 'boat'")
    assert (added,) in rows.fetchall()


def test_what_was_put_into_an_older_record_is_found_once_that_is_opened(record, document, monkeypatch):
    monkeypatch.setattr(annotating, "put_again", lambda *_: None)
    added = add_statement(record.connection, document, MISSED)
    assert added not in found(record, "boat")
    first, *_ = known_steps()
    views = [each for each in split_sql(first.sql) if "CREATE VIEW who_said_what" in each]
    record.connection.executescript(
        "DROP VIEW who_said_what; DROP VIEW who_said_what_corrected;"
        "ALTER TABLE readings DROP COLUMN added_statements; ALTER TABLE readings DROP COLUMN added_entities;"
        f"{''.join(views)}"
    )
    make_older(record.connection, 1)
    with Record.open(record.path, read_only=True) as opened:
        assert added in found(opened, "boat")
        assert opened.corrections()[0].state == "stands"


def test_what_is_put_into_a_report_of_another_table_of_meanings_has_none(record):
    vectors = Vectors(encoder="another", dimensions=3, values=bytes(6))
    document = add_reading(record.connection, read(LEVY, url="https://vel.example/other"), vectors=vectors).document
    assert add_statement(record.connection, document, MISSED) in found(record, "boat", copies=True)
