"""The box to verify a quotation in: the verdict with its evidence, and the nearest misses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from handmade import read_by_hand
from onrecord.compare.verifying import verify
from onrecord.document import Span
from onrecord.record import Record
from onrecord.web import verifying
from onrecord.web.app import create_app
from page_parts import Page

CLIPPED = "The levy on moorings is dead, and will not come back"


def asked(reader, quotation, **claims):
    return Page(reader.get("/verify", params={"quotation": quotation, **claims}))


@pytest.mark.parametrize(
    ("quotation", "claims", "verdict"),
    [
        ("The levy on moorings is dead, and it will not come back as long as I sit here", {}, "Verbatim"),
        (CLIPPED, {}, "Clipped"),
        ("nobody would lose a berth this winter", {"speaker": "Teo Brandt"}, "Said by somebody else"),
        ("nobody would lose a berth this winter", {"before": "2024-05-01"}, "At another time"),
        ("We have never eaten so much cheese", {}, "Not in this record"),
    ],
)
def test_a_verdict_stands_over_its_evidence(reader, quotation, claims, verdict):
    assert f"{verdict} " in asked(reader, quotation, **claims).words


def test_what_a_quotation_leaves_out_is_underlined(reader):
    text = reader.get("/verify", params={"quotation": CLIPPED}).text
    assert "<ins>as long as I sit here</ins>" in text


def test_it_says_what_was_searched_and_where_it_stood_first(reader):
    words = asked(reader, CLIPPED).words
    assert "2 reports have it, copies not counted; the first in print was Orrin Echo, Monday 6 May 2024." in words
    assert "Searched: 12 statements of 5 reports of 4 outlets" in words
    assert "Nearest misses" in words


def test_a_nearest_miss_says_what_became_of_the_words_there(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        for number, words in enumerate(("The old pier will close in May", "The old pier will close"), 1):
            record.add([read_by_hand(f"{words}, Mara Ilven said.", url=f"https://orrin.example/{number}")])
    with TestClient(create_app(tmp_path / "news.db")) as reader:
        words = asked(reader, "The old pier will close, Mara Ilven said", speaker="Teo Brandt").words
    assert "clipped · reported" in words.partition("Nearest misses")[2]


def test_beside_verbatim_words_stands_where_they_are_not_the_same_and_whose_else_they_are(tmp_path):
    pier = "The old pier will close, Mara Ilven said"
    with Record.open(tmp_path / "news.db", create=True) as record:
        for number, words in enumerate((pier, f"{pier}, unless the board mends it"), 1):
            record.add([read_by_hand(f"{words}.", url=f"https://o{number}.example/pier", outlet=f"Outlet {number}")])
    with TestClient(create_app(tmp_path / "news.db")) as reader:
        page = reader.get("/verify", params={"quotation": pier}).text
    verdict, _, beside = page.partition('<h2 id="misses">Elsewhere not the same')
    assert "But elsewhere they are not the same" in verdict
    assert "<ins>unless the board mends it</ins>" in beside


def test_what_only_a_revised_text_has_is_called_so(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        for words in ("The old pier will close in May, Mara Ilven said.", "It stays as it is."):
            record.add([read_by_hand(words, url="https://orrin.example/pier", published="2024-05-01")])
    with TestClient(create_app(tmp_path / "news.db")) as reader:
        words = asked(reader, "The old pier will close in May").words
    assert "No report has it as it stands now: what had it was revised; the first in print" in words
    assert "Searched: 1 statement of 1 report" in words
    assert "of 1 outlet, on Wednesday 1 May 2024." in words


def test_it_says_where_the_text_has_what_the_reader_missed(tmp_path):
    fell = "nobody looked, and the big eastern pier fell into the sea with all of the boats on it"
    told = read_by_hand(f"“Year after year {fell},” Mara Ilven said.", url="https://orrin.example/pier")
    (statement,) = told.statements
    begin = told.document.text.index(fell)
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add([replace(told, statements=(replace(statement, content=(Span(begin, begin + len(fell)),)),))])
    with TestClient(create_app(tmp_path / "news.db")) as reader:
        words = asked(reader, f"Year after year {fell}").words
        assert "But the text of a report has the words as you have them" in words
        assert "the reader took only some of them for the statement" in words
        assert "But the text" not in asked(reader, f"Month by month {fell}").words


def test_it_says_where_the_text_has_what_no_statement_has(tmp_path):
    text = "The ferries stay away.\n\nOn the board at the quay: no boat will, until winter, pay the toll here."
    told = read_by_hand(text, url="https://vel.example/toll", outlet="Vel Courier", published="2024-05-02")
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(replace(told, statements=told.statements[:1]))
    with TestClient(create_app(tmp_path / "news.db")) as reader:
        page = asked(reader, "no boat will, until winter, pay the toll here")
        assert "Not in this record" in page.words
        assert (
            "But the text of a report has the words as you have them: no statement was read in it that does"
            in page.words
        )
        assert (
            "no boat will, until winter, pay the toll here as you have them Vel Courier · Thursday 2 May 2024"
            in page.words
        )
        assert f"/report/{told.document.id}" in page.links
        gaps = asked(reader, "no boat will pay the toll here").words
        assert "no boat will … pay the toll here all of the words in this order, others between them" in gaps


def test_what_is_not_found_is_not_called_false(reader):
    page = asked(reader, "We have never eaten so much cheese", speaker="Mara Ilven")
    assert "What is not here may have been said elsewhere." in page.words
    assert "/verify?quotation=We+have+never+eaten+so+much+cheese" in page.links


@pytest.mark.parametrize(
    ("given", "problem"),
    [({"quotation": "levy"}, "one word is no quotation"), ({"quotation": "the levy", "after": "May"}, "no day")],
)
def test_what_can_not_be_asked_is_told_beside_what_was_typed(reader, given, problem):
    answer = reader.get("/verify", params=given)
    assert answer.status_code == 400
    assert problem in Page(answer).words
    assert given["quotation"] in answer.text


def test_nothing_asked_says_what_it_is_for(reader):
    assert "Paste what somebody is said to have said" in Page(reader.get("/verify")).words


def test_each_statement_that_a_quotation_was_put_together_from_is_shown(reader, monkeypatch):
    def put_together(record, asked):
        verdict = verify(record, asked)
        first, second, third = record.search(limit=3)
        pieced = replace(verdict.sources[0], hit=first, joined=second, pieces=(first, second, third), missing=())
        return replace(verdict, sources=(pieced,))

    monkeypatch.setattr(verifying, "verify", put_together)
    text = reader.get("/verify", params={"quotation": CLIPPED}).text
    assert text.count("and, from the same quotation:") == 2


def test_a_paraphrase_is_not_said_to_have_a_share_of_the_words(reader, monkeypatch):
    def meant(record, asked):
        verdict = verify(record, asked)
        return replace(verdict, sources=(replace(verdict.sources[0], grade="paraphrase", score=0.71, missing=()),))

    monkeypatch.setattr(verifying, "verify", meant)
    words = asked(reader, CLIPPED).words
    assert "71 % sure it says the same" in words
    assert "71 % of the words" not in words
