"""Who only tells of an event has no part in it."""

from __future__ import annotations

import pytest

from onrecord.document import Span
from onrecord.events.tellers import Tellers
from onrecord.reading import Statement


def statement(text, source, cue, content, *, cue_class="neutral", form="indirect"):
    spans = {words: (Span(text.index(words), text.index(words) + len(words)),) for words in (source, cue, content)}
    return Statement(
        id="s1",
        form=form,
        source=spans[source],
        cue=spans[cue],
        content=spans[content],
        cue_class=cue_class,
        negated=False,
        modality="said",
        zone="body",
        confidence=0.9,
    )


@pytest.mark.parametrize(
    ("words", "trigger", "cue_class", "only_tells"),
    [
        (("Ilven said 14 people were killed", "said", "14 people were killed"), "killed", "neutral", True),
        (
            ("The port was hit by a missile, Ilven said", "said", "The port was hit by a missile"),
            "hit",
            "neutral",
            True,
        ),
        (("Ilven warned that gunners would attack", "warned", "that gunners would attack"), "attack", "warning", True),
        (("Ilven called the raid on Sel a crime", "called", "the raid on Sel a crime"), "raid", "accusing", True),
        (("Ilven accused Norland of shelling Sel", "accused", "Norland of shelling Sel"), "shelling", "accusing", True),
        (("Ilven praised his raid on Sel", "praised", "his raid on Sel"), "raid", "praising", False),
        (("Ilven vowed to seize the port", "vowed", "to seize the port"), "seize", "promising", False),
        (("Ilven denied shelling the village", "denied", "shelling the village"), "shelling", "denying", False),
        (("Ilven announced a raid on the port", "announced", "a raid on the port"), "raid", "neutral", False),
    ],
)
def test_the_source_of_a_clause_or_a_judgement_only_tells_and_of_a_deed_does_it(words, trigger, cue_class, only_tells):
    text, cue, content = words
    tellers = Tellers(text, [statement(text, "Ilven", cue, content, cue_class=cue_class)])
    start = text.index(trigger)
    found = [span.of(text) for _, source in tellers.of(Span(start, start + len(trigger))) for span in source]
    assert found == (["Ilven"] if only_tells else [])


def test_outside_of_what_is_said_nobody_only_tells():
    text = "Ilven said gunners hit Sel, and then Ilven attacked Norland"
    tellers = Tellers(text, [statement(text, "Ilven", "said", "gunners hit Sel")])
    assert list(tellers.of(Span(text.index("attacked"), text.index("attacked") + 8))) == []


def test_what_is_quoted_is_done_by_whom_the_words_name():
    text = "“Gunners hit Sel,” Ilven said"
    tellers = Tellers(text, [statement(text, "Ilven", "said", "“Gunners hit Sel,”", form="direct")])
    assert [source for _, source in tellers.of(Span(text.index("hit"), text.index("hit") + 3))]
