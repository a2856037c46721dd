"""Timelines: their order, and the page that draws one."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import html

from events_by_hand import ECHO, read_script
from handmade import full_reading, readings
from onrecord.document import Document
from onrecord.exports.cells import cell
from onrecord.exports.timeline import COLUMNS, Choice, Timeline, days_of, to_rows
from onrecord.exports.timelinepage import to_timeline_page
from onrecord.exports.webpage import to_webpage
from onrecord.reading import When

TAGS = {"html", "head", "meta", "title", "style", "body", "a", "header", "p", "ul", "li", "ol", "main", "section", "h1"}
TAGS |= {"h2", "h3", "time", "small", "b", "bdi", "span", "blockquote", "mark", "cite", "footer"}
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "href", "rel", "id", "aria-label", "dir"}
ATTRIBUTES |= {"aria-labelledby", "data-code", "datetime", "role"}
HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</title><svg onload=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "&lt;script&gt;",
    "${style} $title $$ ${",
    "\u202e<script>\u202c",
    "\x00<script\x00>",
    "\ud83d<script>",
    "/" * 3_000,
]


def timeline_of(*given):
    timeline = Timeline()
    for reading in given:
        timeline.add(reading)
    return timeline


def echo(**differs):
    document = replace(Document.from_text(ECHO, url="https://orrin-echo.example/amary"), published="2024-05-04")
    return read_script(replace(document, **differs))


def dated(*values):
    """Make a reading of events with these dates, in this order; None is no date."""
    reading = full_reading()
    return replace(
        reading,
        events=tuple(
            replace(reading.events[0], id=f"v{number}", when=None if value is None else When(value=value))
            for number, value in enumerate(values, 1)
        ),
    )


def check_page(page):
    tree = html.fromstring(page)
    for element in tree.iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        if "href" in element.attrib:
            assert re.match(r"https?://|#", element.attrib["href"], re.IGNORECASE)
    style = tree.findtext(".//style")
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    return tree


# --- order -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_dates", "in_order"),
    [
        (["2024-05-02", "2024-05-01"], ["2024-05-01", "2024-05-02"]),
        (["2024-05-01", "2024-05", "2024"], ["2024", "2024-05", "2024-05-01"]),
        (["2024-05-03", "2024-05-02/2024-05-10"], ["2024-05-02/2024-05-10", "2024-05-03"]),
        (
            ["2024-05-02T14:30", "2024-05-02T09:00", "2024-05-02"],
            ["2024-05-02", "2024-05-02T09:00", "2024-05-02T14:30"],
        ),
        (["1990/1999", "1995"], ["1990/1999", "1995"]),
        # The report is of 2 May: what it does not date comes after what it dates so, and before the next day.
        (["2024-05-03", None, "2024-05-02"], ["2024-05-02", None, "2024-05-03"]),
        (["soon", "2024-05-03"], ["2024-05-03", "soon"]),
        # Each date once: a page has a heading for it.
        (
            ["2024-05-03/2024-05-04", "2024-05-03", "2024-05-03/2024-05-04"],
            ["2024-05-03", *["2024-05-03/2024-05-04"] * 2],
        ),
    ],
)
def test_events_stand_in_the_order_of_their_first_days(given_dates, in_order):
    entries = timeline_of(dated(*given_dates)).entries()
    assert [entry.date for entry in entries] == in_order


def test_events_of_one_day_stand_as_they_came():
    entries = timeline_of(dated("2024-05-02", "2024-05-02"), dated("2024-05-02")).entries()
    assert [entry.event.id for entry in entries] == ["v1", "v2", "v1"]


def test_a_date_that_only_the_publication_gives_is_none_of_the_event():
    reading = full_reading()
    (entry,) = (entry for entry in timeline_of(reading).entries() if entry.event.type == "RETREAT")
    assert entry.date is None
    assert entry.told_on == "2024-05-02"


@pytest.mark.parametrize("value", ["", "soon", "05-2024", "P3D", "20240502", "2024-05-02/", None, "/2024", "١٩٩٠"])
def test_what_is_no_date_has_no_days_or_the_days_that_it_names(value):
    assert days_of(value) == (days_of("2024-05-02") if value == "2024-05-02/" else None)


@pytest.mark.parametrize(
    ("since", "until", "dates"),
    [
        (20240502, None, ["2024-05", "2024-05-02/2024-05-10", "2024-05-03"]),
        (None, 20240501, ["2024-04", "2024-05"]),
        (20240430, 20240430, ["2024-04"]),
        (20240511, None, ["2024-05"]),
        (20240600, None, []),
    ],
)
def test_what_overlaps_the_days_asked_for_is_in(since, until, dates):
    timeline = Timeline(Choice(since=since, until=until))
    timeline.add(dated("2024-04", "2024-05", "2024-05-02/2024-05-10", "2024-05-03"))
    assert [entry.date for entry in timeline.entries()] == dates


# --- the page --------------------------------------------------------------------------------------


def test_the_page_needs_nothing_else():
    page = to_timeline_page(timeline_of(echo()))
    check_page(page)
    assert "<script" not in page
    assert page == to_timeline_page(timeline_of(echo()))


def test_each_event_has_its_sentence_with_the_trigger_marked():
    tree = check_page(to_timeline_page(timeline_of(echo())))
    quotes = {quote.text_content(): quote.findtext("mark") for quote in tree.xpath("//blockquote")}
    assert quotes["Bishops urged the army to open the road to Sel."] == "urged"
    assert all(sentence in ECHO and trigger in sentence for sentence, trigger in quotes.items())


def test_what_did_not_happen_says_so_in_words_too():
    tree = check_page(to_timeline_page(timeline_of(echo())))
    marked = tree.xpath("//main//li[contains(@class, 'unreal')]//span[@class='modality']/text()")
    assert marked == ["threatened", "planned"]


def test_the_link_leads_to_the_sentence_and_a_file_has_none():
    tree = check_page(to_timeline_page(timeline_of(echo())))
    links = tree.xpath("//main//a/@href")
    assert len(links) == 6
    assert all(link.startswith("https://orrin-echo.example/amary#:~:text=") for link in links)
    assert check_page(to_timeline_page(timeline_of(echo(url=None)))).xpath("//main//a") == []


def test_the_outlet_itself_and_whom_it_quotes_are_told_apart():
    tree = check_page(to_timeline_page(timeline_of(echo(outlet="Orrin Echo"))))
    told = {" ".join(each.text_content().split()) for each in tree.xpath("//p[@class='told']")}
    assert told == {
        "Orrin Echo itself · in the report",
        "According to Estava, in Orrin Echo · in the report",
        "According to the Estavan defence ministry, in Orrin Echo · in the report",
    }


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_in_a_report_becomes_markup(hostile):
    reading = echo(title=hostile, outlet=hostile, url=hostile)
    when = When(value=hostile)
    first, *others = reading.events
    reading = replace(
        reading,
        entities=tuple(replace(entity, name=hostile) for entity in reading.entities),
        events=(replace(first, when=when, mode=hostile, where=replace(first.where, name=hostile)), *others),
        statements=tuple(replace(statement, speaker_name=hostile) for statement in reading.statements),
    )
    tree = check_page(to_timeline_page(timeline_of(reading)))
    assert len(tree.xpath("//main//blockquote")) == len(reading.events)


@settings(max_examples=50)
@given(reading=readings())
def test_any_reading_makes_a_page_and_a_table(reading):
    timeline = timeline_of(reading, reading)
    check_page(to_timeline_page(timeline).encode("utf-8", "xmlcharrefreplace").decode())
    rows = list(to_rows(timeline.entries()))
    assert len(rows) == 2 * len(reading.events)
    csv.writer(io.StringIO()).writerows([cell(value) for value in row] for row in rows)
    assert all(len(row) == len(COLUMNS) for row in rows)


# --- the sections of a marked page -----------------------------------------------------------------


def test_the_marked_page_lists_events_times_and_amounts():
    tree = html.fromstring(to_webpage(echo()))
    headings = [tree.xpath(f"//section[@id='{name}']/h2/text()")[0] for name in ("events", "times", "amounts")]
    assert headings == ["6 events", "4 times", "2 amounts"]
    first = " ".join(tree.xpath("//section[@id='events']//li[1]")[0].text_content().split())
    assert first.startswith("Norlund → EstavaThursday 2 May 2024 · ASSAULT · aerial · Amary · confidence 0.90")
    assert tree.xpath("//section[@id='events']//li[1]//a/@href") == ["#statement-s1"]
    amounts = [" ".join(each.text_content().split()) for each in tree.xpath("//section[@id='amounts']//li")]
    assert amounts == ["20 million euros (aid) 20,000,000 EUR · 336:352", "12 (people) 12 killed · s1 · 112:114"]


def test_a_reading_without_events_has_no_section_for_them():
    reading = replace(echo(), events=(), times=(), amounts=())
    assert "values" not in html.fromstring(to_webpage(reading)).xpath("//section/@class")


@settings(max_examples=50)
@given(reading=readings())
def test_any_reading_makes_a_marked_page_with_its_events(reading):
    tree = html.fromstring(to_webpage(reading).encode("utf-8", "xmlcharrefreplace").decode())
    assert len(tree.xpath("//section[@id='events']/ul/li")) == len(reading.events)
    assert not tree.xpath("//script")
