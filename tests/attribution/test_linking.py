"""Windows to attributions: each cue with its source and content, pinned to the characters of the text."""

from __future__ import annotations

import pytest

from onrecord.attribution.linking import attribute
from onrecord.document import Document, Span
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.pipeline import cut, read_paragraphs
from onrecord.settings import Settings
from standins import Row
from strategies import invented_report

TEXT = "The bridge will close in May, Mara Ilven said. “We can’t wait,” she told reporters, “not a day.”"
SAID = Row(source="Mara Ilven", cue="said", content=("The bridge will close in May",))
TOLD = Row(source="she", cue="told reporters", content=("“We can’t wait,”", "“not a day.”"))


def windows_of(text, model, *, tokens=256):
    quotations = outermost(text, pair_quotemarks(text))
    return list(
        cut(text, read_paragraphs(Document.from_text(text)), quotations, model, Settings(max_window_tokens=tokens))
    )


def attributions_of(text, model, *, threads=1, explain=False, tokens=256):
    return list(attribute(windows_of(text, model, tokens=tokens), model, threads=threads, explain=explain))


def words_of(text, attribution):
    roles = (attribution.source, attribution.cue, attribution.content)
    return [[span.of(text) for span in spans] for spans in roles]


def test_each_cue_has_its_source_and_the_pieces_of_its_content(scripted_model):
    found = attributions_of(TEXT, scripted_model(TEXT, SAID, TOLD))
    assert [words_of(TEXT, attribution) for attribution in found] == [
        [["Mara Ilven"], ["said"], ["The bridge will close in May"]],
        [["she"], ["told reporters"], ["“We can’t wait,”", "“not a day.”"]],
    ]


def test_a_cue_without_a_source_has_none(scripted_model):
    text = "It was said that the bridge is closed."
    (found,) = attributions_of(text, scripted_model(text, Row(cue="said", content=("the bridge is closed",))))
    assert words_of(text, found) == [[], ["said"], ["the bridge is closed"]]


def test_a_text_without_cues_has_no_attributions(scripted_model):
    assert attributions_of(TEXT, scripted_model(TEXT)) == []


def test_certain_scores_are_certain_evidence(scripted_model):
    (found,) = attributions_of(TEXT, scripted_model(TEXT, SAID))
    assert min(found.evidence.cue_score, found.evidence.source_score, found.evidence.content_score) > 0.99
    assert found.evidence.rule == "linked"
    assert 0 <= found.confidence <= 1


def test_labels_are_told_only_to_who_asks(scripted_model):
    model = scripted_model(TEXT, SAID)
    (plain,), (explained,) = attributions_of(TEXT, model), attributions_of(TEXT, model, explain=True)
    assert plain.evidence.labels == ()
    assert (plain.source, plain.cue, plain.content) == (explained.source, explained.cue, explained.content)


def test_each_label_names_the_place_of_a_piece_its_role_and_its_probability(scripted_model):
    (found,) = attributions_of(TEXT, scripted_model(TEXT, SAID), explain=True)
    said = TEXT.index("said")
    assert f"{said}-{said + 4} B-cue 1.00" in found.evidence.labels
    assert "0-3 B-content 1.00" in found.evidence.labels
    places = [label.split(" ")[0].split("-") for label in found.evidence.labels]
    inside = {offset for start, end in places for offset in range(int(start), int(end))}
    spans = (*found.source, *found.cue, *found.content)
    assert inside == {o for span in spans for o in range(span.start, span.end) if not TEXT[o].isspace()}


@pytest.mark.parametrize("threads", [2, 8])
def test_threads_change_neither_attributions_nor_their_order(random_model, threads):
    text = invented_report(5, paragraphs=20)
    model = random_model(5)
    alone = attributions_of(text, model, tokens=32)
    assert len(alone) > 20
    assert attributions_of(text, model, threads=threads, tokens=32) == alone


def test_an_error_of_the_model_comes_through_from_any_thread(scripted_model):
    class Broken:
        def __getattr__(self, name):
            return getattr(scripted_model(TEXT), name)

        def tag_cues(self, _window):
            raise RuntimeError("out of memory")

    for threads in (1, 2):
        with pytest.raises(RuntimeError, match="out of memory"):
            attributions_of(TEXT, Broken(), threads=threads)


def test_spans_of_random_scores_lie_in_one_paragraph_each(random_model):
    text = invented_report(8, paragraphs=20)
    paragraphs = read_paragraphs(Document.from_text(text))
    for seed in range(20):
        for attribution in attributions_of(text, random_model(seed)):
            for span in (*attribution.source, *attribution.cue, *attribution.content):
                assert any(paragraph.contains(span) for paragraph in paragraphs)
                assert span.of(text).strip() == span.of(text) != ""
                assert isinstance(span, Span)
