"""What annotators change comes back as corrections, once, and what they leave alone gives none."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from handing_on import kept_of, made, record_of
from handmade import read_by_hand, readings
from onrecord.document import Span
from onrecord.errors import BadAnnotation
from onrecord.exports.back.importing import import_annotations
from onrecord.record import Record
from onrecord.record.changing import By
from strategies import hostile_texts

TEXT = (
    "The levy will go, Mara Ilven said.\n\nNobody had asked the fishers, Teo Brandt claimed.\r\n"
    "🌍 Boats will stay, Halvard Quy told reporters.\n\nIt is late."
)
READING = read_by_hand(TEXT, url="https://orrin.example/levy")
BY = By(who="ada", now=datetime(2024, 5, 3, tzinfo=UTC))
FORMATS = ("brat", "label-studio", "web-annotation")


@pytest.fixture
def record(tmp_path):
    with record_of(tmp_path, READING) as record:
        yield record


def handed_out(record, name, folder):
    """Export a record; Label Studio's predictions are accepted as they are."""
    path = made(record, name, folder / f"{name}-{len(list(folder.iterdir()))}")
    if name == "label-studio":
        tasks = json.loads(path.read_bytes())
        for task in tasks:
            (prediction,) = task.pop("predictions")
            task["annotations"] = [{"result": prediction["result"], "completed_by": {"email": "ada@orrin.example"}}]
        path.write_text(json.dumps(tasks))
    return path


def back(record, path, name):
    """Import a file; return what came of it and the messages."""
    messages = []
    imported = import_annotations(record, path, name, by=BY, blame=lambda error: messages.append(str(error)))
    return {key: count for key, count in asdict(imported).items() if count and key != "reports"}, messages


def back_or_refused(record, path, name):
    """Import a file; one that is refused whole gives one message."""
    try:
        return back(record, path, name)
    except BadAnnotation as error:
        return {}, [str(error)]


def corrections(record):
    rows = record.connection.execute("SELECT field, value, who, made_at, standing FROM corrections ORDER BY id")
    return [(field, json.loads(value)["words"], who, when, standing) for field, value, who, when, standing in rows]


