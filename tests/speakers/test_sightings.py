"""Where those who might be meant are mentioned near a source, as the ranker's network is told."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.model.scores import BUCKETS
from onrecord.speakers.antecedents import Asked
from onrecord.speakers.features import Candidate, Query
from onrecord.speakers.sightings import MOST, sightings_of
from scenes import make_scene

MARKED = """[p Ernest Quy] spoke of [p Mary Ilven]. “[p Ilven] smiled.”

When she came, [p Mary Ilven] said the ferry was late. [p Ernest Quy] nodded."""
FORM, FAR, SENTENCES, QUOTED, AHEAD = range(5)


@pytest.fixture
def scene():
    return make_scene(MARKED)


def seen_of(scene, *names, source="she", **options):
    """Return where these are mentioned near a source; "" stands for somebody new."""
    asked = Asked(animacy="person", gender="feminine", plural=False, pronoun="she")
    query = Query(asks="she", category="person", asked=asked, span=scene.span(source), **options)
    candidates = [Candidate(referent=scene.referent(name) if name else None) for name in names]
    return sightings_of(scene.discourse, scene.antecedents.vectors, query, candidates)


def words_of(scene, edges):
    """Return the words between first and last word pieces."""
    vectors = scene.antecedents.vectors
    return [scene.text[vectors.starts[first] : vectors.ends[last]] for first, last in edges]


def test_the_mentions_are_those_of_the_candidates_ahead_in_the_sentence_and_then_the_nearest_first(scene):
    seen = seen_of(scene, "Mary Ilven", "Ernest Quy")
    assert words_of(scene, seen.mentions) == ["Mary Ilven", "Ilven", "Mary Ilven", "Ernest Quy"]
    assert seen.whose.tolist() == [[1, 1, 1, 0], [0, 0, 0, 1]]


def test_whom_nobody_asks_for_is_left_out(scene):
    assert words_of(scene, seen_of(scene, "Ernest Quy").mentions) == ["Ernest Quy"]


def test_a_mention_has_its_place(scene):
    places = seen_of(scene, "Mary Ilven").places
    assert places[:, FORM].tolist() == [0, 0, 0]
    assert places[:, AHEAD].tolist() == [1, 0, 0]
    assert places[:, FAR].tolist() == [BUCKETS - 1, 0, 2]
    assert places[:, SENTENCES].tolist() == [1, 2, 3]
    assert places[:, QUOTED].tolist() == [0, 1, 0]


def test_somebody_new_is_mentioned_nowhere(scene):
    seen = seen_of(scene, "")
    assert seen.mentions.shape == (0, 2)
    assert seen.places.shape == (0, 5)
    assert seen.whose.shape == (1, 0)


def test_several_are_mentioned_where_their_members_are(scene):
    members = tuple(scene.referent(name).index for name in ("Ernest Quy", "Mary Ilven"))
    both = scene.discourse.introduce("Ernest Quy and Mary Ilven", "group", members=members)
    query = Query(
        asks="they",
        category="unknown",
        asked=Asked(animacy=None, gender=None, plural=True, pronoun="they"),
        span=scene.span("she"),
    )
    candidates = [Candidate(referent=both), Candidate(referent=scene.referent("Ernest Quy"))]
    seen = sightings_of(scene.discourse, scene.antecedents.vectors, query, candidates)
    assert seen.whose.tolist() == [[1, 1, 1, 1], [0, 0, 0, 1]]


def test_source_cue_and_content_are_read_and_a_missing_one_is_the_source(scene):
    cue, content = scene.span("said"), scene.span("the ferry was late")
    seen = seen_of(scene, "Mary Ilven", cue=(cue,), content=(content,))
    assert words_of(scene, seen.query) == ["she", "said", "the ferry was late"]
    assert words_of(scene, seen_of(scene, "Mary Ilven").query) == ["she", "she", "she"]


def test_somebody_who_is_named_often_is_seen_where_the_nearest_mentions_are():
    names = 3 * MOST
    scene = make_scene(" ".join(["[p Mary Ilven] smiled."] * names) + " She nodded.")
    seen = seen_of(scene, "Mary Ilven", source="She")
    assert len(seen.mentions) == MOST
    assert seen.places[:, FAR].tolist() == sorted(seen.places[:, FAR].tolist())
    assert seen.places.max() < BUCKETS
    assert np.diff(seen.mentions[:, 0]).max() < 0


def test_the_words_are_those_of_the_report(scene):
    seen = seen_of(scene, "Mary Ilven")
    assert seen.read is scene.antecedents.vectors.read
