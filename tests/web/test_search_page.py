"""WEB7, and what the search page shows: every state of it is an address, and any words are a search."""

from __future__ import annotations

import html
import os
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.errors import BadQuery
from onrecord.record import Record
from onrecord.record.facets import Facet
from onrecord.web import searching
from onrecord.web.app import create_app
from onrecord.web.histogram import draw
from onrecord.web.searchstate import SEVERAL, SearchState
from page_parts import Page
from reading_pages import elements_of
from strategies import hostile_texts

ODD = (
    "",
    '"',
    '""',
    "NEAR(",
    "NEAR(a b, 2)",
    "a AND",
    "NOT",
    "-",
    "*",
    "a*b",
    "^a",
    "a:b",
    "content:x",
    "(",
    "\0",
    "\x00a",
    "%00",
    "_",
    "'",
    "' OR 1=1 --",
)


def hits(page):
    return page.count('<article class="hit')


@pytest.mark.parametrize("words", ODD)
def test_no_words_break_the_search(client, words):
    assert client.get("/search", params={"words": words}).status_code == 200


@settings(max_examples=20_000 if os.environ.get("ONRECORD_FULL") == "1" else 60)
@given(words=hostile_texts(max_pieces=3) | st.text(max_size=40), by=st.sampled_from(("words", "both")))
def test_any_words_are_a_search(client, words, by):
    answer = client.get("/search", params={"words": words.encode("utf-8", "replace").decode(), "by": by})
    assert answer.status_code == (200 if len(words.strip()) <= 500 else 400)


@given(
    words=st.text(max_size=20),
    several=st.dictionaries(st.sampled_from(("speaker", "outlet", "about")), st.text(max_size=8), max_size=3),
    sort=st.sampled_from(("best", "newest", "oldest", "added")),
    page=st.integers(1, 50),
)
def test_a_state_comes_back_from_its_address(words, several, sort, page):
    pairs = [("words", words), *several.items(), ("sort", sort), ("page", str(page))]
    state = SearchState.of(pairs)
    assert SearchState.of(state.pairs) == state


def test_an_empty_value_and_a_foreign_name_mean_nothing():
    assert SearchState.of([("words", " "), ("utm_source", "x"), ("outlet", "")]) == SearchState()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("form", "spoken"),
        ("cue", "x"),
        ("type", "accuse"),
        ("sort", "x"),
        ("by", "x"),
        ("page", "0"),
        ("page", "x"),
        ("page", "٣"),
    ],
)
def test_a_value_that_there_is_not_is_told(client, name, value):
    with pytest.raises(BadQuery):
        SearchState.of([(name, value)])
    answer = client.get("/search", params={name: value})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_day_that_is_none_is_told_beside_the_form(client):
    answer = client.get("/search", params={"since": "yesterday", "words": "levy"})
    assert answer.status_code == 400
    assert "write 2024-05-02, 2024-05 or 2024" in answer.text
    assert 'value="levy"' in answer.text


def test_a_hit_says_who_where_and_when_with_its_words_marked(client):
    page = client.get("/search", params={"words": '"levy on moorings will go" mara'}).text
    assert hits(page) == 1
    assert "The <mark>levy on moorings will go</mark>, <mark>Mara</mark> Ilven said." in page
    for words in ("Mara Ilven", "said", "Orrin Echo", "Thursday 2 May 2024", "Levy to go", "reported"):
        assert words in page
    assert 'href="https://orrin.example/levy#:~:text=' in page


def test_every_facet_leads_to_as_many_as_it_says(client):
    page = client.get("/search?words=levy").text
    links = re.findall(r'<li><a href="(/search[^"]+)">.*?<span class="n">([\d,]+)</span>', page)
    assert len(links) > 5
    for address, count in links[:12]:
        narrowed = client.get(html.unescape(address)).text
        assert f">{count} statement" in narrowed, address


def test_a_filter_can_be_taken_away_again(client):
    page = client.get("/search?words=levy&form=indirect&outlet=Orrin+Echo").text
    chips = [dict(element.attributes) for element in elements_of(page) if ("class", "chip") in element.attributes]
    assert [chip["href"] for chip in chips] == [
        "/search?words=levy&form=indirect",
        "/search?words=levy&outlet=Orrin+Echo",
    ]


