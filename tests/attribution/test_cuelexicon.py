"""The lexicon of cues: what it holds, and what it finds."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.attribution.cuelexicon import load_lexicon
from onrecord.attribution.inflection import lemmas_of

LINES = files("onrecord.attribution").joinpath("cuelexicon.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES[1:]]
DOCS = Path(__file__).parents[2] / "docs" / "explanation" / "cue-classes.md"


def found(words):
    return [match.entry.cue for match in load_lexicon().find(words.split())]


def test_the_lexicon_has_more_than_three_thousand_cues():
    assert len({row[0] for row in ROWS}) > 3000


def test_no_cue_stands_twice_with_the_same_part_of_speech():
    keys = [(row[0], row[1]) for row in ROWS]
    assert len(keys) == len(set(keys))


def test_the_file_is_sorted_so_that_changes_read_well():
    assert sorted(ROWS, key=lambda row: (row[0].casefold(), row[1])) == ROWS


def test_cues_are_in_lower_case_with_straight_apostrophes_and_single_spaces():
    assert [row[0] for row in ROWS if row[0] != " ".join(row[0].lower().replace("’", "'").split())] == []


def test_every_reference_is_given_in_full_in_the_documentation():
    keys = {key.partition(":")[0] for row in ROWS for key in row[4].split(";")}
    page = DOCS.read_text(encoding="utf-8")
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


def test_the_documentation_counts_the_entries_right():
    assert f"{len(ROWS):,} entries for {len({row[0] for row in ROWS}):,} words" in DOCS.read_text(encoding="utf-8")


def test_every_class_but_none_has_entries():
    assert {row[2] for row in ROWS} == {
        *("neutral", "doubting", "accusing", "conceding", "denying", "praising", "demanding"),
        *("promising", "warning", "asking", "thinking", "feeling", "revealing"),
    }


def regular_forms(verb):
    """The past and the -ing form by the plain rules: an -e dropped, a -y changed."""
    stem = verb.removesuffix("e")
    changed = verb[-1] == "y" and verb[-2] not in "aeiou"
    return (f"{stem[:-1]}ied" if changed else f"{stem}ed"), f"{stem}ing"


def test_no_inflected_verb_reads_as_a_verb_of_another_class():
    verbs = defaultdict(set)
    for cue, part, cue_class, use, _ in ROWS:
        if part == "verb" and use == "head" and " " not in cue:
            verbs[cue].add(cue_class)
    clashes = [
        (form, verb, other)
        for verb, classes in verbs.items()
        for form in regular_forms(verb)
        for other in lemmas_of(form)
        if other not in (verb, form) and verbs.get(other, classes) != classes
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("words", "cues"),
    [
        ("pointed out", ["point out"]),
        ("played the whole matter down", ["play down"]),
        ("made it very clear", ["make clear"]),
        ("took to twitter", ["take to twitter"]),
        ("called on", ["call on"]),
        ("called", ["call"]),
    ],
)
def test_a_word_group_is_found_in_any_inflection_and_with_words_between(words, cues):
    assert found(words) == cues


def test_a_particle_far_from_its_verb_is_not_taken():
    assert "play down" not in found("played a part in the hall of the town and went down")


def test_a_participle_is_never_a_noun():
    parts = [match.entry.part for match in load_lexicon().find(["doubted"])]
    assert parts == ["verb"]


def test_a_noun_is_told_from_a_verb_by_the_words_beside_it():
    assert [match.entry.cue_class for match in load_lexicon().find(["a", "question", "about"])][1] == "asking"
    assert [match.entry.cue_class for match in load_lexicon().find(["questioned"])] == ["doubting"]
