"""The main path: one document to one reading, the same whatever is read beside it (rows TG1, TG2, TG4, TG5, TG6).

There is no batching across documents, by design: each window of a document is scored by itself, so that row TG1's
batches are other orders, other threads and other sessions here. ``ONRECORD_FULL=1`` reads as many documents as the rows
say; the numbers below are what fits into every change.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Span, Zone
from onrecord.errors import BadSetting
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model import Model
from onrecord.pipeline import UNREAD, cut, read, read_all, read_paragraphs
from onrecord.reading import from_json, to_json, to_record
from onrecord.settings import Settings
from standins import Row
from strategies import ODD_MARKS, hostile_texts, invented_report, unbalanced_report

ONE_THREAD = Settings(threads=1)
SMALL = Settings(threads=1, max_window_tokens=48)
"""Windows of a few sentences, so that a short report has several."""


def check(reading, text):
    """Every invariant of a reading that holds for any text and any scores."""
    assert reading.document.text == text
    statements = reading.statements
    names = [statement.id for statement in statements]
    assert names == [f"s{number}" for number in range(1, len(statements) + 1)]
    for statement in statements:
        check_spans(statement, text)
        assert 0 <= statement.confidence <= 1
        assert statement.continues is None or names.index(statement.continues) < names.index(statement.id)
        assert not (statement.source and statement.continues)
        assert statement.zone == reading.document.zone_at(statement.content[0].start)
    outer = {statement.id: statement.within for statement in statements}
    for name in names:
        check_nesting(name, outer)
    starts = [min((*s.source, *s.cue, *s.content)) for s in statements]
    assert starts == sorted(starts)
    assert from_json(to_json(reading)) == to_record(reading)


def check_spans(statement, text):
    assert statement.content
    for spans in (statement.source, statement.cue, statement.content):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(before.end <= after.start for before, after in pairwise(spans))
        assert all(span.of(text).strip() for span in spans)
    spans = sorted((*statement.source, *statement.cue, *statement.content))
    assert is_taken_apart(text) or all(before.end <= after.start for before, after in pairwise(spans))
    assert any(re.search(r"\w", span.of(text)) for span in statement.content)


def is_taken_apart(text):
    """Tell whether the vocabulary makes several pieces of one letter, as of Hangul: then two roles may share it."""
    decomposed = ([part for part in unicodedata.normalize("NFD", letter) if part.isalpha()] for letter in text)
    return any(len(parts) > 1 for parts in decomposed)


def check_nesting(name, outer):
    seen = set()
    while name is not None:
        assert name in outer
        assert name not in seen
        seen.add(name)
        name = outer[name]


# -- what is found ----------------------------------------------------------------------------------------------------


def told(reading):
    """Each statement as its words: source, cue, content, and what it is within or continues."""
    text = reading.document.text
    return [
        (
            *(" … ".join(span.of(text) for span in spans) for spans in (s.source, s.cue, s.content)),
            s.within or s.continues,
        )
        for s in reading.statements
    ]


def test_a_report_is_read_from_its_text_to_its_statements(scripted_model):
    text = (
        "Bridge to close\n\nThe bridge will close in May, Mara Ilven said. “No, never.”\n\n"
        "Teo Brandt recalled that Osric Pallen had warned nobody would pay."
    )
    model = scripted_model(
        text,
        Row(source="Mara Ilven", cue="said", content=("The bridge will close in May",)),
        Row(source="Teo Brandt", cue="recalled that", content=("Osric Pallen had warned nobody would pay",)),
        Row(source="Osric Pallen", cue="had warned", content=("nobody would pay",), within="recalled that"),
    )
    reading = read(Document.from_text(text), model, settings=ONE_THREAD)
    check(reading, text)
    assert told(reading) == [
        ("Mara Ilven", "said", "The bridge will close in May", None),
        ("Teo Brandt", "recalled that", "Osric Pallen had warned nobody would pay", None),
        ("Osric Pallen", "had warned", "nobody would pay", "s2"),
    ]
    assert reading.statements[2].evidence.rule == "linked-within"
    assert reading.reader.model == "scripted"


def test_a_quotation_goes_on_from_the_last_speaker(scripted_model):
    text = "The bridge will close in May, Mara Ilven said. “We can’t wait for another winter.”"
    model = scripted_model(text, Row(source="Mara Ilven", cue="said", content=("The bridge will close in May",)))
    assert told(read(Document.from_text(text), model, settings=ONE_THREAD))[1] == (
        "",
        "",
        "“We can’t wait for another winter.”",
        "s1",
    )


def test_the_words_of_a_block_quotation_are_direct(scripted_model):
    said, block = "Mara Ilven said:", "We can’t wait for another winter."
    text = f"{said}\n\n{block}"
    body, zone = Zone(kind="body", start=0, end=len(said)), Zone(kind="blockquote", start=len(said) + 2, end=len(text))
    model = scripted_model(text, Row(source="Mara Ilven", cue="said", content=("We can’t wait for another winter.",)))
    for zones, form in (((body, zone), "direct"), ((body, replace(zone, kind="body")), "indirect")):
        (statement,) = read(replace(Document.from_text(text), zones=zones), model, settings=ONE_THREAD).statements
        assert (statement.form, statement.zone) == (form, zones[1].kind)


@pytest.mark.parametrize("kind", sorted(UNREAD))
def test_nobody_speaks_in_furniture_and_bylines(scripted_model, kind):
    text = "Quy said the levy will go.\nQuy told us the bridge stays."
    zones = (Zone(kind=kind, start=0, end=26), Zone(kind="body", start=27, end=len(text)))
    model = scripted_model(
        text,
        Row(source="Quy", cue="said", content=("the levy will go",)),
        Row(cue="told us", content=("the bridge stays",)),
    )
    reading = read(replace(Document.from_text(text), zones=zones), model, settings=ONE_THREAD)
    assert [statement[1] for statement in told(reading)] == ["told us"]


def test_a_pull_quote_that_the_story_has_too_stands_between_nobodys_words():
    pull, said = "“The bridge stays”", "Quy said: “The bridge stays. It is old.”"
    text = f"{pull}\n{said}"
    zones = (Zone(kind="pullquote", start=0, end=len(pull)), Zone(kind="body", start=len(pull) + 1, end=len(text)))
    document = replace(Document.from_text(text), zones=zones)
    assert [span.of(text) for span in read_paragraphs(document)] == [said]


@pytest.mark.parametrize("text", ["", " ", "\n\n\r\n", "\u200b\ufeff", "\0", "...", "“”", "“", "'", "[SEP] [CLS]"])
def test_a_text_without_words_says_nothing(model, random_model, text):
    for each in (model, random_model(1)):
        reading = read(Document.from_text(text), each, settings=ONE_THREAD)
        assert reading.statements == () or "[SEP]" in text
        check(reading, text)


def test_labels_are_kept_only_when_asked_for(model):
    document = Document.from_text("The levy will go, Quy said on Monday.")
    plain, explained = (read(document, model, settings=ONE_THREAD, explain=explain) for explain in (False, True))
    assert all(statement.evidence.labels == () for statement in plain.statements)
    assert all(statement.evidence.labels for statement in explained.statements)
    without = [replace(s, evidence=replace(s.evidence, labels=())) for s in explained.statements]
    assert tuple(without) == plain.statements


# -- any text, any scores (TG4, TG6) ----------------------------------------------------------------------------------


@settings(max_examples=300)
@given(text=hostile_texts(), seed=st.integers(0, 1_000), tokens=st.sampled_from([16, 48, 256]))
def test_any_text_and_any_scores_make_a_sound_reading(random_model, text, seed, tokens):
    document = Document.from_text(text)
    check(read(document, random_model(seed), settings=Settings(threads=1, max_window_tokens=tokens)), text)


@settings(max_examples=120)
@given(text=hostile_texts())
def test_any_text_makes_a_sound_reading(model, text):
    check(read(Document.from_text(text), model, settings=ONE_THREAD), text)


@settings(max_examples=100)
@given(text=hostile_texts(), seed=st.integers(0, 1_000), data=st.data())
def test_any_zones_make_a_sound_reading(random_model, text, seed, data):
    kinds = st.sampled_from(["headline", "byline", "caption", "body", "furniture"])
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    zones = tuple(Zone(kind=data.draw(kinds), start=start, end=end) for start, end in pairwise(edges))
    reading = read(Document.from_text(text, zones=zones), random_model(seed), settings=ONE_THREAD)
    check(reading, text)


@pytest.mark.timeout(3_600)
def test_every_prefix_of_an_article_with_unbalanced_marks_is_read(model, random_model, full_scale):
    """TG6: every prefix of 200 articles at full scale; else some prefixes, of 194 by a guessing network."""
    real, step, stride = (200, 1, 1) if full_scale else (6, 19, 97)
    for seed in range(200):
        article = unbalanced_report(seed)
        reader, step = (model, step) if seed < real else (random_model(seed), stride)
        for end in range(seed % step, len(article) + 1, step):
            check(read(Document.from_text(article[:end]), reader, settings=ONE_THREAD), article[:end])


def test_an_odd_mark_leaves_the_windows_before_it_as_they_were(model):
    """What stands before the last window's first paragraph is read the same, whatever mark is added at the end."""
    text = invented_report(11, paragraphs=12)
    before = read(Document.from_text(text), model, settings=SMALL).statements
    for mark in ODD_MARKS:
        longer = f"{text}\n\n{mark}Ruiz left"
        after = read(Document.from_text(longer), model, settings=SMALL).statements
        edge = windows_of(text, model, SMALL)[-1].start
        assert [s for s in after if reach_of(s) <= edge] == [s for s in before if reach_of(s) <= edge]


