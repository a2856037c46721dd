"""Plain text to a document: what its lines say of title, writers, outlet, day and section."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document, document_id
from onrecord.errors import EmptySource
from onrecord.ingest.plaintext import read_text

STORY = (
    "The old bridge over the river was closed on Monday, the mayor said, and it will not open again before the autumn, "
    "when engineers have looked at it."
)


def read(text: str, **given_: str) -> Document:
    return read_text(text, origin="report.txt", sha256="0" * 64, charset="utf-8", **given_)


def under(*lines: str) -> Document:
    return read("\n\n".join(["Bridge closed for repairs", *lines, STORY]))


def test_a_report_is_read_as_it_stands():
    text = f"Bridge closed\r\n\r\nBy Ana Ruiz\r\n\r\n{STORY}\r\n"
    document = read(text, url="https://vel-example.org/bridge")
    assert document.text == text
    assert document.title == "Bridge closed"
    assert document.authors == ("Ana Ruiz",)
    assert document.url == "https://vel-example.org/bridge"
    assert document.id == document_id(text, "https://vel-example.org/bridge")
    assert (document.provenance.method, document.provenance.charset) == ("plaintext", "utf-8")


def test_what_no_line_says_is_none():
    document = read(STORY)
    assert (document.title, document.outlet, document.published, document.published_from) == (None, None, None, None)
    assert (document.authors, document.section, document.language) == ((), None, None)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ana Ruiz and Jo Lee", ("Ana Ruiz", "Jo Lee")),
        ("By Ana Ruiz, Jo Lee and Al Moe", ("Ana Ruiz", "Jo Lee", "Al Moe")),
        ("By Ana Ruiz, Daily Example", ("Ana Ruiz",)),
        ("By Ana Ruiz, Staff Writer", ("Ana Ruiz",)),
        ("By Ana Ruiz in Velmora and Jo Lee in Astrel", ("Ana Ruiz",)),
        ("Ana Ruiz | Daily Example", ("Ana Ruiz",)),
        ("By Daily Example Staff", ("Daily Example Staff",)),
        ("Published: 3 May 2024", ()),
    ],
)
def test_the_byline_names_the_writers(line, authors):
    assert under(line).authors == authors


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("MAY 3, 2024", "2024-05-03"),
        ("Published: 3 May 2024", "2024-05-03"),
        ("Published 3 May 2024, Updated 4 May 2024", "2024-05-03"),
        ("May 3, 2024", "2024-05-03"),
        ("Friday, 3 May 2024 10:22 GMT", "2024-05-03"),
        ("2024-05-03T10:22:00+00:00", "2024-05-03T10:22:00+00:00"),
        ("By Ana Ruiz Published May 3, 2024", "2024-05-03"),
        ("By Ana Ruiz | May 3, 2024", "2024-05-03"),
        ("Updated 4 May 2024", None),
        ("Published at 9:22 a.m.", None),
        ("Published: 31 February 2024", None),
        ("3 years ago", None),
        ("By May 3, 2024, the bridge will be open again.", None),
    ],
)
def test_the_day_of_publication_is_taken_only_from_a_line_that_states_it(line, published):
    document = under(line)
    assert document.published == published
    assert document.published_from == ("text" if published else None)


def test_a_day_named_in_the_story_is_not_the_day_of_publication():
    assert read(f"Bridge closed\n\n{STORY}\n\nIt opened on May 3, 1924.").published is None


@pytest.mark.parametrize(
    ("line", "outlet"),
    [("Ana Ruiz | Vel Echo", "Vel Echo"), ("Ana Ruiz | Political Editor", None), ("By Ana Ruiz", None)],
)
def test_the_outlet_is_taken_only_from_beside_the_writer(line, outlet):
    assert under(line).outlet == outlet


def test_the_section_is_the_line_above_the_headline():
    document = read(f"News / World\n\nBridge closed\n\n{STORY}")
    assert (document.section, document.title) == ("News / World", "Bridge closed")


@pytest.mark.parametrize("text", ["", " \n\u2028\t"])
def test_white_space_alone_is_refused(text):
    with pytest.raises(EmptySource, match=r"report\.txt: nothing in it"):
        read(text)


PIECES = st.sampled_from(
    ["👩‍👩‍👧", "e\u0301", "\r\n", "\r", "\u202eلا\u202c", "\x00", "By Ana Ruiz\n", "3 May 2024\n", STORY, "\ud800"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), min_size=1, max_size=12).map("".join))
def test_any_text_is_read_unchanged(text):
    if not text.strip():
        return
    document = read(text)
    assert document.text == text
    assert all(0 <= zone.start < zone.end <= len(text) for zone in document.zones)
