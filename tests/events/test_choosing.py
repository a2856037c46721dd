import numpy as np

from onrecord.document import Span
from onrecord.events.choosing import choose
from onrecord.events.cueing import Cue
from onrecord.events.participants import Participant
from onrecord.events.scoring import Trigger
from onrecord.speakers.discourse import Occurrence

TEXT = "Ilven, Brandt and the council condemned Norland and Sudland after talks in Sel, Norland."


def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


PARTICIPANTS = [
    Participant(span=span(words), occurrence=None) for words in ("Ilven", "Brandt", "the council", "Norland", "Sudland")
]


def shares(**named):
    """Return the probabilities of nobody and of each participant, given by name."""
    names = ["nobody", "ilven", "brandt", "council", "norland", "sudland"]
    return np.array([named.get(name, 0.0) for name in names], dtype=np.float32)


def trigger(actors, recipients, *, kind="ACCUSE", words="condemned", cue=None):
    return Trigger(
        span=span(words),
        tokens=slice(0, 1),
        type=kind,
        probability=0.9,
        known=1.0,
        known_as_this=1.0,
        cue=cue,
        tagged=True,
        actors=actors,
        recipients=recipients,
    )


def chosen(*triggers):
    return choose(TEXT, triggers, PARTICIPANTS)


def test_the_likeliest_actor_and_recipient_take_part():
    (event,) = chosen(trigger(shares(ilven=0.9, council=0.1), shares(norland=0.8, nobody=0.2)))
    assert (event.actors, event.recipients, event.trigger.type) == ((0,), (3,), "ACCUSE")


def test_what_its_parties_have_of_all_who_might_be_is_kept():
    (event,) = chosen(trigger(shares(ilven=0.5), shares(norland=0.8)))
    assert (event.actor_share, round(event.recipient_share, 3)) == (0.5, 0.8)


def test_those_who_stand_in_a_list_act_together_and_their_shares_add_up():
    (event,) = chosen(trigger(shares(ilven=0.4, brandt=0.3, council=0.3), shares(norland=1.0)))
    assert event.actors == (0, 1, 2)
    assert abs(event.actor_share - 1) < 1e-6


def test_a_list_of_recipients_is_one_event():
    (event,) = chosen(trigger(shares(ilven=1.0), shares(norland=0.6, sudland=0.4)))
    assert event.recipients == (3, 4)


def test_two_who_do_not_stand_in_a_list_are_not_joined():
    (event,) = chosen(trigger(shares(ilven=1.0), shares(norland=0.6, council=0.4)))
    assert event.recipients == (3,)


def test_nobody_may_be_the_recipient():
    (event,) = chosen(trigger(shares(ilven=1.0), shares(nobody=0.9, norland=0.1)))
    assert event.recipients == ()


def test_without_an_actor_it_is_no_event():
    assert chosen(trigger(shares(nobody=0.9, ilven=0.1), shares(norland=1.0))) == []


def test_aid_goes_to_somebody():
    assert chosen(trigger(shares(ilven=1.0), shares(nobody=1.0), kind="AID")) == []
    assert len(chosen(trigger(shares(ilven=1.0), shares(nobody=1.0), kind="PROTEST"))) == 1


def test_nobody_does_something_to_himself():
    (event,) = chosen(trigger(shares(ilven=1.0), shares(ilven=0.7, norland=0.3)))
    assert event.recipients == (3,)


def test_a_place_and_its_country_are_no_list():
    sel = Participant(span=span("Sel"), occurrence=None, place=True)
    last = TEXT.rindex("Norland")
    country = Participant(span=Span(last, last + 7), occurrence=None)
    found = trigger(np.array([0, 1.0, 0, 0], np.float32), np.array([0, 0, 0.6, 0.4], np.float32))
    (event,) = choose(TEXT, [found], [PARTICIPANTS[0], sel, country])
    assert event.recipients == (1,)


def test_of_a_cue_the_source_is_the_actor():
    cue = Cue(span=span("condemned"), source=span("the council"), type="ACCUSE")
    (event,) = chosen(trigger(shares(ilven=0.9, council=0.1), shares(norland=1.0), cue=cue))
    assert event.actors == (2,)


def test_of_a_source_those_act_to_whom_it_was_resolved():
    text = "Ida Pell of the Port Council condemned Norland."
    named = [Participant(span=Span(0, 8), occurrence=known(7)), Participant(span=Span(12, 28), occurrence=known(8))]
    for speakers, actors in (((7,), (0,)), ((), (1,)), ((7, 8), (0, 1))):
        cue = Cue(span=Span(29, 38), source=Span(0, 28), type="ACCUSE", speakers=speakers)
        found = trigger(np.array([0, 0, 1], np.float32), np.array([1, 0, 0], np.float32), cue=cue)
        (event,) = choose(text, [found], named)
        assert (event.actors, event.speakers) == (actors, speakers)


def known(referent):
    return Occurrence(
        span=Span(0, 1),
        form="name",
        sentence=0,
        paragraph=0,
        quoted=False,
        animacy=None,
        gender=None,
        plural=False,
        referent=referent,
    )