def statements(record):
    (kept,) = kept_of(record)
    return [
        (each.speaker_name, " ".join(span.of(kept.text) for span in each.content)) for each in kept.reading.statements
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_unchanged_gives_no_correction(record, tmp_path, name):
    assert back(record, handed_out(record, name, tmp_path), name) == ({"unchanged": 4}, [])
    assert corrections(record) == []


@hypothesis_settings(max_examples=12)
@given(hostile_texts())
def test_no_text_makes_a_correction_of_its_own(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any")
    with record_of(folder, read_by_hand(text)) as record:
        for name in FORMATS:
            found, messages = back(record, handed_out(record, name, folder), name)
            assert (messages, corrections(record)) == ([], [])
            assert set(found) <= {"unchanged"}


@hypothesis_settings(max_examples=10)
@given(readings())
def test_no_reading_makes_a_correction_of_its_own(tmp_path_factory, reading):
    folder = tmp_path_factory.mktemp("any")
    with record_of(folder, reading) as record:
        for name in FORMATS:
            back(record, handed_out(record, name, folder), name)
        fields = {field for field, *_ in corrections(record)}
        assert not fields


# ---- brat


def edit_brat(folder, *changes, also=""):
    """Replace words in the one .ann file of a folder."""
    (path,) = folder.glob("*.ann")
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, text
        text = text.replace(old, new)
    path.write_text(text + also, "utf-8")
    return folder


def test_a_speaker_and_a_span_that_were_changed_in_brat(record, tmp_path):
    folder = edit_brat(
        handed_out(record, "brat", tmp_path),
        ("speaker: Teo Brandt", "speaker: Ibby Tarrow"),
        ("Content 0 34\tThe levy will go, Mara Ilven said.", "Content 0 16\tThe levy will go"),
    )
    assert back(record, folder, "brat") == ({"corrected": 2, "unchanged": 2}, [])
    when = "2024-05-03T00:00:00+00:00"
    assert corrections(record) == [
        ("content", "The levy will go", "ada", when, "stands"),
        ("speaker", "Ibby Tarrow", "ada", when, "stands"),
    ]
    assert statements(record)[:2] == [
        ("Mara Ilven", "The levy will go"),
        ("Ibby Tarrow", "Nobody had asked the fishers, Teo Brandt claimed.\r"),
    ]


def test_importing_twice_corrects_once(record, tmp_path):
    folder = edit_brat(handed_out(record, "brat", tmp_path), ("speaker: Teo Brandt", "speaker: Ibby Tarrow"))
    back(record, folder, "brat")
    assert back(record, folder, "brat") == ({"unchanged": 4}, [])
    assert len(corrections(record)) == 1


def test_a_deleted_event_and_a_new_one(record, tmp_path):
    folder = handed_out(record, "brat", tmp_path)
    (path,) = folder.glob("*.ann")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.split("\t")[1].startswith("Quotation")]
    lines = [line for line in lines if "E4" not in line]
    start = TEXT.index("Boats")
    lines += [
        f"T90\tStatement {TEXT.index('told')} {TEXT.index('told') + 4}\ttold",
        f"T91\tContent {start} {start + 15}\tBoats will stay",
        "E90\tStatement:T90 Content:T91",
        "#90\tAnnotatorNotes E90\tspeaker: Osric Pallen; Ibby Tarrow",
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert back(record, folder, "brat") == ({"deleted": 1, "added": 1, "unchanged": 3}, [])
    assert [field for field, *_ in corrections(record)] == ["added", "deleted"]
    assert statements(record)[-1] == ("Osric Pallen, Ibby Tarrow", "Boats will stay")
    assert "It is late." not in [words for _, words in statements(record)]
    again = handed_out(record, "brat", tmp_path)
    assert back(record, again, "brat") == ({"unchanged": 4}, []), "an added statement goes out and comes back too"
    (path,) = again.glob("*.ann")
    path.write_text(path.read_text("utf-8").replace("Osric Pallen; Ibby Tarrow", "Ibby Tarrow"), "utf-8")
    assert back(record, again, "brat") == ({"corrected": 1, "unchanged": 3}, [])
    assert statements(record)[-1] == ("Ibby Tarrow", "Boats will stay")


def test_each_line_that_is_wrong_is_one_message_and_the_rest_is_done(record, tmp_path):
    folder = edit_brat(
        handed_out(record, "brat", tmp_path),
        ("speaker: Teo Brandt", "speaker: Ibby Tarrow"),
        ("Content 0 34\tThe levy will go, Mara Ilven said.", "Content 0 34\tSomething else"),
        ("CueClass E3 neutral", "CueClass E3 lying"),
        also="T77\nE77\tStatement:T78\n",
    )
    (path,) = folder.glob("*.ann")
    found, messages = back(record, folder, "brat")
    assert found == {"corrected": 1, "unchanged": 1, "faults": 5}
    wanted = (
        "the words at 0 34 are others",
        "no offsets",
        "no annotation T3",
        "no annotation T78",
        "no cue class: lying",
    )
    for words in wanted:
        (message,) = [each for each in messages if words in each]
        assert message.startswith(f"{path}:")
    assert [field for field, *_ in corrections(record)] == ["speaker"]


def test_a_text_that_is_not_the_record_s_is_refused_whole(record, tmp_path):
    folder = handed_out(record, "brat", tmp_path)
    (text,) = folder.glob("*.txt")
    text.write_text("Another text.")
    (ann,) = folder.glob("*.ann")
    ann.write_text("T1\tStatement 0 7\tAnother\nE1\tStatement:T1\n")
    found, messages = back(record, folder, "brat")
    assert found == {"faults": 1}
    assert "its text is not the record's" in messages[0]


def test_a_report_that_the_record_does_not_have(record, tmp_path):
    folder = handed_out(record, "brat", tmp_path)
    (ann,) = folder.glob("*.ann")
    ann.rename(folder / "0000000000000000.ann")
    assert "no report 0000000000000000 in the record" in back(record, folder, "brat")[1][0]


def test_without_the_list_of_what_was_handed_out_nothing_is_deleted(record, tmp_path):
    folder = handed_out(record, "brat", tmp_path)
    (ann,) = folder.glob("*.ann")
    ann.write_text("")
    (ids,) = folder.glob("*.ids")
    ids.unlink()
    assert back(record, folder, "brat") == ({}, [])


# ---- Label Studio and Web Annotation


def edit_json(path, change):
    value = json.loads(path.read_bytes())
    change(value)
    path.write_text(json.dumps(value))
    return path


def test_regions_speakers_and_relations_of_label_studio(record, tmp_path):
    def change(tasks):
        annotation = tasks[0]["annotations"][0]
        annotation["updated_at"] = "2024-06-01T10:00:00Z"
        results = annotation["result"]
        for result in results:
            if result["type"] == "textarea" and result["value"]["text"] == ["Mara Ilven"]:
                result["value"]["text"] = ["Ibby Tarrow"]
        kept = [each for each in results if "It is late." not in str(each)]
        start = TEXT.index("Boats")
        region = {"id": "new1", "type": "labels", "value": {"start": start, "end": start + 5, "labels": ["Content"]}}
        cue = {"id": "new2", "type": "labels", "value": {"start": start + 6, "end": start + 10, "labels": ["Cue"]}}
        tie = {"type": "relation", "from_id": "new1", "to_id": "new2"}
        broken = {"id": "new3", "type": "labels", "value": {"start": 1, "end": 2, "labels": ["Nonsense"]}}
        annotation["result"] = [*kept, region, cue, tie, broken]

    path = edit_json(handed_out(record, "label-studio", tmp_path), change)
    found, messages = back(record, path, "label-studio")
    assert found == {"corrected": 1, "deleted": 1, "added": 1, "unchanged": 2, "faults": 1}
    assert "entry 1, region new3: no label of ours: Nonsense" in messages[0]
    assert {(who, when) for _, _, who, when, _ in corrections(record)} == {
        ("ada@orrin.example", "2024-06-01T10:00:00+00:00")
    }
    assert statements(record)[0][0] == "Ibby Tarrow"
    assert statements(record)[-1] == (None, "Boats")


def test_a_task_that_nobody_did_says_nothing(record, tmp_path):
    path = made(record, "label-studio", tmp_path / "tasks.json")
    assert back(record, path, "label-studio") == ({}, [])


def test_bodies_and_targets_of_web_annotations(record, tmp_path):
    def change(collection):
        items = collection["first"]["items"]
        named = next(
            item for item in items if any(b.get("value") == "Mara Ilven" for b in item["body"] if isinstance(b, dict))
        )
        named["creator"] = {"type": "Person", "name": "Berta"}
        named["modified"] = "2024-06-02T00:00:00Z"
        for target in named["target"]:
            if target["onrecord:part"] == "content":
                target["selector"] = {"type": "TextPositionSelector", "start": 0, "end": 16}
        for body in items[2]["body"]:
            if body["onrecord:field"] == "cue class":
                body["value"] = "doubting"
        items[3]["target"][0]["selector"][0]["end"] = 10_000
        del items[4]
        items.append({"id": "urn:x", "type": "Annotation", "target": "https://elsewhere.example/"})

    path = edit_json(handed_out(record, "web-annotation", tmp_path), change)
    found, messages = back(record, path, "web-annotation")
    assert found == {"corrected": 2, "deleted": 1, "faults": 2}
    assert any("lies outside the text of" in each for each in messages)
    assert any("item 5: no annotation of a report of ours" in each for each in messages)
    assert [each[:4] for each in corrections(record)] == [
        ("content", "The levy will go", "Berta", "2024-06-02T00:00:00+00:00"),
        ("cue_class", "doubting", "ada", "2024-05-03T00:00:00+00:00"),
        ("deleted", None, "ada", "2024-05-03T00:00:00+00:00"),
    ]


def test_annotations_one_a_line_delete_nothing_that_they_do_not_list(record, tmp_path):
    items = json.loads(handed_out(record, "web-annotation", tmp_path).read_bytes())["first"]["items"]
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(json.dumps(item) for item in items[1:3]))
    assert back(record, path, "web-annotation") == ({"unchanged": 2}, [])


def test_an_export_without_text_takes_corrections_too(record, tmp_path):
    path = made(record, "web-annotation", tmp_path / "bare.jsonld", with_text=False)
    assert back(record, path, "web-annotation") == ({"unchanged": 4}, [])


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'[1, null, "a"]', b"{}", b"[" * 100_000])
def test_what_is_no_export_is_one_line_a_fault(record, tmp_path, name, content):
    path = tmp_path / "odd.ann"
    path.write_bytes(content)
    found, messages = back_or_refused(record, path, name)
    assert messages or not found
    assert all(str(path) in each for each in messages)
    assert corrections(record) == []


