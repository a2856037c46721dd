from __future__ import annotations

import pytest
from hypothesis import given, settings

from checks_by_hand import checks_of, lay_out
from clock import takes_at_most
from handmade import readings
from onrecord.checks.finding import find_checks
from onrecord.document import Document, Zone
from onrecord.reading import Reading


def test_checks_come_in_the_order_of_the_text_and_say_how_they_may_be_wrong():
    report = lay_out(
        "Inspectors closed 26 mills.\n\n“We will close the harbour, Ilven said. The council met.",
        headline="Inspectors close 53 mills",
        caption="Minister Teo Brandt opens a dairy exhibition beside breeders.",
        people=["Mara Ilven", "Teo Brandt"],
        said=[("Ilven", "said", "“We will close the harbour,")],
    )
    found = checks_of(report)
    assert [check.kind for check in found] == ["number-differs", "caption-off-story", "quotation-mark"]
    assert all(check.unknown and check.message.endswith(".") for check in found)


def test_a_report_that_agrees_with_itself_has_none():
    assert checks_of(lay_out("Inspectors closed 26 mills.", headline="Inspectors close 26 mills")) == ()


def test_nothing_is_found_in_nothing():
    assert find_checks(Document.from_text(""), (), (), (), ()) == ()


@settings(max_examples=60, deadline=None)
@given(readings())
def test_whatever_was_read_every_span_lies_in_the_text_and_the_answer_is_the_same_twice(reading: Reading):
    found = check_all(reading)
    size = len(reading.document.text)
    assert all(0 <= span.start <= span.end <= size for check in found for span in (check.span, *check.evidence))
    assert found == check_all(reading)


@pytest.mark.timed
def test_a_hundred_thousand_characters_of_marks_numbers_and_headlines_take_a_moment():
    for piece in ("“1,2 ", "Motel 6 ", "July 4, ", "not a “harbour "):
        text = f"“the the the” 7 mills {piece * 40}\n\n" + piece * (100_000 // len(piece))
        head = text.index("\n\n")
        zones = (Zone(kind="headline", start=0, end=head), Zone(kind="body", start=head + 2, end=len(text)))
        document = Document.from_text(text, zones=zones)
        assert takes_at_most(2, lambda: find_checks(document, (), (), (), ())), piece  # noqa: B023 - called at once


def check_all(reading: Reading):
    return find_checks(reading.document, reading.statements, reading.entities, reading.times, reading.amounts)
