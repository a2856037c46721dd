"""Behaviour on invented reports: what a reader should find in each.

``reports/NAME.txt`` is the report, ``reports/NAME.json`` what it covers and the statements that it holds, laid out as
``marking_up.py`` says (who speaks is tested in ``speakers/test_speaker_reports.py``). Members that are left out have
their usual value: ``negated`` false, ``modality`` said, ``within`` and ``continues`` (indexes of statements) null.
``silent`` lists strings in quotation marks that nobody says.

Two things are tested: that the marked spans lead to the form, class, negation and modality that the file says
(no model needed), and that the reader finds the statements.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from marking_up import marked_up, names_in, report_text, span_of, spans_of
from onrecord.attribution.cues import CueReading, classify_cue
from onrecord.attribution.forms import form_of
from onrecord.document import Document
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import pair_quotemarks
from onrecord.layout.sentences import find_sentences
from onrecord.layout.zones import find_zones
from onrecord.pipeline import read

FOLDER = Path(__file__).parent / "reports"
NAMES = names_in(FOLDER)
SAME = 0.5
"""Least Jaccard overlap of content words from which two statements are the same, as in the field's scorer."""

# What the reader does not manage yet, by report and the index of its statement. Strict: what it learns is taken off.
MISSED: dict[str, set[int]] = {
    "according-to": {4},
    "agency-copy": {1, 4},  # the inner one ("the driver told") is read, "a police source said" around it is not
    "captions": {4},
    "guillemets-and-low-marks": {3},
    "indirect-with-that": {1, 4},
    "indirect-without-that": {6},
    "modality": {2},
    "nested": {4, 5, 8},
    "nested-in-direct": {1, 2},  # "the chairman told us that" inside what a striker says
    "no-source": {0},
    "noun-cues": {0},  # "criticism of its bridges"
    "passive-cues": {0},  # the one told stands before the cue, and is not taken into the content
    "quotation-without-cue": {2},  # "plans to keep the oven"
}
ASTRAY: dict[str, set[int]] = {}
"""Found, but within another statement than it should be."""
NOISY: set[str] = {"scare-quotes-and-titles"}
"""Reports with words in marks that nobody says, but that are taken for a statement."""


def text_of(name):
    return report_text(FOLDER, name)


def expected_of(name):
    return marked_up(FOLDER, name)


def words_of(text, spans):
    """Where the words of some spans begin."""
    return {span.start + found.start() for span in spans for found in re.finditer(r"\w+", span.of(text))}


def cases():
    return [(name, index) for name in NAMES for index in range(len(expected_of(name)["statements"]))]


def known(failures, reason):
    """All cases but those that go on from another, the ones known to fail marked so."""
    failing = pytest.mark.xfail(strict=True, reason=reason)
    return [
        pytest.param(name, index, marks=failing) if index in failures.get(name, ()) else (name, index)
        for name, index in cases()
        if "continues" not in expected_of(name)["statements"][index]
    ]


def sentence_at(text, offset):
    paragraph = next(span for span in find_paragraphs(text) if span.start <= offset < span.end)
    return next(span for span in find_sentences(text, paragraph) if span.start <= offset < span.end)


def overlap(text, one, other):
    ours, theirs = words_of(text, one), words_of(text, other)
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def test_there_are_at_least_28_reports_of_60_to_250_words():
    lengths = [len(re.findall(r"\w+", text_of(name))) for name in NAMES]
    assert len(NAMES) >= 28
    assert [name for name, length in zip(NAMES, lengths, strict=True) if not 60 <= length <= 250] == []
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_report_nests_and_continues_statements_that_it_holds(name):
    text, statements = text_of(name), expected_of(name)["statements"]
    for index, statement in enumerate(statements):
        assert spans_of(text, statement, "content")
        if "continues" in statement:
            assert statement["continues"] < index
            assert not statement["source"]
            assert not statement["cue"]
        if "within" in statement:
            outer = spans_of(text, statements[statement["within"]], "content")
            inner = [*spans_of(text, statement, "cue"), *spans_of(text, statement, "content")]
            assert all(any(span.contains(part) for span in outer) for part in inner)


@pytest.mark.parametrize(("name", "index"), cases())
def test_the_form_comes_from_the_marks_inside_the_content(name, index):
    text, statement = text_of(name), expected_of(name)["statements"][index]
    quotations = [quotation.inner for quotation in pair_quotemarks(text)]
    assert form_of(text, spans_of(text, statement, "content"), quotations) == statement["form"]


@pytest.mark.parametrize(("name", "index"), cases())
def test_class_negation_and_modality_come_from_the_cue_and_its_sentence(name, index):
    text, statement = text_of(name), expected_of(name)["statements"][index]
    cue = spans_of(text, statement, "cue")
    sentence = sentence_at(text, cue[0].start) if cue else None
    assert classify_cue(text, cue, sentence=sentence) == CueReading(
        cue_class=statement["cue_class"],
        negated=statement.get("negated", False),
        modality=statement.get("modality", "said"),
    )


@pytest.fixture(scope="module")
def reading_of(model):
    """Read a report with the weights in the package, each report once."""

    @cache
    def reading_of(name):
        text = text_of(name)
        return read(Document.from_text(text, zones=find_zones(text)), model)

    return reading_of


def wanted_whole(text, statements, index):
    """The content of a wanted statement with that of the ones that go on from it."""
    chain = {index}
    for later, statement in enumerate(statements):
        if statement.get("continues") in chain:
            chain.add(later)
    return [span for member in sorted(chain) for span in spans_of(text, statements[member], "content")]


def found_whole(statement, statements):
    """The content of a found statement with that of the ones that go on from it."""
    chain = {statement.id}
    for later in statements:
        if later.continues in chain:
            chain.add(later.id)
    return [span for member in statements if member.id in chain for span in member.content]


def found_as(text, statements, index, found):
    """The found statement that is a wanted one: most of its content, and a word of its source.

    A quotation over several paragraphs may be one statement in pieces or several that go on from each other.
    """
    content, source = wanted_whole(text, statements, index), spans_of(text, statements[index], "source")

    def alike(statement):
        return overlap(text, content, found_whole(statement, found))

    def same_source(statement):
        ours, theirs = words_of(text, source), words_of(text, statement.source)
        return bool(ours & theirs) or ours == theirs

    matches = [statement for statement in found if alike(statement) >= SAME and same_source(statement)]
    return max(matches, key=alike, default=None)


@pytest.mark.parametrize(("name", "index"), known(MISSED, "not found by these weights"))
def test_a_statement_is_found_with_its_source(name, index, reading_of):
    assert found_as(text_of(name), expected_of(name)["statements"], index, reading_of(name).statements) is not None


@pytest.mark.parametrize(("name", "index"), known(ASTRAY, "within another statement by these weights"))
def test_a_statement_that_is_found_lies_within_the_right_one(name, index, reading_of):
    text, statements, found = text_of(name), expected_of(name)["statements"], reading_of(name).statements
    statement, outer = found_as(text, statements, index, found), statements[index].get("within")
    if statement is None:
        return  # the test above tells of it
    holder = None if outer is None else found_as(text, statements, outer, found)
    if outer is None or holder is not None:
        assert statement.within == (holder and holder.id)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason="taken for speech")) if name in NOISY else name
        for name in NAMES
        if "silent" in expected_of(name)
    ],
)
def test_scare_quotes_and_titles_are_nobodys_speech(name, reading_of):
    text = text_of(name)
    for words in expected_of(name)["silent"]:
        title = (span_of(text, words),)
        assert [s for s in reading_of(name).statements if overlap(text, title, s.content) >= SAME] == []
