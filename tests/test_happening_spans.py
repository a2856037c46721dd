"""Every span of events, times and amounts is the words that are shown, whatever characters stand among them.

The network guesses (``RandomScorer``): what holds for its events holds for any weights.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Span
from onrecord.exports.events_json import event_rows
from onrecord.exports.timeline import Timeline
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.pipeline import read
from onrecord.reading import from_json
from onrecord.reading import to_json as reading_to_json
from onrecord.settings import Settings
from onrecord.values.amounts import read_amounts
from onrecord.values.times import read_times
from strategies import hostile_texts

ONE_THREAD = Settings(threads=1)
TELLING = (
    "Norlund bombed the port of Amary on Thursday, killing at least 12 people.",
    "Police detained three editors in Sel on 1 May 2024 at 14:30, Teo Brandt said.",
    "“We will expel them next week,” Mara Ilven told reporters in late February.",
    "Estava accused Norlund of shelling a village, and threatened to cut off aid of $1.2bn.",
    "The rebels freed 40 aid workers after the two sides met in 2023.",
    "about 3.5 per cent of the 20 million euros",
    "between 3 and 5 million crowns a year",
    "on Monday",
)
ODD = (
    "👩‍👩‍👧",
    "🇳🇴",
    "e\u0301",
    "n\u0303\u0327",
    "\r\n",
    "\r\n\r\n",
    "\u202e",
    "قال ",
    "אמר",
    "\u200b",
    "\ufeff",
    "𝔖",
    "한국말",
    "٣",
)


def telling_texts():
    """Texts that tell of events, times and amounts, with characters that break offsets before, between and inside."""
    telling = st.sampled_from(TELLING)
    cut = st.tuples(telling, st.integers(0, 70), st.sampled_from(ODD)).map(
        lambda it: it[0][: it[1]] + it[2] + it[0][it[1] :]
    )
    piece = st.one_of(telling, cut, st.sampled_from(ODD), hostile_texts(max_pieces=3))
    glued = st.tuples(piece, st.sampled_from((" ", " ", "\n\n", "\r\n\r\n", "")))
    return st.lists(glued, min_size=1, max_size=8).map(lambda pieces: "".join(piece + glue for piece, glue in pieces))


def spans_of(reading):
    """Yield every span of the events, times and amounts, with what it must lie in."""
    whole = Span(0, len(reading.document.text))
    for event in reading.events:
        yield event.span, whole
        yield event.trigger, event.span
        for again in event.also:
            yield again.span, whole
            yield again.trigger, again.span
        if event.when is not None and event.when.span is not None:
            yield event.when.span, event.span if not event.also else whole
        if event.where is not None:
            yield event.where.span, event.span if not event.also else whole
    for time in reading.times:
        yield time.span, whole
    for amount in reading.amounts:
        yield amount.span, whole
        if amount.of is not None:
            yield amount.of, whole


def check(reading):
    text = reading.document.text
    for span, outer in spans_of(reading):
        assert 0 <= span.start < span.end <= len(text)
        assert outer.contains(span)
        assert span.of(text).strip()
        assert span.of(text) == span.of(text).strip()
    entities = {entity.id for entity in reading.entities}
    statements = {statement.id for statement in reading.statements}
    for event in reading.events:
        assert event.actors
        assert entities.issuperset(event.actors + event.recipients)
        assert not {*event.actors} & {*event.recipients}
        claims = {event.claimed_in, *(again.claimed_in for again in event.also)} - {None}
        assert claims <= statements
        assert event.where is None or event.where.name == event.where.span.of(text)
    assert {amount.claimed_in for amount in reading.amounts} - {None} <= statements
    for row in event_rows(reading):
        assert row.trigger == row.trigger_span.of(text)
        assert row.sentence == row.span.of(text)
    kept = from_json(reading_to_json(reading))
    assert (kept.events, kept.times, kept.amounts) == (reading.events, reading.times, reading.amounts)


@settings(max_examples=50)
@given(text=telling_texts(), seed=st.integers(0, 9))
def test_spans_are_what_is_shown_whatever_the_network_says(random_model, text, seed):
    document = replace(Document.from_text(text), published="2024-05-04")
    check(read(document, random_model(seed, outside=6.0), settings=ONE_THREAD))


@settings(max_examples=50)
@given(text=telling_texts(), seed=st.integers(0, 9))
def test_a_timeline_shows_the_words_of_the_text(random_model, text, seed):
    document = replace(Document.from_text(text, url="https://orrin.example/a"), published="2024-05-04")
    timeline = Timeline()
    timeline.add(read(document, random_model(seed, outside=6.0), settings=ONE_THREAD))
    for entry in timeline.entries():
        assert text[slice(*entry.event.trigger_span)] == entry.event.trigger
        assert all(text[slice(*again.span)] == again.sentence for again in entry.also)


@given(text=telling_texts(), before=st.sampled_from(ODD))
def test_what_stands_in_a_paragraph_before_moves_times_and_amounts_and_changes_nothing(text, before):
    moved = f"{before}\n\n{text}"
    shift = len(before) + 2
    for find in (found_times, found_amounts):
        assert find(moved) == [(start + shift, end + shift, *rest) for start, end, *rest in find(text)]


def found_times(text):
    return [(*time.span, time.value) for time in read_times(text, find_paragraphs(text), "2024-05-04")]


def found_amounts(text):
    return [(*amount.span, amount.value, amount.unit) for amount in read_amounts(text, find_paragraphs(text), ())]


def test_the_texts_of_these_tests_tell_of_something(random_model):
    text = "\n\n".join(TELLING)
    document = replace(Document.from_text(text), published="2024-05-04")
    found = [read(document, random_model(seed, outside=6.0), settings=ONE_THREAD) for seed in range(24)]
    assert min(len(reading.times) for reading in found) >= 5
    assert min(len(reading.amounts) for reading in found) >= 5
    assert sum(len(reading.events) for reading in found) >= 4
