"""Several speakers of a statement stay several in every format, and come back from those that are imported."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest
from pyarrow import dataset

from handing_on import kept_of, made, record_of, stream
from handmade import read_by_hand
from onrecord.document import Span
from onrecord.exports import brat, webanno
from onrecord.exports.back.importing import import_annotations
from onrecord.reading import Entity, Event
from onrecord.record.annotating import NewStatement, add_statement
from onrecord.record.changing import By
from onrecord.record.correcting import Should, correct_statement
from onrecord.record.speakernames import speaker_names

TEXT = (
    "The levy will go, Mara Ilven and Teo Brandt said.\r\n\r\n"
    "🌍 قال \u202eIt is late\u202c, Halvard Quy told reporters.\n\nBoats will stay.\nNobody asked us."
)
READ = read_by_hand(TEXT, url="https://orrin.example/levy")
BOTH = ("Mara Ilven", "Teo Brandt")
# One whom the report names and two whom it does not: with a comma, and with a mark of the direction of writing.
PUT_IN = ("Halvard Quy", "Pallen, Osric", "סול\u200f וונה")


def place(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def with_both(statements):
    first, *others = statements
    return (replace(first, speakers=("e1", "e2"), speaker_name="Mara Ilven and Teo Brandt"), *others)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A record with a statement that was read, of two speakers, and one that was put in, of three."""
    read = replace(READ, statements=with_both(READ.statements[:1]))
    claim = replace(EVENT, claimed_in="s1")
    with record_of(tmp_path_factory.mktemp("several"), replace(read, events=(claim,))) as record:
        new = NewStatement(
            source=(place("Halvard Quy"),),
            cue=(place("told"),),
            content=(place("\u202eIt is late\u202c"), place("Boats will stay."), place("Nobody asked us.")),
            speakers=PUT_IN,
            cue_class="warning",
        )
        added = add_statement(record.connection, READ.document.id, new)
        correct_statement(record.connection, added, Should(form="direct"))
        yield record


EVENT = Event(id="v1", type="ACCUSE", actors=("e1", "e2"), span=Span(0, 16), trigger=Span(4, 8), confidence=0.8)


def spoken(record):
    """Return the speakers of each statement, by what it says."""
    (kept,) = kept_of(record)
    entities = {each.id: each for each in kept.reading.entities}
    return {each.content: speaker_names(each, entities) for each in kept.reading.statements}


def test_the_names_are_those_of_the_entities_and_one_speaker_is_called_what_the_heading_says():
    entities = {
        "e1": Entity(id="e1", name="Mara Ilven", kind="person", aliases=("the mayor",)),
        "e2": Entity(id="e2", name="Teo Brandt", kind="person"),
    }
    one = replace(READ.statements[0], speakers=("e1",))
    two = replace(one, speakers=("e1", "e2"), speaker_name="Mara Ilven and Teo Brandt")
    assert speaker_names(two, entities) == BOTH
    assert speaker_names(replace(one, speaker_name="The Mayor"), entities) == ("The Mayor",)
    assert speaker_names(replace(one, speaker_name="The mayor, Mara Ilven"), entities) == ("Mara Ilven",)
    assert speaker_names(replace(one, speakers=(), speaker_name="critics"), entities) == ("critics",)
    assert speaker_names(replace(one, speakers=(), speaker_name=None), entities) == ()


# ---- what each format has


def test_a_table_has_the_names_in_a_column_of_their_own(record, tmp_path):
    wanted = ["Mara Ilven; Teo Brandt", "; ".join(PUT_IN)]
    rows = list(csv.DictReader(io.StringIO(stream(record, "csv").decode(), newline="")))
    assert [row["speakers"] for row in rows] == wanted
    header, *cells = openpyxl.load_workbook(made(record, "xlsx", tmp_path / "a.xlsx")).active.iter_rows(
        values_only=True
    )
    assert [row[header.index("speakers")] for row in cells] == wanted
    table = dataset.dataset(made(record, "parquet", tmp_path / "out")).to_table()
    assert [tuple(each) for each in table.column("speakers").to_pylist()] == [BOTH, PUT_IN]


