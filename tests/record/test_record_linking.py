"""Who is who across reports: by the same full name and what goes with it, never by a last name alone."""

from __future__ import annotations

from itertools import islice, permutations

import pytest

from onrecord.reading import Reader
from onrecord.record import linking
from onrecord.record.deciding import Decisions
from onrecord.record.linking import FEW, name_parts
from onrecord.record.opening import open_record
from onrecord.record.writing import add_reading
from people_by_hand import told_of

NEWER = Reader(version="0.2.0", model="hand")


def add_all(connection, readings):
    """Add reports under addresses of their own; return the person of each, in their order."""
    rows = [add_reading(connection, reading).row for reading in readings]
    people = dict(connection.execute("SELECT document_id, person_id FROM entities"))
    return [people[row] for row in rows]


def tell(*people, **common):
    return [told_of(**common, **each, url=f"https://orrin.example/{at}") for at, each in enumerate(people)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Mara Ilven"}, {"name": "Mara Ilven"}),
        ({"name": "Mara Ilven"}, {"name": "MARA ILVEN"}),
        ({"name": "Mara B. Ilven"}, {"name": "Mara Ilven"}),
        ({"name": "Mara Ilven", "country": "NO"}, {"name": "Mara Ilven"}),
        ({"name": "Jon Brandt", "roles": (("senator", None),)}, {"name": "Jon Brandt", "roles": (("lawyer", None),)}),
        ({"name": "Bill Brandt", "country": "NO"}, {"name": "William Brandt", "country": "NO"}),
        ({"name": "Kim Jong Bel"}, {"name": "Kim Jong-bel"}),
        ({"name": "J.D. Brandt"}, {"name": "JD Brandt"}),
        ({"name": "Pope Marcus"}, {"name": "Pope Marcus"}),
        (
            {"name": "Mara Ilven", "country": "NO", "roles": (("secretary general", "NATO"),)},
            {"name": "Mara Ilven", "country": "BE", "roles": (("Secretary General", "NATO"),)},
        ),
        (
            {"name": "Teo Brandt", "country": "NO", "roles": (("senator", None),)},
            {"name": "Teo Brandt", "country": "NO", "roles": (("actor", None),)},
        ),
        (
            {"name": "Orrin Harbour Authority", "kind": "organization"},
            {"name": "the Orrin Harbour Authority", "kind": "organization"},
        ),
        ({"name": "Moscow", "kind": "country"}, {"name": "Kremlin", "kind": "organization"}),
        ({"name": "UN", "kind": "organization"}, {"name": "United Nations", "kind": "organization"}),
        ({"name": "Ilven Fisheries Ltd.", "kind": "organization"}, {"name": "Ilven Fisheries", "kind": "organization"}),
        (
            {"name": "Norwegian Foreign Ministry", "kind": "organization"},
            {"name": "Foreign Ministry of Norway", "kind": "organization"},
        ),
    ],
)
def test_these_are_one(connection, one, other):
    first, second = add_all(connection, tell(one, other))
    assert first == second is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Mara Ilven"}, {"name": "Jon Ilven"}),
        ({"name": "Mara Ilven", "country": "NO"}, {"name": "Mara Ilven", "country": "NZ"}),
        ({"name": "Mara B. Ilven"}, {"name": "Mara C. Ilven"}),
        ({"name": "Teo Brandt"}, {"name": "Teo Brandt Jr."}),
        ({"name": "Kim Brandt", "aliases": ("Mr. Brandt",)}, {"name": "Kim Brandt", "aliases": ("Ms. Brandt",)}),
        ({"name": "Teo Brandt", "roles": (("senator", None),)}, {"name": "Teo Brandt", "roles": (("striker", None),)}),
        (
            {"name": "Teo Brandt", "roles": (("head", "dockers’ union"),)},
            {"name": "Teo Brandt", "roles": (("striker", None),)},
        ),
        (
            {"name": "Teo Brandt", "roles": (("opposition leader", None),)},
            {"name": "Teo Brandt", "roles": (("singer", None),)},
        ),
        ({"name": "Bill Brandt"}, {"name": "William Brandt"}),
        ({"name": "Al Brandt", "country": "NO"}, {"name": "Jo Brandt", "country": "NO"}),
        (
            {"name": "Norwegian Foreign Ministry", "kind": "organization"},
            {"name": "Chinese Foreign Ministry", "kind": "organization"},
        ),
        (
            {"name": "University of Virginia", "kind": "organization"},
            {"name": "University of Maine", "kind": "organization"},
        ),
        ({"name": "Mara Ilven"}, {"name": "Mara Ilven", "kind": "organization"}),
    ],
)
def test_these_are_two(connection, one, other):
    first, second = add_all(connection, tell(one, other))
    assert None not in (first, second)
    assert first != second


