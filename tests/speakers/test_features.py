"""What the ranker knows, as numbers: one row a candidate, one number a feature."""

from __future__ import annotations

import math

import pytest

from onrecord.document import Span
from onrecord.speakers.antecedents import Asked
from onrecord.speakers.featurenames import CATEGORIES, CLASSES, FEATURES, KINDS, QUERY_FEATURES
from onrecord.speakers.features import FAR, Candidate, Featuriser, History, Query, Turn, place_in
from scenes import make_scene

MARKED = """[p Ernest Quy] spoke of [p Mary Ilven]. [p Ilven] smiled.

She said the ferry was late, and [p Ernest Quy] nodded. The [o Harbour Council] met."""


def query(scene, source="She", **options):
    """Return what a source asks for, the first sentence its content."""
    values = {
        "asks": "she",
        "category": "person",
        "asked": Asked(animacy="person", gender="feminine", plural=False, pronoun="she"),
        "span": scene.span(source),
        "content": (scene.discourse.sentences[0],),
    }
    return Query(**values | options)


def rows_of(scene, asked, *names, history=None, pairs=None):
    """Return for each name its features by name; "" stands for somebody new, "-" for nobody."""
    candidates = [
        Candidate(referent=scene.referent(name) if name not in ("", "-") else None, nobody=name == "-")
        for name in names
    ]
    rows = Featuriser(scene.discourse).rows(asked, candidates, history or History(), pairs or {})
    assert all(len(row) == len(FEATURES) for row in rows)
    assert all(isinstance(value, float) and math.isfinite(value) for row in rows for value in row)
    return [dict(zip(FEATURES, row, strict=True)) for row in rows]


def turn(scene, speaker, *, words, content, quoted=False):
    position = scene.span(words).start
    return Turn(
        position=position,
        sentence=scene.discourse.sentence_at(position),
        paragraph=scene.discourse.paragraph_at(position),
        speakers=(scene.referent(speaker).index,),
        content=(scene.span(content),),
        quoted=quoted,
    )


def test_no_feature_has_two_names():
    assert len(set(FEATURES)) == len(FEATURES)


def test_the_order_of_features_is_that_of_the_trained_weights():
    """Who adds a feature trains the ranker anew."""
    assert len(FEATURES) == 103
    assert FEATURES[: len(CLASSES)] == tuple(f"asks {name}" for name in CLASSES)
    assert FEATURES[len(QUERY_FEATURES) : len(QUERY_FEATURES) + 2] == ("new", "nobody")
    assert FEATURES[-3:] == ("pair score", "pair chance", "rank by chance")


def test_somebody_new_and_nobody_are_told_apart_and_from_everybody_known():
    scene = make_scene(MARKED)
    ilven, new, nobody = rows_of(scene, query(scene), "Mary Ilven", "", "-")
    assert (ilven["new"], ilven["nobody"]) == (0, 0)
    assert (new["new"], new["nobody"]) == (1, 0)
    assert (nobody["new"], nobody["nobody"]) == (0, 1)
    about_them = FEATURES[len(QUERY_FEATURES) + 2 :]
    assert not any(row[name] for row in (new, nobody) for name in about_them)


@pytest.mark.parametrize("asks", CLASSES)
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_query_is_of_one_class_and_one_category(asks, category):
    scene = make_scene(MARKED)
    (row,) = rows_of(scene, query(scene, asks=asks, category=category), "-")
    assert [name for name in CLASSES if row[f"asks {name}"]] == [asks]
    assert [name for name in CATEGORIES if row[f"asks for {name}"]] == [category]


def test_everybody_known_is_of_one_kind():
    scene = make_scene(MARKED)
    ilven, council = rows_of(scene, query(scene), "Mary Ilven", "Harbour Council")
    assert [kind for kind in KINDS if ilven[f"is {kind}"]] == ["person"]
    assert [kind for kind in KINDS if council[f"is {kind}"]] == ["organization"]


def test_grammar_is_for_or_against_or_silent():
    scene = make_scene(MARKED)
    ilven, quy, council = rows_of(scene, query(scene), "Mary Ilven", "Ernest Quy", "Harbour Council")
    assert [row["allowed"] for row in (ilven, quy, council)] == [1, 0, 0]
    assert [row["gender agrees"] for row in (ilven, quy, council)] == [1, -1, 0]


def test_nearness_is_counted_from_the_last_mention_before():
    scene = make_scene(MARKED)
    ilven, quy, council = rows_of(scene, query(scene), "Mary Ilven", "Ernest Quy", "Harbour Council")
    assert [row["sentences since"] for row in (ilven, quy, council)] == [1, 2, FAR]
    assert [row["paragraphs since"] for row in (ilven, quy, council)] == [1, 1, FAR]
    assert [row["in last sentence"] for row in (ilven, quy, council)] == [1, 0, 0]
    assert [row["ahead in sentence"] for row in (ilven, quy, council)] == [0, 1, 0]
    assert [row["rank by nearness"] for row in (ilven, quy, council)] == [0, 9, 9]
    assert ilven["mentions before"] == math.log1p(2)
    assert quy["mentions in all"] == math.log1p(2)


