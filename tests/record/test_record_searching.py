"""What a search of a record finds, in which order, and what it says of it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from handmade import invented_reading, read_by_hand
from onrecord.document import Span
from onrecord.errors import BadQuery, BadSetting
from onrecord.reading import Entity, Event, Statement
from onrecord.record import Filters, PersonFilter, Record, named
from onrecord.record.annotating import delete_statement
from onrecord.record.correcting import Should, correct_statement
from onrecord.record.counting import count_by
from onrecord.record.facets import Count, Facet
from onrecord.record.filtering import Named, condition, first_day, last_day
from onrecord.record.frames import framed_statements
from onrecord.record.hits import Snippet, cut_snippet
from onrecord.record.named import list_named
from onrecord.record.paging import reports_after
from onrecord.record.querying import parse_query
from onrecord.record.ranking import join_rankings
from onrecord.record.writing import add_reading

LEVY = """The levy on moorings will go, Mara Ilven said.

Nobody had asked the fishers, Teo Brandt claimed.

The old bridge stays closed, Halvard Quy announced. Dr. Wenna Sool has denied it."""
DAY = "2024-05-02"
QUAY = """The quay will be empty by spring, Ibby Tarrow warned.

A levy on each boat, and a levy on each berth, Mara Ilven said."""


def fill(record, *readings):
    record.add(readings)


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        fill(
            record,
            read_by_hand(LEVY, url="https://orrin.example/levy", outlet="Orrin Echo", published=DAY, title="Levy"),
            read_by_hand(QUAY, url="https://vel.example/quay", outlet="Vel Courier", published="2024-07"),
        )
        yield record


def said(found):
    return [(hit.speaker, hit.words[:8]) for hit in found]


def test_a_hit_says_who_what_where_and_when(record):
    (hit,) = record.search("moorings")
    assert (hit.speaker, hit.words, hit.cue, hit.source) == (
        "Mara Ilven",
        LEVY.partition("\n")[0],
        "said",
        "Mara Ilven",
    )
    assert (hit.outlet, hit.published, hit.title, hit.standing) == ("Orrin Echo", "2024-05-02", "Levy", "counts")
    assert hit.snippet.marked("[", "]").startswith("The levy on [moorings] will go")
    assert [span.of(LEVY) for span in hit.citation.content] == [hit.words]
    assert hit.citation.link.startswith("https://orrin.example/levy#:~:text=The%20levy")
    assert hit.citation.statement == hit.statement
    assert len(hit.citation.raw_sha256) == 64


def test_all_words_are_to_be_there(record):
    assert said(record.search("levy boat")) == [("Mara Ilven", "A levy o")]
    assert said(record.search("levy harbour")) == []


def test_the_statement_with_more_of_the_word_comes_first(record):
    assert [hit.words[:6] for hit in record.search("levy")] == ["A levy", "The le"]


@pytest.mark.parametrize(
    ("words", "count"), [('"levy on each"', 1), ('"on levy"', 0), ("moor*", 1), ("oor*", 0), ("LEVY", 2), ("bridge", 1)]
)
def test_phrases_and_prefixes(record, words, count):
    found = record.search(words)
    assert len(list(found)) == count
    assert found.count() == Count(count)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 5),
        ({"speaker": ("mara ilven",)}, 2),
        ({"speaker": ("ILVEN",)}, 2),
        ({"speaker": ("ilv*",)}, 2),
        ({"speaker": ("ven",)}, 0),
        ({"speaker": ("Ilven", "Tarrow")}, 3),
        ({"about": ("sool",)}, 1),
        ({"outlet": ("echo",)}, 3),
        ({"outlet": ("www.vel.example",)}, 2),
        ({"outlet": ("nobody",)}, 0),
        ({"form": ("indirect",)}, 5),
        ({"form": ("direct",)}, 0),
        ({"cue_class": ("neutral",)}, 5),
        ({"zone": ("headline",)}, 0),
        ({"type": ("ACCUSE",)}, 0),
        ({"since": "2024-06"}, 2),
        ({"until": "2024-06"}, 3),
        ({"since": "2024-05-02", "until": "2024-05-02"}, 3),
        ({"until": "2023"}, 0),
        ({"speaker": ("Ilven",), "outlet": ("vel",), "since": "2024"}, 1),
    ],
)
def test_filters(record, filters, count):
    found = record.search(filters=Filters(**filters))
    assert len(list(found)) == count
    assert found.count() == Count(count)
    assert found.facets().counted == Count(count)


def test_a_filter_by_itself_is_not_taken_for_its_letters():
    assert Filters(speaker="Ilven", form="direct") == Filters(speaker=("Ilven",), form=["direct"])
    assert hash(Filters(outlet=["Orrin Echo"])) == hash(Filters(outlet="Orrin Echo"))
    assert Filters(speaker=None, form=None) == Filters()


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"form": "verbatim"}, "verbatim: no form; one of direct, indirect, mixed"),
        ({"cue_class": ("neutral", "claiming")}, "claiming: no cue class; one of neutral, doubting, "),
        ({"zone": ["title"]}, "title: no zone; one of section, headline, "),
        ({"type": "attack"}, "attack: no type; one of AGREE, CONSULT, "),
    ],
)
def test_a_filter_that_nothing_can_answer_is_refused(filters, told):
    with pytest.raises(BadQuery) as caught:
        Filters(**filters)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"sort": "date"}, "date: no sort; one of best, newest, oldest, added"),
        ({"limit": -1}, "limit: limit is -1; give 0 or more"),
        ({"offset": -2}, "offset: offset is -2; give 0 or more"),
    ],
)
def test_a_search_that_can_not_be_is_refused(record, wanted, told):
    with pytest.raises((BadQuery, BadSetting)) as caught:
        record.search("levy", **wanted)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("asked", "outlets"),
    [
        ("Herald", {"Herald"}),  # as a link from its name asks
        ("hérald", {"Herald"}),
        ("morning", {"Morning Herald"}),
        ("morning herald", {"Morning Herald"}),
        ("orrin", {"Orrin Echo"}),
        ("third.example", {"Evening Herald"}),
    ],
)
def test_the_full_name_of_an_outlet_means_that_outlet_alone(record, asked, outlets):
    papers = {"first": "Herald", "second": "Morning Herald", "third": "Evening Herald"}
    for domain, name in papers.items():
        record.add(
            read_by_hand(f"The {domain} ferry sinks, Ibby Tarrow said.", url=f"https://{domain}.example/", outlet=name)
        )
    assert {hit.outlet for hit in record.search(filters=Filters(outlet=(asked,)))} == outlets
    both = record.search(filters=Filters(outlet=(asked, "Vel Courier")))
    assert {hit.outlet for hit in both} == {*outlets, "Vel Courier"}


@pytest.mark.parametrize(
    "day", ["yesterday", "2024-5-2", "2024-05-02T10:00", "", "٢٠٢٤", "2024-13", "2024-02-30", "0000"]
)
def test_what_is_no_day_is_refused(record, day):
    with pytest.raises(BadQuery, match="no day"):
        list(record.search(filters=Filters(since=day)))


def test_days_may_be_dates(record):
    days = [date(2024, 5, 2), datetime.fromisoformat("2024-05-02T00:00"), np.datetime64("2024-05-02", "ns")]
    assert {Filters(since=day, until=day) for day in days} == {Filters(since="2024-05-02", until="2024-05-02")}
    assert Filters(since=None, until=np.datetime64("NaT")) == Filters()
    with pytest.raises(BadSetting, match=r"^since: give a date or a string, not int$"):
        Filters(since=2024)
    with pytest.raises(BadQuery, match="no day"):  # the tables have days of publication, no moments
        record.search(filters=Filters(until=datetime(2024, 5, 2, 7, 30, tzinfo=UTC))).count()


def test_days_include_what_is_known_of_them():
    assert (first_day("2024"), last_day("2024")) == (20240000, 20249999)


def test_newest_and_oldest(record):
    newest = [hit.published for hit in record.search("levy", sort="newest")]
    assert newest == ["2024-07", "2024-05-02"]
    assert [hit.published for hit in record.search("levy", sort="oldest")] == newest[::-1]


@pytest.mark.parametrize("sort", ["best", "newest", "oldest", "added"])
@pytest.mark.parametrize("words", [None, "levy"])
def test_a_limit_of_more_than_can_be_counted_is_none(record, words, sort):
    every = record.search(words, sort=sort, limit=None).rows()
    assert record.search(words, sort=sort, limit=10**30).rows() == every
    assert record.search(words, sort=sort, limit=1, offset=10**30).rows() == []


def test_somebody_is_looked_for_while_rows_of_a_query_of_ones_own_are_still_read(record):
    speaker = next(hit.speaker for hit in record.search(limit=None) if hit.speaker)
    filters = Filters(speaker=(speaker,))
    alone = record.search(filters=filters).count(), len(list(record.people(PersonFilter(names=(speaker,)))))
    for _ in record.connection.execute("SELECT id FROM documents LIMIT 2"):
        assert record.search(filters=filters).count() == alone[0]
        assert len(list(record.people(PersonFilter(names=(speaker,))))) == alone[1]
        assert count_by(record.connection, "speaker", filters)[0].statements == alone[0].number
        assert reports_after(record.connection, Filters(since="1900"), most=9).items


def test_limit_and_offset(record):
    every = [hit.statement for hit in record.search(limit=None)]
    assert len(every) == 5
    assert [hit.statement for hit in record.search(limit=2, offset=1)] == every[1:3]
    assert [hit.statement for hit in record.search("levy", limit=1, offset=1)] == [
        [hit.statement for hit in record.search("levy")][1]
    ]


def test_a_copy_is_no_second_source(record):
    longer = (
        "The market on the east bank was half empty on Monday, and two of its bakers had not come, Teo Brandt said."
        " He is one of them himself."
    )
    fill(
        record,
        read_by_hand(longer, url="https://first.example/a", published="2024-08-01", outlet="First"),
        read_by_hand(longer, url="https://second.example/b", published="2024-08-02", outlet="Second"),
    )
    found = record.search("market")
    assert [(hit.outlet, hit.standing) for hit in found] == [("First", "counts")]
    assert found.count() == Count(1)
    every = record.search("market", filters=Filters(copies=True))
    assert sorted((hit.outlet, hit.standing) for hit in every) == [("First", "counts"), ("Second", "copy")]
    assert every.facets().counted == Count(1)
    assert every.facets().outlet == (Facet("First", 1),)


def test_facets_count_what_the_hits_have_in_common(record):
    facets = record.search().facets()
    assert facets.speaker[0] == Facet("Mara Ilven", 2)
    assert {(each.value, each.count) for each in facets.outlet} == {("Orrin Echo", 3), ("Vel Courier", 2)}
    assert facets.month == (Facet("2024-05", 3), Facet("2024-07", 2))
    assert (facets.form, facets.cue_class) == ((Facet("indirect", 5),), (Facet("neutral", 5),))


def test_nothing_is_looked_for_until_it_is_asked_for(record):
    found = record.search("moorings")
    fill(record, read_by_hand("Moorings are dear, Teo Brandt said.", url="https://orrin.example/dear"))
    assert len(list(found)) == 2


def test_two_searches_at_once_keep_their_names_apart(record):
    ilven = record.search(filters=Filters(speaker=("Ilven",)))
    quy = record.search(filters=Filters(speaker=("Quy",)))
    assert [hit.speaker for pair in zip(ilven, quy, strict=False) for hit in pair] == ["Mara Ilven", "Halvard Quy"]


def test_several_speakers_are_each_found(record):
    text = "The levy will go, Mara Ilven and Teo Brandt said."
    reading = read_by_hand(text, url="https://orrin.example/both")
    both = replace(reading.statements[0], speakers=("e1", "e2"), speaker_name="Mara Ilven and Teo Brandt", about=())
    aliased = tuple(
        replace(each, aliases=(f"the {each.kind} {number}",)) for number, each in enumerate(reading.entities)
    )
    fill(record, replace(reading, statements=(both,), entities=aliased))
    for name in ("Mara Ilven", "Teo Brandt", "the person 1"):
        assert both.speaker_name in [hit.speaker for hit in record.search("will go", filters=Filters(speaker=(name,)))]


NAMES = (
    "ilven",
    "Mara Ilven",
    "Teo Brandt",
    "bran*",
    "Álvárez",
    "alvarez",
    "O'Dell",
    "dell",
    "and Teo",
    "the boss",
    "sool",
)


@pytest.mark.parametrize("column", ["speaker", "about"])
def test_names_that_are_listed_first_answer_as_if_each_statement_were_asked(record, column, monkeypatch):
    text = "The levy will go, Mara Ilven and Teo Brandt said."
    reading = read_by_hand(text, url="https://orrin.example/both")
    heading = replace(reading.statements[0], speakers=("e1", "e2"), speaker_name="Mara Ilven and Teo Brandt", about=())
    accented = read_by_hand(
        "It will rain, Ana Álvarez said. Eve O'Dell spoke of Ana Álvarez.", url="https://x.example/"
    )
    boss = tuple(replace(each, aliases=("The Boss",)) for each in accented.entities)
    fill(record, replace(reading, statements=(heading,)), replace(accented, entities=boss))
    fill(record, *(invented_reading(seed) for seed in range(10)))
    found = {}
    for name in (*NAMES, "nobody", "(*"):
        filters = Filters(**{column: (name,)})
        listed = getattr(list_named(record.connection, filters), column)
        where = condition(record.connection, filters)
        asked = {row for (row,) in record.connection.execute(f"SELECT s.id FROM statements s WHERE {where}")}
        assert asked <= set(listed)
        assert set(record.search(filters=filters, limit=None).rows()) == asked, name
        found[name] = len(listed)
    assert found["(*"] == found["nobody"] == 0
    known = {"speaker": "ilven", "about": "sool"}[column]
    assert found[known] > 0
    monkeypatch.setattr(named, "MOST", 0)
    filters = Filters(**{column: (known,)})
    assert list_named(record.connection, filters) == Named()
    assert len(record.search(filters=filters, limit=None).rows()) > 0


def test_statements_are_found_by_the_event_that_they_tell_of(record):
    reading = read_by_hand("They accuse the port, Mara Ilven said.", url="https://orrin.example/port")
    event = Event(
        id="v1", type="ACCUSE", actors=(), span=Span(0, 21), trigger=Span(5, 11), claimed_in="s1", confidence=0.9
    )
    fill(record, replace(reading, events=(event,)))
    assert [hit.words for hit in record.search(filters=Filters(type=("ACCUSE",)))] == [reading.document.text]
    assert list(record.search(filters=Filters(type=("PROTEST",)))) == []


def test_the_same_person_under_another_name_is_found_by_the_full_name(record):
    text = "It will rain, Bill Harrow said."
    reading = read_by_hand(text, url="https://orrin.example/rain")
    entity = Entity(id="e1", name="William Harrow", kind="person")
    statement = replace(reading.statements[0], speakers=("e1",), speaker_name="William Harrow")
    fill(record, replace(reading, entities=(entity,), statements=(statement,)))
    assert len(list(record.search(filters=Filters(speaker=("Bill Harrow",))))) == 1


def test_corrections_are_shown_over_what_was_read(record):
    (hit,) = record.search("moorings")
    correct_statement(record.connection, hit.statement, Should(speaker=["Wenna Sool"]))
    (corrected,) = record.search("moorings")
    assert (corrected.speaker, corrected.is_corrected) == ("Wenna Sool", True)
    assert not hit.is_corrected


def test_what_somebody_said_is_no_statement_is_not_found(record):
    (hit,) = record.search("moorings")
    delete_statement(record.connection, hit.statement)
    by_words, by_meaning = record.search("moorings"), record.search(meaning="the levy on moorings")
    assert (list(by_words), by_words.count()) == ([], Count(0))
    assert hit.statement not in {each.statement for each in by_meaning}
    assert sum(tally.statements for tally in count_by(record.connection, "speaker", Filters())) == 4
    assert hit.row not in {framed.row for framed in framed_statements(record.connection, Filters(), None)[0]}
    assert hit.statement in {row.statement for row in record.statements(corrected=False)}


def test_characters_that_sqlite_cannot_hold_are_shown(record):
    fill(record, read_by_hand("A toll\0 of \ud800 crowns, Teo Brandt said.", url="https://orrin.example/odd"))
    (hit,) = record.search("toll crowns")
    assert hit.words.startswith("A toll\0 of \ud800 crowns")
    assert hit.citation.link.isascii()


# ---- frequent words ------------------------------------------------------------------------------------------


def test_of_very_many_the_latest_are_compared_and_all_are_found(tmp_path, monkeypatch):
    from onrecord.record import ranking

    monkeypatch.setattr(ranking, "RANKED", 5)
    with Record.open(tmp_path / "many.db", create=True) as record:
        fill(record, *(invented_reading(seed) for seed in range(12)))
        rows = record.search("the", limit=None).rows()
        every = [row[0] for row in record.connection.execute("SELECT rowid FROM statements_fts('the')")]
        assert sorted(rows) == sorted(every)
        assert set(rows[:5]) == set(sorted(every)[-5:])
        assert rows[5:] == sorted(every)[-6::-1]
        narrow = record.search("the", filters=Filters(outlet=("Outlet 1",)), limit=None).rows()
        assert set(narrow) < set(rows)


@pytest.fixture(scope="module")
def quoted(tmp_path_factory):
    """A record of 40 reports, some read a second time, one a copy, one undated; and who is quoted most in it."""
    with Record.open(tmp_path_factory.mktemp("quoted") / "news.db", create=True) as record:
        readings = [invented_reading(seed) for seed in range(38)]
        fill(
            record, *readings, invented_reading(3, url="https://mirror.example/3"), invented_reading(50, published=None)
        )
        fill(record, *(replace(each, reader=replace(each.reader, version="9.9")) for each in readings[4:30:5]))
        yield record, [facet.person for facet in record.search().facets().speaker if facet.person][:3]


def answers(search):
    return search.rows(), search.count(), search.facets(), search.common(7)


@pytest.mark.parametrize("sort", ["best", "newest", "oldest", "added"])
@pytest.mark.parametrize(
    "narrower",
    [{}, {"form": ("direct",)}, {"since": "2024-05", "until": "2024-09"}, {"outlet": ("Outlet 2",)}, {"copies": True}],
    ids=["all", "form", "days", "outlet", "copies"],
)
@pytest.mark.parametrize("who", ["person", "subject", "speaker", None])
def test_who_is_quoted_very_often_has_the_same_statements_by_the_short_way(quoted, monkeypatch, sort, narrower, who):
    record, people = quoted
    names = {"person": people[:2], "subject": people[:1], "speaker": ["Ilven"], None: []}[who]
    filters = Filters(**narrower, **({who: tuple(names)} if who else {}))
    monkeypatch.setattr("onrecord.record.searching.COUNTED", 4)
    wanted = [
        record.search(None, filters=filters, sort=sort, limit=limit, offset=offset)
        for limit, offset in [(2, 0), (3, 4), (None, 0)]
    ]
    monkeypatch.setattr("onrecord.record.ranking.WALKED", ())
    usual = [answers(each) for each in wanted]
    monkeypatch.setattr("onrecord.record.ranking.WALKED", (2, 9))
    monkeypatch.setattr("onrecord.record.filtering.MANY", 2)
    assert [answers(each) for each in wanted] == usual


def test_words_in_most_statements_are_not_compared_by(tmp_path, monkeypatch):
    from onrecord.record import ranking

    monkeypatch.setattr(ranking, "FEW", 10)
    monkeypatch.setattr(ranking, "PROBED", 5)
    with Record.open(tmp_path / "many.db", create=True) as record:
        fill(record, *(invented_reading(seed) for seed in range(12)))
        for words in ("the", "the levy", "levy the old*", '"the old bridge" the'):
            query = str(parse_query(words))
            found = record.connection.execute("SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?", (query,))
            assert sorted(record.search(words, limit=None).rows()) == sorted(row[0] for row in found)


def test_a_count_has_an_end(record, monkeypatch):
    from onrecord.record import searching

    monkeypatch.setattr(searching, "COUNTED", 1)
    assert record.search("levy").count() == Count(1, is_least=True)
    assert record.search("levy").facets().counted == Count(1, is_least=True)
    assert str(Count(10_000, is_least=True)) == "10,000+"


# ---- meaning -------------------------------------------------------------------------------------------------


def test_what_is_near_in_meaning_comes_first(record):
    found = list(record.search(meaning="people who catch fish were not consulted"))
    assert found[0].words.startswith("Nobody had asked the fishers")
    assert len(found) == 5


def test_meaning_with_filters(record):
    found = list(record.search(meaning="a tax on boats", filters=Filters(outlet=("Vel",))))
    assert [hit.outlet for hit in found] == ["Vel Courier"] * 2
    assert found[0].words.startswith("A levy on each boat")
    assert list(record.search(meaning="a tax on boats", filters=Filters(outlet=("nobody",)))) == []


def test_words_and_meaning_find_either_and_what_is_both_first(record):
    found = list(record.search("levy", meaning="each boat pays"))
    assert found[0].words.startswith("A levy on each boat")
    assert len(found) == 5


def test_a_meaning_without_words_finds_nothing(record):
    assert list(record.search(meaning="")) == []


def test_a_statement_that_was_added_later_is_found_by_meaning(record):
    assert len(list(record.search(meaning="rain"))) == 5
    fill(record, read_by_hand("Heavy rain is coming, Teo Brandt said.", url="https://orrin.example/rain"))
    assert next(iter(record.search(meaning="rain"))).words.startswith("Heavy rain")


def test_filters_are_asked_for_all_where_the_nearest_do_not_pass(tmp_path, monkeypatch):
    from onrecord.record import ranking

    monkeypatch.setattr(ranking, "WIDENING", (1, 2))
    monkeypatch.setattr(ranking, "NEAREST", 3)
    with Record.open(tmp_path / "many.db", create=True) as record:
        fill(record, *(invented_reading(seed) for seed in range(8)))
        found = list(record.search(meaning="the old bridge", filters=Filters(outlet=("Outlet 3",))))
        assert len(found) == 3
        assert {hit.outlet for hit in found} == {"Outlet 3"}
        assert list(record.search(meaning="the old bridge", filters=Filters(speaker=("nobody",)))) == []


def test_statements_without_meanings_are_not_in_the_way(record):
    add_reading(record.connection, read_by_hand("Boats are taxed, Teo said.", url="https://orrin.example/unmeant"))
    found = record.search(meaning="a tax on boats")
    assert (len(list(found)), found.without_meaning()) == (5, 1)


def test_rankings_are_joined_by_their_places():
    assert join_rankings([[7, 8], [8, 9]])[0] == 8
    assert join_rankings([[], []]) == []


# ---- snippets ------------------------------------------------------------------------------------------------


def test_a_short_content_is_its_own_snippet():
    assert cut_snippet("no levy", parse_query("levy").terms) == Snippet(text="no levy", matches=(Span(3, 7),))


@pytest.mark.parametrize("place", [0, 1, 50, 99])
def test_the_snippet_of_a_long_content_has_the_match(place):
    words = [f"word{number}" for number in range(100)]
    words[place] = "levy"
    snippet = cut_snippet(" ".join(words), parse_query("levy").terms)
    assert [span.of(snippet.text) for span in snippet.matches] == ["levy"]
    assert len(snippet.text) <= 240 + 4
    assert (snippet.text.startswith("… "), snippet.text.endswith(" …")) == (place > 10, place < 70)


def test_the_snippet_is_where_most_matches_are():
    content = "levy " + "and so on " * 40 + "levy fishers quay " + "and so on " * 40
    assert "levy fishers quay" in cut_snippet(content, parse_query("levy fishers quay").terms).text


def test_a_content_of_nothing_but_matches_takes_a_moment():
    assert len(cut_snippet("levy " * 20_000, parse_query("levy").terms).matches) > 40


def test_a_content_that_is_one_long_word():
    assert cut_snippet("a" * 1_000, ()).text == "a" * 240 + " …"


# ---- what stands in SQL --------------------------------------------------------------------------------------


def test_names_reach_sqlite_as_values_only(record):
    hostile = "x' OR 1=1 --"
    where = condition(record.connection, Filters(speaker=(hostile,), about=(hostile,), outlet=(hostile,)))
    assert hostile not in where
    assert list(record.search(filters=Filters(speaker=(hostile,)))) == []


def test_a_record_that_is_only_read_is_searched(record):
    with Record.open(record.path, read_only=True) as reader:
        assert len(list(reader.search("levy", filters=Filters(speaker=("Ilven",))))) == 2
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.connection.execute("DELETE FROM statements")


def test_statements_need_no_speaker(record):
    text = "The levy will go, it was said."
    reading = read_by_hand(text, url="https://orrin.example/who")
    assert isinstance(reading.statements[0], Statement)
    fill(record, reading)
    assert None in [hit.speaker for hit in record.search("levy will go")]
