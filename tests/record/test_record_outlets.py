"""Outlets: domains are joined by what their reports call them or by the user's word, in any order of adding."""

from __future__ import annotations

from itertools import permutations

import pytest

from onrecord.errors import BadChange, BadQuery, MissingRecord
from onrecord.reading import Reader
from onrecord.record import By, Filters, Record
from people_by_hand import told_of

NEWER = Reader(version="0.2.0", model="hand")


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        yield record
        assert record.check() == []


def report(number, domain, name=None, **facts):
    url = None if domain is None else f"https://www.{domain}/{number}"
    return told_of("Mara Ilven", words=f"Pier {number} is closed", url=url, outlet=name, **facts)


def outlets(record):
    return {each.name: (tuple(domain.name for domain in each.domains), each.reports) for each in record.outlets()}


def shown(record):
    return record.connection.execute("SELECT DISTINCT outlet FROM who_said_what ORDER BY 1").fetchall()


def test_domains_whose_reports_say_the_same_name_are_one_outlet(record):
    record.add([report(1, "orrin.example", "Orrin Echo"), report(2, "echo.example", "Orrin Echo")])
    record.add([report(3, "quy.example")])
    assert outlets(record) == {
        "Orrin Echo": (("echo.example", "orrin.example"), 2),
        "quy.example": (("quy.example",), 1),
    }


def test_an_outlet_is_called_what_most_of_its_reports_say_whatever_came_first(tmp_path):
    readings = [
        report(1, "orrin.example"),
        report(2, "orrin.example", "Wire"),
        report(3, "orrin.example", "Orrin Echo"),
        report(4, "orrin.example", "Orrin Echo"),
        report(5, "wire.example", "Wire"),
    ]
    found = set()
    for at, order in enumerate(list(permutations(readings))[::17]):
        with Record.open(tmp_path / f"{at}.db", create=True) as record:
            record.add(order)
            found.add((tuple(sorted(outlets(record).items())), tuple(shown(record))))
    assert found == {
        (
            (("Orrin Echo", (("orrin.example",), 4)), ("Wire", (("wire.example",), 1))),
            (("Orrin Echo",), ("Wire",)),
        )
    }


def test_reports_that_call_their_outlet_another_way_each_time_are_not_moved_each_time(record):
    written = []
    record.connection.set_trace_callback(written.append)
    for number in range(4):
        record.add(report(number, "orrin.example", ("Orrin Echo News", "Orrin Echo")[number % 2]))
    assert not [query for query in written if query.startswith("UPDATE documents SET outlet_id")]
    assert outlets(record) == {"Orrin Echo": (("orrin.example",), 4)}


def test_a_report_without_an_address_keeps_the_name_that_a_domain_gives_up(tmp_path):
    readings = [
        report(1, "orrin.example", "Wire"),
        report(2, None, "Wire"),
        report(3, "orrin.example", "Orrin Echo"),
        report(4, "orrin.example", "Orrin Echo"),
    ]
    for at, order in enumerate(permutations(readings)):
        with Record.open(tmp_path / f"{at}.db", create=True) as record:
            record.add(order)
            assert outlets(record) == {"Orrin Echo": (("orrin.example",), 3), "Wire": ((), 1)}


@pytest.mark.parametrize("host", ["orrin.example", "intranet", "[2001:db8::7]"])
@pytest.mark.parametrize("name", ["Orrin Echo", None])
def test_a_join_of_any_host_is_undone(record, host, name):
    record.add([told_of("Mara Ilven", url=f"http://{host}/1", outlet=name), report(2, "quy.example", "Quy Post")])
    before = outlets(record)
    record.undo(record.join_outlets("Joint", [host.strip("[]"), "quy.example"]).id)
    assert outlets(record) == before


def test_counts_of_names_follow_a_second_reading(record):
    record.add([report(1, "orrin.example", "Wire"), report(2, "orrin.example", "Orrin Echo")])
    record.add([report(1, "orrin.example", "Orrin Echo", reader=NEWER)])
    assert record.connection.execute("SELECT * FROM site_names").fetchall() == [("orrin.example", "Orrin Echo", 2)]
    assert outlets(record) == {"Orrin Echo": (("orrin.example",), 2)}


