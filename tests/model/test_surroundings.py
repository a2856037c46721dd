"""A cue sees what is around it; nothing that goes on beyond is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document
from onrecord.model.scores import CueScores, LinkLogits
from onrecord.model.surroundings import AROUND, EDGE, OUTSIDE, goes_on, see_around, spread
from onrecord.pipeline import read


@given(st.data())
def test_a_cue_sees_itself_the_first_token_and_those_around_it_in_a_row(data):
    size = data.draw(st.integers(2, 300))
    first = data.draw(st.integers(1, size - 1))
    last = data.draw(st.integers(first, min(size - 1, first + 5)))
    (seen,) = see_around([(first, last)], size)
    assert len(seen) == min(size, AROUND)
    assert seen[0] == 0
    assert (np.diff(seen[1:]) == 1).all()
    assert 1 <= seen[1] <= first <= last <= seen[-1] < size


def test_of_a_cue_longer_than_what_is_seen_the_first_token_is_seen():
    (seen,) = see_around([(100, 280)], 300)
    assert len(seen) == AROUND
    assert seen[1] <= 100 <= seen[-1]


def test_in_the_middle_of_a_window_as_much_is_seen_on_either_side():
    (seen,) = see_around([(150, 151)], 300)
    assert abs((150 - seen[1]) - (seen[-1] - 151)) <= 2


def contents(seen, *likely):
    """Logits of a content that has the tokens ``likely`` of those that were seen."""
    logits = np.zeros((1, seen.shape[1], 3), dtype=np.float32)
    logits[..., 0] = 5
    logits[0, list(likely), 2] = 9
    return logits


@pytest.mark.parametrize(
    ("first", "likely", "expected"),
    [
        (150, (40, 41), False),
        (150, (AROUND - 1,), True),
        (150, (AROUND - EDGE,), True),
        (150, (AROUND - EDGE - 1,), False),
        (150, (1,), True),
        (150, (EDGE,), True),
        (150, (EDGE + 1,), False),
        (150, (0,), False),  # [CLS] is in no content
        (5, (1,), False),  # nothing is before it
        (295, (AROUND - 1,), False),  # nor behind it
    ],
)
def test_a_content_goes_on_where_it_comes_to_an_edge_behind_which_there_is_more(first, likely, expected):
    seen = see_around([(first, first)], 300)
    assert goes_on(contents(seen, *likely), seen, 300).tolist() == [expected]


def test_what_was_not_seen_is_outside():
    seen = see_around([(20, 20), (280, 280)], 300)
    ones = np.ones(seen.shape, dtype=np.float32)
    near = LinkLogits(source_start=ones, source_end=ones, content=ones[..., None].repeat(3, 2), valid=ones[:, 0])
    found = spread(near, seen, 300)
    assert found.source_start.shape == found.source_end.shape == (2, 300)
    for row in range(2):
        unseen = np.setdiff1d(np.arange(300), seen[row])
        assert (found.source_start[row, seen[row]] == 1).all()
        assert (found.content[row, seen[row]] == 1).all()
        assert (found.source_end[row, unseen] == OUTSIDE).all()
        assert (found.content[row, unseen] == (0, OUTSIDE, OUTSIDE)).all()


class Linker:
    """A linker that finds each token that it is shown in the content of cue 150, and none in that of the others."""

    def run(self, names, inputs):
        seen, first = inputs["seen"], inputs["first"]
        edges = np.full(seen.shape, seen.shape[1], dtype=np.float32)
        content = np.zeros((*seen.shape, 3), dtype=np.float32)
        content[..., 0] = np.where(first == 150, -5, 5)[:, None]
        return edges, edges, content, first.astype(np.float32)


def test_a_cue_whose_content_goes_on_and_no_other_is_asked_about_the_whole_window(model, monkeypatch):
    monkeypatch.setattr(model, "_linker", Linker())
    scores = CueScores(hidden=np.zeros((1, 300, 4), dtype=np.float32), cue=np.zeros((300, 3), dtype=np.float32))
    found = model.link(scores, [(20, 20), (150, 151), (280, 280)])
    assert found.valid.tolist() == [20, 150, 280]
    assert (found.source_start == OUTSIDE).sum(1).tolist() == [300 - AROUND, 0, 300 - AROUND]
    assert (found.source_start[1] == found.source_end[1]).all()
    assert set(found.source_start[1].tolist()) == {300}
    assert (found.content[1] == (-5, 0, 0)).all()


LONG = " ".join(f"We will look at pier {number} again, and at the houses behind it." for number in range(9, 21))


def test_a_quotation_that_goes_on_beyond_what_its_cue_sees_is_read_to_its_end(model):
    report = f"Ada Quill said: “{LONG}”"
    (statement,) = read(Document.from_text(report), model).statements
    (content,) = statement.content
    assert content.of(report).strip("“”") == LONG
