"""The spaCy component: on a blank pipeline, batched, saved and loaded, and in several processes."""

from __future__ import annotations

import pickle
import sys
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location

import pytest

pytest.importorskip("spacy", reason="needs the extra spacy: pip install 'onrecord[spacy]'")

import spacy
from spacy.tokens import Doc, DocBin, Span

from onrecord import spacy_component
from onrecord.document import Document
from onrecord.errors import MissingExtra, OnrecordError
from onrecord.pipeline import read
from onrecord.spacy_component import GROUPS

TOLL = "The toll will rise, Ada Quill said. “It must,” she added, “and soon.”"
# A hyphen that spaCy leaves inside a token, a combining accent, and a character beyond the basic plane.
ODD = "“No toll”—cafe\u0301 owner Ada Quill said 🚢. The port-authority’s head denied that anybody knew."
TEXTS = [TOLL, "", " \n ", "Nobody spoke. It rained.", ODD]


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("onrecord", config={"threads": 1})
    return pipeline


@pytest.fixture(scope="module")
def toll(nlp):
    return nlp(TOLL)


def told(doc):
    """Return what stands on a doc."""
    return {name: [(span.text, span.id_, span.label_, span._.speaker) for span in doc.spans[name]] for name in GROUPS}


def test_statements_have_their_words_speaker_source_and_cue(toll):
    assert told(toll) == {
        "statements": [
            ("The toll will rise", "s1", "indirect", "Ada Quill"),
            ("“It must,”", "s2", "direct", "Ada Quill"),
            ("“and soon.”", "s2", "direct", "Ada Quill"),
        ],
        "sources": [("Ada Quill", "s1", "indirect", "Ada Quill"), ("she", "s2", "direct", "Ada Quill")],
        "cues": [("said", "s1", "indirect", "Ada Quill"), ("added", "s2", "direct", "Ada Quill")],
    }
    said = toll.spans["statements"][1]
    assert ([span.text for span in said._.source], [span.text for span in said._.cue]) == (["she"], ["added"])
    assert said._.statement == toll._.onrecord.statements[1]


def test_a_doc_has_the_reading_that_onrecord_gives(toll, model):
    statements = read(Document.from_text(TOLL), model).statements
    assert toll._.onrecord.statements == statements


def test_a_span_of_no_statement_and_a_doc_that_was_not_read_have_nothing(toll, nlp):
    assert (toll[0:2]._.statement, toll[0:2]._.speaker, toll[0:2]._.source) == (None, None, [])
    assert nlp.make_doc(TOLL)._.onrecord is None


def test_each_span_has_all_characters_of_its_piece(nlp):
    doc = nlp(ODD)
    assert doc.spans["statements"]
    for span in doc.spans["statements"]:
        pieces = span._.statement.content
        assert any(span.start_char <= piece.start and piece.end <= span.end_char for piece in pieces)


def test_batches_and_processes_give_what_each_text_gives_alone(nlp):
    alone = [told(nlp(text)) for text in TEXTS]
    assert [told(doc) for doc in nlp.pipe(TEXTS, batch_size=2)] == alone
    assert [told(doc) for doc in nlp.pipe(TEXTS[:3], n_process=2)] == alone[:3]


def test_docs_come_back_from_bytes_and_docbins_with_all_of_it(nlp, toll):
    again = Doc(nlp.vocab).from_bytes(toll.to_bytes())
    (binned,) = DocBin(docs=[toll], store_user_data=True).get_docs(nlp.vocab)
    for doc in (again, binned):
        assert told(doc) == told(toll)
        assert doc._.onrecord == toll._.onrecord


def test_a_pipeline_is_loaded_from_its_folder_and_its_bytes(nlp, toll, tmp_path):
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    from_bytes = spacy.blank("en")
    from_bytes.add_pipe("onrecord")
    from_bytes.from_bytes(nlp.to_bytes())
    assert told(loaded(TOLL)) == told(from_bytes(TOLL)) == told(toll)


def test_a_pickle_holds_no_weights(nlp, toll):
    pickled = pickle.dumps(nlp.get_pipe("onrecord"))
    assert len(pickled) < 10_000
    assert told(pickle.loads(pickled)(nlp.make_doc(TOLL))) == told(toll)


def test_spacy_finds_the_component_by_its_name_alone():
    (found,) = entry_points(group="spacy_factories", name="onrecord")
    assert found.load() is spacy_component.make_reporter


def test_an_extension_of_somebody_else_is_not_overwritten(nlp):
    ours = Span.remove_extension("speaker")
    Span.set_extension("speaker", default=None)
    try:
        with pytest.raises(OnrecordError, match=r"span\._\.speaker: another extension has this name; call Span.remove"):
            spacy.blank(nlp.lang).add_pipe("onrecord")
    finally:
        Span.set_extension("speaker", getter=ours[2], force=True)


def test_without_spacy_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy.language", None)
    spec = spec_from_file_location("without_spacy", spacy_component.__file__)
    with pytest.raises(MissingExtra, match=r'pip install "onrecord\[spacy\]"'):
        spec.loader.exec_module(module_from_spec(spec))
