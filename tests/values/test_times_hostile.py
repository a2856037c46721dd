"""NO1 and NO2 of the reliability rows: any text has times with spans, in linear time."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock import grows_at_most, takes_at_most
from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.values.dating import as_iso
from onrecord.values.times import read_times
from onrecord.values.timewords import LEXICON

ODD = (
    *("2024-02-30", "0000-00-00", "9999-12-31", "23:59:60", "99:99", "24:00", "1/1/0000", "31/31/2020", "2016-99-99"),
    *("٢٠٢٤", "9" * 5_000, "1," * 50, "'08", "2015-16", "1999-98", "999,999", "0.5", "9/11", "00s", "0th", "31st"),
    *("p.m.", "a.m", "ET", "o'clock", "1990s", "\u202e", "e\u0301", "\0", "½", "Feb.", "Christmas", "Labor Day"),
)
WORDS = st.sampled_from((*LEXICON, *(word.title() for word in LEXICON), *ODD))
PIECES = st.one_of(WORDS, WORDS, st.text(max_size=4), st.integers(0, 10_000).map(str))
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(("", " ", " ", " ", "-", "\n"))), max_size=14).map(
    lambda pieces: "".join(piece + glue for piece, glue in pieces)
)
PUBLISHED = st.sampled_from(
    (None, "2024-05-03", "0001-01-01", "9999-12-31", "2024-02-29", "2024-05-03T10:00:00Z", "2024-13-01", "soon", "")
)


@pytest.mark.timed
@settings(max_examples=500)
@given(TEXTS, PUBLISHED)
def test_any_text_has_times_with_a_span_and_a_value_or_a_reason(text, published):
    _check(text, published)


@pytest.mark.timed
def test_20_000_texts_of_times_and_odd_things():
    """NO1 at its scale; seeded, as hypothesis takes ten times as long to think of a text as the reading of it."""
    chance = random.Random(4)
    words = (*LEXICON, *(word.title() for word in LEXICON), *ODD)
    dates = (None, "2024-05-03", "0001-01-01", "9999-12-31", "2024-02-29", "2024-05-03T10:00:00Z", "soon")
    for _ in range(20_000):
        glue = chance.choice((" ", " ", "", "-", "\n"))
        _check(glue.join(chance.choices(words, k=chance.randint(1, 8))), chance.choice(dates))


def _check(text, published):
    began = time.process_time()
    times = read_times(text, find_paragraphs(text), published)
    if time.process_time() - began > 0.05:  # a garbage collection of the whole test run takes longer: again, then
        assert takes_at_most(0.05, lambda: read_times(text, find_paragraphs(text), published))
    for each in times:
        assert 0 <= each.span.start < each.span.end <= len(text)
        assert each.span.of(text).strip()
        assert (each.value is None) == (each.open is not None)
        assert each.value is None or len(each.value) < 60
    assert all(before.span.end <= after.span.start for before, after in pairwise(times))


PIECES_REPEATED = (
    *("May ", "1,", "1", "9" * 40 + " ", "the end of ", "Monday ", "www.", "<", "<a ", "a.m.", "2 ", "'s", "@", "two-"),
    *("the last ", "2016-", "1/1/", "2:30 ", "since the ", "the war began ", "next ", "a a a ", "'9", "٣", "every "),
    *("- ", "\t", "x", "'", "http://", "the first week of ", "in the ", "late ", "from 2 to ", "two days after "),
    *("1.", "1:", "May 2 - ", "Monday to ", "christmas ", "new year's ", "\u200b", "é"),
)


@pytest.mark.timed
@pytest.mark.parametrize("piece", PIECES_REPEATED)
def test_100_kb_of_anything_cost_under_a_second(piece):
    """NO2: at most 1 s for 100 kB, and at most 2.5 times as much when the length doubles."""

    def reading(size):
        text = (piece * size)[:size]
        return lambda: read_times(text, [Span(0, size)], "2024-05-03")

    assert takes_at_most(1, reading(100_000))
    assert grows_at_most(2.5, reading(50_000), reading(100_000), noise=0.2)


@given(st.text(alphabet="0123456789-/WQHTPXSUFAE:.", max_size=24))
def test_any_value_is_iso_8601_or_none(value):
    written = as_iso(value)
    assert written is None or set(written) <= set("0123456789-/:T")
