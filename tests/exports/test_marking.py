"""A text cut into runs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document, Span, Zone
from onrecord.exports.marking import EntityMark, Mark, marks_of_entities, split_into_runs
from onrecord.reading import Entity, Mention


def mark(start, end, part="content", statement=0):
    return Mark(span=Span(start, end), part=part, statement=statement, first=True, lands=True)


def test_runs_change_where_a_mark_or_a_zone_does():
    document = Document.from_text(
        "0123456789", zones=(Zone(kind="dateline", start=0, end=3), Zone(kind="body", start=3, end=10))
    )
    outer, inner = mark(2, 8), mark(4, 6, "source", 1)
    (runs,) = split_into_runs(document, [outer, inner], [Span(0, 10)])
    assert [(*run.span, run.zone, run.marks) for run in runs] == [
        (0, 2, "dateline", ()),
        (2, 3, "dateline", (outer,)),
        (3, 4, "body", (outer,)),
        (4, 6, "body", (outer, inner)),
        (6, 8, "body", (outer,)),
        (8, 10, "body", ()),
    ]


def test_runs_change_where_a_mention_does():
    document = Document.from_text("0123456789")
    outer, inner = (EntityMark(span=Span(*span), entity=0, first=True) for span in ((1, 8), (1, 4)))
    content = mark(2, 6)
    (runs,) = split_into_runs(document, [content], [Span(0, 10)], [outer, inner])
    assert [(*run.span, run.marks, set(run.entities), len(run.introduced)) for run in runs] == [
        (0, 1, (), set(), 0),
        (1, 2, (), {outer, inner}, 2),
        (2, 4, (content,), {outer, inner}, 0),
        (4, 6, (content,), {outer}, 0),
        (6, 8, (), {outer}, 0),
        (8, 10, (), set(), 0),
    ]


def test_the_first_mention_of_an_entity_is_the_first_in_the_text():
    spans = (Span(7, 9), Span(1, 3))
    entity = Entity(id="e1", name="Ada", kind="person", mentions=tuple(Mention(span=s, form="name") for s in spans))
    assert [(found.span.start, found.first) for found in marks_of_entities([entity])] == [(1, True), (7, False)]


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8)


@given(SPANS)
def test_each_character_carries_exactly_the_marks_over_it(pairs):
    document = Document.from_text("x" * 42)
    marks = [mark(start, start + length, statement=index) for index, (start, length) in enumerate(pairs)]
    blocks = [Span(0, 10), Span(12, 30), Span(30, 42)]
    for block, runs in zip(blocks, split_into_runs(document, marks, blocks), strict=True):
        assert "".join("x" * (run.span.end - run.span.start) for run in runs) == "x" * (block.end - block.start)
        for run in runs:
            for offset in range(*run.span):
                assert set(run.marks) == {item for item in marks if item.span.start <= offset < item.span.end}
