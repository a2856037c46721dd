"""Connections of the web reader: what they share is never older than what they read."""

from __future__ import annotations

import pytest

from onrecord.errors import MissingRecord, SlowQuery
from onrecord.record import Record
from onrecord.record.checking import check_record
from onrecord.settings import DEFAULTS
from onrecord.web import connections
from onrecord.web.connections import LentRecord, Readers, SharedMeanings
from people_by_hand import told_of


def test_a_file_that_takes_the_records_place_is_opened(tmp_path):
    for name, words in [("news.db", "The levy will go"), ("new.db", "Boats are to pay")]:
        with Record.open(tmp_path / name, create=True) as record:
            record.add(told_of("Mara Ilven", words=words, url="https://orrin.example/1"))
    readers = Readers(tmp_path / "news.db", DEFAULTS)

    def told():
        with readers.record(60) as record:
            (near,) = record.search(meaning="the levy")
            return near.words, readers.state()

    before, state = told()
    assert told() == (before, state)
    (tmp_path / "new.db").replace(tmp_path / "news.db")
    after, later = told()
    assert (before, after) == ("The levy will go", "Boats are to pay")
    assert later != state
    (tmp_path / "news.db").unlink()
    for ask in (told, readers.state):
        with pytest.raises(MissingRecord, match="no such record"):
            ask()
    readers.close()


def test_nothing_of_the_file_before_is_read_as_a_part_of_the_one_that_takes_its_place(tmp_path, monkeypatch):
    monkeypatch.setattr(connections, "WAIT_SECONDS", 0.01)
    for name, several in [("news.db", 1), ("new.db", 15)]:
        with Record.open(tmp_path / name, create=True) as record:
            record.add(
                [told_of("Mara Ilven", words=f"Boats pay {each}", url=name + str(each)) for each in range(several)]
            )
    readers = Readers(tmp_path / "news.db", DEFAULTS)
    with readers.record(60) as early:
        assert len(list(early.search("boats"))) == 1
        with Record.open(tmp_path / "news.db") as record:  # while a reader is open, which keeps SQLite's log
            record.add([told_of("Teo Brandt", words=f"The levy goes {each}", url=str(each)) for each in range(12)])
        (tmp_path / "new.db").replace(tmp_path / "news.db")
        with pytest.raises(SlowQuery, match="another file has taken the record's place"), readers.record(60):
            pass
        assert readers.state() != readers.state()  # it is told without waiting for whoever asks
    with readers.record(60) as late:
        assert (len(list(late.search("boats"))), len(list(late.search("levy")))) == (15, 0)
    readers.close()
    with Record.open(tmp_path / "news.db") as record:
        assert list(check_record(record.connection)) == []


def test_meanings_that_a_report_has_overtaken_while_they_were_loaded_are_loaded_again(tmp_path, monkeypatch):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(told_of("Mara Ilven", words="The levy will go", url="https://orrin.example/1"))
        reader = LentRecord(tmp_path / "news.db", SharedMeanings())
        reader.give_time(60)
        stamp = connections._stamp

        def add_meanwhile(connection):
            found = stamp(connection)
            monkeypatch.undo()
            record.add(told_of("Teo Brandt", words="Boats are to pay", url="https://orrin.example/2"))
            return found

        assert len(reader.meaning_index()) == 1
        reader._index = None
        monkeypatch.setattr(connections, "_stamp", add_meanwhile)
        reader.meaning_index()
        assert len(reader.meaning_index()) == 2
        reader.close()
