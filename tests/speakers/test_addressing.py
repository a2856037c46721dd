"""Whom a statement is said to: invented sentences, by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.cuewords import words_in
from onrecord.document import Span
from onrecord.reading import Statement
from onrecord.speakers.addressing import RULES, find_addressees
from onrecord.speakers.nounphrases import parted, phrase_before, phrase_from
from strategies import hostile_texts


def statement(marked):
    """A statement and its sentence, from a text with [s source], [c cue] and [x content] marked in it."""
    text, spans = "", {"s": [], "c": [], "x": []}
    for piece in marked.split("["):
        inside, closed, rest = piece.partition("]")
        if closed:
            role, words = inside[0], inside[2:]
            spans[role].append(Span(len(text), len(text) + len(words)))
            text += words + rest
        else:
            text += inside
    made = Statement(
        id="s1",
        form="indirect",
        source=tuple(spans["s"]),
        cue=tuple(spans["c"]),
        content=tuple(spans["x"]),
        cue_class="neutral",
        negated=False,
        modality="said",
        zone="body",
        confidence=1.0,
    )
    return text, made


def addressed(marked):
    text, made = statement(marked)
    return [(each.span.of(text), each.by) for each in find_addressees(text, made, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("marked", "phrase"),
    [
        ("[s Ilven] [c told] reporters [x that the bridge is closed].", "reporters"),
        ("[s Ilven] [c told reporters] [x that the bridge is closed].", "reporters"),
        ("[x “We go,”] [s Ilven] [c told] Orrin Radio’s Teo B. on Monday.", "Orrin Radio’s Teo B."),
        ("[x “We go,”] [s Ilven] [c told] the crowd at a rally in Belvar.", "the crowd"),
        ("[x “We go,”] [s she] [c told] him.", "him"),
        ("[x “We go,”] [s she] [c told] her audience, a mix of fishers and bakers.", "her audience"),
        ("[x “We go,”] [s she] [c told] The Belvar Times Tuesday.", "The Belvar Times"),
        ("[x “We go,”] [s she] [c told] “Quay and Tide” after the vote.", "Quay and Tide"),
        ("[x “We go,”] [s she] [c told] Mr. Brandt's lawyer via telephone.", "Mr. Brandt's lawyer"),
        ("[x “We go,”] [s she] [c told] more than 3,000 people in Belvar.", "more than 3,000 people"),
        ("[s Osric Pallen of the union] [c has repeatedly asked] Ilven [x if the money is gone].", "Ilven"),
        ("[s The engineers] [c warned] the council [x that the piers were weak].", "the council"),
        ("[s She] [c assured] the fishers gathered there [x that nothing would change].", "the fishers"),
        ("[s He] [c called on] the mayor [x to step down].", "the mayor"),
    ],
)
def test_verbs_take_their_hearer(marked, phrase):
    assert addressed(marked) == [(phrase, "told")]


@pytest.mark.parametrize(
    ("marked", "phrase"),
    [
        ("Ilven [c was asked] by [s a caller] [x whether she would resign].", "Ilven"),
        ("In March the two bakers had [c been told] [x that the market would close].", "the two bakers"),
        ("[c Asked] [x whether she would resign], Ms. Ilven said no.", "Ms. Ilven"),
        ("When [c asked] [x why], Brandt smiled and said he could not tell.", "Brandt"),
        ("Brandt said nothing when [c asked about] [x the tender].", "Brandt"),
        ("“Ask the council,” said Halvard Quy, [c asked about] [x the tender].", "Halvard Quy"),
        ("Mara Ilven and Teo Brandt were [c pressed about] [x the tender].", "Mara Ilven"),
        ("The jury [c heard] [x that the piers were weak].", "The jury"),
        ("The report says the deputy [c was told] by [s a dispatcher] [x to stop].", "the deputy"),
        ("[x The piers were weak], Quarn Crown Court [c has heard].", "Quarn Crown Court"),
    ],
)
def test_who_is_asked_is_addressed(marked, phrase):
    assert (phrase, "passive") in addressed(marked)


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("[x “We go,”] [s Ilven] [c said] to a crowd of about 500.", ("a crowd of about 500", "said-to")),
        ("[x “We go,”] [s Ilven] [c replied] to Brandt.", ("Brandt", "said-to")),
        ("[s Ilven] [c spoke with] Orrin Radio about [x the bridge].", ("Orrin Radio", "said-to")),
        ("[x “Liar!”] [s Quy] [c shouted] at Brandt.", ("Brandt", "said-to")),
        ("[x “We go,”] [s Ilven] [c said] in an interview with Orrin Radio on Sunday.", ("Orrin Radio", "talk")),
        ("[x “We go,”] [s Ilven] [c said in an interview with Orrin Radio].", ("Orrin Radio", "talk")),
        ("In a call with Teo Brandt, [s Ilven] [c denied] [x the report].", ("Teo Brandt", "talk")),
        ("In a recent Orrin Radio interview, [s Ilven] [c said] [x it was over].", ("Orrin Radio", "talk")),
        ("[s Quy] [c sent a letter] to the harbour master [x asking for help].", ("the harbour master", "talk")),
        ("[s Quy] [c said] in testimony to a Senate panel [x that he knew].", ("a Senate panel", "talk")),
        ("He stood firm in a talk with Orrin Radio, in which [s he] [c denied] [x it all].", ("Orrin Radio", "talk")),
        ("Speaking to reporters in Belvar, [s Quy] [c said] [x it was over].", ("reporters", "speaking")),
        ("[x It is over], [c said] [s Quy], addressing the crowd.", ("the crowd", "speaking")),
        ("Asked by Teo Brandt whether he knew, [s Quy] [c said] [x no].", ("Teo Brandt", "asked-by")),
        (
            "[s Quy] told Orrin Radio that he was innocent, [c adding] [x that he would sue].",
            ("Orrin Radio", "carried"),
        ),
    ],
)
def test_phrases_beside_the_statement_name_the_hearer(marked, found):
    assert addressed(marked) == [found]


@pytest.mark.parametrize(
    "marked",
    [
        "[s The film] [c tells] the story of [x six fishers].",
        "[s Quy] [c asked for] [x help].",
        "[s Quy] [c asked] [x the council to wait].",
        "[c asked] [s Mr. Quy]. [x Who knew?]",
        "[x “We go,”] [s Quy] [c said] to cheers.",
        "[s Quy] [c wrote] to ask Congress [x for money].",
        "[s Quy] told Orrin Radio everything after [c hinting] [x that he knew].",
        "[s Quy]'s [c warning] [x that the piers were weak] was ignored.",
        "Brandt was challenged by Orrin Radio, and [s Quy] [c said] [x it was over].",
        "[s Quy] [c said in an interview on Monday] [x that he knew].",
        "[s Ilven], 58, [c said] [x that she knew].",
        "[s Quy] [x would go on].",
    ],
)
def test_nobody_is_addressed(marked):
    assert addressed(marked) == []


def test_people_joined_by_and_are_addressed_each_for_themselves():
    found = addressed("[s Quy] [c told] Ms. Ilven and Teo Brandt [x that he knew].")
    assert found == [("Ms. Ilven", "told"), ("Teo Brandt", "told")]


def test_a_phrase_that_shares_its_noun_stays_whole():
    text = "House and Senate leaders"
    assert parted(text, Span(0, len(text))) == [Span(0, len(text))]


def test_an_interview_beside_the_hearer_adds_to_it():
    found = addressed("[s Quy] [c told] Orrin Radio in an interview with Teo Brandt [x that he knew].")
    assert found == [("Orrin Radio", "told"), ("Teo Brandt", "talk")]


def test_without_a_sentence_the_line_is_read():
    text, made = statement("Quy knew\n[s He] [c told] reporters\n[x that he knew].")
    assert [each.span.of(text) for each in find_addressees(text, made, None)] == ["reporters"]


def test_a_long_sentence_is_read_only_near_the_statement():
    text, made = statement("word " * 20_000 + "[s Quy] [c told] reporters [x that he knew] " + "word " * 20_000)
    assert [each.span.of(text) for each in find_addressees(text, made, Span(0, len(text)))] == ["reporters"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("the Sunday Times said", "the Sunday Times said"),
        ("the U.S. Senate on Monday", "the U.S. Senate"),
        ("USA TODAY in March", "USA TODAY"),
        ("Ilven the truth", "Ilven"),
        ("O’Brandt, noting", "O’Brandt"),
        ("#Orrin fishers that", "#Orrin fishers"),
        ("a Belvar rally, saying", "a Belvar rally"),
        ("Orrin Radio's “Quay and Tide” that", "Orrin Radio's “Quay and Tide"),
    ],
)
def test_a_phrase_ends_where_it_should(text, phrase):
    assert phrase_from(words_in(text, 0, len(text)), 0).of(text) == phrase


@given(hostile_texts(), st.data())
def test_addressees_stand_in_the_text_outside_source_and_content(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    roles = data.draw(st.permutations([Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]))
    _, made = statement("[c said]")
    source, cue, content = ((span,) for span in roles)
    made = Statement(
        **{field: getattr(made, field) for field in made.__dataclass_fields__}
        | {
            "source": source,
            "cue": cue,
            "content": content,
        }
    )
    sentence = data.draw(st.none() | st.just(Span(cuts[0], cuts[-1])))
    for each in find_addressees(text, made, sentence):
        assert 0 <= each.span.start < each.span.end <= len(text)
        assert each.by in dict(RULES)
        assert not any(each.span.overlaps(span) for span in (*source, *content) if span.size)


@given(hostile_texts())
def test_phrases_lie_within_their_words(text):
    words = words_in(text, 0, len(text))
    for at in range(len(words)):
        forwards, backwards = phrase_from(words, at), phrase_before(words, at)
        assert forwards is None or words[at].start <= forwards.start < forwards.end <= len(text)
        assert backwards is None or 0 <= backwards.start < backwards.end <= words[at].start


@pytest.mark.parametrize(("text", "phrase"), [("Ada Quill and", None), ("and", None), ("Ada and Teo", "Ada and Teo")])
def test_an_and_at_the_end_joins_nothing(text, phrase):
    words = words_in(text, 0, len(text))
    found = phrase_before(words, len(words))
    assert (found and found.of(text)) == phrase
