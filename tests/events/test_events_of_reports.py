"""Events of invented reports, read by the shipped model."""

import pytest

from clock import grows_at_most
from onrecord.document import Document
from onrecord.model import Model
from onrecord.pipeline import read


@pytest.fixture(scope="module")
def model():
    return Model.load()


def events_of(text, model, **metadata):
    reading = read(Document.from_text(text, **metadata), model)
    names = {entity.id: entity.name for entity in reading.entities}
    return reading, [
        (event.type, [names[party] for party in event.actors], [names[party] for party in event.recipients])
        for event in reading.events
    ]


CASES = [
    (
        "Norwegian police arrested Teo Brandt at the airport on Monday.",
        ("COERCE", "Norwegian police", "Teo Brandt"),
    ),
    (
        "Foreign Minister Mara Ilven accused Ruritania of shelling the harbour of Port Sel.",
        ("ACCUSE", "Mara Ilven", "Ruritania"),
    ),
    ("France imposed sanctions on Belarus over the crackdown.", ("SANCTION", "France", "Belarus")),
    ("Teo Brandt was praised by the mayor, Mara Ilven.", ("SUPPORT", "Mara Ilven", "Teo Brandt")),
    ("Germany sent 200 million euros in aid to Kenya after the floods.", ("AID", "Germany", "Kenya")),
    ("Rebels attacked the village of Sel and killed four villagers.", ("ASSAULT", "Rebels", None)),
    ("Chancellor Mara Ilven met President Teo Brandt in Vienna on Friday.", ("CONSULT", "Mara Ilven", "Teo Brandt")),
    ("Thousands of teachers went on strike against the government of Peru.", ("PROTEST", None, None)),
    ("The mayor of Belvar, Ada Quill, sued the firm on Monday.", ("ACCUSE", "Ada Quill", None)),
    (
        "Dr Jun Takeda of the University of Keld, who took no part, accused the council of neglect.",
        ("ACCUSE", "Jun Takeda", "the council"),
    ),
    ("Opposition leader Grace Mele blamed the government.", ("ACCUSE", "Grace Mele", "the government")),
]


@pytest.mark.parametrize(("text", "event"), CASES, ids=[event[0] for _, event in CASES])
def test_who_did_what_to_whom(text, event, model):
    _, found = events_of(text, model)
    kind, actor, recipient = event
    assert any(
        each[0] == kind and (actor is None or actor in each[1]) and (recipient is None or recipient in each[2])
        for each in found
    ), found


def test_who_tells_of_a_deed_of_others_did_not_do_it(model):
    text = (
        "The port of Sel was struck by a Norland missile, Ruritania's army said on Monday. Prime Minister Mara Ilven "
        "has called the strike on Sel a war crime. Officials in Sel said at least 14 people were killed."
    )
    _, found = events_of(text, model)
    assert not [event for event in found if event[0] == "ASSAULT"]


def test_who_tells_of_a_deed_of_their_own_did_it(model):
    _, found = events_of("Mara Ilven said she had ordered the arrest of Teo Brandt.", model)
    assert ("COERCE", ["Mara Ilven"], ["Teo Brandt"]) in found


def test_a_statement_claims_what_its_content_tells(model):
    text = "Norland's army bombed the port of Sel, Ruritania's foreign minister, Mara Ilven, said on Friday."
    reading, _ = events_of(text, model)
    claimed = {event.type: event.claimed_in for event in reading.events}
    assert claimed.get("ASSAULT") in {statement.id for statement in reading.statements}


def test_every_span_is_what_it_shows_and_every_party_is_there(model):
    text = "".join(f"{each[0]}\n\n" for each in CASES)
    reading, _ = events_of(text, model)
    ids = {entity.id for entity in reading.entities}
    assert len(reading.events) >= 5
    for event in reading.events:
        assert {*event.actors, *event.recipients} <= ids
        assert event.span.start <= event.trigger.start < event.trigger.end <= event.span.end
        assert 0 < event.confidence <= 1


def test_without_events_nothing_else_is_another(model):
    text = "".join(f"{each[0]}\n\n" for each in CASES)
    document = Document.from_text(text)
    with_events, without = read(document, model), read(document, model, parts=("times", "amounts"))
    assert without.events == ()
    assert [statement.content for statement in with_events.statements] == [each.content for each in without.statements]
    assert with_events.times == without.times
    assert with_events.amounts == without.amounts


@pytest.mark.timed
def test_a_text_without_a_full_stop_takes_time_in_proportion(model):
    def reading(size):
        text = ("Norland accused Sudland and police arrested Teo Brandt while " * (size // 60))[:size]
        return lambda: read(Document.from_text(text), model, parts=("events",))

    assert grows_at_most(3, reading(20_000), reading(40_000), noise=0.5)