# -- the same reading whatever is read beside it (TG1, TG2) -----------------------------------------------------------


def documents(count):
    """Invented reports of one to four paragraphs."""
    return [Document.from_text(invented_report(seed, paragraphs=1 + seed % 4)) for seed in range(count)]


def in_order(reports, model, order, threads):
    """Read reports in an order of their indexes; the readings come back in the order of the reports."""
    readings = {index: read(reports[index], model, settings=replace(SMALL, threads=threads)) for index in order}
    return [readings[index] for index in range(len(reports))]


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("half", [0, 1])
def test_a_document_is_read_the_same_in_any_arrangement(half, model, full_scale):
    """TG1: 1,000 documents in six arrangements at full scale, 200 of them on every change; each half by itself."""
    reports = documents(1_000 if full_scale else 200)[half::2]
    forwards, shuffled = list(range(len(reports))), random.Random(1).sample(range(len(reports)), len(reports))
    first = in_order(reports, model, forwards, 1)
    assert sum(len(reading.statements) for reading in first) > 2 * len(reports)

    assert in_order(reports, model, forwards[::-1], 1) == first  # after other documents
    assert in_order(reports, model, shuffled, 2) == first
    assert in_order(reports, model, forwards, 8) == first
    with ThreadPoolExecutor(8) as pool:  # beside other documents, on the same session
        assert list(pool.map(lambda report: read(report, model, settings=SMALL), reports)) == first
    fresh = [Document.from_text(report.text) for report in reports]
    assert in_order(fresh, Model.load(), shuffled[::-1], 2) == first


