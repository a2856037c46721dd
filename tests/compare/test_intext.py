"""Whether a report's text has a quotation of which the statement read in it has only a part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import read_by_hand
from onrecord.compare.intext import stands_in_text
from onrecord.compare.verifying import Asked, verify
from onrecord.document import Span
from onrecord.record import Record

FELL = "nobody looked, and the big eastern pier fell into the sea with all of the boats on it"
TEXT = f"“Year after year {FELL},” Mara Ilven said."


@pytest.fixture
def record(tmp_path):
    """A record of one report, of whose quotation the reader missed the beginning."""
    reading = read_by_hand(TEXT, url="https://orrin.example/pier", published="2024-05-01")
    (statement,) = reading.statements
    begin = TEXT.index(FELL)
    short = replace(statement, content=(Span(begin, begin + len(FELL)),))
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add([replace(reading, statements=(short,))])
        yield record


@pytest.mark.parametrize(
    ("quotation", "verdict", "found"),
    [
        (f"Year after year {FELL}", "altered", "whole"),
        (f"Year after year {FELL.replace('eastern ', '')}", "altered", "with gaps"),
        (f"Month by month {FELL}", "altered", None),
        (FELL, "verbatim", None),
    ],
)
def test_the_text_is_looked_into_where_the_statement_has_only_a_part(record, quotation, verdict, found):
    answer = verify(record, Asked(words=quotation))
    assert answer.verdict == verdict
    assert stands_in_text(record, quotation, answer.sources[0]) == found


def test_what_is_not_the_quotation_is_not_looked_up(record):
    answer = verify(record, Asked(words="the big eastern pier burnt down in July after all"))
    assert [stands_in_text(record, answer.asked.words, each) for each in answer.misses] == [None] * len(answer.misses)
