from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.events.asserting import Claims
from onrecord.reading import Statement


def statement(name, *content, cue_class="neutral"):
    return Statement(
        id=name,
        form="indirect",
        source=(),
        cue=(),
        content=tuple(Span(*span) for span in content),
        cue_class=cue_class,
        negated=False,
        modality="said",
        zone="body",
        confidence=0.9,
    )


def test_what_stands_in_no_content_the_outlet_asserts():
    assert Claims([statement("s1", (10, 50))]).innermost(Span(60, 66)) is None


def test_the_innermost_content_asserts():
    claims = Claims([statement("s1", (10, 90)), statement("s2", (40, 80)), statement("s3", (45, 50))])
    assert claims.innermost(Span(60, 66)) == "s2"


def test_a_content_in_pieces_asserts_what_stands_in_any():
    assert Claims([statement("s1", (0, 10), (30, 60))]).innermost(Span(40, 45)) == "s1"


def test_what_somebody_feels_about_the_outlet_asserts():
    assert Claims([statement("s1", (0, 60), cue_class="feeling")]).innermost(Span(40, 45)) is None


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=8), SPANS)
def test_it_is_the_shortest_content_that_holds_the_trigger(contents, trigger):
    found = Claims([statement(f"s{at}", span) for at, span in enumerate(contents)]).innermost(Span(*trigger))
    holding = [span for span in contents if span[0] <= trigger[0] and trigger[1] <= span[1]]
    if not holding:
        assert found is None
    else:
        start, end = contents[int(found[1:])]
        assert end - start == min(last - first for first, last in holding)
