"""Attributions to statements: numbered in order, with the zone, the nesting and what the cue says of them."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribution.linking import Attribution
from onrecord.attribution.stating import state
from onrecord.document import Document, Span, Zone
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import pair_quotemarks
from onrecord.layout.sentences import find_sentences
from onrecord.reading import Evidence

EVIDENCE = Evidence(cue_score=1.0, source_score=1.0, content_score=1.0, rule="linked")
TEXT = "Levy to go, Quy says\n\nThe mayor did not say when. “The levy will go,” Quy claimed. “It never worked.”"


def attribution(source, cue, content):
    spans = [
        (Span(TEXT.index(words), TEXT.index(words) + len(words)),) if words else () for words in (source, cue, content)
    ]
    return Attribution(source=spans[0], cue=spans[1], content=spans[2], confidence=0.7, evidence=EVIDENCE)


SAYS = attribution("Quy", "says", "Levy to go")
DID_NOT_SAY = attribution("The mayor", "did not say", "when")
CLAIMED = attribution("Quy", "claimed", "“The levy will go,”")
GOES_ON = replace(attribution("", "", "“It never worked.”"), continues=2)


def statements(*attributions, outer=None, document=None):
    document = document or Document.from_text(TEXT)
    within = outer or [None] * len(attributions)
    text = document.text
    sentences = [sentence for paragraph in find_paragraphs(text) for sentence in find_sentences(text, paragraph)]
    return state(document, attributions, within, pair_quotemarks(text), sentences)


def test_statements_are_numbered_in_their_order_and_keep_their_spans():
    found = statements(SAYS, DID_NOT_SAY, CLAIMED)
    assert [statement.id for statement in found] == ["s1", "s2", "s3"]
    assert [(s.source, s.cue, s.content) for s in found] == [
        (a.source, a.cue, a.content) for a in (SAYS, DID_NOT_SAY, CLAIMED)
    ]
    assert {(s.confidence, s.evidence) for s in found} == {(0.7, EVIDENCE)}


def test_no_attributions_are_no_statements():
    assert statements() == ()


def test_a_cue_gives_class_and_negation_and_the_marks_the_form():
    _, silent, claimed = statements(SAYS, DID_NOT_SAY, CLAIMED)
    assert (silent.cue_class, silent.negated, silent.form) == ("neutral", True, "indirect")
    assert (claimed.cue_class, claimed.negated, claimed.form) == ("doubting", False, "direct")


def test_what_goes_on_names_the_statement_before_it_and_has_no_class():
    *_, claimed, on = statements(SAYS, DID_NOT_SAY, CLAIMED, GOES_ON)
    assert on.continues == claimed.id == "s3"
    assert (on.source, on.cue, on.cue_class, on.negated, on.modality) == ((), (), "none", False, "said")


def test_a_statement_inside_another_names_it():
    found = statements(SAYS, DID_NOT_SAY, CLAIMED, outer=[None, 2, None])
    assert [statement.within for statement in found] == [None, "s3", None]


def test_a_statement_has_the_zone_of_its_content():
    end = TEXT.index("\n")
    zones = (Zone(kind="headline", start=0, end=end), Zone(kind="body", start=end + 2, end=len(TEXT)))
    found = statements(SAYS, CLAIMED, document=replace(Document.from_text(TEXT), zones=zones))
    assert [statement.zone for statement in found] == ["headline", "body"]
