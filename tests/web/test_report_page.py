"""A report's page: its text as published, what was said in it marked in place, and the notes beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from handmade import FULL, full_reading, invented_reading
from onrecord.record import Record
from onrecord.record.choosing import keep_report
from onrecord.record.correcting import Should, correct_statement
from onrecord.web.reportview import view
from onrecord.web.ties import sheet_for, sheets
from page_parts import Page
from reading_pages import elements_of


class Text(HTMLParser):
    """The text of a report's paragraphs, as it is copied from the page."""

    def __init__(self):
        super().__init__()
        self.inside, self.text = 0, ""

    def handle_starttag(self, _tag, attrs):
        if ("class", "paragraph") in attrs or self.inside:
            self.inside += 1
        if dict(attrs).get("class") == "zone-name":
            self.skipping = True

    def handle_endtag(self, _tag):
        self.skipping = False
        self.inside -= bool(self.inside)

    skipping = False

    def handle_data(self, data):
        if self.inside and not self.skipping:
            self.text += data


def text_of(page):
    parser = Text()
    parser.feed(page)
    return parser.text


def by_id(page):
    return {
        dict(each.attributes)["id"]: dict(each.attributes)
        for each in elements_of(page)
        if dict(each.attributes).get("id")
    }


@pytest.fixture(scope="module")
def page(client, levy):
    return client.get(f"/report/{levy}").text


def test_the_text_is_all_there_and_as_it_was(client, record_path):
    with Record.open(record_path, read_only=True) as record:
        for reading in list(record.readings())[:12]:
            shown = text_of(client.get(f"/report/{reading.document.id}?show=events&show=times&show=amounts").text)
            assert shown.split() == reading.document.text.split()


def test_every_statement_stands_in_the_text_and_in_the_margin_and_leads_from_one_to_the_other(page):
    places = {name: each for name, each in by_id(page).items() if re.fullmatch(r"n?s-[0-9a-f]{8}", name)}
    marks = [name for name in places if name.startswith("s-")]
    assert len(marks) == 3
    for name in marks:
        assert places[name]["href"] == f"#n{name}"
        assert f'href="#{name}"' in page
        assert places[f"n{name}"]["class"].startswith("note")


def test_source_cue_and_content_of_a_statement_share_a_class_of_their_own(page):
    shared = [dict(each.attributes).get("class", "").split() for each in elements_of(page)]
    for place in range(3):
        parts = {part for classes in shared if f"k{place}" in classes for part in classes}
        assert {"source", "cue", "content", "note", "label"} <= parts


def test_the_speaker_stands_in_the_margin_with_how_it_is_framed(page):
    note = page.partition('<div class="note h1')[2].partition("</details>")[0]
    for words in ("Teo Brandt", "reported", "90 % sure"):
        assert words in note


def test_the_line_says_how_sure_the_reader_is(page):
    assert re.search(r'class="[^"]*content[^"]* sure', page)
    assert "The heavier the line, the surer the reader" in page


def test_what_does_not_fit_is_noted_beside_its_place(page):
    assert by_id(page)["c-1"]["class"] == "check"
    for words in ("Does not fit", "Nobody says so in the text", "nobody says so", "Not known: who wrote it"):
        assert words in page


def test_the_original_is_linked_and_its_address_shown(page):
    assert '<a href="https://orrin.example/levy" rel="noreferrer noopener">https://orrin.example/levy</a>' in page
    for words in ("Orrin Echo", "Thursday 2 May 2024", "Ibby Tarrow", "3 statements"):
        assert words in page


def test_events_and_dates_are_shown_on_request(client, record_path):
    with Record.open(record_path, read_only=True) as record:
        document = next(each.document.id for each in record.readings() if each.document.text == FULL)
    plain = client.get(f"/report/{document}").text
    assert "event-note" not in plain
    page = client.get(f"/report/{document}?show=events&show=times&show=amounts").text
    assert "event-note" in page
    assert "<b>ACCUSE</b> · verbal" in page
    assert 'data-value="2024-05-01"' in page
    assert 'data-value="about 400 count"' in page
    assert page.count('aria-current="true"') == 3
    assert f'href="/report/{document}?show=times&amp;show=amounts"' in page
    assert client.get(f"/report/{document}?show=lies").status_code == 400


def test_speech_inside_speech_is_set_in(tmp_path):
    reading = invented_reading(1, paragraphs=2)
    first, second, *_ = reading.statements
    with Record.open(tmp_path / "nested.db", create=True) as record:
        record.add(replace(reading, statements=(first, replace(second, within=first.id))))
        kept = keep_report(record.connection, reading.document.id)
    notes = view(kept).notes
    assert [(note.depth, note.within) for note in notes] == [(0, None), (1, "1")]


def test_a_copy_and_a_revised_text_say_that_they_count_for_nothing(client, record_path):
    with Record.open(record_path, read_only=True) as record:
        copy, revised = (
            record.connection.execute(f"SELECT hash FROM documents WHERE {where}").fetchone()[0]
            for where in ("id IN (SELECT document_id FROM copies)", "NOT is_current")
        )
    assert "another report</a>: it counts for nothing" in client.get(f"/report/{copy}").text
    page = Page(client.get(f"/report/{revised}"))
    assert "A later text stands under this address" in page.words
    (later,) = {link for link in page.links if link.startswith("/report/")} - {f"/report/{revised}"}
    assert f"/report/{revised}" in Page(client.get(later)).links


def test_a_report_leads_to_the_story_that_it_tells(client, levy):
    assert f"/story/{levy}" in Page(client.get(f"/report/{levy}")).links


def test_a_report_without_statements_says_so(client, record_path):
    with Record.open(record_path, read_only=True) as record:
        empty = record.connection.execute("SELECT hash FROM documents WHERE title = 'Empty'").fetchone()[0]
    assert "No statement was found in this report" in client.get(f"/report/{empty}").text


def test_a_correction_stands_over_what_was_read(tmp_path):
    reading = full_reading(url="https://orrin.example/full")
    with Record.open(tmp_path / "corrected.db", create=True) as record:
        record.add(reading)
        (hit,) = record.search(limit=1)
        correct_statement(record.connection, hit.statement, Should(speaker=("Wenna Sool",)))
        (note,) = view(keep_report(record.connection, reading.document.id)).notes
    assert [each.name for each in note.speakers] == ["Wenna Sool"]


def test_sheets_tie_as_many_statements_as_they_say():
    for name, sheet in sheets().items():
        assert sheet.count(b"\n") == int(name.removeprefix("ties-").removesuffix(".css"))
    assert sheet_for(0) == "ties-64.css"
    assert sheet_for(10_000) == "ties-1000.css"
