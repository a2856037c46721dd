"""Statements that the reading missed, put in by a report's words; and statements that are none, taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import read_by_hand
from onrecord.document import Span
from onrecord.errors import BadChange, BadQuery, MissingRecord
from onrecord.record import By, Missed, Record, Should
from onrecord.record.missed import report_at

LEVY = "The levy will go, Mara Ilven said.\n\nNo boat will pay it, Teo Brandt vowed. The levy will go, he said."
BOAT, SECOND = LEVY.index("No boat"), LEVY.rindex("The levy")
ADDRESS = "https://orrin.example/levy"
BY = By(who="ida", why="missed")
PAYS = Missed(content="No  boat will pay it", source="Teo Brandt", cue="vowed", speaker=["Teo Brandt"])


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        reading = read_by_hand(LEVY, url=ADDRESS, outlet="Orrin Echo", published="2024-05-06")
        record.add(replace(reading, statements=reading.statements[:1]))
        yield record
        assert record.check() == []


@pytest.fixture
def document(record):
    return report_at(record.connection, ADDRESS)


@pytest.fixture
def read(record):
    """The id of the statement that was read."""
    return next(iter(record.statements())).statement


def shown(record):
    return [(row.speaker, row.content) for row in record.statements()]


# ---- put in


def test_a_statement_that_was_missed_is_put_in_found_and_taken_out_again(record, document):
    before = shown(record)
    made = record.put_in(document, replace(PAYS, cue_class="promising"), BY)
    assert (made.field, made.value, made.who, made.why) == ("added", "No boat will pay it", "ida", "missed")
    (hit,) = record.search("boat")
    assert (hit.statement, hit.speaker, hit.source, hit.cue) == (made.statement, "Teo Brandt", "Teo Brandt", "vowed")
    assert hit.cue_class == "promising"
    assert record.undo_correction(made.id).state == "withdrawn"
    assert (shown(record), list(record.search("boat"))) == (before, [])
    assert record.put_in(document, PAYS).statement == made.statement


def test_a_report_is_named_by_its_id_a_statement_of_it_or_its_address(record, document, read):
    pieces = ("No boat", "will", "pay", "it, Teo")
    names = (document[:8], read, ADDRESS, "http://www.orrin.example/levy/?utm_source=feed")
    for name, words in zip(names, pieces, strict=True):
        assert record.put_in(name, Missed(content_spans=spans(words))).statement.startswith(document)
    with pytest.raises(MissingRecord):
        record.put_in("https://quy.example/", PAYS)
    with pytest.raises((MissingRecord, BadQuery)):
        record.put_in("", PAYS)


def spans(words):
    start = LEVY.index(words)
    return [Span(start, start + len(words))]


def test_words_that_stand_twice_are_chosen_by_their_span(record, document):
    with pytest.raises(BadChange, match="is in several places"):
        record.put_in(document, Missed(content="The levy will go", source="he"))
    missed = Missed(content_spans=[Span(SECOND, SECOND + 16)], source="he", cue="said")
    record.put_in(document, missed)
    (*_, row) = record.statements()
    assert (row.content, row.source, row.cue, row.speaker) == ("The levy will go", "he", "said", None)


def test_source_and_cue_may_be_given_by_their_spans(record, document):
    missed = Missed(content="pay it", source_spans=spans("Teo"), cue_spans=spans("vowed"))
    record.put_in(document, missed)
    assert [(row.source, row.cue) for row in record.statements()][-1] == ("Teo", "vowed")


def test_several_speakers_in_one_text_or_in_several(record, document):
    record.put_in(document, replace(PAYS, speaker=["Ada Quill; Teo  Brandt;", "Ida Sool"]))
    assert shown(record)[-1][0] == "Ada Quill, Teo Brandt, Ida Sool"


@pytest.mark.parametrize(
    ("missed", "line"),
    [
        (Missed(), "a statement has a content"),
        (Missed(content=" "), "no words"),
        (Missed(content="No quay"), "'No quay': is not in the report"),
        (Missed(content="No boat", cue="warned"), "'warned': is not in the report"),
        (Missed(content_spans=[Span(1, 9), Span(4, 12)]), "4-12: two pieces overlap"),
        (Missed(content="No boat … No boat will"), "two pieces overlap"),
        (Missed(content="No boat", source_spans=[Span(1, 9), Span(4, 12)]), "4-12: two pieces overlap"),
        (Missed(content_spans=[Span(5, 999)]), "5-999: outside the report"),
        (Missed(content_spans=[Span(9, 5)]), "9-5: outside the report"),
        (Missed(content="No boat", speaker=["Ada", " ;"]), "a speaker without a name; give the name, or nobody at all"),
    ],
)
def test_what_the_report_does_not_have_is_refused_and_nothing_is_put_in(record, document, missed, line):
    with pytest.raises(BadChange) as caught:
        record.put_in(document, missed)
    assert line in str(caught.value)
    assert record.corrections() == []


# ---- taken away


def test_a_statement_that_is_none_is_taken_away_until_that_is_undone(record, read):
    before = shown(record)
    made = record.take_away(read, BY)
    ((_, words),) = before
    assert (made.field, made.statement, made.before, made.value, made.who) == ("deleted", read, words, None, "ida")
    assert (shown(record), list(record.search(words))) == ([], [])
    record.undo_correction(made.id)
    assert shown(record) == before


def test_what_was_taken_away_is_not_taken_away_twice(record, read):
    made = record.take_away(read)
    with pytest.raises(BadChange, match="somebody has said before that it is none"):
        record.take_away(read)
    record.undo_correction(made.id)
    assert record.take_away(read).state == "stands"


def test_what_was_put_in_is_taken_out_with_the_corrections_of_it(record, document):
    made = record.put_in(document, PAYS)
    record.correct(made.statement, Should(cue_class="promising"))
    withdrawn = record.take_away(made.statement)
    assert (withdrawn.id, withdrawn.field, withdrawn.state) == (made.id, "added", "withdrawn")
    assert {each.state for each in record.corrections()} == {"withdrawn"}
    with pytest.raises(MissingRecord):
        record.take_away(made.statement)


# ---- where a report is


def test_of_a_report_and_its_copy_under_a_mirror_of_the_address_the_one_that_counts_is_named(record):
    piers = "The piers were counted. " + " ".join(f"Pier {number} closed in the winter." for number in range(12))
    original, copy = (f"https://{host}/piers" for host in ("quy.example", "m.quy.example"))
    record.add(read_by_hand(piers, url=url, published="2024-05-07") for url in (original, copy))
    for named in (original, copy):
        made = record.put_in(named, Missed(content="The piers were counted"))
        assert {hit.statement for hit in record.search('"piers were counted"')} >= {made.statement}
        record.undo_correction(made.id)


def test_the_report_under_an_address_is_the_text_that_stands_there_now(record, document):
    assert report_at(record.connection, f"{ADDRESS}?utm_source=feed") == document
    (revised,) = record.add(read_by_hand(f"Corrected. {LEVY}", url=ADDRESS))
    assert report_at(record.connection, ADDRESS) == revised.document
    with pytest.raises(MissingRecord, match="no report of the record has this address; add it first"):
        report_at(record.connection, "https://quy.example/levy")
