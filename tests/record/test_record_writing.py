"""What becomes of a reading: added, skipped, kept as a revision, or put in the place of an older one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import msgspec
import pytest

from handmade import READER, full_reading, invented_reading, read_by_hand
from onrecord.document import Document, Provenance, Span
from onrecord.errors import MissingRecord
from onrecord.reading import Reader, to_json
from onrecord.record import Filters, Record
from onrecord.record.checking import check_record
from onrecord.record.choosing import kept_readings
from onrecord.record.correcting import settle_corrections
from onrecord.record.counting import count_by
from onrecord.record.ids import mark_spans, parse_statement_id
from onrecord.record.lookup import look_up
from onrecord.record.nibbles import pack_vectors
from onrecord.record.reports import OtherTexts, other_texts
from onrecord.record.restoring import read_reading
from onrecord.record.storing import Vectors
from onrecord.record.writing import add_reading, is_known
from people_by_hand import told_of
from strategies import invented_report

NEWER = Reader(version="0.2.0", model="hand")
FIRST = "The levy will go, Mara Ilven said.\n\nNobody had asked the fishers, Teo Brandt claimed."
LONG = FIRST + "\n\n" + invented_report(5, paragraphs=4)
SECOND = "The levy will stay, Mara Ilven said.\n\nNobody had asked the fishers, Teo Brandt claimed."
PAGE = "https://orrin.example/levy"


def _original(connection, row):
    found = connection.execute("SELECT copy_of FROM copies WHERE document_id = ?", (row,)).fetchone()
    return found and found[0]


def said(connection):
    return connection.execute("SELECT speaker, content, standing FROM who_said_what ORDER BY id").fetchall()


def test_a_reading_is_added_once(connection):
    reading = invented_reading(1)
    first, second = add_reading(connection, reading), add_reading(connection, reading)
    assert (first.outcome, first.statements) == ("added", len(reading.statements))
    assert (second.outcome, second.row, second.statements) == ("skipped", first.row, 0)
    assert connection.execute("SELECT count(*) FROM who_said_what").fetchone()[0] == len(reading.statements)


def test_to_write_a_report_looks_through_no_table_of_all_reports(connection):
    """In a record of 100,000, to look for the same bytes cost 15 ms, twice for each report."""
    asked = []
    connection.set_trace_callback(asked.append)
    outcomes = [add_reading(connection, each).outcome for each in _comings_and_goings()]
    connection.set_trace_callback(None)
    assert outcomes == ["added", "revision", "added", "reread", "skipped"]
    planned = {each for each in asked if each.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"))}
    plans = {each: connection.execute(f"EXPLAIN QUERY PLAN {each}").fetchall() for each in planned}
    large = r"SCAN (documents|texts|statements|entities|events|readings|copies|copy_bands|person_profiles|revisions)\b"
    assert [each for each, plan in plans.items() if any(re.match(large, step) for *_, step in plan)] == []


def _comings_and_goings():
    """Yield a report, its revision, an earlier copy of that, a second reading of it, and the same once more."""
    body = invented_report(12, paragraphs=8)
    yield read_by_hand(FIRST, url=PAGE, published="2024-05-01")
    revised = read_by_hand(body, url=PAGE, published="2024-05-03")
    yield revised
    yield read_by_hand(body, url="https://echo.example/levy", published="2024-05-02")
    again = replace(revised, reader=NEWER)
    yield from (again, again)


def test_a_reading_in_the_record_is_known_before_it_is_read_again(connection):
    reading = invented_reading(1)
    assert not is_known(connection, reading.document, READER)
    add_reading(connection, reading)
    assert is_known(connection, reading.document, READER)
    assert not is_known(connection, reading.document, NEWER)


def test_the_same_bytes_under_the_same_address_are_skipped_whatever_text_was_got_from_them(connection):
    raw = Provenance(origin="levy.html", sha256="ab" * 32, method="webpage")
    add_reading(connection, read_by_hand(FIRST, url=PAGE, provenance=raw))
    assert add_reading(connection, read_by_hand(SECOND, url=PAGE, provenance=raw)).outcome == "skipped"


def test_the_same_bytes_read_to_another_text_by_a_newer_reader_are_a_revision(connection):
    raw = Provenance(origin="levy.txt", sha256="ab" * 32, method="plaintext")
    add_reading(connection, read_by_hand(FIRST, provenance=raw))
    assert add_reading(connection, read_by_hand(SECOND, provenance=raw, reader=NEWER)).outcome == "revision"


def test_a_text_leads_to_the_other_texts_of_its_report_also_without_an_address(connection):
    raw = Provenance(origin="levy.txt", sha256="ab" * 32, method="plaintext")
    first = add_reading(connection, read_by_hand(FIRST, provenance=raw)).document
    second = add_reading(connection, read_by_hand(SECOND, provenance=raw, reader=NEWER)).document
    assert other_texts(connection, first) == OtherTexts(current=second, earlier=())
    assert other_texts(connection, second) == OtherTexts(current=None, earlier=(first,))


def test_a_copy_under_a_mirror_of_the_address_is_no_later_text(connection):
    body = " ".join(f"The harbour closes pier {number}." for number in range(12))
    original, copy = (
        add_reading(connection, read_by_hand(body, url=f"https://{host}/piers")).document
        for host in ("orrin.example", "www.orrin.example")
    )
    assert other_texts(connection, original) == other_texts(connection, copy) == OtherTexts(current=None, earlier=())
    revised = add_reading(connection, read_by_hand(SECOND, url="https://orrin.example/piers")).document
    assert {other_texts(connection, each).current for each in (original, copy)} == {revised}
    assert other_texts(connection, revised).earlier == (copy, original)


def test_who_said_what_in_plain_words(connection):
    add_reading(connection, read_by_hand(FIRST, url=PAGE, outlet="Orrin Echo", published="2024-05-02"))
    first, second = FIRST.split("\n\n")
    assert said(connection) == [("Mara Ilven", first, "counts"), ("Teo Brandt", second, "counts")]
    row = connection.execute("SELECT outlet, published, cue, form, zone, confidence FROM who_said_what").fetchone()
    assert row == ("Orrin Echo", "2024-05-02", "said", "indirect", "body", 0.9)


def test_full_text_finds_statements_by_words_phrases_and_prefixes(connection):
    add_reading(connection, read_by_hand(FIRST))
    for query, count in (("levy", 1), ('"had asked"', 1), ("fish*", 1), ("nobody", 1), ("harbour", 0)):
        found = connection.execute("SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?", (query,)).fetchall()
        assert len(found) == count, query
    snippet = connection.execute(
        "SELECT snippet(statements_fts, 0, '[', ']', '…', 4) FROM statements_fts WHERE statements_fts MATCH 'levy'"
    ).fetchone()
    assert snippet == ("The [levy] will go…",)


def test_an_entity_says_what_it_says(connection):
    add_reading(connection, read_by_hand("Mara Ilven said that Teo Brandt was late.\n\nTeo Brandt did not say."))
    for view, expected in (
        ("statement_speakers", [("Mara Ilven", 1), ("Teo Brandt", 2)]),
        ("statement_about", [("Teo Brandt", 1)]),
    ):
        query = f"SELECT name, statement_id FROM {view} JOIN entities ON entities.id = entity_id ORDER BY 2"
        assert connection.execute(query).fetchall() == expected


def test_who_did_what_to_whom_in_plain_words(connection):
    add_reading(connection, full_reading(url=PAGE, outlet="Orrin Echo"))
    rows = connection.execute(
        "SELECT actor, type, mode, recipient, modality, happened, place, country, sentence, claimed_by, outlet,"
        " standing FROM who_did_what ORDER BY id"
    ).fetchall()
    assert rows[0] == (
        "Mara Ilven",
        "ACCUSE",
        "verbal",
        "Teo Brandt",
        "happened",
        "2024-05-01",
        "Belvar",
        "NO",
        "Mara Ilven accused Teo Brandt in Belvar on 1 May.",
        "Mara Ilven",
        "Orrin Echo",
        "counts",
    )
    assert rows[1][:4] == ("Mara Ilven", "RETREAT", None, None)
    for view, expected in (
        ("event_actors", [("Mara Ilven", 1), ("Mara Ilven", 2), ("Teo Brandt", 2)]),
        ("event_recipients", [("Teo Brandt", 1)]),
    ):
        query = f"SELECT name, event_id FROM {view} JOIN entities ON entities.id = entity_id ORDER BY 2, 1"
        assert connection.execute(query).fetchall() == expected


def test_events_go_with_the_reading_that_a_newer_one_replaces(connection):
    add_reading(connection, full_reading(url=PAGE))
    add_reading(connection, replace(full_reading(url=PAGE), reader=NEWER, events=()))
    assert connection.execute("SELECT count(*) FROM who_did_what").fetchone() == (0,)


# ---- revisions


def test_another_text_under_the_same_address_is_a_revision_and_the_later_one_counts(connection):
    before = add_reading(connection, read_by_hand(FIRST, url=PAGE, title="Levy to go"))
    after = add_reading(connection, read_by_hand(SECOND, url=f"{PAGE}?utm_source=feed", title="Levy to stay"))
    assert (after.outcome, after.revises) == ("revision", before.document)
    assert [standing for *_, standing in said(connection)] == ["revised", "revised", "counts", "counts"]
    changes = json.loads(connection.execute("SELECT changes FROM revisions").fetchone()[0])
    assert changes["title"] == ["Levy to go", "Levy to stay"]
    assert (changes["words_added"], changes["words_removed"]) == (1, 1)
    assert [len(changes[f"statements_{what}"]) for what in ("added", "removed")] == [1, 1]
    assert read_reading(connection, before.document).document.text == FIRST


def test_of_two_texts_the_one_published_later_counts_whichever_came_first(connection):
    add_reading(connection, read_by_hand(SECOND, url=PAGE, published="2024-05-03"))
    add_reading(connection, read_by_hand(FIRST, url=PAGE, published="2024-05-02"))
    assert [standing for *_, standing in said(connection)] == ["counts", "counts", "revised", "revised"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024-05-02T10:00:00Z", "2024-05-02"),
        ("2024-05-02", "2024-05"),
        ("2024-05-02T23:00:00+05:00", "2024-05-02T19:00:00Z"),
        (None, "2024-05-02"),
    ],
)
def test_of_two_texts_of_which_none_is_surely_earlier_the_one_added_later_counts(connection, first, second):
    add_reading(connection, read_by_hand(FIRST, url=PAGE, published=first))
    added = add_reading(connection, read_by_hand(SECOND, url=PAGE, published=second))
    counting = connection.execute("SELECT hash FROM documents WHERE is_current").fetchall()
    assert counting == [(added.document,)]


def fetched(text, **metadata):
    """Return the reading of a page that was fetched from its address."""
    raw = Document.from_text(text).provenance
    return read_by_hand(text, url=PAGE, provenance=replace(raw, origin=PAGE, method="webpage"), **metadata)


def at(hour):
    return datetime(2024, 5, 2, hour, tzinfo=UTC)


def test_a_page_that_returns_to_an_earlier_text_has_that_one_count_again(connection):
    page = partial(fetched, published="2024-05-02")
    copy = add_reading(connection, read_by_hand(LONG, url="https://echo.example/levy", published="2024-05-09"))
    first, second = (add_reading(connection, page(text), now=at(hour)) for hour, text in enumerate((LONG, SECOND)))
    assert not is_known(connection, page(LONG).document, READER)
    again = add_reading(connection, page(LONG), now=at(2))
    assert (again.outcome, again.document, again.revises) == ("revision", first.document, second.document)
    assert other_texts(connection, first.document) == OtherTexts(current=None, earlier=(second.document,))
    assert {standing for *_, standing in said(connection)} == {"counts", "copy", "revised"}
    assert _original(connection, copy.row) == first.row
    assert add_reading(connection, page(LONG), now=at(3)).outcome == "skipped"
    assert is_known(connection, page(LONG).document, READER)
    assert add_reading(connection, page(SECOND), now=at(4)).revises == first.document
    assert _original(connection, copy.row) is None
    assert list(check_record(connection)) == []


def test_an_earlier_text_that_a_newer_reader_finds_there_again_counts_at_once(connection):
    first, second = (add_reading(connection, fetched(text), now=at(hour)) for hour, text in enumerate((FIRST, SECOND)))
    again = add_reading(connection, replace(fetched(FIRST), reader=NEWER), now=at(2))
    assert (again.outcome, again.document, again.revises) == ("reread", first.document, second.document)
    assert other_texts(connection, first.document) == OtherTexts(current=None, earlier=(second.document,))
    assert {standing for *_, standing in said(connection)} == {"counts", "revised"}
    assert is_known(connection, fetched(FIRST).document, NEWER)


def test_the_same_file_again_says_nothing_of_the_page(connection):
    texts = [read_by_hand(text, url=PAGE) for text in (FIRST, SECOND)]
    outcomes = [add_reading(connection, each, now=at(hour)).outcome for hour, each in enumerate(texts * 2)]
    assert outcomes == ["added", "revision", "skipped", "skipped"]
    assert other_texts(connection, texts[1].document.id).current is None


def test_a_page_of_an_earlier_day_does_not_count_again(connection):
    for hour, (text, day) in enumerate([(FIRST, "2024-05-02"), (SECOND, "2024-05-03"), (FIRST, "2024-05-02")]):
        outcome = add_reading(connection, fetched(text, published=day), now=at(hour)).outcome
    assert outcome == "skipped"


def test_of_archives_the_text_captured_last_counts_however_often_they_are_added(connection):
    def captured(text, hour):
        return fetched(text, extra={"warc_date": at(hour).isoformat()})

    archives = [captured(FIRST, 1), captured(SECOND, 2), captured(FIRST, 3)]
    outcomes = [add_reading(connection, each).outcome for each in archives * 2]
    assert outcomes == ["added", "revision", "revision", "skipped", "skipped", "skipped"]
    assert other_texts(connection, archives[0].document.id).current is None


def test_reports_without_an_address_revise_nothing(connection):
    for text in (FIRST, SECOND):
        assert add_reading(connection, read_by_hand(text)).outcome == "added"


# ---- reading again


def test_a_newer_reader_takes_the_place_of_the_one_before(connection):
    add_reading(connection, read_by_hand(FIRST, url=PAGE))
    again = read_by_hand(FIRST, url=PAGE, title="Now with a title", reader=NEWER)
    again = replace(again, statements=again.statements[:1])
    added = add_reading(connection, again)
    assert (added.outcome, added.statements, added.adrift) == ("reread", 1, ())
    assert msgspec.json.encode(read_reading(connection, added.document)) == to_json(again)
    assert connection.execute("SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'fishers'").fetchall() == []


def test_a_statement_with_the_same_spans_keeps_its_id_in_a_later_reading(connection):
    add_reading(connection, read_by_hand(FIRST, url=PAGE))
    before = connection.execute("SELECT statement FROM who_said_what").fetchall()
    add_reading(connection, read_by_hand(FIRST, url=PAGE, reader=NEWER))
    assert connection.execute("SELECT statement FROM who_said_what").fetchall() == before
    assert connection.execute("SELECT id FROM who_said_what WHERE statement = ?", before[1]).fetchone() == (2,)


def correct(connection, statement, value="someone else"):
    document, mark = statement.split("-")
    connection.execute(
        "INSERT INTO corrections (document_hash, mark, field, value, before, made_at)"
        " VALUES (?, ?, 'speaker', ?, '{}', '2024-05-03')",
        (document, int(mark, 16), json.dumps({"words": value, "names": [value]})),
    )


def test_corrections_outlive_a_second_reading_and_those_whose_spans_differ_are_adrift(connection):
    first = read_by_hand(FIRST, url=PAGE)
    add_reading(connection, first)
    ids = [row[0] for row in connection.execute("SELECT statement FROM who_said_what ORDER BY id")]
    for statement in ids:
        correct(connection, statement)
    moved = replace(first.statements[1], content=(Span(40, 60),))
    added = add_reading(connection, replace(first, reader=NEWER, statements=(first.statements[0], moved)))
    assert added.adrift == (ids[1],)
    standing = "SELECT standing FROM corrections ORDER BY id"
    assert connection.execute(standing).fetchall() == [("stands",), ("adrift",)]

    add_reading(connection, replace(first, reader=Reader(version="0.3.0", model="hand")))
    assert connection.execute(standing).fetchall() == [("stands",), ("stands",)]
    connection.execute("UPDATE corrections SET standing = 'withdrawn' WHERE id = 1")
    assert settle_corrections(connection, added.document) == ()
    assert connection.execute(standing).fetchall() == [("withdrawn",), ("stands",)]


def test_vectors_are_kept_with_their_encoder(connection):
    reading = invented_reading(5)
    values = bytes(range(2 * len(reading.statements)))
    add_reading(connection, reading, vectors=Vectors(encoder="hand", dimensions=2, values=values))
    row = connection.execute(
        "SELECT name, dimensions, vectors FROM embeddings JOIN encoders ON encoders.id = encoder_id"
    )
    assert row.fetchone() == ("hand", 2, pack_vectors(values, 2))


# ---- ids


@pytest.mark.parametrize("words", ["", "s1", "3f9a1c2b7d8e4f60"])
def test_what_is_no_id_of_a_statement_is_said_to_be_missing(words):
    with pytest.raises(MissingRecord):
        parse_statement_id(words)


def test_two_statements_with_the_same_spans_have_two_ids(connection):
    reading = read_by_hand(FIRST)
    twice = replace(reading.statements[0], id="s3")
    add_reading(connection, replace(reading, statements=(*reading.statements, twice)))
    marks = [row[0] for row in connection.execute("SELECT mark FROM statements ORDER BY id")]
    parts = (reading.statements[0].source, reading.statements[0].cue, reading.statements[0].content)
    assert [marks[0], marks[2]] == [mark_spans(*parts), mark_spans(*parts, occurrence=1)]


# ---- the class


def test_a_record_adds_several_in_one_transaction_and_gives_them_back_by_their_hash(tmp_path):
    readings = [invented_reading(seed) for seed in range(4)]
    with Record.open(tmp_path / "news.db", create=True) as record:
        assert [added.outcome for added in record.add(readings)] == ["added"] * 4
        assert record.add(readings[0])[0].outcome == "skipped"
        found = [msgspec.json.encode(each) for each in record.readings()]
    assert found == [to_json(each) for each in sorted(readings, key=lambda reading: reading.document.id)]


@pytest.mark.parametrize("texts", [(FIRST, SECOND, LONG), (LONG, SECOND, FIRST)])
def test_in_a_record_of_what_another_gives_back_the_same_texts_count(tmp_path, texts):
    """Whatever the order of their hashes: a report that was withdrawn must not stand again."""
    with Record.open(tmp_path / "old.db", create=True) as old, Record.open(tmp_path / "new.db", create=True) as new:
        for text in texts:
            old.add(read_by_hand(text, url=PAGE))
        assert [added.outcome for added in new.add(old.readings())] == ["added", "revision", "revision"]
        with_revised = [kept.reading for kept in kept_readings(old.connection, Filters(copies=True))]
        assert [reading.document.text for reading in with_revised] == list(texts)
        for record in (old, new):
            assert {kept.reading.document.text for kept in kept_readings(record.connection, Filters())} == {texts[-1]}


def test_where_one_reading_of_several_fails_none_is_written(tmp_path):
    broken = replace(invented_reading(2), entities=())
    with Record.open(tmp_path / "news.db", create=True) as record:
        with pytest.raises(Exception, match="names what is no entity"):
            record.add([invented_reading(1), broken])
        assert list(record.readings()) == []


@pytest.mark.parametrize(
    ("query", "look"),
    [
        ("FROM statements", lambda record, document: record.reading(document)),
        ("wanted JOIN statements", lambda record, document: look_up(record.connection, f"{document}-")),
        ("ON s.id = r.first_statement", lambda record, _: count_by(record.connection, "speaker", Filters())),
    ],
)
def test_what_is_read_is_as_of_one_moment_whoever_writes_meanwhile(tmp_path, query, look):
    told = told_of("Mara Ilven")
    with Record.open(tmp_path / "news.db", create=True) as writer, Record.open(tmp_path / "news.db") as record:
        (added,) = writer.add(told)
        before = look(record, added.document)
        outcomes = []

        def write_meanwhile(asked):
            if query in asked and not outcomes:
                outcomes.extend(writer.add(replace(told, statements=(), reader=NEWER)))

        record.connection.set_trace_callback(write_meanwhile)
        assert look(record, added.document) == before
        assert [each.outcome for each in outcomes] == ["reread"]
        assert record.reading(added.document).statements == ()
