"""Names grouped: which names of a report are one person, organization or place."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.speakers.markables import Markable
from onrecord.speakers.misspellings import Spellings
from onrecord.speakers.namegroups import group_names
from strategies import hostile_texts

MARK = re.compile(r"\[([^\[\]]*)\]")
KINDS = ("person", "organization", "place", "group", "document", "other")


def naming(marked, kind="person"):
    """Group the names of a text that stand in square brackets; ``[org:Harrow]`` gives one a kind of its own."""
    text, names, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        prefix, _, words = match.group(1).rpartition(":")
        start, at = len(text), match.end()
        text += words
        own = {"org": "organization"}.get(prefix, prefix or kind)
        names.append(Markable(span=Span(start, start + len(words)), form="name", kind=own))
    return group_names(text + marked[at:], names)


def grouped(marked, kind="person"):
    """Return for every name of the text the name of its group."""
    found = naming(marked, kind)
    return [found.groups[number].name for number in found.group_of]


def test_a_turn_in_a_transcript_is_that_of_the_full_name_though_capitals_look_like_an_organizations():
    told = grouped("[org:ADA HARROW], HOST: Is it shut?\n[org:HARROW]: Why?\n[org:HARROW]: Good night.\n")
    assert told == ["ADA HARROW"] * 3
    assert naming("[org:ADA HARROW], HOST: So?\n[org:HARROW]: Why?").groups[0].kind == "person"
    for outlet in ("[org:Evening Lamp] asked.\n[org:LAMP]: Why?", "[org:BELVAR COUNCIL], 1:\n[org:COUNCIL]: No."):
        assert naming(outlet).groups[0].kind == "organization"


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[President Harrow] spoke. Later [Tom Harrow Jr.] met [Harrow].", ["Harrow", "Tom Harrow Jr.", "Harrow"]),
        (
            "[Harrow] spoke. [Harrow] left. [Harrow] paid. His son [Tom Harrow] met [Harrow].",
            ["Harrow", "Harrow", "Harrow", "Tom Harrow", "Harrow"],
        ),
        ("[Harrow] drops out. [Tom Harrow Jr.] spoke. [Harrow] left.", ["Tom Harrow Jr."] * 3),
        ("[President Tom Harrow Jr.] spoke. [President Harrow] left.", ["Tom Harrow Jr."] * 2),
    ],
)
def test_a_surname_before_its_son_is_somebody_else(marked, names):
    assert grouped(marked) == names


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[Ada Harrow] said. [Harrow] went on.", "Ada Harrow"),
        ("[Harrow]: no new levy. Later [Ada Harrow] spoke.", "Ada Harrow"),
        ("[Ada Harrow]’s plan. “No,” [Harrow’s] aide said.", "Ada Harrow"),
        ("[ADA HARROW] LEAVES. [Ada Harrow] left.", "Ada Harrow"),
        ("[Ada Harrow] spoke. [Ada] laughed.", "Ada Harrow"),
        ("[Tom Harrow] and [Tom J. Harrow] are one.", "Tom J. Harrow"),
        ("[Tom J. Harrow] and [Tom John Harrow].", "Tom John Harrow"),
        ("[T. Harrow] is [Tom Harrow].", "Tom Harrow"),
        ("[T.J. Harrow] is [Tom Harrow].", "T.J. Harrow"),
        ("[Bernie Harrow] was born [Bernard Harrow]. [Bernie Harrow] said.", "Bernie Harrow"),
        ("[Bob Harrow], called [Rob Harrow]. [Bob Harrow] said.", "Bob Harrow"),
        ("[Bernard Harrow] spoke. [Bernie] laughed.", "Bernard Harrow"),
        ("[Ada Vela Harrow] and [Vela Harrow] and [Ada Vela].", "Ada Vela Harrow"),
        ("[Ada O’Harrow] and [O'Harrow].", "Ada O’Harrow"),
        ("[Tom de Harrow] spoke. [De Harrow] and [de Harrow] said, and [Harrow].", "Tom de Harrow"),
        ("[Sen. Ada Harrow] spoke. [Sen. Harrow] said.", "Ada Harrow"),
        ("[Pope Marcus] prayed. Pope [Marcus] and [Marcus] said.", "Pope Marcus"),
        ("[Ma Kaiwen] spoke. [Ma] said.", "Ma Kaiwen"),
        ("[Ada Harrow] spoke, [@realAdaHarrow] wrote.", "Ada Harrow"),
        ("[Hillary Harrow] and [Hilary Harrow]. [Hillary Harrow] said.", "Hillary Harrow"),
        ("[Ada Sweeney] spoke. [Sweeny] said.", "Ada Sweeney"),
        ("[Ada Byrne] spoke. [Bryne] said.", "Ada Byrne"),
        ("[Ada Harrow] spoke. [Crooked Ada Harrow], he wrote. [Harrow] said.", "Ada Harrow"),
        ("[Ada Harrow, D-Vela], spoke. [Harrow] said.", "Ada Harrow"),
        ("[Tom Harrow Jr.] spoke. Then [Tom Harrow] said.", "Tom Harrow Jr."),
        ("[João Ferro] spoke. [Joao Ferro] said.", "João Ferro"),
    ],
)
def test_names_of_one_person_are_one_group(marked, name):
    assert set(grouped(marked)) == {name}


@pytest.mark.parametrize(
    "marked",
    [
        "[Ada Harrow] and [Tom Harrow].",
        "[Tom A. Harrow] and [Tom B. Harrow].",
        "[Tom Harrow] spoke. His son [Tom Harrow Jr.] said.",
        "[Tom Harrow Sr.] and [Tom Harrow Jr.].",
        "[Ada Harrow] and [Ada Quill].",
        "[Ada Walker] and [Walter].",
        "[Ada Harrow] and [the Harrows].",
        "Mr. [Robin Harrow] and Mrs. [Robin Harrow].",
        "Mr. [Harrow] and Mrs. [Harrow].",
        "[Mary Harrow] spoke. Mr. [Harrow] said.",
        "The first lady, [Ada Harrow], spoke. President [Harrow] said.",
        "[org:Harrow] sells pianos. [Ada Harrow] said.",
        "[place:Vela] is a town. [Ada Vela] said.",
    ],
)
def test_names_of_two_people_are_two_groups(marked):
    assert len(naming(marked).groups) == 2


def test_a_surname_of_two_is_told_by_the_title():
    marked = "[Tom Harrow] and [Ada Harrow] came. Mr. [Harrow] spoke, Mrs. [Harrow] did not."
    assert grouped(marked) == ["Tom Harrow", "Ada Harrow", "Tom Harrow", "Ada Harrow"]
    assert all(naming(marked).certain)


def test_a_surname_of_two_is_told_by_the_office():
    marked = "Sen. [Robin Harrow] and Judge [Jamie Harrow] came. Judge [Harrow] spoke. Senator [Harrow] left."
    assert grouped(marked)[2:] == ["Jamie Harrow", "Robin Harrow"]
    assert all(naming(marked).certain)


def test_a_surname_of_two_without_title_is_the_one_named_most_by_then_and_not_certain():
    found = naming("[Tom Harrow] spoke. [Ada Harrow] did. [Ada Harrow] left. [Harrow] said.")
    assert [found.groups[number].name for number in found.group_of][-1] == "Ada Harrow"
    assert found.certain == (True, True, True, False)
    assert found.others == {3: (found.group_of[0],)}


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        (  # a given name says nothing of whom the surname means
            "[Tom Held] met his brother [Rob Held]. [Rob] left. [Rob] paid. [Rob] rests. Mr. [Held] said no.",
            ["Tom Held", *["Rob Held"] * 4, "Tom Held"],
        ),
        (  # the whole surname rather than part of one
            "[Mika Torv-Held] left. [Torv-Held] paid. His mother, [Ada Held], stayed. [Held] is sad.",
            ["Mika Torv-Held", "Mika Torv-Held", "Ada Held", "Ada Held"],
        ),
        (  # a headline is about whom the report goes on about
            "[Held] yields. [Jo Held] left the party of [Tom Held], [Tom Held]. [Jo Held] spoke. [Jo Held] left.",
            ["Jo Held", "Jo Held", "Tom Held", "Tom Held", "Jo Held", "Jo Held"],
        ),
        (  # of a first lady it is the president's
            "[Held] left. President [Held] paid. First lady [Ada Held] met [Held].",
            ["Held", "Held", "Ada Held", "Held"],
        ),
        (  # pronouns know
            "[Held] said he left. [Held] paid his aides. [Held] rests. Beside him [Ada Held] spoke. [Held] left.",
            ["Held", "Held", "Held", "Ada Held", "Held"],
        ),
        (
            "[Held] spoke. [Held] left. [Held] paid. So did [Ada Torv Moran-Held], an aide. [Held] left.",
            ["Held", "Held", "Held", "Ada Torv Moran-Held", "Held"],
        ),
        (
            "[Held] spoke. [Held] left. [Held] paid. [Tom Held] is a ferryman.",
            ["Tom Held"] * 4,
        ),
    ],
)
def test_a_lone_surname_is_whose_the_report_means(marked, names):
    assert grouped(marked) == names


def test_who_was_named_right_before_is_meant_rather_than_who_wrote_the_report():
    others = " ".join(f"[Ada Q{letter}st]" for letter in "abcdefghijklmnopqrstu")
    assert grouped(f"[Kip Held] {others} [Ron Held] spoke. [Held] left.")[-1] == "Ron Held"


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[ADA HARROW] SPEAKS. [Harrow] left.", "ADA HARROW"),
        ("[ADA HARROW] SPEAKS. [Ada Harrow] left. [Harrow] sang.", "Ada Harrow"),
    ],
)
def test_a_full_name_in_capitals_is_fuller_than_a_surname(marked, name):
    assert grouped(marked)[0] == name


def test_a_title_gives_the_gender_of_a_person():
    found = naming("[Robin Harrow] came. Mr. [Harrow] spoke. Mr. [Harrow] left.")
    assert [(group.name, group.gender) for group in found.groups] == [("Robin Harrow", "masculine")]


def test_a_title_knows_better_than_a_given_name_that_both_genders_bear():
    found = naming("[Lindsey Harrow] came. Mr. [Harrow] spoke. Mr. [Harrow] left.")
    assert [(group.name, group.gender) for group in found.groups] == [("Lindsey Harrow", "masculine")]


def test_the_first_of_a_couple_takes_the_surname():
    marked = "[Tom] and [Ada Harrow] came. [Tom] spoke. [Tom], [Mia] and [Ada Harrow] left."
    assert grouped(marked) == [
        "Tom Harrow",
        "Ada Harrow",
        "Tom Harrow",
        "Tom Harrow",
        "Mia Harrow",
        "Ada Harrow",
    ]


def test_a_surname_beside_a_full_name_takes_none():
    assert grouped("[Ada Quill] and [Tom Harrow]. [Quill] and [Tom Harrow].") == ["Ada Quill", "Tom Harrow"] * 2


def test_a_couple_in_one_name_is_a_group():
    found = naming("[Tom and Ada Harrow] came. [Tom Harrow] spoke.")
    assert [(group.kind, group.plural) for group in found.groups] == [("group", True), ("person", False)]


def test_a_family_is_a_group():
    found = naming("[the Harrows] came. [Ada Harrow] spoke.")
    assert [(group.kind, group.plural) for group in found.groups] == [("group", True), ("person", False)]


def test_a_lone_surname_is_the_father_rather_than_the_son():
    found = naming("[Tom Harrow] and [Tom Harrow Jr.] came. [Harrow Jr.] spoke. [Harrow] said.")
    assert [found.groups[number].name for number in found.group_of][2:] == ["Tom Harrow Jr.", "Tom Harrow"]
    assert found.certain == (True, True, True, False)


def test_a_firm_without_its_legal_form_is_no_person():
    assert [group.kind for group in naming("[Nimbus] fell. [org:Nimbus Inc] rose.").groups] == ["organization"]
    assert naming("[Mr. Nimbus] fell. [org:Nimbus Inc] rose.").groups[0].kind == "person"
    found = naming("[Ada Nimbus] left. [Nimbus] fell. [org:Nimbus Inc] rose.")
    assert [group.kind for group in found.groups] == ["person", "organization"]


def test_mentions_of_one_string_vote_on_its_kind():
    found = naming("[Ada Harrow] spoke. [Harrow] said. [org:Harrow] said. [other:Harrow] left.")
    assert [group.kind for group in found.groups] == ["person"]


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[Ohio] Sen. [Ada Harrow] left.", "organization"),
        ("[Ukraine] and [Ada Harrow]", "place"),
        ("[Texans] and [Ada Harrow]", "group"),
        ("[Democrats] and [Ada Harrow]", "group"),
        ("[org:House Republicans] and [Ada Harrow]", "group"),
        ("[Virginia] and [Ada Harrow]", "person"),
        ("[Montana] and [Ada Montana]", "person"),
        ("Ms. [Montana] and [Ada Harrow]", "person"),
    ],
)
def test_a_place_that_is_taken_for_a_person_is_none_unless_a_person_bears_its_name(marked, kind):
    assert naming(marked).groups[0].kind == kind


def test_a_given_name_is_nobody_who_is_called_by_its_nickname_only():
    assert grouped("[Dan Harrow] spoke. Brandt’s son, [Daniel], sat.") == ["Dan Harrow", "Daniel"]
    assert grouped("[Daniel Harrow] spoke. [Dan] sat.") == ["Daniel Harrow", "Daniel Harrow"]


def test_a_country_is_one_by_any_of_its_short_names():
    assert grouped("[the UK] and [the United Kingdom], [America] and [the United States]", "place") == [
        *["United Kingdom"] * 2,
        *["United States"] * 2,
    ]
    assert grouped("[Turkey] and [the Republic of Turkey]", "place") == ["Turkey", "Republic of Turkey"]


def test_a_title_makes_a_person():
    found = naming("Mr. [org:Harrow] said. [org:Harrow] left.")
    assert [group.kind for group in found.groups] == ["person"]


def test_aliases_are_the_other_names():
    found = naming("[Harrow] fell. [Ada Harrow], or [Ada J. Harrow], spoke. [Harrow] left.")
    assert found.groups[0].aliases == ("Harrow", "Ada Harrow")
    assert found.groups[0].members == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[the Harbour Safety Commission] ([HSC]) met. The [HSC] said.", "Harbour Safety Commission"),
        ("[HSC] ([Harbour Safety Commission]) met.", "Harbour Safety Commission"),
        ("The [H.S.C.] met. [Harbour Safety Commission] said.", "Harbour Safety Commission"),
        ("[The Quill Post] wrote. [the Post] said.", "Quill Post"),
        ("[Harrow Center] said. [Harrow Center for Justice] met.", "Harrow Center for Justice"),
        ("[Harrow Inc.] sells. [Harrow] said.", "Harrow Inc."),
        ("[Harrow] said. [Harrow Institute] met.", "Harrow Institute"),
        (
            "[Department of Fishing] said. [Fishing Department] met. [Department of Fishing] left.",
            "Department of Fishing",
        ),
        ("[U.S. Fishing Board] met. The [Fishing Board] and the [Board] said.", "U.S. Fishing Board"),
    ],
)
def test_names_of_one_organization_are_one_group(marked, name):
    assert set(grouped(marked, "organization")) == {name}


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[Vela] and [Vela Bay].", "place"),
        ("[Vela Post] and [Vela Herald].", "organization"),
        ("[White Hall] and [White Hall Reporters].", "organization"),
        ("[Fishing Board] met. [Vela Fishing Board] said.", "organization"),
    ],
)
def test_names_of_two_organizations_or_places_are_two_groups(marked, kind):
    assert len(naming(marked, kind).groups) == 2


def test_a_part_of_two_organizations_is_not_certain():
    found = naming("[Vela Fishing Board] and [Orrin Fishing Board]. The [Fishing Board] said.", "organization")
    assert found.certain == (True, True, False)
    assert found.others == {2: (1,)}


def test_a_place_is_one_with_and_without_full_stops():
    assert set(grouped("[U.S.] and [US].", "place")) == {"U.S."}


def test_a_group_may_be_plural():
    found = naming("[the Harbourmen] and [Greens].", "group")
    assert [group.plural for group in found.groups] == [False, True]


def test_names_in_other_scripts_are_grouped_by_spelling():
    assert len(naming("[林涯巖] said. [林涯巖] left. [Ольга Ремиз] came.").groups) == 2


def test_a_report_without_names_has_no_groups():
    assert group_names("Nothing.", []).groups == ()


def test_a_slip_is_a_letter_more_or_less_or_out_of_place():
    spellings = Spellings()
    spellings.add("sweeney")
    heard = ["sweeny", "sweeeney", "sweneey", "sweeneys", "sweency", "tweeney", "sween"]
    assert [list(spellings.meant_by(word))[:1] for word in heard] == [["sweeney"]] * 3 + [[]] * 4


@st.composite
def texts_with_names(draw):
    text = draw(hostile_texts())
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=16).map(sorted))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, [
        Markable(span=span, form="name", kind=draw(st.sampled_from(KINDS)), confidence=draw(st.floats(0, 1)))
        for span in spans
    ]


def assert_whole(naming, size):
    assert sorted(index for group in naming.groups for index in group.members) == list(range(size))
    assert all(index in naming.groups[naming.group_of[index]].members for index in range(size))
    assert [group.members[0] for group in naming.groups] == sorted(group.members[0] for group in naming.groups)
    for index in range(size):
        assert naming.certain[index] == (index not in naming.others)
        assert naming.group_of[index] not in naming.others.get(index, ())


@given(texts_with_names())
def test_every_name_of_any_text_is_in_exactly_one_group(case):
    text, names = case
    found = group_names(text, names)
    assert_whole(found, len(names))
    assert found == group_names(text, names)


WORDS = (
    "Ada",
    "Tom",
    "Bernie",
    "Bernard",
    "T.",
    "Harrow",
    "HARROW",
    "Quill",
    "de",
    "Vela",
    "Jr.",
    "Mr.",
    "Center",
    "for",
)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), max_size=12),
    st.sampled_from(KINDS),
)
def test_names_of_few_words_are_in_exactly_one_group(strings, kind):
    found = naming(" and ".join(f"[{words}]" for words in strings), kind)
    assert_whole(found, len(strings))
    named = Counter(found.group_of[index] for index in range(len(strings)))
    assert all(len(group.members) == named[number] for number, group in enumerate(found.groups))


def test_full_names_group_alike_in_any_order():
    strings = ["Ada Harrow", "Tom Quill", "Ada J. Harrow", "Harrow", "Quill", "Bernie Vela", "Bernard Vela", "Vela"]
    chance = random.Random(7)
    for _ in range(20):
        chance.shuffle(strings)
        names = dict(zip(strings, grouped(". ".join(f"[{words}]" for words in strings)), strict=True))
        assert names["Harrow"] == names["Ada Harrow"] == "Ada J. Harrow"
        assert names["Quill"] == "Tom Quill"
        assert names["Vela"] == names["Bernie Vela"] == names["Bernard Vela"]