def test_pages_follow_one_another_and_show_everything_once(client):
    seen, page = [], client.get("/search").text
    while True:
        seen += re.findall(r'href="(/report/\w+#s-\w+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        if not following:
            break
        page = client.get(html.unescape(following[1])).text
    assert len(seen) == len(set(seen)) > 100


def test_nothing_found_says_what_to_do_next(client):
    page = client.get("/search?words=zzz&outlet=Orrin+Echo").text
    assert hits(page) == 0
    for words in ("Nobody in this record is quoted so", "what they mean", "Take a filter away", "Start over"):
        assert words in page
    assert "There is nothing on this page" in client.get("/search?words=levy&page=40").text


def test_nothing_found_leads_to_what_copies_have(client):
    page = Page(client.get("/search?outlet=Mirror"))
    assert "Copies and revised texts, which count for nothing, have " in page.words
    (copies,) = (link for link in page.links if "copies=1" in link)
    assert hits(client.get(copies).text) > 0
    assert "count for nothing, have" not in client.get("/search?words=zzz").text


def test_that_there_are_more_than_the_pages_of_an_answer_hold_is_told(client, monkeypatch):
    words = Page(client.get("/search")).words
    (pages,) = re.findall(r"page 1 of (\d+) next page", words)
    monkeypatch.setattr(searching, "LAST_PAGE", int(pages) - 1)
    assert f"page 1 of {int(pages) - 1} and more next page" in Page(client.get("/search")).words


def test_whoever_types_a_name_that_nobody_says_is_led_to_who_has_it(reader):
    page = Page(reader.get("/search?words=mara+ilven"))
    assert "Somebody of that name: Mara Ilven says" in page.words
    person = next(link for link in page.links if link.startswith("/person/"))
    assert "Mara Ilven" in Page(reader.get(person)).words
    assert "/people?name=zzz" in Page(reader.get("/search?words=zzz")).links
    assert "There is no word in what is looked for." in Page(reader.get("/search?words=***")).words


def test_an_empty_record_says_how_to_fill_it(tmp_path):
    with Record.open(tmp_path / "empty.db", create=True):
        pass
    with TestClient(create_app(tmp_path / "empty.db")) as client:
        assert "onrecord add reports/ --to empty.db" in client.get("/").text
        assert "onrecord add reports/ --to empty.db" in client.get("/search").text
        assert "onrecord add reports/ --to empty.db" in client.get("/framing?by=speaker").text


def test_searching_by_meaning_finds_other_words(client):
    assert hits(client.get("/search?words=a+tax+on+boats&by=meaning").text) == 20
    assert "the nearest in meaning first" in client.get("/search?words=levy&by=both").text


def test_a_filter_is_called_by_its_own_word_whatever_else_has_it(client):
    page = Page(client.get("/search?form=direct&type=AID&outlet=AID&about=direct"))
    called = [has["aria-label"] for has in page.all("a", **{"class": "chip"})]
    assert [each.removeprefix("No longer: ") for each in called] == [
        "about direct", "in AID", "form verbatim", "tells of helping",
    ]  # fmt: skip


def test_months_and_years_are_days_in_the_form():
    state = SearchState(since="2024-02", until="2024-02")
    assert (state.first_day, state.last_day) == ("2024-02-01", "2024-02-29")
    state = SearchState(since="2024", until="2024")
    assert (state.first_day, state.last_day) == ("2024-01-01", "2024-12-31")
    state = SearchState(since="2024-13", until="soon")
    assert (state.first_day, state.last_day) == ("", "")


def test_other_states_begin_at_their_first_page():
    state = SearchState(words="levy", page=3)
    for other in (state.with_value("form", "direct"), state.between("2024", "")):
        assert other.page == 1
    assert set(SEVERAL) <= set(SearchState.__dataclass_fields__)
    assert replace(state, page=1).address == "/search?words=levy"


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        (["2024-05-01", "2024-05-03"], ["2024-05-01", "2024-05-02", "2024-05-03"]),
        (["2024-05-01", "2024-08-01"], ["2024-05", "2024-06", "2024-07", "2024-08"]),
        (["2024-05-01", "2024"], ["2024"]),
        (["1999", "2001"], ["1999", "2000", "2001"]),
        (["0000", "9999"], ["0000", "9999"]),
        (["2024-99-99"], ["2024-99"]),
    ],
)
def test_bars_are_as_fine_as_the_room_allows(values, bars):
    chart = draw([Facet(value, 1) for value in values], str)
    assert chart is not None
    shown = [bar.label for bar in chart.bars]
    assert shown == bars or len(shown) == len(bars)
    assert all(0 <= bar.height <= chart.height for bar in chart.bars)


def test_no_day_is_no_histogram():
    assert draw([Facet(None, 3)], str) is None


def test_what_is_wrong_nowhere_in_particular_is_told_without_a_place(client):
    answer = client.get("/search", params={"outlet": [f"Echo {number}" for number in range(21)]})
    assert answer.status_code == 400
    assert '<p class="problem" id="problem" role="alert">more filters than a search can have; give 20' in answer.text
