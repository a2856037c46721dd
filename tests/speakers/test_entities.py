"""Referents to entities: whom the reading shows, under which names, tied to which country."""

from __future__ import annotations

from onrecord.document import Span
from onrecord.speakers.entities import MOST_ALIASES, make_entities
from scenes import make_scene, surname


def entities(marked):
    return make_entities(make_scene(marked).tied().discourse)[0]


def test_entities_are_numbered_in_the_order_of_first_mention():
    found = entities("[p Mara Ilven] met [p Teo Brandt]. [p Ilven] left [l Orrin Quay].")
    assert [(each.id, each.name) for each in found] == [
        ("e1", "Mara Ilven"),
        ("e2", "Teo Brandt"),
        ("e3", "Orrin Quay"),
    ]


def test_every_mention_is_pinned_and_says_what_tied_it():
    scene = make_scene("[p Mary Ilven] left. She slept.").tied()
    ((ilven,), _) = make_entities(scene.discourse)
    assert [(each.span.of(scene.text), each.form, each.by) for each in ilven.mentions] == [
        ("Mary Ilven", "name", "name"),
        ("She", "pronoun", "heads"),
    ]


def test_other_names_and_descriptions_are_aliases_once_each_and_pronouns_are_none():
    (ilven,) = entities("[p Mary Ilven], [n the mayor], spoke. [p Ilven] and [p Ilven] again; she left.")
    assert ilven.aliases == ("the mayor", "Ilven")


def test_aliases_are_at_most_so_many():
    marked = "".join(f"[p Mary Ilven], [n the {word}ly mayor], sat. " for word in map("x".__mul__, range(1, 40)))
    (ilven,) = entities(marked)
    assert len(ilven.aliases) == MOST_ALIASES


def test_roles_are_given_once_with_their_place():
    (ilven, *_) = entities("[p Mara Ilven], the mayor of Belvar, spoke.")
    assert [(role.title, role.of) for role in ilven.roles] == [("mayor", "Belvar")]


def test_countries_are_told_by_name_and_by_owner():
    by_name = {each.name: each.country for each in entities("[l Russia] and [l Norway]’s [p Teo Brandt] met.")}
    assert by_name["Russia"] == "RU"
    assert by_name["Teo Brandt"] == "NO"


def test_georgia_beside_other_states_is_one_and_else_a_country():
    told = {
        (each.name, each.kind, each.country)
        for marked in ("[l Georgia] and [l Ohio]", "[l Georgia] and [l Tbilisi]")
        for each in entities(marked)
    }
    assert {("Georgia", "place", "US"), ("Georgia", "country", "GE")} <= told


def test_a_state_is_a_place_and_a_building_that_governs_no_country():
    found = {each.name: each.kind for each in entities("[o Ohio], the [l White House] and the [l Vatican]")}
    assert found == {"Ohio": "place", "White House": "organization", "Vatican": "country"}


def test_the_author_and_those_who_speak_together_are_shown_only_where_they_speak():
    scene = make_scene("[p Mara Ilven] and [p Teo Brandt] met.")
    joint = scene.discourse.introduce("both", "group", members=(1, 2))
    scene.discourse.speaking = {scene.discourse.author.index, joint.index}
    found, ids = make_entities(scene.discourse)
    assert [each.kind for each in found] == ["author", "person", "person"]
    assert joint.index not in ids


def test_a_building_that_governs_is_a_metonym():
    scene = make_scene("The [o Kremlin] met.")
    ((kremlin,), _) = make_entities(scene.discourse)
    assert [each.form for each in kremlin.mentions] == ["metonym"]


def test_a_report_without_mentions_has_no_entities():
    assert make_entities(make_scene("").discourse) == ((), {})


def test_every_occurrence_is_in_one_entity():
    scene = make_scene(" ".join(f"[p Mary {surname(at)}] left." for at in range(300)))
    found, _ = make_entities(scene.discourse)
    spans: list[Span] = [mention.span for each in found for mention in each.mentions]
    assert len(spans) == len(set(spans)) == len(scene.discourse.occurrences)
