from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from onrecord.events.weighing import WEIGHED, Signs, values_of, weigh
from onrecord.model import Model

SIGNS = Signs(
    trigger=0.8,
    actor=0.9,
    recipient=0.7,
    known=0.9,
    known_as_this=0.9,
    pair=0.8,
    pair_none=0.1,
    pair_trigger=0.6,
    has_recipient=True,
    actor_before=True,
    actor_steps=2,
    recipient_steps=3,
    actor_form="name",
    recipient_form="nominal",
    cue=False,
    cue_of_type=False,
    tagged=True,
    quoted=False,
)
SHARES = st.floats(0, 1)


def test_every_sign_has_a_name_and_the_shipped_model_weighs_each():
    assert len(values_of(SIGNS)) == len(WEIGHED)
    assert set(Model.load().manifest.telling.weights) == set(WEIGHED)


def test_what_the_pair_is_sure_of_makes_an_event_likelier():
    weights = Model.load().manifest.telling.weights
    assert weigh(SIGNS, weights) > weigh(replace(SIGNS, pair=0.05, pair_none=0.9, known_as_this=0.0), weights)


@given(SHARES, SHARES, SHARES, SHARES, st.integers(0, 500))
def test_a_confidence_is_a_probability(trigger, actor, recipient, pair, steps):
    signs = replace(
        SIGNS, trigger=trigger, actor=actor, recipient=recipient, pair=pair, pair_none=1 - pair, actor_steps=steps
    )
    assert 0 <= weigh(signs, dict.fromkeys(WEIGHED, 5.0)) <= 1
