"""Whatever a reading holds comes back from the record byte for byte (reliability row ST4)."""

from __future__ import annotations

import os
from dataclasses import replace

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from handmade import full_reading, invented_reading, read_by_hand, readings
from onrecord.document import Document, Span
from onrecord.errors import UnstorableReading
from onrecord.reading import Check, Place, from_json, to_json, to_record
from onrecord.record.checking import check_record
from onrecord.record.opening import open_record
from onrecord.record.packing import Terms, words_of
from onrecord.record.restoring import read_reading
from onrecord.record.writing import add_reading

EXAMPLES = 10_000 if os.environ.get("ONRECORD_FULL") == "1" else 100


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    connection = open_record(tmp_path_factory.mktemp("values") / "news.db", create=True)
    yield connection
    assert list(check_record(connection)) == []
    connection.close()


@given(readings())
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_any_reading_comes_back_byte_for_byte(connection, reading):
    connection.execute("BEGIN")
    try:
        row = add_reading(connection, reading).row
        assert msgspec.json.encode(read_reading(connection, reading.document.id)) == to_json(reading)
        text = reading.document.text.replace("\0", "\ufffd")
        found = connection.execute(
            "SELECT words.source, words.cue, words.content FROM statement_words AS words JOIN statements USING (id)"
            " WHERE document_id = ? ORDER BY id",
            (row,),
        ).fetchall()
        spans = [(each.source, each.cue, each.content) for each in reading.statements]
        assert found == [tuple(words_of(text, part) for part in parts) for parts in spans]
    finally:
        connection.execute("ROLLBACK")


def test_a_reading_that_came_as_json_is_stored_too(connection):
    reading = invented_reading(1)
    add_reading(connection, from_json(to_json(reading)))
    assert msgspec.json.encode(read_reading(connection, reading.document.id)) == to_json(reading)


def test_checks_come_back(connection):
    check = Check(
        kind="caption-off-story",
        severity="warning",
        span=Span(0, 6),
        message="nobody of it is named elsewhere",
        evidence=(Span(7, 13),),
        unknown="whether the picture shows what it says",
    )
    reading = replace(to_record(invented_reading(2)), checks=(check,))
    add_reading(connection, reading)
    assert read_reading(connection, reading.document.id) == reading


def test_events_times_and_amounts_come_back_as_what_they_are(connection):
    reading = full_reading(url="https://orrin.example/full")
    add_reading(connection, reading)
    found = read_reading(connection, reading.document.id)
    assert (found.events, found.times, found.amounts) == (reading.events, reading.times, reading.amounts)
    assert found == to_record(reading)


def test_lone_surrogates_of_the_text_come_back_and_those_of_other_fields_are_replaced(connection):
    reading = read_by_hand("She said \ud800 no.\0 \udfff", title="Title \ud800", url="https://orrin.example/\udc00")
    add_reading(connection, reading)
    found = read_reading(connection, reading.document.id)
    assert found.document.text == reading.document.text
    assert found.document.title == "Title \ufffd"


@pytest.mark.parametrize("size", [511, 512, 513, 1024, 5000])
def test_words_are_cut_right_where_pieces_of_the_text_meet(connection, size):
    text = "".join(chr(0x4E00 + number % 500) for number in range(size)) + "\nend"
    reading = read_by_hand(text, url=f"https://orrin.example/{size}")
    row = add_reading(connection, reading).row
    words = connection.execute(
        "SELECT words.content FROM statement_words AS words JOIN statements USING (id) WHERE document_id = ?", (row,)
    )
    assert [word for (word,) in words] == [text[:size], "end"]
    assert connection.execute("SELECT text FROM reports WHERE id = ?", (row,)).fetchone()[0] == text


def test_a_span_outside_the_text_is_refused_and_nothing_is_written(connection):
    reading = invented_reading(3)
    broken = replace(reading, document=replace(Document.from_text("short"), url="https://orrin.example/short"))
    before = connection.execute("SELECT count(*) FROM documents").fetchone()
    with pytest.raises(UnstorableReading, match="outside the text of 5 characters"):
        add_reading(connection, broken)
    assert connection.execute("SELECT count(*) FROM documents").fetchone() == before


def test_a_speaker_that_is_no_entity_is_refused(connection):
    reading = invented_reading(4)
    with pytest.raises(UnstorableReading, match="speakers of s"):
        add_reading(connection, replace(reading, entities=()))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"events": ("actors", ("e9",))}, "actors of v1 names what is no entity"),
        ({"events": ("claimed_in", "s9")}, "claimed in s9, which is no statement"),
        ({"amounts": ("claimed_in", "s9")}, "claimed in s9, which is no statement"),
        ({"events": ("trigger", Span(0, 9_999))}, "span 0-9999 lies outside"),
        ({"events": ("where", Place(name="Belvar", span=Span(0, 9_999)))}, "span 0-9999 lies outside"),
        ({"times": ("span", Span(0, 9_999))}, "span 0-9999 lies outside"),
        ({"amounts": ("of", Span(0, 9_999))}, "span 0-9999 lies outside"),
        ({"checks": ("evidence", (Span(0, 9_999),))}, "span 0-9999 lies outside"),
    ],
)
def test_what_names_nothing_of_its_reading_is_refused(connection, broken, message):
    reading = full_reading(url="https://orrin.example/broken")
    [(part, (field, value))] = broken.items()
    first, *others = getattr(reading, part)
    with pytest.raises(UnstorableReading, match=message):
        add_reading(connection, replace(reading, **{part: (replace(first, **{field: value}), *others)}))


def test_a_word_that_another_has_added_meanwhile_is_known(connection):
    terms = Terms(connection)
    number = Terms(connection).number("a word of tomorrow")
    assert terms.word(number) == "a word of tomorrow"