@pytest.mark.parametrize("odd", [None, 7, "x", {}])
def test_an_annotation_of_label_studio_without_results_deletes_nothing(record, tmp_path, odd):
    path = edit_json(handed_out(record, "label-studio", tmp_path), lambda tasks: _annotation(tasks).update(result=odd))
    found, messages = back(record, path, "label-studio")
    assert "an annotation without a list of results" in messages[0]
    assert found == {"faults": 1}


@pytest.mark.parametrize("odd", [None, 7, [], {}, ["labels"]])
def test_a_result_of_label_studio_of_an_odd_type_is_passed_over(record, tmp_path, odd):
    def change(tasks):
        _annotation(tasks)["result"].append({"type": odd, "value": odd, "id": odd})

    path = edit_json(handed_out(record, "label-studio", tmp_path), change)
    assert back(record, path, "label-studio") == ({"unchanged": 4}, [])


@pytest.mark.parametrize("start", [False, 2**70, -(2**70), 1.0, "1", None])
def test_an_offset_of_a_web_annotation_that_is_none_puts_nothing_in(record, tmp_path, start):
    def change(page):
        lost = page["first"]["items"][2]
        del lost["id"]
        for target in lost["target"]:
            target["selector"] = [{"type": "TextPositionSelector", "start": start, "end": 4}]

    path = edit_json(handed_out(record, "web-annotation", tmp_path), change)
    found, messages = back(record, path, "web-annotation")
    assert found["faults"] == len(messages) >= 1
    assert "added" not in found
    assert record.check() == []