@pytest.mark.parametrize(
    "who",
    [
        {"name": "Ilven"},
        {"name": "M. Ilven"},
        {"name": "Mara I."},
        {"name": f"Mara {'A.' * 50_000} Ilven"},
        {"name": "A." * 50_000, "kind": "organization"},
        {"name": "Foreign Ministry", "kind": "organization"},
        {"name": "The firm", "kind": "organization"},
        {"name": "two officials", "kind": "unnamed"},
        {"name": "Orrin", "kind": "place"},
    ],
)
def test_these_can_not_be_told(connection, who):
    assert add_all(connection, tell(who, who)) == [None, None]


def test_who_gives_no_country_goes_with_the_many(connection):
    norway, unsaid, zealand = {"country": "NO"}, {}, {"country": "NZ"}
    people = add_all(connection, tell(norway, norway, norway, unsaid, zealand, name="Mara Ilven"))
    assert people[0] == people[1] == people[2] == people[3] != people[4]


def test_who_gives_no_country_is_apart_where_none_is_much_more_frequent(connection):
    people = add_all(connection, tell({"country": "NO"}, {}, {"country": "NZ"}, name="Mara Ilven"))
    assert len(set(people)) == 3


def test_one_report_that_has_both_connects_two_fields_of_life(connection):
    actor, senator = (("actor", None),), (("senator", None),)
    people = add_all(
        connection, tell({"roles": actor}, {"roles": senator}, {"roles": actor + senator}, name="Teo Brandt")
    )
    assert len(set(people)) == 1


def test_the_order_of_reports_does_not_matter(tmp_path):
    readings = [
        *tell({"country": "NO"}, {"country": "NZ"}, {}, name="Mara Ilven"),
        told_of("Mara B. Ilven", url="https://orrin.example/b"),
        told_of("Mara Ilven", country="NO", roles=(("mayor", "Orrin"),), url="https://orrin.example/c"),
    ]
    found = set()
    for at, order in enumerate(islice(permutations(readings), 0, None, 13)):
        connection = open_record(tmp_path / f"{at}.db", create=True)
        for reading in order:
            add_reading(connection, reading)
        query = "SELECT hash, person_id FROM entities JOIN documents ON documents.id = document_id ORDER BY hash"
        found.add(tuple(connection.execute(query)))
        connection.close()
    assert at > 5
    assert len(found) == 1


def test_many_of_one_name_are_told_apart_as_few_are(connection):
    countries = ["NO"] * (FEW + 10) + ["NZ", None, "NZ"]
    people = add_all(connection, tell(*({"country": country} for country in countries), name="Mara Ilven"))
    assert len(set(people[: FEW + 10])) == 1
    assert people[-2] == people[0] != people[-1] == people[-3]
    assert connection.execute("SELECT sum(count) FROM person_profiles").fetchone()[0] == len(countries)


def test_what_parts_one_of_many_from_a_namesake_is_told_without_a_look_at_all_reports(connection, monkeypatch):
    countries = ["NO"] * (FEW + 10) + ["NZ"]
    many, other = add_all(connection, tell(*({"country": country} for country in countries), name="Mara Ilven"))[-2:]
    monkeypatch.setattr(linking, "_namesakes", None)
    told = [name_parts(connection, person, Decisions(connection)) for person in (many, other)]
    assert told == ["apart from 1 namesake", "apart from 1 namesake by country NZ"]


def test_who_is_no_longer_named_after_a_second_reading_parts_nobody(connection):
    readings = tell({"country": "NO"}, {"country": "NZ"}, {}, name="Mara Ilven")
    assert len(set(add_all(connection, readings))) == 3
    again = told_of("Mara Ilven", country="NO", url="https://orrin.example/1", reader=NEWER)
    assert add_reading(connection, again).outcome == "reread"
    assert len(set(connection.execute("SELECT person_id FROM entities"))) == 1


def test_counts_of_many_follow_a_second_reading(connection):
    add_all(connection, tell(*({"country": "NO"} for _ in range(FEW + 3)), name="Mara Ilven"))
    add_reading(connection, told_of("Mara Ilven", country="NZ", url="https://orrin.example/0", reader=NEWER))
    counts = connection.execute("SELECT count FROM person_profiles ORDER BY count").fetchall()
    assert counts == [(1,), (FEW + 2,)]
    assert connection.execute("SELECT count(DISTINCT person_id) FROM entities").fetchone()[0] == 2


def test_the_same_reading_again_changes_nothing(connection):
    readings = tell({"country": "NO"}, {"country": "NZ"}, name="Mara Ilven")
    people = add_all(connection, readings)
    assert add_all(connection, readings) == people
