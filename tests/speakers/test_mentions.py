"""All that may refer to somebody: the heads' tags, cleaned, and the names that only sources tell."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.sentences import sentences_of
from onrecord.speakers import mentions
from onrecord.speakers.markables import Markable
from onrecord.speakers.mentions import GUESSED, find_mentions, lay_out, without_overlaps
from scenes import make_scene, read_marked, surname
from strategies import hostile_texts

KINDS = ("person", "organization", "place", "group", "other")


def names(marked, *, sources=()):
    scene = make_scene(marked, sources=sources)
    return [each.span.of(scene.text) for each in scene.mentions.names]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p Mara Ilven] left.", ["Mara Ilven"]),
        ("[p Gov. Mara Ilven] left.", ["Mara Ilven"]),
        ("[p Amy Pope] left.", ["Amy Pope"]),
        ("[p Mara Ilven of Ohio] left.", ["Mara Ilven"]),
        ("[p Mara Ilven (D-Ohio)] left.", ["Mara Ilven"]),
        ("[p Mara Ilven] (D-[l Ohio]) left.", ["Mara Ilven"]),
        ("[p Mara Ilven] ([o R-Ohio]) left.", ["Mara Ilven"]),
        ("CORRECTED-[p Mara Ilven] left.", ["Mara Ilven"]),
        ("[p Mara Ilven Supporters] cheer.", ["Mara Ilven"]),
        ("[p Ilven-backed] plan", []),
        ("[p Mara Ilven-led] plan", ["Mara Ilven"]),
        ("[p Ban Ki-moon] left.", ["Ban Ki-moon"]),
        ("[p Mara Ilven White] House", ["Mara Ilven"]),
        ("[p Mara Ilven White] left.", ["Mara Ilven White"]),
        ("[o Tarn Lines and] the quay", ["Tarn Lines"]),
        ("[o the Harbour Council] met.", ["Harbour Council"]),
        ("[p Senator] left, and [p She] stayed until [o Monday].", []),
        ("[p X] left.", []),
        ("[o 1984] and [o ---]", []),
        ("[l 북] 한국", ["북"]),
        ("[p Ada W.] [p Ilven] left.", ["Ada W. Ilven"]),
        ("[p Ada W.], [p Ilven] left.", ["Ada W.", "Ilven"]),
        ("[p Datuk Seri Hamzah Ilven] met [p Shri Dev Ilven].", ["Hamzah Ilven", "Dev Ilven"]),
        ("[p Smt.] [p Vimala Ilven] left.", ["Vimala Ilven"]),
        ("K. [p Dev Menon] left. Point B. [p Ilven] left, too.", ["K. Dev Menon", "Ilven"]),
        ("A. [p Ilven] did, said Mr K. [p Menon].", ["Ilven", "K. Menon"]),
        ("[p Jacob] “[p Jake]” van der [p Moor] left.", ["Jacob “Jake” van der Moor"]),
        ("[p anti-Ilven] posters", []),
        ("[o pro-Ilven] and [o pro-Ilven Belvar Fund]", ["pro-Ilven Belvar Fund"]),
        ("[o Quarn Bay-based] lines", ["Quarn Bay"]),
        ("[p Mara Ilven] met [p Teo Brandt] for an [p Ilven-Brandt] ticket", ["Mara Ilven", "Teo Brandt"]),
        ("[p Daraka Ilven-Brandt] left.", ["Daraka Ilven-Brandt"]),
        ("[o Both] the [o Post] and the [o Herald]", ["Post", "Herald"]),
        ("the [o Belvar Democratic] primary", []),
        ("The [o Belvar Republican] left.", []),
        ("The [g Dutchman] fled. The [g Dutch] and the [g Syrian] pullout stayed.", ["Dutch", "Syrian"]),
        ("the [o Belvar Republican] operative", []),
        ("The [o Belvar Republican Party] met.", ["Belvar Republican Party"]),
    ],
)
def test_names_are_what_is_left_without_titles_parties_and_articles(marked, expected):
    assert names(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p Rosa Held] [o MEP] said so.", ["p Rosa Held MEP"]),
        ("[p Orla Keane] MSP said so.", ["p Orla Keane MSP"]),
        ("[p Ffion] [p Dale MP] said so.", ["p Ffion Dale MP"]),
        ("[p Ffion Dale] MP Group, [p Ada] [p Quy]", ["p Ffion Dale", "p Ada", "p Quy"]),
        ("No talks: [o Ministry's Torv]. [p Leonid Torv] spoke.", ["p Torv", "p Leonid Torv"]),
        ("No talks: [o Ministry's Torv]. Nobody spoke.", ["o Ministry's Torv"]),
        ("In [l Quarn], the governor of [p Quarn Ada Held] left.", ["p Quarn", "p Quarn", "p Ada Held"]),
        ("[p Ada Held] left. The head of [p Quarn Ada Held] left.", ["p Ada Held", "p Quarn", "p Ada Held"]),
        ("The President of [p Russia Ada Held] left.", ["p Russia", "p Ada Held"]),
        ("Nobody asked for [p Mara Ada Held].", ["p Mara Ada Held"]),
        ("In [l Austin], the mother of [p Austin Ada Held] left.", ["p Austin", "p Austin Ada Held"]),
        ("The wife of [p Chad Michael Held] left.", ["p Chad Michael Held"]),
        ("In [l Quarn], the governor of [p Quarn  Ada Held] left.", ["p Quarn", "p Quarn", "p Ada Held"]),
        (
            "[o People's Party] and [o Seafarers' Alliance]; [p Leonid Torv]",
            ["o People's Party", "o Seafarers' Alliance"],
        ),
        (
            "[o Dame Phyllida Borrow] and [o Sir Alan Tweed Hospital]",
            ["p Phyllida Borrow", "o Sir Alan Tweed Hospital"],
        ),
        ("[p Tallow] & [p Pike] fell, said [o Tallow & Pike].", ["o Tallow & Pike", "o Tallow & Pike"]),
        ("[p Tallow] & [p Pike] fell.", ["p Tallow", "p Pike"]),
        ("Governor Wesley arap [p Kiprono] left.", ["p Wesley arap Kiprono"]),
        ("MP [p Kimani] wa [p Njuguna] and [p Siva] s/o [p Raman]", ["p Kimani wa Njuguna", "p Siva s/o Raman"]),
        ("the [o Unity and Salt] ([o US) Party] met.", ["o Unity and Salt (US) Party"]),
        ("The [l RM45mil Sungai Held] bridge, the [l Sh340m] one", ["p Sungai Held"]),
        ("Leader of the [o House Dev Talu] left.", ["o House", "p Dev Talu"]),
        ("Leader of the [o House Rules Committee] left.", ["o House Rules Committee"]),
        ("the [o F.B].I. said. The [o F.B.I.] left", ["o F.B.I.", "o F.B.I."]),
        ("spoke for C. [p Boyden Held] today", ["p C. Boyden Held"]),
        ("asked for Plan B. [p Ada Held] left", ["p Ada Held"]),
        ("a Sen. [p Ada Held Ada Held2020] said", ["p Ada Held"]),
        ("by Rep. [p Dan Torv Daniel TorvThe] said", ["p Dan Torv"]),
        ("by [p William Williams] and [p Ada Vela Harrow]", ["p William Williams", "p Ada Vela Harrow"]),
        ("by [p Aldo G. Aldoson] and [p Ada Vela Vela]", ["p Aldo G. Aldoson", "p Ada Vela Vela"]),
        (
            "[o Tallow & Tallow] left the [o Harbour Board of Harbours]",
            ["o Tallow & Tallow", "o Harbour Board of Harbours"],
        ),
        ("for [o C.] [p Boyden Held], ill of hepatitis B. [p Ada Pell] left", ["p C. Boyden Held", "p Ada Pell"]),
        (
            "Q. [p Ada Held] left?\nA. [p Ada Held] did.\nC. [p Boyden Held] asked.",
            ["p Ada Held"] * 2 + ["p C. Boyden Held"],
        ),
        ("When bin [p Torv] left, the bin [p Torv] family did.", ["p Torv", "p Torv"]),
    ],
)
def test_the_rest_of_the_report_tells_what_a_name_is(marked, expected):
    scene = make_scene(marked)
    found = [f"{each.kind[0]} {each.span.of(scene.text)}" for each in scene.mentions.names]
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    ("marked", "places"),
    [
        ("[p Ida Pell], 46, of [p Beech Grove], [p Saltby], denies it.", ["Beech Grove", "Saltby"]),
        ("[p Ida Pell] (46), of 3 Slane View, [p Saltby], denies it.", ["Saltby"]),
        ("[p Ida Pell], 46, of Saltby, [p Teo Brandt], 19, left.", []),
        ("[p Ida Pell], 46, of St. [p Orla]. Detective Inspector [p Teo Brandt] left.", ["Orla"]),
        ("Lord [p Haverley] of [p Wyke] left.", ["Wyke"]),
        ("[p Ida Pell] of [p Wyke] left.", []),
    ],
)
def test_where_somebody_of_an_age_lives_is_a_place_and_so_is_what_a_peer_is_lord_of(marked, places):
    scene = make_scene(marked)
    assert [each.span.of(scene.text) for each in scene.mentions.names if each.kind == "place"] == places


def test_a_chamber_in_capitals_is_told_from_who_heads_it_at_once():
    scene = make_scene("the [o House COMMITTEE ON TRANSPORTATION AND INFRASTRUCTURES & PORTS] met.")  # took minutes
    assert [each.kind for each in scene.mentions.names] == ["organization"]


def test_of_overlapping_mentions_the_surest_is_kept_then_the_longest():
    def mention(start, end, confidence):
        return Markable(span=Span(start, end), form="name", kind="person", confidence=confidence)

    sure, long, short, apart = mention(3, 8, 0.9), mention(0, 5, 0.6), mention(7, 9, 0.6), mention(9, 12, 0.1)
    assert without_overlaps([long, short, sure, apart]) == [sure, apart]
    assert without_overlaps([mention(0, 2, 0.5), mention(0, 9, 0.5)]) == [mention(0, 9, 0.5)]
    assert without_overlaps([mention(4, 4, 1.0)]) == []


def test_a_description_that_ends_in_a_name_is_left_to_the_name():
    scene = make_scene("It was [p Mara Ilven], she of [n the harbour].")
    text, (name, _) = read_marked("It was [p Mara Ilven], she of [n the harbour].")
    inside = Markable(span=Span(0, name.span.end), form="nominal", kind="person")
    found = find_mentions(text, find_paragraphs(text), [name, inside], [])
    assert found.nominals == ()
    assert [each.span.of(scene.text) for each in scene.mentions.nominals] == ["the harbour"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[n The] billionaire left, [n the mayor] stayed.", ["the mayor"]),
        ("850,[N 000 ballots] and [N 12 ballots]", ["12 ballots"]),
        ("The [o Belvar Republican] strategist left.", []),
        ("the [o Belvar Republican] and [n the clerk] left.", ["the Belvar Republican", "the clerk"]),
    ],
)
def test_descriptions_say_something_and_those_of_place_and_party_are_some(marked, expected):
    scene = make_scene(marked)
    assert [each.span.of(scene.text) for each in scene.mentions.nominals] == expected


def test_a_name_that_the_heads_missed_is_added_where_a_source_is_built_around_it():
    scene = make_scene("Mara Ilven said so.", sources=["Mara Ilven"])
    (name,) = scene.mentions.names
    assert name.span.of(scene.text) == "Mara Ilven"
    assert (name.kind, name.confidence) == ("person", GUESSED)


def test_a_name_that_the_heads_tagged_is_not_added_again():
    assert names("[p Mara Ilven] said so.", sources=["Mara Ilven"]) == ["Mara Ilven"]


def test_an_added_name_is_what_the_same_name_is_elsewhere():
    scene = make_scene("Orrin Quay denied it. The [o Orrin Quay] met.", sources=["Orrin Quay"])
    assert {each.kind for each in scene.mentions.names} == {"organization"}


def test_what_the_report_calls_a_body_is_one_unless_it_is_somebody_elsewhere():
    scene = make_scene("The dockers’ union, [p Unitas], struck. [p Unitas] won.")
    assert [each.kind for each in scene.mentions.names] == ["organization", "organization"]
    scene = make_scene("The council, [p Brandt], and nobody else stayed. [p Teo Brandt] left.")
    assert [each.kind for each in scene.mentions.names] == ["person", "person"]
    scene = make_scene("The mayor, [p Quill], stayed.")
    assert [each.kind for each in scene.mentions.names] == ["person"]


@pytest.mark.parametrize(
    "marked",
    [
        "The head of the agency, [p Rafiq], said no.",
        "According to the agency, [p Rafiq], who fled, is armed.",
        "In a statement from the club, [p Rafiq], then captain, said no.",
        "The council, [p Rafiq], the union and the port struck.",
        "The agency, [p Rafiq], 40, and the union left.",
    ],
)
def test_a_person_named_behind_a_body_stays_one(marked):
    assert [each.kind for each in make_scene(marked).mentions.names] == ["person"]


@pytest.mark.parametrize("source", ["the mayor", "she", "two officials"])
def test_a_source_without_a_name_adds_none(source):
    assert names(f"Then {source} said so.", sources=[source]) == []


def test_a_thousand_names_and_sources_are_each_looked_at_once(monkeypatch):
    text, tagged = read_marked(" ".join(f"Mayor [p Ada {surname(at)}] said so." for at in range(1000)))
    sources = [(Span(each.span.start - len("Mayor "), each.span.end),) for each in tagged]
    asked = []
    analysed = mentions.analyse_source
    monkeypatch.setattr(mentions, "analyse_source", lambda *given: asked.append(given[2]) or analysed(*given))
    found = find_mentions(text, find_paragraphs(text), tagged, sources)
    assert [each.span for each in found.names] == [each.span for each in tagged]
    assert [len(names) for names in asked] == [1] * 1000


@pytest.mark.parametrize(
    ("source", "is_analysed"),
    [("Mayor Quill", True), ("the mayor, [p Ada Quill],", False), ("The mayor", False), ("He", False), ("Quill", True)],
)
def test_only_a_source_with_another_capital_may_hold_a_name_that_is_not_tagged(monkeypatch, source, is_analysed):
    text, tagged = read_marked(f"{source} said so.")
    asked = []
    analysed = mentions.analyse_source
    monkeypatch.setattr(mentions, "analyse_source", lambda *given: asked.append(given) or analysed(*given))
    found = find_mentions(text, find_paragraphs(text), tagged, [(Span(0, text.index(" said")),)])
    assert bool(asked) == is_analysed
    assert [each.span.of(text) for each in found.names] == (
        ["Quill"] if is_analysed else [each.span.of(text) for each in tagged]
    )


@settings(max_examples=50)
@given(st.one_of(hostile_texts(max_pieces=10), st.text(max_size=30)), st.data())
def test_in_any_text_mentions_lie_inside_it_in_order_and_apart(text, data):
    """Any code points, lone surrogates too, and whatever the heads and the statements say."""
    cuts = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(lambda cut: Span(*cut))
    tagged = data.draw(
        st.lists(
            st.builds(
                lambda span, form, kind, confidence: Markable(span=span, form=form, kind=kind, confidence=confidence),
                cuts.filter(lambda span: span.size and span.of(text).strip()),
                st.sampled_from(("name", "nominal")),
                st.sampled_from(KINDS),
                st.floats(0, 1),
            ),
            max_size=6,
        )
        if text.strip()
        else st.just([])
    )
    sources = data.draw(st.lists(st.lists(cuts, min_size=1, max_size=1), max_size=3))
    paragraphs = find_paragraphs(text)
    found = find_mentions(text, paragraphs, tagged, sources)
    for kind in ([each.span for each in found.names], [each.span for each in found.nominals], found.pronouns):
        assert all(0 <= span.start < span.end <= len(text) for span in kind)
        assert all(one.end <= other.start for one, other in pairwise(kind))
    lay_out(text, paragraphs, sentences_of(text, paragraphs), [], found)


@pytest.mark.parametrize(
    ("text", "dateline", "name", "left"),
    [
        ("KOLVAR - Ostravia has left.", "KOLVAR -", "KOLVAR - Ostravia", "Ostravia"),
        ("KOLVAR - Ostravia has left.", "KOLVAR -", "KOLVAR -", "KOLVAR"),
        ("KOLVAR (Velna) - Mara Ilven left.", "KOLVAR (Velna) -", "Mara Ilven", "Mara Ilven"),
    ],
)
def test_no_name_goes_on_from_a_dateline_into_the_story(text, dateline, name, left):
    start = text.index(name)
    tagged = Markable(span=Span(start, start + len(name)), form="name", kind="person")
    assert mentions.apart(text, tagged, [Span(0, len(dateline))]).span.of(text) == left
