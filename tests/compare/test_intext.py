"""Whether a report's text has a quotation that no statement read in it has."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from handmade import read_by_hand
from onrecord.cli import main
from onrecord.compare.intext import find_in
from onrecord.compare.verifying import Asked, verify
from onrecord.document import Span
from onrecord.record import Missed, Record, wholetexts

FELL = "nobody looked, and the big eastern pier fell into the sea with all of the boats on it"
PIER = f"“Year after year {FELL},” Mara Ilven said."
TOLL = "The ferries stay away.\n\nOn the board at the quay: “No boat will, until the winter, pay the new toll here.”"


def only(reading, *contents):
    """Return a reading of which the reader has found these contents alone."""
    text, (statement, *_) = reading.document.text, reading.statements
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in contents]
    return replace(
        reading, statements=tuple(replace(statement, id=f"s{n}", content=(span,)) for n, span in enumerate(spans, 1))
    )


@pytest.fixture
def path(tmp_path):
    """A record of two reports: of one's quotation the reader missed the beginning, in the other it found nothing."""
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add(only(read_by_hand(PIER, url="https://orrin.example/pier", published="2024-05-01"), FELL))
        record.add(
            only(read_by_hand(TOLL, url="https://vel.example/toll", outlet="Vel Courier", published="2024-05-02"))
        )
    return path


@pytest.fixture
def record(path):
    with Record.open(path) as record:
        yield record


def told(record, words, **claim):
    return verify(record, Asked(words=words, **claim))


@pytest.mark.parametrize(
    ("quotation", "verdict", "how"),
    [
        (f"Year after year {FELL}", "altered", ["whole"]),
        (f"Year after year {FELL.replace('eastern ', '')}", "altered", ["with gaps"]),
        (f"Month by month {FELL}", "altered", []),
        (FELL, "verbatim", []),
        ("until the winter, pay the new toll", "not in this record", ["whole"]),
        ("No boat will pay the new toll here", "not in this record", ["with gaps"]),
        ("No boat will ever pay a toll on the quay", "not in this record", []),
        ("on the board", "not in this record", []),
        ("will it", "not in this record", []),
    ],
)
def test_a_text_is_told_of_where_no_statement_has_all_of_the_words(record, quotation, verdict, how):
    answer = told(record, quotation)
    assert answer.verdict == verdict
    assert [each.how for each in answer.in_text] == how


def test_it_is_told_where_the_words_stand(record):
    (found,) = told(record, "No boat will pay the new toll here").in_text
    assert [span.of(TOLL) for span in found.citation.content] == ["No boat will", "pay the new toll here"]
    assert found.words == "No boat will … pay the new toll here"
    assert (found.citation.outlet, found.citation.statement, found.standing) == ("Vel Courier", None, "counts")
    assert found.citation.link.startswith("https://vel.example/toll#:~:text=")


def test_a_verdict_and_its_code_stay_what_they_are(record):
    answer = told(record, "until the winter, pay the new toll")
    assert (answer.verdict, answer.code, answer.sources) == ("not in this record", 18, ())


def test_a_text_of_other_days_is_not_told_of(record):
    words = "until the winter, pay the new toll"
    assert told(record, words, after="2024-05-03").in_text == ()
    assert told(record, words, before="2024-05-01").in_text == ()
    assert told(record, words, after="2024-05-02", before="2024-05").in_text != ()


def test_a_quotation_may_go_on_in_the_next_paragraph(record):
    (found,) = told(record, "The ferries stay away on the board at the quay").in_text
    assert found.words == "The ferries stay away.\n\nOn the board at the quay"


def test_a_report_that_counts_is_told_of_before_one_that_was_revised(record):
    later = read_by_hand(f"Corrected. {TOLL}", url="https://vel.example/toll", published="2024-05-03")
    record.add(only(later))
    found = told(record, "until the winter, pay the new toll").in_text
    assert [each.standing for each in found] == ["counts", "revised"]


def test_in_a_larger_record_the_reports_of_near_statements_are_looked_into(record, monkeypatch):
    monkeypatch.setattr(wholetexts, "LOOKED_THROUGH", 1)
    assert told(record, f"Year after year {FELL}").in_text != ()
    assert told(record, "until the winter, pay the new toll").in_text == ()


def test_what_somebody_put_in_is_a_statement_and_no_text_is_told_of_then(record):
    (found,) = told(record, "pay the new toll here").in_text
    record.put_in(found.citation.document, Missed(content="pay the new toll here"))
    answer = told(record, "pay the new toll here")
    assert (answer.verdict, answer.in_text) == ("verbatim", ())


@pytest.mark.parametrize(
    ("words", "text", "how"),
    [
        ("we don't pay the toll", "So we do not pay\nthe toll.", "whole"),
        ("the TOLL stays", "“The toll … stays”", "whole"),
        ("the toll stays", "They atoll the tollstays", None),
        ("tolls, tolls and more tolls", "tolls! tolls. tolls, tolls and more tolls", "whole"),
        ("…", "the toll", None),
        ("of it is on", "of it is on", None),
        ("the toll", "", None),
    ],
)
def test_words_are_compared_as_those_of_statements_are(words, text, how):
    found = find_in(words, text)
    assert (found and found.how) == how


def test_a_long_text_takes_time_by_its_length():
    text = f"{'the toll stays, ' * 50_000}and goes"
    assert find_in("the toll stays, and goes away", text) is None


# ---- the command line ----------------------------------------------------------------------------------------


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(each) for each in arguments], **options)


def test_the_command_tells_the_same_on_a_terminal_as_json_and_in_a_table(path, tmp_path):
    words = "until the winter, pay the new toll"
    shown = run("verify", words, "--in", path)
    assert shown.exit_code == 18
    assert "But the text of a report has the words; no statement that was read in it does:" in shown.stdout
    assert "    text     until the winter, pay the new toll\n    in       Vel Courier · 2024-05-02" in shown.stdout
    (found,) = json.loads(run("verify", words, "--in", path, "--json").stdout)["in_text"]
    (place,) = found["citation"]["content"]
    assert (found["how"], TOLL[place[0] : place[1]]) == ("whole", words)
    table = tmp_path / "asked.csv"
    table.write_text(f'words\n"{words}"\n"{FELL}"\n', "utf-8")
    printed = run("verify", "--csv", table, "--in", path).stdout
    assert run("verify", "--csv", "-", "--in", path, input=table.read_bytes()).stdout == printed
    first, second = csv.DictReader(io.StringIO(printed))
    assert (first["in_text"], first["in_text_link"]) == ("whole", found["citation"]["link"])
    assert (second["in_text"], second["in_text_link"]) == ("", "")
