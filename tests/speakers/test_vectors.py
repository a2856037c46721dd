"""What the mention heads say of a long report is kept once, and found by the span of a mention."""

from __future__ import annotations

from onrecord.document import Span
from onrecord.speakers.vectors import Vectors
from scenes import scores_of, window_of

TEXT = "Mary Ilven spoke. She smiled."


def vectors_of(text, **options):
    """Return the vectors of a text of one window, in which each word's state is its number."""
    window = window_of(text)
    vectors = Vectors()
    vectors.add(window, scores_of(text, window, **options))
    return vectors


def test_a_mention_has_a_first_and_a_last_word_piece():
    vectors = vectors_of(TEXT)
    edges = vectors.edges([Span(0, 10), Span(18, 21)])
    assert edges.shape == (2, 2)
    assert [TEXT[vectors.starts[at] : vectors.ends[at]] for at in edges.ravel()] == [
        "Mary",
        "Ilven",
        "She",
        "She",
    ]


def test_no_mentions_have_no_word_pieces_and_no_answers():
    vectors = vectors_of(TEXT)
    assert vectors.edges([]).shape == (0, 2)
    assert vectors.answering([]).shape == (0, vectors.size)


def test_words_that_mean_the_same_answer_each_other():
    vectors = vectors_of(TEXT, means={"Ilven": 1, "She": 1, "spoke": 2})
    scores = vectors.answering([Span(0, 10), Span(11, 16)]) @ vectors.asking(Span(18, 21))
    assert scores[0] > 0
    assert scores[1] == 0


def test_the_windows_of_a_report_follow_each_other():
    text = f"{TEXT} {TEXT}"
    vectors = Vectors()
    for start in (0, len(TEXT) + 1):
        window = window_of(TEXT)
        moved = type(window)(
            ids=window.ids, features=window.features, starts=window.starts + start, ends=window.ends + start
        )
        vectors.add(moved, scores_of(TEXT, window))
    assert len(vectors.starts) == 2 * len(window_of(TEXT))
    first, second = vectors.read.take(vectors.edges([Span(0, 4), Span(len(TEXT) + 1, len(TEXT) + 5)])[:, 0])
    assert text[Span(0, 4).start : 4] == text[len(TEXT) + 1 : len(TEXT) + 5]
    assert first.tolist() == second.tolist()
