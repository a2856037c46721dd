"""Connections of the web reader: what they share is never older than what they read."""

from __future__ import annotations

from onrecord.record import Record
from onrecord.web import connections
from onrecord.web.connections import LentRecord, SharedMeanings
from people_by_hand import told_of


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
