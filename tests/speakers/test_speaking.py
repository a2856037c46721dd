"""Statements get their speakers, addressees, about and targets."""

from __future__ import annotations

from onrecord.reading import Statement
from onrecord.speakers.hearing import Hearing
from onrecord.speakers.speaking import add_speakers, said_in
from scenes import Picks, make_scene


def statement(scene, name, source, cue, content, **options):
    values = {
        "id": name,
        "form": "indirect",
        "source": (scene.span(source),) if source else (),
        "cue": (scene.span(cue),) if cue else (),
        "content": (scene.span(content),),
        "cue_class": "neutral",
        "negated": False,
        "modality": "said",
        "zone": "body",
        "confidence": 0.9,
    }
    return Statement(**values | options)


def speak(scene, picks, *statements):
    hearing = Hearing(
        discourse=scene.discourse,
        mentions=scene.mentions,
        antecedents=scene.antecedents,
        said=said_in(statements),
    )
    spoken, cast = add_speakers(hearing.discourse, statements, hearing.resolve(Picks(picks)))
    return spoken, cast.entities


def test_a_statement_has_the_id_and_the_name_of_its_speaker():
    scene = make_scene("[p Mara Ilven] said [p Teo Brandt] was late.")
    (said,), entities = speak(scene, {}, statement(scene, "s1", "Mara Ilven", "said", "Teo Brandt was late"))
    by_id = {each.id: each.name for each in entities}
    assert [by_id[each] for each in said.speakers] == ["Mara Ilven"]
    assert (said.speaker_name, said.speaker_by, said.source_form) == ("Mara Ilven", "name", "name")
    assert [by_id[each] for each in said.about] == ["Teo Brandt"]
    assert said.speaker_open is None


def test_two_speakers_are_named_together():
    scene = make_scene("[p Mara Ilven] and [p Teo Brandt] said it was late.")
    (said,), _ = speak(scene, {}, statement(scene, "s1", "Mara Ilven and Teo Brandt", "said", "it was late"))
    assert said.speaker_name == "Mara Ilven and Teo Brandt"
    assert len(said.speakers) == 2


def test_an_open_statement_has_a_reason_and_candidates_that_are_entities():
    scene = make_scene("[p Mary Ilven] met [p Susan Pallen]. Then she said it was late.")
    (said,), entities = speak(scene, {0: None}, statement(scene, "s1", "she", "said", "it was late"))
    assert (said.speakers, said.speaker_name, said.speaker_confidence) == ((), None, None)
    assert said.speaker_open == "ambiguous"
    assert set(said.speaker_candidates) <= {each.id for each in entities}
    assert len(said.speaker_candidates) == 2


def test_somebody_told_is_the_addressee():
    scene = make_scene("[p Mara Ilven] told [p Teo Brandt] it was late.")
    (said,), entities = speak(scene, {}, statement(scene, "s1", "Mara Ilven", "told", "it was late"))
    assert said.addressees == tuple(each.id for each in entities if each.name == "Teo Brandt")


def test_hearers_met_nowhere_else_are_introduced():
    scene = make_scene("[p Mara Ilven] told reporters it was late.")
    (said,), entities = speak(scene, {}, statement(scene, "s1", "Mara Ilven", "told", "it was late"))
    (hearers,) = [each for each in entities if each.id in said.addressees]
    assert (hearers.name, hearers.kind) == ("reporters", "group")
    assert [each.by for each in hearers.mentions] == ["addressee"]


def test_hearers_who_were_described_before_are_mentioned_there_too():
    scene = make_scene("[N Protesters] waited. [p Mara Ilven] told the protesters it was late.").tied()
    (said,), entities = speak(scene, {}, statement(scene, "s1", "Mara Ilven", "told", "it was late"))
    (hearers,) = [each for each in entities if each.id in said.addressees]
    assert [each.span.of(scene.text) for each in hearers.mentions] == ["Protesters", "the protesters"]


def test_me_is_who_says_so_and_us_is_nobody():
    scene = make_scene(
        "“[p Teo Brandt] told me it was late,” [p Mara Ilven] said. “[p Ida Sool] warned us it was over.”"
    )
    said, entities = speak(
        scene,
        {},
        statement(scene, "s1", "Mara Ilven", "said", "“Teo Brandt told me it was late,”", form="direct"),
        statement(scene, "s2", "Teo Brandt", "told", "it was late", within="s1"),
        statement(scene, "s3", "Ida Sool", "warned", "it was over", within="s1"),
    )
    names = {each.id: each.name for each in entities}
    assert [[names[hearer] for hearer in each.addressees] for each in said] == [[], ["Mara Ilven"], []]
    assert not {"me", "us"} & set(names.values())


def test_whom_a_reporter_calls_me_is_nobody_else():
    scene = make_scene("[p Teo Brandt] told me it was late.")
    (said,), entities = speak(scene, {}, statement(scene, "s1", "Teo Brandt", "told", "it was late"))
    assert (said.addressees, [each.name for each in entities]) == ((), ["Teo Brandt"])


def test_a_goes_on_and_a_within_are_told_by_place():
    scene = make_scene("[p Mara Ilven] said it was late. It was over.")
    first = statement(scene, "s4", "Mara Ilven", "said", "it was late", form="direct", zone="headline")
    second = statement(scene, "s7", None, None, "It was over", continues="s4", within="s4")
    one, other = said_in([first, second])
    assert (one.continues, one.within, one.quoted, one.headline) == (None, None, True, True)
    assert (other.continues, other.within, other.quoted, other.headline) == (0, 0, False, False)


def test_a_report_without_statements_has_its_entities():
    statements, entities = speak(make_scene("[p Mara Ilven] left."), {})
    assert statements == ()
    assert [each.name for each in entities] == ["Mara Ilven"]
