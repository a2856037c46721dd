"""Sources: their parts, what each is, to whom it belongs; and statements without a source."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.sentences import find_sentences
from onrecord.speakers.markables import Markable
from onrecord.speakers.sources import analyse_source, find_agent, is_impersonal

SHARED = Path(__file__).parents[3] / "shared" / "data"
KINDS = {"p": "person", "o": "organization", "l": "place", "g": "group"}
MARKED = re.compile(r"\[([polg]) ([^\]]*)\]")


def read(marked):
    """Return the text of a source and its names, which are marked: "[p Mara Ilven]'s aide"."""
    text, names = "", []
    for index, piece in enumerate(re.split(r"(\[[polg] [^\]]*\])", marked)):
        if index % 2:
            kind, name = MARKED.fullmatch(piece).groups()
            names.append(Markable(span=Span(len(text), len(text) + len(name)), form="name", kind=KINDS[kind]))
            text += name
        else:
            text += piece
    return text, names


def parts_of(marked):
    text, names = read(marked)
    return text, analyse_source(text, [Span(0, len(text))], names)


def headings(marked):
    text, parts = parts_of(marked)
    return [part.heading.of(text) for part in parts]


def the_part(marked):
    text, parts = parts_of(marked)
    assert len(parts) == 1
    return text, parts[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[p Mara Ilven]", "Mara Ilven"),
        ("[p Ilven]'s", "Ilven"),
        ("[p Ilven] herself", "Ilven"),
        ("Gov. [p Mara Ilven] (R-Bel.)", "Mara Ilven"),
        ("host [p Teo Brandt]", "Teo Brandt"),
        ("Green nominee [p Teo Brandt]", "Teo Brandt"),
        ("[p Ilven] campaign manager [p Teo Brandt]", "Teo Brandt"),
        ("[o Belvar Times] columnist [p Teo Brandt]", "Teo Brandt"),
        ("the [o Quay Center]'s [p Wenna Sool]", "Wenna Sool"),
        ("[p Wenna Sool], senior counsel in the [o Quay Center]'s [o Tide Program]", "Wenna Sool"),
        ("[p Wenna Sool], the chairman and chief executive of [o Vel Ferries]", "Wenna Sool"),
        ("[p Wenna Sool], 34, a nurse from [l Orrin], who was among those polled", "Wenna Sool"),
        ("President [p Ilven]'s spokesman, [p Teo Brandt],", "Teo Brandt"),
        ("The woman who founded the firm, [p Ida Pell],", "Ida Pell"),
        ("The agency that runs the ports, [o Harbourlink],", "Harbourlink"),
        ("The union representing them, [p Unitas],", "Unitas"),
        ("Secretary of State [p Mara Ilven]", "Mara Ilven"),
        ("Speaker of the House [p Mara Ilven]", "Mara Ilven"),
        ("Opposition Leader in the [o National Assembly] [p Mara Ilven]", "Mara Ilven"),
        ("Leader of the Opposition in the [o Senate] [p Mara Ilven]", "Mara Ilven"),
        ("Secretary of State [p Mara Ilven] of [l Belvar]", "Mara Ilven"),
        ("Minister of State for Shipping Dr. [p Mara Ilven]", "Mara Ilven"),
        ("Secretary of State for Ports and Quays [p Mara Ilven]", "Mara Ilven"),
        ("main opposition [o Dockers' League] ([o DKL]) leader [p Mara Ilven]", "Mara Ilven"),
        ("the then harbour secretary, Dr. (Mrs.) [p Mara Ilven],", "Mara Ilven"),
        ("Maj. Gen. (res.) [p Mara Ilven], a former head of the port", "Mara Ilven"),
        ("Secretary of State [p Mara Ilven] of the [o Quay Party]", "Mara Ilven"),
        ("Secretary of State [p Mara Ilven] and Belvar Gov. [p Teo Brandt]", "Mara Ilven"),
        ("founder and chief executive [p Mara Ilven]", "Mara Ilven"),
        ("a new group called [o Quay 45]", "Quay 45"),
        ("One group, [o Quay 45],", "Quay 45"),
        ("the [g Belvarians]", "Belvarians"),
        ("the [o Committee on Ferries, Piers and Tides]", "Committee on Ferries, Piers and Tides"),
        ("[p Rick Pallen], an aide to Mr. [p Brandt] and [p Ibby Tarrow] and now an analyst", "Rick Pallen"),
        ("[p Ilven], who had asked [p Brandt] and [p Sool], and was refused", "Ilven"),
    ],
)
def test_a_source_that_names_somebody_is_that_name_whatever_stands_around_it(source, expected):
    text, part = the_part(source)
    assert part.kind == "name"
    assert part.head.of(text) == expected
    assert part.heading == part.head
    assert read(source)[1][part.name].span == part.head


@pytest.mark.parametrize(
    "source",
    [
        "Widow of the late [p Mara Ilven]",
        "Secretary of the Senator [p Mara Ilven]",
        "A spokesman in the [p Mara Ilven] camp",
        "A spokesman for Ports Minister [p Mara Ilven]",
        "Supporters of the Senate's [p Mara Ilven]",
    ],
)
def test_who_belongs_to_somebody_is_not_the_one(source):
    _, part = the_part(source)
    assert part.kind == "nominal"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[p Ilven] and [p Brandt]", ["Ilven", "Brandt"]),
        ("both [p Ilven] and [p Brandt]", ["Ilven", "Brandt"]),
        ("neither [p Ilven] nor his rivals", ["Ilven", "his rivals"]),
        ("[p Ilven], [p Brandt] and [p Sool]", ["Ilven", "Brandt", "Sool"]),
        ("[p Ilven], along with [p Brandt]", ["Ilven", "Brandt"]),
        ("[p Ilven]/[p Brandt]", ["Ilven", "Brandt"]),
        ("[l Belvar], [l Orrin] and [l Vel]", ["Belvar", "Orrin", "Vel"]),
        ("[g Greens] and [g Reds] alike", ["Greens", "Reds"]),
        ("Gov. [p Mara Ilven] (R) and fishing groups in the valley", ["Mara Ilven", "fishing groups in the valley"]),
        ("[p Ilven] and her aides", ["Ilven", "her aides"]),
        ("[p Ilven] and the bishop", ["Ilven", "the bishop"]),
        ("she and another reporter", ["she", "another reporter"]),
        ("Sen. [p Ada Ilven] of [l Belvar] and Sen. [p Teo Brandt] of [l Orrin]", ["Ada Ilven", "Teo Brandt"]),
        ("[p Ada Ilven], the former mayor, and [p Teo Brandt], her rival", ["Ada Ilven", "Teo Brandt"]),
        ("Two analysts, [p Ada Ilven] and [p Teo Brandt],", ["Ada Ilven", "Teo Brandt"]),
        ("her rivals, Sen. [p Ada Ilven] (R) and [p Teo Brandt],", ["Ada Ilven", "Teo Brandt"]),
        (
            "the others on the stage -- [p Ada Ilven], [p Sool] and [p Teo Brandt] --",
            ["Ada Ilven", "Sool", "Teo Brandt"],
        ),
        ("President [p Ilven] and his [g Orrinese] counterpart, [p Teo Brandt],", ["Ilven", "Teo Brandt"]),
        ("groups including [o Quay 45] and [o Save the Piers]", ["groups", "Quay 45", "Save the Piers"]),
        ("several papers, the [o Belvar Times] and the [o Orrin Post],", ["Belvar Times", "Orrin Post"]),
        ("Nearly all Greens and even some Reds", ["Nearly all Greens", "some Reds"]),
    ],
)
def test_joint_sources_are_told_apart(source, expected):
    assert headings(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A spokesman for [p Ilven]", "A spokesman for Ilven"),
        ("A spokesman for [p Ilven], who had left by then,", "A spokesman for Ilven"),
        ("two fishers, a baker's son among them", "two fishers"),
        ("Orrin voters", "Orrin voters"),
        ("by several people", "several people"),
        ("But a source familiar with the tender", "a source familiar with the tender"),
        ("an official who was not authorized to speak", "an official"),
        ("an official who asked not to be named", "an official"),
        ("27 percent of those who named a candidate", "27 percent of those who named a candidate"),
        ("those who walked off the job", "those who walked off the job"),
        ("those surveyed", "those surveyed"),
        ("the council's", "the council"),
        ("at least a dozen members of the council", "at least a dozen members of the council"),
        ("both candidates", "both candidates"),
        ("current and former officials", "current and former officials"),
        ("hopes and fears of voters", "hopes and fears of voters"),
        ("the families, friends and council officials", "the families, friends and council officials"),
        ("polls in [l Belvar], [l Orrin] and [l Vel]", "polls in Belvar, Orrin and Vel"),
        ("politicians like [p Mara Ilven] and [p Teo Brandt]", "politicians like Mara Ilven and Teo Brandt"),
        ("[o Vel Ferries] and [o Quay 45] officials", "Vel Ferries and Quay 45 officials"),
        ("Congressman [p Teo Brandt]'s office", "Congressman Teo Brandt's office"),
        ("supporters of her rival, Sen. [p Ada Ilven]", "supporters of her rival, Sen. Ada Ilven"),
        ("the Department of Piers and Tides", "the Department of Piers and Tides"),
        ('a so-called "levy PAC"', 'a so-called "levy PAC"'),
    ],
)
def test_a_description_is_headed_by_all_of_it_that_tells_who_is_meant(source, expected):
    text, part = the_part(source)
    assert part.kind == "nominal"
    assert part.name is None
    assert part.heading.of(text) == expected


@pytest.mark.parametrize("source", ["he", "She", "who", "We've", "their", "self", "those", "many of them", "everyone"])
def test_a_pronoun_is_a_pronoun(source):
    assert the_part(source)[1].kind == "pronoun"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[p Podl]'s lawsuit", ["Podl"]),
        ("one of her ads", ["her"]),
        ("A spokesman for [p Ilven]", ["Ilven"]),
        ("a new [o Belvar University] poll released Wednesday", ["Belvar University"]),
        ("a [o Belvar Times]/[o Vel TV] poll", ["Vel TV", "Belvar Times"]),
        ("a poll released Sunday by the [o Belvar Times] and [o Vel TV]", ["Belvar Times", "Vel TV"]),
        ("a memo from [p Teo Brandt]", ["Teo Brandt"]),
        ("a letter to [p Teo Brandt] from [p Mara Ilven]", ["Mara Ilven"]),
        ("a study by [p Ann Ilven] of [o Vel College] and [p Bo Sool] of [o Orrin College]", ["Ann Ilven", "Bo Sool"]),
        ("an account she gave to the [o Belvar Times]", ["she"]),
        ("a video of [p Teo Brandt]", []),
        ("The [p Ilven] campaign", ["Ilven"]),
        ("his campaign's spokeswoman", ["his"]),
        ("the prime ministers of [l Belvar] and [l Orrin]", ["Belvar", "Orrin"]),
        ("people who know [p Ilven]", []),
    ],
)
def test_who_owns_or_made_a_source_is_told_nearest_first(source, expected):
    text, part = the_part(source)
    assert [owner.of(text) for owner in part.owners] == expected


@pytest.mark.parametrize(
    ("source", "category", "plural", "definite"),
    [
        ("the Dutchman", "person", False, True),
        ("A spokesman", "person", False, False),
        ("the aides", "group", True, True),
        ("voters", "group", True, False),
        ("52 percent of registered voters", "group", True, False),
        ("Six in 10", "group", True, False),
        ("one of his rivals", "person", False, False),
        ("one of her ads", "document", False, False),
        ("his letter", "document", False, True),
        ("[p Ilven]'s tweets", "document", True, True),
        ("the ministry", "organization", False, True),
        ("the police", "organization", True, True),
        ("the kingdom", "country", False, True),
        ("a 21-year-old", "person", False, False),
        ("some gizmo", "unknown", False, False),
        ("[o Vel Ferries]", "organization", False, True),
        ("[l Belvar]", "country", False, True),
        ("she", "person", False, True),
        ("they", "group", True, True),
        ("it", "unknown", False, True),
    ],
)
def test_the_head_noun_tells_what_a_source_is(source, category, plural, definite):
    _, part = the_part(source)
    assert (part.category, part.plural, part.definite) == (category, plural, definite)


def test_a_capitalised_word_that_no_name_was_given_for_is_a_name_all_the_same():
    text, part = the_part("Gov. Lena Fenwright")
    assert (part.kind, part.name, part.head.of(text)) == ("name", None, "Lena Fenwright")


def test_the_head_of_a_description_ends_with_its_noun():
    text, part = the_part("A spokesman for [p Ilven]")
    assert part.head.of(text) == "A spokesman"


def test_a_source_in_two_pieces_is_read_as_one():
    text = "Mara Ilven, said so, the mayor of Belvar, and Teo Brandt"
    names = [Markable(span=Span(*ends), form="name", kind="person") for ends in ((0, 10), (46, 56))]
    parts = analyse_source(text, [Span(0, 11), Span(19, 56)], names)
    assert [part.head.of(text) for part in parts] == ["Mara Ilven", "Teo Brandt"]


@pytest.mark.parametrize("source", ["", "...", "  ", "“”", "(", "—"])
def test_a_source_without_a_word_has_no_part(source):
    assert analyse_source(source, [Span(0, len(source))], []) == ()


def test_a_list_of_thousands_of_names_is_read_name_by_name():
    names = [f"Ann Ilven{index}" for index in range(3000)]
    text, parts = parts_of(", ".join(f"[p {name}]" for name in names) + " and [p Teo Brandt]")
    assert [part.head.of(text) for part in parts] == [*names, "Teo Brandt"]


PIECES = st.sampled_from(
    [
        *("Ilven", "the", "aide", "and", ",", "'s", "of", "who", "(", ")", '"', "-", "/", "a", "poll", "one"),
        *("including", "by", "his", "both", "--", "“", "”", "水", "é", "\u0301", "\ud800", "𝔘", "٣", "42%", "U.S."),
        *("\n", " ", "at least"),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES).map("".join))


@st.composite
def sources(draw):
    text = draw(TEXTS)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4)))
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=6))))
    kinds = draw(
        st.lists(st.sampled_from(["person", "organization", "place", "group", "other"]), min_size=6, max_size=6)
    )
    names = [
        Markable(span=Span(start, end), form="name", kind=kind)
        for start, end, kind in zip(cuts[::2], cuts[1::2], kinds, strict=False)
    ]
    return text, [Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=False)], names


@settings(max_examples=150, deadline=None)
@given(sources())
def test_parts_lie_inside_the_source_apart_and_in_order(given_source):
    text, source, names = given_source
    parts = analyse_source(text, source, names)
    hull = Span(source[0].start, source[-1].end)
    assert all(hull.contains(part.span) and part.span.contains(part.head) for part in parts)
    assert all(part.span.contains(part.heading) and part.heading.size for part in parts)
    assert all(hull.contains(owner) for part in parts for owner in part.owners)
    assert all(left.span.end <= right.span.start for left, right in pairwise(parts))


def cue_of(marked):
    """Return a sentence, its cue (between angle brackets) and its span."""
    before, cue, after = re.split("[<>]", marked)
    text = before + cue + after
    return text, [Span(len(before), len(before) + len(cue))], Span(0, len(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "<It is clear> that the piers are unsound.",
        "The levy <is expected> to fail.",
        "She <is widely seen as> the favourite.",
        "The bridge <seems> safe.",
        "<There is no doubt> that it will close.",
        "He <reportedly> left.",
        "It <allegedly> sank.",
        "Despite <complaints> that it is slow, the ferry is full.",
    ],
)
def test_what_nobody_in_particular_says_is_impersonal(sentence):
    assert is_impersonal(*cue_of(sentence))


@pytest.mark.parametrize(
    "sentence",
    ["The mayor left, <saying> it was late.", "She <was accused> by the council of theft.", "Her <promise> was kept."],
)
def test_what_somebody_says_is_not_impersonal(sentence):
    assert not is_impersonal(*cue_of(sentence))


@pytest.mark.parametrize(
    ("sentence", "agent"),
    [
        ("She <was accused> by the council of theft.", "the council"),
        ("He <was declared the winner> by the Belvar Times.", "the Belvar Times"),
        ("Osric Pallen's <promise> was kept.", "Osric Pallen"),
        ("Nobody believed her <promise>.", "her"),
        ("The mayor came <under fire from> critics.", "critics"),
        ("He faces <criticism> from two members of the council over it.", "two members of the council"),
        ("It was a study <cited by> Mara Ilven.", "Mara Ilven"),
    ],
)
def test_the_agent_that_a_source_lacks_is_found_in_its_sentence(sentence, agent):
    text, cue, span = cue_of(sentence)
    assert find_agent(text, cue, span).of(text) == agent


@pytest.mark.parametrize(
    "sentence",
    [
        "He <said> by telephone that it closed.",
        "It <was announced> by Friday.",
        "The levy <is expected> to fail.",
        "It <was made clear> by voting.",
        "She <left>. By the council, a boat sank.",
    ],
)
def test_a_time_or_a_means_is_no_agent(sentence):
    assert find_agent(*cue_of(sentence)) is None


def test_without_a_cue_there_is_neither():
    assert not is_impersonal("It is so.", [], Span(0, 9))
    assert find_agent("It is so.", [], Span(0, 9)) is None


@pytest.mark.skipif(not SHARED.exists(), reason="the speaker gold is not here (../shared/data)")
def test_impersonal_statements_of_train_are_told_from_those_with_a_speaker():
    hit = wrong = missed = 0
    for text, cue, nobody in implicit_statements():
        found = is_impersonal(text, cue, sentence_at(text, cue[0].start))
        hit, wrong, missed = hit + (found and nobody), wrong + (found and not nobody), missed + (nobody and not found)
    assert hit / (hit + wrong) > 0.9
    assert hit / (hit + missed) > 0.65


def implicit_statements():
    with (SHARED / "polnear" / "train.jsonl").open(encoding="utf-8") as lines:
        reports = {report["id"]: report for report in map(json.loads, lines)}
    for path in sorted((SHARED / "speakers" / "train").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        report = reports[gold["doc"]]
        if len(gold["speakers"]) != len(report["attributions"]):
            continue
        for index, attribution in enumerate(report["attributions"]):
            if not attribution["source"] and attribution["cue"]:
                cue = [Span(*ends) for ends in attribution["cue"]]
                yield report["text"], cue, gold["speakers"][str(index)]["entity"] is None


def sentence_at(text, offset):
    for paragraph in find_paragraphs(text):
        if paragraph.start <= offset < paragraph.end:
            return next((s for s in find_sentences(text, paragraph) if s.start <= offset < s.end), paragraph)
    return Span(0, len(text))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Drenian envoy to the [o United Nations] [p Viktor Samb]", "Viktor Samb"),
        ("the head of the ministry of [l Ostravia] [p Elena Tarav]", "Elena Tarav"),
        ("the press secretary of the President of [l Drenia] [p Maksim Orel]", "Maksim Orel"),
        ("the lawyer for [o Merrow Lines] [p Tavi Brandt]", "Tavi Brandt"),
        ("an opponent of [o Democrat] [p Mara Ilven]", None),
        ("fans of [o Merrow Lines] [p Tavi Brandt]", None),
        ("a spokesman in the [p Mara Ilven] camp", None),
        ("a Drenian commander who gave only his call sign, [p Kuzn]", "Kuzn"),
        ("a Drenian commander known as [p Kuzn]", "Kuzn"),
        ("a man who identified himself as [p Kuzn]", "Kuzn"),
        ("a man identified by police only as [p Kuzn]", "Kuzn"),
        ("a spokesman who gave his name only as [p Kuzn]", "Kuzn"),
        ("a man who refused to see [p Kuzn]", None),
        ("an officer who identified the attacker as [p Kuzn]", None),
        ("an officer who gave the attacker's name as [p Kuzn]", None),
        ("a teacher who has known the accused as [p Kuzn]", None),
        ("an aide who worked for a man known as [p Kuzn]", None),
        ("an aide who did not sign, [p Kuzn]", None),
        ("the woman who met the mayor, [p Ida Pell]", None),
        ("the women who met the council, [p Ida Pell]", None),
    ],
)
def test_a_description_may_end_in_the_name_of_whom_it_describes(source, name):
    text, part = the_part(source)
    assert (part.head.of(text) if part.kind == "name" else None) == name


def test_whose_son_somebody_is_says_more_of_who_speaks():
    text, part = the_part("[p Lyuda Hrechko], whose son [p Andriy], 22, was aboard the [l Zorya]")
    assert part.head.of(text) == "Lyuda Hrechko"


@pytest.mark.parametrize(
    ("source", "makers"),
    [
        ("a treasury document seen by [o Nordwire]", []),
        ("a letter written by [p Mara Ilven] and seen by [o Nordwire]", ["Mara Ilven"]),
        ("an analysis by [o Clearwater]", ["Clearwater"]),
    ],
)
def test_who_saw_a_document_did_not_make_it(source, makers):
    text, part = the_part(source)
    assert [owner.of(text) for owner in part.owners] == makers
