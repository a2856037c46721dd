import pytest

from onrecord.document import Span
from onrecord.events.modality import modality_of


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("Norland bombed the port.", "bombed", "happened"),
        ("Norland will bomb the port.", "bomb", "planned"),
        ("Norland plans to bomb the port.", "bomb", "planned"),
        ("Norland threatened to bomb the port.", "bomb", "threatened"),
        ("Ilven called for sanctions against Norland.", "sanctions", "called for"),
        ("Ilven urged the council to sue Norland.", "sue", "called for"),
        ("Norland might bomb the port.", "bomb", "hypothetical"),
        ("Norland did not bomb the port.", "bomb", "denied"),
        ("Norland denied bombing the port.", "bombing", "denied"),
        ("No side bombed the port.", "bombed", "denied"),
        ("No, Norland bombed the port.", "bombed", "happened"),
        ("Neither side won, but Norland bombed the port.", "bombed", "happened"),
        ("Norland bombed the port to end the siege.", "bombed", "happened"),
        ("Ilven told the council that Norland bombed the port.", "bombed", "happened"),
        ("Ilven demanded that Norland bomb the port.", "bomb", "called for"),
        ("Norland defended its proposal to bomb the port.", "bomb", "planned"),
        ("Ilven said that Norland should leave the port.", "leave", "called for"),
        ("Norland announced that it would leave the port.", "leave", "planned"),
        ("Norland said that it would leave if it were asked.", "leave", "hypothetical"),
        ("Norland Army to Leave Port Amary", "Leave", "planned"),
        ("Norland Army Forced to Leave Port Amary", "Leave", "happened"),
    ],
)
def test_what_stands_before_a_trigger_tells_how_real_it_is(text, trigger, modality):
    start = text.index(trigger)
    assert modality_of(text, Span(start, start + len(trigger)), Span(0, len(text))) == modality
