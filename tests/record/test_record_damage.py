"""Damage within the cells of a record, which SQLite does not see, and faults of the program, which are none of it."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing

import pytest

from handmade import full_reading, invented_reading
from onrecord.compare import Asked, verify
from onrecord.errors import DamagedRecord
from onrecord.record import Record, Should, damage
from onrecord.record.damage import translated


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add([full_reading(), *(invented_reading(seed) for seed in range(3))])
    return path


def spoil(path, change):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(change)
        connection.commit()


@pytest.mark.parametrize(
    ("change", "look"),
    [
        ("UPDATE entities SET person_id = 1.5", lambda record: list(record.people())),
        ("UPDATE documents SET authors = x'00ff'", lambda record: list(record.readings())),
        ("UPDATE texts SET text = x'00ff'", lambda record: verify(record, Asked(words="the bridge is closed"))),
    ],
)
def test_what_a_flipped_bit_makes_of_a_cell_is_damage(path, change, look):
    spoil(path, change)
    with Record.open(path) as record, pytest.raises(DamagedRecord) as told:
        look(record)
    assert told.value.advice.startswith("run: onrecord check-record")
    with Record.open(path) as record:
        assert "cells" in {finding.part for finding in record.check()}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE statements SET published = 20200101 WHERE id = 2", "counted for another day"),
        (
            "UPDATE entities SET says = '[7]' WHERE id = (SELECT speaker_id FROM statements WHERE id = 1)",
            "not told alike",
        ),
        ("UPDATE statements SET speaker_id = NULL WHERE id = 1", "not told alike"),
        ("UPDATE entities SET about = '[99]' WHERE id = 1", "that the reading does not have"),
        ("UPDATE entities SET parts = '[[3,99]]' WHERE id = 1", "that the reading does not have"),
        ("UPDATE entities SET parts = '[\"x\"]' WHERE id = 1", "that the reading does not have"),
        ("UPDATE entities SET says = x'00ff' WHERE id = 1", "not told alike"),
        ("INSERT INTO copies VALUES (1, 1, 'exact', 1.0)", "a copy of itself"),
    ],
)
def test_a_number_that_is_another_one_is_found(path, change, message):
    spoil(path, change)
    with Record.open(path) as record:
        assert any(message in finding.message for finding in record.check())


def test_a_fault_of_the_program_is_not_told_as_damage(path):
    with pytest.raises(TypeError, match="ours"), translated(path):
        raise TypeError("ours")


def test_a_fault_over_a_record_that_is_damaged_elsewhere_is_told_as_damage(path):
    spoil(path, "UPDATE outlets SET name = x'00ff' WHERE id = 1")
    with pytest.raises(DamagedRecord, match=r"its rows do not fit each other \(KeyError\)"), translated(path):
        raise KeyError("a term")


def test_a_full_disk_is_not_told_as_damage_of_a_record_that_has_some(path):
    spoil(path, "UPDATE outlets SET name = x'00ff' WHERE id = 1")
    with pytest.raises(OSError, match="No space left"), translated(path):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_record_is_checked_once_for_an_error(path, monkeypatch):
    checks = []
    monkeypatch.setattr(damage, "check_record", lambda *_: iter(checks.append(1) or ()))
    with pytest.raises(TypeError), translated(path), translated(path), translated("another"):
        raise TypeError
    assert checks == [1]


def test_a_name_that_is_no_text_is_damage_where_the_check_can_not_read_it_either(path):
    spoil(path, "UPDATE documents SET hash = CAST(x'ff' AS TEXT) WHERE id = 1")
    with pytest.raises(DamagedRecord), translated(path):
        raise KeyError("a term")


def test_what_somebody_put_beside_our_tables_is_theirs(path):
    spoil(path, 'CREATE TABLE "my notes" (day INTEGER, "order" TEXT)')
    spoil(path, "INSERT INTO \"my notes\" VALUES ('Monday', x'00')")
    with Record.open(path) as record:
        assert record.check() == []


def test_what_is_no_record_has_no_damage(tmp_path):
    with pytest.raises(ZeroDivisionError), translated(tmp_path / "none.db"):
        raise ZeroDivisionError


@pytest.mark.parametrize("change", ["UPDATE corrections SET value = 'x'", "UPDATE changes SET what = '1.5'"])
def test_what_was_changed_by_hand_is_looked_at_too(path, change):
    with Record.open(path) as record:
        first, second, *_ = (person.id for person in record.people(limit=2))
        record.merge([first, second])
        record.correct(next(iter(record.search())).statement, Should(cue_class="doubting"))
        assert record.check() == []
    spoil(path, change)
    with Record.open(path) as record:
        assert [(finding.part, finding.message) for finding in record.check()] == [
            ("cells", "what it is about is no JSON object")
        ]


@pytest.mark.parametrize(
    "value",
    [
        '{"words": "Teo Brandt"}',
        '{"words": "Teo Brandt", "namfs": ["Teo Brandt"]}',
        '{"words": "Teo Brandt", "names": [7]}',
        '{"wosds": "Teo Brandt", "names": ["Teo Brandt"]}',
        '{"words": ["Teo Brandt"], "names": ["Teo Brandt"]}',
    ],
)
def test_a_correction_without_the_words_or_the_names_of_it_is_damage(path, value):
    with Record.open(path) as record:
        record.correct(next(iter(record.search())).statement, Should(speaker="Teo Brandt"))
        assert record.check() == []
    spoil(path, f"UPDATE corrections SET value = '{value}'")
    with Record.open(path) as record:
        assert [finding.part for finding in record.check()] == ["cells"]


def test_counting_by_such_a_correction_tells_of_the_damage(path):
    with Record.open(path) as record:
        record.correct(next(iter(record.search())).statement, Should(speaker="Teo Brandt"))
        spoil(path, """UPDATE corrections SET value = '{"words": "Teo Brandt"}'""")
        with pytest.raises(DamagedRecord):
            record.search().facets()