@pytest.mark.parametrize("odd", [["Annotation"], {}, 7])
def test_a_web_annotation_of_an_odd_type_is_one_fault(record, tmp_path, odd):
    path = tmp_path / "odd.jsonld"
    path.write_text(json.dumps({"type": odd, "target": 7}))
    found, messages = back(record, path, "web-annotation")
    assert found == {"faults": 1}
    assert "no annotation of a report of ours" in messages[0]


# ---- whether it was said


def test_what_brat_says_of_negation_and_modality_is_a_correction(record, tmp_path):
    more = "A90\tNegated E1\nA91\tCueClass E1 doubting\nA92\tModality E2 future\n"
    folder = edit_brat(handed_out(record, "brat", tmp_path), also=more)
    assert back(record, folder, "brat") == ({"corrected": 2, "unchanged": 2}, [])
    assert {correction[:2] for correction in corrections(record)} == {
        ("cue_class", "doubting"),
        ("negated", "yes"),
        ("modality", "future"),
    }
    assert back(record, folder, "brat") == ({"unchanged": 4}, [])


def test_a_statement_that_was_put_in_in_brat_is_negated_where_that_says_so(record, tmp_path):
    text = record.reading(READING.document.id).document.text
    mark = f"T90\tCue 0 3\t{text[:3]}\nT91\tContent 4 8\t{text[4:8]}\n"
    more = f"{mark}E90\tCue:T90 Content:T91\nA90\tNegated E90\nA91\tModality E90 hypothetical\n"
    folder = edit_brat(handed_out(record, "brat", tmp_path), also=more)
    found, messages = back(record, folder, "brat")
    assert (found, messages) == ({"added": 1, "unchanged": 4}, [])
    assert [correction[0] for correction in corrections(record)] == ["added", "modality", "negated"]
    (kept,) = kept_of(record)
    assert [(each.negated, each.modality) for each in kept.reading.statements][-1] == (True, "hypothetical")


# ---- what is not kept is told


def test_what_brat_says_of_marks_alone_and_a_modality_that_is_none_is_told(record, tmp_path):
    more = "A90\tModality E1 sung\n#90\tAnnotatorNotes T2\tspeaker: Ibby Tarrow\n#91\tAnnotatorNotes T0\tspeaker: X\n"
    found, messages = back(record, edit_brat(handed_out(record, "brat", tmp_path), also=more), "brat")
    assert found == {"unchanged": 3, "faults": 2}
    assert "a speaker for T2, which is a mark" in messages[0]
    assert "no modality: sung; one of said, future, hypothetical, denied" in messages[1]


def test_pieces_that_were_apart_stay_so_in_brat(tmp_path):
    text = "The levy will go\n\nand so will the boats\nand the nets, Mara Ilven said."
    read = read_by_hand(text)
    first, second = Span(0, 16), Span(text.index("and so"), text.index(", Mara"))
    statement = replace(read.statements[0], content=(first, second))
    with record_of(tmp_path, replace(read, statements=(statement,))) as record:
        (tmp_path / "out").mkdir()
        folder = handed_out(record, "brat", tmp_path / "out")
        edit_brat(folder, (f"{second.end}\t", f"{second.end - 5}\t"), (" the nets", " the"))
        assert back(record, folder, "brat") == ({"corrected": 1}, [])
        (kept,) = kept_of(record)
        assert kept.reading.statements[0].content == (first, Span(second.start, second.end - 5))


