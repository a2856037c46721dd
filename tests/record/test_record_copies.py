"""Copies: exact and near, whatever the order in which they come; mirrors of an address."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

import pytest

from handmade import invented_reading, read_by_hand
from older_records import make_older
from onrecord.reading import Reader
from onrecord.record import Record
from onrecord.record.checking import check_record
from onrecord.record.copies import BANDS, MIN_WORDS, body_print, body_words, minhash_bands, shingles, similarity
from onrecord.record.days import copies_of, find_dated
from onrecord.record.mirrors import canonical_address, domain_of
from onrecord.record.opening import open_record
from onrecord.record.writing import add_reading
from strategies import invented_report

WIRE = invented_report(11, paragraphs=8)
EDITED = WIRE.replace(WIRE.split("\n\n")[0], "MARNOCK (Vel News) —", 1)
OTHER = invented_report(12, paragraphs=8)


@pytest.fixture
def new_record(tmp_path):
    opened = []

    def make():
        opened.append(open_record(tmp_path / f"{len(opened)}.db", create=True))
        return opened[-1]

    yield make
    for connection in opened:
        assert list(check_record(connection)) == []
        connection.close()


def report(text, outlet, published, path="levy"):
    return read_by_hand(text, url=f"https://{outlet}.example/{path}", published=published)


def copies(connection):
    """Return which address is a copy of which, and how."""
    return set(
        connection.execute(
            "SELECT one.address, other.address, how FROM copies"
            " JOIN documents AS one ON one.id = document_id JOIN documents AS other ON other.id = copy_of"
        )
    )


def test_the_same_body_under_another_address_is_a_copy_that_does_not_count(new_record):
    connection = new_record()
    first = add_reading(connection, report(WIRE, "wire", "2024-05-01"))
    second = add_reading(connection, report(WIRE.upper(), "echo", "2024-05-02"))
    assert (second.outcome, second.copy_of) == ("added", first.document)
    counted = connection.execute("SELECT DISTINCT address FROM who_said_what WHERE standing = 'counts'").fetchall()
    assert counted == [("https://wire.example/levy",)]


def test_an_edited_body_is_a_near_copy_and_another_report_is_none(new_record):
    connection = new_record()
    first = add_reading(connection, report(WIRE, "wire", "2024-05-01"))
    assert add_reading(connection, report(EDITED, "echo", "2024-05-02")).copy_of == first.document
    assert add_reading(connection, report(OTHER, "post", "2024-05-02")).copy_of is None
    ((_, _, how),) = copies(connection)
    assert how == "near"


def test_the_report_published_first_is_the_original_whatever_the_order(new_record):
    reports = [
        report(WIRE, "wire", "2024-05-01"),
        report(WIRE, "echo", "2024-05-02"),
        report(EDITED, "post", "2024-05-03"),
        report(EDITED, "star", None),
        report(OTHER, "times", "2024-05-01"),
    ]
    expected = {
        ("https://echo.example/levy", "https://wire.example/levy", "exact"),
        ("https://post.example/levy", "https://wire.example/levy", "near"),
        ("https://star.example/levy", "https://wire.example/levy", "near"),
    }
    for order in list(permutations(reports))[::11]:
        connection = new_record()
        for each in order:
            add_reading(connection, each)
        assert copies(connection) == expected
        counted = connection.execute("SELECT DISTINCT address FROM who_said_what WHERE standing = 'counts'")
        assert set(counted) == {("https://wire.example/levy",), ("https://times.example/levy",)}


@pytest.mark.parametrize(
    ("of_the_page", "of_the_text"),
    [("2024-05-01", "2024-05-01"), ("2024-05-01T09:30:00+02:00", "2024-05-01"), (None, None)],
)
@pytest.mark.parametrize("words", [WIRE, EDITED])
def test_of_a_page_and_its_plain_text_of_one_day_the_page_counts_whatever_their_hashes(
    new_record, of_the_page, of_the_text, words
):
    text = read_by_hand(words, url=None, published=of_the_text)
    pages = [read_by_hand(WIRE, url=f"https://wire.example/{n}", published=of_the_page) for n in range(9)]
    page = max(pages, key=lambda each: each.document.id)
    assert page.document.id > text.document.id  # by the hash alone the text would count
    for order in ([page, text], [text, page]):
        connection = new_record()
        for each in order:
            add_reading(connection, each)
        assert [row[:2] for row in copies(connection)] == [(None, page.document.url)]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("2024-05-01T14:00:00Z", "2024-05-01"),
        ("2024-05-01T14:00:00Z", "2024-05"),
        ("2024-05-01", "2024-05"),
        ("2024-05", "2024"),
        ("2024-05-01T09:00:00+05:00", "2024-05-01T08:00:00Z"),
        ("2024-05-01T08:00:00.250Z", "2024-05-01T08:00:00.500Z"),
    ],
)
@pytest.mark.parametrize("words", [WIRE, EDITED])
def test_a_time_is_compared_in_utc_and_goes_before_what_is_only_known_to_the_day(new_record, first, then, words):
    wire, paper = report(WIRE, "wire", first), report(words, "paper", then)
    for order in ([wire, paper], [paper, wire]):
        connection = new_record()
        for each in order:
            add_reading(connection, each)
        assert [row[:2] for row in copies(connection)] == [(paper.document.url, wire.document.url)]


def test_a_record_in_which_a_day_went_before_a_time_is_put_right_when_it_is_opened(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add([report(WIRE, "wire", "2024-05-01T14:00:00Z"), report(EDITED, "post", "2024-05-02")])
        paper = report(WIRE, "paper", "2024-05-01T15:00:00Z")
        (added,) = record.add(paper)
        wire = record.connection.execute("SELECT min(id) FROM documents").fetchone()[0]
        record.connection.execute("UPDATE documents SET published = '2024-05-01' WHERE id = ?", (added.row,))
        record.connection.execute(
            "UPDATE copies SET document_id = ?, copy_of = ? WHERE how = 'exact'", (wire, added.row)
        )
        record.connection.execute("UPDATE copies SET copy_of = ? WHERE how = 'near'", (added.row,))
        record.connection.execute("UPDATE copy_bands SET document_id = ? WHERE document_id = ?", (added.row, wire))
        record.connection.execute("UPDATE statements SET standing = (document_id <> ?)", (added.row,))
        make_older(record.connection, 4)
    with Record.open(tmp_path / "news.db") as record:
        assert copies(record.connection) == {
            ("https://paper.example/levy", "https://wire.example/levy", "exact"),
            ("https://post.example/levy", "https://wire.example/levy", "near"),
        }
        assert {
            row[0]
            for row in record.connection.execute(
                "SELECT id FROM documents WHERE id IN (SELECT document_id FROM statements WHERE standing = 0)"
            )
        } == {wire}


def test_an_outlet_without_an_address_is_more_than_neither_and_less_than_both(new_record):
    named = read_by_hand(WIRE, outlet="Orrin Echo", published="2024-05-01")
    three = [read_by_hand(WIRE.upper(), published="2024-05-01"), named, report(EDITED, "wire", "2024-05-01")]
    for order in permutations(three):
        connection = new_record()
        for each in order:
            add_reading(connection, each)
        counted = connection.execute("SELECT DISTINCT address FROM who_said_what WHERE standing = 'counts'")
        assert counted.fetchall() == [("https://wire.example/levy",)]
    connection = new_record()
    for each in three[:2]:
        add_reading(connection, each)
    counted = connection.execute("SELECT DISTINCT outlet FROM who_said_what WHERE standing = 'counts'")
    assert counted.fetchall() == [("Orrin Echo",)]


def test_the_text_of_an_earlier_day_is_the_original_of_a_page(new_record):
    connection = new_record()
    text = add_reading(connection, read_by_hand(WIRE, published="2024-04-30"))
    assert add_reading(connection, report(WIRE, "wire", "2024-05-01T06:00:00Z")).copy_of == text.document


def test_when_the_original_is_revised_the_next_report_takes_its_place(new_record):
    connection = new_record()
    add_reading(connection, report(WIRE, "wire", "2024-05-01"))
    add_reading(connection, report(WIRE, "echo", "2024-05-02"))
    add_reading(connection, report(EDITED, "post", "2024-05-03"))
    add_reading(connection, report(OTHER, "wire", "2024-05-04"))
    assert copies(connection) == {("https://post.example/levy", "https://echo.example/levy", "near")}
    standing = connection.execute("SELECT address, standing FROM who_said_what GROUP BY document ORDER BY min(id)")
    assert standing.fetchall() == [
        ("https://wire.example/levy", "revised"),
        ("https://echo.example/levy", "counts"),
        ("https://post.example/levy", "copy"),
        ("https://wire.example/levy", "counts"),
    ]


def test_when_the_original_becomes_like_a_copy_of_it_no_two_are_each_others_copies(new_record):
    connection = new_record()
    for text, outlet, day in ((EDITED, "wire", "03"), (EDITED, "post", "04"), (WIRE, "echo", "05")):
        add_reading(connection, report(text, outlet, f"2024-05-{day}"))
    add_reading(connection, report(WIRE, "wire", "2024-05-03"))
    assert copies(connection) == {
        ("https://post.example/levy", "https://wire.example/levy", "near"),
        ("https://echo.example/levy", "https://wire.example/levy", "exact"),
    }


@pytest.mark.parametrize("seed", range(8))
def test_revisions_leave_the_copies_that_their_last_texts_give(new_record, seed):
    chance = random.Random(seed)
    texts = [OTHER, *(WIRE.replace("\n\n", f"\n\nNo. {number}: ", number) for number in range(4))]
    days = {outlet: f"2024-05-0{chance.randint(1, 5)}" for outlet in ("wire", "echo", "post", "star", "herald")}
    connection, last = new_record(), {}
    for _ in range(14):
        outlet = chance.choice(sorted(days))
        told = report(chance.choice(texts), outlet, days[outlet])
        if add_reading(connection, told).outcome != "skipped":  # a text that is known already stays an earlier one
            last[outlet] = told
    fresh = new_record()
    for told in last.values():
        add_reading(fresh, told)
    assert copies(connection) == copies(fresh)


def test_a_record_in_which_two_were_each_others_copies_is_put_right_when_it_is_opened(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        first, second = record.add([report(WIRE, "wire", "2024-05-01"), report(WIRE, "echo", "2024-05-02")])
        record.connection.execute("INSERT INTO copies VALUES (?, ?, 'near', 0.9)", (first.row, second.row))
        record.connection.execute("UPDATE statements SET standing = 1")
        assert {finding.message for finding in record.check()} == {
            "a copy of itself, or of its copies: none of them counts"
        }
        make_older(record.connection, 3)
    with Record.open(tmp_path / "news.db") as record:
        assert record.check() == []
        assert copies(record.connection) == {("https://echo.example/levy", "https://wire.example/levy", "exact")}
        assert record.search().count().number == len(report(WIRE, "wire", None).statements)


def test_of_two_damaged_ones_that_were_each_others_copies_the_record_opens_all_the_same(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        first, second = record.add([report(WIRE, "wire", "2024-05-01"), report(WIRE, "echo", "2024-05-02")])
        record.connection.execute("INSERT INTO copies VALUES (?, ?, 'near', 0.9)", (first.row, second.row))
        record.connection.execute("DELETE FROM texts")
        make_older(record.connection, 3)
    with Record.open(tmp_path / "news.db") as record:
        assert copies(record.connection) == {("https://echo.example/levy", "https://wire.example/levy", "exact")}


def test_a_report_whose_zones_are_damaged_can_be_read_again(new_record):
    connection, told = new_record(), report(WIRE, "wire", "2024-05-01")
    row = add_reading(connection, told).row
    connection.execute("UPDATE documents SET zones = '[['")
    assert add_reading(connection, replace(told, reader=Reader(version="0.2.0", model="hand"))).outcome == "reread"
    assert connection.execute("SELECT count(*) FROM copy_bands WHERE document_id = ?", (row,)).fetchone() == (BANDS,)


def test_the_original_of_a_copys_copy_is_that_of_both(new_record):
    connection = new_record()
    first, other = (invented_report(seed, paragraphs=20).split("\n\n") for seed in (11, 12))
    texts = ("\n\n".join([*other[:new], *first[new:]]) for new in (0, 6, 12))
    added = [
        add_reading(connection, report(text, outlet, f"2024-05-0{day}"))
        for day, (text, outlet) in enumerate(zip(texts, ("wire", "echo", "post"), strict=True), 1)
    ]
    original, copy, copied = (each.row for each in added)
    assert [each.copy_of for each in added[1:]] == [added[0].document, added[1].document]
    assert {find_dated(connection, each.document).row for each in added} == {original}
    assert copies_of(connection, [original]) == {original: [copy, copied]}
    # The last one is revised, and its new text is another's copy.
    star = add_reading(connection, report(OTHER, "star", "2024-05-01"))
    assert add_reading(connection, report(OTHER, "post", "2024-05-09")).copy_of == star.document
    assert find_dated(connection, added[2].document).row == star.row


def test_mirrors_of_an_address_are_copies_not_revisions(new_record):
    connection = new_record()
    add_reading(connection, read_by_hand(WIRE, url="https://orrin.example/levy"))
    for mirror in (
        "https://www.orrin.example/levy/",
        "http://amp.orrin.example/levy?utm_source=x",
        "https://m.orrin.example/levy",
    ):
        added = add_reading(connection, read_by_hand(WIRE, url=mirror))
        assert added.outcome == "added"
    assert connection.execute("SELECT count(*) FROM copies").fetchone() == (3,)
    assert connection.execute(
        "SELECT count(DISTINCT document) FROM who_said_what WHERE standing = 'counts'"
    ).fetchone() == (1,)


def test_a_body_too_short_to_tell_is_nobodys_copy(new_record):
    connection = new_record()
    for outlet in ("wire", "echo"):
        assert add_reading(connection, report("Nothing here yet.", outlet, None)).copy_of is None
    assert body_print(["word"] * (MIN_WORDS - 1)) is None


def test_a_flood_of_one_text_costs_no_comparison(new_record):
    connection = new_record()
    for number in range(40):
        add_reading(connection, report(WIRE, f"mirror{number}", f"2024-05-{number % 28 + 1:02d}"))
    assert connection.execute("SELECT count(DISTINCT copy_of) FROM copies").fetchone() == (1,)
    assert connection.execute("SELECT count(DISTINCT document_id) FROM copy_bands").fetchone() == (1,)


@pytest.mark.parametrize("days", [range(1, 29), range(28, 0, -1)], ids=["oldest first", "newest first"])
def test_each_report_of_a_flood_of_one_text_asks_the_record_as_much_as_the_first_ones(new_record, days):
    connection = new_record()
    asked = []
    connection.set_trace_callback(asked.append)
    costs = []
    for day in days:
        asked.clear()
        add_reading(connection, report(WIRE, f"outlet{day}", f"2024-05-{day:02d}"))
        costs.append(len(asked))
    connection.set_trace_callback(None)
    assert max(costs[-5:]) <= max(costs[2:7]) + 2  # looks for tables of words, now and then
    assert {(original, how) for _, original, how in copies(connection)} == {("https://outlet1.example/levy", "exact")}
    assert len(copies(connection)) == 27


def test_a_report_that_was_revised_leaves_no_bands(new_record):
    connection = new_record()
    first = add_reading(connection, report(WIRE, "wire", "2024-05-02"))
    second = add_reading(connection, report(OTHER, "wire", "2024-05-03"))
    assert first.row != second.row
    assert connection.execute("SELECT DISTINCT document_id FROM copy_bands").fetchall() == [(second.row,)]


def test_like_bodies_share_a_band_and_unlike_ones_do_not():
    shared = 0
    for seed in range(60):
        words = body_words(invented_reading(seed, paragraphs=12).document.text, [])
        edited = [*words[:40], "marnock", *words[41:]]
        one, other = shingles(words), shingles(edited)
        assert similarity(one, other) > 0.9
        shared += bool(set(minhash_bands(one)) & set(minhash_bands(other)))
    assert shared == 60


def test_the_hashes_of_a_body_are_the_same_on_every_machine():
    words = body_words("The levy will go. " * 10, [])
    assert body_print(words) == 8848573212061576689
    assert minhash_bands(shingles(words))[:2] == [953146257, -1048841052]


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://www.orrin.example/levy/?utm_source=feed#top", "orrin.example/levy"),
        ("http://m.orrin.example/levy", "orrin.example/levy"),
        ("https://amp.orrin.example/levy/amp/", "orrin.example/levy"),
        ("https://orrin.example/levy.amp.html", "orrin.example/levy.html"),
        ("https://ORRIN.example:443/Levy?b=2&a=1&fbclid=x", "orrin.example/Levy?a=1&b=2"),
        ("https://orrin.example:8080/levy?id=7", "orrin.example:8080/levy?id=7"),
        ("https://m.example/levy", "m.example/levy"),
        ("https://en.m.orrin.example/levy", "en.orrin.example/levy"),
        ("https://team.orrin.example/levy", "team.orrin.example/levy"),
        ("levy.txt", "levy.txt"),
        ("http://[::1/levy", "http://[::1/levy"),
        (None, None),
    ],
)
def test_mirrors_of_an_address_have_one_form(address, canonical):
    assert canonical_address(address) == canonical


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.orrin.example/levy", "orrin.example"),
        ("https://telegram.orrin.example/levy", "telegram.orrin.example"),
        ("levy.txt", None),
        ("http://[::1/", None),
        (None, None),
    ],
)
def test_the_domain_of_an_address(address, domain):
    assert domain_of(address) == domain
