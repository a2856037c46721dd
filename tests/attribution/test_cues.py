"""What a cue means: class, negation, modality. ``[brackets]`` mark the cue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.cues import CueReading, classify_cue
from onrecord.document import Span

TRAIN = Path(__file__).parents[3] / "shared" / "data" / "polnear" / "train.jsonl"


def reading(marked):
    text, spans, removed = re.sub(r"[\[\]]", "", marked), [], 0
    for piece in re.finditer(r"\[([^]]*)\]", marked):
        start = piece.start() - removed
        spans.append(Span(start, start + len(piece[1])))
        removed += 2
    return classify_cue(text, tuple(spans), sentence=Span(0, len(text)))


CLASSES = {
    "neutral": [
        "[said]",
        "[says]",
        "[has repeatedly said in a statement]",
        "[told reporters]",
        "[according to]",
        "[pointed out]",
        "[made clear]",
        "[took to Twitter]",
        "[said after the hearing:]",
        "[told an inquest hearing]",
        "[told officers during questioning]",
        "[wrote on Friday]",
        "[argued]",
        "[called]",
        "[:]",
        "[in a statement]",
        "[went on to say]",
    ],
    "doubting": [
        "[claimed]",
        "[alleged]",
        "[allegedly told]",
        "[the claim that]",
        "[the allegation that]",
        "[made the claim that]",
        "[insisted]",
        "[raised doubts about]",
        "[is skeptical of]",
        "[purports]",
    ],
    "accusing": [
        "[was accused of]",
        "[accused]",
        "[blamed]",
        "[lashed out at]",
        "[issued a statement condemning]",
        "[has been sharply critical of]",
        "[criticism of]",
        "[went on to denounce]",
        "[took aim at]",
        "[called out]",
    ],
    "conceding": [
        "[admitted]",
        "[acknowledged]",
        "[conceded that]",
        "[apologised for]",
        "[an admission of]",
        "[agreed]",
    ],
    "denying": ["[denied]", "[played down]", "[dismissed]", "[refuted]", "[shrugged off]", "[rejects]", "[ruled out]"],
    "praising": ["[praised]", "[hailed]", "[threw her support behind]", "[is supportive of]", "[endorsed]"],
    "demanding": ["[called on]", "[demanded]", "[urged]", "[called for]", "[ordered]", "[a plea for]", "[insists on]"],
    "promising": ["[promised]", "[vowed]", "[has pledged]", "[assured]", "[offered]", "[gave her word]"],
    "warning": ["[warned]", "[threatened]", "[cautioned against]", "[sounded the alarm]", "[a warning about]"],
    "asking": [
        "[asked]",
        "[was asked about]",
        "[wondered]",
        "[inquired]",
        "[the question of]",
        "[asked questions about]",
    ],
    "thinking": [
        "[believes]",
        "[is convinced]",
        "[adamant that]",
        "[was adamant that]",
        "[is expected]",
        "[seems]",
        "[plans]",
        "[predicted]",
    ],
    "feeling": ["[fears]", "[hopes]", "[is worried about]", "[expressed concern]", "[would like]", "[was angry at]"],
    "revealing": ["[revealed]", "[disclosed]", "[found]", "[showed]", "[let slip]", "[uncovered]"],
    "none": ["[swam]", "[]", "[Harlow]", "[42]", "[’]"],
}


@pytest.mark.parametrize(
    ("cue", "cue_class"), [(cue, cue_class) for cue_class, cues in CLASSES.items() for cue in cues]
)
def test_a_cue_has_the_class_of_the_entry_that_decides(cue, cue_class):
    assert reading(f"The harbour board {cue} the pier.").cue_class == cue_class


def test_a_cue_in_pieces_is_read_as_one():
    assert reading("She [made] it perfectly [clear] that the pier was lost.").cue_class == "neutral"
    assert reading("She [played] the damage [down] on Monday.").cue_class == "denying"


@pytest.mark.parametrize(
    ("cue", "cue_class"),
    [
        ("[is expected to announce]", "neutral"),
        ("[plans to tell]", "neutral"),
        ("[appeared to criticise]", "accusing"),
        ("[wants to know]", "thinking"),
        ("[expressed support for]", "praising"),
        ("[a passionate defender of]", "praising"),
        ("[refused to comment on]", "denying"),
        ("[said and repeatedly warned]", "warning"),
        ("[reportedly said]", "neutral"),
    ],
)
def test_a_governing_or_light_verb_yields_to_what_matters(cue, cue_class):
    assert reading(f"The harbour board {cue} the pier.").cue_class == cue_class


NOT_MADE = [
    "The mayor [did not say] when.",
    "The mayor [didn’t say] when.",
    "The mayor [didn't say] when.",
    "The mayor did not [say] when.",
    "The mayor [never said] so.",
    "No one [said] so.",
    "No official [said] so.",
    "Neither woman [mentioned] the pier.",
    "The mayor [refused to comment] on the pier.",
    "The mayor [refused] to comment on the pier.",
    "The mayor [declined to say] when.",
    "The mayor [failed to mention] the pier.",
    "The mayor [has yet to say] when.",
    "The mayor has yet to [say] when.",
    "The mayor [stopped short of calling] it a crime.",
    "The mayor left without [saying] when.",
    "The mayor [would not say] when.",
    "The mayor [wouldn’t comment] on the pier.",
    "The mayor [could not say] when.",
    "The mayor [said nothing about] the pier.",
    "There was [no suggestion that] the pier was unsafe.",
    "The mayor was [unable to say] when.",
    "The mayor [declined] to give a reason.",
    "The mayor [refused] to condemn it.",
]


@pytest.mark.parametrize(
    ("sentence", "cue_class"),
    [
        ("The mayor [called] for the pier to go.", "demanding"),
        ("The mayor [called] it a wreck.", "neutral"),
        ("The mayor [called] the pier a wreck.", "neutral"),
        ("The council [passed] a bill.", "neutral"),
        ("The mayor [heard] that the pier was lost.", "thinking"),
        ("The jury [has heard] that the pier was lost.", "neutral"),
        ("The court previously [heard] that the pier was lost.", "neutral"),
        ("After the hearing he [heard] that the pier was lost.", "thinking"),
        ("Relatives in court [heard] that the pier was lost.", "thinking"),
    ],
)
def test_what_stands_beside_the_cue_counts(sentence, cue_class):
    assert reading(sentence).cue_class == cue_class


@pytest.mark.parametrize(
    ("sentence", "cue_class"),
    [
        ("The mayor [insisted] on Monday that the pier would stay.", "doubting"),
        ("The mayor [insisted on Monday] that the pier would stay.", "doubting"),
        ("“The pier will stay,” the mayor [insisted] on Sunday night.", "doubting"),
        ("The mayor [insisted] on May 3 that the pier would stay.", "doubting"),
        ("The mayor [insisted] on 3 May that the pier would stay.", "doubting"),
        ("The mayor [called] on Friday for the pier to go.", "demanding"),
        ("The mayor [called] on Monday.", "neutral"),
        ("The mayor [insisted] on Monday’s vote.", "demanding"),
        ("The mayor [insisted] on 3 boats.", "demanding"),
        ("The mayor [called] on May to resign.", "demanding"),
    ],
)
def test_the_on_before_a_day_is_no_part_of_the_verb(sentence, cue_class):
    assert reading(sentence).cue_class == cue_class


@pytest.mark.parametrize("sentence", NOT_MADE)
def test_a_statement_said_not_to_have_been_made_is_negated(sentence):
    assert reading(sentence).negated
    assert reading(sentence).modality == "said"


MADE = [
    "The mayor [said] the pier was not safe.",
    "“It is not safe,” the mayor [said].",
    "The mayor [not only said] so but wrote it.",
    "The mayor [never failed to mention] the pier.",
    "The mayor [can’t help but wonder] about the pier.",
    "The mayor [denied] that the pier was unsafe.",
    "There is no doubt the mayor [said] so.",
    "The mayor [refused] to swim off the pier.",
    "Two banks [refused] to help with the pier.",
    "The council [refused] to ban the boats.",
    "The council has [refused] to vote on the pier.",
    "If it rains, the mayor [said], the pier will go.",
    "Nobody was hurt, the mayor [said].",
    "If it rains... the mayor [said].",
    "Neither won but the mayor [said] so.",
    "The mayor [would only say] that it was safe.",
    "The mayor [would say only]: it is safe.",
    "The mayor [would later say] that it was safe.",
    "The mayor [would go on to say] that it was safe.",
]


@pytest.mark.parametrize("sentence", MADE)
def test_negation_elsewhere_in_the_sentence_does_not_reach_the_cue(sentence):
    assert (reading(sentence).negated, reading(sentence).modality) == (False, "said")


MODALITIES = {
    "future": [
        "The mayor [will say] so on Monday.",
        "The mayor will [say] so on Monday.",
        "She’ll [tell] the board on Monday.",
        "The mayor [is expected to announce] the closure.",
        "The mayor is expected soon to [announce] the closure.",
        "The mayor [plans to tell] the board.",
        "The mayor [is going to argue] that it is safe.",
        "The board [is set to call for] an inquiry.",
        "The Mayor [Will Announce] the Closure",
    ],
    "hypothetical": [
        "The mayor [would say] that, of course.",
        "But who [believes] that the pier is safe?",
        "A ban [would only prove] that the council is weak.",
        "It [would only confirm] that the council is weak.",
        "The council said it [would later announce] who won.",
        "She promised that she [would eventually reveal] who won.",
        "If he [said] so, nobody heard it.",
        "One [could argue] that the pier is safe.",
        "She [might claim] that the pier is safe.",
        "He’d [say] anything to keep the pier.",
        "Critics [may have argued] otherwise.",
        "Did the mayor [say] that the pier was safe?",
        "Why would anyone [claim] that?",
        "She [wants to say] that the pier is safe.",
        "Unless the board [says] otherwise, the pier stays.",
    ],
    "denied": [
        "The mayor [denied saying] that the pier was safe.",
        "The mayor [denies having said] that the pier was safe.",
        "The mayor denied ever [saying] that the pier was safe.",
        "The mayor denies that she [said] the pier was safe.",
        "The mayor [denied making] the remark.",
    ],
    "said": [
        "The mayor [denied] that the pier was safe.",
        "The mayor [would like] the pier to stay.",
        "Will [said] the pier was safe.",
        "By May [said] or not, the pier was safe.",
        "He’d [said] the pier was safe.",
        "“Is it safe?” the mayor [asked].",
        "Is it safe, the mayor [asked]?",
        "The mayor [went on to say] it was safe.",
        "She [liked to say] that the pier was safe.",
    ],
}


@pytest.mark.parametrize(
    ("sentence", "modality"), [(sentence, modality) for modality, group in MODALITIES.items() for sentence in group]
)
def test_modality_is_read_inside_the_cue_and_just_before_it(sentence, modality):
    assert reading(sentence).modality == modality
    assert not reading(sentence).negated


def test_a_promise_not_to_speak_is_both_future_and_negated():
    assert reading("The mayor [will not say] when.") == CueReading(cue_class="neutral", negated=True, modality="future")


def test_the_ordinary_denial_is_a_statement_that_was_made():
    assert reading("The mayor [denied] that the pier was unsafe.") == CueReading(
        cue_class="denying", negated=False, modality="said"
    )


def test_without_a_sentence_a_line_break_ends_what_is_looked_at():
    text = "Nobody\nsaid the pier was safe."
    assert not classify_cue(text, (Span(7, 11),)).negated
    assert classify_cue(text, (Span(7, 11),), sentence=Span(0, len(text))).negated


def test_no_cue_means_no_class():
    assert classify_cue("“We go.”", ()) == CueReading(cue_class="none", negated=False, modality="said")


@given(st.text(alphabet=st.sampled_from("said not no'’n t\n?“”:-…é👩 will"), max_size=60), st.data())
def test_any_text_has_a_reading(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert classify_cue(text, (Span(start, end),)) == classify_cue(text, (Span(start, end),))


@pytest.mark.parametrize("piece", ["said ", "not ", "a-", "n’t", "'", "played a ", "x", "-", "to "])
def test_a_cue_of_a_hundred_thousand_characters_is_read_at_once(piece):
    text = piece * (100_000 // len(piece))
    half = len(text) // 2
    assert classify_cue(text, (Span(half, len(text)),)).modality in {"said", "hypothetical"}


@pytest.mark.skipif(
    not TRAIN.exists(), reason="needs ../shared/data/polnear/train.jsonl, which is not in the repository"
)
def test_at_least_97_percent_of_the_cues_of_polnear_train_have_a_class():
    import json

    known = total = 0
    for line in TRAIN.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        for attribution in document["attributions"]:
            cue = tuple(Span(*piece) for piece in attribution["cue"])
            total += bool(cue)
            known += bool(cue) and classify_cue(document["text"], cue).cue_class != "none"
    assert known / total >= 0.97
