"""Markdown to a document: zones from the markup, the text as published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document
from onrecord.errors import EmptySource
from onrecord.ingest.markdown import read_markdown

REPORT = """\
---
title: "Ferry sinks off Belvar"
author: Ana Ruiz, Tomas Veld
date: 2024-05-03
---

# Ferry sinks off Belvar coast

*By Ana Ruiz and Tomas Veld*

![The harbour of Belvar](https://vel-example.org/a.jpg)
*The harbour on Friday. Photo: Lena Brandt*

A ferry carrying 212 people sank in heavy seas off the northern
coast on Friday, the [harbour master](https://vel-example.org/b) said.

## The rescue ##

> “We heard a bang,” said Jo Lindqvist.

- She swam for an hour.
- [Bridge closed](https://vel-example.org/c)

What next
---------

Nobody knows.

***

[Read more](https://vel-example.org/d)
"""


def read(text: str) -> Document:
    return read_markdown(text, origin="report.md", sha256="0" * 64, charset="utf-8")


def told(document: Document) -> list[tuple[str, str]]:
    return [(zone.kind, zone.span.of(document.text)) for zone in document.zones]


def test_zones_are_those_of_the_markup_and_begin_after_its_marks():
    document = read(REPORT)
    assert document.text == REPORT
    assert told(document)[1:] == [
        ("headline", "Ferry sinks off Belvar coast"),
        ("byline", "By Ana Ruiz and Tomas Veld"),
        ("furniture", "!["),
        ("caption", "The harbour of Belvar"),
        ("furniture", "](https://vel-example.org/a.jpg)"),
        ("caption", "The harbour on Friday."),
        ("credit", "Photo: Lena Brandt"),
        (
            "body",
            REPORT[REPORT.index("A ferry") : REPORT.index("\n\n## The rescue")],
        ),
        ("subheading", "The rescue"),
        ("body", "“We heard a bang,” said Jo Lindqvist.\n\n- She swam for an hour."),
        ("furniture", "[Bridge closed](https://vel-example.org/c)"),
        ("subheading", "What next"),
        ("furniture", "---------"),
        ("body", "Nobody knows."),
        ("furniture", "***\n\n[Read more](https://vel-example.org/d)"),
    ]


def test_front_matter_is_metadata():
    document = read(REPORT)
    assert (document.title, document.authors) == ("Ferry sinks off Belvar", ("Ana Ruiz", "Tomas Veld"))
    assert (document.published, document.published_from) == ("2024-05-03", "metadata")
    assert document.provenance.method == "markdown"


def test_only_the_marks_around_a_whole_field_are_taken_off():
    document = read("---\ntitle: \"Mayor: 'I will stay'\"\nsection: The 'city'\n---\n\nThe mayor said so.")
    assert (document.title, document.section) == ("Mayor: 'I will stay'", "The 'city'")


def test_what_stands_between_two_rules_is_no_front_matter():
    assert ("body", "She said no.") in told(read("---\nShe said no.\n\n---\n\nHe left."))


def test_a_block_quotation_is_one_where_a_colon_introduces_it():
    found = told(read("# A\n\nHe left.\n\n> A summary.\n\nShe wrote:\n\n> We go.\n>\n> All of us.\n\nHe left."))
    assert [each for each in found if each[0] == "blockquote"] == [
        ("blockquote", "We go."),
        ("blockquote", "All of us."),
    ]


def test_a_paragraph_in_tags_is_part_of_the_story_and_tags_alone_are_not():
    found = told(read("# A\n\nHe was asked.\n\n<p>She <b>said</b> no.</p>\n\n<div><br>\n\nHe left."))
    story = "He was asked.\n\n<p>She <b>said</b> no.</p>"
    assert found[1:] == [("body", story), ("furniture", "<div><br>"), ("body", "He left.")]


def test_without_front_matter_the_lines_tell():
    document = read("# Bridge closed\n\nBy [Ana Ruiz](https://vel-example.org/ana)\n\nThe mayor said so.")
    assert document.title == "Bridge closed"
    assert told(document)[1] == ("byline", "By [Ana Ruiz](https://vel-example.org/ana)")
    assert document.authors == ("Ana Ruiz",)


def test_a_code_block_is_no_part_of_the_story():
    assert ("furniture", "```\nx = 1\n```") in told(read("# A\n\nShe said no.\n\n```\nx = 1\n```\n\nHe left."))


def test_a_text_without_markup_is_read_like_plain_text():
    assert told(read("BELVAR (Reuters) — The bridge was closed.\n\nNobody knows why."))[0] == (
        "dateline",
        "BELVAR (Reuters) —",
    )


def test_white_space_alone_is_refused():
    with pytest.raises(EmptySource):
        read("\n\n")


MARKS = st.sampled_from(
    [
        "# ",
        "## ",
        "> ",
        "- ",
        "![a](b)",
        "[a](b)",
        "---\n",
        "===\n",
        "```",
        "*a*",
        "\n\n",
        "\r\n",
        "\r",
        "👩‍👧 ",
        "\x00",
    ]
)


@given(st.lists(st.one_of(MARKS, st.text(max_size=12)), min_size=1, max_size=14).map("".join))
def test_any_text_is_read_unchanged_into_zones_apart(text):
    if not text.strip():
        return
    document = read(text)
    assert document.text == text
    ends = [0, *(zone.end for zone in document.zones)]
    assert all(end <= zone.start < zone.end for end, zone in zip(ends, document.zones, strict=False))
    assert all(zone.span.of(text) == zone.span.of(text).strip() for zone in document.zones)
