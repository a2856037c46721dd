from onrecord.document import Span
from onrecord.events.merging import Told, merge
from onrecord.reading import When


def told(at, actors, recipients, *, kind="ACCUSE", modality="happened", when=None, mode=None):
    return Told(
        type=kind,
        mode=mode,
        actors=actors,
        recipients=recipients,
        span=Span(at, at + 50),
        trigger=Span(at + 10, at + 15),
        modality=modality,
        claimed_in=None,
        confidence=0.9,
        when=None if when is None else When(value=when),
    )


def sizes(*each):
    return [len(group) for group in merge(list(each))]


def test_the_same_told_again_is_one_event():
    assert sizes(told(0, (1,), (2,)), told(100, (1,), (2,))) == [2]


def test_without_a_recipient_it_joins_what_has_one():
    assert sizes(told(0, (1,), (2,)), told(100, (1,), ())) == [2]


def test_whoever_a_later_telling_adds_is_one_of_the_actors():
    assert sizes(told(0, (1,), (9,)), told(100, (1, 2), (9,)), told(200, (2,), (9,))) == [3]


def test_others_and_other_deeds_stay_apart():
    assert sizes(told(0, (1,), (2,)), told(100, (1,), (3,)), told(200, (1,), (2,), kind="REJECT")) == [1, 1, 1]


def test_what_is_planned_is_not_what_happened():
    raid = {"kind": "ASSAULT"}
    assert sizes(told(0, (1,), (2,), **raid), told(100, (1,), (2,), modality="planned", **raid)) == [1, 1]


def test_a_stance_is_one_in_whatever_way_it_is_told():
    assert sizes(told(0, (1,), (2,)), told(100, (1,), (2,), modality="hypothetical")) == [2]


def test_two_dates_are_two_events():
    assert sizes(told(0, (1,), (2,), when="2024-05-02"), told(100, (1,), (2,), when="2024-05-05")) == [1, 1]


def test_groups_and_their_tellings_stand_in_the_order_of_the_text():
    groups = merge([told(200, (1,), (2,)), told(0, (3,), (4,)), told(100, (1,), (2,))])
    assert [[each.span.start for each in group] for group in groups] == [[0], [100, 200]]