def test_what_web_annotations_say_of_modality_is_a_correction(tmp_path):
    denied, said, *_ = READING.statements
    read = replace(READING, statements=(replace(denied, negated=True, modality="denied"), said))
    with record_of(tmp_path, read) as record:
        (tmp_path / "out").mkdir()
        path = handed_out(record, "web-annotation", tmp_path / "out")
        assert back(record, path, "web-annotation") == ({"unchanged": 2}, [])

        def change(collection):
            first, second = collection["first"]["items"][1:]
            first["body"] = [each for each in first["body"] if each["onrecord:field"] not in {"polarity", "modality"}]
            second["body"].append({"type": "TextualBody", "value": "future", "onrecord:field": "modality"})

        found, messages = back(record, edit_json(path, change), "web-annotation")
        assert (found, messages) == ({"corrected": 2}, [])
        assert [correction[:2] for correction in corrections(record)] == [
            ("modality", "said"),
            ("negated", "no"),
            ("modality", "future"),
        ]
        edit_json(path, lambda collection: [each.pop("body") for each in collection["first"]["items"][1:]])
        found, messages = back(record, path, "web-annotation")
        assert (found, messages) == ({"corrected": 2}, []), "no body is nobody, and says nothing of how it was said"


def test_another_form_of_web_annotations_is_a_correction(record, tmp_path):
    def change(value):
        def changed(collection):
            (body,) = [each for each in collection["first"]["items"][1]["body"] if each["onrecord:field"] == "form"]
            body["value"] = value

        return changed

    path = edit_json(handed_out(record, "web-annotation", tmp_path), change("direct"))
    assert back(record, path, "web-annotation") == ({"corrected": 1, "unchanged": 3}, [])
    assert [correction[:2] for correction in corrections(record)] == [("form", "direct")]
    found, (message,) = back(record, edit_json(path, change("verbatim")), "web-annotation")
    assert (found, "no form: verbatim" in message) == ({"unchanged": 3, "faults": 1}, True)


def test_regions_of_label_studio_that_say_two_things_are_told(record, tmp_path):
    def change(tasks):
        results = _annotation(tasks)["result"]
        cue = next(each for each in results if each["type"] == "textarea")
        source = next(each["id"] for each in results if "-source-" in each["id"])
        results.append({**cue, "id": source, "value": {"text": ["Ibby Tarrow"]}})

    found, (message,) = back(record, edit_json(handed_out(record, "label-studio", tmp_path), change), "label-studio")
    assert found == {"unchanged": 3, "faults": 1}
    assert "speaker differs between its regions" in message
    assert corrections(record) == []


def test_regions_of_label_studio_without_an_id_are_told(record, tmp_path):
    def change(tasks):
        results = _annotation(tasks)["result"]
        region = next(each for each in results if each["type"] == "labels")
        results += [{**region, "id": None}, region]

    found, messages = back(record, edit_json(handed_out(record, "label-studio", tmp_path), change), "label-studio")
    assert found == {"unchanged": 4, "faults": 2}
    assert "a region without an id" in messages[0]
    assert "a second region" in messages[1]


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "soon", ""])
def test_a_time_that_is_none_is_not_known(record, tmp_path, when):
    def change(tasks):
        _annotation(tasks)["updated_at"] = when
        _annotation(tasks)["result"] = []

    path = edit_json(handed_out(record, "label-studio", tmp_path), change)
    assert back(record, path, "label-studio") == ({"deleted": 4}, [])


def _annotation(tasks):
    return tasks[0]["annotations"][0]


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_is_not_there(record, tmp_path, name):
    assert "No such file" in back_or_refused(record, tmp_path / "none", name)[1][0]


def test_a_correction_of_a_deleted_statement_is_adrift_after_another_reading(tmp_path):
    with record_of(tmp_path, READING) as record:
        folder = handed_out(record, "brat", tmp_path)
        (ann,) = folder.glob("*.ann")
        ann.write_text("")
        assert back(record, folder, "brat")[0] == {"deleted": 4}
        assert statements(record) == []
        shorter = replace(READING, reader=replace(READING.reader, version="9"), statements=READING.statements[:1])
        record.add(replace(shorter, statements=(replace(shorter.statements[0], content=(Span(0, 3),)),)))
        assert {standing for *_, standing in corrections(record)} == {"adrift"}
        assert statements(record) == [("Mara Ilven", "The")]
    with Record.open(tmp_path / "news.db") as record:
        assert record.check() == []
