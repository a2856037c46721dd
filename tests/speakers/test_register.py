"""The register of places and bodies: names, peoples, capitals, buildings, abbreviations, and their countries."""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.speakers.register import Entry, country_in, fold, look_up, metonym
from strategies import hostile_texts

FOLDER = files("onrecord.speakers")
ROOT = Path(__file__).parents[2]


def rows(file):
    lines = FOLDER.joinpath(file).read_text(encoding="utf-8").splitlines()
    return [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]


@pytest.mark.parametrize(
    ("words", "kind", "name", "country"),
    [
        ("Russia", "country", "Russia", "RU"),
        ("Russian", "demonym", "Russia", "RU"),
        ("Dutch", "demonym", "Netherlands", "NL"),
        ("Turk", "demonym", "Turkey", "TR"),
        ("U.S.", "country", "United States", "US"),
        ("America", "country", "United States", "US"),
        ("DPRK", "country", "North Korea", "KP"),
        ("Burma", "country", "Myanmar", "MM"),
        ("Czechia", "country", "Czech Republic", "CZ"),
        ("Britain", "country", "United Kingdom", "GB"),
        ("Moscow", "capital", "Russia", "RU"),
        ("the Kremlin", "government", "Russia", "RU"),
        ("Wis.", "state", "Wisconsin", "US"),
        ("N.Y.", "state", "New York", "US"),
        ("W.Va.", "state", "West Virginia", "US"),
        ("Scotland", "state", "Scotland", "GB"),
        ("Istanbul", "city", "Istanbul", "TR"),
        ("U.N.", "body", "United Nations", None),
        ("nato", "body", "NATO", None),
        ("Bermuda", "country", "Bermuda", "BM"),
    ],
)
def test_a_name_is_looked_up_by_any_of_its_forms(words, kind, name, country):
    assert look_up(words) == Entry(kind=kind, name=name, country=country, plural=False)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("THE KREMLIN", "Kremlin"),
        ("the ivory coast’s", "Ivory Coast"),
        ("Cote d'Ivoire", "Côte d’Ivoire"),
        ("Elysee", "the Élysée"),
        ("guinea-bissau", "Guinea Bissau"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("Laos'", "Laos"),
        ("Russia.", "Russia"),
    ],
)
def test_case_accents_apostrophes_hyphens_and_the_do_not_matter(words, same):
    assert look_up(words) == look_up(same) is not None


@pytest.mark.parametrize(
    "words", ["us", "who", "in", "or", "Miss", "turkey", "china", "polish", "", "the", "Ilven", "中国"]
)
def test_other_words_are_not_in_the_register(words):
    assert look_up(words) is None


def test_a_name_is_found_only_whole():
    assert look_up("Russia and China") is None
    assert look_up("Foreign Ministry of Russia") is None


@pytest.mark.parametrize("words", ["the Russians", "Texans", "the British", "the French", "the Swiss", "Dutchmen"])
def test_a_people_is_plural(words):
    entry = look_up(words)
    assert entry is not None
    assert entry.plural


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Moscow", "Russia"),
        ("Kiev", "Ukraine"),
        ("Kyiv", "Ukraine"),
        ("Downing Street", "United Kingdom"),
        ("No. 10", "United Kingdom"),
        ("the White House", "United States"),
        ("Capitol Hill", "United States"),
        ("Foggy Bottom", "United States"),
        ("the Élysée", "France"),
        ("Zhongnanhai", "China"),
        ("Ankara", "Turkey"),
        ("Brussels", "European Union"),
    ],
)
def test_capitals_and_buildings_stand_for_a_government(words, name):
    entry = metonym(words)
    assert entry is not None
    assert entry.name == name


def test_brussels_stands_for_the_union_but_is_a_capital_of_belgium():
    assert metonym("Brussels").country is None
    assert look_up("Brussels").country == "BE"


@pytest.mark.parametrize("words", ["Russia", "Russians", "Texas", "Istanbul", "NATO", "Ilven"])
def test_nothing_else_is_a_metonym(words):
    assert metonym(words) is None


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Russian Foreign Minister", "RU"),
        ("Minister of Finance of Latvia", "LV"),
        ("president of the Democratic Republic of the Congo", "CD"),
        ("D-Minn.", "US"),
        ("R-S.C.", "US"),
        ("R -S.C.", "US"),
        ("R-Wis", "US"),
        ("D-NY", "US"),
        ("Fla.", "US"),
        ("former Florida Gov.", "US"),
        ("the Georgian president", "GE"),
        ("King of Jordan", "JO"),
        ("U.S. Ambassador to Russia", "US"),
        ("Paris, Texas", "US"),
        ("Atlanta, Georgia", "US"),
        ("Tbilisi, Georgia", "GE"),
        ("Papua New Guinea", "PG"),
        ("the New Mexico governor", "US"),
    ],
)
def test_a_phrase_names_a_country(words, country):
    assert country_in(words) == country


@pytest.mark.parametrize(
    "words",
    [
        "",
        "secretary of state",
        "U.S.-Russian talks",
        "Georgia",
        "Jordan Ilven",
        "Latin America",
        "ambassador to Russia",
        "United Nations envoy",
        "he told us in May",
        "New York Times reporter",
    ],
)
def test_no_country_is_told_where_none_or_several_are_named(words):
    assert country_in(words) is None


def test_every_country_has_a_code_a_name_and_a_line():
    codes = [row["country"] for row in rows("countries.tsv")]
    assert len(codes) == len(set(codes)) >= 195
    assert all(len(code) == 2 and code.isupper() for code in codes)


@pytest.mark.parametrize("file", ["countries.tsv", "states.tsv"])
def test_every_name_of_a_table_leads_to_its_country(file):
    for row in rows(file):
        for column in ("aliases", "adjectives", "plurals", "capitals", "governments"):
            for alias in filter(None, row.get(column, "").split(";")):
                entry = look_up(alias)
                assert entry is not None, alias
                assert entry.country == row["country"], alias


def test_the_fifty_states_are_found_by_name_and_by_two_abbreviations():
    states = [row for row in rows("states.tsv") if row["country"] == "US"]
    assert len(states) >= 50
    for row in states:
        assert look_up(row["name"]).name == row["name"]


def test_the_tables_are_small():
    names = ("countries.tsv", "states.tsv", "bodies.tsv", "register.tsv")
    assert sum(len(FOLDER.joinpath(name).read_bytes()) for name in names) <= 60_000


def test_the_generated_table_is_what_its_script_makes():
    pytest.importorskip("babel", reason="babel is needed only to make register.tsv")
    spec = importlib.util.spec_from_file_location("make_register", ROOT / "training" / "register.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = {line.split("\t")[2] for line in [*script.territories(), *script.cities()]}
    kept = {row["name"] for row in rows("register.tsv")}
    # CLDR changes a name or two a year; the listed cities are ours.
    assert len(made ^ kept) <= 10


@given(hostile_texts() | st.text(max_size=60))
def test_any_text_can_be_looked_up(text):
    assert look_up(text) is None or fold(text)
    metonym(text)
    country = country_in(text)
    assert country is None or len(country) == 2
