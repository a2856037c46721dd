"""Whom a content is about, and whom a cue accuses or praises: invented sentences."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.cues import classify_cue
from onrecord.document import Span
from onrecord.reading import Entity, Mention, Statement
from onrecord.speakers.aboutness import MentionIndex, find_about, find_targets

FORMS = {"he": "pronoun", "she": "pronoun", "her": "pronoun", "his": "pronoun", "him": "pronoun", "i": "pronoun"}


def spans_of(text, words):
    return [Span(found.start(), found.end()) for found in re.finditer(rf"\b{re.escape(words)}\b", text)]


def entity(text, name, *mentions):
    """An entity named ``name``, mentioned wherever its name or one of ``mentions`` stands."""
    found = [
        Mention(span=span, form=FORMS.get(words.lower(), "name" if words[0].isupper() else "nominal"))
        for words in (name, *mentions)
        for span in spans_of(text, words)
    ]
    return Entity(id=name, name=name, kind="person", mentions=tuple(found))


def statement(text, source, cue, content, *, speakers=()):
    roles = [(spans_of(text, words)[0],) if words else () for words in (source, cue)]
    start = text.index(content)
    reading = classify_cue(text, roles[1])
    return Statement(
        id="s1",
        form="indirect",
        speakers=speakers,
        source=roles[0],
        cue=roles[1],
        content=(Span(start, start + len(content)),),
        cue_class=reading.cue_class,
        negated=reading.negated,
        modality="said",
        zone="body",
        confidence=1.0,
    )


def targets(text, source, cue, content, *entities, speakers=()):
    made = statement(text, source, cue, content, speakers=speakers)
    return find_targets(text, made, MentionIndex(entities))


def test_a_content_is_about_those_it_mentions_the_most_often_first():
    text = "Ilven said Quy had met Brandt, and that Brandt had paid."
    made = statement(text, "Ilven", "said", text[11:-1])
    entities = [entity(text, name) for name in ("Ilven", "Quy", "Brandt")]
    assert find_about(text, [made], MentionIndex(entities)) == (("Brandt", "Quy"),)


def test_of_those_mentioned_as_often_the_first_mentioned_comes_first():
    text = "Ilven said Quy had met Brandt."
    made = statement(text, "Ilven", "said", "Quy had met Brandt")
    entities = [entity(text, name) for name in ("Brandt", "Quy")]
    assert find_about(text, [made], MentionIndex(entities)) == (("Quy", "Brandt"),)


def test_pronouns_count():
    text = "Ilven said he had met Brandt and that he knew."
    made = statement(text, "Ilven", "said", "he had met Brandt and that he knew")
    assert find_about(text, [made], MentionIndex([entity(text, "Quy", "he"), entity(text, "Brandt")])) == (
        ("Quy", "Brandt"),
    )


@pytest.mark.parametrize(
    ("word", "by", "confidence", "about"),
    [
        ("he", "heads", 0.7, ("Quy",)),
        ("he", "heads", 0.5, ()),
        ("he", "sentence", 0.5, ("Quy",)),
        ("it", "heads", 0.9, ()),
        ("they", "heads", 0.9, ()),
        ("it", "source", 0.9, ("Quy",)),
    ],
)
def test_pronouns_that_may_as_well_mean_another_do_not_count(word, by, confidence, about):
    text = f"Ilven said {word} would go."
    made = statement(text, "Ilven", "said", f"{word} would go")
    tied = Mention(span=spans_of(text, word)[0], form="pronoun", by=by, confidence=confidence)
    quy = Entity(id="Quy", name="Quy", kind="person", mentions=(tied,))
    assert find_about(text, [made], MentionIndex([quy])) == (about,)


def test_nobody_is_the_target_by_a_pronoun_that_may_as_well_mean_another():
    text = "Ilven slammed him in Belvar."
    made = statement(text, "Ilven", "slammed", "him in Belvar")
    for confidence, target in ((0.7, ("Quy",)), (0.5, ())):
        tied = Mention(span=spans_of(text, "him")[0], form="pronoun", by="heads", confidence=confidence)
        quy = Entity(id="Quy", name="Quy", kind="person", mentions=(tied,))
        assert find_targets(text, made, MentionIndex([quy])) == target


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ("I did it", ()),
        ("the mayor did it", ()),
        ("she did it", ("Ilven",)),
        ("they blamed Ilven", ("Ilven",)),
    ],
)
def test_speakers_come_only_by_name_or_third_person_pronoun(content, about):
    text = f"Ilven said {content}."
    made = statement(text, "Ilven", "said", content, speakers=("Ilven",))
    assert find_about(text, [made], MentionIndex([entity(text, "Ilven", "I", "she", "the mayor")])) == (about,)


def test_who_is_mentioned_outside_the_content_is_not_what_it_is_about():
    text = "Ilven told Brandt that Quy knew, said Pallen."
    made = statement(text, "Ilven", "told", "Quy knew")
    assert find_about(
        text, [made], MentionIndex([entity(text, name) for name in ("Ilven", "Brandt", "Quy", "Pallen")])
    ) == (("Quy",),)


def test_a_content_in_overlapping_pieces_counts_a_mention_once():
    text = "Ilven said Quy met Brandt, Brandt said."
    made = statement(text, "Ilven", "said", "Quy met Brandt")
    made = replace(made, content=(Span(11, 25), Span(11, 18), Span(15, 33)))
    assert find_about(text, [made], MentionIndex([entity(text, "Quy"), entity(text, "Brandt")])) == (("Brandt", "Quy"),)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "target"),
    [
        ("Ilven accused Quy of theft.", "Ilven", "accused", "Quy of theft", "Quy"),
        ("Ilven praised Quy for his calm.", "Ilven", "praised", "Quy for his calm", "Quy"),
        ("Ilven slammed harbour master Quy over it.", "Ilven", "slammed", "harbour master Quy over it", "Quy"),
        ("Ilven slammed Quy for taking sides.", "Ilven", "slammed Quy for", "taking sides", "Quy"),
        ("Ilven hit him on moorings.", "Ilven", "hit him on", "moorings", "Quy"),
        ("Ilven blamed the loss on Quy.", "Ilven", "blamed", "the loss on Quy", "Quy"),
        ("Ilven's attacks on Quy are new.", "Ilven", "attacks on", "Quy", "Quy"),
        ("Ilven mocked Quy's plan.", "Ilven", "mocked", "Quy's plan", "Quy"),
        ("Ilven criticised his record.", "Ilven", "criticised", "his record", "Quy"),
        ("Ilven questioned nothing but attacked the honesty of Quy.", "Ilven", "attacked", "the honesty of Quy", "Quy"),
        ("Quy was criticised by Ilven.", "Ilven", "was criticised by", "Quy", "Quy"),
        ("Quy, who drew boos from fishers, left.", "fishers", "boos", "Quy", "Quy"),
        ("Ilven will support Quy of Belvar.", "Ilven", "will support", "Quy of Belvar", "Quy"),
    ],
)
def test_the_object_of_the_cue_is_its_target(text, source, cue, content, target):
    entities = (entity(text, "Quy", "him", "his"), entity(text, "Ilven"))
    assert targets(text, source, cue, content, *entities, speakers=("Ilven",)) == (target,)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Ilven told Quy he was late.", "Ilven", "told", "he was late"),
        ("Ilven complained Quy had lied.", "Ilven", "complained", "Quy had lied"),
        ("Ilven complained that Quy had lied.", "Ilven", "complained", "that Quy had lied"),
        ("Quy lied, Ilven complained.", "Ilven", "complained", "Quy lied"),
        ("Ilven mocked Quy's supporters.", "Ilven", "mocked", "Quy's supporters"),
        ("Ilven condemned the killing of Quy.", "Ilven", "condemned", "the killing of Quy"),
        ("Ilven condemned Quy's arrest.", "Ilven", "condemned", "Quy's arrest"),
        ("Ilven slammed the lawsuit against Quy.", "Ilven", "slammed", "the lawsuit against Quy"),
        ("Ilven slammed critics of Quy.", "Ilven", "slammed", "critics of Quy"),
        ("Ilven did not criticise Quy.", "Ilven", "criticise", "Quy"),
        ("Ilven defended her record.", "Ilven", "defended", "her record"),
    ],
)
def test_nobody_is_a_target(text, source, cue, content):
    entities = (entity(text, "Quy"), entity(text, "Ilven", "her"))
    assert targets(text, source, cue, content, *entities, speakers=("Ilven",)) == ()


def test_two_joined_by_and_are_both_targets():
    text = "Ilven accused Quy and Brandt of theft."
    found = targets(text, "Ilven", "accused", "Quy and Brandt of theft", entity(text, "Brandt"), entity(text, "Quy"))
    assert found == ("Quy", "Brandt")


def test_a_mention_of_the_whole_phrase_comes_before_its_parts():
    text = "Ilven slammed Quy's campaign."
    campaign, quy = entity(text, "Quy's campaign"), entity(text, "Quy")
    assert targets(text, "Ilven", "slammed", "Quy's campaign", campaign, quy) == ("Quy's campaign",)


def test_the_index_finds_by_span():
    text = "host Mara Ilven of Orrin Radio"
    ilven, radio, host = entity(text, "Mara Ilven"), entity(text, "Orrin Radio"), entity(text, "host Mara Ilven")
    index = MentionIndex([radio, ilven, host])
    assert [each.entity for each in index.within(Span(0, len(text)))] == [
        "host Mara Ilven",
        "Mara Ilven",
        "Orrin Radio",
    ]
    assert [each.entity for each in index.at(Span(5, 15))] == ["Mara Ilven"]
    assert [each.entity for each in index.covering(Span(5, 9))] == ["Mara Ilven", "host Mara Ilven"]


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("host Mara Ilven", "Mara Ilven"),
        ("Mara Ilven of Orrin Radio", "Mara Ilven"),
        ("Orrin Radio's Mara Ilven", "Mara Ilven"),
        ("Orrin Radio", "Orrin Radio"),
        ("listeners of Orrin Radio", None),
        ("Orrin Radio listeners", None),
        ("Mara", "Mara Ilven"),
        ("reporters", None),
    ],
)
def test_a_phrase_comes_down_to_its_head(phrase, named):
    text = f"{phrase}. Mara Ilven" if phrase != "Mara" else "Mara Ilven"
    index = MentionIndex([entity(text, "Mara Ilven"), entity(text, "Orrin Radio")])
    found = index.named_by(text, Span(0, len(phrase)))
    assert (found and found.entity) == named


def test_an_index_without_mentions_finds_nothing():
    index = MentionIndex([Entity(id="e1", name="Quy", kind="person")])
    everywhere = Span(0, 100)
    assert (index.within(everywhere), index.at(everywhere), index.covering(everywhere)) == ([], [], [])


spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 40), st.integers(1, 12))


@given(st.lists(spans, max_size=20), spans)
def test_the_index_agrees_with_looking_at_every_mention(mentioned, asked):
    entities = [
        Entity(id=f"e{number}", name="x", kind="person", mentions=(Mention(span=span, form="name"),))
        for number, span in enumerate(mentioned)
    ]
    index = MentionIndex(entities)
    for found, belongs in (
        (index.within(asked), asked.contains),
        (index.at(asked), asked.__eq__),
        (index.covering(asked), lambda span: span.contains(asked)),
    ):
        assert sorted(each.entity for each in found) == sorted(
            f"e{number}" for number, span in enumerate(mentioned) if belongs(span)
        )


def test_about_looks_only_at_mentions_inside_each_content():
    """A thousand names, a thousand statements: what is looked at grows with the contents, not with their product."""
    name = "Quy met Brandt. "
    text = name * 1000
    entities = [
        Entity(id=f"e{at}", name="Quy", kind="person", mentions=(Mention(span=Span(at, at + 3), form="name"),))
        for at in range(0, len(text), len(name))
    ]
    blank = statement("Quy said no.", "Quy", "said", "no")
    statements = [replace(blank, content=(Span(at, at + len(name)),)) for at in range(0, len(text), len(name))]
    assert find_about(text, statements, MentionIndex(entities)) == tuple(
        (f"e{at}",) for at in range(0, len(text), len(name))
    )