def test_sentences_and_paragraphs_begin_with_somebody():
    scene = make_scene("[p Ernest Quy] came. [p Mary Ilven] saw [p Teo Brandt], and she left.")
    quy, ilven, brandt = rows_of(scene, query(scene, "she", content=()), "Ernest Quy", "Mary Ilven", "Teo Brandt")
    assert [row["first of sentence"] for row in (quy, ilven, brandt)] == [0, 1, 0]
    assert [row["first of last sentence"] for row in (quy, ilven, brandt)] == [1, 0, 0]
    assert [row["first of paragraph"] for row in (quy, ilven, brandt)] == [1, 0, 0]


def test_who_spoke_last_is_known():
    scene = make_scene(MARKED)
    history = History()
    history.add(turn(scene, "Ernest Quy", words="spoke", content="spoke of Mary Ilven", quoted=True))
    history.add(turn(scene, "Mary Ilven", words="smiled", content="smiled"))
    ilven, quy, council = rows_of(scene, query(scene), "Mary Ilven", "Ernest Quy", "Harbour Council", history=history)
    assert [row["last speaker"] for row in (ilven, quy, council)] == [1, 0, 0]
    assert [row["speaker before last"] for row in (ilven, quy, council)] == [0, 1, 0]
    assert [row["last speech was quoted"] for row in (ilven, quy, council)] == [0, 1, 0]
    assert [row["sentences since speech"] for row in (ilven, quy, council)] == [1, 2, FAR]
    assert ilven["last speaker of paragraph"] == 0  # she spoke in the paragraph before
    assert ilven["statements before"] == math.log1p(2)


def test_whom_the_contents_mention_is_known():
    scene = make_scene(MARKED)
    history = History()
    history.add(turn(scene, "Ernest Quy", words="spoke", content="spoke of Mary Ilven"))
    asked = query(scene, content=(scene.span("Ernest Quy nodded"),))
    ilven, quy = rows_of(scene, asked, "Mary Ilven", "Ernest Quy", history=history)
    assert [row["named in content"] for row in (ilven, quy)] == [0, 1]
    assert [row["mentioned in last content"] for row in (ilven, quy)] == [1, 0]


def test_a_description_is_held_against_what_is_known():
    scene = make_scene("[p Mara Ilven], the mayor of Belvar, left. [p Teo Brandt] stayed. The mayor spoke.")
    index = scene.referent("Teo Brandt").index
    asked = query(
        scene, "The mayor", asks="nominal", content=(), words=frozenset({"mayor"}), head="mayor", owners=(index,)
    )
    ilven, brandt = rows_of(scene, asked, "Mara Ilven", "Teo Brandt")
    assert [row["shared words"] for row in (ilven, brandt)] == [1, 0]
    assert [row["shared head"] for row in (ilven, brandt)] == [1, 0]
    assert [row["first owner"] for row in (ilven, brandt)] == [0, 1]


def test_the_heads_scores_are_kept_within_bounds():
    scene = make_scene(MARKED)
    pairs = {scene.referent("Mary Ilven").index: (0.7, 99.0), scene.referent("Ernest Quy").index: (0.2, -99.0)}
    ilven, quy, council = rows_of(scene, query(scene), "Mary Ilven", "Ernest Quy", "Harbour Council", pairs=pairs)
    assert [row["pair chance"] for row in (ilven, quy, council)] == [0.7, 0.2, 0]
    assert [row["pair score"] for row in (ilven, quy, council)] == [10, -10, -10]
    assert [row["rank by chance"] for row in (ilven, quy, council)] == [0, 1, 9]


def test_a_report_of_one_sentence_without_names_has_rows_too():
    scene = make_scene("She said so.")
    assert len(rows_of(scene, query(scene, content=(Span(9, 11),)), "", "-")) == 2


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Ilven’s plan", "Ilven", (True, False, False, False)),
        ("He told Ilven that", "Ilven", (False, True, False, False)),
        ("It was late, but Ilven has left", "Ilven", (False, False, True, True)),
        ("It was late. Mayor Ilven waited", "Ilven", (False, False, True, True)),
        ("Nobody saw Ilven leave", "Ilven", (False, False, False, False)),
    ],
)
def test_what_stands_around_a_mention_tells_what_it_is_to_its_sentence(text, name, told):
    start = text.index(name)
    place = place_in(text, start, start + len(name))
    assert (place.owns, place.behind_preposition, place.opens_clause, place.before_verb) == told


def test_those_named_together_and_the_voice_of_a_paragraph_are_marked():
    scene = make_scene(MARKED)
    ilven = scene.referent("Mary Ilven").index
    asked = query(scene, together=(ilven,), voice=ilven)
    one, other = rows_of(scene, asked, "Mary Ilven", "Ernest Quy")
    assert (one["named together"], one["voice"]) == (1, 1)
    assert (other["named together"], other["voice"]) == (0, 0)


def test_how_much_likelier_somebody_is_than_the_next_is_told():
    scene = make_scene(MARKED)
    ilven, quy = scene.referent("Mary Ilven").index, scene.referent("Ernest Quy").index
    first, second = rows_of(scene, query(scene), "Mary Ilven", "Ernest Quy", pairs={ilven: (0.7, 2.0), quy: (0.2, 1.0)})
    assert first["margin of chance"] == pytest.approx(0.5)
    assert second["margin of chance"] == pytest.approx(-0.5)
