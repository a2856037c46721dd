"""Taking reports out of a record: what is left is as if they had never been there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from handmade import full_reading, invented_reading, read_by_hand
from onrecord.errors import BadChange, BadQuery, ForbiddenRecord, MissingRecord
from onrecord.reading import Reader
from onrecord.record import Filters, Missed, Record, Should
from onrecord.record.changing import By
from onrecord.record.checking import check_record
from onrecord.record.linking import FEW
from onrecord.record.overview import glance
from people_by_hand import told_of
from strategies import invented_report

WIRE = invented_report(11, paragraphs=8)
EDITED = WIRE.replace(WIRE.split("\n\n")[0], "MARNOCK (Vel News) —", 1)


@pytest.fixture
def new_record(tmp_path):
    opened = []

    def make():
        opened.append(Record.open(tmp_path / f"{len(opened)}.db", create=True))
        return opened[-1]

    yield make
    for record in opened:
        assert list(check_record(record.connection)) == []
        record.close()


def under(path, text=None, **metadata):
    """Return a report of an address; its words are its own, if none are given."""
    text = text or f"The levy will go from {path}, Mara Ilven said.\n\nNo boat will pay at {path}, Teo Brandt claimed."
    return read_by_hand(text, url=f"https://{path}", **{"published": "2024-05-02", **metadata})


def wire(outlet, day, text=WIRE):
    return under(f"{outlet}.example/levy", text, published=day, outlet=outlet.title())


def content(record):
    """Return all that a record tells, but for the numbers of rows and the times at which they were written."""
    connection = record.connection
    told = {
        view: sorted(map(repr, connection.execute(f"SELECT {columns} FROM {view}")))
        for view, columns in {
            "who_said_what": "statement, speaker, content, cue, outlet, published, form, confidence, standing",
            "who_said_what_corrected": "statement, speaker, content, outlet, is_corrected, is_added",
            "who_did_what": "type, actor, recipient, outlet, document",
            "people": "*",
            "site_names": "*",
            "person_profiles": "key, profile, count, person_id",
            "outlet_domains": "domain, joined_by, (SELECT name FROM outlets WHERE id = outlet_id)",
            "outlets": "name",
            "documents": "hash, is_current, address, title",
            "merged_people": "*",
            "texts": "text",
            "copy_bands": "band, (SELECT hash FROM documents WHERE id = document_id)",
            "copies": "(SELECT hash FROM documents WHERE id = document_id),"
            " (SELECT hash FROM documents WHERE id = copy_of), how, similarity",
            "revisions": "(SELECT hash FROM documents WHERE id = document_id),"
            " (SELECT hash FROM documents WHERE id = revises), changes",
            "corrections": "document_hash, mark, field, value, standing",
        }.items()
    }
    return told | {
        "statements": sorted(map(repr, record.statements(Filters(copies=True)))),
        "listed": list(record.people()),
        "outlets listed": record.outlets(),
        "found": sorted((hit.statement, hit.content) for hit in record.search("levy OR boat", limit=None)),
        "meant": sorted(hit.statement for hit in record.search(meaning="the levy goes", limit=None)),
        "at a glance": replace(glance(connection), latest=()),
        "readings": {each.document.id: each for each in record.readings()},
    }


NAMESAKES = [
    told_of("Ada Quill", country=country, words=f"{words} {number}", url=f"https://{country}.example/{words}{number}")
    for country, words, count in (("NO", "Levy", 4), ("NZ", "Boat", 3))
    for number in range(count)
]
OFFICE = {"roles": (("Secretary General", "NATO"),)}
SETS = {
    "reports of their own": [*(invented_reading(seed) for seed in range(3)), full_reading(url="https://orrin.example")],
    "the original of copies": [
        wire("wire", "2024-05-01"),
        wire("echo", "2024-05-02"),
        wire("post", "2024-05-03"),
        wire("star", None, EDITED),
    ],
    "the edited one came first": [
        wire("wire", "2024-05-01", EDITED),
        wire("echo", "2024-05-02"),
        wire("post", "2024-05-03"),
        wire("star", "2024-05-04", EDITED),
    ],
    "an address with three texts and a mirror": [
        under("orrin.example/a", "The levy will go, Mara Ilven said."),
        under("orrin.example/a", "The levy will stay, Mara Ilven said.", published="2024-05-03"),
        under("m.orrin.example/a?utm_source=feed", "The levy will stay, Mara Ilven said.", published="2024-05-03"),
        under("orrin.example/a", "The levy will rise, Teo Brandt said.", published="2024-05-04"),
        under("orrin.example/b"),
    ],
    "what outlets are called": [
        under("quy.example/1", outlet="Quy Post"),
        under("quy.example/2", outlet="Quy Post"),
        under("quy.example/3", outlet="Post of Quy"),
        under("orrin.example/1", outlet="Quy Post"),
        read_by_hand("No address, Mara Ilven said.", outlet="Quy Post"),
        read_by_hand("No address and no domain, Teo Brandt said.", outlet="Vel Gazette"),
    ],
    "namesakes": NAMESAKES,
    "who connects namesakes": [
        told_of("Ada Quill", country="NO", words="One", url="https://orrin.example/1", **OFFICE),
        told_of("Ada Quill", country="NZ", words="Two", url="https://orrin.example/2", **OFFICE),
        told_of("Ada Quill", country="NZ", words="Three", url="https://orrin.example/3"),
    ],
    "a name that many reports have": [
        told_of("Ada Quill", country="NO", words="One", url="https://orrin.example/1", **OFFICE),
        told_of("Ada Quill", country="NZ", words="Two", url="https://orrin.example/2", **OFFICE),
        *(told_of("Ada Quill", words=f"{n} boats", url=f"https://quy.example/{n}") for n in range(FEW - 1)),
    ],
}


@pytest.mark.parametrize("name", SETS)
def test_what_is_left_is_as_if_a_report_had_never_been_there(new_record, name):
    readings = SETS[name]
    for gone in {0, 1, len(readings) - 1}:
        record, others = new_record(), new_record()
        added = record.add(readings)
        record.remove([added[gone].document])
        left = {each for (each,) in record.connection.execute("SELECT hash FROM documents")}
        others.add([each for each in readings if each.document.id in left])
        assert added[gone].document not in left
        assert content(record) == content(others)


def test_several_go_at_once_or_none_does(new_record):
    record, others = new_record(), new_record()
    readings = SETS["the original of copies"]
    added = record.add(readings)
    with pytest.raises(MissingRecord):
        record.remove([added[0].document, "https://nowhere.example/levy"])
    assert len(list(record.readings())) == len(readings)
    removed = record.remove([each.document for each in added[:2]])
    assert [each.copies for each in removed] == [tuple(sorted(each.document for each in added[2:]))] * 2
    others.add(readings[2:])
    assert content(record) == content(others)


def test_a_report_is_named_like_one_that_a_statement_is_put_into(new_record):
    record = new_record()
    first, second, third = record.add([under(f"orrin.example/{each}", title=f"About {each}") for each in "abc"])
    statement = next(each.statement for each in record.statements() if each.document == second.document)
    removed = record.remove(["https://www.orrin.example/a#top", statement, third.document[:9], third.document])
    assert [each.document for each in removed] == [first.document, second.document, third.document]
    assert (removed[0].title, removed[0].texts, removed[0].statements) == ("About a", 1, 2)
    assert list(record.readings()) == []
    with pytest.raises(MissingRecord):
        record.remove(["no id"])


def test_nothing_goes_that_was_not_agreed_to(new_record):
    record = new_record()
    record.add([under("quill.example/a")])
    agreed = record.to_remove(["https://quill.example/a"])
    record.add([under("quill.example/a", "The levy stays after all, Mara Ilven said.")])
    before = content(record)
    with pytest.raises(BadChange, match="changed since you were asked"):
        record.remove(["https://quill.example/a"], agreed=agreed)
    assert content(record) == before
    agreed = record.to_remove(["https://quill.example/a"])
    assert [each.document for each in record.remove(["https://quill.example/a"], agreed=agreed)] == [
        each.document for each in agreed
    ]


def test_a_report_that_was_allowed_and_added_again_is_not_said_to_be_out(new_record):
    record = new_record()
    record.add([under("quill.example/a")])
    (removed,) = record.remove(["https://quill.example/a"])
    record.allow(removed.id)
    record.add([under("quill.example/a")])
    with pytest.raises(MissingRecord) as refused:
        record.remove([f"{removed.document}-00000000"])
    assert "taken out" not in str(refused.value)


def test_a_beginning_that_several_ids_have_is_refused(new_record):
    record = new_record()
    names = sorted(each.document for each in record.add([invented_reading(seed) for seed in range(3)]))
    record.connection.execute("UPDATE documents SET hash = ? WHERE hash = ?", (f"{names[0][:8]}00000000", names[1]))
    with pytest.raises(BadQuery):
        record.remove([names[0][:8]])
    record.connection.execute("UPDATE documents SET hash = ? WHERE hash = ?", (names[1], f"{names[0][:8]}00000000"))


def test_what_was_said_over_it_goes_with_it(new_record):
    record, others = new_record(), new_record()
    gone, stays = under("orrin.example/gone"), under("orrin.example/stays")
    for each in (record, others):
        each.add([stays, *([gone] if each is record else [])])
        statement = next(row.statement for row in each.statements() if row.document == stays.document.id)
        each.correct(statement, Should(speaker=["Teo Brandt"]), By(who="ida"))
    record.put_in(gone.document.id, Missed(content="levy", speaker=["Orla Brask"]), By(who="ida"))
    statement = next(row.statement for row in record.statements() if row.document == gone.document.id)
    record.correct(statement, Should(speaker=["Orla Brask"]))
    (removed,) = record.remove([gone.document.id])
    assert (removed.statements, removed.corrections) == (3, 2)
    assert content(record) == content(others)


# ---- what somebody decided ----------------------------------------------------------------------------------------


def test_a_merge_stays_for_the_reports_that_are_left(new_record):
    record = new_record()
    married = [told_of("Ada Quill-Larch", words=f"{n}", url=f"https://orrin.example/{n}") for n in range(7)]
    single = told_of("Ada Quill", url="https://orrin.example/single")
    added = record.add([single, *married])
    record.merge(["Ada Quill-Larch", "Ada Quill"], By(who="ida", why="married"))
    # Of the seven a merge names five; two are left.
    named = record.connection.execute("SELECT value FROM changes, json_each(what, '$.people[0].reports')").fetchall()
    assert len(named) == 5
    gone = sorted(each.document for each in added[1:])[:5]
    record.remove(gone)
    (change,) = record.changes()
    assert (change.undone_at, change.why) == (None, "married")
    assert [(each.name, each.reports) for each in record.people()] == [("Ada Quill-Larch", 3)]
    assert not any(each in record.connection.execute("SELECT what FROM changes").fetchone()[0] for each in gone)
    record.undo(change.id)
    assert len(list(record.people())) == 2


def test_a_merge_ends_with_the_last_report_of_one_of_the_two(new_record):
    record = new_record()
    only, other = record.add([told_of("Ada Quill", url="https://a.example"), told_of("Teo Brandt", words="No")])
    record.merge(["Teo Brandt", "Ada Quill"], By(who="ida", why="Ada is Teo"))
    record.remove([only.document])
    (change,) = record.changes()
    assert (change.summary, change.why, change.who) == ("ended: what it was of was taken out", None, "ida")
    assert change.undone_at is not None
    assert "Ada" not in record.connection.execute("SELECT what FROM changes").fetchone()[0]
    assert [each.name for each in record.people()] == ["Teo Brandt"]
    with pytest.raises(BadChange):
        record.undo(change.id)
    assert other.document in {each.document.id for each in record.readings()}


def test_who_was_split_off_stays_the_same_and_can_be_brought_back(new_record):
    record = new_record()
    told = [told_of("Ada Quill", words=f"{n}", url=f"https://orrin.example/{n}") for n in range(4)]
    documents = sorted(each.document for each in record.add(told))
    change = record.split("Ada Quill", documents[:2])
    before = {person.id for person in record.people()}
    record.remove([documents[0]])
    assert {person.id for person in record.people()} == before
    assert documents[0] not in record.changes()[0].summary
    record.undo(change.id)
    assert [each.reports for each in record.people()] == [3]
    record.split("Ada Quill", documents[1:2])
    record.remove([documents[1]])
    assert [each.undone_at is None for each in record.changes()] == [False, False]
    assert [each.reports for each in record.people()] == [2]


def test_outlets_that_somebody_joined_stay_joined(new_record):
    record = new_record()
    record.add([under("quy.example/1", outlet="Quy Post"), under("orrin.example/1", outlet="Orrin Echo")])
    record.join_outlets("Vel Group", ["quy.example", "orrin.example"])
    record.remove(["https://quy.example/1"])
    (outlet,) = record.outlets()
    assert (outlet.name, len(outlet.domains), outlet.reports) == ("Vel Group", 2, 1)
    record.undo(1)
    assert {each.name for each in record.outlets() if each.reports} == {"Orrin Echo"}


# ---- not back again -----------------------------------------------------------------------------------------------


def test_what_was_taken_out_is_passed_over_until_it_is_allowed(new_record):
    record = new_record()
    reading = under("orrin.example/a")
    record.add(reading)
    record.remove(["https://orrin.example/a"], By(who="ida", why="withdrawn"))
    mirror = under("m.orrin.example/a?utm_source=feed", "Another text, Mara Ilven said.")
    elsewhere = under("quy.example/1", reading.document.text)
    newer = replace(reading, reader=Reader(version="9", model="hand"))
    for each in (reading, mirror, elsewhere, newer):
        (added,) = record.add(each)
        assert (added.outcome, added.row, added.removal) == ("removed before", None, 1)
    assert record.add(under("orrin.example/b"))[0].outcome == "added"
    (removal,) = record.removals()
    assert (removal.who, removal.why, removal.texts, removal.allowed_at) == ("ida", "withdrawn", 1, None)
    assert record.allow(1).allowed_at is not None
    assert record.add(reading)[0].outcome == "added"
    with pytest.raises(BadChange):
        record.allow(1)
    with pytest.raises(MissingRecord):
        record.allow(2)
    record.remove([reading.document.id])
    assert record.add(reading)[0].removal == 2


def test_a_copy_that_stays_is_read_again_though_its_bytes_were_taken_out(new_record):
    record = new_record()
    first, copy = wire("wire", "2024-05-01"), wire("echo", "2024-05-02")
    record.add([first, copy])
    record.remove([first.document.id])
    assert record.add(copy)[0].outcome == "skipped"
    assert record.add(replace(copy, reader=Reader(version="9", model="hand")))[0].outcome == "reread"


# ---- no word of it ------------------------------------------------------------------------------------------------

RARE = ("zyxvornel", "qummeldrish", "wuxterabim", "Zhandelquorn")
SAID = f"The {RARE[0]} levy will {RARE[1]}, Mara Ilven said of {RARE[3]}."


def traces(path):
    files = [each for each in path.parent.iterdir() if each.name.startswith(path.name)]
    found = b"".join(each.read_bytes() for each in files).lower()
    return [word for word in RARE if word.lower().encode() in found]


def test_no_word_of_it_stays_in_the_file(tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.connection.execute("PRAGMA secure_delete = OFF")  # some builds of SQLite have it on by default
        reading = under(f"{RARE[3]}.example/{RARE[2]}", SAID, title=f"{RARE[0]} now", outlet=f"{RARE[1]} Echo")
        told = told_of(f"Ada {RARE[3]}", words=SAID, url=f"https://{RARE[2]}.example/told", country="NO")
        others = [invented_reading(seed) for seed in range(40)]
        record.add(others[:10])
        for each in (reading, told):
            record.add(each)
            record.add(replace(each, reader=Reader(version="9", model="hand")))
            record.add(others.pop())
        record.add(others[10:])
        record.merge(["Mara Ilven", f"Ada {RARE[3]}"], By(why=f"called {RARE[3]}"))
        record.put_in(reading.document.id, Missed(content=RARE[0], speaker=[RARE[1]]))
        with closing(sqlite3.connect(path)) as reader:  # as a server has it open, between two questions
            reader.execute("SELECT count(*) FROM documents").fetchone()
            assert set(traces(path)) == set(RARE)
            removed = record.remove([reading.document.id, told.document.id], By(who="ida"))
            assert all(each.is_wiped for each in removed)
            assert traces(path) == []
        terms = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ('main', 'statements_fts', 'row')"
        record.connection.execute(terms)
        assert not record.connection.execute("SELECT term FROM temp.vocabulary WHERE term LIKE 'zyx%'").fetchall()
        assert record.check() == []
    assert traces(path) == []


def test_what_another_process_reads_is_overwritten_later(tmp_path, monkeypatch):
    monkeypatch.setattr("onrecord.record.removing.WAIT_SECONDS", 0.1)
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add([under("orrin.example/a", SAID), under("orrin.example/b")])
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM documents").fetchone()
            assert not record.remove(["https://orrin.example/a"])[0].is_wiped
            assert not record.wipe()
        assert record.wipe()
        assert traces(path) == []


def test_where_the_runs_had_it_from_is_forgotten(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add([under("orrin.example/a"), under("orrin.example/b")])
        record.connection.execute(
            "INSERT INTO runs (started_at, sources) VALUES ('2024-05-02', '[\"https://orrin.example/a\", \"news/\"]')"
        )
        record.remove(["https://orrin.example/a"])
        assert record.connection.execute("SELECT sources FROM runs").fetchall() == [('["news/"]',)]


# ---- whole, whatever happens --------------------------------------------------------------------------------------


def test_ended_at_any_statement_it_has_taken_all_out_or_nothing(new_record):
    record = new_record()
    readings = SETS["the original of copies"]
    record.add(readings)
    record.merge(["Mara Ilven", "Teo Brandt"])
    before = content(record)
    first, left, came_through = readings[0].document.id, 1, False
    while not came_through:
        count = left

        def stop():
            nonlocal count
            count -= 1
            return count <= 0

        record.connection.set_progress_handler(stop, 400)
        try:
            record.remove([first])
            came_through = True
        except Exception:  # noqa: BLE001 - whatever an interrupt is told as
            record.connection.set_progress_handler(None, 0)
            assert content(record) == before
        finally:
            record.connection.set_progress_handler(None, 0)
        left += max(1, left // 2)
    assert left > 4
    assert first not in {each.document.id for each in record.readings()}


def test_nothing_is_taken_out_of_a_record_that_is_open_to_be_read(tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        (added,) = record.add(under("orrin.example/a"))
    with Record.open(path, read_only=True) as record, pytest.raises(ForbiddenRecord):
        record.remove([added.document])
