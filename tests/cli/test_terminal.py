"""A reading as blocks of text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from onrecord.cli.blocks import Look
from onrecord.cli.terminal import show_reading
from onrecord.document import Document, Span
from onrecord.reading import Entity, Reader, Reading, Statement

GOLDEN = Path(__file__).with_name("golden")
PLAIN = Look(width=None, colour=False)
CAST = (
    Entity(id="e1", name="Ada Quill", kind="person"),
    Entity(id="e2", name="Bo Larch", kind="person"),
    Entity(id="e3", name="reporters", kind="group"),
)


def say(text, *, source="", cue="", content="", **differs):
    """Return a reading of ``text`` with one statement of these words."""
    parts = {"source": source, "cue": cue, "content": content}
    spans = {
        name: (Span(text.index(words), text.index(words) + len(words)),) if words else ()
        for name, words in parts.items()
    }
    defaults = {
        "id": "s1",
        "form": "direct",
        "cue_class": "neutral",
        "negated": False,
        "modality": "said",
        "zone": "body",
    }
    statement = Statement(**{**defaults, "confidence": 0.9, **spans, **differs})
    return Reading(
        document=Document.from_text(text),
        reader=Reader(version="0", model="m"),
        statements=(statement,),
        entities=CAST,
    )


@pytest.mark.parametrize("width", [None, 40, 80, 100, 160])
def test_the_example_report_looks_as_it_did(harbour, width):
    shown = show_reading(harbour, Look(width=width, colour=False))
    golden = GOLDEN / f"harbour-tax-{width or 'piped'}.txt"
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(harbour, width):
    shown = show_reading(harbour, Look(width=width, colour=False), explain=None)
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_piped_lines_name_their_part_and_give_words_and_offsets(harbour):
    text = harbour.document.text
    pattern = re.compile(r"^ *(speaker|source|cue|content) +(.*?)  \[(\d+):(\d+)\]$", re.MULTILINE)
    found = pattern.findall(show_reading(harbour, PLAIN))
    assert len(found) == sum(len(s.source) + len(s.cue) + len(s.content) for s in harbour.statements)
    assert all(text[int(start) : int(end)] == words for _, words, start, end in found)


def test_colour_changes_no_character(harbour):
    coloured = show_reading(harbour, Look(width=80, colour=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == show_reading(harbour, Look(width=80, colour=False))


def test_an_escape_in_a_report_is_shown_and_never_sent():
    reading = say("\x1b]0;own\x07Ada said \x1b[31mno\u202e.", source="Ada", cue="said", content="\x1b[31mno\u202e")
    document = replace(
        reading.document,
        title="\x1b[2J",
        outlet="\x9b",
        authors=("\x07",),
        url="https://e.example/\x1b",
        warnings=("\x1b",),
    )
    shown = show_reading(replace(reading, document=document), Look(width=80, colour=False), explain=None)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert r"\x1b[31mno\u202e" in shown


def test_an_ascii_terminal_gets_ascii(harbour):
    shown = show_reading(harbour, Look(width=80, colour=False, encoding="ascii"))
    assert shown.isascii()
    assert "s3  mixed - neutral" in shown


def test_wide_characters_take_two_cells():
    content = "港口税将在七月上涨百分之三十，渔民协会表示反对"
    shown = show_reading(
        say(f"{content}, Ada said.", source="Ada", cue="said", content=content), Look(width=40, colour=False)
    )
    assert max(cell_len(line) for line in shown.splitlines()) <= 40


def test_a_statement_without_a_source_says_so():
    assert "(not named)" in show_reading(say("It is said to rain.", cue="said", content="to rain"), PLAIN)
    assert "(goes on from s0)" in show_reading(say("“And more.”", content="“And more.”", continues="s0"), PLAIN)


def rows(reading, **options):
    """Return the rows of the one statement, below its first line."""
    return show_reading(reading, PLAIN, **options).split("\n\n")[1].splitlines()[1:]


def test_the_speaker_comes_first_then_the_source_as_written():
    said = say(
        "She said no.", source="She", cue="said", content="no", speaker_name="Ada Quill", speaker_confidence=0.714
    )
    assert rows(said)[:2] == ["    speaker  Ada Quill  [confidence 0.71]", "    source   She  [0:3]"]
    aligned = show_reading(said, Look(width=80, colour=False)).splitlines()
    assert {len(line) for line in aligned if "confidence" in line} == {80}


def test_a_source_that_is_the_name_stands_once_with_its_place():
    text = "Ada\nQuill said no."
    said = say(text, source="Ada\nQuill", cue="said", content="no", speaker_name="Ada Quill", speaker_confidence=1.0)
    assert rows(said) == ["    speaker  Ada Quill  [0:9]", "    cue      said  [10:14]", "    content  no  [15:17]"]


@pytest.mark.parametrize(
    ("reason", "candidates", "says"),
    [
        ("ambiguous", ("e1", "e2"), "open: ambiguous (Ada Quill or Bo Larch?)"),
        ("ambiguous", ("e1", "e2", "e3"), "open: ambiguous (Ada Quill, Bo Larch or reporters?)"),
        ("ambiguous", ("e1", "e2", "e3", "e9"), "open: ambiguous (Ada Quill, Bo Larch, reporters or another?)"),
        ("unsure", ("e1",), "open: unsure (Ada Quill?)"),
        ("no antecedent", (), "open: no antecedent"),
        ("impersonal", (), "open: impersonal"),
    ],
)
def test_an_open_speaker_says_why_and_who_it_might_be(reason, candidates, says):
    parts = {"source": "She", "cue": "said", "content": "no"}
    said = say("She said no.", **parts, speaker_open=reason, speaker_candidates=candidates)
    assert rows(said)[:2] == [f"    speaker  {says}", "    source   She  [0:3]"]


def test_an_open_speaker_without_a_source_is_one_row():
    assert rows(say("It is said to rain.", cue="said", content="to rain", speaker_open="impersonal")) == [
        "    speaker  open: impersonal",
        "    cue      said  [6:10]",
        "    content  to rain  [11:18]",
    ]


def test_whom_it_was_said_to_and_who_is_accused_are_shown_by_name():
    parts = {"source": "She", "cue": "said", "content": "no"}
    shown = rows(say("She said no.", **parts, addressees=("e3", "e9"), targets=("e1",)))
    assert shown[2:4] == ["    to       reporters, e9", "    target   Ada Quill"]


def test_explain_says_how_the_speaker_was_found():
    parts = {"source": "She", "cue": "said", "content": "no"}
    found = {"speaker_by": "heads", "source_form": "pronoun"}
    sure = say("She said no.", **parts, **found, speaker_name="Ada Quill", speaker_confidence=0.9)
    open_ = say("She said no.", **parts, **found, speaker_open="unsure", speaker_candidates=("e1", "e2", "e3", "e9"))
    assert rows(sure, explain=None)[-1] == "    resolved source pronoun, by heads, confidence 0.90"
    assert rows(open_, explain=None)[-1] == (
        "    resolved source pronoun, by heads, candidates Ada Quill, Bo Larch, reporters, e9"
    )
    assert "resolved" not in show_reading(sure, PLAIN)
    assert "resolved" not in show_reading(say("She said no.", **parts), PLAIN, explain=None)


def test_what_stands_at_the_right_is_never_broken():
    said = say("She said no.", source="She", cue="said", speaker_name="Ada Marguerite Quill", speaker_confidence=0.5)
    shown = show_reading(said, Look(width=40, colour=False)).splitlines()
    at = shown.index("    speaker  Ada Marguerite Quill")
    assert shown[at + 1] == "             [confidence 0.50]"


def test_escapes_in_names_are_shown_and_never_sent():
    hostile = "Ada\x1b[31m\u202e"
    parts = {"source": "She", "cue": "said", "content": "no"}
    named = say("She said no.", **parts, speaker_name=hostile, addressees=("e1",), targets=("e1",), speaker_by="\x07")
    asked = say("She said no.", **parts, speaker_open="unsure", speaker_candidates=("e1", "\x9b"))
    for reading in (named, asked):
        cast = (replace(CAST[0], name=hostile),)
        shown = show_reading(replace(reading, entities=cast), Look(width=80, colour=False), explain=None)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
        assert r"Ada\x1b[31m\u202e" in shown


def test_a_document_says_its_warnings_and_its_counts():
    reading = say("Ada said no.", source="Ada", cue="said", content="no")
    document = replace(reading.document, warnings=("cut at 255 levels",), published="2024-05-02", outlet="The Bee")
    head = show_reading(replace(reading, document=document), PLAIN).split("\n\n", maxsplit=1)[0]
    assert head == "(no title)\nThe Bee · 2024-05-02 · 3 words · 1 statement\ngiven\nwarning: cut at 255 levels"


def test_evidence_is_shown_for_the_statements_asked_for(scripted, harbour):
    reading = scripted.scripted_reading(harbour.document, explain=True)
    assert show_reading(reading, PLAIN).count("because") == 0
    assert show_reading(reading, PLAIN, explain=frozenset({"s3"})).count("because") == 1
    shown = show_reading(reading, PLAIN, explain=None)
    assert shown.count("because  linked, cue 0.99, source 0.97, content 0.95\n") == len(reading.statements)
    assert "labels   said/B-cue/0.99, the/I-content/0.95\n" in shown
