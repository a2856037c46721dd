"""Who hears is no source and no content."""

from __future__ import annotations

import re

import pytest

from onrecord.attribution.hearers import part_hearers
from onrecord.attribution.linking import Attribution
from onrecord.document import Span
from onrecord.reading import Evidence

EVIDENCE = Evidence(cue_score=1.0, source_score=None, content_score=1.0, rule="linked")


def parted(text, *, source=(), cue, content):
    def spans(words):
        return tuple(Span(*re.search(re.escape(each), text).span()) for each in words)

    given = Attribution(
        source=spans(source), cue=spans((cue,)), content=spans(content), confidence=1.0, evidence=EVIDENCE
    )
    return [
        ([span.of(text) for span in each.source], [span.of(text) for span in each.content])
        for each in part_hearers(text, [given])
    ]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Quarn Crown Court was told that he fell.", "told"),
        ("Quarn Crown Court was told that he fell.", "was told"),
        ("Quarn Crown Court has since been told that he fell.", "told"),
        ("Quarn Crown Court, was also informed that he fell.", "was also informed"),
    ],
)
def test_who_was_told_is_no_source(text, cue):
    assert parted(text, source=["Quarn Crown Court"], cue=cue, content=["that he fell"]) == [([], ["that he fell"])]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("The jury heard that he fell.", "The jury", "heard"),
        ("He fell, Quarn Crown Court has heard.", "Quarn Crown Court", "has heard"),
        ("He fell, inquest hears", "inquest", "hears"),
        ("He fell, jury told", "jury", "told"),
    ],
)
def test_a_bench_that_heard_is_no_source(text, source, cue):
    content = "he fell" if "that" in text else "He fell"
    assert parted(text, source=[source], cue=cue, content=[content]) == [([], [content])]


def test_whoever_else_heard_is_the_source():
    text = "Ida Quy heard that he fell."
    assert parted(text, source=["Ida Quy"], cue="heard", content=["he fell"]) == [(["Ida Quy"], ["he fell"])]
    text = "Reporters outside the court heard that he fell."
    source = "Reporters outside the court"
    assert parted(text, source=[source], cue="heard", content=["he fell"]) == [([source], ["he fell"])]
    text = "The court told them that he fell."
    assert parted(text, source=["The court"], cue="told", content=["he fell"]) == [(["The court"], ["he fell"])]


def test_who_was_asked_behind_a_comma_is_no_source():
    text = "Chair Ida Quy, asked if he fell, laughed."
    assert parted(text, source=["Chair Ida Quy,"], cue="asked", content=["if he fell"]) == [([], ["if he fell"])]
    text = "Ida Quy, the chair, asked if he fell."
    kept = [(["Ida Quy, the chair,"], ["if he fell"])]
    assert parted(text, source=["Ida Quy, the chair,"], cue="asked", content=["if he fell"]) == kept


def test_who_was_told_is_no_content():
    text = "He fell, a jury has been told."
    assert parted(text, cue="has been told", content=["He fell", "a jury"]) == [([], ["He fell"])]
    assert parted(text, cue="has been told", content=["a jury"]) == [([], ["a jury"])]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Ida Quy told that he fell.", "Ida Quy", "told"),
        ("He was told by Ida Quy that he fell.", "Ida Quy", "was told"),
        ("Ida Quy was warned that he fell.", "Ida Quy", "was warned"),
        ("Ida Quy, who was told so, told that he fell.", "Ida Quy", "told"),
    ],
)
def test_who_tells_stays_the_source(text, source, cue):
    if text.count("told") == 2:
        cue = "told that"
    assert parted(text, source=[source], cue=cue, content=["he fell"]) == [([source], ["he fell"])]


def test_what_counsel_do_is_no_cue():
    text = "Ida Quy, prosecuting, said he fell."
    assert parted(text, source=["Ida Quy"], cue="prosecuting", content=["he fell"]) == []
    assert parted(text, source=["Ida Quy"], cue="said", content=["he fell"]) == [(["Ida Quy"], ["he fell"])]


def test_what_somebody_answers_is_not_said_by_whoever_asked():
    text = "Asked by reporters on Monday, she would say only: “Wait.”"
    assert parted(text, source=["reporters"], cue="Asked", content=["she would say only: “Wait.”"]) == []
    text = "Asked by reporters whether she fell, she left."
    kept = [(["reporters"], ["whether she fell"])]
    assert parted(text, source=["reporters"], cue="Asked", content=["whether she fell"]) == kept
    text = "Asked by a reporter, Halvard Quy, if she fell, she left."
    for content in ("Halvard Quy, if she fell", "if she fell"):
        assert parted(text, source=["a reporter"], cue="Asked", content=[content]) == [(["a reporter"], [content])]
