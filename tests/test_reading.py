"""A reading as JSON: the contract, written, read back and published as a schema."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document, Provenance, Span, Zone
from onrecord.reading import (
    SCHEMA,
    Entity,
    Evidence,
    Mention,
    Reader,
    Reading,
    Role,
    Statement,
    from_json,
    json_schema,
    to_json,
    to_reading,
    to_record,
)
from strategies import hostile_texts

TEXT = "Levy to go\n\n“The levy will go,” Quy said. “It never worked.”"
DOCUMENT = replace(
    Document.from_text(TEXT, url="https://orrin.example/levy"),
    title="Levy to go",
    outlet="Orrin Echo",
    authors=("Wenna Sool",),
    published="2024-05-02",
    published_from="metadata",
    language="en",
    zones=(Zone(kind="headline", start=0, end=10), Zone(kind="body", start=12, end=len(TEXT))),
    extra={"id": 7, "tags": ["levy", None]},
)
SAID = Statement(
    id="s1",
    form="direct",
    speakers=("e1",),
    source=(Span(32, 35),),
    cue=(Span(36, 40),),
    content=(Span(12, 31),),
    cue_class="neutral",
    negated=False,
    modality="said",
    zone="body",
    confidence=0.9,
    evidence=Evidence(cue_score=1.0, source_score=0.9, content_score=0.8, rule="linked", labels=("0-4 B-cue 1.00",)),
)
GOES_ON = replace(SAID, id="s2", source=(), cue=(), content=(Span(42, 60),), cue_class="none", continues="s1")
QUY = Entity(
    id="e1",
    name="Quy",
    kind="person",
    roles=(Role(title="mayor", of="Orrin", span=Span(32, 35)),),
    mentions=(Mention(span=Span(32, 35), form="name"),),
)
READING = Reading(
    document=DOCUMENT,
    reader=Reader(version="0.1.0", model="test"),
    statements=(SAID, GOES_ON),
    entities=(QUY,),
)


def test_what_is_written_is_read_back():
    assert from_json(to_json(READING)) == to_record(READING)
    assert from_json(to_json(READING).decode()).statements == READING.statements


def test_what_was_read_back_is_written_again_and_is_the_reading():
    assert to_json(from_json(to_json(READING))) == to_json(READING)
    assert to_reading(from_json(to_json(READING))) == READING


def test_readings_are_members_of_sets():
    assert len({READING, replace(READING), replace(READING, statements=())}) == 2
    assert len({to_record(READING), from_json(to_json(READING))}) == 1


def test_halves_of_characters_are_written_as_what_stands_for_them():
    document = replace(Document.from_text("“It \ud83d holds,” Quy said."), extra={"tags": ["\ud83d"]})
    written = from_json(to_json(replace(READING, document=document))).document
    assert written.text == "“It \ufffd holds,” Quy said."
    assert written.extra == {"tags": ["\ufffd"]}


def test_a_reading_is_one_line_of_json_and_the_same_bytes_each_time():
    assert b"\n" not in to_json(READING)
    assert to_json(READING) == to_json(replace(READING))


def test_the_json_has_the_members_of_the_contract():
    found = json.loads(to_json(READING))
    assert found["schema"] == SCHEMA == "onrecord/1"
    assert list(found) == [
        "schema",
        "reader",
        "document",
        "entities",
        "statements",
        "events",
        "times",
        "amounts",
        "checks",
    ]
    assert found["document"]["text"] == TEXT
    assert found["document"]["zones"][0] == {"kind": "headline", "start": 0, "end": 10}
    assert found["document"]["extra"] == {"id": 7, "tags": ["levy", None]}
    assert found["statements"][0]["content"] == [[12, 31]]
    assert (found["statements"][0]["within"], found["statements"][1]["continues"]) == (None, "s1")


def test_spans_of_the_json_name_the_words_that_they_are_of():
    found = json.loads(to_json(READING))
    words = [[found["document"]["text"][start:end] for start, end in each["content"]] for each in found["statements"]]
    assert words == [["“The levy will go,”"], ["“It never worked.”"]]


def test_a_reading_fits_its_schema():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(json.loads(to_json(READING)))
    for change in ({"schema": "onrecord/0"}, {"statements": [{}]}, {"document": None}):
        assert list(validator.iter_errors(json.loads(to_json(READING)) | change))


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", b'{"schema": "onrecord/2"}', to_json(READING)[:-1], to_json(READING).replace(b"direct", b"x")],
)
def test_what_is_no_reading_is_refused(line):
    with pytest.raises(msgspec.DecodeError):
        from_json(line)


@given(text=hostile_texts(), origin=st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_comes_back_unchanged(text, origin):
    provenance = Provenance(origin=origin, sha256="0" * 64, method="plaintext")
    document = replace(Document.from_text(text), provenance=provenance, extra={origin: text})
    record = from_json(to_json(Reading(document=document, reader=READING.reader, statements=())))
    assert (record.document.text, record.document.origin, record.document.extra) == (text, origin, {origin: text})
