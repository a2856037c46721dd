from __future__ import annotations

from checks_by_hand import checks_of, lay_out, told

PEOPLE = ("Mara Ilven",)


def test_an_unclosed_mark_that_swallows_a_reporting_clause_is_told():
    body = "“We will close the harbour, Ilven said. The council met on Monday.\n\nThe ferry goes on."
    report = lay_out(body, people=PEOPLE, said=[("Ilven", "said", "“We will close the harbour,")])
    [check] = checks_of(report)
    assert told([check], report) == [("quotation-mark", "“", ["Ilven said"])]
    assert check.severity == "notice"


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_none():
    body = "“We will close the harbour, Ilven said once. It is old.\n\n“And we will open another,” Ilven said."
    assert checks_of(lay_out(body, people=PEOPLE, said=[("Ilven", "said", "“We will close the harbour,")])) == ()


def test_a_mark_with_nothing_of_the_reporter_behind_it_is_none():
    body = "Ilven said: “We will close the harbour.\n\nThe ferry goes on."
    assert checks_of(lay_out(body, people=PEOPLE, said=[("Ilven", "said", "“We will close the harbour.")])) == ()