def test_who_claims_an_event_is_apart_in_its_table(record):
    (row,) = csv.DictReader(io.StringIO(stream(record, "csv", what="events").decode(), newline=""))
    assert (row["actor"], row["claimed_by"]) == ("Mara Ilven; Teo Brandt", "Mara Ilven; Teo Brandt")


def test_a_name_with_a_semicolon_is_one_name_in_one_text(tmp_path):
    entities = (replace(READ.entities[0], name="Ilven; Mara"), *READ.entities[1:])
    with record_of(tmp_path, replace(READ, entities=entities, statements=with_both(READ.statements[:1]))) as record:
        (row,) = csv.DictReader(io.StringIO(stream(record, "csv").decode(), newline=""))
        assert row["speakers"] == "Ilven, Mara; Teo Brandt"
        for name in FORMATS:
            assert back(record, exported(record, name, tmp_path), name) == []
        assert record.corrections() == []


def test_web_annotations_have_a_body_for_each(record):
    items = json.loads(stream(record, "web-annotation"))["first"]["items"][1:]
    bodies = [[body["value"] for body in item["body"] if body["purpose"] == "identifying"] for item in items]
    assert bodies == [list(BOTH), list(PUT_IN)]


def test_label_studio_has_a_text_for_each(record):
    (task,) = json.loads(stream(record, "label-studio"))
    results = task["predictions"][0]["result"]
    assert [each["value"]["text"] for each in results if each["type"] == "textarea"] == [list(BOTH), list(PUT_IN)]


def test_prodigy_has_a_list_at_each_span(record):
    (task,) = [json.loads(line) for line in stream(record, "prodigy").splitlines()]
    assert {tuple(span["speakers"]) for span in task["spans"]} == {BOTH, PUT_IN}
    assert {(span["form"], span["cue_class"]) for span in task["spans"]} == {
        ("indirect", "neutral"),
        ("direct", "warning"),
    }


def test_brat_and_webanno_have_one_text(record):
    (kept,) = kept_of(record)
    notes = [line.split("\t")[2] for line in brat.annotation_lines(kept) if "AnnotatorNotes" in line]
    assert notes == ["speaker: Mara Ilven; Teo Brandt", f"speaker: {'; '.join(PUT_IN)}"]
    assert "Mara Ilven\\; Teo Brandt" in webanno.document(kept)


def test_schema_org_and_follow_the_money_have_somebody_each(record):
    nodes = json.loads(stream(record, "schema-org"))["@graph"]
    assert [tuple(agent["name"] for agent in node["creator"]) for node in nodes if "creator" in node] == [BOTH, PUT_IN]
    lines = [json.loads(line) for line in stream(record, "ftm").splitlines()]
    names = {each["id"]: each["properties"].get("name") for each in lines}
    notes = [each["properties"]["entity"] for each in lines if each["schema"] == "Note"]
    assert [tuple(names[each][0] for each in several) for several in notes] == [BOTH, PUT_IN]


# ---- what comes back

FORMATS = ("brat", "label-studio", "web-annotation")


def exported(record, name, folder, *, without_ids=False):
    """Export a record; Label Studio's predictions are accepted. Without ids it can be imported elsewhere."""
    path = made(record, name, folder / f"{name}-{len(list(folder.iterdir()))}")
    if name == "brat":
        if without_ids:
            (ann,) = path.glob("*.ann")
            lines = [line for line in ann.read_bytes().decode().split("\n") if "\tRecordId " not in line]
            ann.write_bytes("\n".join(lines).encode())
        return path
    value = json.loads(path.read_bytes())
    if name == "label-studio":
        value[0]["annotations"] = value[0].pop("predictions")
    for item in value["first"]["items"] if without_ids and name == "web-annotation" else ():
        del item["id"]
    written = json.dumps(value)
    if without_ids and name == "label-studio":
        for number, known in enumerate(value[0]["data"]["statements"]):
            written = written.replace(f'"{known}-', f'"new{number}-')
    path.write_text(written)
    return path