def test_another_process_writes_the_same_bytes(model):
    """TG2: a new session, with another seed for Python's hashes."""
    script = (
        "import hashlib, sys; from strategies import invented_report; from onrecord.document import Document;"
        "from onrecord.model import Model; from onrecord.pipeline import read; from onrecord.reading import to_json;"
        "model = Model.load(); digest = hashlib.sha256();"
        "[digest.update(to_json(read(Document.from_text(invented_report(seed)), model))) for seed in range(12)];"
        "print(digest.hexdigest())"
    )
    digest = hashlib.sha256()
    for seed in range(12):
        digest.update(to_json(read(Document.from_text(invented_report(seed)), model)))
    for hash_seed in ("0", "123"):
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parent / "shared")}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, check=True, text=True
        )
        assert done.stdout.strip() == digest.hexdigest()


# -- long texts (TG5) -------------------------------------------------------------------------------------------------


def windows_of(text, model, chosen):
    """The stretch of text that each window shows."""
    document = Document.from_text(text)
    whole = outermost(text, pair_quotemarks(text))
    windows = cut(text, read_paragraphs(document), whole, model, chosen)
    return [Span(int(window.starts[0]), int(window.ends[-1])) for window in windows]


def reach_of(statement):
    """Where the last of a statement's spans ends."""
    return max(span.end for span in (*statement.source, *statement.cue, *statement.content))


UNRESOLVED = {
    "speakers": (),
    "speaker_name": None,
    "speaker_confidence": None,
    "speaker_by": None,
    "speaker_open": None,
    "speaker_candidates": (),
    "source_form": "nominal",
    "addressees": (),
    "about": (),
    "targets": (),
    "said_on": None,
}
"""A statement before it is known who speaks, and when: only the whole report tells that."""


def moved(statements, shift, *, least=0):
    """Statements from ``least`` on, moved by ``shift``, with what they are within and continue told by place.

    Who speaks is left out: attribution sees one window, the resolving of speakers sees the whole report.
    """
    places = {statement.id: min(statement.content) for statement in statements}

    def move(spans):
        return tuple(Span(span.start + shift, span.end + shift) for span in spans)

    def place(name):
        return None if name is None or places[name].start < least else move([places[name]])

    return [
        (
            replace(
                s,
                id="",
                source=move(s.source),
                cue=move(s.cue),
                content=move(s.content),
                within=None,
                continues=None,
                **UNRESOLVED,
            ),
            place(s.within),
            place(s.continues),
        )
        for s in statements
        if min((*s.source, *s.cue, *s.content)).start >= least
    ]


def stitched(text, reader, chosen):
    """Read each window's stretch as a document of its own; continuations into another stretch are lost."""
    found = []
    for window in windows_of(text, reader, chosen):
        stretch = Document.from_text(window.of(text))
        found += moved(read(stretch, reader, settings=chosen, parts=()).statements, window.start)
    return found


