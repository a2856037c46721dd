"""A document: spans name characters, zones hold them, anchors tell where they stand in a page."""

from __future__ import annotations

import dataclasses
import hashlib
import math
from datetime import UTC, date, datetime, time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Anchor, Document, Place, Provenance, Span, Zone, document_id
from onrecord.errors import BadSetting
from strategies import hostile_texts

TEXT = "Levy to go\n\nThe levy will go,\nQuy said."


def spans(limit=40):
    return st.tuples(st.integers(0, limit), st.integers(0, limit)).map(lambda pair: Span(*sorted(pair)))


@pytest.mark.parametrize(
    ("text", "span", "words"),
    [
        ("said", Span(0, 2), "sa"),
        ("👩‍👧 said", Span(0, 3), "👩‍👧"),
        ("e\u0301", Span(1, 2), "\u0301"),
        ("a\r\nb", Span(2, 3), "\n"),
    ],
)
def test_a_span_counts_code_points(text, span, words):
    assert span.of(text) == words
    assert span.size == len(words)


@given(one=spans(), other=spans())
def test_containing_and_overlapping_are_what_the_characters_say(one, other):
    ours, theirs = set(range(*one)), set(range(*other))
    assert one.overlaps(other) == bool(ours & theirs) or not (ours and theirs)
    if theirs:
        assert one.contains(other) == (theirs <= ours)


@given(hostile_texts(), st.data())
def test_a_trimmed_span_is_its_words_without_the_white_space_around(text, data):
    span = data.draw(spans(len(text)))
    trimmed = span.trimmed(text)
    assert trimmed.of(text) == span.of(text).strip()
    assert span.contains(trimmed)


def test_a_text_alone_is_one_body_zone():
    document = Document.from_text(TEXT)
    assert document.zones == (Zone(kind="body", start=0, end=len(TEXT)),)
    assert document.provenance.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (document.provenance.method, document.language, document.published) == ("given", None, None)


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        (None, None),
        ("2024-05-02", "2024-05-02"),
        ("20240502", "2024-05-02"),
        ("2024-05-02T07:30:00Z", "2024-05-02T07:30:00+00:00"),
        (date(2024, 5, 2), "2024-05-02"),
        (datetime(2024, 5, 2, 7, 30, tzinfo=UTC), "2024-05-02T07:30:00+00:00"),
        # columns of tables have days as moments of midnight; who means midnight gives a time zone, or words
        (datetime.fromisoformat("2024-05-02T00:00"), "2024-05-02"),
        (datetime(2024, 5, 2, tzinfo=UTC), "2024-05-02T00:00:00+00:00"),
        ("2024-05-02T00:00", "2024-05-02T00:00:00"),
        (np.datetime64("2024-05-02"), "2024-05-02"),
        (np.datetime64("2024-05-02", "ns"), "2024-05-02"),
        (np.datetime64("2024-05-02", "h"), "2024-05-02"),
        (np.datetime64("2024-05-02T07:30", "ns"), "2024-05-02T07:30:00"),
        (np.datetime64("NaT"), None),
    ],
)
def test_what_is_known_of_a_text_is_given_with_it(published, kept):
    document = Document.from_text(
        TEXT, url="https://orrin.example/levy", title="Levy", outlet="Orrin Echo", authors=["Nell"], published=published
    )
    assert (document.title, document.outlet, document.authors) == ("Levy", "Orrin Echo", ("Nell",))
    assert (document.published, document.published_from) == (kept, kept and "given")
    assert document.id == Document.from_text(TEXT, url=document.url).id
    assert Document.from_text(TEXT, authors="Nell Pask").authors == ("Nell Pask",)


@pytest.mark.parametrize("published", ["last week", "05/02/2024", "", "2024-02-30"])
def test_what_is_no_date_of_publication_is_refused_in_one_line(published):
    with pytest.raises(BadSetting, match=r"^published: '.*' is no date; write it as 2024-05-02$"):
        Document.from_text(TEXT, published=published)


class NoTime(datetime):
    """What pandas has where a table has no date: a datetime by its class, and like NaN not equal to itself."""

    __hash__ = datetime.__hash__

    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True


def test_what_a_table_has_where_nothing_is_known_is_not_known():
    nothing = Document.from_text(TEXT, url=math.nan, title=math.nan, outlet=math.nan, published=NoTime(1, 1, 1))
    assert nothing == Document.from_text(TEXT) == Document.from_text(TEXT, published=math.nan)
    assert nothing == Document.from_text(TEXT, authors=math.nan) == Document.from_text(TEXT, authors=[None])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": math.nan}, "text: give a string, not float"),
        ({"text": b"Levy"}, "text: give a string, not bytes"),
        ({"text": TEXT, "outlet": 7}, "outlet: give a string, not int"),
        ({"text": TEXT, "title": date(2024, 5, 2)}, "title: give a string, not date"),
        ({"text": TEXT, "authors": 7}, "authors: give a string, not int"),
        ({"text": TEXT, "authors": ["Nell Pask", 7]}, "authors: give a string, not int"),
        ({"text": TEXT, "published": 20240502}, "published: give a date or a string, not int"),
        ({"text": TEXT, "published": time(7, 30)}, "published: give a date or a string, not time"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(given, told):
    with pytest.raises(BadSetting) as caught:
        Document.from_text(**given)
    assert str(caught.value) == told


def test_documents_are_members_of_sets_whatever_was_carried_through():
    one = dataclasses.replace(Document.from_text(TEXT), extra={"tags": ["levy"]})
    assert len({one, dataclasses.replace(one), Document.from_text(TEXT)}) == 2


def test_an_empty_text_has_no_zones():
    assert Document.from_text("").zones == ()


@given(text=hostile_texts())
def test_a_text_is_never_changed(text):
    assert Document.from_text(text).text == text


def test_a_document_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Document.from_text(TEXT).text = ""


def test_the_same_report_has_the_same_id_and_any_other_another():
    ids = [document_id(TEXT, None), document_id(TEXT, "https://orrin.example/1"), document_id(TEXT + ".", None)]
    assert Document.from_text(TEXT).id == ids[0] == document_id(TEXT, "")
    assert len(set(ids)) == 3
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in ids)


