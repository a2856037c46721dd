"""The box to verify a quotation in: the verdict with its evidence, and the nearest misses."""

from __future__ import annotations

import pytest

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