def within_stretches(text, reader, chosen):
    """Read the text whole; what continues something in another stretch is told as if it continued nothing."""
    starts = {window.start for window in windows_of(text, reader, chosen)}
    whole = moved(read(Document.from_text(text), reader, settings=chosen, parts=()).statements, 0)
    return [
        (statement, within, continues if continues and not crosses(continues[0].start, statement, starts) else None)
        for statement, within, continues in whole
    ]


def crosses(start, statement, edges):
    return any(start < edge <= min(statement.content).start for edge in edges)


@pytest.mark.timeout(3_600)
def test_a_long_text_is_its_windows_stitched(model, full_scale):
    text = invented_report(21, paragraphs=6_500 if full_scale else 100)
    assert within_stretches(text, model, ONE_THREAD) == stitched(text, model, ONE_THREAD)


def test_a_text_of_200_000_characters_is_its_windows_stitched(random_model):
    text = invented_report(22, paragraphs=1_700)
    assert len(text) > 200_000
    reader = random_model(22, outside=7.0)
    whole = within_stretches(text, reader, ONE_THREAD)
    assert len(whole) > 500
    assert whole == stitched(text, reader, ONE_THREAD)


@pytest.mark.timeout(3_600)
def test_a_paragraph_put_before_a_text_changes_nothing_after_the_first_common_cut(model, random_model, full_scale):
    """TG5: 200 documents, by a guessing model and by the network; 50 and 6 of them beside everything else."""
    in_step, count = 0, 200 if full_scale else 50
    for seed in range(count):
        text, head = invented_report(seed, paragraphs=8), invented_report(seed + 10_000, paragraphs=1) + "\n\n"
        for reader in (random_model(seed, outside=5.0), *([model] if full_scale or seed < 6 else [])):
            starts = {window.start - len(head) for window in windows_of(head + text, reader, SMALL)}
            cut_at = next((w.start for w in windows_of(text, reader, SMALL) if w.start in starts), len(text))
            in_step += cut_at < len(text)
            before = read(Document.from_text(text), reader, settings=SMALL, parts=()).statements
            after = read(Document.from_text(head + text), reader, settings=SMALL, parts=()).statements
            assert moved(after, -len(head), least=cut_at + len(head)) == moved(before, 0, least=cut_at)
    assert in_step > 0.95 * count


@pytest.mark.parametrize(("parts", "unknown"), [(("event",), "event"), (["times", "fears", "foes"], "fears, foes")])
def test_a_part_that_there_is_none_of_is_refused(model, parts, unknown):
    with pytest.raises(BadSetting, match=rf"^parts: no part of a reading: {unknown}; there are events, times, "):
        read(Document.from_text("“It holds,” said Ada Quill."), model, parts=parts)


def test_a_day_of_the_week_is_reckoned_from_the_date_that_was_given(model):
    document = Document.from_text("“It holds,” said Ada Quill on Monday.", published="2024-05-02")
    (statement,) = read(document, model).statements
    assert statement.said_on.value == "2024-04-29"


def test_documents_read_side_by_side_are_read_as_one_by_one(model):
    documents = [Document.from_text(invented_report(seed)) for seed in range(20)]
    alone = [to_json(read(document, model)) for document in documents]
    assert [to_json(reading) for reading in read_all(documents, model)] == alone
    assert [to_json(reading) for reading in read_all(documents[:1], model)] == alone[:1]
    assert list(read_all([], model)) == []


def test_documents_are_taken_as_their_readings_are_asked_for(model):
    taken = []

    def documents():
        for seed in range(60):
            taken.append(seed)
            yield Document.from_text(invented_report(seed))

    readings = read_all(documents(), model, settings=Settings(threads=2))
    next(readings)
    assert len(taken) <= 10
    readings.close()


def test_half_a_character_from_another_program_is_read_over(model):
    text = "\ud800“It holds,” Ada Quill said.\udfff"
    (statement,) = read(Document.from_text(text), model).statements
    assert statement.cue[0].of(text) == "said"


@pytest.mark.parametrize(
    ("headline", "tagged", "name"),
    [
        ("UPDATE 2-Ostravia says no", "2-Ostravia", "Ostravia"),
        ("CORRECTED-Teo Brandt says no", "CORRECTED-Teo Brandt", "Teo Brandt"),
        ("FACTBOX-Who says no", "FACTBOX-Who", None),
        ("Factbox: Who says no", "Factbox", None),
    ],
)
def test_what_stands_before_a_headline_is_part_of_no_name(scripted_model, headline, tagged, name):
    text = f"{headline}\n\nRain fell on the harbour."
    reading = read(Document.from_text(text), scripted_model(text, names=((tagged, "person"),)), settings=ONE_THREAD)
    assert [entity.name for entity in reading.entities] == ([name] if name else [])
