"""How two utterances are tied, and which words are not the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import takes_at_most
from onrecord.compare import tying
from onrecord.compare.alignment import align
from onrecord.compare.kinds import kind_of
from onrecord.compare.naming import same_name
from onrecord.compare.tying import both_features, tie
from onrecord.compare.wording import is_claim, read_words

SAID = "We will not raise the levy on moorings this year, whatever the council decides."


def keys(text):
    return [word.key for word in read_words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We won’t raise it”", "We will not raise it"),
        ("the U.S. and the UK", "the United States and the United Kingdom"),
        ("5% of ten berths", "five percent of 10 berths"),
        ("café owners", "cafe owners"),
        ("that the quay is closed", "the quay is closed"),
        ("uh, the quay is closed", "The QUAY is closed!"),
    ],
)
def test_spellings_of_the_same_words_compare_as_equal(one, other):
    assert keys(one) == keys(other)


def test_whether_an_utterance_claims_something_is_asked_once_also_where_the_network_reads_it(monkeypatch):
    asked, read = [], []
    monkeypatch.setattr(tying, "is_claim", lambda words: asked.append(words) or is_claim(words))
    monkeypatch.setattr(
        tying, "both_features", lambda *known: read.append(both_features(*known)) or both_features(*known)
    )
    tie("the new levy on moorings is raised", "plans for the new levy on moorings")
    ((_, _, *claims),) = read
    assert (sorted(claims), len(asked)) == ([0.0, 1.0], 2)


@given(st.text(max_size=200))
def test_every_word_keeps_its_place_in_the_text(text):
    for word in read_words(text):
        assert 0 <= word.span.start < word.span.end <= len(text)


@pytest.mark.parametrize("words", ["We raised the levy", "to raise the levy", "raising the levy", "it is too high"])
def test_words_with_a_verb_claim_something(words):
    assert is_claim(read_words(words))


@pytest.mark.parametrize(
    "words", ["the new levy", "Mayor Ada Quill", "the road to the islands", "", "a ban on anchors"]
)
def test_words_without_a_verb_only_name_something(words):
    assert not is_claim(read_words(words))


def test_naming_the_same_thing_is_less_of_a_tie_than_claiming_the_same_of_it():
    named = tie("the new levy on moorings", "the council's plans for the new levy on moorings")
    claimed = tie("the new levy on moorings is raised", "the council says the new levy on moorings is raised")
    assert named.score < claimed.score


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("“We won't raise the levy on moorings this year, whatever the council decides,”", "identical"),
        ("We will not raise [it] on moorings this year, whatever the council decides.", "identical"),
        ("We will not raise the levy on moor-ings this year, whatever the council decides.", "identical"),
        ("We will not raise the levy on moorings this year", "clipped"),
        ("We will not ever raise the levy on moorings this year, whatever the council decides.", "clipped"),
        ("We will not raise the levy … whatever the council decides.", "clipped"),
        ("We will not raise the levy on moorings next year, whatever the mayor decides.", "altered"),
        ("Whatever the council decides, we will not raise the levy on moorings this year", "spliced"),
        ("The ferry to the islands leaves at noon on Sundays.", "none"),
    ],
)
def test_the_tie_is_named_by_what_became_of_the_words(other, kind):
    assert tie(SAID, other).kind == kind


def test_what_fell_away_in_the_middle_is_told_with_its_ellipsis():
    (change,) = tie(SAID, "We will not raise the levy … whatever the council decides.").changes
    assert (change.where, change.is_marked, change.is_replaced) == ("middle", True, False)
    assert change.this.of(SAID) == "on moorings this year"
    assert change.other.size == 0


def test_changed_words_stand_on_both_sides_of_the_diff():
    other = "We will not raise the levy on ferries this year, whatever the council decides."
    (change,) = tie(SAID, other).changes
    assert (change.this.of(SAID), change.other.of(other)) == ("moorings", "ferries")


def test_another_ending_of_a_word_is_a_change():
    (change,) = tie("They banned the boats from the inner harbour", "They ban the boats from the inner harbour").changes
    assert change.is_replaced


def test_a_title_in_common_ties_nothing():
    assert (
        tie("the former secretary of state", "that the former secretary of state left the quay at noon").kind == "none"
    )


def test_words_given_to_another_speaker_score_lower():
    other = "We will not raise the levy on moorings"
    scores = [tie(SAID, other, same_speaker=same).score for same in (False, None, True)]
    assert scores == sorted(scores)
    assert scores[0] < scores[2]


@given(st.text(alphabet="abc .…[]'", max_size=60), st.text(alphabet="abc .…[]'", max_size=60))
def test_shared_words_and_changes_account_for_all_words_of_both(one, other):
    this, that = read_words(one), read_words(other)
    aligned = align(this, that)
    for start, at, size in aligned.runs:
        assert [word.stem for word in this[start : start + size]] == [word.stem for word in that[at : at + size]]
    assert 0 <= aligned.of_this <= 1.0001
    for change in aligned.changes:
        assert 0 <= change.this.start <= change.this.end <= len(one)
        assert 0 <= change.other.start <= change.other.end <= len(other)


@pytest.mark.timed
@pytest.mark.parametrize("text", ["no " * 30_000, "[" * 90_000, "." * 90_000, "a'" * 45_000, "a b " * 20_000])
def test_hostile_texts_are_compared_in_a_moment(text):
    assert takes_at_most(5, lambda: tie(text, text + " end"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sen. Ada Quill", "Quill", True),
        ("Ada Quill", "Tom Quill", False),
        ("Mara Ilven", "Teo Brandt", False),
        ("she", "Ada Quill", None),
        (None, "Ada Quill", None),
        ("officials", "Ada Quill", None),
    ],
)
def test_names_tell_whether_speakers_are_the_same(one, other, same):
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("read", "expected"), [((9, 0, 0), "clipped"), ((0, 9, 0), "altered"), ((0, 0, 9), "paraphrase")]
)
def test_what_the_network_says_of_the_kind_counts_where_no_rule_is_certain(read, expected):
    one, other = (
        "We will close the old quay to all cars before summer",
        "The old quay will be shut to cars by June, for good",
    )
    words = read_words(one), read_words(other)
    assert kind_of(*words, align(*words), 0.5, read=read) == expected
    same = read_words(SAID), read_words(f"“{SAID.upper()}”")
    assert kind_of(*same, align(*same), 1.0, read=read) == "identical"
