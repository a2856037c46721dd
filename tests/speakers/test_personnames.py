"""People's names taken apart: titles, given names, surname, suffix, and the gender that they tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.speakers.namewords import fold, load_given_names, load_nicknames, load_titles, without_possessive
from onrecord.speakers.personnames import parse_person, split_title, title_at, title_before
from strategies import hostile_texts


@pytest.mark.parametrize(
    ("name", "titles", "given_names", "surname", "suffix"),
    [
        ("Sen. Ada Harrow", "Sen.", "Ada", "Harrow", None),
        ("Mr. Harrow", "Mr.", "", "Harrow", None),
        ("Ada Rodney Harrow", "", "Ada Rodney", "Harrow", None),
        ("Tom J. Harrow", "", "Tom J.", "Harrow", None),
        ("Tom J. Harrow Jr.", "", "Tom J.", "Harrow", "Jr."),
        ("Tom Harrow, Jr.", "", "Tom", "Harrow", "Jr."),
        ("Tom Harrow III", "", "Tom", "Harrow", "III"),
        ("Dr. Tom Harrow, MD", "Dr.", "Tom", "Harrow", None),
        ("Harrow", "", "", "Harrow", None),
        ("Harrow\u2019s", "", "", "Harrow", None),
        ("Tom O'Harrow's", "", "Tom", "O'Harrow", None),
        ("Tom O\u2019Harrow", "", "Tom", "O\u2019Harrow", None),
        ("Tom Harrow (R-Ohio)", "", "Tom", "Harrow", None),
        ("Sir Keith Oram", "Sir", "Keith", "Oram", None),
        ("Sir Keith", "Sir", "Keith", "", None),
        ("Pope Marcus", "Pope", "Marcus", "", None),
        ("King Oskar II", "King", "Oskar", "", "II"),
        ("Tom de Harrow", "", "Tom", "de Harrow", None),
        ("Tom de la Harrow", "", "Tom", "de la Harrow", None),
        ("Tom Van Harrow", "", "Tom", "Van Harrow", None),
        ("Van Harrow", "", "Van", "Harrow", None),
        ("de Harrow", "", "", "de Harrow", None),
        ("Omar bin Yusef", "", "Omar", "bin Yusef", None),
        ("Omar al-Yusef", "", "Omar", "al-Yusef", None),
        ("Ada Correia da Harrow", "", "Ada Correia", "da Harrow", None),
        ("Mohamed Ag Harrow", "", "Mohamed Ag", "Harrow", None),
        ("Wesley arap Kiprono", "", "Wesley", "arap Kiprono", None),
        ("Siva s/o Raman", "", "Siva", "s/o Raman", None),
        ("Tan Sri Omar Yusef", "Tan Sri", "Omar", "Yusef", None),
        ("Tom\u00e1s Nieto Pe\u00f1a", "", "Tom\u00e1s", "Nieto Pe\u00f1a", None),
        ("Bak Ki-moon", "", "Bak", "Ki-moon", None),
        ("Ban Do-hyun", "", "Do-hyun", "Ban", None),
        ("Ma Kaiwen", "", "Kaiwen", "Ma", None),
        ("Kim Lane", "", "Kim", "Lane", None),
        ("Kim Min Ho", "", "Min Ho", "Kim", None),
        ("Earl Harrow", "", "Earl", "Harrow", None),
        ("Earl Tom Harrow", "Earl", "Tom", "Harrow", None),
        ("Tom Judge", "", "Tom", "Judge", None),
        ("Mart\u00edn Luther King Jr.", "", "Mart\u00edn Luther", "King", "Jr."),
        ("the economist Ada Harrow", "", "Ada", "Harrow", None),
        ("then-Gov. Ada Harrow", "Gov.", "Ada", "Harrow", None),
        (
            "\u041e\u043b\u044c\u0433\u0430 \u0420\u0435\u043c\u0438\u0437",
            "",
            "",
            "\u041e\u043b\u044c\u0433\u0430 \u0420\u0435\u043c\u0438\u0437",
            None,
        ),
        ("\u6797\u6daf\u5dd6", "", "", "\u6797\u6daf\u5dd6", None),
        ("President", "", "", "President", None),
        ("", "", "", "", None),
    ],
)
def test_a_name_is_taken_apart(name, titles, given_names, surname, suffix):
    person = parse_person(name)
    assert [" ".join(part) for part in (person.titles, person.given, person.surname)] == [titles, given_names, surname]
    assert person.suffix == suffix


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Datuk Seri Ada Harrow", "feminine"),  # women are given it, too
        ("Mr. Harrow", "masculine"),
        ("Mrs. Harrow", "feminine"),
        ("Congresswoman Harrow", "feminine"),
        ("Queen Tamsin", "feminine"),
        ("Ada Harrow", "feminine"),
        ("Tom Harrow", "masculine"),
        ("Bernie Harrow", "masculine"),  # by what it is short for: the census has both Bernies
        ("Robin Harrow", None),
        ("Leslie Harrow", None),
        ("Mr. Ada Harrow", "masculine"),
        ("J. Edgar Harrow", "masculine"),
        ("Sen. Harrow", None),
        ("his wife Robin Harrow", "feminine"),
        ("Xq Harrow", None),
    ],
)
def test_gender_comes_from_the_title_and_then_from_the_given_name(name, gender):
    assert parse_person(name).gender == gender


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("Sen. Ada Harrow", "Ada Harrow"),
        ("former Florida Gov. Ada Harrow", "Ada Harrow"),
        ("U.S. Army Gen. Ada Harrow", "Ada Harrow"),
        ("Democratic U.S. Rep. Ada Harrow", "Ada Harrow"),
        ("Vela campaign manager Ada Harrow", "Ada Harrow"),
        ("Secretary of State Ada Harrow", "Ada Harrow"),
        ("Mr. Harrow", "Harrow"),
        ("Ada Harrow", "Ada Harrow"),
        ("Earl Harrow", "Earl Harrow"),
        ("Marine Harrow", "Marine Harrow"),  # a given name
        ("Pope Marcus", "Pope Marcus"),
        ("the late King Oskar II", "King Oskar II"),
        ("Prince Oskar Harrow", "Oskar Harrow"),
        ("Ada the Baker", "Ada the Baker"),
        ("Senator", "Senator"),
        ("", ""),
    ],
)
def test_titles_are_split_off_a_name(words, rest):
    text = f"Then {words} said"
    span = Span(5, 5 + len(words))
    assert split_title(text, span).of(text) == rest


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("Mrs. ", "Mrs."),
        ("said Mr ", "Mr"),
        ("former Secretary of State ", "Secretary of State"),
        ("the president ", "president"),
        ("then-Gov. ", "Gov."),
        ("his wife, ", "wife"),
        ("the first lady, ", "first lady"),
        ("by Sen. \u201c", "Sen."),
        ("as president. ", None),
        ("the president, ", None),
        ("\u201cI am the president\u201d ", None),
        ("Sen.\n", None),
        ("the ", None),
        ("", None),
        ("  ", None),
        ("non-", None),
    ],
)
def test_the_title_right_before_a_name_is_found(before, title):
    text = f"{before}Harrow"
    span = title_before(text, len(before), 0)
    assert (span and span.of(text)) == title


def test_no_title_is_taken_from_before_the_floor():
    assert title_before("Mr. Harrow", 4, 4) is None


def test_a_title_stands_for_its_office():
    assert title_at("State Sen.").stands_for == "senator"
    assert title_at("harrow") is None


def test_spellings_of_one_name_have_one_key():
    assert parse_person("JO\u00c3O O\u2019HARROW").key == parse_person("Joao O'Harrow\u2019s").key
    assert fold("\u0141\u00f3d\u017a") == fold("Lodz")
    assert fold("Ki-moon") == fold("Ki Moon".replace(" ", ""))
    assert fold("\u0995\u09bf") != fold("\u0995\u09be")


def test_a_possessive_is_left_out():
    assert [without_possessive(name) for name in ("Harrow's", "Jones\u2019", "O'Harrow", "'s")] == [
        "Harrow",
        "Jones",
        "O'Harrow",
        "'s",
    ]


def test_the_lists_are_whole():
    names = load_given_names()
    assert 5_000 < len(names) <= 8_000
    assert all(name == fold(name) for name in names)
    assert all(title.words and all(title.words) for titles in load_titles().by_first_word.values() for title in titles)
    assert all(nickname not in full for nickname, full in load_nicknames().items())


@given(hostile_texts(), st.integers(0, 40), st.integers(0, 40))
def test_any_text_can_be_taken_apart(text, start, size):
    span = Span(min(start, len(text)), min(start + size, len(text)))
    rest = split_title(text, span)
    assert span.contains(rest)
    assert rest.end == span.end
    person = parse_person(span.of(text))
    assert person == parse_person(span.of(text))
    assert isinstance(person.key, str)
    before = title_before(text, span.start, 0)
    assert before is None or (0 <= before.start < before.end <= span.start and title_at(before.of(text)) is not None)
