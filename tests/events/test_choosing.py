from onrecord.document import Span
from onrecord.events.choosing import choose
from onrecord.events.participants import Participant
from onrecord.events.scoring import Scored

TEXT = "Ilven, Brandt and the council condemned Norland and Sudland after talks."


def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


PARTICIPANTS = [
    Participant(span=span(words), occurrence=None) for words in ("Ilven", "Brandt", "the council", "Norland", "Sudland")
]
CONDEMNED = span("condemned")


def scored(actor, recipient, probability, kind="ACCUSE", trigger=CONDEMNED):
    return Scored(actor=actor, recipient=recipient, type=kind, probability=probability, trigger=trigger)


def chosen(*pairs, least=0.5):
    ordered = sorted(pairs, key=lambda pair: -pair.probability)
    return choose(TEXT, ordered, PARTICIPANTS, least=least)


def test_the_likeliest_pair_is_an_event():
    (event,) = chosen(scored(0, 3, 0.9), scored(3, 0, 0.6))
    assert (event.actors, event.recipients, event.type) == ([0], [3], "ACCUSE")


def test_what_is_less_likely_than_asked_for_is_none():
    assert chosen(scored(0, 3, 0.4)) == []


def test_those_who_stand_in_a_list_act_together():
    (event,) = chosen(scored(0, 3, 0.9), scored(1, 3, 0.8), scored(2, 3, 0.7))
    assert sorted(event.actors) == [0, 1, 2]


def test_a_list_of_recipients_is_one_event():
    (event,) = chosen(scored(0, 3, 0.9), scored(0, 4, 0.8))
    assert event.recipients == [3, 4]


def test_two_who_do_not_stand_in_a_list_are_not_joined():
    (event,) = chosen(scored(0, 3, 0.9), scored(0, 2, 0.8))
    assert event.recipients == [3]


def test_another_trigger_is_another_event():
    talks = span("talks")
    events = chosen(scored(0, 3, 0.9), scored(2, 4, 0.8, kind="CONSULT", trigger=talks))
    assert [event.type for event in events] == ["ACCUSE", "CONSULT"]


def test_one_trigger_is_of_one_type():
    (event,) = chosen(scored(0, 3, 0.9), scored(2, 4, 0.8, kind="REJECT"))
    assert event.type == "ACCUSE"


def test_aid_goes_to_somebody():
    assert chosen(scored(0, None, 0.9, kind="AID")) == []
    assert len(chosen(scored(0, None, 0.9, kind="PROTEST"))) == 1