def test_address_and_text_do_not_run_into_each_other():
    assert document_id("b", "a") != document_id("", "ab") != document_id("ab", None)


def test_a_lone_surrogate_has_an_id_too():
    assert len(document_id("\ud800", None)) == 16


@pytest.mark.parametrize(
    ("zones", "told"),
    [
        ([Zone(kind="headlines", start=0, end=4)], "zones: headlines 0-4: no kind of zone; one of section, headline"),
        ([Zone(kind="body", start=0, end=999)], "zones: body 0-999: does not lie behind the zone before it and within"),
        ([Zone(kind="headline", start=0, end=8), Zone(kind="body", start=4, end=9)], "zones: body 4-9: does not lie"),
        ([Zone(kind="body", start=4, end=2)], "zones: body 4-2: does not lie"),
        ([("body", 0, 4)], "zones: give Zone objects, not tuple"),
    ],
)
def test_zones_that_no_reading_could_keep_are_refused_where_they_are_given(zones, told):
    with pytest.raises(BadSetting) as caught:
        Document.from_text(TEXT, zones=zones)
    assert str(caught.value).startswith(told)


def test_zones_in_a_list_make_a_document_that_is_hashed_as_any_other():
    zones = [Zone(kind="headline", start=0, end=10)]
    assert hash(Document.from_text(TEXT, zones=zones)) == hash(Document.from_text(TEXT, zones=tuple(zones)))


def test_each_character_is_in_its_zone_and_what_is_in_none_is_body():
    zones = (Zone(kind="headline", start=0, end=10), Zone(kind="furniture", start=12, end=20))
    document = Document.from_text(TEXT, zones=zones)
    found = [document.zone_at(offset) for offset in (0, 9, 10, 11, 12, 19, 20, len(TEXT) + 5)]
    assert found == ["headline", "headline", "body", "body", "furniture", "furniture", "body", "body"]
    assert zones[0].span.of(TEXT) == "Levy to go"


ANCHORS = (
    Anchor(start=0, end=10, path="/html/body/h1", node=0, offset=4),
    Anchor(start=12, end=29, path="/html/body/p", node=0, offset=0),
    Anchor(start=30, end=39, path="/html/body/p", node=1, offset=2),
)
PAGE = dataclasses.replace(Document.from_text(TEXT), anchors=ANCHORS)


def test_a_span_is_located_in_its_text_node():
    assert PAGE.locate(Span(5, 7)) == (Place(span=Span(5, 7), path="/html/body/h1", node=0, offset=9),)


def test_a_span_over_several_nodes_is_located_in_pieces():
    assert PAGE.locate(Span(8, 33)) == (
        Place(span=Span(8, 10), path="/html/body/h1", node=0, offset=12),
        Place(span=Span(12, 29), path="/html/body/p", node=0, offset=0),
        Place(span=Span(30, 33), path="/html/body/p", node=1, offset=2),
    )


def test_white_space_between_blocks_has_no_place_and_is_passed_over():
    assert [place.span for place in PAGE.locate(Span(4, 16))] == [Span(4, 10), Span(12, 16)]


@pytest.mark.parametrize("span", [Span(38, 40), Span(10, 12), Span(39, 40)])
def test_what_has_no_place_cannot_be_located(span):
    document = dataclasses.replace(PAGE, text=TEXT + "!")
    assert document.locate(span) is None


def test_a_text_from_no_page_has_no_places():
    assert Document.from_text(TEXT).locate(Span(0, 4)) is None


@given(span=spans(len(TEXT)))
def test_the_pieces_of_a_place_are_all_of_the_span_but_white_space(span):
    places = PAGE.locate(span)
    found = {offset for place in places or () for offset in range(*place.span)}
    wanted = {offset for offset in range(*span) if not TEXT[offset].isspace()}
    assert found <= set(range(*span))
    assert places is None or wanted <= found
    for place in places or ():
        (anchor,) = [a for a in ANCHORS if a.start <= place.span.start < a.end]
        assert (place.path, place.node) == (anchor.path, anchor.node)
        assert place.offset - anchor.offset == place.span.start - anchor.start


def test_a_file_name_that_is_no_utf_8_becomes_an_origin_that_can_be_written():
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    assert Provenance(origin=name, sha256="", method="plaintext").origin == "caf\ufffd.txt"
    assert Provenance(origin="café 🗞.txt:3", sha256="", method="jsonlines").origin == "café 🗞.txt:3"