def test_a_join_holds_for_later_reports_and_second_readings_and_is_undone(record):
    record.add([report(1, "orrin.example", "Orrin Echo"), report(2, "quy.example", "Quy Post")])
    change = record.join_outlets("Orrin Echo", ["https://www.quy.example/2", "orrin.example"], By(who="ida"))
    record.add([report(3, "quy.example", "Quy Post"), report(2, "quy.example", "Quy Post", reader=NEWER)])
    assert outlets(record) == {"Orrin Echo": (("orrin.example", "quy.example"), 3)}
    assert shown(record) == [("Orrin Echo",)]
    assert (change.kind, change.who, change.summary) == (
        "join outlets",
        "ida",
        "Orrin Echo <- quy.example, orrin.example",
    )
    record.undo(change.id)
    assert outlets(record) == {"Orrin Echo": (("orrin.example",), 1), "Quy Post": (("quy.example",), 2)}
    assert shown(record) == [("Orrin Echo",), ("Quy Post",)]


def test_outlets_are_joined_by_name_too_also_those_without_a_domain(record):
    record.add([report(1, None, "OE"), report(2, "orrin.example", "Orrin Echo")])
    change = record.join_outlets("The Echo", ["OE", "Orrin Echo"])
    record.add([report(3, None, "OE")])
    assert outlets(record) == {"The Echo": (("OE", "orrin.example"), 3)}
    record.undo(change.id)
    assert outlets(record) == {"OE": ((), 2), "Orrin Echo": (("orrin.example",), 1)}


def test_a_domain_is_split_off_and_joined_again(record):
    record.add([report(1, "orrin.example", "Orrin Echo"), report(2, "echo.example", "Orrin Echo")])
    change = record.split_outlet("echo.example")
    record.add([report(3, "echo.example", "Orrin Echo")])
    assert outlets(record) == {"Orrin Echo": (("orrin.example",), 1), "echo.example": (("echo.example",), 2)}
    record.undo(change.id)
    assert outlets(record) == {"Orrin Echo": (("echo.example", "orrin.example"), 3)}
    record.split_outlet("echo.example", name="Echo of Quy")
    assert set(outlets(record)) == {"Orrin Echo", "Echo of Quy"}


def test_what_can_not_be_joined_or_split_is_said(record):
    record.add([report(1, "orrin.example", "Orrin Echo")])
    with pytest.raises(MissingRecord, match="no domain and no outlet"):
        record.join_outlets("Orrin Echo", ["quy.example"])
    with pytest.raises(BadChange, match="only domain of Orrin Echo"):
        record.split_outlet("orrin.example")
    with pytest.raises(BadChange, match="has a name"):
        record.join_outlets(" ", ["orrin.example"])
    with pytest.raises(BadQuery, match="write it in UTF-8"):
        record.split_outlet("\udcff.example")
    assert record.changes() == []


def test_copies_count_apart(record):
    words = " ".join(f"word{number}" for number in range(60))
    for domain in ("orrin.example", "quy.example"):
        record.add([told_of("Mara Ilven", words=words, url=f"https://{domain}/1", outlet=domain.title())])
    counts = {each.name: (each.reports, each.copies, each.statements) for each in record.outlets()}
    assert sorted(counts.values()) == [(0, 1, 0), (1, 0, 1)]


def test_a_report_under_what_is_no_address_of_a_page_has_its_outlet_by_name(record):
    record.add(told_of("Mara Ilven", url="levy.txt", outlet="OE"))
    with pytest.raises(BadChange, match="only domain of OE"):
        record.split_outlet("OE")
    record.join_outlets("The Echo", ["OE"])
    assert outlets(record) == {"The Echo": (("OE",), 1)}
    assert len(list(record.search(filters=Filters(outlet=("OE",))))) == 1


def test_an_outlet_that_a_second_reading_leaves_without_a_report_is_gone(record):
    record.add(report(1, None, "Wire"))
    record.add(report(1, None, "Orrin Echo", reader=NEWER))
    assert outlets(record) == {"Orrin Echo": ((), 1)}
    with pytest.raises(MissingRecord):
        record.split_outlet("Wire")


def test_an_outlet_without_a_name_has_that_of_its_domain(record):
    record.add([report(1, "orrin.example", "Orrin Echo"), report(2, "echo.example", "Orrin Echo")])
    record.split_outlet("echo.example", name=" ")
    assert set(outlets(record)) == {"Orrin Echo", "echo.example"}
