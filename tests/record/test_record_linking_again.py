"""Whatever is done to a record, who is who is what it would be if all were linked from nothing, in any order."""

from __future__ import annotations

import random

import pytest

from onrecord.reading import Reader
from onrecord.record import Record, Registered
from onrecord.record import linking as linking_module
from onrecord.record.changing import list_changes
from onrecord.record.deciding import EntityRow
from onrecord.record.linking import ENTITY_ROW, link_again
from onrecord.record.opening import transaction
from onrecord.record.profiles import FIELDS, profile_of
from people_by_hand import told_of

NAMES = ("Mara Ilven", "Mara B. Ilven", "Mara C. Ilven", "Bill Brandt", "William Brandt", "Will Brandt", "Brandt")
TITLES = (("striker", None), ("senator", None), ("actor", None), ("envoy", "NATO"), ("mayor", "Orrin"))
REGISTERED = (
    Registered(name="Mara Ilven", kind="person", aliases=("Ilven",), country="NO"),
    Registered(name="William Brandt", kind="person", aliases=("Brandt", "Mara C. Ilven")),
)


def report(chance, number, version):
    return told_of(
        chance.choice(NAMES),
        words=f"Pier {number} is closed",
        url=f"https://orrin.example/{number}",
        country=chance.choice([None, None, "NO", "NZ"]),
        roles=tuple(chance.sample(TITLES, chance.choice([0, 0, 1, 2]))),
        aliases=chance.choice([(), (), ("Mr. X",), ("Ms. X",)]),
        reader=Reader(version=str(version), model="hand"),
    )


def who_is_who(connection):
    query = (
        "SELECT hash, name, person_entities.person_id FROM entities JOIN documents ON documents.id = document_id"
        " LEFT JOIN person_entities ON entity_id = entities.id ORDER BY 1, 2"
    )
    return connection.execute(query).fetchall()


def link_from_nothing(connection):
    query = f"SELECT {ENTITY_ROW}, hash FROM entities JOIN documents ON documents.id = document_id"
    rows = connection.execute(query)
    with transaction(connection):
        link_again(connection, [EntityRow(*row) for row in rows.fetchall()])


def decide(chance, record):
    """Merge, split, undo or change the register, by chance."""
    people = [person.id for person in record.people()]
    what = chance.choice(["merge", "split", "undo", "add", "remove"])
    if what == "merge" and len(people) > 1:
        record.merge(chance.sample(people, 2))
    elif what == "split":
        person = chance.choice(list(record.people()))
        if person.reports > 1:
            record.split(person.id, [chance.choice(person.found_in).document])
    elif what == "undo":
        standing = [change.id for change in list_changes(record.connection) if change.undone_at is None]
        if standing:
            record.undo(chance.choice(standing))
    elif what == "add":
        record.add_to_register(REGISTERED)
    elif record.register():
        record.remove_from_register([record.register()[0].name])


@pytest.mark.parametrize("few", [64, 3])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_linked_bit_by_bit_is_what_is_linked_at_once(tmp_path, monkeypatch, seed, few):
    monkeypatch.setattr(linking_module, "FEW", few)
    chance = random.Random(seed)
    with Record.open(tmp_path / "news.db", create=True) as record:
        for step in range(60):
            record.add(report(chance, chance.randrange(40), step))
            if step % 6 == 5:
                decide(chance, record)
        before = who_is_who(record.connection)
        link_from_nothing(record.connection)
        assert who_is_who(record.connection) == before
        assert len({person for *_, person in before}) > 3
        assert record.check() == []


@pytest.mark.parametrize("few", [64, 3])
def test_five_orders_of_adding_give_the_same_people(tmp_path, monkeypatch, few):
    monkeypatch.setattr(linking_module, "FEW", few)
    chance = random.Random(7)
    readings = [report(chance, number, 1) for number in range(40)]
    found = set()
    for order in range(5):
        chance.shuffle(readings)
        with Record.open(tmp_path / f"{order}.db", create=True) as record:
            record.add_to_register(REGISTERED)
            record.add(readings)
            found.add((tuple(who_is_who(record.connection)), tuple(record.people())))
    assert len(found) == 1


@pytest.mark.parametrize("is_read_again", [True, False])
def test_a_record_that_knows_other_words_of_people_is_counted_anew(tmp_path, monkeypatch, is_read_again):
    """Of a record made by another version of onrecord, the profiles that it counted are not those that are told now."""
    monkeypatch.setattr(linking_module, "FEW", 3)
    monkeypatch.setitem(FIELDS, "public", FIELDS["public"])
    profile_of.cache_clear()
    facts = {"name": "Mara Ilven", "roles": (("warden", None),)}
    newer = Reader(version="2", model="hand")
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(told_of(**facts, url=f"https://orrin.example/{at}", country="NO") for at in range(9))
        FIELDS["public"] |= {"warden"}
        profile_of.cache_clear()
        if is_read_again:
            record.add(told_of(**facts, url="https://orrin.example/0", country="NO", reader=newer))
        record.add(told_of(**facts, url=f"https://orrin.example/b{at}", country="NZ") for at in range(9))
        assert sorted(person.reports for person in record.people()) == [9, 9]
        before = who_is_who(record.connection)
        link_from_nothing(record.connection)
        assert who_is_who(record.connection) == before
        counts = record.connection.execute("SELECT count FROM person_profiles").fetchall()
        assert counts == [(9,), (9,)]
    profile_of.cache_clear()


def test_a_merge_holds_when_reports_part_again_whom_they_had_made_one(tmp_path):
    facts = {"name": "Mara Ilven", "words": "The pier is closed"}
    envoys = [
        told_of(**facts, url=f"https://orrin.example/{at}", country=country, roles=(("envoy", "NATO"),))
        for at, country in enumerate(("NO", "NZ"))
    ]
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(
            told_of(**facts, url=f"https://orrin.example/{at}", country=country)
            for at, country in enumerate(("NO", "NZ"), 2)
        )
        record.merge([person.id for person in record.people()])
        record.add(envoys)  # the same office: one person
        assert record.connection.execute("SELECT count(*) FROM merged_people").fetchone() == (0,)
        newer = Reader(version="2", model="hand")
        record.add(told_of(**facts, url="https://orrin.example/1", country="NZ", reader=newer))
        assert record.connection.execute("SELECT count(DISTINCT person_id) FROM entities").fetchone() == (2,)
        assert [person.reports for person in record.people()] == [4]