def back(record, path, name):
    """Import a file; return the messages."""
    messages = []
    import_annotations(record, path, name, by=By(who="ada"), blame=lambda error: messages.append(str(error)))
    return messages


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_that_nobody_changed_corrects_nothing(record, tmp_path, name):
    before = record.corrections()
    assert back(record, exported(record, name, tmp_path), name) == []
    assert record.corrections() == before


@pytest.mark.parametrize("name", FORMATS)
def test_elsewhere_they_are_the_same_several_speakers(record, tmp_path, name):
    path = exported(record, name, tmp_path, without_ids=True)
    (tmp_path / "elsewhere").mkdir()
    with record_of(tmp_path / "elsewhere", replace(READ, statements=())) as elsewhere:
        assert back(elsewhere, path, name) == []
        assert list(spoken(elsewhere).values()) == [BOTH, PUT_IN]
        assert back(elsewhere, path, name) == [], "and are put in once"
        assert len(spoken(elsewhere)) == 2
        if (
            name == "brat"
        ):  # which ends a span at each line break, so that two that only one parts can't be told from one
            return
        assert spoken(elsewhere) == spoken(record)
        (here,), (there,) = kept_of(record), kept_of(elsewhere)
        assert sorted(here.ids.values()) == sorted(there.ids.values())
        for one, other in zip(here.reading.statements, there.reading.statements, strict=True):
            assert (one.source, one.cue, one.content, one.cue_class) == (
                other.source,
                other.cue,
                other.content,
                other.cue_class,
            )
        forms = [each.form for each in there.reading.statements]
        assert forms == ["indirect", "direct" if name == "web-annotation" else "indirect"]


@pytest.mark.parametrize("name", FORMATS)
def test_where_the_statement_was_read_it_is_given_to_them(record, tmp_path, name):
    path = exported(record, name, tmp_path, without_ids=True)
    (tmp_path / "elsewhere").mkdir()
    with record_of(tmp_path / "elsewhere", replace(READ, statements=READ.statements[:1])) as elsewhere:
        assert spoken(elsewhere)[READ.statements[0].content] == ("Mara Ilven",)
        assert back(elsewhere, path, name) == []
        assert list(spoken(elsewhere).values()) == [BOTH, PUT_IN]


@pytest.mark.parametrize("name", FORMATS)
def test_an_entry_without_id_and_speaker_leaves_the_speaker_alone(record, tmp_path, name):
    (tmp_path / "unsaid").mkdir()
    unsaid = replace(READ.statements[0], speakers=(), speaker_name=None)
    with record_of(tmp_path / "unsaid", replace(READ, statements=(unsaid,))) as bare:
        path = exported(bare, name, tmp_path, without_ids=True)
    (tmp_path / "said").mkdir()
    with record_of(tmp_path / "said", replace(READ, statements=READ.statements[:1])) as said:
        assert back(said, path, name) == []
        assert said.corrections() == []


def test_several_names_in_one_text_are_several(tmp_path):
    with record_of(tmp_path, replace(READ, statements=READ.statements[:1])) as record:
        (tmp_path / "out").mkdir()
        path = exported(record, "label-studio", tmp_path / "out")
        path.write_text(path.read_text().replace('["Mara Ilven"]', '["Teo Brandt; Mara Ilven", " "]'))
        assert back(record, path, "label-studio") == []
        assert list(spoken(record).values()) == [("Teo Brandt", "Mara Ilven")]


def test_two_notes_of_brat_are_two_speakers(tmp_path):
    with record_of(tmp_path, replace(READ, statements=READ.statements[:1])) as record:
        (tmp_path / "out").mkdir()
        path = exported(record, "brat", tmp_path / "out")
        (ann,) = path.glob("*.ann")
        ann.write_bytes(b"\xef\xbb\xbf" + ann.read_bytes() + b"#9\tAnnotatorNotes E1\tspeaker: Teo Brandt\n")
        assert back(record, path, "brat") == []
        assert list(spoken(record).values()) == [BOTH]
